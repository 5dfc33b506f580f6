// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/messagebar.h"

#include <functional>

namespace parallax::ui {

class EditPresenter;

/// The two questions an endpoint's text can raise by itself: another program changed the file while it was edited here
/// (keep mine, take theirs), or an earlier run ended before it was saved (restore, discard). Both show the difference
/// first, when asked. One question at a time, the selected endpoint's before others'. Decides nothing. GUI thread.
class DocumentBar final : public widgets::MessageBar
{
    Q_OBJECT

public:
    DocumentBar(const theme::Theme &theme, EditPresenter &presenter, QWidget *parent = nullptr);

    /// The selected one.
    void setEndpoint(const QString &name);

Q_SIGNALS:
    /// The user answered for this endpoint; it is what should be seen now.
    void answered(const QString &name);

private:
    void ask();
    void offer(QPushButton *button, const QString &name, const std::function<void()> &answer);
    void askConflict(const QString &name);
    void askRecovery(const QString &which);
    void showConflict(const QString &name);
    void showRecovery(const QString &which);

    const theme::Theme &m_theme;
    EditPresenter &m_presenter;
    QString m_current;
    QString m_asked; ///< what the bar says now, so that it is not said anew
};

} // namespace parallax::ui
