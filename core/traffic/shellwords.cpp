// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "traffic/shellwords.h"

#include <QChar>
#include <QString>

#include <algorithm>
#include <optional>

namespace parallax::traffic {

namespace {

bool isWindowsText(const QByteArray &text)
{
    return text.contains("^\"") || text.contains("^\n") || text.contains("^\r\n") || text.contains("^&");
}

/// cmd takes the caret away before the program sees anything: a line break goes with it, other characters stay.
QByteArray withoutCarets(const QByteArray &text)
{
    QByteArray out;
    out.reserve(text.size());
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text[i] != '^' || i + 1 == text.size()) {
            out += text[i];
            continue;
        }
        ++i;
        if (text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n')
            ++i;
        out += text[i] == '\n' ? ' ' : text[i];
    }
    return out;
}

class Lexer
{
public:
    Lexer(QByteArray text, bool isWindows)
        : m_text(std::move(text))
        , m_isWindows(isWindows)
    {}

    enum class Kind { Word, LineBreak, EmptyLine, Separator, End };

    Kind next()
    {
        skipBlanks();
        if (m_at >= m_text.size())
            return Kind::End;
        const char c = m_text[m_at];
        if (c == '\n')
            return lineBreak();
        if (c == ';' || c == '|' || (c == '&' && isSeparatingAmpersand())) {
            m_isPipe = c == '|';
            ++m_at;
            return Kind::Separator;
        }
        if (c == '#')
            return comment();
        return word();
    }

    [[nodiscard]] const QByteArray &text() const { return m_word; }
    [[nodiscard]] bool wasQuoted() const { return m_wasQuoted; }
    [[nodiscard]] int line() const { return m_line; }

private:
    void skipBlanks()
    {
        while (m_at < m_text.size()) {
            const char c = m_text[m_at];
            if (c == '\\' && m_at + 1 < m_text.size() &&
                (m_text[m_at + 1] == '\n' || m_text.mid(m_at + 1, 2) == "\r\n")) {
                m_at += m_text[m_at + 1] == '\n' ? 2 : 3;
                ++m_line;
            } else if (c == ' ' || c == '\t' || c == '\r') {
                ++m_at;
            } else {
                return;
            }
        }
    }

    Kind lineBreak()
    {
        int breaks = 0;
        while (m_at < m_text.size() && QByteArrayView(" \t\r\n").indexOf(m_text[m_at]) >= 0) {
            breaks += m_text[m_at] == '\n' ? 1 : 0;
            ++m_at;
        }
        m_line += breaks;
        return breaks > 1 ? Kind::EmptyLine : Kind::LineBreak;
    }

    Kind comment()
    {
        const qsizetype end = m_text.indexOf('\n', m_at);
        m_at = end < 0 ? m_text.size() : end;
        return Kind::EmptyLine;
    }

    /// A pasted URL without quotes has `&` inside; one that stands alone separates commands.
    [[nodiscard]] bool isSeparatingAmpersand() const
    {
        const char after = m_at + 1 < m_text.size() ? m_text[m_at + 1] : ' ';
        return QByteArrayView(" \t\r\n&").indexOf(after) >= 0;
    }

    Kind word()
    {
        m_word.clear();
        m_wasQuoted = false;
        while (m_at < m_text.size()) {
            const char c = m_text[m_at];
            if (QByteArrayView(" \t\r\n;|").indexOf(c) >= 0 || (c == '&' && isSeparatingAmpersand()))
                break;
            ++m_at;
            if (c == '\'' && !m_isWindows)
                single();
            else if (c == '"')
                doubled();
            else if (c == '$' && m_at < m_text.size() && m_text[m_at] == '\'' && !m_isWindows) {
                ++m_at;
                ansi();
            } else if (c == '\\' && m_at < m_text.size() && !m_isWindows)
                escaped();
            else
                m_word += c;
        }
        return Kind::Word;
    }

    void escaped()
    {
        const char c = m_text[m_at++];
        if (c == '\n')
            ++m_line;
        else
            m_word += c;
    }

    void single()
    {
        m_wasQuoted = true;
        const qsizetype end = m_text.indexOf('\'', m_at);
        const QByteArray inner = m_text.mid(m_at, end < 0 ? -1 : end - m_at);
        m_line += static_cast<int>(inner.count('\n'));
        m_word += inner;
        m_at = end < 0 ? m_text.size() : end + 1;
    }

    void doubled()
    {
        m_wasQuoted = true;
        while (m_at < m_text.size() && m_text[m_at] != '"') {
            char c = m_text[m_at++];
            m_line += c == '\n' ? 1 : 0;
            if (c == '\\' && m_at < m_text.size()) {
                const char after = m_text[m_at];
                const bool isEscape =
                    m_isWindows ? after == '"' || after == '\\' : QByteArrayView("\"\\$`\n").indexOf(after) >= 0;
                if (isEscape) {
                    ++m_at;
                    if (after == '\n') {
                        ++m_line;
                        continue;
                    }
                    c = after;
                }
            }
            m_word += c;
        }
        ++m_at;
        if (m_isWindows && m_at < m_text.size() && m_text[m_at] == '"') { // "" inside of quotes is a quote
            m_word += '"';
            ++m_at;
            doubled();
        }
    }

    /// Up to `most` digits of a base, as a number; nothing when there is none.
    std::optional<uint> digits(int most, int base)
    {
        qsizetype end = m_at;
        while (end < m_text.size() && end < m_at + most) {
            const int value = QChar::fromLatin1(m_text[end]).digitValue();
            const bool isLetter = base == 16 && std::isxdigit(static_cast<unsigned char>(m_text[end])) != 0;
            if (!isLetter && (value < 0 || value >= base))
                break;
            ++end;
        }
        if (end == m_at)
            return std::nullopt;
        const uint number = m_text.mid(m_at, end - m_at).toUInt(nullptr, base);
        m_at = end;
        return number;
    }

    void ansi()
    {
        m_wasQuoted = true;
        while (m_at < m_text.size() && m_text[m_at] != '\'') {
            const char c = m_text[m_at++];
            m_line += c == '\n' ? 1 : 0;
            if (c != '\\' || m_at >= m_text.size())
                m_word += c;
            else
                ansiEscape();
        }
        ++m_at;
    }

    void ansiEscape()
    {
        static constexpr QByteArrayView kNames = "abefnrtv\\'\"?";
        static constexpr QByteArrayView kValues = "\a\b\x1b\f\n\r\t\v\\'\"?";
        const char c = m_text[m_at];
        if (const qsizetype named = kNames.indexOf(c); named >= 0) {
            ++m_at;
            m_word += kValues[named];
        } else if (c == 'x') {
            ++m_at;
            m_word += static_cast<char>(digits(2, 16).value_or('x'));
        } else if (c == 'u' || c == 'U') {
            ++m_at;
            const char32_t code = digits(c == 'u' ? 4 : 8, 16).value_or(c);
            m_word += QString::fromUcs4(&code, 1).toUtf8();
        } else if (c >= '0' && c <= '7') {
            m_word += static_cast<char>(digits(3, 8).value_or(0));
        } else {
            m_word += '\\';
        }
    }

    QByteArray m_text;
    bool m_isWindows;
    qsizetype m_at = 0;
    int m_line = 1;
    QByteArray m_word;
    bool m_wasQuoted = false;
    bool m_isPipe = false;
};

bool isCurl(const QByteArray &word)
{
    const QByteArray name = word.mid(word.lastIndexOf('/') + 1);
    return name == "curl" || name == "curl.exe";
}

/// What may stand before `curl` in a pasted line.
bool isPrefix(const QByteArray &word)
{
    return word == "$" || word == ">" || word == "%" || word == "sudo" || word == "time" || word == "exec" ||
           (word.contains('=') && !word.startsWith('-'));
}

bool isRedirection(const QByteArray &word)
{
    const QByteArray bare = word.startsWith('1') || word.startsWith('2') || word.startsWith('&') ? word.mid(1) : word;
    return bare.startsWith('>') || bare.startsWith('<');
}

} // namespace

QList<CurlCommand> curlCommands(QByteArray text)
{
    const bool isWindows = isWindowsText(text);
    if (isWindows)
        text = withoutCarets(text);
    Lexer lexer(std::move(text), isWindows);
    QList<CurlCommand> found;
    bool isInside = false; // of a curl command
    bool isAtStart = true; // of any command
    bool isRedirected = false;
    for (Lexer::Kind kind = lexer.next(); kind != Lexer::Kind::End; kind = lexer.next()) {
        if (kind == Lexer::Kind::Word) {
            const QByteArray &word = lexer.text();
            if (isAtStart && isCurl(word)) {
                found.append({{}, lexer.line()});
                isInside = true;
                isAtStart = false;
            } else if (isInside && !lexer.wasQuoted() && isRedirection(word)) {
                isRedirected = word.endsWith('>') || word.endsWith('<');
            } else if (std::exchange(isRedirected, false)) {
                continue;
            } else if (isInside) {
                found.last().words.append(word);
                isAtStart = false;
            } else {
                isAtStart = isAtStart && isPrefix(word);
            }
            continue;
        }
        isAtStart = true;
        if (kind != Lexer::Kind::LineBreak)
            isInside = false;
    }
    return found;
}

QByteArray shellQuoted(const QByteArray &text)
{
    const bool isPlain = std::all_of(text.begin(), text.end(), [](char c) {
        const auto u = static_cast<unsigned char>(c);
        return (u >= 0x20 && u < 0x7f) || u == '\n';
    });
    if (isPlain)
        return '\'' + QByteArray(text).replace('\'', "'\\''") + '\'';
    QByteArray out = "$'";
    for (const char c : text) {
        const auto u = static_cast<unsigned char>(c);
        if (c == '\\' || c == '\'')
            out += QByteArray("\\") + c;
        else if (u >= 0x20 && u < 0x7f)
            out += c;
        else
            out += "\\x" + QByteArray::number(u, 16).rightJustified(2, '0');
    }
    return out + '\'';
}

} // namespace parallax::traffic
