// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/tokens.h"

#include <algorithm>
#include <cstring>

namespace parallax::http {

bool isToken(QByteArrayView text)
{
    return !text.isEmpty() && std::all_of(text.begin(), text.end(), isTokenChar);
}

bool isFieldValue(QByteArrayView text)
{
    // Eight bytes at a time as long as none of them is a control character; a tab leads to the careful way as well.
    constexpr quint64 kEach = 0x0101010101010101U;
    constexpr quint64 kHigh = 0x80 * kEach;
    qsizetype at = 0;
    for (; at + 8 <= text.size(); at += 8) {
        quint64 word = 0;
        std::memcpy(&word, text.data() + at, sizeof word);
        const quint64 deletes = word ^ (0x7f * kEach);
        if ((((word - 0x20 * kEach) & ~word) | ((deletes - kEach) & ~deletes)) & kHigh)
            break;
    }
    const QByteArrayView rest = text.sliced(at);
    return std::all_of(rest.begin(), rest.end(), isValueChar);
}

QByteArrayView trimmed(QByteArrayView text)
{
    const auto isBlank = [](char c) { return c == ' ' || c == '\t'; };
    while (!text.isEmpty() && isBlank(text.front()))
        text = text.sliced(1);
    while (!text.isEmpty() && isBlank(text.back()))
        text.chop(1);
    return text;
}

bool listContains(QByteArrayView list, QByteArrayView element)
{
    bool found = false;
    forEachElement(list, [&](QByteArrayView one) { found = found || equalsIgnoringCase(one, element); });
    return found;
}

bool isOriginForm(QByteArrayView target)
{
    if (target.isEmpty() || target.front() != '/')
        return false;
    bool isInQuery = false;
    for (qsizetype i = 0; i < target.size(); ++i) {
        const char c = target[i];
        if (!isTargetChar(c))
            return false;
        isInQuery = isInQuery || c == '?';
        if (c != '%')
            continue;
        if (i + 2 >= target.size() || !isHexDigit(target[i + 1]) || !isHexDigit(target[i + 2]))
            return false;
        const int value = hexValue(target[i + 1]) * 16 + hexValue(target[i + 2]);
        if (!isInQuery && (value == '\0' || value == '\r' || value == '\n'))
            return false;
    }
    return true;
}

bool isAuthority(QByteArrayView text)
{
    qsizetype end = 0;
    if (text.startsWith('[')) {
        end = text.indexOf(']') + 1;
        if (end < 4)
            return false;
        const QByteArrayView inside = text.sliced(1, end - 2);
        if (!std::all_of(inside.begin(), inside.end(), [](char c) { return isHexDigit(c) || c == ':' || c == '.'; }))
            return false;
    } else {
        while (end < text.size() && isHostChar(text[end]))
            ++end;
        if (end == 0)
            return false;
    }
    if (end == text.size())
        return true;
    if (text[end] != ':')
        return false;
    const QByteArrayView port = text.sliced(end + 1);
    if (port.size() > 5 || !std::all_of(port.begin(), port.end(), [](char c) { return c >= '0' && c <= '9'; }))
        return false;
    return port.isEmpty() || port.toByteArray().toInt() <= 65535;
}

} // namespace parallax::http
