// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Edits of a Document: each one computes splices and the tree that must come out of them, then parses the new text
// again.
#include "yaml/document.h"
#include "yaml/errors.h"
#include "yaml/layout.h"
#include "yaml/rendering.h"
#include "yaml/scalars.h"
#include "yaml/splice.h"

using namespace Qt::StringLiterals;

namespace parallax::yaml {

namespace {

constexpr qsizetype kMaxKey = 512; // an implicit key may have 1024 characters, escapes included

qsizetype indexOf(const Node &collection, const QString &step)
{
    if (collection.isMapping()) {
        for (qsizetype i = 0; i < collection.entries.size(); ++i) {
            if (collection.entries[i].key.text == step)
                return i;
        }
        return -1;
    }
    bool isNumber = false;
    const int index = step.toInt(&isNumber);
    return collection.isSequence() && isNumber && index >= 0 && index < collection.items.size() ? index : -1;
}

const Node &childOf(const Node &collection, qsizetype i)
{
    return collection.isMapping() ? collection.entries[i].value : collection.items[i];
}

Node &childOf(Node &collection, qsizetype i)
{
    return collection.isMapping() ? collection.entries[i].value : collection.items[i];
}

/// An edit in the making: the place, the splices, and the tree to be expected.
class Edit
{
public:
    explicit Edit(const Document &document)
        : m_document(document)
        , m_layout(document.bytes())
        , m_expected(document.root())
    {}

    /// Walks to `path`. Fails where there is none, and on a way that leads through an alias: a change there would be
    /// one of the anchor.
    Status locate(const QStringList &path)
    {
        m_node = &m_document.root();
        m_target = &m_expected;
        for (const QString &step : path) {
            const qsizetype index = indexOf(*m_node, step);
            if (index < 0)
                return fail({kNoSuchPath, {{u"path"_s, path.join(u'.')}}, place(), {}});
            if (m_node->isAlias)
                return fail(unsafe());
            m_parentColon = m_parent != nullptr && m_parent->isMapping() ? m_parent->entries[m_index].colon : -1;
            m_parent = m_node;
            m_index = index;
            m_targetParent = m_target;
            m_node = &childOf(*m_node, index);
            m_target = &childOf(*m_target, index);
            m_parentIsRoot = m_parent == &m_document.root();
        }
        return {};
    }

    Status setScalar(const Document::Value &value);
    Status addEntry(const QString &key, const Document::Value &value, const QString &after);
    Status removeEntry();
    Status renameKey(const QString &key);
    Status moveEntry(int index);

    /// The new document, when the splices did exactly what was intended.
    Result<Document> finished() const
    {
        const QByteArray bytes = spliced(m_document.bytes(), m_splices);
        Result<Document> result = Document::parse(bytes, m_document.file(), m_document.limits());
        if (!result && result.error().code == kTooLarge)
            return result;
        if (!result || !isSameValue(result->root(), m_expected)) {
            Error error = unsafe();
            if (!result)
                error.detail = result.error().code.toString();
            return fail(error);
        }
        return result;
    }

private:
    [[nodiscard]] const QByteArray &bytes() const { return m_document.bytes(); }
    [[nodiscard]] SourceLocation place() const { return {m_document.file(), m_node->line, m_node->column}; }
    [[nodiscard]] Error unsafe() const { return {kEditUnsafe, {}, place(), {}}; }
    void splice(Span span, const QByteArray &text) { m_splices.append({span, text}); }
    void insert(qsizetype at, const QByteArray &text) { m_splices.append({{at, at}, text}); }

    [[nodiscard]] QByteArray headerComment() const;
    Status insertBlock(qsizetype after, const QString &key, const Document::Value &value);
    Status insertFlow(qsizetype after, const QString &key, const Document::Value &value);
    Status fillEmpty(const QString &key, const Document::Value &value);
    void insertLines(qsizetype behind, int indent, const QString &key, const Document::Value &value, int step);
    Status removeOnly();
    void removeFromBlock();
    void removeLines(Span slot);
    void removeFromFlow();

    const Document &m_document;
    Layout m_layout;
    Node m_expected;
    QList<Splice> m_splices;
    const Node *m_node = nullptr;   ///< what `path` leads to
    const Node *m_parent = nullptr; ///< the collection it is in; null for the root
    qsizetype m_index = 0;
    qsizetype m_parentColon = -1; ///< of the entry whose value the collection is
    Node *m_target = nullptr;     ///< the same in m_expected
    Node *m_targetParent = nullptr;
    bool m_parentIsRoot = false; ///< the collection is the root of the file
};

Status checkKey(const QString &key)
{
    if (key.isEmpty() || key.size() > kMaxKey || !key.isValidUtf16())
        return fail({kKeyInvalid, {{u"key"_s, key}}, {}, {}});
    return {};
}

Status checkValue(const Document::Value &value)
{
    if (!value.string.isValidUtf16())
        return fail({kKeyInvalid, {{u"key"_s, value.string}}, {}, {}});
    for (const auto &[key, inner] : value.entries) {
        if (Status status = checkKey(key); !status)
            return status;
        if (Status status = checkValue(inner); !status)
            return status;
    }
    return {};
}

Status Edit::setScalar(const Document::Value &value)
{
    const bool isWritable = value.type != Document::Value::Type::Mapping &&
                            (m_node->isAlias || m_node->isScalar() || m_node->kind == Kind::Null);
    if (!isWritable)
        return fail(unsafe());
    const ScalarStyle style = m_node->isAlias ? ScalarStyle::Plain : m_node->style;
    QByteArray text = flowValue(value, style);
    if (m_node->span.begin == m_node->span.end) {
        const bool hasColon = m_parent == nullptr || !m_parent->isMapping() || m_parent->entries[m_index].colon >= 0;
        text.prepend(hasColon ? " " : ": ");
        if (m_parent == nullptr)
            return fail(unsafe());
    }
    splice(m_node->span, text + headerComment());
    const QString tag = m_node->isAlias ? QString() : m_node->tag;
    *m_target = nodeOf(value, style);
    m_target->tag = tag;
    return {};
}

/// The comment behind the `|` or `>` of a block scalar, which lies inside of what is replaced.
QByteArray Edit::headerComment() const
{
    if (m_node->isAlias || (m_node->style != ScalarStyle::Literal && m_node->style != ScalarStyle::Folded))
        return {};
    const QByteArray header =
        bytes().mid(m_node->span.begin, m_layout.lineEnd(m_node->span.begin) - m_node->span.begin);
    const qsizetype comment = header.indexOf('#');
    const bool isInside = comment > 0 && m_node->span.begin + comment < m_node->span.end;
    return isInside ? ' ' + header.mid(comment) : QByteArray();
}

Status Edit::addEntry(const QString &key, const Document::Value &value, const QString &after)
{
    if (m_node->isAlias || (!m_node->isMapping() && m_node->kind != Kind::Null))
        return fail(unsafe());
    if (m_node->isMapping() && indexOf(*m_node, key) >= 0)
        return fail({kKeyExists, {{u"key"_s, key}}, place(), {}});
    const qsizetype last = m_node->entries.size() - 1;
    const qsizetype index = after.isEmpty() ? last : indexOf(*m_node, after);
    if (!after.isEmpty() && index < 0)
        return fail({kNoSuchPath, {{u"path"_s, after}}, place(), {}});
    m_target->kind = Kind::Mapping;
    m_target->text.clear();
    m_target->entries.insert(index + 1, {keyNode(key), nodeOf(value)});
    if (last < 0)
        return fillEmpty(key, value);
    return m_node->isFlow ? insertFlow(index, key, value) : insertBlock(index, key, value);
}

Status Edit::insertBlock(qsizetype after, const QString &key, const Document::Value &value)
{
    const std::optional<int> indent = m_layout.indent(m_layout.entryBegin(*m_node, 0));
    if (!indent)
        return fail(unsafe());
    insertLines(m_layout.entryEnd(*m_node, after), *indent, key, value, m_layout.step(*m_node, m_document.root()));
    return {};
}

void Edit::insertLines(qsizetype behind, int indent, const QString &key, const Document::Value &value, int step)
{
    const QByteArray mark = m_layout.endMark(behind);
    QByteArray text;
    for (const QByteArray &line : blockLines(key, value, step))
        text += QByteArray(indent, ' ') + line + mark;
    const qsizetype at = m_layout.nextLine(behind);
    if (m_layout.lineEnd(behind) == bytes().size())
        text = mark + text.chopped(mark.size());
    insert(at, text);
}

Status Edit::insertFlow(qsizetype after, const QString &key, const Document::Value &value)
{
    if (bytes()[m_node->span.begin] != '{')
        return fail(unsafe());
    const QByteArray text = flowEntry(key, value);
    const qsizetype begin = m_layout.entryBegin(*m_node, after);
    const qsizetype end = m_layout.entryEnd(*m_node, after);
    const bool isLast = after + 1 == m_node->entries.size();
    const qsizetype next = isLast ? m_node->span.end - 1 : m_layout.entryBegin(*m_node, after + 1);
    const std::optional<qsizetype> comma = m_layout.comma(end, next);
    const qsizetype lineEnd = m_layout.lineEnd(end);
    if (!m_layout.beginsLine(begin) || lineEnd >= next) {
        insert(end, ", " + text);
        return {};
    }
    // One entry a line: the new one gets its own, behind the comment of the one before.
    const std::optional<int> indent = m_layout.indent(begin);
    const QByteArray line = m_layout.endMark(end) + QByteArray(indent.value_or(0), ' ') + text;
    if (comma && *comma >= lineEnd) {
        insert(end, ", " + text);
    } else if (comma) {
        insert(lineEnd, line + ',');
    } else {
        insert(end, ",");
        insert(lineEnd, line);
    }
    return {};
}

Status Edit::fillEmpty(const QString &key, const Document::Value &value)
{
    if (m_node->outer.begin != m_node->span.begin || m_node->hasAnchor)
        return fail(unsafe());
    const QByteArray written = bytes().mid(m_node->span.begin, m_node->span.end - m_node->span.begin);
    if (written.contains('#'))
        return fail(unsafe());
    const int step = m_layout.step(m_document.root(), m_document.root());
    if (m_parent == nullptr) {
        const QByteArray mark = m_layout.endMark(0);
        if (m_node->kind == Kind::Mapping) {
            splice(m_node->span, blockLines(key, value, step).join(mark));
        } else if (written.isEmpty()) {
            const bool needsMark = m_layout.lineStart(bytes().size()) != bytes().size();
            insert(bytes().size(), (needsMark ? mark : QByteArray()) + blockLines(key, value, step).join(mark) + mark);
        } else {
            return fail(unsafe());
        }
        return {};
    }
    if (m_parent->isFlow || !m_parent->isMapping()) {
        if (m_node->kind == Kind::Mapping)
            splice(m_node->span, '{' + flowEntry(key, value) + '}');
        else
            splice(m_node->span, (written.isEmpty() ? " {" : "{") + flowEntry(key, value) + '}');
        return {};
    }
    const qsizetype colon = m_parent->entries[m_index].colon;
    const std::optional<int> indent = m_layout.indent(m_layout.entryBegin(*m_parent, m_index));
    if (colon < 0 || !indent || m_layout.lineEnd(colon) < m_node->span.end)
        return fail(unsafe());
    if (!written.isEmpty())
        splice({colon + 1, m_node->span.end}, {});
    insertLines(m_node->span.end, *indent + step, key, value, step);
    return {};
}

Status Edit::removeEntry()
{
    if (m_parent == nullptr)
        return fail(unsafe());
    if (m_targetParent->isMapping())
        m_targetParent->entries.removeAt(m_index);
    else
        m_targetParent->items.removeAt(m_index);
    if (Layout::count(*m_parent) == 1)
        return removeOnly();
    if (m_parent->isFlow)
        removeFromFlow();
    else
        removeFromBlock();
    return {};
}

Status Edit::removeOnly()
{
    const QByteArray empty = m_parent->isMapping() ? "{}" : "[]";
    if (m_parent->outer.begin != m_parent->span.begin)
        return fail(unsafe());
    const Span slot = m_layout.slot(*m_parent, m_index, m_parentIsRoot);
    if (m_parent->isFlow || m_parentColon < 0 || !m_layout.beginsLine(slot.begin)) {
        splice(m_parent->span, empty);
        return {};
    }
    insert(m_parentColon + 1, ' ' + empty);
    removeLines(slot);
    return {};
}

void Edit::removeLines(Span slot)
{
    Span lines{m_layout.lineStart(slot.begin), m_layout.nextLine(slot.end)};
    const bool endsWithoutMark = m_layout.lineEnd(slot.end) == bytes().size();
    if (endsWithoutMark && lines.begin > m_layout.lineStart(0)) {
        // The last line has no end mark, and the new last line gets none either.
        lines.begin -= bytes().first(lines.begin).endsWith("\r\n") ? 2 : 1;
    }
    splice(lines, {});
}

void Edit::removeFromBlock()
{
    const Span slot = m_layout.slot(*m_parent, m_index, m_parentIsRoot);
    if (!m_layout.beginsLine(slot.begin)) {
        splice({slot.begin, m_layout.slot(*m_parent, m_index + 1, m_parentIsRoot).begin}, {});
        return;
    }
    removeLines(slot);
}

void Edit::removeFromFlow()
{
    const qsizetype begin = m_layout.entryBegin(*m_parent, m_index);
    const qsizetype end = m_layout.entryEnd(*m_parent, m_index);
    if (m_index + 1 < Layout::count(*m_parent)) {
        const qsizetype next = m_layout.entryBegin(*m_parent, m_index + 1);
        const std::optional<qsizetype> comma = m_layout.comma(end, next);
        const bool hasComment = bytes().mid(end, next - end).contains('#');
        splice({begin, hasComment && comma ? *comma + 1 : next}, {});
        return;
    }
    const qsizetype before = m_layout.entryEnd(*m_parent, m_index - 1);
    const std::optional<qsizetype> comma = m_layout.comma(before, begin);
    if (!comma || !bytes().mid(before, begin - before).contains('#')) {
        splice({before, end}, {});
        return;
    }
    // A comment stands between: it stays, the comma and the entry's own line go.
    qsizetype from = m_layout.lineStart(begin);
    from -= bytes().first(from).endsWith("\r\n") ? 2 : 1;
    splice({*comma, *comma + 1}, {});
    splice({std::max(from, *comma + 1), end}, {});
}

Status Edit::renameKey(const QString &key)
{
    if (m_parent == nullptr || !m_parent->isMapping())
        return fail(unsafe());
    const qsizetype other = indexOf(*m_parent, key);
    if (other >= 0 && other != m_index)
        return fail({kKeyExists, {{u"key"_s, key}}, place(), {}});
    const Node &old = m_parent->entries[m_index].key;
    splice(old.span, scalarText(key, old.style));
    const QString tag = old.tag;
    Node &expected = m_targetParent->entries[m_index].key;
    expected = keyNode(key, old.style);
    expected.tag = tag;
    return {};
}

Status Edit::moveEntry(int index)
{
    const qsizetype size = m_parent == nullptr ? 0 : Layout::count(*m_parent);
    if (index < 0 || index >= size)
        return fail(unsafe());
    if (m_targetParent->isMapping())
        m_targetParent->entries.move(m_index, index);
    else
        m_targetParent->items.move(m_index, index);
    // The texts change places; what lies between them (blank lines, commas, other comments) stays where it is.
    QList<qsizetype> order;
    for (qsizetype i = 0; i < size; ++i)
        order.append(i);
    order.move(m_index, index);
    for (qsizetype i = 0; i < size; ++i) {
        if (order[i] == i)
            continue;
        const Span source = m_layout.slot(*m_parent, order[i], m_parentIsRoot);
        splice(m_layout.slot(*m_parent, i, m_parentIsRoot), bytes().mid(source.begin, source.end - source.begin));
    }
    return {};
}

template<class Change>
Result<Document> edited(const Document &document, const QStringList &path, Change change)
{
    Edit edit(document);
    if (Status status = edit.locate(path); !status)
        return fail(status.error());
    if (Status status = change(edit); !status)
        return fail(status.error());
    return edit.finished();
}

} // namespace

Document::Value Document::Value::of(const QString &text)
{
    Value value;
    value.string = text;
    return value;
}

Document::Value Document::Value::of(qint64 number)
{
    Value value;
    value.type = Type::Integer;
    value.integer = number;
    return value;
}

Document::Value Document::Value::of(QList<std::pair<QString, Value>> mapping)
{
    Value value;
    value.type = Type::Mapping;
    value.entries = std::move(mapping);
    return value;
}

Result<Document> Document::withScalar(const QStringList &path, const Value &scalar) const
{
    if (Status status = checkValue(scalar); !status)
        return fail(status.error());
    return edited(*this, path, [&](Edit &edit) { return edit.setScalar(scalar); });
}

Result<Document> Document::withEntry(const QStringList &path, const QString &key, const Value &value,
                                     const QString &after) const
{
    for (const Status &status : {checkKey(key), checkValue(value)}) {
        if (!status)
            return fail(status.error());
    }
    return edited(*this, path, [&](Edit &edit) { return edit.addEntry(key, value, after); });
}

Result<Document> Document::withoutEntry(const QStringList &path) const
{
    return edited(*this, path, [](Edit &edit) { return edit.removeEntry(); });
}

Result<Document> Document::withRenamedKey(const QStringList &path, const QString &newKey) const
{
    if (Status status = checkKey(newKey); !status)
        return fail(status.error());
    return edited(*this, path, [&](Edit &edit) { return edit.renameKey(newKey); });
}

Result<Document> Document::withMovedEntry(const QStringList &path, int index) const
{
    return edited(*this, path, [&](Edit &edit) { return edit.moveEntry(index); });
}

} // namespace parallax::yaml
