// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/replay/replayform.h"

#include "replay/errors.h"
#include "ui/models/displaytext.h"
#include "ui/replay/replayparts.h"
#include "ui/theme/controls.h"
#include "ui/theme/theme.h"
#include "ui/widgets/label.h"
#include "ui/widgets/segmentedcontrol.h"
#include "ui/wording/wording.h"

#include <QCheckBox>
#include <QFileInfo>
#include <QLineEdit>
#include <QMenu>
#include <QPushButton>
#include <QSignalBlocker>
#include <QStackedWidget>

using namespace Qt::StringLiterals;
using parallax::theme::Role;

namespace parallax::ui {

namespace {

using replay::Pace;
using replay::PaceKind;

int segmentOf(PaceKind kind)
{
    switch (kind) {
    case PaceKind::Recorded:
        return 0;
    case PaceKind::Rate:
    case PaceKind::Ramp:
        return 1;
    case PaceKind::Closed:
    case PaceKind::Step:
        return 2;
    }
    Q_UNREACHABLE();
}

} // namespace

QString ReplayForm::fieldProblem() const
{
    for (const Field &field : m_fields) {
        if (!field.state && field.edit->isVisibleTo(this))
            return wording::text(field.state.error());
    }
    return {};
}

void ReplayForm::focusFilter()
{
    m_filterStack->setCurrentIndex(1);
    m_filter->setText(m_presenter.plan().filter);
    m_filter->setFocus(Qt::ShortcutFocusReason);
    m_filter->selectAll();
}

void ReplayForm::takeField(std::size_t index)
{
    Field &field = m_fields[index];
    replay::ReplayPlan plan = m_presenter.plan();
    field.state = field.take(field.edit->text().trimmed(), plan);
    theme::setInvalid(field.edit, !field.state);
    field.edit->setToolTip(field.state ? QString() : widgets::literalToolTip(wording::text(field.state.error())));
    if (field.state) {
        m_taken = &field;
        m_presenter.setPlan(plan);
        m_taken = nullptr;
    }
    showReadiness();
}

void ReplayForm::showField(Field &field)
{
    const QString text = field.show(m_presenter.plan());
    // What does not belong to the chosen pace keeps its text.
    if (!field.state || text.isNull())
        return;
    m_isShowing = true;
    field.edit->setText(text);
    m_isShowing = false;
}

void ReplayForm::choosePace(int index)
{
    replay::ReplayPlan plan = m_presenter.plan();
    const auto textOf = [this](const QString &name) { return findChild<QLineEdit *>(name)->text().trimmed(); };
    Result<Pace> pace = Pace::closed(replay::kDefaultConcurrency);
    if (index == 0)
        pace = replay::parseSpeed(textOf(u"replaySpeed"_s));
    else if (index == 1)
        pace = replay::parseRate(textOf(u"replayRateField"_s));
    else if (m_step->isChecked())
        pace = Pace::step();
    else
        pace = replay::parseConcurrency(textOf(u"replayConcurrency"_s));
    // A field that cannot be read gives way to the usual.
    plan.pace = pace         ? *pace
                : index == 0 ? Pace::recorded(1)
                : index == 1 ? Pace::fixedRate(10)
                             : Pace::closed(replay::kDefaultConcurrency);
    m_presenter.setPlan(plan);
    showPlan();
}

void ReplayForm::showPlan()
{
    const replay::ReplayPlan &plan = m_presenter.plan();
    m_pace->setCurrent(segmentOf(plan.pace.kind));
    for (Field &field : m_fields) {
        if (&field != m_taken && !field.edit->hasFocus())
            showField(field);
    }
    const QSignalBlocker step(m_step);
    m_step->setChecked(plan.pace.kind == PaceKind::Step);
    const QSignalBlocker different(m_onlyDifferent);
    m_onlyDifferent->setChecked(plan.onlyDifferent);
    const QSignalBlocker redact(m_redact);
    m_redact->setChecked(m_presenter.redacts());
    m_filterText->setText(plan.filter.isEmpty() ? tr("every request") : plan.filter);
    const Result<replay::Filter> filter = plan.parsedFilter();
    theme::setInvalid(m_filter, !filter);
    m_filterProblem->setText(filter ? QString() : wording::text(filter.error()));
    m_filterProblem->setVisible(!filter);
    const QString output = m_presenter.output();
    m_output->setText(output.isEmpty() ? tr("a new capture") : QFileInfo(output).fileName());
    showPaceRows();
    showReadiness();
}

void ReplayForm::showPaceRows()
{
    const Pace &pace = m_presenter.plan().pace;
    const int segment = segmentOf(pace.kind);
    m_speedRow->setVisible(segment == 0);
    m_gapRow->setVisible(segment == 0);
    m_rateRow->setVisible(segment == 1);
    m_rampRow->setVisible(segment == 1);
    m_overRow->setVisible(pace.kind == PaceKind::Ramp);
    m_parallelRow->setVisible(pace.kind == PaceKind::Closed);
    m_step->setVisible(segment == 2);
    m_inFlightRow->setVisible(pace.isScheduled());
}

void ReplayForm::showSource()
{
    const SourceInfo &source = m_presenter.source();
    const QFileInfo file(source.path);
    QString amount;
    if (m_presenter.isCounting())
        amount = tr("counting");
    else if (!source.path.isEmpty() && !source.error)
        amount = source.isWhole ? tr("%1 requests").arg(display::count(source.requests))
                                : tr("over %1 requests").arg(display::count(source.requests));
    m_source->setSource(file.completeBaseName(), amount);
    m_source->setToolTip(source.path.isEmpty() ? QString() : widgets::literalToolTip(source.path));
    m_sourceProblem->setText(source.error ? wording::text(*source.error) : QString());
    m_sourceProblem->setVisible(source.error.has_value());
    showReadiness();
}

void ReplayForm::showReadiness()
{
    const bool isActive = m_presenter.isActive();
    m_presenter.setFormProblem(fieldProblem());
    const QString reason = m_presenter.obstacle();
    m_start->setEnabled(!isActive && reason.isEmpty());
    m_start->setToolTip(reason.isEmpty() ? QString() : widgets::literalToolTip(reason));
    m_hint->setText(isActive ? tr("Changes apply to the next run.") : reason);
    Q_EMIT readinessChanged();
}

void ReplayForm::openSourceMenu()
{
    if (m_presenter.sources().isEmpty()) {
        Q_EMIT chooseSourceAsked();
        return;
    }
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const QString &path : m_presenter.sources()) {
        QAction *action =
            menu->addAction(m_theme.icon(u"capture"_s), display::withoutMnemonic(QFileInfo(path).completeBaseName()));
        connect(action, &QAction::triggered, this, [this, path] { m_presenter.setSource(path); });
    }
    menu->addSeparator();
    connect(menu->addAction(m_theme.icon(u"folder"_s), tr("Choose file…")), &QAction::triggered, this,
            &ReplayForm::chooseSourceAsked);
    menu->setMinimumWidth(m_source->width());
    menu->popup(m_source->mapToGlobal(QPoint(0, m_source->height() + 2)));
}

QMenu *ReplayForm::makePresets()
{
    auto *menu = new QMenu(m_presets);
    const auto preset = [&](const QString &text, const Pace &pace) {
        connect(menu->addAction(text), &QAction::triggered, this, [this, pace] {
            replay::ReplayPlan plan = m_presenter.plan();
            plan.pace = pace;
            m_presenter.setPlan(plan);
        });
    };
    preset(tr("Compare answers: 4 at once"), Pace::closed(replay::kDefaultConcurrency));
    preset(tr("As it was: recorded gaps"), Pace::recorded(1));
    preset(tr("Load: 50 requests a second"), Pace::fixedRate(50));
    preset(tr("Find the limit: 10 to 500 a second"), Pace::ramp(10, 500, std::chrono::seconds(60)));
    preset(tr("One by one"), Pace::step());
    menu->addSeparator();
    connect(menu->addAction(tr("Plan of an earlier run…")), &QAction::triggered, this, &ReplayForm::repeatRunAsked);
    return menu;
}

} // namespace parallax::ui
