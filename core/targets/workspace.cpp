// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "targets/workspace.h"

#include "endpoints/check.h"

#include <QDir>
#include <QDirIterator>
#include <QFileInfo>
#include <QSet>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parallax::targets {

namespace {

constexpr qint64 kMaxFile = 1'000'000;
constexpr int kMaxWatchedFiles = 1024; // beyond, folders alone are watched: each costs the owner's thread a few µs
constexpr auto kSettle = std::chrono::milliseconds(60);

bool isError(const Finding &finding)
{
    return finding.severity == Severity::Error;
}

const QStringList &watchedFolders()
{
    static const QStringList kFolders{u"endpoints"_s, u".parallax"_s, u".parallax/endpoints"_s, u".parallax/compare"_s};
    return kFolders;
}

} // namespace

bool WorkspaceEndpoint::hasErrors() const
{
    return std::any_of(findings.begin(), findings.end(), isError);
}

const WorkspaceEndpoint *Workspace::endpoint(QStringView name) const
{
    if (!indexes.isEmpty()) {
        const auto index = indexes.find(name.toString());
        return index == indexes.end() ? nullptr : &endpoints.at(*index);
    }
    const auto at = std::find_if(endpoints.begin(), endpoints.end(),
                                 [name](const WorkspaceEndpoint &one) { return one.entry.name == name; });
    return at == endpoints.end() ? nullptr : &*at;
}

QList<endpoints::Endpoint> Workspace::servable() const
{
    QList<endpoints::Endpoint> list;
    for (const WorkspaceEndpoint &one : endpoints) {
        if (!one.hasErrors() && one.entry.isEndpoint() && one.file.endpoint())
            list.append(*one.file.endpoint());
    }
    return list;
}

WorkspaceReader::WorkspaceReader(repository::Repository repository)
    : m_repository(repository)
    , m_catalogue(std::move(repository))
{}

void WorkspaceReader::readEndpoints(Workspace &workspace) const
{
    for (const repository::EndpointFile &entry : m_repository.endpointFiles()) {
        QList<Finding> findings;
        if (entry.flag)
            findings.append(*entry.flag);
        QByteArray bytes;
        if (entry.isReadable()) {
            if (Result<QByteArray> read = m_repository.readFile(entry.path, kMaxFile))
                bytes = *read;
            else
                findings.append({Severity::Error, read.error()});
        }
        const bool wasRead = entry.isReadable() && (findings.isEmpty() || !isError(findings.last()));
        endpoints::EndpointFile file = endpoints::EndpointFile::read(bytes, entry.fullPath, entry.name);
        if (wasRead) {
            findings += file.findings();
            if (workspace.catalogue && !file.hasErrors())
                findings += endpoints::checkAgainst(file, *workspace.catalogue);
        }
        if (!workspace.indexes.contains(entry.name))
            workspace.indexes.insert(entry.name, workspace.endpoints.size());
        workspace.endpoints.append(
            {entry, std::move(file), std::move(findings), QFileInfo(entry.fullPath).isWritable()});
    }
}

void WorkspaceReader::readLocalFiles(Workspace &workspace) const
{
    const QString targets = u".parallax/targets.yaml"_s;
    const QString targetsPath = QDir(m_repository.root()).filePath(targets);
    if (QFileInfo::exists(targetsPath)) {
        if (const Result<QByteArray> bytes = m_repository.readFile(targets, kMaxFile)) {
            workspace.targets = TargetsFile::read(*bytes, targetsPath);
            workspace.findings += workspace.targets.findings;
        } else {
            workspace.findings.append({Severity::Error, bytes.error()});
        }
    }
    for (const WorkspaceEndpoint &endpoint : workspace.endpoints) {
        const QString path = u".parallax/endpoints/"_s + endpoint.entry.name + u".yaml"_s;
        const QString full = QDir(m_repository.root()).filePath(path);
        if (!QFileInfo::exists(full))
            continue;
        const Result<QByteArray> bytes = m_repository.readFile(path, kMaxFile);
        if (!bytes) {
            workspace.findings.append({Severity::Error, bytes.error()});
            continue;
        }
        const endpoints::LocalSettingsFile read =
            endpoints::LocalSettingsFile::read(*bytes, full, &endpoint.file.partial());
        workspace.findings += read.findings;
        if (!read.hasErrors())
            workspace.local.insert(endpoint.entry.name, read.settings);
    }
}

WorkspacePtr WorkspaceReader::readFiles() const
{
    auto workspace = std::make_shared<Workspace>();
    workspace->repository = m_repository;
    workspace->findings = m_repository.findings();
    readEndpoints(*workspace);
    readLocalFiles(*workspace);
    return workspace;
}

Result<WorkspacePtr> WorkspaceReader::read(std::stop_token stop)
{
    auto workspace = std::make_shared<Workspace>();
    workspace->repository = m_repository;
    workspace->findings = m_repository.findings();
    if (const auto head = m_repository.head(stop))
        workspace->branch = head->branch;
    if (auto catalogue = m_catalogue.load(repository::CatalogueLoader::Everything{}, stop))
        workspace->catalogue = *catalogue;
    else
        workspace->findings.append({Severity::Warning, catalogue.error()});
    if (stop.stop_requested())
        return fail({ErrorCode("cancelled"), {}, {}, {}});
    readEndpoints(*workspace);
    readLocalFiles(*workspace);
    return workspace;
}

WorkspaceWatcher::WorkspaceWatcher(const QString &root, QObject *parent)
    : QObject(parent)
    , m_root(root)
{
    m_delay.setSingleShot(true);
    m_delay.setInterval(kSettle);
    const auto onChange = [this] { m_delay.start(); };
    connect(&m_watcher, &QFileSystemWatcher::fileChanged, this, onChange);
    connect(&m_watcher, &QFileSystemWatcher::directoryChanged, this, onChange);
    connect(&m_delay, &QTimer::timeout, this, [this] {
        watch();
        Q_EMIT changed();
    });
    watch();
}

void WorkspaceWatcher::watch()
{
    QStringList wanted{m_root};
    int files = 0;
    for (const QString &folder : watchedFolders()) {
        const QDir directory(QDir(m_root).filePath(folder));
        if (!directory.exists())
            continue;
        wanted += directory.path();
        for (const QString &file : directory.entryList(QDir::Files | QDir::Hidden, QDir::Unsorted)) {
            if (++files > kMaxWatchedFiles)
                break;
            wanted += directory.filePath(file);
        }
    }
    // The branch that is checked out, so that `git checkout` is noticed even when no file we watch differs.
    const QString head = QDir(m_root).filePath(u".git/HEAD"_s);
    if (QFileInfo(head).isFile())
        wanted += head;
    const QStringList watched = m_watcher.files() + m_watcher.directories();
    const QSet<QString> current(watched.begin(), watched.end());
    QStringList fresh;
    for (const QString &path : wanted) {
        if (!current.contains(path))
            fresh += path;
    }
    if (!fresh.isEmpty())
        m_watcher.addPaths(fresh);
}

} // namespace parallax::targets
