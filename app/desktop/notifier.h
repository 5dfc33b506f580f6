// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/taskqueue.h"

#include <QElapsedTimer>
#include <QObject>

#include <functional>

namespace parallax::desktop {

/// Tells the user by a message of the desktop (org.freedesktop.Notifications) that a long run has ended, if the window
/// is not in front; its entry in the task bar asks for attention too, which also reaches who has no such service. The
/// bus is called on a thread of its own. GUI thread; owned by the composition root.
class Notifier final : public QObject
{
    Q_OBJECT

public:
    struct Rules
    {
        bool isOn = true;
        std::chrono::milliseconds after{10'000}; ///< a run that took less ends without a message
    };

    explicit Notifier(QObject *parent = nullptr);

    void setRules(const Rules &rules) { m_rules = rules; }
    void runBegan();
    /// Tells it when the rules say so; `isActive` is the window's.
    void runEnded(const QString &title, const QString &text, bool isActive);

Q_SIGNALS:
    /// The user is told.
    void told(const QString &title, const QString &text);

private:
    Rules m_rules;
    QElapsedTimer m_run;
    base::TaskQueue m_bus{this, base::TaskQueue::AtEnd::Drop};
};

} // namespace parallax::desktop
