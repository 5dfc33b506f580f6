// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as a request's body: webhooks cut, rows assigned, answers merged.
#include "router/assignment.h"
#include "router/bodyscan.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <cstdio>
#include <cstdlib>

using namespace Qt::StringLiterals;
using namespace parallax;

namespace {

void require(bool holds, const char *what)
{
    if (!holds) {
        std::fprintf(stderr, "does not hold: %s\n", what);
        std::abort();
    }
}

const router::EndpointEntry &endpoint()
{
    static const router::EndpointEntry entry = [] {
        router::EndpointEntry out;
        out.name = u"e"_s;
        out.local.suppliedKey = u"k"_s;
        out.local.argumentNames = {u"k"_s};
        out.backends.resize(3);
        return out;
    }();
    return entry;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    const QByteArray body(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    const router::BodyFacts facts = router::scanBody(body);
    const QByteArray cut = router::withoutCuts(body, facts.webhooks);
    require(cut.size() <= body.size(), "cut grows");
    // What was JSON stays JSON, and the webhooks are gone.
    const QJsonDocument before = QJsonDocument::fromJson(body);
    if (before.isObject() && !facts.webhooks.empty()) {
        const QJsonDocument after = QJsonDocument::fromJson(cut);
        require(after.isObject(), "cut breaks JSON");
        require(!after.object().contains(u"response_webhook"_s), "webhook left");
    }
    const auto assignment = router::assignRows(body, endpoint());
    if (!assignment)
        return 0;
    std::vector<QByteArray> answers;
    std::size_t rows = 0;
    for (const router::AssignedPart &part : assignment->parts) {
        require(part.backend < 3, "backend");
        rows += part.rows.size();
        answers.push_back(part.body);
    }
    require(assignment->ids.empty() ? rows == 1 : rows == assignment->ids.size(), "rows");
    if (!assignment->ids.empty())
        require(!router::mergedAnswer(*assignment, answers).isNull(), "merge of its own parts");
    return 0;
}
