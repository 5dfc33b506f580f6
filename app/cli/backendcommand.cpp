// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/edithelp.h"
#include "app/cli/errors.h"
#include "app/cli/usage.h"

#include <CLI/CLI.hpp>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parallax::cli {

namespace {

struct BackendOptions
{
    EditOptions edit;
    std::string endpoint;
    std::string label;
    DeploymentOptions deployment;
    std::optional<int> weight;
};

using Edits = Result<QList<endpoints::Edit>>;

int addBackendTo(const Console &console, const BackendOptions &options)
{
    return editEndpoint(console, options.edit, QString::fromStdString(options.endpoint),
                        [&options](const endpoints::Endpoint &) -> Edits {
                            return QList<endpoints::Edit>{endpoints::AddBackend{
                                QString::fromStdString(options.label), options.deployment.over({}), options.weight}};
                        });
}

int setBackend(const Console &console, const BackendOptions &options)
{
    return editEndpoint(console, options.edit, QString::fromStdString(options.endpoint),
                        [&options](const endpoints::Endpoint &endpoint) -> Edits {
                            const QString label = QString::fromStdString(options.label);
                            const auto backend =
                                std::find_if(endpoint.backends.begin(), endpoint.backends.end(),
                                             [&label](const endpoints::Backend &one) { return one.label == label; });
                            const endpoints::DeploymentRef present =
                                backend == endpoint.backends.end() ? endpoints::DeploymentRef() : backend->deployment;
                            const endpoints::DeploymentRef wanted = options.deployment.over(present);
                            QList<endpoints::Edit> edits;
                            if (backend == endpoint.backends.end() || wanted != present)
                                edits += endpoints::SetBackend{label, wanted};
                            if (options.weight)
                                edits += endpoints::SetWeight{label, options.weight};
                            return edits;
                        });
}

int removeBackend(const Console &console, const BackendOptions &options)
{
    return editEndpoint(console, options.edit, QString::fromStdString(options.endpoint),
                        [&options](const endpoints::Endpoint &) -> Edits {
                            return QList<endpoints::Edit>{
                                endpoints::RemoveBackend{QString::fromStdString(options.label)}};
                        });
}

} // namespace

void addBackend(CLI::App &parser, Invocation &invocation)
{
    CLI::App *command = parser.add_subcommand("backend", "Add, change or remove the backends of an endpoint");
    command->require_subcommand(1);
    const auto sub = [&](const char *name, const char *what, bool needsDeployment, bool hasDeployment,
                         int (*run)(const Console &, const BackendOptions &)) {
        CLI::App *one = command->add_subcommand(name, what);
        auto options = std::make_shared<BackendOptions>();
        one->add_option("ENDPOINT", options->endpoint, "The endpoint")->required();
        one->add_option("LABEL", options->label, "The backend's label")->required();
        if (hasDeployment) {
            options->deployment.addTo(*one, needsDeployment);
            one->add_option("--weight", options->weight, "Its share, relative to the other backends' (1)")
                ->type_name("N")
                ->check(wholeNumber(0));
        }
        options->edit.addTo(*one);
        one->callback([&invocation, options, run] {
            invocation.run = [&invocation, options, run] { return run(invocation.console, *options); };
        });
    };
    sub("add", "Split the requests over a further deployment", true, true, addBackendTo);
    sub("set", "Change a backend's deployment, branch, version or weight", false, true, setBackend);
    sub("remove", "Remove a backend", false, false, removeBackend);
}

} // namespace parallax::cli
