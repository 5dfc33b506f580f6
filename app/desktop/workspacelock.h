// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLockFile>
#include <QString>

#include <memory>

namespace parallax::desktop {

/// Who writes to a workspace: one window at a time. The lock lies in the git folder, where every user of a shared clone
/// meets and nothing is ever committed; without git, or where that cannot be written, in this user's state folder. A
/// process that died holds nothing. Any thread; blocks on the disk.
class WorkspaceLock
{
public:
    struct Holder
    {
        qint64 pid = 0;
        QString host;
        /// The holder runs on another machine, so whether it still does is not known.
        bool isElsewhere = false;
    };

    /// `root` is the workspace's. Holds it from now on, unless holder() says who else does.
    explicit WorkspaceLock(const QString &root);

    [[nodiscard]] bool isHeld() const { return m_lock && m_lock->isLocked(); }
    [[nodiscard]] const Holder &holder() const { return m_holder; }
    [[nodiscard]] const QString &root() const { return m_root; }
    /// Where it lies, for tests.
    [[nodiscard]] static QString fileFor(const QString &root);

private:
    bool take(const QString &file);

    QString m_root;
    std::unique_ptr<QLockFile> m_lock;
    Holder m_holder;
};

} // namespace parallax::desktop
