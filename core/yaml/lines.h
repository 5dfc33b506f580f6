// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArrayView>

namespace parallax::yaml {

/// Turns byte offsets of UTF-8 text into lines and columns, both from 1, columns in characters. Remembers the last
/// answer, so that asking in ascending order costs one pass over the text. LF, CRLF and a lone CR end a line; a BOM has
/// no column. The text must outlive it. Not thread-safe.
class Lines
{
public:
    struct Position
    {
        int line = 1;
        int column = 1;
    };

    explicit Lines(QByteArrayView text);
    [[nodiscard]] Position at(qsizetype offset);

private:
    void restart();

    QByteArrayView m_text;
    qsizetype m_offset = 0;
    Position m_position;
};

} // namespace parallax::yaml
