// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/live/exchangedetail.h"

#include <QTimer>
#include <QWidget>

class QStackedWidget;
class QTabBar;
class QToolButton;

namespace parallax::commands {
class CommandRegistry;
}
namespace parallax::theme {
class Theme;
}
namespace parallax::widgets {
class CodeView;
class DiffView;
class EmptyState;
class Label;
class MessageBar;
class PaneHeader;
class Pill;
class SegmentedControl;
} // namespace parallax::widgets

namespace parallax::ui {

class DetailSource;

/// One request, every answer to it, and two answers side by side: below the traffic table the row that is selected, in
/// the Edit mode what was tried.
class DetailPane final : public QWidget
{
    Q_OBJECT

public:
    DetailPane(const theme::Theme &theme, commands::CommandRegistry &registry, DetailSource &source,
               QWidget *parent = nullptr);

    /// What stands there while there is no exchange.
    void setEmptyText(const QString &text);
    /// Null empties it. The tab that was chosen stays chosen where there is one like it.
    void setExchange(const traffic::ExchangePtr &exchange);
    /// The primary answers to two requests side by side, until another exchange is set.
    void compareTwo(const traffic::ExchangePtr &left, const traffic::ExchangePtr &right);
    [[nodiscard]] bool isComparingTwo() const { return m_other != nullptr; }
    [[nodiscard]] const traffic::ExchangePtr &exchange() const { return m_exchange; }
    void nextDifference();
    void previousDifference();
    [[nodiscard]] int differenceCount() const;
    void setWrapped(bool isWrapped);
    [[nodiscard]] bool isWrapped() const { return m_isWrapped; }
    /// Gives the focus to what is shown.
    void takeFocus();
    /// A button for a command, before those of the pane.
    void addCommand(QLatin1StringView id, const QString &objectName, const QString &name);

Q_SIGNALS:
    /// The user is done with two requests.
    void twoClosed();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void buildHeader();
    void fitHeader();
    void buildTwo();
    void nameSides();
    void rebuildTabs();
    void updateTools();
    void ask();
    void request(const DetailView &view);
    void show(const ExchangeDetailPtr &detail);
    void copyShown();
    // detailpanebody.cpp
    void bindBodyCommands();
    void showSize();
    void saveBody();
    void writeBody(const QString &file);
    [[nodiscard]] QString bodyObstacle() const;
    [[nodiscard]] DetailView viewOfTab(int tab) const;
    [[nodiscard]] QStringList mirrorNames() const;

    const theme::Theme &m_theme;
    commands::CommandRegistry &m_registry;
    DetailSource &m_source;
    traffic::ExchangePtr m_exchange;
    traffic::ExchangePtr m_other; ///< beside it, while two are compared
    DetailView m_view{DetailView::Kind::Differences, {}};
    ExchangeDetailPtr m_detail;
    QString m_emptyText;
    QStringList m_tabsOf; ///< names the tabs were made for
    bool m_isWrapped = false;
    QTimer m_late; ///< runs while a view is being prepared

    QTabBar *m_tabs = nullptr;
    QWidget *m_two = nullptr; ///< in place of the tabs
    widgets::Label *m_twoTitle = nullptr;
    widgets::PaneHeader *m_header = nullptr;
    widgets::PaneHeader *m_toolRow = nullptr; ///< where the tools have no room beside the tabs
    QWidget *m_compareTools = nullptr;
    QWidget *m_tools = nullptr; ///< those that always stand at the end of the header
    widgets::MessageBar *m_size = nullptr;
    QToolButton *m_raw = nullptr;
    widgets::Label *m_baseline = nullptr;
    widgets::SegmentedControl *m_mirrors = nullptr;
    widgets::Label *m_position = nullptr;
    widgets::Pill *m_count = nullptr;
    QStackedWidget *m_stack = nullptr;
    widgets::EmptyState *m_empty = nullptr;
    widgets::CodeView *m_text = nullptr;
    widgets::DiffView *m_diff = nullptr;
};

} // namespace parallax::ui
