// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/popupframe.h"

#include <QPointer>

class QListView;

namespace parallax::commands {
class CommandRegistry;
class PaletteModel;
} // namespace parallax::commands
namespace parallax::widgets {
class FilterField;
class Label;
} // namespace parallax::widgets

namespace parallax::shell {

/// Search or run a command (Ctrl+K): a field and a list over the dimmed window. Typing filters, arrows choose, Enter
/// runs, Esc closes and gives the focus back to where it was.
class CommandPalette : public widgets::PopupFrame
{
    Q_OBJECT

public:
    CommandPalette(const theme::Theme &theme, commands::CommandRegistry &registry, QWidget *window);

    /// For sources of entries beside the commands.
    [[nodiscard]] commands::PaletteModel &model() { return *m_model; }
    void open();
    void close();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void onTextChanged(const QString &text);
    void runCurrent(int row);
    void choose(int row);
    void place();
    bool onKey(int key);

    const theme::Theme &m_theme;
    commands::PaletteModel *m_model = nullptr;
    widgets::DimOverlay *m_dim = nullptr;
    widgets::FilterField *m_field = nullptr;
    widgets::Label *m_count = nullptr;
    QListView *m_list = nullptr;
    QPointer<QWidget> m_focusBefore;
};

} // namespace parallax::shell
