// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What the validation of endpoints asks about deployments. core/repository answers it from git.
#pragma once

#include <QString>
#include <QStringList>

#include <optional>

namespace parallax::endpoints {

/// One deployment on one branch.
struct DeploymentInfo
{
    QString name;
    QString branch;
    bool versionsKnown = false; ///< false on a shallow clone, or without git
    int newestVersion = 0;      ///< when known
    QString mainFunction;
    QStringList arguments; ///< "name:type" in order, as metadata.yaml has them, without `return`
    bool archived = false;

    friend bool operator==(const DeploymentInfo &, const DeploymentInfo &) = default;
};

/// Read-only view of the deployments of a repository. Implementations answer at once, from what is loaded; the one who
/// validates calls it on his own thread.
class Catalogue
{
public:
    virtual ~Catalogue() = default;
    [[nodiscard]] virtual std::optional<DeploymentInfo> find(const QString &name, const QString &branch) const = 0;
    /// The function of one version, when the history is at hand; by default the newest one's.
    [[nodiscard]] virtual std::optional<DeploymentInfo> findVersion(const QString &name, const QString &branch,
                                                                    int /*version*/) const
    {
        return find(name, branch);
    }
    /// Whether the repository has this branch. Where branches cannot be known (no git), true, and `find` answers from
    /// the files as they lie there.
    [[nodiscard]] virtual bool knowsBranch(const QString &branch) const = 0;

protected:
    Catalogue() = default;
    Catalogue(const Catalogue &) = default;
    Catalogue &operator=(const Catalogue &) = default;
};

} // namespace parallax::endpoints
