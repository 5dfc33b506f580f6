// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/live/livevalues.h"

#include <QTimer>
#include <QWidget>

class QCheckBox;
class QLineEdit;
class QPushButton;
class QStackedWidget;
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
class EmptyState;
class FilterField;
class IconLabel;
class Label;
class MessageBar;
class PaneSplitter;
class SegmentedControl;
class Spinner;
class ToolRow;
} // namespace parallax::widgets

namespace parallax::ui {

class DetailPane;
class FiguresRow;
class LivePresenter;

/// The Live mode: the router with its address, its figures, the traffic table that follows the newest row unless the
/// user scrolled up, and the selected request with every answer. Decides nothing: it shows what the presenter has.
class LivePage final : public QWidget
{
    Q_OBJECT

public:
    LivePage(const theme::Theme &theme, commands::CommandRegistry &registry, LivePresenter &presenter,
             QWidget *parent = nullptr);

    [[nodiscard]] bool isFollowing() const { return m_isFollowing; }
    void setFollowing(bool isFollowing);

Q_SIGNALS:
    /// The user wants to see this capture in the Compare mode.
    void compareRequested(const QString &capture);
    /// The user wants these in a file; they are as they came, not redacted.
    void exportRequested(const std::vector<parallax::traffic::ExchangePtr> &exchanges);
    /// The user wants to send these again.
    void replayRequested(const std::vector<parallax::traffic::ExchangePtr> &exchanges);

protected:
    void resizeEvent(QResizeEvent *event) override;
    /// The table's viewport gets narrower when its scroll bar comes.
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    // livepagebuild.cpp
    QWidget *buildTools();
    void buildStoppedTools(widgets::ToolRow &tools);
    void buildRunningTools(widgets::ToolRow &tools);
    void buildCaptureTools(widgets::ToolRow &tools);
    QWidget *buildFilterRow();
    QWidget *buildTable();
    void buildEmptyStates();
    QToolButton *commandButton(QLatin1StringView id, const QString &objectName, const QString &name);

    void bindCommands();
    void connectPresenter();
    void onState();
    void onFailed(const Error &error);
    void onTraffic();
    void onSelected();
    void onScrolled(int value);
    void showFigures();
    void showNotices();
    void showApproval();
    void showCapture();
    void showStack();
    void showCounts();
    void applyFilter();
    void applyListen();
    void chooseCapture();
    void layOutColumns();
    [[nodiscard]] QString endpointInView() const;
    void bindSelectionCommands();
    void copyCurl();
    void compareSelected();
    void leaveTwo();
    [[nodiscard]] int selectedCount() const;
    [[nodiscard]] std::vector<traffic::ExchangePtr> selectedExchanges() const;
    [[nodiscard]] bool hasContent() const;

    const theme::Theme &m_theme;
    commands::CommandRegistry &m_registry;
    LivePresenter &m_presenter;
    bool m_isFollowing = true;
    bool m_isMoving = false; ///< the table scrolls by itself
    int m_lastScroll = 0;
    QTimer m_filterDelay;

    QPushButton *m_run = nullptr;
    widgets::Spinner *m_spinner = nullptr;
    QWidget *m_stoppedTools = nullptr;
    QLineEdit *m_listen = nullptr;
    QWidget *m_runningTools = nullptr;
    widgets::IconLabel *m_pulse = nullptr;
    widgets::Label *m_listening = nullptr;
    widgets::Label *m_address = nullptr;
    widgets::Label *m_uptime = nullptr;
    QToolButton *m_copyUrl = nullptr;
    QToolButton *m_copyCurl = nullptr;
    QToolButton *m_clear = nullptr;
    QCheckBox *m_capture = nullptr;
    QToolButton *m_chooseCapture = nullptr;
    QPushButton *m_compare = nullptr;

    QWidget *m_messages = nullptr;
    widgets::MessageBar *m_failure = nullptr;
    widgets::MessageBar *m_approval = nullptr;
    widgets::MessageBar *m_limit = nullptr;
    QList<widgets::MessageBar *> m_noticeBars;

    FiguresRow *m_figures = nullptr;
    QWidget *m_filterRow = nullptr;
    widgets::FilterField *m_filter = nullptr;
    widgets::SegmentedControl *m_show = nullptr;
    QCheckBox *m_follow = nullptr;

    QStackedWidget *m_stack = nullptr;
    widgets::EmptyState *m_stopped = nullptr;
    QPushButton *m_startHere = nullptr;
    widgets::EmptyState *m_loading = nullptr;
    QWidget *m_waiting = nullptr;
    widgets::Label *m_curl = nullptr;
    widgets::EmptyState *m_filtered = nullptr;
    widgets::PaneSplitter *m_splitter = nullptr;
    QStackedWidget *m_tableStack = nullptr;
    QTableView *m_table = nullptr;
    DetailPane *m_detail = nullptr;
};

} // namespace parallax::ui
