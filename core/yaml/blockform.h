// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "yaml/document.h"

#include <functional>

namespace parallax::yaml {

/// Which keys of one mapping come first and which last; all others stay between them in the order of the file.
struct KeyOrder
{
    QStringList first;
    QStringList last;
};

/// The order of the mapping at this path.
using KeyOrders = std::function<KeyOrder(const QStringList &path)>;

/// The whole document written anew as js-yaml dumps: block style, two spaces a level, list items indented below their
/// key, quotes only where needed and single ones, LF, one at the end, no blank lines, no `---`. Comments are kept:
/// those on their own line stay above their entry (or below it, when indented as it is), those behind a value behind
/// it. Values and the number and text of the comments are verified to be the same. Anchors, aliases, tags and merge
/// keys have no such form and are refused with their place. Any thread.
[[nodiscard]] Result<QByteArray> blockForm(const Document &document, const KeyOrders &orders);

} // namespace parallax::yaml
