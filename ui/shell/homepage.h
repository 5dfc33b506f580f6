// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QList>
#include <QWidget>

class QPushButton;
class QVBoxLayout;

namespace parallax::commands {
class CommandRegistry;
}
namespace parallax::theme {
class Theme;
}

namespace parallax::shell {

/// A folder that was open before.
struct RecentFolder
{
    QString name;
    QString path;
    friend bool operator==(const RecentFolder &, const RecentFolder &) = default;
};

/// What shows while no folder is open: what the program is for, the example, and the folders opened before. Its buttons
/// run commands; it opens nothing itself.
class HomePage : public QWidget
{
    Q_OBJECT

public:
    HomePage(const theme::Theme &theme, commands::CommandRegistry &registry, QWidget *parent = nullptr);

    /// With recent folders they take the place of the example's steps.
    void setRecent(const QList<RecentFolder> &folders);
    void setStepsVisible(bool isVisible);
    [[nodiscard]] bool areStepsVisible() const { return m_areStepsVisible; }

Q_SIGNALS:
    void recentChosen(const QString &path);
    /// The user hid the steps; they stay hidden.
    void stepsHidden();

protected:
    void resizeEvent(QResizeEvent *event) override;
    void showEvent(QShowEvent *event) override;

private:
    QWidget *buildSteps();
    QPushButton *commandButton(const QString &id, const QString &text, const QString &objectName);
    void updateFoot();

    const theme::Theme &m_theme;
    commands::CommandRegistry &m_registry;
    QPushButton *m_example = nullptr;
    QWidget *m_drawing = nullptr;
    QWidget *m_steps = nullptr;
    QWidget *m_recent = nullptr;
    QVBoxLayout *m_recentColumn = nullptr;
    QVBoxLayout *m_column = nullptr;
    bool m_areStepsVisible = true;
    QList<RecentFolder> m_folders;
};

} // namespace parallax::shell
