// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "compare/requestsummary.h"

#include "base/text.h"
#include "compare/json.h"

#include <QStringList>

using namespace Qt::StringLiterals;

namespace parallax::compare {

namespace {

constexpr int kParts = 4;
constexpr int kCharacters = 60;
constexpr qsizetype kLargestBody = 256 * 1024; // a longer one is not parsed for a line in a list

QString shortened(QString text)
{
    text = base::escapeControls(text);
    if (text.size() <= kCharacters)
        return text;
    text.truncate(kCharacters - 1);
    return text.trimmed() + u'\u2026';
}

QString scalar(const JsonTree &tree, JsonTree::Index index)
{
    const JsonNode &node = tree.node(index);
    return QString::fromUtf8(node.type == JsonType::String ? tree.string(index) : tree.text(index).toByteArray());
}

QString ofContainer(const JsonTree &tree, JsonTree::Index container)
{
    QStringList parts;
    for (JsonTree::Index child = container + 1; child < tree.node(container).after && parts.size() < kParts;
         child = tree.node(child).after) {
        const JsonNode &node = tree.node(child);
        if (node.isContainer())
            continue;
        const QString key = QString::fromUtf8(tree.key(child));
        const bool speaksForItself = node.type == JsonType::String || key.isEmpty();
        parts += speaksForItself ? scalar(tree, child) : key + u' ' + scalar(tree, child);
    }
    return parts.join(u", "_s);
}

QString ofValue(const JsonTree &tree, JsonTree::Index index)
{
    const JsonNode &node = tree.node(index);
    if (!node.isContainer())
        return scalar(tree, index);
    if (node.type == JsonType::Array && node.children > 0 && tree.node(index + 1).type == JsonType::Array) {
        if (node.children > 1)
            return u"batch of %1 rows"_s.arg(node.children);
        // One row of a batch: [id, argument].
        const JsonTree::Index row = index + 1;
        if (tree.node(row).children > 1)
            return ofValue(tree, tree.node(row + 1).after);
    }
    return ofContainer(tree, index);
}

JsonTree::Index dataOf(const JsonTree &tree)
{
    if (tree.node(JsonTree::root()).type != JsonType::Object)
        return JsonTree::root();
    for (JsonTree::Index child = 1; child < tree.size(); child = tree.node(child).after) {
        if (tree.rawKey(child) == "data")
            return child;
    }
    return JsonTree::root();
}

} // namespace

QString requestSummary(const QByteArray &body)
{
    if (body.isEmpty())
        return {};
    if (body.size() <= kLargestBody) {
        if (const Result<JsonTree> tree = JsonTree::parse(body))
            return shortened(ofValue(*tree, dataOf(*tree)));
    }
    return shortened(QString::fromUtf8(body.left(4 * kCharacters)).simplified());
}

} // namespace parallax::compare
