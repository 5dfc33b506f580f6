// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "yaml/events.h"

#include "yaml/document.h"
#include "yaml/errors.h"
#include "yaml/lines.h"

#include <libfyaml.h>

#include <memory>

using namespace Qt::StringLiterals;

namespace parallax::yaml {

namespace {

/// Owns libfyaml's parser and its collector of messages; one parse, one thread.
class StrictParser
{
public:
    explicit StrictParser(const QByteArray &bytes)
    {
        fy_diag_cfg diagnostics{};
        fy_diag_cfg_default(&diagnostics);
        diagnostics.fp = nullptr;
        diagnostics.output_fn = nullptr;
        m_diag.reset(fy_diag_create(&diagnostics));
        fy_diag_set_collect_errors(m_diag.get(), true);
        fy_parse_cfg config{};
        config.flags = static_cast<fy_parse_cfg_flags>(static_cast<int>(FYPCF_QUIET) |
                                                       static_cast<int>(FYPCF_DISABLE_DEPTH_LIMIT));
        config.diag = m_diag.get();
        m_parser.reset(fy_parser_create(&config));
        m_isReady = m_parser != nullptr && fy_parser_set_string(m_parser.get(), bytes.constData(),
                                                                static_cast<std::size_t>(bytes.size())) == 0;
    }

    struct Release
    {
        fy_parser *parser;
        void operator()(fy_event *event) const { fy_parser_event_free(parser, event); }
    };
    using EventPointer = std::unique_ptr<fy_event, Release>;

    [[nodiscard]] EventPointer next()
    {
        return {m_isReady ? fy_parser_parse(m_parser.get()) : nullptr, Release{m_parser.get()}};
    }

    struct Message
    {
        QString text;
        int line = 0;
        int column = 0;
    };
    [[nodiscard]] Message firstError() const
    {
        void *previous = nullptr;
        while (const fy_diag_error *error = fy_diag_errors_iterate(m_diag.get(), &previous)) {
            if (error->type == FYET_ERROR)
                return {QString::fromUtf8(error->msg), error->line, error->column};
        }
        return {};
    }

private:
    struct DestroyParser
    {
        void operator()(fy_parser *parser) const { fy_parser_destroy(parser); }
    };
    struct DestroyDiag
    {
        void operator()(fy_diag *diag) const { fy_diag_destroy(diag); }
    };
    std::unique_ptr<fy_diag, DestroyDiag> m_diag;
    std::unique_ptr<fy_parser, DestroyParser> m_parser;
    bool m_isReady = false;
};

Span spanOf(const fy_mark *begin, const fy_mark *end)
{
    if (begin == nullptr || end == nullptr)
        return {};
    return {static_cast<qsizetype>(begin->input_pos), static_cast<qsizetype>(end->input_pos)};
}

QByteArray textOf(fy_token *token)
{
    std::size_t length = 0;
    const char *text = token == nullptr ? nullptr : fy_token_get_text(token, &length);
    return text == nullptr ? QByteArray() : QByteArray(text, static_cast<qsizetype>(length));
}

void takeProperties(Event &event, fy_token *anchor, fy_token *tag, const QByteArray &bytes)
{
    if (anchor != nullptr) {
        event.anchor = spanOf(fy_token_start_mark(anchor), fy_token_end_mark(anchor));
        event.anchor.begin -= 1;
        event.anchorName = textOf(anchor);
    }
    if (tag != nullptr) {
        event.tag = spanOf(fy_token_start_mark(tag), fy_token_end_mark(tag));
        event.tagText = bytes.mid(event.tag.begin, event.tag.end - event.tag.begin);
    }
}

ScalarStyle styleOf(fy_token *token)
{
    switch (fy_token_scalar_style(token)) {
    case FYSS_SINGLE_QUOTED:
        return ScalarStyle::SingleQuoted;
    case FYSS_DOUBLE_QUOTED:
        return ScalarStyle::DoubleQuoted;
    case FYSS_LITERAL:
        return ScalarStyle::Literal;
    case FYSS_FOLDED:
        return ScalarStyle::Folded;
    default:
        return ScalarStyle::Plain;
    }
}

/// Collects the events of the first document and notices what follows it.
class Collector
{
public:
    Collector(const QByteArray &bytes, QString file, const Limits &limits)
        : m_bytes(bytes)
        , m_file(std::move(file))
        , m_limits(limits)
        , m_parser(bytes)
    {}

    Result<EventStream> run()
    {
        m_stream.contentFrom = m_bytes.startsWith("\xef\xbb\xbf") ? 3 : 0;
        m_last = m_stream.contentFrom;
        while (const StrictParser::EventPointer event = m_parser.next()) {
            if (event->type == FYET_STREAM_END)
                return m_parser.firstError().text.isEmpty() ? Result<EventStream>(std::move(m_stream))
                                                            : fail(syntaxError());
            if (Status status = take(event.get()); !status)
                return fail(status.error());
        }
        return fail(syntaxError());
    }

private:
    Status take(fy_event *event)
    {
        const Span token = spanOf(fy_event_start_mark(event), fy_event_end_mark(event));
        m_last = std::max(m_last, token.end);
        Event out;
        out.token = token;
        switch (event->type) {
        case FYET_DOCUMENT_START:
            return startDocument(token);
        case FYET_SCALAR:
            out.isEmpty = event->scalar.value == nullptr;
            if (!out.isEmpty)
                takeText(out, event->scalar.value);
            takeProperties(out, event->scalar.anchor, event->scalar.tag, m_bytes);
            break;
        case FYET_ALIAS:
            out.type = Event::Type::Alias;
            out.text = textOf(event->alias.anchor);
            break;
        case FYET_SEQUENCE_START:
            out.type = Event::Type::SequenceStart;
            out.isFlow = isFlow(token, '[');
            takeProperties(out, event->sequence_start.anchor, event->sequence_start.tag, m_bytes);
            break;
        case FYET_MAPPING_START:
            out.type = Event::Type::MappingStart;
            out.isFlow = isFlow(token, '{');
            takeProperties(out, event->mapping_start.anchor, event->mapping_start.tag, m_bytes);
            break;
        case FYET_SEQUENCE_END:
            out.type = Event::Type::SequenceEnd;
            break;
        case FYET_MAPPING_END:
            out.type = Event::Type::MappingEnd;
            break;
        default:
            return {};
        }
        return append(std::move(out));
    }

    /// Texts that stand in the file as they are need no formatting; besides, libfyaml 0.7.12 loses the rest of a line
    /// behind two apostrophes in a row ('a''''b').
    void takeText(Event &event, fy_token *token) const
    {
        event.style = styleOf(token);
        const QByteArray raw = m_bytes.mid(event.token.begin, event.token.end - event.token.begin);
        const bool isOneLine = !raw.contains('\n') && !raw.contains('\r');
        if (isOneLine && event.style == ScalarStyle::SingleQuoted)
            event.text = QByteArray(raw).replace("''", "'");
        else if (isOneLine && (event.style == ScalarStyle::Plain ||
                               (event.style == ScalarStyle::DoubleQuoted && !raw.contains('\\'))))
            event.text = raw;
        else
            event.text = textOf(token);
    }

    Status startDocument(Span token)
    {
        if (m_documents++ > 0)
            return fail(secondDocument(token));
        // libfyaml lets a directive pass without `---` when less than three bytes follow.
        if (token.end == 0 && firstContent() == '%')
            return fail(syntaxError());
        m_stream.contentFrom = std::max(m_stream.contentFrom, token.end);
        return {};
    }

    Status append(Event event)
    {
        using Type = Event::Type;
        if (event.type == Type::SequenceStart || event.type == Type::MappingStart) {
            if (++m_depth > m_limits.depth)
                return fail(error(kTooDeep, event.token.begin, {{u"limit"_s, m_limits.depth}}));
        } else if (event.type == Type::SequenceEnd || event.type == Type::MappingEnd) {
            --m_depth;
        }
        if (m_stream.events.size() >= 2 * qsizetype{m_limits.nodes})
            return fail(error(kTooManyNodes, event.token.begin, {{u"limit"_s, m_limits.nodes}}));
        m_stream.events.append(std::move(event));
        return {};
    }

    /// The first character that is no space, line end or comment.
    char firstContent() const
    {
        bool isComment = false;
        for (const char c : QByteArrayView(m_bytes).sliced(m_stream.contentFrom)) {
            isComment = c == '#' || (isComment && c != '\n' && c != '\r');
            if (!isComment && c != ' ' && c != '\t' && c != '\n' && c != '\r')
                return c;
        }
        return 0;
    }

    /// `[` of a flow sequence; block collections start at their first key or item instead, of which no token begins so.
    bool isFlow(Span token, char bracket) const
    {
        return token.end == token.begin + 1 && token.begin < m_bytes.size() && m_bytes[token.begin] == bracket;
    }

    Error error(ErrorCode code, qsizetype offset, QVariantMap args = {}) const
    {
        const Lines::Position position = Lines(m_bytes).at(offset);
        return {code, std::move(args), {m_file, position.line, position.column}, {}};
    }

    Error secondDocument(Span token)
    {
        while (token.end == 0) {
            const StrictParser::EventPointer event = m_parser.next();
            if (event == nullptr)
                return syntaxError();
            token = spanOf(fy_event_start_mark(event.get()), fy_event_end_mark(event.get()));
        }
        return error(kSeveralDocuments, token.begin);
    }

    Error syntaxError() const
    {
        const StrictParser::Message message = m_parser.firstError();
        Error result = error(kSyntax, m_last);
        result.detail = message.text.isEmpty() ? u"unexpected text"_s : message.text;
        if (message.line > 0)
            result.where = {m_file, message.line, std::max(message.column, 1)};
        if (const int column = tabInIndentation(result.where.line); column > 0) {
            result.code = kTab;
            result.where.column = column;
        }
        return result;
    }

    /// Column of the first tab in the indentation of a line, 0 when it has none.
    int tabInIndentation(int line) const
    {
        const QList<QByteArray> lines = m_bytes.split('\n');
        if (line < 1 || line > lines.size())
            return 0;
        const QByteArray &text = lines[line - 1];
        for (int i = 0; i < text.size() && (text[i] == ' ' || text[i] == '\t' || text[i] == '-'); ++i) {
            if (text[i] == '\t')
                return i + 1;
        }
        return 0;
    }

    const QByteArray &m_bytes;
    QString m_file;
    const Limits &m_limits;
    StrictParser m_parser;
    EventStream m_stream;
    qsizetype m_last = 0;
    int m_documents = 0;
    int m_depth = 0;
};

} // namespace

Result<EventStream> strictEvents(const QByteArray &bytes, const QString &file, const Limits &limits)
{
    return Collector(bytes, file, limits).run();
}

} // namespace parallax::yaml
