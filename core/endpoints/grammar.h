// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The documented grammar of an endpoint file (modelbit-endpoints.md 2.2 and 8), read from a YAML tree.
#pragma once

#include "base/error.h"
#include "endpoints/endpoint.h"
#include "yaml/node.h"

#include <QList>
#include <QString>

namespace parallax::endpoints {

inline constexpr qint64 kMaxWeight = 1'000'000;

struct GrammarResult
{
    Endpoint endpoint; ///< as much as could be read
    QList<Finding> findings;
};

/// Reads everything there is and says everything that is wrong. Any thread.
[[nodiscard]] GrammarResult readGrammar(const yaml::Node &root, const QString &file, const QString &name);

} // namespace parallax::endpoints
