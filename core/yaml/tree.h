// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "yaml/events.h"
#include "yaml/node.h"

namespace parallax::yaml {

/// Builds the node tree from the strict parser's events: exact spans, aliases resolved, keys unique. Refuses duplicate
/// keys, keys that are no scalars, unknown aliases, cycles, and more nodes or levels than allowed, aliases counted as
/// what they stand for. Any thread.
[[nodiscard]] Result<Node> buildTree(const QByteArray &bytes, const QString &file, const EventStream &stream,
                                     const Limits &limits);

} // namespace parallax::yaml
