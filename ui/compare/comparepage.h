// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/compare/comparepresenter.h"
#include "ui/models/fieldsmodel.h"
#include "ui/models/pairsmodel.h"

#include <QWidget>

class QStackedWidget;
class QGridLayout;
class QPushButton;
class QTableView;
class QToolButton;
class QVBoxLayout;

namespace parallax::commands {
class CommandRegistry;
}
namespace parallax::theme {
class Theme;
}
namespace parallax::widgets {
class CellDelegate;
class DiffView;
class EmptyState;
class IntervalBar;
class Label;
class LineChart;
class MessageBar;
class OutcomeBar;
class Pill;
class SegmentedControl;
class ToolRow;
} // namespace parallax::widgets

namespace parallax::ui {

class CompareRules;
class EarlierBar;
class RulesEditor;
class SideHead;

/// The Compare mode: verdict, outcomes and latency of one mirror, the fields that differ, the pairs, and two answers
/// beside each other. Decides nothing: it shows what the presenter read.
class ComparePage final : public QWidget
{
    Q_OBJECT

public:
    ComparePage(const theme::Theme &theme, commands::CommandRegistry &registry, ComparePresenter &presenter,
                RulesEditor &rules, QWidget *parent = nullptr);

Q_SIGNALS:
    /// What the capture holds shall be sent once more.
    void replayAsked(const QString &capture);
    /// The rules of the endpoint shall be edited as text.
    void rulesTextAsked(const QString &endpoint);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    /// What is selected again after the same capture was compared again.
    struct Kept
    {
        QString field;
        traffic::ExchangeId pair;
        int mirror = 0;
    };

    QWidget *buildTools();
    QWidget *buildPanels();
    QWidget *buildLists();
    QWidget *buildPair();
    QTableView *makeTable(QAbstractItemModel &model, const QString &objectName, const QString &name,
                          widgets::CellDelegate *delegate);
    void bindCommands();

    void onLoadingStarted();
    void onFailed(const Error &error);
    void onLoaded();
    void showRules(const ComparisonView &view);
    void selectKept();
    [[nodiscard]] QString allAgree(const compare::MirrorSummary &mirror, int rules) const;
    [[nodiscard]] std::optional<compare::FieldSummary> selectedField() const;
    void onSinceChosen();
    void chooseEarlierRun();
    void showEndpoints(const ComparisonView &view);
    void showMirror(int index);
    void showPanels(const compare::MirrorSummary &mirror);
    void filterPairs();
    void showPair(const PairViewPtr &pair);
    void showPart();
    void chooseReport();

    const theme::Theme &m_theme;
    commands::CommandRegistry &m_registry;
    ComparePresenter &m_presenter;
    CompareRules *const m_ruleCommands;
    Kept m_kept;
    int m_mirror = 0;
    FieldsModel m_fields;
    PairsModel m_pairs;
    PairViewPtr m_pair;

    QStackedWidget *m_stack = nullptr;
    widgets::EmptyState *m_empty = nullptr;
    QPushButton *m_file = nullptr;
    widgets::Label *m_source = nullptr;
    QToolButton *m_endpoint = nullptr; ///< shown when the capture has several
    widgets::Label *m_baseline = nullptr;
    QPushButton *m_rules = nullptr;
    QPushButton *m_again = nullptr;
    widgets::MessageBar *m_notice = nullptr;
    EarlierBar *m_earlier = nullptr;
    widgets::SegmentedControl *m_mirrors = nullptr;
    widgets::Label *m_rate = nullptr;
    widgets::Label *m_range = nullptr;
    widgets::Label *m_target = nullptr;
    widgets::Label *m_reason = nullptr;
    widgets::Pill *m_verdict = nullptr;
    widgets::IntervalBar *m_interval = nullptr;
    widgets::Label *m_total = nullptr;
    widgets::OutcomeBar *m_bar = nullptr;
    QGridLayout *m_outcomes = nullptr;
    QGridLayout *m_latency = nullptr;
    widgets::LineChart *m_chart = nullptr;
    QStackedWidget *m_fieldStack = nullptr;
    QTableView *m_fieldTable = nullptr;
    widgets::EmptyState *m_noFields = nullptr;
    QStackedWidget *m_pairStack = nullptr;
    QTableView *m_pairTable = nullptr;
    widgets::EmptyState *m_noPairs = nullptr;
    QPushButton *m_showAll = nullptr;
    QWidget *m_hiddenIcon = nullptr;
    widgets::Label *m_hidden = nullptr;
    widgets::Label *m_pairCount = nullptr;
    widgets::Label *m_pairField = nullptr;
    QToolButton *m_anyField = nullptr;
    widgets::SegmentedControl *m_show = nullptr;
    widgets::Label *m_pairHead = nullptr;
    widgets::Label *m_pairSummary = nullptr;
    widgets::SegmentedControl *m_part = nullptr;
    widgets::Label *m_position = nullptr;
    SideHead *m_leftHead = nullptr;
    SideHead *m_rightHead = nullptr;
    widgets::DiffView *m_diff = nullptr;
};

} // namespace parallax::ui
