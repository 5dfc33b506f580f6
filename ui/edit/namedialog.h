// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/popupframe.h"

#include <QStringList>

class QLineEdit;
class QPushButton;

namespace parallax::widgets {
class Label;
}

namespace parallax::ui {

/// Asks for another name for an endpoint, or for the name of its duplicate, and says while one types why a name cannot
/// be taken. Emits wanted() once. GUI thread; opened with openAt().
class NameDialog final : public widgets::PopupDialog
{
    Q_OBJECT

public:
    enum class Purpose { Rename, Duplicate };

    NameDialog(const theme::Theme &theme, Purpose purpose, const QString &name, const QStringList &taken,
               QWidget *parent);

Q_SIGNALS:
    void wanted(const QString &name);

private:
    void check();
    void finish();

    Purpose m_purpose;
    QString m_old;
    QStringList m_taken;
    QLineEdit *m_name = nullptr;
    widgets::Label *m_says = nullptr;
    QPushButton *m_done = nullptr;
};

} // namespace parallax::ui
