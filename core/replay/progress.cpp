// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "replay/progress.h"

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace parallax::replay {

namespace {

QJsonObject timesJson(const TimeFigures &times)
{
    return {{u"count"_s, times.count}, {u"mean"_s, times.mean}, {u"p50"_s, times.p50},
            {u"p95"_s, times.p95},     {u"p99"_s, times.p99},   {u"max"_s, times.max}};
}

QJsonObject targetJson(const TargetProgress &target)
{
    QJsonObject states;
    for (const auto state : {traffic::AnswerState::Complete, traffic::AnswerState::Failed,
                             traffic::AnswerState::Timeout, traffic::AnswerState::Dropped})
        states[traffic::toString(state)] = target.count(state);
    return {{u"name"_s, target.name},
            {u"role"_s, target.isMirror ? u"mirror"_s : u"primary"_s},
            {u"answers"_s, states},
            {u"service"_s, timesJson(target.service)},
            {u"response"_s, timesJson(target.response)}};
}

} // namespace

TimeFigures TimeFigures::of(const base::Histogram &nanoseconds)
{
    const auto at = [&](double quantile) { return static_cast<double>(nanoseconds.quantile(quantile)) / 1e6; };
    if (nanoseconds.count() == 0)
        return {};
    return {nanoseconds.count(),
            nanoseconds.mean() / 1e6,
            at(0.5),
            at(0.95),
            at(0.99),
            static_cast<double>(nanoseconds.max()) / 1e6};
}

QJsonObject Progress::toJson() const
{
    QJsonObject object{{u"planned"_s, planned},
                       {u"sent"_s, sent},
                       {u"ok"_s, ok},
                       {u"failed"_s, failed},
                       {u"dropped"_s, dropped},
                       {u"waiting"_s, waiting},
                       {u"inFlight"_s, inFlight},
                       {u"warmup"_s, warmup},
                       {u"seconds"_s, toMilliseconds(elapsed) / 1e3},
                       {u"rate"_s, rate},
                       {u"lateness"_s, QJsonObject{{u"p50"_s, lateness.p50}, {u"p99"_s, lateness.p99}}},
                       {u"late"_s, isGeneratorLate},
                       {u"state"_s, toString(state)}};
    if (reason != EndReason::None)
        object[u"reason"_s] = toString(reason);
    QJsonArray all;
    for (const TargetProgress &target : targets)
        all.append(targetJson(target));
    object[u"targets"_s] = all;
    return object;
}

QString toString(RunState state)
{
    switch (state) {
    case RunState::Ready:
        return u"ready"_s;
    case RunState::Running:
        return u"running"_s;
    case RunState::Paused:
        return u"paused"_s;
    case RunState::Stopping:
        return u"stopping"_s;
    case RunState::Finished:
        return u"finished"_s;
    }
    Q_UNREACHABLE();
}

QString toString(EndReason reason)
{
    switch (reason) {
    case EndReason::None:
        return {};
    case EndReason::Completed:
        return u"completed"_s;
    case EndReason::Stopped:
        return u"stopped"_s;
    case EndReason::Failures:
        return u"failures"_s;
    case EndReason::Different:
        return u"different"_s;
    case EndReason::SourceFailed:
        return u"source-failed"_s;
    }
    Q_UNREACHABLE();
}

} // namespace parallax::replay
