// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/repositoryoption.h"
#include "endpoints/edits.h"

#include <functional>
#include <string>

namespace parallax::cli {

/// Options of every command that edits an endpoint file.
struct EditOptions
{
    RepositoryOption repository;
    bool dryRun = false;

    void addTo(CLI::App &command);
};

/// Applies the edits that `makeEdits` gives for the endpoint as it is, one after the other, and saves the file once;
/// with
/// --dry-run the unified difference is printed and nothing written. Answers the exit code.
[[nodiscard]] int
editEndpoint(const Console &console, const EditOptions &options, const QString &endpoint,
             const std::function<Result<QList<endpoints::Edit>>(const endpoints::Endpoint &)> &makeEdits);

/// Saves (or, with --dry-run, prints) a file that was `before` (none: it is new) and shall be `after` (none: removed).
[[nodiscard]] int writeEndpoint(const Console &console, const EditOptions &options,
                                const repository::Repository &repository, const QString &name,
                                const std::optional<QByteArray> &before, const std::optional<QByteArray> &after);

/// Warns of what the edit brings in and the repository does not know: deployments, versions, arguments that differ.
/// `before` is nothing for a new file.
void warnOfTargets(const Console &console, const repository::Repository &repository,
                   const std::optional<endpoints::EndpointFile> &before, const endpoints::EndpointFile &after);

/// `--deployment --branch --version`, merged into what is there.
struct DeploymentOptions
{
    std::string name;
    std::string branch;
    std::string version;

    void addTo(CLI::App &command, bool isRequired);
    [[nodiscard]] endpoints::DeploymentRef over(endpoints::DeploymentRef present) const;
};

/// [LABEL=]DEPLOYMENT[@BRANCH][:VERSION][*WEIGHT]; a usage error names what is wrong.
[[nodiscard]] Result<endpoints::Backend> parseBackend(const QString &text);

} // namespace parallax::cli
