// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "traffic/textsearch.h"

namespace parallax::traffic {

namespace {

constexpr std::array<unsigned char, 256> foldTable()
{
    std::array<unsigned char, 256> table{};
    for (std::size_t c = 0; c < table.size(); ++c)
        table[c] = static_cast<unsigned char>(c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c);
    return table;
}
constexpr std::array<unsigned char, 256> kFold = foldTable();

unsigned char folded(char c)
{
    return kFold[static_cast<unsigned char>(c)];
}

} // namespace

TextSearch::TextSearch(const QByteArray &needle)
    : m_needle(needle)
{
    for (char &c : m_needle)
        c = static_cast<char>(folded(c));
    const qsizetype last = m_needle.size() - 1;
    m_skip.fill(m_needle.size());
    for (qsizetype i = 0; i < last; ++i) {
        const unsigned char lower = folded(m_needle[i]);
        m_skip[lower] = last - i;
        if (lower >= 'a' && lower <= 'z')
            m_skip[static_cast<std::size_t>(lower - ('a' - 'A'))] = last - i;
    }
}

bool TextSearch::isIn(QByteArrayView text) const
{
    const qsizetype size = m_needle.size();
    if (size == 0)
        return false;
    const char *needle = m_needle.constData();
    const char *data = text.data();
    const auto last = static_cast<unsigned char>(needle[size - 1]);
    for (qsizetype end = size - 1; end < text.size(); end += m_skip[static_cast<unsigned char>(data[end])]) {
        if (folded(data[end]) != last)
            continue;
        qsizetype i = 0;
        while (i < size - 1 && folded(data[end - size + 1 + i]) == static_cast<unsigned char>(needle[i]))
            ++i;
        if (i == size - 1)
            return true;
    }
    return false;
}

} // namespace parallax::traffic
