// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "yaml/lines.h"

#include <algorithm>

namespace parallax::yaml {

Lines::Lines(QByteArrayView text)
    : m_text(text)
{
    restart();
}

void Lines::restart()
{
    m_offset = m_text.startsWith("\xef\xbb\xbf") ? 3 : 0;
    m_position = {};
}

Lines::Position Lines::at(qsizetype offset)
{
    offset = std::min(offset, m_text.size());
    if (offset < m_offset)
        restart();
    for (; m_offset < offset; ++m_offset) {
        const char c = m_text[m_offset];
        const bool endsLine =
            c == '\n' || (c == '\r' && (m_offset + 1 == m_text.size() || m_text[m_offset + 1] != '\n'));
        if (endsLine) {
            ++m_position.line;
            m_position.column = 1;
        } else if ((static_cast<unsigned char>(c) & 0xc0) != 0x80) {
            ++m_position.column;
        }
    }
    return m_position;
}

} // namespace parallax::yaml
