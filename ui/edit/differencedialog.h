// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/linediff.h"

#include <QDialog>

namespace parallax::theme {
class Theme;
}

namespace parallax::ui {

/// Two texts of one file, the lines of the older one shown inside the newer: what stands against what before the user
/// decides. Only shows. Window modal, opened with open(), deletes itself. GUI thread.
class DifferenceDialog final : public QDialog
{
    Q_OBJECT

public:
    /// `explanation` says whose the removed and the added lines are.
    DifferenceDialog(const theme::Theme &theme, const QString &title, const QString &explanation,
                     const base::LineDiff &diff, QWidget *parent);
};

} // namespace parallax::ui
