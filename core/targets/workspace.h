// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// An opened repository as the programs see it, read at one moment: the value behind the router, the lists and the
// forms.
#pragma once

#include "base/taskqueue.h"
#include "endpoints/endpointfile.h"
#include "endpoints/localsettings.h"
#include "repository/catalogue.h"
#include "repository/repository.h"
#include "targets/targetsfile.h"

#include <QFileSystemWatcher>
#include <QHash>
#include <QObject>
#include <QTimer>

#include <memory>
#include <stop_token>

namespace parallax::targets {

/// One endpoint file with everything that is to be said about it.
struct WorkspaceEndpoint
{
    repository::EndpointFile entry;
    endpoints::EndpointFile file;
    QList<Finding> findings; ///< of the file, its name and the catalogue, in the order of the file
    bool isWritable = true;  ///< as far as its permissions say
    bool wasRead = true;     ///< else `file` is empty, and the first finding says why

    [[nodiscard]] bool hasErrors() const;
};

/// Immutable once read; shared as std::shared_ptr<const Workspace>, any thread.
struct Workspace
{
    repository::Repository repository;
    QString branch;                     ///< that is checked out; empty when there is none
    QList<WorkspaceEndpoint> endpoints; ///< sorted by name; wrongly named and broken ones too
    std::shared_ptr<const repository::Catalogue> catalogue;
    TargetsFile targets;
    QHash<QString, endpoints::LocalSettings> local; ///< by endpoint; only those without errors
    QList<Finding> findings;                        ///< of .parallax files and of the repository
    QHash<QString, qsizetype> indexes;              ///< of endpoints by name, where the reader made it

    [[nodiscard]] const WorkspaceEndpoint *endpoint(QStringView name) const;
    /// What a router can serve: endpoints without errors, in order.
    [[nodiscard]] QList<endpoints::Endpoint> servable() const;
};

using WorkspacePtr = std::shared_ptr<const Workspace>;

/// Reads workspaces of one repository and remembers what git told before. Blocks; a worker thread, one read at a time.
class WorkspaceReader
{
public:
    explicit WorkspaceReader(repository::Repository repository);
    /// Fails only when the repository itself cannot be read; broken files are findings.
    [[nodiscard]] Result<WorkspacePtr> read(std::stop_token stop = {});
    /// Only the files, without catalogue and what is checked against it: quick in the largest repository, for a list to
    /// show while read() is under way.
    [[nodiscard]] WorkspacePtr readFiles() const;
    [[nodiscard]] const repository::Repository &repository() const { return m_repository; }

private:
    void readEndpoints(Workspace &workspace) const;
    void readLocalFiles(Workspace &workspace) const;

    repository::Repository m_repository;
    repository::CatalogueLoader m_catalogue;
};

/// Tells that endpoint or .parallax files of a repository changed: soon after the last of a burst of changes. It
/// watches folders and files (an atomic replace ends the watch on a file, so files are watched anew each time). Of a
/// large repository's files only the first are watched; the times and sizes of the others are looked at every ten
/// seconds, and when it is asked for. Lives on the thread of its owner and reads folders on another.
class WorkspaceWatcher final : public QObject
{
    Q_OBJECT

public:
    explicit WorkspaceWatcher(const QString &root, QObject *parent = nullptr);
    /// Looks at the files that are not watched now; changed() follows when one is different.
    void look();

Q_SIGNALS:
    void changed();

private:
    struct Files;
    void watch(const QStringList &paths);
    void watchSome();
    void read(bool isChange);

    QString m_root;
    QFileSystemWatcher m_watcher;
    QTimer m_delay;
    QTimer m_slow; ///< runs while there are files that are not watched
    QStringList m_toWatch;
    std::shared_ptr<Files> m_files; ///< after the constructor used in the background only
    base::TaskQueue m_queue{this, base::TaskQueue::AtEnd::Drop};
};

} // namespace parallax::targets
