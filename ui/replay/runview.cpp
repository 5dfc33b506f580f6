// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/replay/runview.h"

#include "compare/intervals.h"
#include "ui/models/displaytext.h"
#include "ui/replay/replayparts.h"
#include "ui/replay/runcharts.h"
#include "ui/theme/controls.h"
#include "ui/theme/metrics.h"
#include "ui/theme/theme.h"
#include "ui/widgets/charts/partsbar.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/label.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/spinner.h"
#include "ui/wording/wording.h"

#include <QLocale>
#include <QPushButton>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;
using parallax::theme::Role;
using parallax::theme::TextStyle;
namespace metrics = parallax::theme::metrics;

namespace parallax::ui {

namespace {

constexpr qsizetype kMostMessages = 4;

bool isOver(ReplayPhase phase)
{
    return phase == ReplayPhase::Done || phase == ReplayPhase::Failed;
}

QString intervalText(double rate)
{
    return QLocale().toString(rate * 100, 'f', 1);
}

/// How one mirror agrees: by the comparison where it is known, else by the counts of the run.
AgreementBar::Line agreementLine(const replay::TargetProgress &target, const compare::MirrorSummary *summary, bool over)
{
    AgreementBar::Line line;
    line.name = target.name;
    const qint64 judged = target.outcomes.judged();
    if (judged == 0) {
        line.strong = over ? ReplayPresenter::tr("No pair to compare") : ReplayPresenter::tr("No pair compared yet");
        return line;
    }
    const double rate = static_cast<double>(target.outcomes.agreeing()) / static_cast<double>(judged);
    line.strong = over ? ReplayPresenter::tr("%1 agree").arg(display::percent(rate))
                       : ReplayPresenter::tr("%1 agree so far").arg(display::percent(rate));
    const qint64 distinct = summary != nullptr ? summary->distinctRequests : 0;
    const std::optional<compare::Interval> interval =
        distinct > 0 ? compare::wilsonInterval(rate * static_cast<double>(distinct), distinct) : std::nullopt;
    if (interval)
        line.rest = ReplayPresenter::tr("%1 to %2, from %3 distinct requests.")
                        .arg(intervalText(interval->low), intervalText(interval->high), display::count(distinct));
    else
        line.rest = ReplayPresenter::tr("From %1 pairs.").arg(display::count(judged));
    if (summary != nullptr && !summary->fields.empty()) {
        line.rest += ReplayPresenter::tr(" Most differ at");
        line.code = summary->fields.front().path.isEmpty() ? ReplayPresenter::tr("the whole body")
                                                           : summary->fields.front().path;
    }
    return line;
}

} // namespace

RunView::RunView(const theme::Theme &theme, ReplayPresenter &presenter, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_presenter(presenter)
{
    setObjectName(u"replayRun"_s);
    buildAll();
    connect(&presenter, &ReplayPresenter::phaseChanged, this, &RunView::showPhase);
    connect(&presenter, &ReplayPresenter::progressed, this, &RunView::showFigures);
    connect(&presenter, &ReplayPresenter::workspaceChanged, this, &RunView::showMessages);
    showPhase();
}

QString RunView::headline() const
{
    const ReplayView &view = m_presenter.view();
    const QString at = view.started.toString(u"HH:mm:ss"_s);
    switch (m_presenter.phase()) {
    case ReplayPhase::Starting:
        return tr("Starting the deployments. They are ready when their first answer comes.");
    case ReplayPhase::Reading:
        return tr("Reading the traffic, %1 records so far.").arg(display::count(view.recordsRead));
    case ReplayPhase::Stopping:
        return tr("Stopping. What was answered is kept.");
    case ReplayPhase::Failed:
        return tr("Nothing was sent.");
    case ReplayPhase::Paused:
        return tr("Started %1. Paused.").arg(at);
    case ReplayPhase::Done:
        return view.progress.reason == replay::EndReason::Completed
                   ? tr("Started %1, took %2.").arg(at, display::duration(toMilliseconds(view.progress.elapsed)))
                   : tr("Started %1, ended early after %2.")
                         .arg(at, display::duration(toMilliseconds(view.progress.elapsed)));
    default:
        return tr("Started %1. Keeps running in the other modes.").arg(at);
    }
}

void RunView::showPhase()
{
    const ReplayPhase phase = m_presenter.phase();
    const bool isActive = m_presenter.isActive();
    m_stack->setCurrentIndex(phase == ReplayPhase::Idle ? 0 : 1);
    const bool isStep = m_presenter.view().plan.pace.kind == replay::PaceKind::Step;
    m_pause->setVisible(phase == ReplayPhase::Running && !isStep);
    m_resume->setVisible(phase == ReplayPhase::Paused);
    m_step->setVisible(phase == ReplayPhase::Running && isStep);
    m_stop->setVisible(isActive);
    if (phase == ReplayPhase::Starting || phase == ReplayPhase::Reading)
        m_spinner->start();
    else
        m_spinner->stop();
    m_spinner->setVisible(phase == ReplayPhase::Starting || phase == ReplayPhase::Reading);
    showFigures();
}

void RunView::showFigures()
{
    if (m_presenter.phase() == ReplayPhase::Idle)
        return;
    const ReplayView &view = m_presenter.view();
    const replay::Progress &progress = view.progress;
    const bool over = isOver(m_presenter.phase());
    m_title->setText(runTitle(view.plan));
    m_started->setText(headline());
    const qint64 done = progress.ok + progress.failed + progress.dropped;
    m_percent->setText(progress.planned == 0 ? u"0%"_s : QString::number(100 * done / progress.planned) + u'%');
    QString rate =
        tr("%1 requests/s on average").arg(QLocale().toString(progress.rate, 'f', progress.rate < 10 ? 1 : 0));
    if (progress.eta && !over)
        rate += tr(", %1 left").arg(timeLeft(*progress.eta));
    m_rate->setText(progress.sent > 0 ? rate : QString());
    const auto ms = [](double value) -> QString { return QLocale().toString(value, 'f', 1) + tr(" ms"); };
    m_lateness->setText(progress.lateness.count == 0
                            ? QString()
                            : tr("Lateness p50 %1, p99 %2").arg(ms(progress.lateness.p50), ms(progress.lateness.p99)));
    m_progress->setParts({{tr("answered"), progress.ok, Role::AccentFill},
                          {tr("failed"), progress.failed, Role::ChartError},
                          {tr("dropped"), progress.dropped, Role::ChartDropped}},
                         progress.planned);
    m_planned->setValues({progress.planned, progress.sent, progress.dropped, progress.waiting});
    m_sent->setValues({progress.sent, progress.ok, progress.failed, progress.inFlight});
    layOutSums();
    m_rateChart->setChart(rateChart(view, over));
    m_latencyChart->setChart(latencyChart(view, over));
    showLegend(*m_rateLegend, *m_rateChart, m_rateLegendText);
    showLegend(*m_latencyLegend, *m_latencyChart, m_latencyLegendText);
    m_failures.setRows(view.failures);
    qint64 notAnswered = 0;
    for (const FailureRow &row : view.failures)
        notAnswered += row.count;
    m_failureCount->setText(tr("%1 of %2").arg(display::count(notAnswered), display::count(progress.sent)));
    m_table->setVisible(notAnswered > 0);
    m_noFailures->setVisible(notAnswered == 0);
    m_noFailures->setText(progress.sent == 0 ? tr("Nothing has been sent yet.") : tr("Every request was answered."));
    m_retry->setVisible(m_presenter.phase() == ReplayPhase::Done && m_presenter.failedRequests() > 0);
    m_different->setVisible(m_presenter.phase() == ReplayPhase::Done && m_presenter.differentPairs() > 0);
    showMessages();
    showAgreement();
}

void RunView::showAgreement()
{
    const ReplayView &view = m_presenter.view();
    QList<AgreementBar::Line> lines;
    const auto mirrors = std::ranges::count_if(view.progress.targets, &replay::TargetProgress::isMirror);
    for (std::size_t i = 0; i < view.progress.targets.size(); ++i) {
        const replay::TargetProgress &target = view.progress.targets[i];
        if (!target.isMirror)
            continue;
        AgreementBar::Line line = agreementLine(
            target, view.comparison ? view.comparison->mirror(target.name) : nullptr, isOver(m_presenter.phase()));
        if (mirrors > 1)
            line.identity = static_cast<int>(i) - 1;
        lines.append(line);
    }
    m_agreement->setLines(lines);
    m_agreement->setVisible(!lines.isEmpty());
    m_agreement->button()->setEnabled(!view.capture.isEmpty() && view.progress.ok > 0);
}

void RunView::showMessages()
{
    using Kind = widgets::MessageBar::Kind;
    const ReplayView &view = m_presenter.view();
    QList<std::pair<Kind, QString>> messages;
    if (view.error)
        messages.append({Kind::Error, wording::text(*view.error)});
    if (m_presenter.isEdited())
        messages.append({Kind::Info, tr("The endpoint was edited since this run.")});
    if (view.progress.isGeneratorLate)
        messages.append({Kind::Warning, tr("The schedule was not kept: requests were sent up to %1 late.")
                                            .arg(display::duration(view.progress.lateness.max))});
    if (view.progress.droppedByCap > 0)
        messages.append({Kind::Warning, tr("%1 requests were not sent: too many were in flight.")
                                            .arg(display::count(view.progress.droppedByCap))});
    for (const Finding &finding : view.findings)
        messages.append({finding.severity == Severity::Error     ? Kind::Error
                         : finding.severity == Severity::Warning ? Kind::Warning
                                                                 : Kind::Info,
                         wording::text(finding.error)});
    if (messages.size() > kMostMessages) {
        const qsizetype more = messages.size() - (kMostMessages - 1);
        messages.resize(kMostMessages - 1);
        messages.append({Kind::Info, tr("And %n more.", nullptr, static_cast<int>(more))});
    }
    QStringList texts;
    for (const auto &[kind, text] : messages)
        texts += text;
    if (texts == m_shownMessages)
        return;
    m_shownMessages = texts;
    while (QLayoutItem *item = m_messages->takeAt(0)) {
        delete item->widget();
        delete item;
    }
    for (qsizetype i = 0; i < messages.size(); ++i) {
        auto *bar = new widgets::MessageBar(m_theme, u"replayMessage%1"_s.arg(i + 1));
        m_messages->addWidget(bar);
        bar->showMessage(messages[i].first, messages[i].second);
    }
    m_messageArea->setVisible(!messages.isEmpty());
}

} // namespace parallax::ui
