// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/live/startedcommands.h"

#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parallax::ui {

namespace {

/// Spaces inside an argument must not look like spaces between two.
QString quoted(const QString &argument)
{
    const bool isPlain = !argument.isEmpty() && std::none_of(argument.begin(), argument.end(), [](QChar c) {
        return c.isSpace() || c == u'"' || c == u'\'' || !c.isPrint();
    });
    return isPlain ? argument : u'"' + QString(argument).replace(u'"', u"\\\""_s) + u'"';
}

} // namespace

QString startedCommand(const targets::Target &target, const endpoints::DeploymentRef &deployment)
{
    if (const auto *process = std::get_if<targets::ProcessTarget>(&target.kind)) {
        QStringList parts;
        for (const QString &argument : process->command)
            parts += quoted(argument);
        const QString line = parts.join(u' ');
        return process->workingDirectory.isEmpty() ? line : line + u", in "_s + process->workingDirectory;
    }
    if (const auto *source = std::get_if<targets::SourceTarget>(&target.kind))
        return quoted(source->python) + u" runs source.py of "_s + deployment.name;
    return {};
}

QStringList startedCommands(const targets::Workspace &workspace, const QList<endpoints::DeploymentRef> &deployments)
{
    QSet<QString> commands;
    for (const endpoints::DeploymentRef &deployment : deployments) {
        const targets::Target *target = workspace.targets.find(deployment);
        if (target != nullptr && target->isStarted())
            commands.insert(startedCommand(*target, deployment));
    }
    QStringList sorted(commands.begin(), commands.end());
    sorted.sort();
    return sorted;
}

QStringList startedCommands(const targets::Workspace &workspace)
{
    QList<endpoints::DeploymentRef> deployments;
    for (const endpoints::Endpoint &endpoint : workspace.servable()) {
        const endpoints::LocalSettings local = workspace.local.value(endpoint.name);
        for (const endpoints::Backend &backend : endpoint.backends) {
            if (!local.staticValues.contains(backend.label))
                deployments.append(backend.deployment);
        }
        for (const endpoints::Mirror &mirror : endpoint.mirrors)
            deployments.append(mirror.deployment);
    }
    return startedCommands(workspace, deployments);
}

} // namespace parallax::ui
