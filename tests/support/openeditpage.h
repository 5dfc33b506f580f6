// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/commands/catalogue.h"
#include "ui/commands/commandregistry.h"
#include "ui/edit/editpage.h"
#include "ui/theme/theme.h"

#include <memory>

namespace parallax::test {

/// The Edit page as it stands in a window of the design's size, with the commands of the desktop.
struct OpenEditPage
{
    explicit OpenEditPage(ui::EditPresenter &presenter)
        : theme(theme::Theme::Mode::Light)
        , registry(theme)
    {
        registry.addAll(commands::catalogue());
        page = std::make_unique<ui::EditPage>(theme, registry, presenter);
        page->resize(1376, 800);
        page->show();
        registry.refreshNow();
    }
    ui::EditPage *operator->() const { return page.get(); }

    theme::Theme theme;
    commands::CommandRegistry registry;
    std::unique_ptr<ui::EditPage> page;
};

} // namespace parallax::test
