// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "endpoints/endpoint.h"
#include "ui/edit/editmodels.h"
#include "ui/widgets/popupframe.h"

class QListView;

namespace parallax::ui {

/// A split becomes an alias: asks which of its backends stays. Emits chosen() once. GUI thread; opened with openAt().
class KeepDialog final : public widgets::PopupDialog
{
    Q_OBJECT

public:
    KeepDialog(const theme::Theme &theme, const endpoints::Endpoint &endpoint, QWidget *parent);

Q_SIGNALS:
    void chosen(const QString &label);

private:
    void finish();

    NameListModel m_model;
    QListView *m_list = nullptr;
};

} // namespace parallax::ui
