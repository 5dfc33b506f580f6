// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Edits of a rules file that touch only the lines they must: comments, order and spelling of all else stay.
#pragma once

#include "base/result.h"
#include "compare/rules.h"

#include <QByteArray>
#include <QString>

#include <optional>

namespace parallax::compare {

/// A rule as one line of YAML in flow style: `{path: /data/**/score, tolerance: {abs: 1e-06}}`.
[[nodiscard]] QString ruleText(const Rule &rule);

/// The file with `rule` in it: at `position` among the rules, else before the first rule that would decide in its
/// place, else last. An empty file becomes a whole one. The result is read again and must hold exactly the rules
/// intended: else, and when the file has errors, it fails with `rules-not-editable` or the file's own error.
[[nodiscard]] Result<QByteArray> withRule(const QByteArray &file, const Rule &rule,
                                          std::optional<std::size_t> position = std::nullopt);
/// The file without the rule at `index`. As above.
[[nodiscard]] Result<QByteArray> withoutRule(const QByteArray &file, std::size_t index);
/// Sets or removes the margin. As above.
[[nodiscard]] Result<QByteArray> withMargin(const QByteArray &file, std::optional<double> margin);

} // namespace parallax::compare
