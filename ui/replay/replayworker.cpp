// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/replay/replayworker.h"

namespace parallax::ui {

ReplayWorker::ReplayWorker(replay::ReplaySession::Setup setup)
    : m_session(m_clock, m_secrets, std::move(setup), this)
{}

void ReplayWorker::compare()
{
    Q_EMIT compared(std::make_shared<const compare::Comparison>(m_session.comparison()));
}

} // namespace parallax::ui
