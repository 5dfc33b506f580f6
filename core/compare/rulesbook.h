// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "compare/rules.h"
#include "traffic/exchange.h"

#include <QHash>
#include <QString>

#include <memory>
#include <mutex>
#include <optional>

namespace parallax::compare {

/// The rules of every endpoint of a repository, read from `.parallax/compare/<endpoint>.yaml` when first asked for. A
/// file that is broken counts as none, and problem() says why. Any thread; it reads files, so not the GUI's.
class RulesBook
{
public:
    /// An empty root: no endpoint has rules.
    explicit RulesBook(QString repositoryRoot = {});

    /// From now on every endpoint has these (`--rules`).
    void setForAll(Rules rules);
    [[nodiscard]] std::shared_ptr<const Rules> rules(const QString &endpoint) const;
    /// Why the file of that endpoint is not in use.
    [[nodiscard]] std::optional<Error> problem(const QString &endpoint) const;
    /// Files are read again when next asked for.
    void forget();

private:
    struct Entry
    {
        std::shared_ptr<const Rules> rules;
        std::optional<Error> problem;
    };
    [[nodiscard]] Entry entry(const QString &endpoint) const;

    QString m_root;
    mutable std::mutex m_mutex;
    mutable QHash<QString, Entry> m_entries;
    std::shared_ptr<const Rules> m_forAll;
};

/// Judges every pair and writes outcome and number of differences into the mirrors' replies.
void judgeInto(traffic::Exchange &exchange, const Rules &rules);

} // namespace parallax::compare
