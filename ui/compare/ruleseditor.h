// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "base/taskqueue.h"
#include "compare/rules.h"
#include "repository/repository.h"

#include <QObject>

#include <functional>
#include <optional>
#include <vector>

namespace parallax::ui {

/// Changes the comparison rules of an endpoint, `.parallax/compare/<endpoint>.yaml` of the repository, with undo and
/// redo of the last kDepth changes. What else stands in the file stays as it is, and a file that another program has
/// changed in the meantime is not undone. Lives on the GUI thread, reads and saves on a pool thread of its own; a
/// change that was asked for is finished even when this goes. Owned by the composition root.
class RulesEditor final : public QObject
{
    Q_OBJECT

public:
    static constexpr std::size_t kDepth = 100;

    explicit RulesEditor(QObject *parent = nullptr);

    /// Another repository begins without a history; none: there is nowhere to keep rules.
    void setRepository(const std::optional<repository::Repository> &repository, bool isReadOnly);
    [[nodiscard]] bool hasRepository() const { return m_repository.has_value(); }
    [[nodiscard]] bool isReadOnly() const { return m_isReadOnly; }

    /// Whether rules of this endpoint can be changed at all.
    [[nodiscard]] bool isFor(const QString &endpoint) const
    {
        return m_repository && !m_isReadOnly && !endpoint.isEmpty() && !endpoint.contains(u'/');
    }
    /// In place of the one that does the same at the same path; else before the first rule that would decide in its
    /// place, else last.
    void add(const QString &endpoint, const compare::Rule &rule);
    /// Whichever place it has in the file by now.
    void remove(const QString &endpoint, const compare::Rule &rule);
    void undo();
    void redo();
    [[nodiscard]] bool canUndo() const { return !m_done.empty(); }
    [[nodiscard]] bool canRedo() const { return !m_undone.empty(); }

Q_SIGNALS:
    /// The file of this endpoint is another one now.
    void saved(const QString &endpoint);
    void failed(const parallax::Error &error);

private:
    /// What a file held before and after; none: there was no file.
    struct Change
    {
        QString endpoint;
        std::optional<QByteArray> before;
        std::optional<QByteArray> after;
    };
    using Edit = std::function<Result<QByteArray>(const QByteArray &)>;

    void change(const QString &endpoint, Edit edit);
    /// Takes the last of `from` back and puts what would take that back into `to`.
    void step(std::vector<Change> &from, std::vector<Change> &to);

    std::optional<repository::Repository> m_repository;
    bool m_isReadOnly = false;
    quint64 m_generation = 0; ///< of the repository
    std::vector<Change> m_done;
    std::vector<Change> m_undone;
    base::TaskQueue m_queue{this, base::TaskQueue::AtEnd::Finish};
};

} // namespace parallax::ui
