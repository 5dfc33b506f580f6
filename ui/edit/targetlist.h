// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/edit/targetcheck.h"

#include <QWidget>

class QVBoxLayout;

namespace parallax::theme {
class Theme;
}

namespace parallax::ui {

/// Local targets: a row for each backend and mirror with where it is reached and whether somebody is there. Shows only;
/// rows are made anew when what they say changed. GUI thread.
class TargetList final : public QWidget
{
    Q_OBJECT

public:
    explicit TargetList(const theme::Theme &theme, QWidget *parent = nullptr);
    void setStates(const QList<TargetState> &states);

private:
    void addRow(const TargetState &state);

    const theme::Theme &m_theme;
    QVBoxLayout *m_rows = nullptr;
    QList<TargetState> m_states;
};

} // namespace parallax::ui
