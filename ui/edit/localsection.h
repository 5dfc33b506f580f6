// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"
#include "endpoints/endpoint.h"
#include "endpoints/localsettings.h"

#include <QWidget>

class QFormLayout;
class QVBoxLayout;

namespace parallax::commands {
class CommandRegistry;
}
namespace parallax::theme {
class Theme;
}
namespace parallax::widgets {
class Label;
}

namespace parallax::ui {

/// Below the form, apart from what Modelbit's format holds: what only the local router honours (the file in
/// `.parallax/endpoints/`), and the settings of the endpoint's own file that this program does not know, which are
/// kept as they are. The second part shows only when there are some. GUI thread.
class LocalSection final : public QWidget
{
    Q_OBJECT

public:
    LocalSection(const theme::Theme &theme, commands::CommandRegistry &registry, QWidget *parent = nullptr);

    void setEndpoint(const endpoints::Endpoint &endpoint, const endpoints::LocalSettings &local);

Q_SIGNALS:
    /// The user wants to see this line of the YAML; from 1.
    void lineWanted(int line, int column);

private:
    void showUnknown(const QList<endpoints::UnknownSetting> &unknown);

    const theme::Theme &m_theme;
    widgets::Label *m_path = nullptr;
    widgets::Label *m_assignment = nullptr;
    widgets::Label *m_route = nullptr;
    widgets::Label *m_static = nullptr;
    QWidget *m_unknown = nullptr;
    QVBoxLayout *m_unknownRows = nullptr;
    QList<endpoints::UnknownSetting> m_shown;
};

} // namespace parallax::ui
