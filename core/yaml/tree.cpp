// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "yaml/tree.h"

#include "yaml/document.h"
#include "yaml/errors.h"
#include "yaml/lines.h"

#include <QHash>
#include <QStringDecoder>

using namespace Qt::StringLiterals;

namespace parallax::yaml {

namespace {

bool isNullText(const QString &text)
{
    return text.isEmpty() || text == "~"_L1 || text == "null"_L1 || text == "Null"_L1 || text == "NULL"_L1;
}

/// Unlike QString::fromUtf8 it keeps a U+FEFF in front.
QString fromUtf8(const QByteArray &text)
{
    using Flag = QStringDecoder::Flag;
    QStringDecoder decoder(QStringDecoder::Utf8, Flag::Stateless | Flag::ConvertInitialBom);
    return decoder.decode(text);
}

bool isBlank(char c)
{
    return c == ' ' || c == '\t';
}

bool isBreak(char c)
{
    return c == '\n' || c == '\r';
}

/// Recursive over the events, at most as deep as the limit. `m_cursor` is the end of what is placed so far: libfyaml
/// gives no mark for an empty value, a colon, a dash or the header of a block scalar, and they are found by going on
/// from there.
class Builder
{
public:
    Builder(const QByteArray &bytes, const QString &file, const EventStream &stream, const Limits &limits)
        : m_bytes(bytes)
        , m_file(file)
        , m_events(stream.events)
        , m_limits(limits)
        , m_lines(bytes)
        , m_cursor(stream.contentFrom)
    {}

    Result<Node> run()
    {
        if (m_events.isEmpty()) {
            Node nothing;
            nothing.span = nothing.outer = {m_cursor, m_cursor};
            place(nothing);
            return nothing;
        }
        Measured root;
        if (Status status = build(root, false); !status)
            return fail(status.error());
        return root.node;
    }

private:
    struct Measured
    {
        Node node;
        int nodes = 1;
        int depth = 0;
    };
    struct Anchor
    {
        Measured target;
        bool isOpen = true;
    };

    Status build(Measured &out, bool isInFlow)
    {
        const Event &event = m_events[m_index++];
        if (++m_nodes > m_limits.nodes)
            return fail(error(kTooManyNodes, event.token.begin, {{u"limit"_s, m_limits.nodes}}));
        if (event.type == Event::Type::Alias)
            return buildAlias(out, event);
        takeProperties(out.node, event);
        const bool isInOrder = event.isEmpty || event.token.begin >= m_cursor;
        if (!isInOrder)
            return fail(misplaced(event));
        if (!event.anchorName.isEmpty())
            m_anchors[event.anchorName] = {};
        Status status;
        if (event.type == Event::Type::Scalar)
            status = buildScalar(out.node, event);
        else if (event.type == Event::Type::SequenceStart)
            status = buildSequence(out, event, isInFlow || event.isFlow);
        else
            status = buildMapping(out, event, isInFlow || event.isFlow);
        if (!status)
            return status;
        const bool hasProperties = event.anchor.end > 0 || event.tag.end > 0;
        out.node.outer = {hasProperties ? out.node.outer.begin : out.node.span.begin, out.node.span.end};
        if (!event.anchorName.isEmpty())
            m_anchors[event.anchorName] = {out, false};
        return {};
    }

    void takeProperties(Node &node, const Event &event)
    {
        node.hasAnchor = !event.anchorName.isEmpty();
        node.tag = QString::fromUtf8(event.tagText);
        for (const Span &property : {event.anchor, event.tag}) {
            if (property.end == 0)
                continue;
            node.outer.begin = node.outer.end == 0 ? property.begin : std::min(node.outer.begin, property.begin);
            node.outer.end = property.end;
            m_cursor = std::max(m_cursor, property.end);
        }
    }

    Status buildAlias(Measured &out, const Event &event)
    {
        const auto anchor = m_anchors.constFind(event.text);
        const QVariantMap args{{u"alias"_s, QString::fromUtf8(event.text)}};
        const qsizetype begin = event.token.begin - 1;
        if (anchor == m_anchors.constEnd())
            return fail(error(kUnknownAlias, begin, args));
        if (anchor->isOpen)
            return fail(error(kCycle, begin, args));
        out = anchor->target;
        m_nodes += out.nodes - 1;
        if (m_nodes > m_limits.nodes)
            return fail(error(kTooManyNodes, begin, {{u"limit"_s, m_limits.nodes}}));
        if (m_depth + out.depth > m_limits.depth)
            return fail(error(kTooDeep, begin, {{u"limit"_s, m_limits.depth}}));
        out.node.isAlias = true;
        out.node.hasAnchor = false;
        out.node.span = out.node.outer = {begin, event.token.end};
        m_cursor = event.token.end;
        place(out.node);
        return {};
    }

    Status buildScalar(Node &node, const Event &event)
    {
        node.kind = Kind::Scalar;
        node.style = event.style;
        node.text = fromUtf8(event.text);
        if (node.text.toUtf8() != event.text)
            return fail(error(kEncoding, event.token.begin));
        if (event.style == ScalarStyle::Plain && event.tagText.isEmpty() && isNullText(node.text))
            node.kind = Kind::Null;
        if (event.isEmpty)
            node.span = {m_cursor, m_cursor};
        else if (event.style == ScalarStyle::Plain)
            node.span = event.token;
        else if (event.style == ScalarStyle::SingleQuoted || event.style == ScalarStyle::DoubleQuoted)
            node.span = {event.token.begin - 1, event.token.end + 1};
        else
            node.span = blockScalarSpan(event.token);
        m_cursor = node.span.end;
        place(node);
        return {};
    }

    /// From the `|` or `>` to the end of the last line that has text; with `+`, where blank lines count, to the last
    /// line.
    Span blockScalarSpan(Span token) const
    {
        qsizetype header = m_cursor;
        for (; header < m_bytes.size() && m_bytes[header] != '|' && m_bytes[header] != '>'; ++header) {
            if (m_bytes[header] == '#')
                header = endOfLine(header) - 1;
        }
        qsizetype headerEnd = std::min(header + 1, m_bytes.size());
        bool keeps = false;
        for (; headerEnd < m_bytes.size() && !isBlank(m_bytes[headerEnd]) && !isBreak(m_bytes[headerEnd]); ++headerEnd)
            keeps = keeps || m_bytes[headerEnd] == '+';
        qsizetype end = std::min(token.end, m_bytes.size());
        if (keeps) {
            if (end > headerEnd && m_bytes[end - 1] == '\n')
                --end;
            if (end > headerEnd && m_bytes[end - 1] == '\r')
                --end;
        } else {
            while (end > headerEnd && (isBlank(m_bytes[end - 1]) || isBreak(m_bytes[end - 1])))
                --end;
        }
        return {header, std::max(end, headerEnd)};
    }

    Status buildSequence(Measured &out, const Event &event, bool isFlow)
    {
        open(out.node, Kind::Sequence, event, isFlow);
        while (m_events[m_index].type != Event::Type::SequenceEnd) {
            const qsizetype dash = isFlow ? -1 : indicatorAhead('-');
            if (dash < 0 && !isFlow)
                return fail(misplaced(m_events[m_index]));
            if (dash >= 0)
                m_cursor = dash + 1;
            Measured item;
            if (Status status = build(item, isFlow); !status)
                return status;
            item.node.dash = dash;
            count(out, item);
            out.node.items.append(std::move(item.node));
        }
        close(out.node, m_events[m_index++]);
        return {};
    }

    Status buildMapping(Measured &out, const Event &event, bool isFlow)
    {
        open(out.node, Kind::Mapping, event, isFlow);
        QHash<QString, int> lines;
        while (m_events[m_index].type != Event::Type::MappingEnd) {
            const qsizetype before = m_cursor;
            if (m_events[m_index].type != Event::Type::Scalar && m_events[m_index].type != Event::Type::Alias)
                return fail(error(kComplexKey, m_events[m_index].token.begin));
            Measured key;
            if (Status status = build(key, isFlow); !status)
                return status;
            if (Status status = checkKey(key.node, before, lines); !status)
                return status;
            Entry entry;
            entry.colon = indicatorAhead(':');
            const bool needsColon = !isFlow && !m_events[m_index].isEmpty;
            if (entry.colon < 0 && needsColon)
                return fail(misplaced(m_events[m_index]));
            if (entry.colon >= 0)
                m_cursor = entry.colon + 1;
            Measured value;
            if (Status status = build(value, isFlow); !status)
                return status;
            count(out, key);
            count(out, value);
            entry.key = std::move(key.node);
            entry.value = std::move(value.node);
            out.node.entries.append(std::move(entry));
        }
        close(out.node, m_events[m_index++]);
        return {};
    }

    Status checkKey(const Node &key, qsizetype before, QHash<QString, int> &lines)
    {
        const bool isText = (key.kind == Kind::Scalar || !key.text.isEmpty()) && !key.isAlias;
        if (!isText) {
            const Span place = key.span.end > key.span.begin ? key.span : Span{skipSpace(before), 0};
            return fail(error(kComplexKey, place.begin));
        }
        if (const auto first = lines.constFind(key.text); first != lines.constEnd())
            return fail(error(kDuplicateKey, key.span.begin, {{u"key"_s, key.text}, {u"firstLine"_s, *first}}));
        lines.insert(key.text, key.line);
        return {};
    }

    void open(Node &node, Kind kind, const Event &event, bool isFlow)
    {
        ++m_depth;
        node.kind = kind;
        node.isFlow = isFlow;
        node.span.begin = event.token.begin;
        if (event.isFlow)
            m_cursor = event.token.end;
        place(node);
    }

    void close(Node &node, const Event &event)
    {
        --m_depth;
        const bool isBracket = event.token.end == event.token.begin + 1 &&
                               m_bytes[node.span.begin] == (node.kind == Kind::Mapping ? '{' : '[') &&
                               m_bytes[event.token.begin] == (node.kind == Kind::Mapping ? '}' : ']');
        node.span.end = node.isFlow && isBracket ? event.token.end : m_cursor;
        m_cursor = node.span.end;
    }

    static void count(Measured &parent, const Measured &child)
    {
        parent.nodes += child.nodes;
        parent.depth = std::max(parent.depth, child.depth + 1);
    }

    /// The marks of the strict parser are not where the text is: nothing here may be trusted.
    Error misplaced(const Event &event) { return error(kParsersDisagree, std::max(event.token.begin, m_cursor)); }

    /// Where the next thing after the cursor is this indicator, its place.
    qsizetype indicatorAhead(char indicator) const
    {
        const qsizetype at = skipSpace(m_cursor);
        return at < m_bytes.size() && m_bytes[at] == indicator ? at : -1;
    }

    qsizetype skipSpace(qsizetype at) const
    {
        while (at < m_bytes.size() && (isBlank(m_bytes[at]) || isBreak(m_bytes[at]) || m_bytes[at] == '#'))
            at = m_bytes[at] == '#' ? endOfLine(at) : at + 1;
        return at;
    }

    qsizetype endOfLine(qsizetype at) const
    {
        while (at < m_bytes.size() && !isBreak(m_bytes[at]))
            ++at;
        return at;
    }

    void place(Node &node)
    {
        const Lines::Position position = m_lines.at(node.span.begin);
        node.line = position.line;
        node.column = position.column;
    }

    Error error(ErrorCode code, qsizetype offset, QVariantMap args = {})
    {
        const Lines::Position position = m_lines.at(offset);
        return {code, std::move(args), {m_file, position.line, position.column}, {}};
    }

    const QByteArray &m_bytes;
    const QString &m_file;
    const QList<Event> &m_events;
    const Limits &m_limits;
    Lines m_lines;
    QHash<QByteArray, Anchor> m_anchors;
    qsizetype m_cursor = 0;
    qsizetype m_index = 0;
    int m_nodes = 0;
    int m_depth = 0;
};

} // namespace

Result<Node> buildTree(const QByteArray &bytes, const QString &file, const EventStream &stream, const Limits &limits)
{
    return Builder(bytes, file, stream, limits).run();
}

} // namespace parallax::yaml
