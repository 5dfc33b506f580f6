// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "traffic/jsontext.h"

#include "base/text.h"

#include <QStringDecoder>

#include <array>
#include <bitset>

using namespace Qt::StringLiterals;

namespace parallax::traffic {

namespace {

constexpr std::array<char, 256> escapes()
{
    std::array<char, 256> table{};
    for (std::size_t c = 0; c < 0x20; ++c)
        table[c] = 'u';
    table['\n'] = 'n';
    table['\r'] = 'r';
    table['\t'] = 't';
    table['\b'] = 'b';
    table['\f'] = 'f';
    table['"'] = '"';
    table['\\'] = '\\';
    return table;
}
constexpr std::array<char, 256> kEscapes = escapes();

bool hasOnlyAscii(QByteArrayView bytes)
{
    for (const char c : bytes) {
        if (static_cast<signed char>(c) < 0)
            return false;
    }
    return true;
}

/// A strict reader without recursion: a stack of bits tells objects from arrays.
class Checker
{
public:
    explicit Checker(QByteArrayView text)
        : m_text(text)
    {}

    qsizetype firstError()
    {
        skipSpace();
        if (!value())
            return m_at;
        while (m_depth > 0) {
            if (!afterValue())
                return m_at;
        }
        skipSpace();
        return m_at == m_text.size() ? -1 : m_at;
    }

private:
    static constexpr std::size_t kMaxDepth = 1024;

    [[nodiscard]] char peek() const { return m_at < m_text.size() ? m_text[m_at] : '\0'; }
    bool take(char c)
    {
        if (m_at >= m_text.size() || m_text[m_at] != c)
            return false;
        ++m_at;
        return true;
    }
    void skipSpace()
    {
        while (m_at < m_text.size() &&
               (m_text[m_at] == ' ' || m_text[m_at] == '\t' || m_text[m_at] == '\n' || m_text[m_at] == '\r'))
            ++m_at;
    }

    /// A scalar, or the opening of a container with its first value.
    bool value()
    {
        for (;;) {
            const char c = peek();
            if (c == '"')
                return string();
            if (c != '{' && c != '[')
                return c == 't' ? word("true") : c == 'f' ? word("false") : c == 'n' ? word("null") : number();
            if (m_depth >= kMaxDepth)
                return false;
            ++m_at;
            m_isObject[m_depth++] = c == '{';
            skipSpace();
            if (take(c == '{' ? '}' : ']')) {
                --m_depth;
                return true;
            }
            if (c == '{' && !key())
                return false;
        }
    }

    bool afterValue()
    {
        skipSpace();
        const bool isObject = m_isObject[m_depth - 1];
        if (take(isObject ? '}' : ']')) {
            --m_depth;
            return true;
        }
        if (!take(','))
            return false;
        skipSpace();
        return (!isObject || key()) && value();
    }

    bool key()
    {
        if (!string())
            return false;
        skipSpace();
        if (!take(':'))
            return false;
        skipSpace();
        return true;
    }

    bool string()
    {
        if (!take('"'))
            return false;
        while (m_at < m_text.size()) {
            const auto c = static_cast<unsigned char>(m_text[m_at]);
            if (c < 0x20)
                return false;
            ++m_at;
            if (c == '"')
                return true;
            if (c == '\\' && !escape())
                return false;
        }
        return false;
    }

    bool escape()
    {
        const char c = peek();
        if (c == 'u') {
            ++m_at;
            for (int i = 0; i < 4; ++i) {
                if (std::isxdigit(static_cast<unsigned char>(peek())) == 0)
                    return false;
                ++m_at;
            }
            return true;
        }
        if (c == '\0' || QByteArrayView("\"\\/bfnrt").indexOf(c) < 0)
            return false;
        ++m_at;
        return true;
    }

    bool word(QByteArrayView expected)
    {
        for (const char c : expected) {
            if (!take(c))
                return false;
        }
        return true;
    }

    bool digits()
    {
        const qsizetype start = m_at;
        while (peek() >= '0' && peek() <= '9')
            ++m_at;
        return m_at > start;
    }

    bool number()
    {
        take('-');
        if (!take('0') && !digits())
            return false;
        if (take('.') && !digits())
            return false;
        if (peek() == 'e' || peek() == 'E') {
            ++m_at;
            if (!take('+'))
                take('-');
            return digits();
        }
        return true;
    }

    QByteArrayView m_text;
    qsizetype m_at = 0;
    std::size_t m_depth = 0;
    std::bitset<kMaxDepth> m_isObject;
};

void appendUtf8(QByteArray &out, char32_t c)
{
    const QChar *surrogates = nullptr;
    QChar pair[2];
    qsizetype n = 1;
    if (QChar::requiresSurrogates(c)) {
        pair[0] = QChar(QChar::highSurrogate(c));
        pair[1] = QChar(QChar::lowSurrogate(c));
        n = 2;
    } else {
        pair[0] = QChar::isSurrogate(c) ? QChar(QChar::ReplacementCharacter) : QChar(static_cast<char16_t>(c));
    }
    surrogates = pair;
    out += QStringView(surrogates, n).toUtf8();
}

/// Four hex digits at `at`, or nothing.
std::optional<char16_t> hexUnit(QByteArrayView text, qsizetype at)
{
    if (at + 4 > text.size())
        return std::nullopt;
    bool ok = false;
    const ushort unit = text.sliced(at, 4).toByteArray().toUShort(&ok, 16);
    return ok ? std::optional<char16_t>(unit) : std::nullopt;
}

} // namespace

void appendJsonString(QByteArray &out, QByteArrayView utf8)
{
    QByteArray repaired;
    if (!hasOnlyAscii(utf8) && !base::isUtf8(QByteArray::fromRawData(utf8.data(), utf8.size()))) {
        repaired = QString::fromUtf8(utf8).toUtf8();
        utf8 = repaired;
    }
    out += '"';
    qsizetype plain = 0;
    for (qsizetype i = 0; i < utf8.size(); ++i) {
        const auto c = static_cast<unsigned char>(utf8[i]);
        if (kEscapes[c] == 0)
            continue;
        out.append(utf8.data() + plain, i - plain);
        plain = i + 1;
        out += '\\';
        out += kEscapes[c];
        if (kEscapes[c] == 'u') {
            out += "00";
            out += "0123456789abcdef"[c >> 4U];
            out += "0123456789abcdef"[c & 15U];
        }
    }
    out.append(utf8.data() + plain, utf8.size() - plain);
    out += '"';
}

QByteArray unescapedJson(QByteArrayView inner)
{
    QByteArray out;
    out.reserve(inner.size());
    for (qsizetype i = 0; i < inner.size(); ++i) {
        if (inner[i] != '\\' || i + 1 == inner.size()) {
            out += inner[i];
            continue;
        }
        const char c = inner[++i];
        if (c != 'u') {
            out += c == 'n' ? '\n' : c == 'r' ? '\r' : c == 't' ? '\t' : c == 'b' ? '\b' : c == 'f' ? '\f' : c;
            continue;
        }
        const std::optional<char16_t> unit = hexUnit(inner, i + 1);
        if (!unit) {
            out += c;
            continue;
        }
        i += 4;
        char32_t code = *unit;
        if (QChar::isHighSurrogate(code) && i + 2 < inner.size() && inner[i + 1] == '\\' && inner[i + 2] == 'u') {
            const std::optional<char16_t> low = hexUnit(inner, i + 3);
            if (low && QChar::isLowSurrogate(*low)) {
                code = QChar::surrogateToUcs4(*unit, *low);
                i += 6;
            }
        }
        appendUtf8(out, code);
    }
    return out;
}

qsizetype firstJsonError(QByteArrayView text)
{
    return Checker(text).firstError();
}

void appendMilliseconds(QByteArray &out, qint64 nanoseconds)
{
    QByteArray text = QByteArray::number(nanoseconds / 1'000'000);
    if (const qint64 rest = nanoseconds % 1'000'000; rest != 0) {
        text += '.' + QByteArray::number(rest).rightJustified(6, '0');
        while (text.endsWith('0'))
            text.chop(1);
    }
    out += text;
}

} // namespace parallax::traffic
