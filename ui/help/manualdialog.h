// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/theme.h"

#include <QDialog>
#include <QStringList>

class QListWidget;
class QTextBrowser;

namespace parallax::help {

/// The manual inside the program: its chapters, which are files of docs/manual in the resources, and the one chosen.
/// Stays open beside the window. GUI thread, owned by its parent.
class ManualDialog final : public QDialog
{
    Q_OBJECT

public:
    ManualDialog(const theme::Theme &theme, QString folder, QWidget *parent);

    /// By the name of its file without the ending: "edit". Unknown ones show the first.
    void showChapter(const QString &name);
    [[nodiscard]] QString chapter() const;
    /// In the order of the list.
    [[nodiscard]] static QStringList chapters();

private:
    void load();

    const QString m_folder;
    QListWidget *m_list = nullptr;
    QTextBrowser *m_text = nullptr;
};

} // namespace parallax::help
