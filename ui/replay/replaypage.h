// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/replay/replaypresenter.h"

#include <QWidget>

namespace parallax::commands {
class CommandRegistry;
}
namespace parallax::theme {
class Theme;
}

namespace parallax::ui {

class ReplayForm;
class RunView;

/// The Replay mode: the plan of the next run beside the run that goes on. Asks for files and for leave to send beyond
/// this machine, binds the commands, takes files that are dropped on it as the source.
class ReplayPage final : public QWidget
{
    Q_OBJECT

public:
    ReplayPage(const theme::Theme &theme, commands::CommandRegistry &registry, ReplayPresenter &presenter,
               QWidget *parent = nullptr);

    void chooseSource();

Q_SIGNALS:
    void compareAsked(const QString &capture);
    void readOut(const QString &text);

protected:
    void dragEnterEvent(QDragEnterEvent *event) override;
    void dropEvent(QDropEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    void bindCommands();
    void chooseRun();
    void chooseOutput();
    void askForHosts(const QStringList &hosts, qint64 count);

    commands::CommandRegistry &m_registry;
    ReplayPresenter &m_presenter;
    ReplayForm *m_form = nullptr;
    RunView *m_run = nullptr;
};

} // namespace parallax::ui
