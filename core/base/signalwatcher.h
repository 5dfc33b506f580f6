// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

class QSocketNotifier;

namespace parallax::base {

/// Turns SIGINT, SIGTERM and SIGHUP into Qt signals (a pipe written by the handler). One per process; main thread.
/// After `interruptsObeyed` of them, a further SIGINT ends the process at once, as the user means it.
class SignalWatcher final : public QObject
{
    Q_OBJECT

public:
    explicit SignalWatcher(int interruptsObeyed = 1, QObject *parent = nullptr);
    ~SignalWatcher() override;

    /// From now on SIGTSTP (Ctrl+Z) is told instead of obeyed: who hears of it calls suspend() when it is ready to be
    /// stopped, and resumed() follows when the shell lets the process go on.
    void watchSuspension();
    /// Stops the process as Ctrl+Z would have.
    void suspend();

Q_SIGNALS:
    void stopRequested();
    void suspendRequested();
    void resumed();
    void reloadRequested();

private:
    void onReadable();

    int m_readEnd = -1;
    QSocketNotifier *m_notifier = nullptr;
};

} // namespace parallax::base
