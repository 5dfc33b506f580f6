// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "yaml/scalars.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace parallax::yaml {

namespace {

/// Printable on one line of a single-quoted scalar, for every reader (no NEL, LS, PS, BOM; no control characters).
bool isQuotable(QChar c)
{
    const char16_t u = c.unicode();
    return (u >= 0x20 && u < 0x7f) || (u >= 0xa0 && u != 0x2028 && u != 0x2029 && u != 0xfeff && u < 0xfffe);
}

QByteArray singleQuoted(const QString &text)
{
    QString inside = text;
    inside.replace(u'\'', "''"_L1);
    return '\'' + inside.toUtf8() + '\'';
}

QByteArray doubleQuoted(const QString &text)
{
    QString out = u"\""_s;
    for (const QChar c : text) {
        const char16_t u = c.unicode();
        if (u == '"' || u == '\\')
            out += u'\\' + QString(c);
        else if (u == '\n')
            out += "\\n"_L1;
        else if (u == '\t')
            out += "\\t"_L1;
        else if (u == '\r')
            out += "\\r"_L1;
        else if (isQuotable(c))
            out += c;
        else if (u < 0x100)
            out += u"\\x%1"_s.arg(u, 2, 16, QLatin1Char('0'));
        else
            out += u"\\u%1"_s.arg(u, 4, 16, QLatin1Char('0'));
    }
    return (out + u'"').toUtf8();
}

} // namespace

bool readsAsOtherType(QStringView text)
{
    // YAML 1.1 types (yaml.org/type: bool, int, float, timestamp, null, merge, value) and YAML 1.2.2, 10.3.2.
    static const QRegularExpression pattern(
        u"^(?:"
        "~|null|y|n|yes|no|true|false|on|off|=|<<|"
        "[-+]?0b[01_]+|[-+]?0o?[0-7_]+|[-+]?0x[0-9a-f_]+|"
        "[-+]?[0-9][0-9_]*(?:\\.[0-9_]*)?(?:e[-+]?[0-9]+)?|[-+]?\\.[0-9][0-9_]*(?:e[-+]?[0-9]+)?|"
        "[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+(?:\\.[0-9_]*)?|"
        "[-+]?\\.inf|\\.nan|"
        "[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}(?:[t \\t].*)?"
        ")$"_s,
        QRegularExpression::CaseInsensitiveOption);
    return text.isEmpty() || pattern.match(text).hasMatch();
}

bool canBePlain(QStringView text)
{
    if (readsAsOtherType(text))
        return false;
    if (!std::all_of(text.begin(), text.end(), isQuotable))
        return false;
    if (text.front().isSpace() || text.back().isSpace() || text.endsWith(u':'))
        return false;
    if (QStringView(u"#&*!|>'\"%@`?:").contains(text.front()) || text.startsWith(u"---") || text.startsWith(u"..."))
        return false;
    if (text.front() == u'-' && (text.size() == 1 || text[1].isSpace()))
        return false;
    if (text.contains(u": ") || text.contains(u" #"))
        return false;
    // In flow style yaml-cpp ends a plain scalar at a question mark.
    return std::none_of(text.begin(), text.end(), [](QChar c) { return QStringView(u",[]{}?").contains(c); });
}

QByteArray scalarText(const QString &text, ScalarStyle wanted)
{
    const bool isOneLine = std::all_of(text.begin(), text.end(), isQuotable);
    if (wanted == ScalarStyle::DoubleQuoted || !isOneLine)
        return doubleQuoted(text);
    if (wanted == ScalarStyle::SingleQuoted || !canBePlain(text))
        return singleQuoted(text);
    return text.toUtf8();
}

} // namespace parallax::yaml
