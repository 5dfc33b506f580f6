// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compare/comparepage.h"

#include "ui/commands/catalogue.h"
#include "ui/commands/commandregistry.h"
#include "ui/compare/comparepanels.h"
#include "ui/compare/comparerules.h"
#include "ui/compare/earlierbar.h"
#include "ui/compare/ruleseditor.h"
#include "ui/compare/sidehead.h"
#include "ui/models/displaytext.h"
#include "ui/theme/theme.h"
#include "ui/widgets/charts/intervalbar.h"
#include "ui/widgets/charts/linechart.h"
#include "ui/widgets/code/diffview.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/identity.h"
#include "ui/widgets/label.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/pill.h"
#include "ui/widgets/segmentedcontrol.h"
#include "ui/wording/wording.h"

#include <QFileDialog>
#include <QFileInfo>
#include <QMenu>
#include <QPushButton>
#include <QResizeEvent>
#include <QStackedWidget>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

#include <cmath>

using namespace Qt::StringLiterals;
namespace ids = parallax::commands::ids;

namespace parallax::ui {

namespace {

/// Below this width the latency panel shows its figures alone.
constexpr int kChartBreakpoint = 1060;

widgets::PillKind pillKind(compare::Verdict verdict)
{
    switch (verdict) {
    case compare::Verdict::Equivalent:
        return widgets::PillKind::Ok;
    case compare::Verdict::Different:
        return widgets::PillKind::Different;
    case compare::Verdict::Inconclusive:
        return widgets::PillKind::Warning;
    }
    Q_UNREACHABLE();
}

widgets::IntervalTone tone(compare::Verdict verdict)
{
    return verdict == compare::Verdict::Equivalent  ? widgets::IntervalTone::Holds
           : verdict == compare::Verdict::Different ? widgets::IntervalTone::Fails
                                                    : widgets::IntervalTone::Open;
}

/// `run.parallax: It is no capture`.
QString withFile(const Error &error)
{
    const QString file = QFileInfo(error.where.file).fileName();
    return file.isEmpty() ? wording::text(error) : file + u": "_s + wording::text(error);
}

} // namespace

ComparePage::ComparePage(const theme::Theme &theme, commands::CommandRegistry &registry, ComparePresenter &presenter,
                         RulesEditor &rules, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_registry(registry)
    , m_presenter(presenter)
    , m_ruleCommands(new CompareRules(theme, registry, presenter, rules,
                                      {[this] { return selectedField(); }, [this] { return m_mirror; }}, *this))
{
    setObjectName(u"comparePage"_s);
    m_stack = new QStackedWidget;
    m_empty = new widgets::EmptyState(theme, u"compareEmpty"_s,
                                      tr("Open a capture to compare the primary with its mirrors."));
    auto *content = new QWidget;
    auto *column = new QVBoxLayout(content);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(buildTools());
    m_notice = new widgets::MessageBar(theme, u"compareBar"_s);
    column->addWidget(m_notice);
    m_earlier = new EarlierBar(theme);
    m_earlier->hide();
    connect(m_earlier, &EarlierBar::chosenChanged, this, &ComparePage::onSinceChosen);
    connect(m_earlier, &EarlierBar::dismissed, this, [this] { m_presenter.setEarlierRun({}); });
    column->addWidget(m_earlier);
    column->addWidget(buildPanels());
    auto *row = new QHBoxLayout;
    row->setSpacing(0);
    row->addWidget(buildLists());
    row->addWidget(buildPair(), 1);
    column->addLayout(row, 1);
    m_stack->addWidget(m_empty);
    m_stack->addWidget(content);
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->addWidget(m_stack);
    bindCommands();

    connect(m_empty->addButton(tr("Open a capture"), u"compareOpen"_s, u"capture"_s), &QPushButton::clicked, this,
            [this] { m_registry.run(ids::kImportTraffic); });
    connect(m_empty->addLink(tr("Replay traffic"), u"compareReplay"_s), &QPushButton::clicked, this,
            [this] { m_registry.run(ids::kModeReplay); });
    connect(&presenter, &ComparePresenter::loadingStarted, this, &ComparePage::onLoadingStarted);
    connect(&presenter, &ComparePresenter::loaded, this, &ComparePage::onLoaded);
    connect(&presenter, &ComparePresenter::pairReady, this, &ComparePage::showPair);
    connect(&presenter, &ComparePresenter::failed, this, &ComparePage::onFailed);
    connect(&rules, &RulesEditor::failed, this, &ComparePage::onFailed);
    connect(m_ruleCommands, &CompareRules::textAsked, this, &ComparePage::rulesTextAsked);
    if (presenter.view())
        onLoaded();
}

void ComparePage::bindCommands()
{
    using commands::Availability;
    const auto hasPair = [this] {
        return Availability::when(m_diff->differenceCount() > 0, tr("No differences are shown"));
    };
    m_registry.bind(
        ids::kNextDifference, this, [this] { m_diff->nextDifference(); }, hasPair);
    m_registry.bind(
        ids::kPreviousDifference, this, [this] { m_diff->previousDifference(); }, hasPair);
    const auto hasView = [this] { return Availability::when(m_presenter.view() != nullptr, tr("No capture is open")); };
    m_registry.bind(
        ids::kExportReport, this, [this] { chooseReport(); }, hasView);
    m_registry.bind(
        ids::kCompareEarlier, this, [this] { chooseEarlierRun(); }, hasView);
    m_registry.bind(
        ids::kReplayAgain, this, [this] { Q_EMIT replayAsked(m_presenter.view()->path); }, hasView);
}

void ComparePage::showEndpoints(const ComparisonView &view)
{
    const QString requests = display::count(view.comparison.requests);
    const bool hasChoice = view.endpoints.size() > 1;
    m_source->setText(hasChoice ? tr("%1 requests").arg(requests)
                                : tr("%1, %2 requests").arg(view.comparison.endpoint, requests));
    m_endpoint->setVisible(hasChoice);
    m_endpoint->setText(display::withoutMnemonic(view.comparison.endpoint));
    QMenu *menu = m_endpoint->menu();
    menu->clear();
    for (const QString &endpoint : view.endpoints) {
        QAction *action = menu->addAction(display::withoutMnemonic(endpoint));
        action->setCheckable(true);
        action->setChecked(endpoint == view.comparison.endpoint);
        connect(action, &QAction::triggered, this, [this, endpoint] { m_presenter.showEndpoint(endpoint); });
    }
}

void ComparePage::onLoadingStarted()
{
    m_notice->clear();
    m_kept = {};
    if (m_presenter.view() && m_presenter.isSameCapture()) {
        // It stays in sight while it is compared again, and what was selected is selected after it.
        m_kept.field = m_fieldTable->currentIndex().siblingAtColumn(0).data(FieldsModel::PathRole).toString();
        const QModelIndex pair = m_pairTable->currentIndex();
        m_kept.pair = pair.isValid() ? m_pairs.pairAt(pair.row()).id : traffic::ExchangeId();
        m_kept.mirror = m_mirror;
        m_source->setText(tr("Comparing again"));
        return;
    }
    m_stack->setCurrentIndex(0);
    m_empty->setSentence(tr("Reading and comparing the capture"));
}

void ComparePage::onFailed(const Error &error)
{
    m_empty->setSentence(withFile(error));
    m_notice->showMessage(widgets::MessageBar::Kind::Error, withFile(error));
}

void ComparePage::onLoaded()
{
    const ComparisonViewPtr &view = m_presenter.view();
    if (!view)
        return;
    if (view->comparison.mirrors.empty()) {
        m_stack->setCurrentIndex(0);
        m_empty->setSentence(tr("No mirror answered any request of %1, so there is nothing to compare.")
                                 .arg(QFileInfo(view->path).fileName()));
        return;
    }
    m_stack->setCurrentIndex(1);
    m_file->setText(QFileInfo(view->path).completeBaseName());
    showEndpoints(*view);
    m_baseline->setText(view->comparison.primary);
    showRules(*view);
    m_mirrors->clear();
    for (std::size_t i = 0; i < view->comparison.mirrors.size(); ++i)
        m_mirrors->addSegment(view->comparison.mirrors[i].name, widgets::identityIcon(m_theme, static_cast<int>(i)));
    const int mirror = m_kept.mirror < m_mirrors->count() ? m_kept.mirror : 0;
    m_mirrors->setCurrent(mirror);
    showMirror(mirror);
    m_registry.refresh();
}

void ComparePage::showRules(const ComparisonView &view)
{
    const qsizetype rules = static_cast<qsizetype>(view.fileRules.rules.size());
    m_rules->setText(view.rulesProblem             ? tr("Rules have errors")
                     : rules == 0                  ? tr("No rules")
                     : !m_presenter.appliesRules() ? tr("Rules are off")
                     : rules == 1                  ? tr("1 rule")
                                                   : tr("%1 rules").arg(rules));
    if (view.rulesProblem)
        m_notice->showMessage(widgets::MessageBar::Kind::Error,
                              tr("No rule is applied: %1").arg(wording::text(*view.rulesProblem)));
    else if (!m_presenter.appliesRules())
        m_notice->showMessage(widgets::MessageBar::Kind::Info,
                              tr("Compared without the rules, to see what they hide."));
    else if (view.earlierProblem)
        m_notice->showMessage(widgets::MessageBar::Kind::Error, withFile(*view.earlierProblem));
    if (!m_presenter.appliesRules())
        connect(m_notice->addButton(tr("Apply rules"), u"applyRulesAgain"_s, true), &QPushButton::clicked, this,
                [this] { m_registry.run(ids::kApplyRules); });
}

void ComparePage::showMirror(int index)
{
    m_mirror = index;
    const ComparisonViewPtr &view = m_presenter.view();
    const compare::MirrorSummary &mirror = view->comparison.mirrors[static_cast<std::size_t>(index)];
    showPanels(mirror);
    fillLatency(*m_latency, m_theme, view->comparison.primary, mirror, index);
    m_chart->setChart(latencyChart(view->comparison.primary, mirror, index));
    qint64 hidden = 0;
    for (const compare::RuleSummary &rule : mirror.rules)
        hidden += rule.hides;
    const int rules = static_cast<int>(view->rules.rules.size());
    m_hidden->setVisible(hidden > 0);
    m_hiddenIcon->setVisible(hidden > 0);
    const QString hiddenPairs = display::count(mirror.outcomes[traffic::Outcome::EqualByRule]);
    m_hidden->setText(rules == 1 ? tr("%1 hidden by 1 rule").arg(hiddenPairs)
                                 : tr("%1 hidden by %2 rules").arg(hiddenPairs).arg(rules));
    m_noFields->setSentence(allAgree(mirror, rules));
    m_fieldStack->setCurrentIndex(mirror.fields.empty() ? 1 : 0);
    m_earlier->setVisible(view->sinceEarlier.has_value());
    if (view->sinceEarlier)
        m_earlier->setChange(QFileInfo(m_presenter.earlierRun()).completeBaseName(), *view->sinceEarlier, mirror.name);
    m_fields.setFields(mirror.fields);
    m_pairs.setPairs(view->pairs[static_cast<std::size_t>(index)]);
    filterPairs();
    selectKept();
}

QString ComparePage::allAgree(const compare::MirrorSummary &mirror, int rules) const
{
    const QString pairs = display::count(mirror.outcomes.agreeing());
    const QString all = display::count(mirror.outcomes.total());
    return rules == 0   ? tr("%1 of %2 pairs agree, without a rule.").arg(pairs, all)
           : rules == 1 ? tr("%1 of %2 pairs agree under 1 rule.").arg(pairs, all)
                        : tr("%1 of %2 pairs agree under %3 rules.").arg(pairs, all).arg(rules);
}

void ComparePage::selectKept()
{
    const Kept kept = std::exchange(m_kept, {});
    for (int row = 0; !kept.field.isEmpty() && row < m_fields.rowCount(); ++row) {
        if (m_fields.index(row, 0).data(FieldsModel::PathRole).toString() == kept.field) {
            m_fieldTable->selectRow(row);
            break;
        }
    }
    if (m_pairs.rowCount() > 0)
        m_pairTable->selectRow(qMax(0, m_pairs.rowOf(kept.pair)));
}

std::optional<compare::FieldSummary> ComparePage::selectedField() const
{
    const QModelIndex current = m_fieldTable == nullptr ? QModelIndex() : m_fieldTable->currentIndex();
    if (!current.isValid())
        return std::nullopt;
    return m_fields.fields()[static_cast<std::size_t>(current.row())];
}

void ComparePage::onSinceChosen()
{
    // What is fixed agrees now, so that no other filter may stand in the way.
    if (m_earlier->chosen()) {
        m_show->setCurrent(static_cast<int>(PairsModel::Show::All));
        m_fieldTable->setCurrentIndex({});
    }
    filterPairs();
}

void ComparePage::chooseEarlierRun()
{
    auto *dialog = new QFileDialog(window(), tr("Compare with an earlier run"),
                                   QFileInfo(m_presenter.view()->path).absolutePath(), tr("Captures (*.parallax)"));
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QFileDialog::fileSelected, &m_presenter, &ComparePresenter::setEarlierRun);
    dialog->open();
}

void ComparePage::showPanels(const compare::MirrorSummary &mirror)
{
    m_rate->setText(display::percent(mirror.agreement.rate));
    const bool isDifferent = mirror.verdict == compare::Verdict::Different;
    m_verdict->setPill({display::verdictName(mirror.verdict), pillKind(mirror.verdict),
                        isDifferent ? u"out-different"_s : QString(), false});
    m_target->setText(tr("asked %1").arg(display::percent(m_presenter.view()->comparison.target)));
    m_range->setText(tr("%1 to %2, from %3 distinct requests")
                         .arg(display::percent(mirror.agreement.low), display::percent(mirror.agreement.high),
                              display::count(mirror.distinctRequests)));
    if (std::isfinite(mirror.agreement.low))
        m_interval->setInterval({mirror.agreement.low, mirror.agreement.high, mirror.agreement.rate,
                                 m_presenter.view()->comparison.target, tone(mirror.verdict)});
    m_reason->setText(mirror.reasons.empty() ? QString() : wording::text(mirror.reasons.front()));
    m_total->setText(display::count(mirror.outcomes.total()));
    fillOutcomes(*m_outcomes, *m_bar, m_theme, mirror);
}

void ComparePage::filterPairs()
{
    const QModelIndex field = m_fieldTable->currentIndex();
    const QString pattern =
        field.isValid() ? field.siblingAtColumn(0).data(FieldsModel::PathRole).toString() : QString();
    const auto show = static_cast<PairsModel::Show>(m_show->current());
    m_pairs.setFilter(show, pattern, m_earlier->isHidden() ? std::nullopt : m_earlier->chosen());
    m_pairCount->setText(pattern.isEmpty() ? display::count(m_pairs.rowCount())
                                           : tr("%1 with").arg(display::count(m_pairs.rowCount())));
    m_pairField->setText(pattern);
    m_anyField->setVisible(field.isValid());
    m_pairStack->setCurrentIndex(m_pairs.rowCount() > 0 ? 0 : 1);
    m_noPairs->setSentence(show == PairsModel::Show::Errors ? tr("No pair failed.") : tr("No pair is like that."));
    m_showAll->setVisible(m_pairs.total() > 0);
    if (m_pairs.rowCount() > 0 && !m_pairTable->currentIndex().isValid())
        m_pairTable->selectRow(0);
}

void ComparePage::showPair(const PairViewPtr &pair)
{
    m_pair = pair;
    m_pairHead->setText(tr("Pair #%1").arg(pair->id.value));
    m_pairSummary->setText(QStringList{pair->summary, pair->time}.join(u"  "_s).trimmed());
    m_leftHead->setSide(pair->left, widgets::kPrimary);
    m_rightHead->setSide(pair->right, m_mirror);
    showPart();
}

void ComparePage::showPart()
{
    if (!m_pair)
        return;
    const std::array parts{m_pair->body, m_pair->headers, m_pair->request};
    m_diff->setDocument(parts[static_cast<std::size_t>(m_part->current())]);
    m_registry.refresh();
}

void ComparePage::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    // The figures come before the picture of them.
    const bool isWide = event->size().width() >= m_theme.width(kChartBreakpoint);
    m_chart->setVisible(isWide);
    m_again->setVisible(isWide); // it is in the menu too
}

void ComparePage::chooseReport()
{
    auto *dialog = new QFileDialog(window(), tr("Export report"), {}, tr("Reports (*.html *.md *.json *.xml)"));
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(u"html"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QFileDialog::fileSelected, &m_presenter, &ComparePresenter::exportReport);
    dialog->open();
}

} // namespace parallax::ui
