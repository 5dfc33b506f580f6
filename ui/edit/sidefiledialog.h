// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"

#include <QDialog>
#include <QPointer>

#include <functional>
#include <optional>

class QPushButton;

namespace parallax::theme {
class Theme;
}
namespace parallax::widgets {
class CodeView;
class Label;
class MessageBar;
} // namespace parallax::widgets

namespace parallax::ui {

class EditPresenter;

/// A file of `.parallax/` as text: the targets of this project, or the local settings of an endpoint. What is wrong is
/// underlined and said while one types; saving is refused while the file has errors, and when it changed outside. When
/// its folder is closed it closes too, unless something was written: that can still be copied.
/// Window modal, opened with open(), deletes itself. GUI thread.
class SideFileDialog final : public QDialog
{
    Q_OBJECT

public:
    struct File
    {
        QString path; ///< from the root
        QString title;
        QString explanation;
        QByteArray proposal; ///< shown when there is no such file yet
        std::function<QList<Finding>(const QByteArray &)> check;
    };

    SideFileDialog(const theme::Theme &theme, EditPresenter &presenter, File file, QWidget *parent);

Q_SIGNALS:
    void saved();

private:
    void build();
    void take(const std::optional<QByteArray> &bytes);
    void check();
    void save();
    void onFolderClosed();
    [[nodiscard]] QByteArray bytes() const;

    const theme::Theme &m_theme;
    QPointer<EditPresenter> m_presenter;
    File m_file;
    std::optional<QByteArray> m_onDisk;
    bool m_isRead = false;
    bool m_isText = true;     ///< else it is only shown
    bool m_isWritten = false; ///< by the user
    widgets::MessageBar *m_bar = nullptr;
    widgets::CodeView *m_text = nullptr;
    widgets::Label *m_says = nullptr;
    QPushButton *m_save = nullptr;
};

} // namespace parallax::ui
