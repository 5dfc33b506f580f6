// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// A run in words.
#include "ui/replay/replaypresenter.h"

#include <QFileInfo>
#include <QLocale>

#include <algorithm>
#include <cmath>

namespace parallax::ui {

QString timeLeft(Nanoseconds left)
{
    const auto seconds =
        std::max<qint64>(1, static_cast<qint64>(std::ceil(std::chrono::duration<double>(left).count())));
    return seconds < 60 ? ReplayPresenter::tr("%1 s").arg(seconds)
                        : ReplayPresenter::tr("%1 min %2 s").arg(seconds / 60).arg(seconds % 60);
}

QString runStatus(const ReplayPresenter &presenter)
{
    const replay::Progress &progress = presenter.view().progress;
    switch (presenter.phase()) {
    case ReplayPhase::Idle:
    case ReplayPhase::Failed:
        return {};
    case ReplayPhase::Starting:
        return ReplayPresenter::tr("Replay: starting the deployments");
    case ReplayPhase::Reading:
        return ReplayPresenter::tr("Replay: reading the traffic");
    case ReplayPhase::Done:
        return ReplayPresenter::tr("Replay ended, %1 of %2 answered")
            .arg(QLocale().toString(progress.ok), QLocale().toString(progress.planned));
    default:
        break;
    }
    const qint64 done = progress.ok + progress.failed + progress.dropped;
    const qint64 percent = progress.planned > 0 ? 100 * done / progress.planned : 0;
    if (presenter.phase() != ReplayPhase::Running || !progress.eta)
        return ReplayPresenter::tr("Replay %1%").arg(percent);
    return ReplayPresenter::tr("Replay %1%, %2 left").arg(percent).arg(timeLeft(*progress.eta));
}

QString runTitle(const replay::ReplayPlan &plan)
{
    const QString name = QFileInfo(plan.source).completeBaseName();
    const QLocale locale;
    const auto figure = [&locale](double value) { return locale.toString(value, 'g', 6); };
    switch (plan.pace.kind) {
    case replay::PaceKind::Recorded:
        return ReplayPresenter::tr("%1 at %2x").arg(name, figure(plan.pace.factor));
    case replay::PaceKind::Rate:
        return ReplayPresenter::tr("%1 at %2/s").arg(name, figure(plan.pace.rate));
    case replay::PaceKind::Ramp:
        return ReplayPresenter::tr("%1 at %2 to %3/s").arg(name, figure(plan.pace.rate), figure(plan.pace.rateEnd));
    case replay::PaceKind::Closed:
        return ReplayPresenter::tr("%1, %2 at once").arg(name, locale.toString(plan.pace.concurrency));
    case replay::PaceKind::Step:
        return ReplayPresenter::tr("%1, step by step").arg(name);
    }
    Q_UNREACHABLE();
}

} // namespace parallax::ui
