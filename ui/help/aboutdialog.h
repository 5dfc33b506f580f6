// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>

namespace parallax::theme {
class Theme;
}

namespace parallax::help {

/// Name, version, what it is built on and under which licences. What stands there can be copied into a bug report. GUI
/// thread, owned by its parent.
class AboutDialog final : public QDialog
{
    Q_OBJECT

public:
    /// `licenceFile` holds the text of the program's own licence.
    AboutDialog(const theme::Theme &theme, const QString &licenceFile, QWidget *parent);
};

} // namespace parallax::help
