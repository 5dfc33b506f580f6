// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "app/cli/console.h"
#include "endpoints/endpointfile.h"
#include "repository/repository.h"

#include <memory>
#include <optional>

namespace CLI {
class App;
}

namespace parallax::cli {

/// `--repo DIR` of every command that reads or edits a repository; by default the one that encloses the current folder.
struct RepositoryOption
{
    std::string folder;

    void addTo(CLI::App &command);
    /// Opens it and says its warnings on stderr.
    [[nodiscard]] Result<repository::Repository> open(const Console &console) const;
};

/// The endpoint's file as it lies on disk; `unknown-endpoint` when there is none.
[[nodiscard]] Result<endpoints::EndpointFile> readEndpoint(const repository::Repository &repository,
                                                           const QString &name);

/// A path as the user would write it: relative to the current folder when it lies below it.
[[nodiscard]] QString shownPath(const QString &path);

} // namespace parallax::cli
