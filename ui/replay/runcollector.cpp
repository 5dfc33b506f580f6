// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/replay/runcollector.h"

#include "replay/filter.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parallax::ui {

namespace {

constexpr qint64 kMostErrorBytes = 64 * 1024;
constexpr qsizetype kMostDetail = 160;

/// The last line of a model's `error`: `KeyError: 'region'`.
QString modelError(const traffic::Body &body)
{
    if (body.isTruncated || body.bytes.size() > kMostErrorBytes)
        return {};
    const QString error = QJsonDocument::fromJson(body.bytes).object()[u"error"_s].toString().trimmed();
    return error.sliced(error.lastIndexOf(u'\n') + 1).trimmed().left(kMostDetail);
}

FailureRow described(const traffic::Reply &reply)
{
    FailureRow row;
    switch (reply.state) {
    case traffic::AnswerState::Timeout:
        row.kind = FailureRow::Kind::Timeout;
        break;
    case traffic::AnswerState::Dropped:
        row.kind = FailureRow::Kind::Dropped;
        row.detail = traffic::toString(reply.dropReason);
        break;
    case traffic::AnswerState::Failed:
        row.kind = FailureRow::Kind::NoAnswer;
        row.detail = reply.failure.left(kMostDetail);
        break;
    default:
        row.status = reply.status;
        row.detail = modelError(reply.body);
    }
    return row;
}

} // namespace

RunCollector::RunCollector(Nanoseconds window)
    : m_window(window)
{}

void RunCollector::add(const std::vector<traffic::ExchangePtr> &exchanges)
{
    const std::lock_guard lock(m_mutex);
    for (const traffic::ExchangePtr &exchange : exchanges) {
        if (exchange->isWarmup)
            continue;
        note(*exchange, exchange->primary, -1);
        for (std::size_t i = 0; i < exchange->mirrors.size(); ++i)
            note(*exchange, exchange->mirrors[i], static_cast<int>(i));
    }
}

void RunCollector::note(const traffic::Exchange &exchange, const traffic::Reply &reply, int identity)
{
    const auto target = static_cast<std::size_t>(identity + 1);
    if (m_targets.size() <= target)
        m_targets.resize(target + 1);
    if (m_targets[target].name.isEmpty())
        m_targets[target].name = reply.name;
    if (!replay::isGoodAnswer(reply))
        noteFailure(exchange, reply, identity);
    noteTime(exchange, reply, target);
}

void RunCollector::noteFailure(const traffic::Exchange &exchange, const traffic::Reply &reply, int identity)
{
    FailureRow row = described(reply);
    const auto keyOf = [&](const QString &detail) {
        return u"%1 %2 %3 %4"_s.arg(identity).arg(static_cast<int>(row.kind)).arg(row.status).arg(detail);
    };
    auto at = m_failures.find(keyOf(row.detail));
    if (at == m_failures.end()) {
        if (m_failures.size() >= kMostReasons)
            row.detail.clear();
        row.where = reply.name;
        row.identity = identity;
        row.first = exchange.id;
        row.firstAt = std::max(exchange.started, Nanoseconds(0));
        at = m_failures.emplace(keyOf(row.detail), row).first;
    }
    ++at->second.count;
    if (exchange.started.count() >= 0 && exchange.started < at->second.firstAt) {
        at->second.firstAt = exchange.started;
        at->second.first = exchange.id;
    }
}

void RunCollector::noteTime(const traffic::Exchange &exchange, const traffic::Reply &reply, std::size_t target)
{
    const Nanoseconds service = reply.timings.serviceTime();
    if (reply.state != traffic::AnswerState::Complete || service.count() < 0 || exchange.started.count() < 0)
        return;
    while (static_cast<std::size_t>(exchange.started / m_window) >= kMostWindows)
        widen();
    const auto window = static_cast<std::size_t>(exchange.started / m_window);
    auto &windows = m_targets[target].windows;
    if (windows.size() <= window)
        windows.resize(window + 1);
    windows[window].record(service.count());
}

void RunCollector::widen()
{
    m_window *= 2;
    for (Target &target : m_targets) {
        for (std::size_t i = 0; i < target.windows.size(); ++i) {
            if (i % 2 == 1)
                target.windows[i / 2].merge(target.windows[i]);
            else if (i > 0)
                target.windows[i / 2] = std::move(target.windows[i]);
        }
        target.windows.resize((target.windows.size() + 1) / 2);
    }
}

QList<FailureRow> RunCollector::failures() const
{
    QList<FailureRow> rows;
    {
        const std::lock_guard lock(m_mutex);
        for (const auto &[key, row] : m_failures)
            rows.append(row);
    }
    std::stable_sort(rows.begin(), rows.end(),
                     [](const FailureRow &a, const FailureRow &b) { return a.count > b.count; });
    return rows;
}

std::vector<LatencyLine> RunCollector::latency(Nanoseconds elapsed, bool isOver) const
{
    const std::lock_guard lock(m_mutex);
    std::vector<LatencyLine> lines;
    const double width = std::chrono::duration<double>(m_window).count();
    for (const Target &target : m_targets) {
        LatencyLine line{target.name, {}};
        for (std::size_t i = 0; i < target.windows.size(); ++i) {
            const bool isClosed = isOver || m_window * static_cast<int>(i + 1) < elapsed;
            if (target.windows[i].count() > 0 && isClosed)
                line.points.emplace_back((static_cast<double>(i) + 0.5) * width,
                                         toMilliseconds(Nanoseconds(target.windows[i].quantile(0.95))));
        }
        lines.push_back(std::move(line));
    }
    return lines;
}

} // namespace parallax::ui
