// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/repositoryoption.h"
#include "base/clock.h"
#include "base/text.h"
#include "repository/catalogue.h"

#include <CLI/CLI.hpp>

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace parallax::cli {

namespace {

QJsonObject toJson(const repository::Deployment &deployment)
{
    QJsonArray versions;
    for (const repository::VersionInfo &version : deployment.versions) {
        versions.append(QJsonObject{
            {u"version"_s, version.number},
            {u"commit"_s, version.commit},
            {u"subject"_s, version.subject},
            {u"time"_s, toRfc3339(version.time)},
        });
    }
    return {
        {u"name"_s, deployment.name},
        {u"branch"_s, deployment.branch},
        {u"versions"_s, versions},
        {u"versionsKnown"_s, deployment.versionsKnown},
        {u"mainFunction"_s, deployment.mainFunction},
        {u"arguments"_s, QJsonArray::fromStringList(deployment.arguments)},
        {u"archived"_s, deployment.archived},
    };
}

int listDeployments(const Console &console, const RepositoryOption &option, const std::string &branch)
{
    const Result<repository::Repository> repository = option.open(console);
    if (!repository)
        return console.fail(repository.error());
    repository::CatalogueLoader loader(*repository);
    const auto catalogue = branch.empty() ? loader.load(repository::CatalogueLoader::Everything{})
                                          : loader.load({QString::fromStdString(branch)});
    if (!catalogue)
        return console.fail(catalogue.error());
    const QList<repository::Deployment> deployments = (*catalogue)->deployments();
    if (console.json) {
        QJsonArray list;
        for (const repository::Deployment &deployment : deployments)
            list.append(toJson(deployment));
        console.printJson(list);
        return Done;
    }
    for (const repository::Deployment &deployment : deployments) {
        const QString versions = !deployment.versionsKnown       ? u"versions unknown"_s
                                 : deployment.versions.isEmpty() ? u"no version"_s
                                                                 : u"latest = %1"_s.arg(deployment.newestVersion());
        console.print(base::escapeControls(u"%1@%2  %3%4  %5(%6)"_s.arg(
            deployment.name, deployment.branch, versions, deployment.archived ? u", archived"_s : QString(),
            deployment.mainFunction, deployment.arguments.join(u", "_s))));
        for (const repository::VersionInfo &version : deployment.versions)
            console.print(base::escapeControls(u"    %1  %2  %3"_s.arg(
                QString::number(version.number).rightJustified(4), toRfc3339(version.time).left(10), version.subject)));
    }
    if (deployments.isEmpty())
        console.note(u"No deployments."_s);
    return Done;
}

} // namespace

void addDeployments(CLI::App &parser, Invocation &invocation)
{
    CLI::App *command =
        parser.add_subcommand("deployments", "List the deployments with the versions derived from the git history");
    auto option = std::make_shared<RepositoryOption>();
    auto branch = std::make_shared<std::string>();
    option->addTo(*command);
    command->add_option("--branch", *branch, "Only this branch (default: all)");
    command->callback([&invocation, option, branch] {
        invocation.run = [&invocation, option, branch] {
            return listDeployments(invocation.console, *option, *branch);
        };
    });
}

} // namespace parallax::cli
