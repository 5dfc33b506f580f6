// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/edithelp.h"
#include "app/cli/errors.h"

#include <CLI/CLI.hpp>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parallax::cli {

namespace {

struct MirrorOptions
{
    EditOptions edit;
    std::string endpoint;
    std::string name;
    DeploymentOptions deployment;
};

using Edits = Result<QList<endpoints::Edit>>;

int addMirrorTo(const Console &console, const MirrorOptions &options)
{
    return editEndpoint(console, options.edit, QString::fromStdString(options.endpoint),
                        [&options](const endpoints::Endpoint &) -> Edits {
                            return QList<endpoints::Edit>{endpoints::AddMirror{QString::fromStdString(options.name),
                                                                               options.deployment.over({})}};
                        });
}

int setMirror(const Console &console, const MirrorOptions &options)
{
    return editEndpoint(console, options.edit, QString::fromStdString(options.endpoint),
                        [&options](const endpoints::Endpoint &endpoint) -> Edits {
                            const QString name = QString::fromStdString(options.name);
                            const auto mirror =
                                std::find_if(endpoint.mirrors.begin(), endpoint.mirrors.end(),
                                             [&name](const endpoints::Mirror &one) { return one.name == name; });
                            const endpoints::DeploymentRef present =
                                mirror == endpoint.mirrors.end() ? endpoints::DeploymentRef() : mirror->deployment;
                            return QList<endpoints::Edit>{endpoints::SetMirror{name, options.deployment.over(present)}};
                        });
}

int removeMirror(const Console &console, const MirrorOptions &options)
{
    return editEndpoint(
        console, options.edit, QString::fromStdString(options.endpoint),
        [&options](const endpoints::Endpoint &endpoint) -> Edits {
            QString name = QString::fromStdString(options.name);
            if (name.isEmpty()) {
                // Without a name there must be no doubt which one is meant.
                if (endpoint.mirrors.size() != 1)
                    return fail(
                        kUsage, {},
                        u"%1 has %2 mirrors: choose one with --name"_s.arg(endpoint.name).arg(endpoint.mirrors.size()));
                name = endpoint.mirrors.first().name;
            }
            return QList<endpoints::Edit>{endpoints::RemoveMirror{name}};
        });
}

} // namespace

void addMirror(CLI::App &parser, Invocation &invocation)
{
    CLI::App *command = parser.add_subcommand("mirror", "Add, change or remove the mirrors of an endpoint");
    command->require_subcommand(1);
    const auto sub = [&](const char *name, const char *what, bool needsDeployment, bool hasDeployment,
                         int (*run)(const Console &, const MirrorOptions &)) {
        CLI::App *one = command->add_subcommand(name, what);
        auto options = std::make_shared<MirrorOptions>();
        one->add_option("ENDPOINT", options->endpoint, "The endpoint")->required();
        one->add_option("--name", options->name, "The mirror's name (default when adding: the next free mirror_N)")
            ->type_name("NAME");
        if (hasDeployment)
            options->deployment.addTo(*one, needsDeployment);
        options->edit.addTo(*one);
        one->callback([&invocation, options, run] {
            invocation.run = [&invocation, options, run] { return run(invocation.console, *options); };
        });
        return one;
    };
    sub("add", "Copy every request to a further deployment", true, true, addMirrorTo);
    sub("set", "Change a mirror's deployment, branch or version", false, true, setMirror)
        ->get_option("--name")
        ->required();
    sub("remove", "Remove a mirror", false, false, removeMirror);
}

} // namespace parallax::cli
