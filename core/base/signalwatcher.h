// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

class QSocketNotifier;

namespace parallax::base {

/// Turns SIGINT, SIGTERM and SIGHUP into Qt signals (a pipe written by the handler). One per process; main thread.
/// A second SIGINT while the first is being obeyed ends the process at once, as the user means it.
class SignalWatcher final : public QObject
{
    Q_OBJECT

public:
    explicit SignalWatcher(QObject *parent = nullptr);
    ~SignalWatcher() override;

Q_SIGNALS:
    void stopRequested();
    void reloadRequested();

private:
    void onReadable();

    int m_readEnd = -1;
    QSocketNotifier *m_notifier = nullptr;
};

} // namespace parallax::base
