// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "router/ownanswer.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <array>

using namespace Qt::StringLiterals;

namespace parallax::router {

namespace {

/// Upper bounds in seconds; made from the histogram, so each is exact to the histogram's 1.6%.
constexpr std::array kBuckets{0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1,  0.25,
                              0.5,   1.0,    2.5,   5.0,  10.0,  30.0, 60.0, 300.0};

QByteArray label(const QString &text)
{
    QByteArray out = text.toUtf8();
    out.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
    return out;
}

class Metrics
{
public:
    void family(const char *name, const char *type, const char *help)
    {
        m_out += QByteArray("# HELP ") + name + ' ' + help + "\n# TYPE " + name + ' ' + type + '\n';
    }
    void sample(const QByteArray &name, const QByteArray &labels, const QByteArray &value)
    {
        m_out += name;
        if (!labels.isEmpty())
            m_out += '{' + labels + '}';
        m_out += ' ' + value + '\n';
    }
    void sample(const QByteArray &name, const QByteArray &labels, quint64 value)
    {
        sample(name, labels, QByteArray::number(value));
    }
    [[nodiscard]] QByteArray take() { return std::move(m_out); }

private:
    QByteArray m_out;
};

QByteArray labelsOf(const TargetStatistics &target)
{
    return "endpoint=\"" + label(target.endpoint) + (target.isMirror ? "\",mirror=\"" : "\",backend=\"") +
           label(target.name) + '"';
}

void writeOutcomes(Metrics &metrics, const StatisticsSnapshot &statistics, bool ofMirrors)
{
    const QByteArray name = ofMirrors ? "parallax_mirror_total" : "parallax_requests_total";
    if (ofMirrors)
        metrics.family("parallax_mirror_total", "counter", "Copies of requests by mirror and how they ended.");
    else
        metrics.family("parallax_requests_total", "counter", "Routed requests by backend and how they ended.");
    for (const TargetStatistics &target : statistics.targets) {
        if (target.isMirror != ofMirrors)
            continue;
        for (std::size_t i = 0; i < kCallOutcomes; ++i) {
            const QByteArray outcome = toString(static_cast<CallOutcome>(i)).toLatin1();
            metrics.sample(name, labelsOf(target) + ",outcome=\"" + outcome + '"', target.outcomes.at(i));
        }
    }
}

void writeDrops(Metrics &metrics, const StatisticsSnapshot &statistics)
{
    metrics.family("parallax_mirror_dropped_total", "counter", "Copies that were not sent or given up, by reason.");
    for (const TargetStatistics &target : statistics.targets) {
        if (!target.isMirror)
            continue;
        for (std::size_t i = 1; i < kDropReasons; ++i) {
            const QByteArray reason = traffic::toString(static_cast<traffic::DropReason>(i)).toLatin1();
            metrics.sample("parallax_mirror_dropped_total", labelsOf(target) + ",reason=\"" + reason + '"',
                           target.dropped.at(i));
        }
    }
}

void writeLoad(Metrics &metrics, const StatisticsSnapshot &statistics)
{
    metrics.family("parallax_mirror_queued", "gauge", "Copies that wait for their mirror.");
    for (const TargetStatistics &target : statistics.targets) {
        if (target.isMirror)
            metrics.sample("parallax_mirror_queued", labelsOf(target), static_cast<quint64>(target.queued));
    }
    metrics.family("parallax_mirror_in_flight", "gauge", "Copies on their way.");
    for (const TargetStatistics &target : statistics.targets) {
        if (target.isMirror)
            metrics.sample("parallax_mirror_in_flight", labelsOf(target), static_cast<quint64>(target.inFlight));
    }
    metrics.family("parallax_mirror_breaker", "gauge", "Circuit breaker: 0 closed, 1 open, 2 probing.");
    for (const TargetStatistics &target : statistics.targets) {
        if (target.isMirror)
            metrics.sample("parallax_mirror_breaker", labelsOf(target), static_cast<quint64>(target.breaker));
    }
}

void writeLatencies(Metrics &metrics, const StatisticsSnapshot &statistics)
{
    metrics.family("parallax_answer_seconds", "histogram", "From the request sent to the whole answer, by target.");
    for (const TargetStatistics &target : statistics.targets) {
        const QByteArray labels = labelsOf(target) + ",role=\"" + (target.isMirror ? "mirror" : "primary") + '"';
        for (const double bound : kBuckets)
            metrics.sample("parallax_answer_seconds_bucket", labels + ",le=\"" + QByteArray::number(bound) + '"',
                           static_cast<quint64>(target.latency.countUpTo(static_cast<qint64>(bound * 1e9))));
        const auto count = static_cast<quint64>(target.latency.count());
        metrics.sample("parallax_answer_seconds_bucket", labels + ",le=\"+Inf\"", count);
        metrics.sample("parallax_answer_seconds_sum", labels,
                       QByteArray::number(static_cast<double>(target.latencySum) / 1e9, 'g', 12));
        metrics.sample("parallax_answer_seconds_count", labels, count);
    }
}

} // namespace

QByteArray errorBody(const QString &text)
{
    return QJsonDocument(QJsonObject{{u"error"_s, text}}).toJson(QJsonDocument::Compact);
}

QByteArray metricsText(const StatisticsSnapshot &statistics, std::optional<quint64> captureDropped)
{
    Metrics metrics;
    writeOutcomes(metrics, statistics, false);
    writeOutcomes(metrics, statistics, true);
    writeDrops(metrics, statistics);
    metrics.family("parallax_capture_dropped_total", "counter", "Exchanges that the capture could not take.");
    metrics.sample("parallax_capture_dropped_total", {}, captureDropped.value_or(0));
    metrics.family("parallax_refused_total", "counter", "Requests answered by the router itself before routing.");
    metrics.sample("parallax_refused_total", {}, statistics.refused);
    metrics.family("parallax_requests_in_flight", "gauge", "Requests that wait for their primary.");
    metrics.sample("parallax_requests_in_flight", {}, static_cast<quint64>(qMax(statistics.inFlight, 0)));
    metrics.family("parallax_connections", "gauge", "Open connections of callers.");
    metrics.sample("parallax_connections", {}, static_cast<quint64>(qMax(statistics.connections, 0)));
    writeLoad(metrics, statistics);
    writeLatencies(metrics, statistics);
    return metrics.take();
}

} // namespace parallax::router
