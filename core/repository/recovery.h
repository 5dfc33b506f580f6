// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What was edited and not saved yet, kept where a crash cannot reach it.
#pragma once

#include "base/clock.h"
#include "base/result.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <optional>

namespace parallax::repository {

/// The text of one unsaved document.
struct Recovery
{
    QString root; ///< of the repository
    QString path; ///< from the root: `endpoints/NAME.yaml`; with `/2` behind it for the second of one document
    QByteArray text;
    /// SHA-256 of the file that the edits began from; empty for a file that was never saved.
    QByteArray base;
    WallTime time;

    [[nodiscard]] static QByteArray hashOf(const QByteArray &bytes);
    friend bool operator==(const Recovery &, const Recovery &) = default;
};

/// Recovery files below `folder` (by default parallax/recovery in the XDG state folder), one for each document, the
/// folder 0700 and the files 0600. A file is one line of JSON (`{"v", "root", "path", "base", "time", "pid",
/// "sha256"}`) and then the text as it is, so that it can be read with any editor. What does not carry its own checksum
/// counts as absent. A value; any thread; blocks on the disk.
class RecoveryStore
{
public:
    explicit RecoveryStore(QString folder = {});

    /// Replaces what was kept for the document.
    [[nodiscard]] Status keep(const Recovery &recovery) const;
    [[nodiscard]] bool has(const QString &root, const QString &path) const;
    /// Done after a save, and when the user wants it no more.
    void drop(const QString &root, const QString &path) const;
    /// What a process that is gone left for this repository, by path. What another running Parallax keeps is left out:
    /// it is not lost.
    [[nodiscard]] QList<Recovery> left(const QString &root) const;

private:
    [[nodiscard]] QString fileOf(const QString &root, const QString &path) const;
    QString m_folder;
};

} // namespace parallax::repository
