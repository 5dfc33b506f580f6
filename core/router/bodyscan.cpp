// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "router/bodyscan.h"

namespace parallax::router {

namespace {

constexpr int kDeepest = 512;

bool isBlank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/// Walks over JSON text; it need not be valid, but then the walk fails or ends somewhere harmless.
class Walker
{
public:
    explicit Walker(QByteArrayView text)
        : m_text(text)
    {}
    [[nodiscard]] qsizetype position() const { return m_at; }
    [[nodiscard]] bool isAtEnd() const { return m_at >= m_text.size(); }
    [[nodiscard]] char peek() const { return isAtEnd() ? '\0' : m_text[m_at]; }
    void skipBlanks()
    {
        while (!isAtEnd() && isBlank(m_text[m_at]))
            ++m_at;
    }
    bool take(char c)
    {
        if (peek() != c)
            return false;
        ++m_at;
        return true;
    }
    /// A string with its quotes; false when it does not end.
    bool skipString()
    {
        if (!take('"'))
            return false;
        while (!isAtEnd()) {
            const char c = m_text[m_at++];
            if (c == '"')
                return true;
            if (c == '\\')
                ++m_at;
        }
        return false;
    }
    bool skipValue()
    {
        int depth = 0;
        do {
            skipBlanks();
            const char c = peek();
            if (isAtEnd())
                return false;
            if (c == '"') {
                if (!skipString())
                    return false;
            } else if (c == '{' || c == '[') {
                ++m_at;
                if (++depth > kDeepest)
                    return false;
            } else if (c == '}' || c == ']') {
                if (depth == 0)
                    return false;
                ++m_at;
                --depth;
            } else if (c == ',' || c == ':') {
                if (depth == 0)
                    return false;
                ++m_at;
            } else {
                skipWord();
            }
        } while (depth > 0);
        return true;
    }
    [[nodiscard]] QByteArrayView from(qsizetype start) const { return m_text.sliced(start, m_at - start); }

private:
    void skipWord()
    {
        constexpr QByteArrayView kDelimiters = ",:{}[]\"";
        while (!isAtEnd() && !kDelimiters.contains(m_text[m_at]) && !isBlank(m_text[m_at]))
            ++m_at;
    }

    QByteArrayView m_text;
    qsizetype m_at = 0;
};

/// Whether the JSON string (with its quotes) says `name`, escapes read; `isPrefix`: begins with it.
bool says(QByteArrayView quoted, QByteArrayView name, bool isPrefix = false)
{
    const QByteArrayView inside = quoted.sliced(1, quoted.size() - 2);
    QByteArray plain;
    for (qsizetype i = 0; i < inside.size(); ++i) {
        if (inside[i] != '\\') {
            plain += inside[i];
            continue;
        }
        if (i + 5 < inside.size() && inside[i + 1] == 'u') {
            bool isHex = false;
            const ushort code = inside.sliced(i + 2, 4).toByteArray().toUShort(&isHex, 16);
            plain += isHex && code < 0x80 ? static_cast<char>(code) : '?';
            i += 5;
        } else {
            plain += i + 1 < inside.size() ? inside[i + 1] : '?';
            ++i;
        }
    }
    return isPrefix ? plain.startsWith(name) : plain == name;
}

bool mayHoldAny(QByteArrayView body)
{
    return body.contains("timeout_seconds") || body.contains("response_webhook") || body.contains('\\');
}

struct Member
{
    qsizetype start = 0;
    qsizetype end = 0;
    bool isWebhook = false;
};

std::vector<BodyFacts::Cut> cutsOf(const std::vector<Member> &members)
{
    std::vector<BodyFacts::Cut> cuts;
    bool hasKept = false;
    for (std::size_t i = 0; i < members.size(); ++i) {
        if (!members[i].isWebhook) {
            hasKept = true;
            continue;
        }
        if (hasKept) // with the comma before it
            cuts.push_back({members[i - 1].end, members[i].end});
        else // with the comma and the blanks after it
            cuts.push_back({members[i].start, i + 1 < members.size() ? members[i + 1].start : members[i].end});
    }
    return cuts;
}

} // namespace

BodyFacts scanBody(QByteArrayView body)
{
    BodyFacts facts;
    if (!mayHoldAny(body))
        return facts;
    Walker walker(body);
    walker.skipBlanks();
    if (!walker.take('{'))
        return facts;
    std::vector<Member> members;
    bool hasWebhook = false;
    while (true) {
        walker.skipBlanks();
        Member member{walker.position(), 0, false};
        if (!walker.skipString())
            return facts;
        const QByteArrayView key = walker.from(member.start);
        walker.skipBlanks();
        if (!walker.take(':'))
            return facts;
        walker.skipBlanks();
        const qsizetype valueStart = walker.position();
        if (!walker.skipValue())
            return facts;
        member.end = walker.position();
        member.isWebhook = says(key, "response_webhook") || says(key, "response_webhook_", true);
        hasWebhook = hasWebhook || member.isWebhook;
        if (says(key, "timeout_seconds")) {
            bool isNumber = false;
            const int seconds = walker.from(valueStart).toByteArray().toInt(&isNumber);
            facts.timeoutSeconds = isNumber && seconds > 0 ? std::optional(seconds) : std::nullopt;
        }
        members.push_back(member);
        walker.skipBlanks();
        if (walker.take(','))
            continue;
        break;
    }
    if (hasWebhook && walker.peek() == '}')
        facts.webhooks = cutsOf(members);
    return facts;
}

QByteArray withoutCuts(const QByteArray &body, const std::vector<BodyFacts::Cut> &cuts)
{
    if (cuts.empty())
        return body;
    QByteArray out;
    out.reserve(body.size());
    qsizetype at = 0;
    for (const BodyFacts::Cut &cut : cuts) {
        out.append(QByteArrayView(body).sliced(at, cut.start - at));
        at = cut.end;
    }
    out.append(QByteArrayView(body).sliced(at));
    return out;
}

} // namespace parallax::router
