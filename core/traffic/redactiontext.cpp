// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "traffic/redactiontext.h"

#include "traffic/contentcoding.h"
#include "traffic/jsontext.h"

#include <QCryptographicHash>
#include <QMessageAuthenticationCode>

#include <cstring>

using namespace Qt::StringLiterals;

namespace parallax::traffic {

namespace {

constexpr qsizetype kMostRemembered = 64 * 1024;
constexpr int kMaxNesting = 3; // JSON in a string in JSON in a string
constexpr QByteArrayView kMark = "<redacted:";
constexpr QByteArrayView kUrlMark = "redacted."; // what stands in a URL must be allowed there

QByteArray normalized(QByteArrayView name)
{
    QByteArray out = name.toByteArray().toLower();
    out.replace('_', '-');
    return out;
}

QList<QByteArray> normalizedAll(const QStringList &patterns)
{
    QList<QByteArray> out;
    for (const QString &pattern : patterns)
        out.append(normalized(pattern.toUtf8()));
    return out;
}

/// `*` stands for any characters.
bool matches(QByteArrayView pattern, QByteArrayView text)
{
    qsizetype p = 0;
    qsizetype t = 0;
    qsizetype star = -1;
    qsizetype mark = 0;
    while (t < text.size()) {
        if (p < pattern.size() && pattern[p] == '*') {
            star = p++;
            mark = t;
        } else if (p < pattern.size() && pattern[p] == text[t]) {
            ++p;
            ++t;
        } else if (star >= 0) {
            p = star + 1;
            t = ++mark;
        } else {
            return false;
        }
    }
    while (p < pattern.size() && pattern[p] == '*')
        ++p;
    return p == pattern.size();
}

bool isSpace(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

bool holds(QByteArrayView text, char c)
{
    return !text.isEmpty() && std::memchr(text.data(), c, static_cast<std::size_t>(text.size())) != nullptr;
}

/// Of the length, the first and the last eight bytes.
std::size_t hashOf(QByteArrayView name)
{
    const auto size = static_cast<std::size_t>(name.size());
    quint64 first = 0;
    quint64 last = 0;
    if (size >= sizeof(quint64)) {
        std::memcpy(&first, name.data(), sizeof first);
        std::memcpy(&last, name.data() + size - sizeof last, sizeof last);
    } else {
        for (const char c : name)
            first = (first << 8U) | static_cast<quint8>(c);
    }
    const quint64 mixed = (first ^ (size << 56U)) * 0x9e3779b97f4a7c15U ^ last * 0xc2b2ae3d27d4eb4fU;
    return static_cast<std::size_t>(mixed >> 40U);
}

/// Whether a copy keeps the bytes alive and as they are; literals and views of buffers are not counted.
bool isCounted(QByteArray &text)
{
    return text.data_ptr().d_ptr() != nullptr;
}

std::size_t headPlace(const http::Headers &headers)
{
    constexpr std::uintptr_t kAlignment = 64;
    return reinterpret_cast<std::uintptr_t>(&*headers.begin()) / kAlignment;
}

bool isRedacted(QByteArrayView value)
{
    return value.startsWith(kMark) || value.startsWith(kUrlMark);
}

bool holdsText(QByteArrayView body, QByteArrayView contentType)
{
    for (const char c : body.first(std::min<qsizetype>(body.size(), 64))) {
        if (!isSpace(c)) {
            if (c == '{' || c == '[' || c == '"')
                return true;
            break;
        }
    }
    if (contentType.isEmpty())
        return true;
    const QByteArray type = contentType.toByteArray().toLower();
    return type.contains("json") || type.startsWith("text/") || type.contains("javascript");
}

/// Copies what lies between changes only when there is one.
class Splice
{
public:
    explicit Splice(QByteArrayView text)
        : m_text(text)
    {}
    void replace(qsizetype from, qsizetype to, QByteArrayView with)
    {
        m_out.append(m_text.data() + m_done, from - m_done);
        m_out.append(with);
        m_done = to;
        m_hasChanged = true;
    }
    /// The end of the last change.
    [[nodiscard]] qsizetype done() const { return m_done; }
    [[nodiscard]] std::optional<QByteArray> result()
    {
        if (!m_hasChanged)
            return std::nullopt;
        m_out.append(m_text.data() + m_done, m_text.size() - m_done);
        return std::move(m_out);
    }

private:
    QByteArrayView m_text;
    QByteArray m_out;
    qsizetype m_done = 0;
    bool m_hasChanged = false;
};

} // namespace

TextRedactor::TextRedactor(const RedactionRules &rules, QByteArray key)
    : m_isEnabled(rules.isEnabled)
    , m_key(std::move(key))
    , m_keep(normalizedAll(rules.keep))
    , m_fieldScan(normalizedAll(rules.fields))
{
    m_headers.patterns = normalizedAll(rules.headers);
    m_fields.patterns = normalizedAll(rules.fields);
    m_query.patterns = normalizedAll(rules.queryKeys) + m_fields.patterns;
}

TextRedactor::Sort TextRedactor::sortOf(Names &names, QByteArrayView name) const
{
    if (name.isEmpty() || name.size() > 256)
        return Sort::Plain;
    const std::size_t start = hashOf(name);
    for (std::size_t probe = 0; probe < Names::kProbes; ++probe) {
        Names::Known &slot = names.known[(start + probe) % Names::kSlots];
        if (slot.name.isNull()) {
            const Sort sort = sortByPatterns(names, name);
            if (names.count < Names::kNames) {
                ++names.count;
                slot = {name.toByteArray(), sort};
            }
            return sort;
        }
        if (slot.name.size() == name.size() &&
            std::memcmp(slot.name.constData(), name.data(), static_cast<std::size_t>(name.size())) == 0)
            return slot.sort;
    }
    return sortByPatterns(names, name);
}

TextRedactor::Sort TextRedactor::sortByPatterns(const Names &names, QByteArrayView name) const
{
    const QByteArray plain = normalized(name);
    Sort sort = Sort::Plain;
    for (const QByteArray &pattern : names.patterns) {
        if (!matches(pattern, plain))
            continue;
        sort = pattern.contains("token") ? Sort::SecretText : Sort::Secret;
        if (sort == Sort::Secret)
            break;
    }
    for (const QByteArray &pattern : m_keep) {
        if (sort != Sort::Plain && matches(pattern, plain))
            sort = Sort::Plain;
    }
    return sort;
}

QByteArray TextRedactor::digest(QByteArrayView secret) const
{
    QMessageAuthenticationCode code(QCryptographicHash::Sha256, m_key);
    code.addData(secret.data(), secret.size());
    return code.result().toHex().left(12);
}

QByteArray TextRedactor::textInstead(QByteArrayView secret) const
{
    return kMark.toByteArray() + digest(secret) + '>';
}

QByteArray TextRedactor::urlTextInstead(QByteArrayView secret) const
{
    return kUrlMark.toByteArray() + digest(secret);
}

std::optional<QByteArray> TextRedactor::header(const QByteArray &name, const QByteArray &value, const Note &note)
{
    if (value.isEmpty())
        return std::nullopt;
    if (sortOf(m_headers, name) == Sort::Plain) {
        if (holds(value, '?') || (holds(value, '@') && value.contains("://")))
            return url(value, note);
        const bool isAlone = value.isDetached(); // and will not be met again
        PlainField met{name, value};
        if (!isAlone && isCounted(met.name) && isCounted(met.value))
            m_plainFields[placeOf(name, value)] = std::move(met);
        return std::nullopt;
    }
    if (isRedacted(value))
        return std::nullopt;
    qsizetype start = 0;
    if (normalized(name).endsWith("authorization")) { // the scheme is no secret and a server needs it
        const qsizetype space = value.indexOf(' ');
        if (space > 0 && space < value.size() - 1)
            start = space + 1;
        if (isRedacted(QByteArrayView(value).sliced(start)))
            return std::nullopt;
    }
    if (note)
        note(u"header "_s + QString::fromLatin1(name));
    return value.left(start) + textInstead(QByteArrayView(value).sliced(start));
}

bool TextRedactor::isKnownPlain(const http::Headers &headers) const
{
    const http::Headers &known = m_plainHeads[headPlace(headers) % m_plainHeads.size()];
    return headers.begin() == known.begin() && headers.size() == known.size();
}

void TextRedactor::rememberPlain(const http::Headers &headers)
{
    m_plainHeads[headPlace(headers) % m_plainHeads.size()] = headers;
}

std::optional<QByteArray> TextRedactor::url(const QByteArray &url, const Note &note)
{
    if (!holds(url, '?') && !holds(url, '@'))
        return std::nullopt;
    Splice splice(url);
    const QByteArrayView view(url);
    qsizetype from = 0;
    if (const qsizetype scheme = url.indexOf("://"); scheme >= 0) {
        from = scheme + 3;
        qsizetype end = from;
        while (end < view.size() && view[end] != '/' && view[end] != '?' && view[end] != '#' && view[end] != '"')
            ++end;
        const qsizetype at = view.sliced(from, end - from).lastIndexOf('@');
        if (at > 0 && !isRedacted(view.sliced(from))) {
            if (note)
                note(u"user info of a URL"_s);
            splice.replace(from, from + at, urlTextInstead(view.sliced(from, at)));
        }
        from = end;
    }
    const qsizetype mark = url.indexOf('?', from);
    if (mark >= 0) {
        qsizetype end = url.indexOf('#', mark);
        end = end < 0 ? url.size() : end;
        if (auto query = form(view.sliced(mark + 1, end - mark - 1), m_query, note, "query "_L1))
            splice.replace(mark + 1, end, *query);
    }
    return splice.result();
}

std::optional<QByteArray> TextRedactor::form(QByteArrayView text, Names &names, const Note &note,
                                             QLatin1StringView what)
{
    Splice splice(text);
    qsizetype at = 0;
    while (at < text.size()) {
        const void *found = std::memchr(text.data() + at, '&', static_cast<std::size_t>(text.size() - at));
        const qsizetype end = found == nullptr ? text.size() : static_cast<const char *>(found) - text.data();
        const QByteArrayView part = text.sliced(at, end - at);
        const qsizetype equals = part.indexOf('=');
        if (equals > 0 && equals + 1 < part.size()) {
            QByteArray name = part.first(equals).toByteArray();
            if (name.contains('%'))
                name = QByteArray::fromPercentEncoding(name);
            const QByteArrayView value = part.sliced(equals + 1);
            if (sortOf(names, name) != Sort::Plain && !isRedacted(value)) {
                if (note)
                    note(what + QString::fromUtf8(name));
                splice.replace(at + equals + 1, end, urlTextInstead(value));
            }
        }
        at = end + 1;
    }
    return splice.result();
}

std::optional<QByteArray> TextRedactor::body(const QByteArray &bytes, const http::Headers &headers, const Note &note)
{
    if (bytes.isEmpty())
        return std::nullopt;
    const QByteArrayView coding = headers.value("content-encoding");
    if (!coding.isEmpty() && coding.compare("identity", Qt::CaseInsensitive) != 0)
        return decodedBody(bytes, headers, note);
    if (bytes.startsWith('{') || bytes.startsWith('[')) {
        if (bytes.size() > kMostRemembered)
            return json(bytes, note, 0);
        if (!note && bytes == m_plainBody)
            return std::nullopt;
        std::optional<QByteArray> changed = json(bytes, note, 0);
        if (!changed)
            m_plainBody = bytes;
        return changed;
    }
    const QByteArrayView type = headers.value("content-type");
    if (type.startsWith("application/x-www-form-urlencoded"))
        return form(bytes, m_fields, note, "form "_L1);
    if (type.startsWith("multipart/form-data"))
        return multipart(bytes, note);
    return holdsText(bytes, type) ? json(bytes, note, 0) : std::nullopt;
}

/// Parts of forms (RFC 7578): `name="..."`, an empty line, the value, the next boundary.
std::optional<QByteArray> TextRedactor::multipart(QByteArrayView text, const Note &note)
{
    constexpr QByteArrayView kName = "name=\"";
    Splice splice(text);
    qsizetype at = text.indexOf(kName);
    while (at >= 0) {
        const qsizetype from = at + kName.size();
        const qsizetype quote = text.indexOf('"', from);
        const qsizetype head = quote < 0 ? -1 : text.indexOf("\r\n\r\n", quote);
        const qsizetype end = head < 0 ? -1 : text.indexOf("\r\n--", head + 2);
        if (end < 0)
            break;
        const QByteArrayView name = text.sliced(from, quote - from);
        const qsizetype start = head + 4;
        if (start < end && sortOf(m_fields, name) != Sort::Plain && !isRedacted(text.sliced(start))) {
            if (note)
                note(u"form "_s + QString::fromUtf8(name));
            const QByteArray instead = textInstead(text.sliced(start, end - start));
            splice.replace(start, end, instead);
        }
        at = text.indexOf(kName, end);
    }
    return splice.result();
}

std::optional<QByteArray> TextRedactor::decodedBody(const QByteArray &bytes, const http::Headers &headers,
                                                    const Note &note)
{
    const QByteArray coding = headers.value("content-encoding").toByteArray();
    const Result<QByteArray> decoded = decodeContent(bytes, coding);
    if (!decoded || !holdsText(*decoded, headers.value("content-type")))
        return std::nullopt;
    const std::optional<QByteArray> changed = json(*decoded, note, 0);
    return changed ? encodeContent(*changed, coding) : std::nullopt;
}

/// One walk over JSON text that needs no valid document: strings, and what follows them, are all it looks at.
struct TextRedactor::JsonWalk
{
    TextRedactor &redactor;
    QByteArrayView text;
    const Note &note;
    int depth;
    Splice splice{text};
    qsizetype at = 0;

    /// At an opening quote: the offset of the closing one, or the end of the text.
    [[nodiscard]] qsizetype closing(qsizetype open) const
    {
        qsizetype i = open + 1;
        while (i < text.size()) {
            const void *quote = std::memchr(text.data() + i, '"', static_cast<std::size_t>(text.size() - i));
            if (quote == nullptr)
                return text.size();
            const qsizetype end = static_cast<const char *>(quote) - text.data();
            qsizetype slashes = 0;
            while (end - 1 - slashes > open && text[end - 1 - slashes] == '\\')
                ++slashes;
            if (slashes % 2 == 0)
                return end;
            i = end + 1;
        }
        return text.size();
    }

    [[nodiscard]] qsizetype afterSpace(qsizetype i) const
    {
        while (i < text.size() && isSpace(text[i]))
            ++i;
        return i;
    }

    void replaceString(qsizetype open, qsizetype close)
    {
        const QByteArrayView raw = text.sliced(open + 1, close - open - 1);
        if (raw.isEmpty() || isRedacted(raw))
            return;
        const QByteArray secret = raw.contains('\\') ? unescapedJson(raw) : raw.toByteArray();
        splice.replace(open + 1, close, redactor.textInstead(secret));
    }

    /// A value that is not secret by its name may be JSON, or a URL, itself.
    void lookInside(qsizetype open, qsizetype close)
    {
        const QByteArrayView raw = text.sliced(open + 1, close - open - 1);
        if (raw.size() < 8)
            return;
        const char first = raw[afterSpaceIn(raw)];
        if ((first == '{' || first == '[') && raw.contains('\\') && depth < kMaxNesting) {
            const QByteArray inner = unescapedJson(raw);
            if (const auto changed = redactor.json(inner, note, depth + 1)) {
                QByteArray quoted;
                appendJsonString(quoted, *changed);
                splice.replace(open, std::min(close + 1, text.size()), quoted);
            }
        } else if (raw.contains("://") && (raw.contains('@') || raw.contains('?'))) {
            if (const auto changed = redactor.url(raw.toByteArray(), note))
                splice.replace(open + 1, close, *changed);
        }
    }

    static qsizetype afterSpaceIn(QByteArrayView raw)
    {
        qsizetype i = 0;
        while (i + 1 < raw.size() && isSpace(raw[i]))
            ++i;
        return i;
    }

    /// The value of a secret field begins at `at`.
    void replaceValue(Sort sort)
    {
        at = afterSpace(at);
        if (at >= text.size())
            return;
        const char c = text[at];
        if (c == '"') {
            const qsizetype close = closing(at);
            replaceString(at, close);
            at = close + 1;
        } else if (c == '{' || c == '[') {
            replaceContainer(sort);
        } else {
            replaceNumber(sort);
        }
    }

    void replaceNumber(Sort sort)
    {
        const qsizetype start = at;
        while (at < text.size() && (std::isalnum(static_cast<unsigned char>(text[at])) != 0 || text[at] == '-' ||
                                    text[at] == '+' || text[at] == '.'))
            ++at;
        if (at == start) {
            ++at;
            return;
        }
        if (sort == Sort::Secret &&
            (text[start] == '-' || std::isdigit(static_cast<unsigned char>(text[start])) != 0)) {
            const QByteArray quoted = '"' + redactor.textInstead(text.sliced(start, at - start)) + '"';
            splice.replace(start, at, quoted);
        }
    }

    void replaceContainer(Sort sort)
    {
        int open = 0;
        while (at < text.size()) {
            const char c = text[at];
            if (c == '{' || c == '[') {
                ++open;
                ++at;
            } else if (c == '}' || c == ']') {
                ++at;
                if (--open == 0)
                    return;
            } else if (c == '"') {
                const qsizetype close = closing(at);
                const qsizetype next = afterSpace(close + 1);
                if (next < text.size() && text[next] == ':')
                    at = next + 1;
                else {
                    replaceString(at, close);
                    at = close + 1;
                }
            } else if (isSpace(c) || c == ',' || c == ':') {
                ++at;
            } else {
                replaceNumber(sort);
            }
        }
    }

    std::optional<QByteArray> run()
    {
        while (at < text.size()) {
            const void *quote = std::memchr(text.data() + at, '"', static_cast<std::size_t>(text.size() - at));
            if (quote == nullptr)
                break;
            const qsizetype open = static_cast<const char *>(quote) - text.data();
            const qsizetype close = closing(open);
            const qsizetype next = afterSpace(close + 1);
            if (next >= text.size() || text[next] != ':') {
                lookInside(open, close);
                at = close + 1;
                continue;
            }
            at = next + 1;
            const QByteArrayView raw = text.sliced(open + 1, close - open - 1);
            const Sort sort = raw.contains('\\') ? redactor.sortOf(redactor.m_fields, unescapedJson(raw))
                                                 : redactor.sortOf(redactor.m_fields, raw);
            if (sort == Sort::Plain)
                continue;
            const qsizetype before = splice.done();
            replaceValue(sort);
            if (note && splice.done() != before) // what is masked already stays
                note(u"field "_s + QString::fromUtf8(raw));
        }
        return splice.result();
    }
};

std::optional<QByteArray> TextRedactor::json(QByteArrayView text, const Note &note, int depth)
{
    if (depth == 0 && !m_fieldScan.mayHoldSecret(text))
        return std::nullopt;
    return JsonWalk{*this, text, note, depth}.run();
}

} // namespace parallax::traffic
