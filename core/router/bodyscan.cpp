// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "router/bodyscan.h"

#include "router/jsonwalker.h"

namespace parallax::router {

namespace {

bool isWebhookKey(const QString &key)
{
    return key == u"response_webhook" || key.startsWith(u"response_webhook_");
}

/// Whether a key may be there, quickly: both have an underscore, which is rare elsewhere, unless they are escaped.
bool mayHoldAny(QByteArrayView body)
{
    if (body.contains('\\'))
        return true;
    for (qsizetype at = body.indexOf('_'); at >= 0; at = body.indexOf('_', at + 1)) {
        const QByteArrayView before = body.first(at);
        const QByteArrayView after = body.sliced(at + 1);
        if ((before.endsWith("timeout") && after.startsWith("seconds")) ||
            (before.endsWith("response") && after.startsWith("webhook")))
            return true;
    }
    return false;
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
    JsonWalker walker(body);
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
        member.isWebhook = isWebhookKey(decodedString(key));
        hasWebhook = hasWebhook || member.isWebhook;
        if (decodedString(key) == u"timeout_seconds") {
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
