// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "repository/catalogue.h"

#include "base/errors.h"
#include "repository/errors.h"
#include "repository/objects.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFileInfo>
#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parallax::repository {

namespace {

constexpr qsizetype kMaxRememberedMetadata = 20'000;
constexpr qint64 kMaxMetadataSum = 512LL * 1024 * 1024;

constexpr auto kDeployments = "deployments/"_L1;

/// The id git would give it, so that a file on disk and its blob share what was parsed.
QByteArray blobId(const QByteArray &bytes)
{
    QCryptographicHash hash(QCryptographicHash::Sha1);
    hash.addData(QByteArray("blob " + QByteArray::number(bytes.size()) + '\0'));
    hash.addData(bytes);
    return hash.result().toHex();
}

} // namespace

QList<Deployment> Catalogue::deployments() const
{
    QList<Deployment> all;
    for (const QString &branch : m_branches)
        all += m_deployments.value(branch);
    return all;
}

const Deployment *Catalogue::deployment(const QString &name, const QString &branch) const
{
    const auto list = m_deployments.constFind(branch);
    if (list == m_deployments.constEnd())
        return nullptr;
    const auto it = std::lower_bound(list->begin(), list->end(), name,
                                     [](const Deployment &one, const QString &wanted) { return one.name < wanted; });
    return it != list->end() && it->name == name ? &*it : nullptr;
}

std::optional<endpoints::DeploymentInfo> Catalogue::find(const QString &name, const QString &branch) const
{
    const Deployment *found = deployment(name, branch);
    if (found == nullptr)
        return {};
    return endpoints::DeploymentInfo{
        name,           branch, found->versionsKnown, found->newestVersion(), found->mainFunction, found->arguments,
        found->archived};
}

std::optional<endpoints::DeploymentInfo> Catalogue::findVersion(const QString &name, const QString &branch,
                                                                int version) const
{
    std::optional<endpoints::DeploymentInfo> info = find(name, branch);
    const Signature signature = m_signatures.value(branch).value(name).value(version - 1);
    if (!info || signature.mainFunction.isEmpty())
        return {};
    info->mainFunction = signature.mainFunction;
    info->arguments = signature.arguments;
    return info;
}

CatalogueLoader::CatalogueLoader(Repository repository, HistoryCache cache)
    : m_repository(std::move(repository))
    , m_cache(std::move(cache))
{}

Result<std::shared_ptr<const Catalogue>> CatalogueLoader::load(Everything, std::stop_token stop)
{
    if (!m_repository.hasCommits())
        return load(QStringList(), stop);
    const Result<QList<Branch>> branches = m_repository.branches(stop);
    if (!branches)
        return fail(branches.error());
    QStringList names;
    for (const Branch &branch : *branches)
        names.append(branch.name);
    return load(names, stop);
}

Result<std::shared_ptr<const Catalogue>> CatalogueLoader::load(QStringList names, std::stop_token stop)
{
    const std::lock_guard lock(m_mutex);
    auto catalogue = std::make_shared<Catalogue>();
    if (m_metadata.size() > kMaxRememberedMetadata)
        m_metadata.clear();
    Head head;
    if (m_repository.history() != History::None) {
        const Result<Head> now = m_repository.head(stop);
        if (!now)
            return fail(now.error());
        head = *now;
    }
    if (head.isUnborn()) {
        const QString branch = head.branch.isEmpty() ? u"main"_s : head.branch;
        catalogue->m_branches = {branch};
        catalogue->m_deployments.insert(branch, fromDisk(branch));
        return catalogue;
    }
    if (names.isEmpty())
        names = {u"main"_s, head.branch};
    const Result<QList<Branch>> branches = m_repository.branches(stop);
    if (!branches)
        return fail(branches.error());
    for (const Branch &branch : *branches) {
        catalogue->m_branches.append(branch.name);
        if (!names.contains(branch.name))
            continue;
        Result<QList<Deployment>> loaded = loadBranch(*catalogue, branch, stop);
        if (!loaded)
            return fail(loaded.error());
        catalogue->m_deployments.insert(branch.name, *std::move(loaded));
    }
    return catalogue;
}

Result<QList<Deployment>> CatalogueLoader::loadBranch(Catalogue &catalogue, const Branch &branch, std::stop_token stop)
{
    Result<QList<Deployment>> deployments =
        branch.isCurrent ? Result<QList<Deployment>>(fromDisk(branch.name)) : fromTree(branch, stop);
    if (!deployments || m_repository.history() != History::Full)
        return deployments;
    BranchHistory earlier = m_histories.value(branch.name);
    if (earlier.tip.isEmpty())
        earlier = m_cache.load(m_repository.root(), branch.name);
    Result<BranchHistory> history =
        deriveHistory(m_repository.git(), m_repository.prefix(), branch.commit, earlier, stop);
    if (!history)
        return fail(history.error());
    if (history->tip != earlier.tip)
        m_cache.store(m_repository.root(), branch.name, *history);
    QSet<QByteArray> ids;
    for (Deployment &deployment : *deployments) {
        deployment.versions = history->versions.value(deployment.name);
        deployment.versionsKnown = true;
        const QList<QByteArray> own = history->metadataIds.value(deployment.name);
        ids.unite(QSet<QByteArray>(own.begin(), own.end()));
    }
    if (Status read = readMetadataBlobs(ids, stop); !read)
        return fail(read.error());
    addSignatures(catalogue, branch.name, *history);
    m_histories.insert(branch.name, *std::move(history));
    return deployments;
}

QList<Deployment> CatalogueLoader::fromDisk(const QString &branch)
{
    QList<Deployment> deployments;
    if (!m_repository.resolve(u"deployments"_s))
        return deployments;
    const QDir folder(m_repository.root() + u"/deployments"_s);
    for (const QString &name : folder.entryList(QDir::Dirs | QDir::NoDotAndDotDot)) {
        if (!m_repository.resolve(kDeployments + name))
            continue; // a link that leads out of the repository
        Deployment deployment;
        deployment.name = name;
        deployment.branch = branch;
        const QString path = kDeployments + name;
        deployment.hasSource = QFileInfo(folder.filePath(name + u"/source.py"_s)).isFile();
        deployment.archived = QFileInfo::exists(folder.filePath(name + u"/.archived"_s));
        const Result<QByteArray> bytes = m_repository.readFile(path + u"/metadata.yaml"_s, kMaxMetadataBytes);
        if (bytes) {
            DeploymentMetadata &metadata = m_metadata[blobId(*bytes)];
            if (metadata == DeploymentMetadata())
                metadata = readMetadata(*bytes, path + u"/metadata.yaml"_s);
            describe(deployment, metadata);
        } else if (bytes.error().code != base::kFileNotFound) {
            deployment.problem = bytes.error();
        }
        deployments.append(std::move(deployment));
    }
    std::sort(deployments.begin(), deployments.end(),
              [](const Deployment &a, const Deployment &b) { return a.name < b.name; });
    return deployments;
}

Result<QList<Deployment>> CatalogueLoader::fromTree(const Branch &branch, std::stop_token stop)
{
    const Result<QList<TreeEntry>> entries =
        listTree(m_repository.git(), branch.commit, {kDeployments}, Depth::Recursive, stop);
    if (!entries)
        return fail(entries.error());
    QMap<QString, Deployment> byName;
    QHash<QString, QByteArray> metadataIds;
    for (const TreeEntry &entry : *entries) {
        const QStringList parts = entry.path.mid(kDeployments.size()).split(u'/');
        if (parts.size() < 2)
            continue;
        Deployment &deployment = byName[parts.first()];
        deployment.name = parts.first();
        deployment.branch = branch.name;
        if (parts.size() > 2)
            continue;
        deployment.hasSource |= parts.at(1) == "source.py"_L1;
        deployment.archived |= parts.at(1) == ".archived"_L1;
        if (parts.at(1) == "metadata.yaml"_L1 && entry.isFile())
            metadataIds.insert(parts.first(), entry.id);
    }
    const QList<QByteArray> ids = metadataIds.values();
    if (Status read = readMetadataBlobs(QSet<QByteArray>(ids.begin(), ids.end()), stop); !read)
        return fail(read.error());
    for (Deployment &deployment : byName) {
        if (const auto id = metadataIds.constFind(deployment.name); id != metadataIds.constEnd())
            describe(deployment, m_metadata.value(*id));
    }
    return byName.values();
}

Status CatalogueLoader::readMetadataBlobs(const QSet<QByteArray> &ids, std::stop_token stop)
{
    QList<QByteArray> unread;
    for (const QByteArray &id : ids) {
        if (!id.isEmpty() && !m_metadata.contains(id))
            unread.append(id);
    }
    const Result<QHash<QByteArray, QByteArray>> blobs = readBlobs(m_repository.git(), unread, kMaxMetadataSum, stop);
    if (!blobs)
        return fail(blobs.error());
    for (auto it = blobs->begin(); it != blobs->end(); ++it)
        m_metadata.insert(it.key(), readMetadata(it.value(), u"metadata.yaml"_s));
    return {};
}

void CatalogueLoader::addSignatures(Catalogue &catalogue, const QString &branch, const BranchHistory &history) const
{
    auto &byName = catalogue.m_signatures[branch];
    for (auto it = history.metadataIds.begin(); it != history.metadataIds.end(); ++it) {
        QList<Catalogue::Signature> signatures;
        signatures.reserve(it->size());
        for (const QByteArray &id : *it) {
            const DeploymentMetadata metadata = m_metadata.value(id);
            signatures.append({metadata.mainFunction, metadata.arguments});
        }
        byName.insert(it.key(), std::move(signatures));
    }
}

void CatalogueLoader::describe(Deployment &deployment, const DeploymentMetadata &metadata)
{
    deployment.mainFunction = metadata.mainFunction;
    deployment.arguments = metadata.arguments;
    deployment.isDataFrameMode = metadata.isDataFrameMode;
    deployment.problem = metadata.problem;
    if (deployment.problem)
        deployment.problem->where.file = kDeployments + deployment.name + u"/metadata.yaml"_s;
}

} // namespace parallax::repository
