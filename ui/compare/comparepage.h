// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/compare/comparepresenter.h"
#include "ui/models/fieldsmodel.h"
#include "ui/models/pairsmodel.h"

#include <QWidget>

class QStackedWidget;
class QTableView;
class QVBoxLayout;

namespace parallax::commands {
class CommandRegistry;
}
namespace parallax::theme {
class Theme;
}
namespace parallax::widgets {
class DiffView;
class EmptyState;
class IntervalBar;
class Label;
class LineChart;
class OutcomeBar;
class Pill;
class SegmentedControl;
class ToolRow;
} // namespace parallax::widgets

namespace parallax::ui {

/// The Compare mode: verdict, outcomes and latency of one mirror, the fields that differ, the pairs, and two answers
/// beside each other. Decides nothing: it shows what the presenter read.
class ComparePage final : public QWidget
{
    Q_OBJECT

public:
    ComparePage(const theme::Theme &theme, commands::CommandRegistry &registry, ComparePresenter &presenter,
                QWidget *parent = nullptr);

private:
    QWidget *buildTools();
    QWidget *buildPanels();
    QWidget *buildLists();
    QWidget *buildPair();
    QTableView *makeTable(QAbstractItemModel &model, const QString &objectName, const QString &name);
    void bindCommands();

    void onLoaded();
    void showMirror(int index);
    void showPanels(const compare::MirrorSummary &mirror);
    void showLatency(const compare::MirrorSummary &mirror);
    void filterPairs();
    void showPair(const PairViewPtr &pair);
    void chooseReport();

    const theme::Theme &m_theme;
    commands::CommandRegistry &m_registry;
    ComparePresenter &m_presenter;
    int m_mirror = 0;
    FieldsModel m_fields;
    PairsModel m_pairs;

    QStackedWidget *m_stack = nullptr;
    widgets::EmptyState *m_empty = nullptr;
    widgets::Label *m_source = nullptr;
    widgets::SegmentedControl *m_mirrors = nullptr;
    widgets::Label *m_rate = nullptr;
    widgets::Label *m_range = nullptr;
    widgets::Label *m_reason = nullptr;
    widgets::Pill *m_verdict = nullptr;
    widgets::IntervalBar *m_interval = nullptr;
    widgets::Label *m_total = nullptr;
    widgets::OutcomeBar *m_bar = nullptr;
    QVBoxLayout *m_outcomes = nullptr;
    QVBoxLayout *m_latency = nullptr;
    widgets::LineChart *m_chart = nullptr;
    QTableView *m_fieldTable = nullptr;
    QTableView *m_pairTable = nullptr;
    widgets::Label *m_pairTitle = nullptr;
    widgets::SegmentedControl *m_show = nullptr;
    widgets::Label *m_pairHead = nullptr;
    widgets::Label *m_position = nullptr;
    widgets::Label *m_leftHead = nullptr;
    widgets::Label *m_rightHead = nullptr;
    widgets::DiffView *m_diff = nullptr;
};

} // namespace parallax::ui
