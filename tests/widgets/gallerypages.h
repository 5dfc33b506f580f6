// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <memory>

class QWidget;

namespace parallax::commands {
class CommandRegistry;
}
namespace parallax::theme {
class Theme;
}

namespace parallax::gallery {

/// One page of the gallery as a window at the upper left of the screen.
class Page
{
public:
    Page(theme::Theme &theme, const QString &name);
    ~Page();

    void show(int width, int height);

private:
    std::unique_ptr<commands::CommandRegistry> m_registry;
    std::unique_ptr<QWidget> m_window;
    QString m_name;
};

/// Every component in every state, laid out as in components-light.png.
[[nodiscard]] QWidget *componentsPage(theme::Theme &theme);
/// The large widgets in the place of the modes that use them.
[[nodiscard]] QWidget *comparePage(theme::Theme &theme);
[[nodiscard]] QWidget *editPage(theme::Theme &theme);

} // namespace parallax::gallery
