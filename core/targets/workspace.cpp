// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "targets/workspace.h"

#include "endpoints/check.h"

#include <QDir>
#include <QDirIterator>
#include <QFileInfo>
#include <QSet>

#include <algorithm>
#include <limits>

using namespace Qt::StringLiterals;

namespace parallax::targets {

namespace {

constexpr qint64 kMaxFile = 1'000'000;
constexpr int kMaxWatchedFiles = 1024; // each costs the owner's thread a few µs
constexpr int kWatchedAtOnce = 128;
constexpr auto kSettle = std::chrono::milliseconds(60);
constexpr auto kSlowLook = std::chrono::seconds(10);

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
            {entry, std::move(file), std::move(findings), QFileInfo(entry.fullPath).isWritable(), wasRead});
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

/// What is to be watched, and what is too much for that.
struct WorkspaceWatcher::Files
{
    using Mark = std::pair<qint64, qint64>; ///< time of the last change, size

    QStringList watched;
    QHash<QString, Mark> others;
    bool areAll = false;

    /// Ends after so many files.
    [[nodiscard]] static Files of(const QString &root, int most = std::numeric_limits<int>::max());
    void look();
};

WorkspaceWatcher::Files WorkspaceWatcher::Files::of(const QString &root, int most)
{
    Files files;
    files.watched += root;
    // The branch that is checked out, so that `git checkout` is noticed even when no file we watch differs.
    const QString head = QDir(root).filePath(u".git/HEAD"_s);
    if (QFileInfo(head).isFile())
        files.watched += head;
    QStringList folders;
    for (const QString &folder : watchedFolders()) {
        if (const QDir directory(QDir(root).filePath(folder)); directory.exists())
            folders += directory.path();
    }
    files.watched += folders;
    int count = 0;
    for (const QString &folder : std::as_const(folders)) {
        QDirIterator it(folder, QDir::Files | QDir::Hidden);
        while (it.hasNext()) {
            if (count == most)
                return files;
            if (const QString path = it.next(); ++count <= kMaxWatchedFiles)
                files.watched += path;
            else
                files.others.insert(path, {});
        }
    }
    files.areAll = true;
    return files;
}

void WorkspaceWatcher::Files::look()
{
    for (auto at = others.begin(); at != others.end(); ++at) {
        const QFileInfo file(at.key());
        *at = {file.lastModified().toMSecsSinceEpoch(), file.size()};
    }
}

WorkspaceWatcher::WorkspaceWatcher(const QString &root, QObject *parent)
    : QObject(parent)
    , m_root(root)
{
    m_delay.setSingleShot(true);
    m_delay.setInterval(kSettle);
    m_slow.setInterval(kSlowLook);
    const auto onChange = [this] { m_delay.start(); };
    connect(&m_watcher, &QFileSystemWatcher::fileChanged, this, onChange);
    connect(&m_watcher, &QFileSystemWatcher::directoryChanged, this, onChange);
    connect(&m_delay, &QTimer::timeout, this, [this] { read(true); });
    connect(&m_slow, &QTimer::timeout, this, &WorkspaceWatcher::look);
    const Files first = Files::of(m_root, kWatchedAtOnce);
    m_watcher.addPaths(first.watched);
    if (first.areAll)
        m_files = std::make_shared<Files>(first);
    else
        read(false);
}

void WorkspaceWatcher::look()
{
    if (m_slow.isActive())
        read(false);
}

/// Reads the folders again; tells about it if there was a change, or if one is found now.
void WorkspaceWatcher::read(bool isChange)
{
    const bool isFirst = !m_files;
    if (isFirst)
        m_files = std::make_shared<Files>();
    m_queue.run([this, root = m_root, files = m_files, isChange, isFirst]() -> base::TaskQueue::Answer {
        Files now = Files::of(root);
        now.look();
        const bool isDifferent = isChange || (!isFirst && now.others != files->others);
        *files = now;
        return [this, watched = now.watched, hasOthers = !now.others.isEmpty(), isDifferent] {
            if (!hasOthers)
                m_slow.stop();
            else if (!m_slow.isActive())
                m_slow.start();
            watch(watched);
            if (isDifferent)
                Q_EMIT changed();
        };
    });
}

void WorkspaceWatcher::watch(const QStringList &paths)
{
    const QStringList watched = m_watcher.files() + m_watcher.directories();
    const QSet<QString> current(watched.begin(), watched.end());
    m_toWatch.clear();
    for (const QString &path : paths) {
        if (!current.contains(path))
            m_toWatch += path;
    }
    watchSome();
}

/// QFileSystemWatcher compares each new path with all it has: many at once would hold the owner up.
void WorkspaceWatcher::watchSome()
{
    if (m_toWatch.isEmpty())
        return;
    const auto folders = m_watcher.directories().size();
    m_watcher.addPaths(m_toWatch.mid(0, kWatchedAtOnce));
    m_toWatch.remove(0, std::min<qsizetype>(kWatchedAtOnce, m_toWatch.size()));
    if (m_watcher.directories().size() > folders)
        read(false); // there may be more in a new folder by now
    if (!m_toWatch.isEmpty())
        QMetaObject::invokeMethod(this, &WorkspaceWatcher::watchSome, Qt::QueuedConnection);
}

} // namespace parallax::targets
