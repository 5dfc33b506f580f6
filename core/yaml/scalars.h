// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// How a text is written as a YAML scalar so that every reader, of YAML 1.1 or 1.2, takes it for that text.
#pragma once

#include "yaml/node.h"

#include <QByteArray>
#include <QString>

namespace parallax::yaml {

/// Whether some YAML 1.1 or 1.2 reader takes this text, written without quotes, for something other than a string: the
/// booleans of 1.1 (`yes`, `on`, `n`), null, numbers in any base and with underscores, base 60 (`12:30`), dates, `=`,
/// `<<`.
[[nodiscard]] bool readsAsOtherType(QStringView text);

/// Whether the text may be written without quotes, in block and in flow style. As js-yaml decides, which the service
/// seems to use: not with `, [ ] { } ?`, `: `, ` #`, an indicator in front, space at an end, or anything unprintable.
[[nodiscard]] bool canBePlain(QStringView text);

/// The scalar in the wanted style, or in the next one that can say it: plain, single quotes, double quotes with
/// escapes. Block styles are taken for plain.
[[nodiscard]] QByteArray scalarText(const QString &text, ScalarStyle wanted);

} // namespace parallax::yaml
