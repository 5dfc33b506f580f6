// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// New YAML text for values, and the node that a parser must make of it.
#pragma once

#include "yaml/document.h"
#include "yaml/node.h"

#include <QByteArrayList>

namespace parallax::yaml {

/// `key: value` in block style, a list of lines without indentation of the first level and without line ends.
[[nodiscard]] QByteArrayList blockLines(const QString &key, const Document::Value &value, int step);
/// `key: value` in flow style, `{...}` for mappings.
[[nodiscard]] QByteArray flowEntry(const QString &key, const Document::Value &value);
/// A scalar in the wanted style or the next that can say it; a mapping in flow style.
[[nodiscard]] QByteArray flowValue(const Document::Value &value, ScalarStyle wanted = ScalarStyle::Plain);

/// What is read back; places are not set.
[[nodiscard]] Node nodeOf(const Document::Value &value, ScalarStyle wanted = ScalarStyle::Plain);
[[nodiscard]] Node keyNode(const QString &key, ScalarStyle wanted = ScalarStyle::Plain);

} // namespace parallax::yaml
