// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "compare/comparisonbuilder.h"

namespace parallax::compare {

namespace {

constexpr std::size_t kMostSlices = 20;

// Of differences, the builder only needs to know which fields and how many: few are kept a pair.
constexpr qsizetype kDifferencesAPair = 2'000;

} // namespace

ComparisonBuilder::ComparisonBuilder(const Rules &rules, Baseline baseline)
    : m_judge(rules, baseline, kDifferencesAPair)
    , m_baseline(baseline)
{}

ComparisonBuilder::~ComparisonBuilder() = default;

MirrorCollector &ComparisonBuilder::collector(const traffic::Reply &candidate)
{
    for (const std::unique_ptr<MirrorCollector> &mirror : m_mirrors) {
        if (mirror->name() == candidate.name)
            return *mirror;
    }
    return *m_mirrors.emplace_back(std::make_unique<MirrorCollector>(candidate, m_judge));
}

void ComparisonBuilder::add(const traffic::Exchange &exchange)
{
    if (exchange.isWarmup)
        return;
    ++m_requests;
    if (m_endpoint.isEmpty())
        m_endpoint = exchange.endpoint;
    if (const traffic::Reply *baseline = baselineReply(exchange, m_baseline);
        baseline != nullptr && m_primary.isEmpty())
        m_primary = baseline->name;
    const DistinctRequests::Place request = m_distinct.place(exchange);
    const std::vector<const traffic::Reply *> compared = candidates(exchange, m_baseline);
    if (compared.empty())
        return;
    if (request.number >= m_isFeatured.size())
        m_isFeatured.resize(request.number + 1);
    if (!m_isFeatured[request.number])
        m_features.add(request.number, exchange);
    m_isFeatured[request.number] = true;
    m_judge.begin(exchange);
    for (const traffic::Reply *candidate : compared)
        collector(*candidate).add(exchange, *candidate, request.number);
}

Comparison ComparisonBuilder::summary(Detail detail)
{
    if (detail == Detail::Full && m_requestsAtLastLook != m_requests) {
        ++m_looks;
        m_requestsAtLastLook = m_requests;
    }
    Comparison out;
    out.endpoint = m_endpoint;
    out.primary = m_primary;
    out.requests = m_requests;
    out.distinctRequests = m_distinct.size();
    out.baseline = m_baseline;
    out.margin = m_judge.rules().margin;
    out.target = m_judge.rules().target;
    for (const std::unique_ptr<MirrorCollector> &mirror : m_mirrors) {
        MirrorSummary &summary = out.mirrors.emplace_back(mirror->summary(detail, m_looks));
        if (detail == Detail::Full) {
            RequestFeatures::Slices slices = m_features.worstSlices(
                mirror->agreementByRequest(static_cast<std::size_t>(m_distinct.size())), kMostSlices);
            summary.slices = std::move(slices.worst);
            summary.slicesTried = slices.tried;
        }
    }
    return out;
}

} // namespace parallax::compare
