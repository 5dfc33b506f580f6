// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "targets/workspace.h"

#include <QStringList>

namespace parallax::desktop {

/// The commands of one repository that the user allowed to be run: whoever opens a stranger's repository is asked
/// before its targets start anything. Kept in the preferences under the repository's folder; a changed command is a new
/// one. A value with a file behind it; GUI thread, reads and writes a few lines.
class CommandApproval
{
public:
    /// `isTrusted`: everything is allowed (the example came with the program).
    CommandApproval(QString settingsFile, const QString &root, bool isTrusted);

    /// What answering for these deployments would run and nobody has allowed, as it is shown: sorted, each once.
    [[nodiscard]] QStringList unapproved(const targets::Workspace &workspace,
                                         const QList<endpoints::DeploymentRef> &deployments) const;
    [[nodiscard]] QStringList approved() const;
    void approve(const QStringList &commands);

private:
    QString m_settingsFile;
    QString m_key;
    bool m_isTrusted;
    QStringList m_session; ///< in case the file cannot be written
};

} // namespace parallax::desktop
