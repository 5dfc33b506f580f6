// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "replay/replaysession.h"
#include "targets/secretstore.h"

#include <QObject>

#include <memory>

namespace parallax::ui {

/// One session of a replay and what it needs, together on a thread of their own with an event loop. When the thread
/// ends they end: a run that goes on is given up, what was answered is kept. Owned by that thread.
class ReplayWorker final : public QObject
{
    Q_OBJECT

public:
    using ComparisonPtr = std::shared_ptr<const compare::Comparison>;

    explicit ReplayWorker(replay::ReplaySession::Setup setup);

    /// As long as the thread runs.
    [[nodiscard]] replay::ReplaySession *session() { return &m_session; }
    /// compared() follows. On its own thread.
    void compare();

Q_SIGNALS:
    void compared(const parallax::ui::ReplayWorker::ComparisonPtr &comparison);

private:
    SystemClock m_clock;
    targets::EnvironmentSecretStore m_secrets;
    replay::ReplaySession m_session;
};

} // namespace parallax::ui
