// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace parallax::commands {
class CommandRegistry;
}

namespace parallax::ui {

class LivePresenter;

/// What the menus do with the router in every mode: start and stop, pause the capture, clear the traffic, send samples.
/// Both outlive each other's use: the bindings end with the presenter.
void bindRouterCommands(commands::CommandRegistry &registry, LivePresenter &presenter);

} // namespace parallax::ui
