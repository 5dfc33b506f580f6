// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/findcommands.h"

#include "ui/commands/catalogue.h"
#include "ui/commands/commandregistry.h"
#include "ui/widgets/code/findbar.h"

#include <QApplication>
#include <QCoreApplication>

#include <algorithm>

namespace parallax::shell {

using widgets::FindBar;
using widgets::FindStep;
namespace ids = commands::ids;

namespace {

FindBar *barInUse(const QWidget &window)
{
    QWidget *focus = QApplication::focusWidget();
    if (focus != nullptr && focus->window() == &window) {
        FindBar *nearest = FindBar::around(focus);
        if (nearest != nullptr && nearest->canFind())
            return nearest;
    }
    QList<FindBar *> bars = window.findChildren<FindBar *>();
    bars.removeIf([&window](const FindBar *bar) { return bar->window() != &window || !bar->canFind(); });
    const auto open = std::find_if(bars.begin(), bars.end(), [](const FindBar *bar) { return bar->isOpen(); });
    return open != bars.end() ? *open : bars.value(0);
}

} // namespace

void bindFindCommands(commands::CommandRegistry &registry, QWidget &window)
{
    using commands::Availability;
    QWidget *root = &window;
    const auto hasText = [root] {
        return Availability::when(
            barInUse(*root) != nullptr,
            QCoreApplication::translate("parallax::shell::FindCommands", "No text is shown that could be searched"));
    };
    const auto bind = [&](QLatin1StringView id, const std::function<void(FindBar &)> &run) {
        registry.bind(
            id, root,
            [root, run] {
                if (FindBar *bar = barInUse(*root))
                    run(*bar);
            },
            hasText);
    };
    bind(ids::kFind, [](FindBar &bar) { bar.open(); });
    bind(ids::kFindNext, [](FindBar &bar) { bar.step(FindStep::Next); });
    bind(ids::kFindPrevious, [](FindBar &bar) { bar.step(FindStep::Previous); });
}

} // namespace parallax::shell
