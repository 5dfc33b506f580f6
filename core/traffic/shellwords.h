// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayList>
#include <QList>

namespace parallax::traffic {

/// One `curl ...` of a text: its words after `curl`, unquoted.
struct CurlCommand
{
    QByteArrayList words;
    int line = 1;
};

/// Finds the curl commands in a text: bash quoting (`'..'`, `".."`, `$'..'`, `\`), or Windows' cmd quoting (`^`) where
/// the text has it. Nothing is expanded. A line break ends a command only before the next `curl` or an empty line, for
/// that is how commands are pasted; so do `;`, `|` and `&&`. What is no curl command is passed over.
[[nodiscard]] QList<CurlCommand> curlCommands(QByteArray text);

/// The text as one word for bash.
[[nodiscard]] QByteArray shellQuoted(const QByteArray &text);

} // namespace parallax::traffic
