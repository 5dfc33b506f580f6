// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDateTime>
#include <QFileInfo>
#include <QString>

namespace parallax::ui {

/// A path in the folder that no file has yet: `Replay 2026-01-02 03.04.05.parallax`.
[[nodiscard]] inline QString newFileIn(const QString &folder, const QString &kind, const QDateTime &time,
                                       const QString &suffix)
{
    const QString name = folder + u'/' + kind + u' ' + time.toString(QStringLiteral("yyyy-MM-dd HH.mm.ss"));
    QString path = name + suffix;
    for (int i = 2; QFileInfo::exists(path); ++i)
        path = QStringLiteral("%1 (%2)%3").arg(name).arg(i).arg(suffix);
    return path;
}

} // namespace parallax::ui
