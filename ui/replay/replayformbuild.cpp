// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What ReplayForm is made of.
#include "base/duration.h"
#include "replay/errors.h"
#include "ui/replay/replayform.h"
#include "ui/replay/replayparts.h"
#include "ui/replay/targetrows.h"
#include "ui/theme/controls.h"
#include "ui/theme/metrics.h"
#include "ui/theme/theme.h"
#include "ui/widgets/iconlabel.h"
#include "ui/widgets/label.h"
#include "ui/widgets/segmentedcontrol.h"
#include "ui/widgets/surface.h"

#include <QCheckBox>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QScrollArea>
#include <QStackedWidget>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;
using parallax::theme::Role;
using parallax::theme::TextStyle;
namespace metrics = parallax::theme::metrics;

namespace parallax::ui {

namespace {

using replay::Pace;
using replay::PaceKind;

constexpr int kInset = 20;
constexpr int kFieldWidth = 76;

QString factorText(double factor)
{
    return QString::number(factor, 'g', 6) + u'x';
}

/// Empty means `otherwise`.
Status takeCount(const QString &text, qint64 least, qint64 otherwise, qint64 &value)
{
    if (text.isEmpty()) {
        value = otherwise;
        return {};
    }
    bool isNumber = false;
    const qint64 number = QLocale().toLongLong(text, &isNumber);
    if (!isNumber || number < least)
        return fail(replay::kBadPlan, {{u"key"_s, text}});
    value = number;
    return {};
}

Status takePace(const Result<Pace> &pace, replay::ReplayPlan &plan)
{
    if (!pace)
        return tl::unexpected(pace.error());
    const std::optional<Nanoseconds> gap = plan.pace.maxGap;
    plan.pace = *pace;
    if (plan.pace.kind == PaceKind::Recorded)
        plan.pace.maxGap = gap;
    return {};
}

QString optionalCount(qint64 value)
{
    return value == 0 ? u""_s : QLocale().toString(value);
}

} // namespace

ReplayForm::ReplayForm(const theme::Theme &theme, ReplayPresenter &presenter, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_presenter(presenter)
{
    setObjectName(u"replayForm"_s);
    auto *pane = new widgets::Surface(theme, Role::Window, Qt::RightEdge);
    auto *whole = new QVBoxLayout(pane);
    whole->setContentsMargins(0, 0, 1, 0);
    whole->setSpacing(0);
    auto *inner = new widgets::Surface(theme, Role::Window);
    auto *column = new QVBoxLayout(inner);
    column->setContentsMargins(kInset, 17, kInset, 16);
    column->setSpacing(0);
    buildHead(*column);
    buildSource(*column);
    column->addSpacing(16);
    column->addWidget(new widgets::Label(theme, tr("Send to"), TextStyle::CaptionMedium, Role::Text2));
    column->addSpacing(6);
    column->addWidget(new TargetRows(theme, presenter));
    column->addSpacing(14);
    buildPace(*column);
    column->addSpacing(12);
    column->addWidget(widgets::hairline(theme, Qt::Horizontal));
    column->addSpacing(12);
    buildLimits(*column);
    buildMore(*column);
    column->addStretch(1);
    auto *scroll = new QScrollArea;
    scroll->setObjectName(u"replayFormScroll"_s);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    scroll->setWidget(inner);
    whole->addWidget(scroll, 1);
    whole->addWidget(buildFoot());
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(pane);

    connect(&presenter, &ReplayPresenter::planChanged, this, &ReplayForm::showPlan);
    connect(&presenter, &ReplayPresenter::sourceChanged, this, &ReplayForm::showSource);
    connect(&presenter, &ReplayPresenter::phaseChanged, this, &ReplayForm::showPlan);
    connect(&presenter, &ReplayPresenter::workspaceChanged, this, &ReplayForm::showReadiness);
    showPlan();
    showSource();
}

void ReplayForm::buildHead(QVBoxLayout &column)
{
    auto *row = new QHBoxLayout;
    row->addWidget(new widgets::Label(m_theme, tr("Next run"), TextStyle::Section));
    row->addStretch(1);
    m_presets = new QPushButton(tr("Presets"));
    theme::setKind(m_presets, theme::ButtonKind::Ghost, theme::ButtonSize::Small);
    theme::setNames(m_presets, u"replayPresets"_s, tr("Presets"));
    m_presets->setMenu(makePresets());
    row->addWidget(m_presets);
    column.addLayout(row);
    column.addSpacing(13);
}

void ReplayForm::buildSource(QVBoxLayout &column)
{
    auto *head = new QHBoxLayout;
    head->addWidget(new widgets::Label(m_theme, tr("Source"), TextStyle::CaptionMedium, Role::Text2));
    head->addStretch(1);
    const auto link = [this](const QString &text, const QString &objectName, const QString &name) {
        auto *button = new QPushButton(text);
        theme::setKind(button, theme::ButtonKind::Link, theme::ButtonSize::Small);
        theme::setNames(button, objectName, name);
        return button;
    };
    QPushButton *choose = link(tr("Choose…"), u"replayChooseSource"_s, tr("Choose source"));
    connect(choose, &QPushButton::clicked, this, &ReplayForm::chooseSourceAsked);
    head->addWidget(choose);
    column.addLayout(head);
    column.addSpacing(3);
    m_source = new SourceField(m_theme);
    theme::setNames(m_source, u"replaySource"_s, tr("Source"));
    connect(m_source, &QPushButton::clicked, this, &ReplayForm::openSourceMenu);
    column.addWidget(m_source);
    m_sourceProblem = new widgets::Label(m_theme, {}, TextStyle::Caption, Role::Error);
    m_sourceProblem->setObjectName(u"replaySourceProblem"_s);
    m_sourceProblem->setWordWrap(true);
    column.addWidget(m_sourceProblem);

    m_filterStack = new QStackedWidget;
    m_filterStack->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    auto *shown = new QWidget;
    auto *row = new QHBoxLayout(shown);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(6);
    row->addWidget(new widgets::IconLabel(m_theme, u"filter"_s, Role::Muted, metrics::kSmallIconSize));
    m_filterText = new widgets::Label(m_theme, {}, TextStyle::CodeSmall, Role::Muted);
    m_filterText->setElideMode(Qt::ElideRight);
    row->addWidget(m_filterText, 1);
    m_filterChange = link(tr("Change"), u"replayChangeFilter"_s, tr("Change filter"));
    connect(m_filterChange, &QPushButton::clicked, this, &ReplayForm::focusFilter);
    row->addWidget(m_filterChange);
    m_filter = new QLineEdit;
    theme::setNames(m_filter, u"replayFilter"_s, tr("Filter"));
    m_filter->setPlaceholderText(u"method == POST and body/data/carat > 1"_s);
    connect(m_filter, &QLineEdit::textChanged, this, [this](const QString &text) {
        replay::ReplayPlan plan = m_presenter.plan();
        plan.filter = text.trimmed();
        m_presenter.setPlan(plan);
    });
    connect(m_filter, &QLineEdit::editingFinished, this, [this] {
        if (m_presenter.plan().parsedFilter())
            m_filterStack->setCurrentIndex(0);
    });
    m_filterStack->addWidget(shown);
    m_filterStack->addWidget(m_filter);
    column.addWidget(m_filterStack);
    m_filterProblem = new widgets::Label(m_theme, {}, TextStyle::Caption, Role::Error);
    m_filterProblem->setObjectName(u"replayFilterProblem"_s);
    m_filterProblem->setWordWrap(true);
    column.addWidget(m_filterProblem);
}

QWidget *ReplayForm::addField(QVBoxLayout &column, const QString &label, const QString &objectName, const QString &name,
                              const QString &placeholder, std::function<QString(const Plan &)> show,
                              std::function<Status(const QString &, Plan &)> take)
{
    auto *line = new QWidget;
    auto *row = new QHBoxLayout(line);
    row->setContentsMargins(0, 3, 0, 3);
    row->setSpacing(8);
    auto *text = new widgets::Label(m_theme, label, TextStyle::Body, Role::Text2);
    row->addWidget(text, 1);
    auto *edit = new QLineEdit;
    edit->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    edit->setPlaceholderText(placeholder);
    edit->setFixedWidth(kFieldWidth);
    theme::setNames(edit, objectName, name);
    text->setBuddy(edit);
    row->addWidget(edit);
    column.addWidget(line);
    const std::size_t index = m_fields.size();
    m_fields.push_back({edit, std::move(show), std::move(take), {}});
    // Not textEdited: what assistive technology sets counts as well.
    connect(edit, &QLineEdit::textChanged, this, [this, index] {
        if (!m_isShowing)
            takeField(index);
    });
    // Written out in full once it is left: 200 becomes 200/s.
    connect(edit, &QLineEdit::editingFinished, this, [this, index] { showField(m_fields[index]); });
    return line;
}

void ReplayForm::buildPace(QVBoxLayout &column)
{
    column.addWidget(new widgets::Label(m_theme, tr("Pace"), TextStyle::CaptionMedium, Role::Text2));
    column.addSpacing(6);
    m_pace = new widgets::SegmentedControl(m_theme, u"replayPace"_s, tr("Pace"));
    for (const QString &text : {tr("As recorded"), tr("Fixed rate"), tr("Parallel")})
        m_pace->addSegment(text);
    m_pace->setStretched(true);
    connect(m_pace, &widgets::SegmentedControl::chosen, this, &ReplayForm::choosePace);
    column.addWidget(m_pace);
    column.addSpacing(6);
    m_speedRow = addField(
        column, tr("Speed"), u"replaySpeed"_s, tr("Speed"), u"1x"_s,
        [](const Plan &plan) {
            return plan.pace.kind == PaceKind::Recorded ? factorText(plan.pace.factor) : QString();
        },
        [](const QString &text, Plan &plan) { return takePace(replay::parseSpeed(text), plan); });
    m_gapRow = addField(
        column, tr("No gap longer than"), u"replayMaxGap"_s, tr("No gap longer than"), tr("any"),
        [](const Plan &plan) { return plan.pace.maxGap ? base::durationText(*plan.pace.maxGap) : u""_s; },
        [](const QString &text, Plan &plan) -> Status {
            plan.pace.maxGap.reset();
            if (text.isEmpty())
                return {};
            const Result<Nanoseconds> gap = base::parseDuration(text);
            if (!gap)
                return tl::unexpected(gap.error());
            plan.pace.maxGap = *gap;
            return {};
        });
    const auto isRate = [](const Plan &plan) {
        return plan.pace.kind == PaceKind::Rate || plan.pace.kind == PaceKind::Ramp;
    };
    // Rate, its end and the time between make one pace together.
    const auto takeRate = [this](const QString &, Plan &plan) -> Status {
        const auto textOf = [this](const QString &name) { return findChild<QLineEdit *>(name)->text().trimmed(); };
        const QString end = textOf(u"replayRampTo"_s);
        const QString rate = textOf(u"replayRateField"_s);
        if (end.isEmpty())
            return takePace(replay::parseRate(rate), plan);
        const Result<Pace> from = replay::parseRate(rate);
        if (!from)
            return tl::unexpected(from.error());
        const Result<Pace> to = replay::parseRate(end);
        if (!to)
            return tl::unexpected(to.error());
        const QString over = textOf(u"replayRampOver"_s);
        const Result<Nanoseconds> time = base::parseDuration(over.isEmpty() ? u"60s"_s : over);
        if (!time)
            return tl::unexpected(time.error());
        plan.pace = Pace::ramp(from->rate, to->rate, *time);
        return {};
    };
    const auto rateText = [](double rate) -> QString { return QString::number(rate, 'g', 6) + u"/s"_s; };
    m_rateRow = addField(
        column, tr("Rate"), u"replayRateField"_s, tr("Rate"), u"200/s"_s,
        [=](const Plan &plan) { return isRate(plan) ? rateText(plan.pace.rate) : QString(); }, takeRate);
    m_rampRow = addField(
        column, tr("Rising to"), u"replayRampTo"_s, tr("Rising to"), tr("constant"),
        [=](const Plan &plan) {
            return plan.pace.kind == PaceKind::Ramp   ? rateText(plan.pace.rateEnd)
                   : plan.pace.kind == PaceKind::Rate ? u""_s
                                                      : QString();
        },
        takeRate);
    m_overRow = addField(
        column, tr("Over"), u"replayRampOver"_s, tr("Over"), u"60s"_s,
        [](const Plan &plan) {
            return plan.pace.kind == PaceKind::Ramp ? base::durationText(plan.pace.over) : QString();
        },
        takeRate);
    m_parallelRow = addField(
        column, tr("At once"), u"replayConcurrency"_s, tr("At once"), u"4"_s,
        [](const Plan &plan) {
            return plan.pace.kind == PaceKind::Closed ? QString::number(plan.pace.concurrency) : QString();
        },
        [](const QString &text, Plan &plan) { return takePace(replay::parseConcurrency(text), plan); });
    m_step = addCheck(column, tr("One by one, by Send next"), u"replayStepByStep"_s);
    connect(m_step, &QCheckBox::toggled, this, [this] { choosePace(2); });
}

QCheckBox *ReplayForm::addCheck(QVBoxLayout &column, const QString &text, const QString &objectName)
{
    auto *check = new QCheckBox(text);
    theme::setNames(check, objectName, text);
    theme::follow(m_theme, check, [this, check] { check->setMinimumHeight(m_theme.height(metrics::kListRowHeight)); });
    column.addWidget(check);
    return check;
}

void ReplayForm::buildLimits(QVBoxLayout &column)
{
    m_inFlightRow = addField(
        column, tr("At most in flight"), u"replayInFlightLimit"_s, tr("At most in flight"), u"1024"_s,
        [](const Plan &plan) { return QLocale().toString(plan.maxInFlight); },
        [](const QString &text, Plan &plan) -> Status {
            qint64 value = 0;
            const Status status = takeCount(text, 1, 1024, value);
            if (status)
                plan.maxInFlight = static_cast<int>(std::min<qint64>(value, 1'000'000));
            return status;
        });
    addField(
        column, tr("Stop after failures"), u"replayStopAfter"_s, tr("Stop after failures"), tr("never"),
        [](const Plan &plan) { return optionalCount(plan.stopAfter.failures); },
        [](const QString &text, Plan &plan) { return takeCount(text, 1, 0, plan.stopAfter.failures); });
    addField(
        column, tr("Give up after"), u"replayTimeout"_s, tr("Give up after"), tr("default"),
        [](const Plan &plan) { return plan.timeout ? base::durationText(*plan.timeout) : u""_s; },
        [](const QString &text, Plan &plan) -> Status {
            plan.timeout.reset();
            if (text.isEmpty())
                return {};
            const Result<std::chrono::milliseconds> timeout = base::parseMilliseconds(text);
            if (!timeout)
                return tl::unexpected(timeout.error());
            plan.timeout = *timeout;
            return {};
        });
    column.addSpacing(6);
    m_redact = addCheck(column, tr("Redact secrets in the new capture"), u"replayRedact"_s);
    connect(m_redact, &QCheckBox::toggled, &m_presenter, &ReplayPresenter::setRedacts);
    m_onlyDifferent = addCheck(column, tr("Only requests that differed before"), u"replayOnlyDifferent"_s);
    connect(m_onlyDifferent, &QCheckBox::toggled, this, [this](bool isOn) {
        replay::ReplayPlan plan = m_presenter.plan();
        plan.onlyDifferent = isOn;
        m_presenter.setPlan(plan);
    });
}

void ReplayForm::buildMore(QVBoxLayout &column)
{
    column.addSpacing(4);
    m_more = new QPushButton(tr("More"));
    m_more->setIcon(m_theme.icon(u"chevron-right"_s));
    theme::setKind(m_more, theme::ButtonKind::Ghost, theme::ButtonSize::Small);
    theme::setNames(m_more, u"replayMore"_s, tr("More"));
    m_moreRows = new QWidget;
    auto *rows = new QVBoxLayout(m_moreRows);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(0);
    connect(m_more, &QPushButton::clicked, this, [this] {
        const bool isOpen = m_moreRows->isHidden();
        m_moreRows->setVisible(isOpen);
        m_more->setIcon(m_theme.icon(isOpen ? u"chevron-down"_s : u"chevron-right"_s));
    });
    auto *line = new QHBoxLayout;
    line->setContentsMargins(0, 0, 0, 0);
    line->addWidget(m_more);
    line->addStretch(1);
    column.addLayout(line);
    addField(
        *rows, tr("At most requests"), u"replayLimit"_s, tr("At most requests"), tr("all"),
        [](const Plan &plan) { return optionalCount(plan.limit); },
        [](const QString &text, Plan &plan) { return takeCount(text, 1, 0, plan.limit); });
    addField(
        *rows, tr("Repeat"), u"replayRepeat"_s, tr("Repeat"), u"1"_s,
        [](const Plan &plan) { return QLocale().toString(plan.repeat); },
        [](const QString &text, Plan &plan) { return takeCount(text, 1, 1, plan.repeat); });
    addField(
        *rows, tr("Warm-up requests or time"), u"replayWarmup"_s, tr("Warm-up"), tr("none"),
        [](const Plan &plan) {
            return plan.warmup.isNone()    ? u""_s
                   : plan.warmup.count > 0 ? QString::number(plan.warmup.count)
                                           : base::durationText(plan.warmup.duration);
        },
        [](const QString &text, Plan &plan) -> Status {
            plan.warmup = {};
            if (text.isEmpty())
                return {};
            const Result<replay::Warmup> warmup = replay::parseWarmup(text);
            if (!warmup)
                return tl::unexpected(warmup.error());
            plan.warmup = *warmup;
            return {};
        });
    auto *keep = new QHBoxLayout;
    keep->addWidget(new widgets::Label(m_theme, tr("Keep the answers in"), TextStyle::Body, Role::Text2));
    keep->addStretch(1);
    m_output = new QPushButton;
    theme::setKind(m_output, theme::ButtonKind::Link, theme::ButtonSize::Small);
    theme::setNames(m_output, u"replayOutput"_s, tr("Keep the answers in"));
    connect(m_output, &QPushButton::clicked, this, &ReplayForm::chooseOutputAsked);
    keep->addWidget(m_output);
    rows->addLayout(keep);
    column.addWidget(m_moreRows);
    m_moreRows->hide();
}

QWidget *ReplayForm::buildFoot()
{
    auto *foot = new widgets::Surface(m_theme, Role::Window, Qt::TopEdge);
    auto *row = new QHBoxLayout(foot);
    row->setContentsMargins(kInset, 17, kInset, 16);
    row->setSpacing(12);
    m_hint = new widgets::Label(m_theme, {}, TextStyle::Caption, Role::Muted);
    m_hint->setObjectName(u"replayHint"_s);
    m_hint->setElideMode(Qt::ElideRight);
    row->addWidget(m_hint, 1);
    m_start = new QPushButton(tr("Start replay"));
    theme::setKind(m_start, theme::ButtonKind::Primary);
    theme::setNames(m_start, u"startReplay"_s, tr("Start replay"));
    connect(m_start, &QPushButton::clicked, this, &ReplayForm::startAsked);
    row->addWidget(m_start);
    return foot;
}

} // namespace parallax::ui
