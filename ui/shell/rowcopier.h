// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QPointer>

#include <memory>

class QAbstractItemView;
class QMimeData;
class QWidget;

namespace parallax::commands {
class CommandRegistry;
}

namespace parallax::shell {

/// The selected rows of a list or table, or its current one, as text with tabs and as an HTML table with the names of
/// its columns. Hidden columns stay out, and so do rows beyond kMostCopied. Null when there is nothing.
[[nodiscard]] std::unique_ptr<QMimeData> rowsAsMimeData(const QAbstractItemView &view);
inline constexpr int kMostCopied = 10'000;

/// Binds the command that copies rows: of the list or table of the window that has the focus, or had it before the menu
/// or the palette. GUI thread, owned by the window.
class RowCopier final : public QObject
{
    Q_OBJECT

public:
    /// `palette` takes the focus and gives it back.
    RowCopier(commands::CommandRegistry &registry, QWidget &window, const QWidget *palette);

private:
    void onFocus(QWidget *now);

    commands::CommandRegistry &m_registry;
    QWidget &m_window;
    const QWidget *m_palette;
    QPointer<QAbstractItemView> m_view;
};

} // namespace parallax::shell
