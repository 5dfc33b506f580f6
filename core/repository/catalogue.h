// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "endpoints/catalogue.h"
#include "endpoints/endpoint.h"
#include "repository/history.h"
#include "repository/historycache.h"
#include "repository/metadata.h"
#include "repository/repository.h"

#include <QHash>
#include <QList>

#include <memory>
#include <mutex>
#include <optional>

namespace parallax::repository {

/// A deployment on one branch, as it is at the branch's tip; on the checked-out branch, as it lies on disk.
struct Deployment
{
    QString name;
    QString branch;
    QList<VersionInfo> versions; ///< ascending; empty when not known, or nothing is committed yet
    bool versionsKnown = false;
    QString mainFunction;
    QStringList arguments; ///< `name:type`
    bool isDataFrameMode = false;
    bool archived = false;
    bool hasSource = false;       ///< there is a source.py
    std::optional<Error> problem; ///< metadata.yaml cannot be read

    [[nodiscard]] int newestVersion() const { return static_cast<int>(versions.size()); }
    friend bool operator==(const Deployment &, const Deployment &) = default;
};

/// All deployments of the branches that were loaded: an immutable snapshot, any thread.
class Catalogue final : public endpoints::Catalogue
{
public:
    /// Every branch of the repository, loaded or not.
    [[nodiscard]] const QStringList &branches() const { return m_branches; }
    [[nodiscard]] bool isLoaded(const QString &branch) const { return m_deployments.contains(branch); }
    /// By name; empty when the branch is not loaded.
    [[nodiscard]] QList<Deployment> deployments(const QString &branch) const { return m_deployments.value(branch); }
    /// Of all loaded branches: by branch in the order of branches(), then by name.
    [[nodiscard]] QList<Deployment> deployments() const;
    /// Valid as long as the snapshot is; null when there is none.
    [[nodiscard]] const Deployment *deployment(const QString &name, const QString &branch) const;

    [[nodiscard]] std::optional<endpoints::DeploymentInfo> find(const QString &name,
                                                                const QString &branch) const override;
    /// With the main function and its arguments as that version has them; nullopt when version or metadata are not
    /// known.
    [[nodiscard]] std::optional<endpoints::DeploymentInfo> findVersion(const QString &name, const QString &branch,
                                                                       int version) const override;
    [[nodiscard]] bool knowsBranch(const QString &branch) const override { return isLoaded(branch); }

private:
    friend class CatalogueLoader;
    QStringList m_branches;
    QHash<QString, QList<Deployment>> m_deployments;
    struct Signature
    {
        QString mainFunction; ///< empty: not known
        QStringList arguments;
    };
    /// By branch and name: the signature at version i + 1.
    QHash<QString, QHash<QString, QList<Signature>>> m_signatures;
};

/// Makes catalogues and remembers what it learned, so that the next one costs what changed since: histories by branch
/// (the long ones on disk too, historycache.h), parsed metadata by blob, up to 20,000 of them. Blocks; any worker
/// thread, one load at a time (others wait).
class CatalogueLoader
{
public:
    explicit CatalogueLoader(Repository repository, HistoryCache cache = HistoryCache());

    /// Branches that do not exist are left out. None given: the checked-out branch and `main`. Without history, the
    /// deployments on disk stand under `main` (or the branch that git would begin), their versions not known.
    [[nodiscard]] Result<std::shared_ptr<const Catalogue>> load(QStringList branches = {}, std::stop_token stop = {});

    struct Everything
    {};
    [[nodiscard]] Result<std::shared_ptr<const Catalogue>> load(Everything, std::stop_token stop = {});

private:
    [[nodiscard]] Result<QList<Deployment>> loadBranch(Catalogue &catalogue, const Branch &branch,
                                                       std::stop_token stop);
    [[nodiscard]] QList<Deployment> fromDisk(const QString &branch);
    [[nodiscard]] Result<QList<Deployment>> fromTree(const Branch &branch, std::stop_token stop);
    [[nodiscard]] Status readMetadataBlobs(const QSet<QByteArray> &ids, std::stop_token stop);
    void addSignatures(Catalogue &catalogue, const QString &branch, const BranchHistory &history) const;
    static void describe(Deployment &deployment, const DeploymentMetadata &metadata);

    Repository m_repository;
    HistoryCache m_cache;
    std::mutex m_mutex;
    QHash<QString, BranchHistory> m_histories;
    QHash<QByteArray, DeploymentMetadata> m_metadata;
};

} // namespace parallax::repository
