// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/replay/failuresmodel.h"
#include "ui/replay/replaypresenter.h"

#include <QWidget>

class QHBoxLayout;
class QPushButton;
class QStackedWidget;
class QTableView;
class QVBoxLayout;

namespace parallax::theme {
class Theme;
}
namespace parallax::widgets {
class EmptyState;
class Label;
class LineChart;
class MessageBar;
class PartsProgress;
class Spinner;
} // namespace parallax::widgets

namespace parallax::ui {

class AgreementBar;
class SumRow;

/// The right of the Replay mode: how the run goes, or how it went. Shows what the presenter read; asks for nothing by
/// itself but what its buttons say.
class RunView final : public QWidget
{
    Q_OBJECT

public:
    RunView(const theme::Theme &theme, ReplayPresenter &presenter, QWidget *parent = nullptr);

Q_SIGNALS:
    void chooseSourceAsked();
    void compareAsked(const QString &capture);
    /// What is under the pointer in a chart; empty when it left.
    void readOut(const QString &text);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void buildAll();
    QWidget *buildHead();
    QWidget *buildMessages();
    QWidget *buildFigures();
    QWidget *buildCharts();
    QWidget *buildFailures();
    void layOutSums();
    void layOutFailures(bool isCompact);
    QPushButton *addButton(QHBoxLayout &row, const QString &text, const QString &icon, const QString &objectName);

    void showPhase();
    void showFigures();
    void showMessages();
    void showLegend(QHBoxLayout &legend, const widgets::LineChart &chart, QString &shown);
    void showAgreement();
    [[nodiscard]] QString headline() const;

    const theme::Theme &m_theme;
    ReplayPresenter &m_presenter;
    FailuresModel m_failures;

    QStackedWidget *m_stack = nullptr;
    widgets::EmptyState *m_empty = nullptr;
    widgets::Label *m_title = nullptr;
    widgets::Label *m_started = nullptr;
    widgets::Spinner *m_spinner = nullptr;
    QPushButton *m_pause = nullptr;
    QPushButton *m_resume = nullptr;
    QPushButton *m_step = nullptr;
    QPushButton *m_stop = nullptr;
    QPushButton *m_different = nullptr;
    QVBoxLayout *m_messages = nullptr;
    QWidget *m_messageArea = nullptr;
    QStringList m_shownMessages;
    widgets::Label *m_percent = nullptr;
    widgets::Label *m_rate = nullptr;
    widgets::Label *m_lateness = nullptr;
    widgets::PartsProgress *m_progress = nullptr;
    QHBoxLayout *m_sums = nullptr;
    QWidget *m_sumsLine = nullptr;
    SumRow *m_planned = nullptr;
    SumRow *m_sent = nullptr;
    QWidget *m_charts = nullptr;
    widgets::LineChart *m_rateChart = nullptr;
    widgets::LineChart *m_latencyChart = nullptr;
    QHBoxLayout *m_rateLegend = nullptr;
    QHBoxLayout *m_latencyLegend = nullptr;
    QString m_rateLegendText;
    QString m_latencyLegendText;
    widgets::Label *m_failureCount = nullptr;
    QPushButton *m_retry = nullptr;
    QTableView *m_table = nullptr;
    widgets::Label *m_noFailures = nullptr;
    AgreementBar *m_agreement = nullptr;
};

} // namespace parallax::ui
