// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/commandapproval.h"

#include "base/files.h"
#include "ui/live/startedcommands.h"

#include <QCryptographicHash>
#include <QFileInfo>
#include <QSettings>

using namespace Qt::StringLiterals;

namespace parallax::desktop {

CommandApproval::CommandApproval(QString settingsFile, const QString &root, bool isTrusted)
    : m_settingsFile(std::move(settingsFile))
    , m_key(u"approvedCommands/"_s +
            QString::fromLatin1(QCryptographicHash::hash(root.toUtf8(), QCryptographicHash::Sha256).toHex().left(32)))
    , m_isTrusted(isTrusted)
{}

QStringList CommandApproval::approved() const
{
    return m_session + QSettings(m_settingsFile, QSettings::IniFormat).value(m_key).toStringList();
}

QStringList CommandApproval::unapproved(const targets::Workspace &workspace,
                                        const QList<endpoints::DeploymentRef> &deployments) const
{
    QStringList commands;
    if (m_isTrusted)
        return commands;
    const QStringList known = approved();
    for (const QString &command : ui::startedCommands(workspace, deployments)) {
        if (!known.contains(command))
            commands += command;
    }
    return commands;
}

void CommandApproval::approve(const QStringList &commands)
{
    m_session += commands;
    if (!base::makePath(QFileInfo(m_settingsFile).absolutePath(), base::Privacy::OwnerOnly))
        return;
    QSettings settings(m_settingsFile, QSettings::IniFormat);
    QStringList kept = settings.value(m_key).toStringList() + commands;
    kept.removeDuplicates();
    settings.setValue(m_key, kept);
}

} // namespace parallax::desktop
