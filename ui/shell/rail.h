// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/shell/mode.h"
#include "ui/widgets/surface.h"

#include <array>

class QAction;
class QToolButton;

namespace parallax::shell {

class RailButton;

/// The left rail: the four modes as radio buttons and the preferences at its foot. Knows nothing of pages.
class Rail : public widgets::Surface
{
    Q_OBJECT

public:
    explicit Rail(const theme::Theme &theme, QWidget *parent = nullptr);

    void setCurrent(Mode mode);
    /// No mode is chosen: the home screen shows.
    void clearCurrent();
    void setModeEnabled(Mode mode, bool isEnabled, const QString &reason = {});
    /// The only status dot of the program: on Live while the router runs.
    void setRouterRunning(bool isRunning);
    void setPreferencesAction(QAction *action);
    [[nodiscard]] static QString modeName(Mode mode);

Q_SIGNALS:
    void chosen(parallax::shell::Mode mode);

private:
    [[nodiscard]] RailButton *button(Mode mode) const { return m_buttons[static_cast<std::size_t>(mode)]; }

    [[nodiscard]] int tileWidth() const;

    const theme::Theme &m_theme;
    std::array<RailButton *, kModeCount> m_buttons{};
    QToolButton *m_preferences = nullptr;
};

} // namespace parallax::shell
