// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "yaml/rendering.h"

#include "yaml/scalars.h"

namespace parallax::yaml {

namespace {

using Value = Document::Value;

Node scalarNode(const QString &text, ScalarStyle wanted)
{
    Node node;
    node.kind = Kind::Scalar;
    node.text = text;
    const QByteArray written = scalarText(text, wanted);
    if (written.startsWith('\''))
        node.style = ScalarStyle::SingleQuoted;
    else if (written.startsWith('"'))
        node.style = ScalarStyle::DoubleQuoted;
    return node;
}

} // namespace

QByteArrayList blockLines(const QString &key, const Value &value, int step)
{
    const QByteArray head = scalarText(key, ScalarStyle::Plain) + ':';
    if (value.type != Value::Type::Mapping || value.entries.isEmpty())
        return {head + ' ' + flowValue(value)};
    QByteArrayList lines{head};
    for (const auto &[innerKey, innerValue] : value.entries) {
        for (const QByteArray &line : blockLines(innerKey, innerValue, step))
            lines.append(QByteArray(step, ' ') + line);
    }
    return lines;
}

QByteArray flowEntry(const QString &key, const Value &value)
{
    return scalarText(key, ScalarStyle::Plain) + ": " + flowValue(value);
}

QByteArray flowValue(const Value &value, ScalarStyle wanted)
{
    switch (value.type) {
    case Value::Type::String:
        return scalarText(value.string, wanted);
    case Value::Type::Integer:
        return QByteArray::number(value.integer);
    case Value::Type::Mapping: {
        QByteArrayList entries;
        for (const auto &[key, inner] : value.entries)
            entries.append(flowEntry(key, inner));
        return '{' + entries.join(", ") + '}';
    }
    }
    Q_UNREACHABLE();
}

Node nodeOf(const Value &value, ScalarStyle wanted)
{
    Node node;
    switch (value.type) {
    case Value::Type::String:
        return scalarNode(value.string, wanted);
    case Value::Type::Integer:
        node.kind = Kind::Scalar;
        node.text = QString::number(value.integer);
        return node;
    case Value::Type::Mapping:
        node.kind = Kind::Mapping;
        for (const auto &[key, inner] : value.entries)
            node.entries.append({keyNode(key), nodeOf(inner)});
        return node;
    }
    Q_UNREACHABLE();
}

Node keyNode(const QString &key, ScalarStyle wanted)
{
    return scalarNode(key, wanted);
}

} // namespace parallax::yaml
