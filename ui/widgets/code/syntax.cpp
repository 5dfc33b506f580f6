// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/code/syntax.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace parallax::widgets {

using theme::Role;

namespace {

bool isNumberStart(QStringView line, qsizetype at)
{
    const QChar first = line.at(at);
    return first.isDigit() || (first == u'-' && at + 1 < line.size() && line.at(at + 1).isDigit());
}

bool isNumberPart(QChar character)
{
    return character.isDigit() || character == u'.' || character == u'e' || character == u'E' || character == u'+' ||
           character == u'-';
}

qsizetype skipSpaces(QStringView line, qsizetype at)
{
    while (at < line.size() && line.at(at).isSpace())
        ++at;
    return at;
}

// One behind the closing quote, or the end of the line.
qsizetype stringEnd(QStringView line, qsizetype at, QChar quote)
{
    for (qsizetype i = at + 1; i < line.size(); ++i) {
        if (line.at(i) == u'\\' && quote == u'"')
            ++i;
        else if (line.at(i) == quote)
            return i + 1;
    }
    return line.size();
}

QList<SyntaxSpan> tokenizeJson(QStringView line)
{
    QList<SyntaxSpan> spans;
    for (qsizetype i = 0; i < line.size();) {
        const QChar character = line.at(i);
        if (character == u'"') {
            const qsizetype end = stringEnd(line, i, u'"');
            const qsizetype next = skipSpaces(line, end);
            const bool isKey = next < line.size() && line.at(next) == u':';
            spans.append({i, end - i, isKey ? Syntax::Key : Syntax::String});
            if (isKey)
                spans.append({next, 1, Syntax::Punctuation});
            i = isKey ? next + 1 : end;
        } else if (isNumberStart(line, i)) {
            qsizetype end = i + 1;
            while (end < line.size() && isNumberPart(line.at(end)))
                ++end;
            spans.append({i, end - i, Syntax::Number});
            i = end;
        } else if (character.isLetter()) {
            qsizetype end = i + 1;
            while (end < line.size() && line.at(end).isLetterOrNumber())
                ++end;
            spans.append({i, end - i, Syntax::Word});
            i = end;
        } else {
            ++i;
        }
    }
    return spans;
}

Syntax yamlValueKind(QStringView value)
{
    static const QRegularExpression number(
        u"^[-+]?(\\d[\\d_]*(\\.\\d*)?([eE][-+]?\\d+)?|\\.\\d+|0x[0-9a-fA-F]+|0o[0-7]+)$"_s);
    static const QRegularExpression word(u"^(true|false|null|~|True|False|Null|TRUE|FALSE|NULL)$"_s);
    if (number.match(value).hasMatch())
        return Syntax::Number;
    return word.match(value).hasMatch() ? Syntax::Word : Syntax::String;
}

qsizetype yamlCommentStart(QStringView line, qsizetype from)
{
    for (qsizetype i = from; i < line.size(); ++i) {
        const QChar character = line.at(i);
        if (i == from && (character == u'"' || character == u'\''))
            i = stringEnd(line, i, character) - 1;
        else if (character == u'#' && (i == 0 || line.at(i - 1).isSpace()))
            return i;
    }
    return line.size();
}

// The colon that ends a key: followed by a space or the end of the line.
qsizetype yamlKeyEnd(QStringView line, qsizetype from)
{
    qsizetype i = from;
    if (i < line.size() && (line.at(i) == u'"' || line.at(i) == u'\''))
        i = stringEnd(line, i, line.at(i));
    for (; i < line.size(); ++i) {
        if (line.at(i) == u':' && (i + 1 == line.size() || line.at(i + 1).isSpace()))
            return i;
        if (line.at(i) == u'#' && i > 0 && line.at(i - 1).isSpace())
            return -1;
    }
    return -1;
}

void appendYamlValue(QList<SyntaxSpan> &spans, QStringView line, qsizetype from)
{
    const qsizetype comment = yamlCommentStart(line, from);
    qsizetype end = comment;
    while (end > from && line.at(end - 1).isSpace())
        --end;
    if (end > from)
        spans.append({from, end - from, yamlValueKind(line.sliced(from, end - from))});
    if (comment < line.size())
        spans.append({comment, line.size() - comment, Syntax::Comment});
}

QList<SyntaxSpan> tokenizeYaml(QStringView line)
{
    QList<SyntaxSpan> spans;
    qsizetype at = skipSpaces(line, 0);
    while (at < line.size() && line.at(at) == u'-' && (at + 1 == line.size() || line.at(at + 1) == u' ')) {
        spans.append({at, 1, Syntax::Punctuation});
        at = skipSpaces(line, at + 1);
    }
    if (at >= line.size())
        return spans;
    if (line.at(at) == u'#') {
        spans.append({at, line.size() - at, Syntax::Comment});
        return spans;
    }
    if (const qsizetype colon = yamlKeyEnd(line, at); colon >= 0) {
        if (colon > at)
            spans.append({at, colon - at, Syntax::Key});
        spans.append({colon, 1, Syntax::Punctuation});
        at = skipSpaces(line, colon + 1);
    }
    if (at < line.size())
        appendYamlValue(spans, line, at);
    return spans;
}

} // namespace

QList<SyntaxSpan> tokenize(Language language, QStringView line)
{
    switch (language) {
    case Language::Json:
        return tokenizeJson(line);
    case Language::Yaml:
        return tokenizeYaml(line);
    case Language::Plain:
        break;
    }
    return {};
}

Role syntaxRole(Syntax kind)
{
    switch (kind) {
    case Syntax::Key:
        return Role::SynKey;
    case Syntax::String:
        return Role::SynString;
    case Syntax::Number:
        return Role::SynNumber;
    case Syntax::Word:
        return Role::SynWord;
    case Syntax::Punctuation:
        return Role::SynPunct;
    case Syntax::Comment:
        return Role::Muted;
    case Syntax::Plain:
        break;
    }
    return Role::Text;
}

} // namespace parallax::widgets
