// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The character classes of RFC 9110 5.6 and RFC 3986, and small comparisons of field values.
#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <array>

namespace parallax::http {

namespace detail {

enum CharClass : quint8 { TokenChar = 1, ValueChar = 2, TargetChar = 4, HexChar = 8, HostChar = 16 };

consteval std::array<quint8, 256> charClasses()
{
    std::array<quint8, 256> table{};
    const auto mark = [&table](const char *chars, quint8 bits) {
        for (; *chars != '\0'; ++chars)
            table.at(static_cast<quint8>(*chars)) |= bits;
    };
    for (int c = 0x20; c < 256; ++c) {
        if (c != 0x7f)
            table.at(static_cast<std::size_t>(c)) |= ValueChar;
    }
    table.at('\t') |= ValueChar;
    for (char c = '0'; c <= '9'; ++c)
        table.at(static_cast<quint8>(c)) |= TokenChar | TargetChar | HexChar | HostChar;
    for (char c = 'a'; c <= 'z'; ++c) {
        table.at(static_cast<quint8>(c)) |= TokenChar | TargetChar | HostChar;
        table.at(static_cast<quint8>(c - 'a' + 'A')) |= TokenChar | TargetChar | HostChar;
    }
    mark("abcdefABCDEF", HexChar);
    mark("!#$%&'*+-.^_`|~", TokenChar);
    // pchar, '/' and '?', and the brackets that clients send unescaped in queries; '%' is checked with what follows.
    mark("-._~!$&'()*+,;=:@/?%[]", TargetChar);
    mark("-._~", HostChar);
    return table;
}

inline constexpr std::array<quint8, 256> kCharClasses = charClasses();

consteval std::array<char, 256> lowerChars()
{
    std::array<char, 256> table{};
    for (int c = 0; c < 256; ++c)
        table.at(static_cast<std::size_t>(c)) = static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
    return table;
}

inline constexpr std::array<char, 256> kLowerChars = lowerChars();

} // namespace detail

[[nodiscard]] constexpr bool isTokenChar(char c)
{
    return (detail::kCharClasses[static_cast<quint8>(c)] & detail::TokenChar) != 0;
}
/// Visible characters, blanks, HTAB and everything from 0x80 on.
[[nodiscard]] constexpr bool isValueChar(char c)
{
    return (detail::kCharClasses[static_cast<quint8>(c)] & detail::ValueChar) != 0;
}
[[nodiscard]] constexpr bool isTargetChar(char c)
{
    return (detail::kCharClasses[static_cast<quint8>(c)] & detail::TargetChar) != 0;
}
[[nodiscard]] constexpr bool isHexDigit(char c)
{
    return (detail::kCharClasses[static_cast<quint8>(c)] & detail::HexChar) != 0;
}
[[nodiscard]] constexpr bool isHostChar(char c)
{
    return (detail::kCharClasses[static_cast<quint8>(c)] & detail::HostChar) != 0;
}
[[nodiscard]] constexpr int hexValue(char c)
{
    return c <= '9' ? c - '0' : (c | 0x20) - 'a' + 10;
}

[[nodiscard]] bool isToken(QByteArrayView text);
/// Whether a field of this value can be written as it is.
[[nodiscard]] bool isFieldValue(QByteArrayView text);
/// Without blanks and tabs at both ends.
[[nodiscard]] QByteArrayView trimmed(QByteArrayView text);
[[nodiscard]] constexpr char toLower(char c)
{
    return detail::kLowerChars[static_cast<quint8>(c)];
}
/// ASCII letters only. Inline: it runs dozens of times a request, mostly on names that differ in length.
[[nodiscard]] inline bool equalsIgnoringCase(QByteArrayView a, QByteArrayView b)
{
    if (a.size() != b.size())
        return false;
    for (qsizetype i = 0; i < a.size(); ++i) {
        if (toLower(a[i]) != toLower(b[i]))
            return false;
    }
    return true;
}
/// Whether the comma-separated list has this element, without case.
[[nodiscard]] bool listContains(QByteArrayView list, QByteArrayView element);
/// Origin-form: begins with '/', has no fragment, only characters of RFC 3986, complete escapes, and no escaped CR, LF
/// or NUL in its path.
[[nodiscard]] bool isOriginForm(QByteArrayView target);
/// host[:port], the host a name, an IPv4 address or an IPv6 address in brackets.
[[nodiscard]] bool isAuthority(QByteArrayView text);

/// Calls `use` with each element of a comma-separated list, trimmed, empty ones too.
template<class Use>
void forEachElement(QByteArrayView list, Use use)
{
    while (true) {
        const qsizetype comma = list.indexOf(',');
        use(trimmed(comma < 0 ? list : list.first(comma)));
        if (comma < 0)
            return;
        list = list.sliced(comma + 1);
    }
}

} // namespace parallax::http
