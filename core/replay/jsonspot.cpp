// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "replay/jsonspot.h"

#include "compare/json.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace parallax::replay {

namespace {

using compare::JsonTree;
using compare::JsonType;

bool isJsonSpace(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

QByteArray unescaped(QByteArrayView name)
{
    return name.toByteArray().replace("~1", "/").replace("~0", "~");
}

std::optional<JsonTree::Index> childOf(const JsonTree &tree, JsonTree::Index parent, const QByteArray &name)
{
    const compare::JsonNode &node = tree.node(parent);
    if (!node.isContainer())
        return std::nullopt;
    quint32 position = 0;
    for (JsonTree::Index child = parent + 1; child < node.after; child = tree.node(child).after, ++position) {
        if (node.type == JsonType::Array ? QByteArray::number(position) == name : tree.key(child) == name)
            return child;
    }
    return std::nullopt;
}

JsonSpot::Kind kindOf(JsonType type)
{
    switch (type) {
    case JsonType::Null:
        return JsonSpot::Kind::Null;
    case JsonType::Boolean:
        return JsonSpot::Kind::Boolean;
    case JsonType::Number:
        return JsonSpot::Kind::Number;
    case JsonType::String:
        return JsonSpot::Kind::String;
    case JsonType::Array:
        return JsonSpot::Kind::Array;
    case JsonType::Object:
        return JsonSpot::Kind::Object;
    }
    Q_UNREACHABLE();
}

QByteArray lastNameOf(const QByteArray &pointer)
{
    return unescaped(QByteArrayView(pointer).sliced(pointer.lastIndexOf('/') + 1));
}

} // namespace

bool isJsonPointer(QByteArrayView pointer)
{
    if (pointer.isEmpty())
        return true;
    if (pointer.front() != '/')
        return false;
    for (qsizetype i = 0; i < pointer.size(); ++i) {
        if (pointer[i] == '~' && (i + 1 >= pointer.size() || (pointer[i + 1] != '0' && pointer[i + 1] != '1')))
            return false;
    }
    return true;
}

std::optional<JsonSpot> jsonAt(const QByteArray &json, const QByteArray &pointer)
{
    if (json.isEmpty() || !isJsonPointer(pointer))
        return std::nullopt;
    const Result<JsonTree> tree = JsonTree::parse(json);
    if (!tree)
        return std::nullopt;
    JsonTree::Index at = JsonTree::root();
    if (!pointer.isEmpty()) {
        for (const QByteArray &segment : pointer.mid(1).split('/')) {
            const std::optional<JsonTree::Index> child = childOf(*tree, at, unescaped(segment));
            if (!child)
                return std::nullopt;
            at = *child;
        }
    }
    const compare::JsonNode &node = tree->node(at);
    JsonSpot spot;
    spot.kind = kindOf(node.type);
    spot.begin = node.text.begin;
    spot.length = node.text.size();
    const bool isString = node.type == JsonType::String;
    spot.text = isString ? QString::fromUtf8(tree->string(at)) : QString::fromUtf8(tree->text(at));
    spot.number = node.type == JsonType::Number ? tree->number(at) : 0.0;
    return spot;
}

std::optional<QByteArray> withJsonAt(const QByteArray &json, const QByteArray &pointer, const QByteArray &value)
{
    if (const std::optional<JsonSpot> spot = jsonAt(json, pointer)) {
        QByteArray out = json;
        return out.replace(spot->begin, spot->length, value);
    }
    if (pointer.isEmpty())
        return std::nullopt;
    const std::optional<JsonSpot> parent = jsonAt(json, pointer.left(pointer.lastIndexOf('/')));
    if (!parent || parent->kind != JsonSpot::Kind::Object)
        return std::nullopt;
    QByteArray name = QJsonDocument(QJsonArray{QString::fromUtf8(lastNameOf(pointer))}).toJson(QJsonDocument::Compact);
    name = name.mid(1, name.size() - 2);
    const QByteArray inside = json.mid(parent->begin + 1, parent->length - 2).trimmed();
    QByteArray out = json;
    return out.insert(parent->begin + 1, name + ": " + value + (inside.isEmpty() ? QByteArray() : QByteArray(", ")));
}

std::optional<QByteArray> withoutJsonAt(const QByteArray &json, const QByteArray &pointer)
{
    const std::optional<JsonSpot> spot = pointer.isEmpty() ? std::nullopt : jsonAt(json, pointer);
    if (!spot)
        return std::nullopt;
    const auto back = [&json](qsizetype at) {
        while (at > 0 && isJsonSpace(json[at - 1]))
            --at;
        return at;
    };
    qsizetype begin = back(spot->begin);
    if (json[begin - 1] == ':') {
        // The name before it: back over the string, whose opening quote is the one no backslash escapes.
        begin = back(begin - 1) - 1;
        for (--begin; begin > 0; --begin) {
            qsizetype slashes = 0;
            while (json[begin - 1 - slashes] == '\\')
                ++slashes;
            if (json[begin] == '"' && slashes % 2 == 0)
                break;
        }
        begin = back(begin);
    }
    qsizetype end = spot->begin + spot->length;
    while (end < json.size() && isJsonSpace(json[end]))
        ++end;
    if (json[begin - 1] == ',') {
        begin = back(begin - 1);
    } else if (end < json.size() && json[end] == ',') {
        // The first of several: what follows moves to its place.
        ++end;
        while (end < json.size() && isJsonSpace(json[end]))
            ++end;
    }
    QByteArray out = json;
    return out.remove(begin, end - begin);
}

} // namespace parallax::replay
