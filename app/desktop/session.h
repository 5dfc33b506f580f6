// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QByteArray>
#include <QJsonObject>
#include <QList>
#include <QString>

namespace parallax::desktop {

/// How a folder was left.
struct FolderSession
{
    QString root;
    QString mode;            ///< "edit", "live", "replay" or "compare"
    QString capture;         ///< shown in the Compare mode; empty: none
    QJsonObject views;       ///< by mode: shell::takenViewState()
    QJsonObject replay = {}; ///< the plan of the next run; without changes to requests, which may hold what is secret
    friend bool operator==(const FolderSession &, const FolderSession &) = default;
};

/// What the window looked like, kept in `session.json` of the state folder: the last folders, newest first. A value;
/// reading and writing block on the disk.
struct Session
{
    QByteArray geometry; ///< QWidget::saveGeometry()
    QString folder;      ///< that was open; empty: none
    QList<FolderSession> folders;
    bool isClean = true;  ///< the program ended as it should; false while it runs
    int brokenStarts = 0; ///< starts in a row that did not come as far as an open folder

    [[nodiscard]] const FolderSession *of(const QString &root) const;
    /// Takes the place of what was kept for its root; the oldest beyond the limit goes.
    void keep(const FolderSession &left);

    [[nodiscard]] QByteArray toJson() const;
    /// What cannot be read is empty: a session is a comfort, never an error.
    [[nodiscard]] static Session fromJson(const QByteArray &json);
    [[nodiscard]] static Session load();
    [[nodiscard]] Status save() const;
    [[nodiscard]] static QString file();
    friend bool operator==(const Session &, const Session &) = default;
};

} // namespace parallax::desktop
