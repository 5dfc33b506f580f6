// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "yaml/blockform.h"

#include "yaml/comments.h"
#include "yaml/errors.h"
#include "yaml/layout.h"
#include "yaml/scalars.h"

#include <QByteArrayList>
#include <QHash>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parallax::yaml {

namespace {

/// An entry or an item, by the address of its value in the document's tree.
struct Unit
{
    const Node *value = nullptr;
    qsizetype begin = 0;
    int column = 0;
    Span flow; ///< the outermost flow collection it stands in
};

struct Attached
{
    QByteArrayList above;
    QByteArrayList below;
    QByteArray behind;
};

/// Which comment goes with which unit.
class Attachment
{
public:
    explicit Attachment(const Document &document)
        : m_layout(document.bytes())
    {
        walk(document.root(), {});
        for (const Comment &comment : commentsOf(document))
            attach(comment);
    }

    QByteArrayList header;
    QByteArrayList footer;
    [[nodiscard]] Attached of(const Node &value) const { return m_attached.value(&value); }

private:
    void walk(const Node &node, Span flow)
    {
        if (node.isFlow && flow.end == 0)
            flow = node.span;
        for (qsizetype i = 0; i < Layout::count(node); ++i) {
            const Node &value = node.isMapping() ? node.entries[i].value : node.items[i];
            const qsizetype begin = m_layout.entryBegin(node, i);
            m_units.append({&value, begin, static_cast<int>(begin - m_layout.lineStart(begin)) + 1, flow});
            walk(value, flow);
        }
    }

    void attach(const Comment &comment)
    {
        const auto next =
            std::find_if(m_units.begin(), m_units.end(), [&](const Unit &unit) { return unit.begin > comment.begin; });
        if (next == m_units.begin()) {
            header.append(comment.text);
            return;
        }
        const auto previous = next - 1;
        Attached &before = m_attached[previous->value];
        if (!comment.hasOwnLine) {
            if (before.behind.isEmpty())
                before.behind = comment.text;
            else
                before.above.append(comment.text);
            return;
        }
        const bool isInFlow = previous->flow.begin < comment.begin && comment.begin < previous->flow.end;
        if (isInFlow) {
            if (next != m_units.end() && next->begin < previous->flow.end)
                m_attached[next->value].above.append(comment.text);
            else
                before.below.append(comment.text);
        } else if (next != m_units.end() && comment.column <= next->column) {
            m_attached[next->value].above.append(comment.text);
        } else if (next == m_units.end() && comment.column == 1) {
            footer.append(comment.text);
        } else {
            auto owner = previous;
            while (owner != m_units.begin() && owner->column > comment.column)
                --owner;
            m_attached[owner->value].below.append(comment.text);
        }
    }

    Layout m_layout;
    QList<Unit> m_units;
    QHash<const Node *, Attached> m_attached;
};

QByteArrayList indented(const QByteArrayList &lines)
{
    QByteArrayList out;
    for (const QByteArray &line : lines)
        out.append(line.isEmpty() ? line : "  " + line);
    return out;
}

bool isCollection(const Node &node)
{
    return Layout::count(node) > 0;
}

/// A text of several lines that a literal block scalar can say: printable, no space in front, at most one line end
/// behind.
bool fitsLiteral(const QString &text)
{
    if (!text.contains(u'\n') || text.front().isSpace() || text.endsWith("\n\n"_L1))
        return false;
    for (const QString &line : text.split(u'\n')) {
        const bool isPlain = std::all_of(line.begin(), line.end(), [](QChar c) {
            return (c.unicode() >= 0x20 && c.unicode() < 0x7f) || (c.unicode() >= 0xa0 && c.unicode() < 0x2000);
        });
        if (!isPlain || line.endsWith(u' '))
            return false;
    }
    return true;
}

class Writer
{
public:
    Writer(const Document &document, const KeyOrders &orders)
        : m_orders(orders)
        , m_comments(document)
    {}

    QByteArray write(const Node &root)
    {
        QByteArrayList lines = m_comments.header;
        if (isCollection(root))
            lines += collection(root, {});
        else if (root.kind != Kind::Null || !root.text.isEmpty())
            lines += scalar(root);
        lines += m_comments.footer;
        return lines.isEmpty() ? QByteArray() : lines.join('\n') + '\n';
    }

private:
    QByteArrayList collection(const Node &node, const QStringList &path)
    {
        return node.isMapping() ? mapping(node, path) : sequence(node, path);
    }

    QByteArrayList mapping(const Node &node, const QStringList &path)
    {
        QList<const Entry *> entries;
        for (const Entry &entry : node.entries)
            entries.append(&entry);
        const KeyOrder order = m_orders(path);
        const auto rank = [&order](const Entry *entry) {
            const qsizetype first = order.first.indexOf(entry->key.text);
            const qsizetype last = order.last.indexOf(entry->key.text);
            return first >= 0 ? first : last >= 0 ? order.first.size() + 1 + last : order.first.size();
        };
        std::stable_sort(entries.begin(), entries.end(),
                         [&](const Entry *a, const Entry *b) { return rank(a) < rank(b); });
        QByteArrayList lines;
        for (const Entry *entry : std::as_const(entries)) {
            const Attached attached = m_comments.of(entry->value);
            const QByteArray key = scalarLine(entry->key) + ':';
            const QByteArray behind = attached.behind.isEmpty() ? QByteArray() : QByteArray(' ' + attached.behind);
            lines += attached.above;
            if (isCollection(entry->value)) {
                lines.append(key + behind);
                lines += indented(collection(entry->value, path + QStringList{entry->key.text}));
            } else {
                QByteArrayList value = scalar(entry->value);
                const QByteArray first = value.takeFirst();
                lines.append(key + (first.isEmpty() ? QByteArray() : QByteArray(' ' + first)) + behind);
                lines += value;
            }
            lines += attached.below;
        }
        return lines;
    }

    QByteArrayList sequence(const Node &node, const QStringList &path)
    {
        QByteArrayList lines;
        for (qsizetype i = 0; i < node.items.size(); ++i) {
            const Node &item = node.items[i];
            const Attached attached = m_comments.of(item);
            const QByteArray behind = attached.behind.isEmpty() ? QByteArray() : QByteArray(' ' + attached.behind);
            lines += attached.above;
            QByteArrayList inner =
                isCollection(item) ? collection(item, path + QStringList{QString::number(i)}) : scalar(item);
            if (isCollection(item) && !attached.behind.isEmpty())
                lines.append(attached.behind);
            while (isCollection(item) && inner.first().startsWith('#'))
                lines.append(inner.takeFirst());
            const QByteArray first = inner.takeFirst();
            lines.append((first.isEmpty() ? QByteArray("-") : QByteArray("- " + first)) +
                         (isCollection(item) ? QByteArray() : behind));
            lines += isCollection(item) ? indented(inner) : inner;
            lines += attached.below;
        }
        return lines;
    }

    /// On one line; more when a text of several lines becomes a literal, whose lines are indented by two.
    static QByteArrayList scalar(const Node &node)
    {
        if (node.isScalar() && fitsLiteral(node.text)) {
            QByteArrayList lines{node.text.endsWith(u'\n') ? "|" : "|-"};
            const QString body = node.text.endsWith(u'\n') ? node.text.chopped(1) : node.text;
            return lines + indented(body.toUtf8().split('\n'));
        }
        return {scalarLine(node)};
    }

    static QByteArray scalarLine(const Node &node)
    {
        if (node.isMapping())
            return "{}";
        if (node.isSequence())
            return "[]";
        // Plain text stays plain: what some reader takes for another type is for its author to quote.
        const bool isPlain = node.style == ScalarStyle::Plain && !node.text.contains(u'\n');
        return isPlain ? node.text.toUtf8() : scalarText(node.text, ScalarStyle::Plain);
    }

    const KeyOrders &m_orders;
    Attachment m_comments;
};

bool isText(const Node &node)
{
    return node.style != ScalarStyle::Plain || (!node.toInteger() && !node.toNumber() && !node.toBool());
}

bool meansTheSame(const Node &a, const Node &b)
{
    if (a.kind != b.kind || Layout::count(a) != Layout::count(b))
        return false;
    if (a.isScalar())
        return a.text == b.text && isText(a) == isText(b);
    if (a.isSequence())
        return std::equal(a.items.begin(), a.items.end(), b.items.begin(), meansTheSame);
    return std::all_of(a.entries.begin(), a.entries.end(), [&b](const Entry &entry) {
        const Node *other = b.find(entry.key.text);
        return other != nullptr && meansTheSame(entry.value, *other);
    });
}

QByteArrayList sortedComments(const Document &document)
{
    QByteArrayList texts;
    for (const Comment &comment : commentsOf(document))
        texts.append(comment.text);
    std::sort(texts.begin(), texts.end());
    return texts;
}

/// The first node that has no block form, or null.
const Node *obstacle(const Node &node)
{
    if (node.isAlias || node.hasAnchor || !node.tag.isEmpty())
        return &node;
    for (const Entry &entry : node.entries) {
        const bool isMerge = entry.key.text == "<<"_L1 && entry.key.style == ScalarStyle::Plain;
        if (isMerge || entry.key.hasAnchor || !entry.key.tag.isEmpty())
            return &entry.key;
        if (const Node *inner = obstacle(entry.value))
            return inner;
    }
    for (const Node &item : node.items) {
        if (const Node *inner = obstacle(item))
            return inner;
    }
    return nullptr;
}

} // namespace

Result<QByteArray> blockForm(const Document &document, const KeyOrders &orders)
{
    if (const Node *node = obstacle(document.root()))
        return fail({kNoBlockForm, {}, {document.file(), node->line, node->column}, {}});
    const QByteArray bytes = Writer(document, orders).write(document.root());
    const Result<Document> back = Document::parse(bytes, document.file(), document.limits());
    if (!back || !meansTheSame(document.root(), back->root()) || sortedComments(document) != sortedComments(*back)) {
        const QString detail = back ? QString() : back.error().code.toString();
        return fail({kEditUnsafe, {}, {document.file(), document.root().line, document.root().column}, detail});
    }
    return bytes;
}

} // namespace parallax::yaml
