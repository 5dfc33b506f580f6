// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What comes from the disk: the workspace with its documents, the files of .parallax, the branches.
#include "ui/edit/editpresenter.h"

#include "base/errors.h"
#include "base/text.h"
#include "endpoints/errors.h"
#include "repository/errors.h"
#include "yaml/errors.h"

#include <QFileInfo>
#include <QPointer>

using namespace Qt::StringLiterals;

namespace parallax::ui {

namespace {

constexpr qint64 kMostSideFile = 1'000'000;

} // namespace

/// Finds out whether the file can be looked at only, and why.
void EditPresenter::fix(Document &document, const targets::WorkspaceEndpoint &endpoint)
{
    const QString &path = endpoint.entry.path;
    document.isElsewhere = path != repository::Repository::endpointPath(endpoint.entry.name);
    document.wasRead = endpoint.wasRead;
    if (!endpoint.wasRead)
        document.whyFixed = endpoint.findings.first().error;
    else if (document.isElsewhere)
        document.whyFixed =
            Error{endpoints::kFileSuffix, {{u"suffix"_s, QString(u'.' + QFileInfo(path).suffix())}}, {path, 0, 0}, {}};
    document.isFixed = document.whyFixed.has_value() || !endpoint.isWritable;
}

void EditPresenter::setFile(Document &document, const endpoints::EndpointFile &file)
{
    document.file = file;
    document.whyNotText.reset();
    if (base::isUtf8(file.bytes()) && !file.bytes().contains('\0'))
        return;
    const QList<Finding> findings = file.findings();
    document.whyNotText = findings.isEmpty() ? Error{yaml::kEncoding, {}, {file.file(), 0, 0}, {}}
                                             : findings.first().error; // the parser's, with the place
}

void EditPresenter::makeDocuments(Loaded &loaded)
{
    QSet<QString> usual; // a file of the same name with another suffix stands under its own
    for (const targets::WorkspaceEndpoint &endpoint : loaded.workspace->endpoints) {
        if (endpoint.entry.path == repository::Repository::endpointPath(endpoint.entry.name))
            usual.insert(endpoint.entry.name);
    }
    for (const targets::WorkspaceEndpoint &endpoint : loaded.workspace->endpoints) {
        const bool isUsual = endpoint.entry.path == repository::Repository::endpointPath(endpoint.entry.name);
        const QString name = isUsual || !usual.contains(endpoint.entry.name)
                                 ? endpoint.entry.name
                                 : QFileInfo(endpoint.entry.path).fileName();
        if (loaded.documents.find(name) != loaded.documents.end())
            continue; // a folder of that name
        Document document{endpoint.file, endpoint.file.bytes(), loaded.heads.value(endpoint.entry.path), nullptr};
        document.hasReadErrors = endpoint.hasErrors();
        setFile(document, endpoint.file);
        fix(document, endpoint);
        if (document.saved != document.head)
            loaded.modified.insert(name);
        loaded.documents.emplace(name, std::move(document));
    }
}

/// The first time, in a large repository, a list is there long before the history is read.
void EditPresenter::openFiles()
{
    run([this, reader = m_reader, isClosing = m_isClosing]() -> std::function<void()> {
        if (*isClosing)
            return [] {};
        auto loaded = std::make_shared<Loaded>();
        loaded->workspace = reader->readFiles();
        for (const targets::WorkspaceEndpoint &endpoint : loaded->workspace->endpoints)
            loaded->heads.insert(endpoint.entry.path, endpoint.file.bytes());
        makeDocuments(*loaded);
        loaded->heads.clear();
        return [this, loaded] {
            m_workspace = loaded->workspace;
            m_documents.swap(loaded->documents);
            Q_EMIT opened();
        };
    });
}

void EditPresenter::reload()
{
    if (!std::exchange(m_isOpened, true))
        openFiles();
    const bool wantsRecoveries = !std::exchange(m_hasReadRecoveries, true) && !m_isReadOnly;
    run([this, reader = m_reader, repository = m_repository, store = m_recoveryStore, kept = m_kept,
         isClosing = m_isClosing, wantsRecoveries]() mutable -> std::function<void()> {
        if (*isClosing)
            return [] {};
        // The folder may have come under git, or to its first commit, since it was opened.
        if (!repository.hasCommits()) {
            const Result<repository::Repository> again = repository::Repository::discover(repository.root());
            if (again && again->root() == repository.root() && again->history() != repository.history()) {
                repository = *again;
                reader = std::make_shared<targets::WorkspaceReader>(repository);
            }
        }
        const Result<targets::WorkspacePtr> workspace = reader->read();
        if (!workspace)
            return [this, error = workspace.error()] { Q_EMIT failed(error); };
        auto loaded = std::make_shared<Loaded>();
        loaded->workspace = *workspace;
        loaded->reader = reader;
        QStringList paths;
        for (const targets::WorkspaceEndpoint &endpoint : (*workspace)->endpoints)
            paths += endpoint.entry.path;
        loaded->hasCommits = repository.hasCommits();
        if (loaded->hasCommits) {
            loaded->heads = repository.headFiles(paths).value_or(QHash<QString, QByteArray>());
            if (const Result<repository::Head> head = repository.head())
                loaded->branch = head->branch;
        }
        makeDocuments(*loaded);
        if (wantsRecoveries) {
            loaded->lost = store.left(repository.root());
            loaded->lost.removeIf(
                [&kept](const repository::Recovery &one) { return kept->values().contains(one.path); }); // of now
        }
        return [this, loaded = std::move(loaded)]() mutable { takeUp(std::move(loaded)); };
    });
}

void EditPresenter::takeUp(std::shared_ptr<Loaded> read)
{
    std::swap(m_workspace, read->workspace);
    m_reader = read->reader;
    m_repository = m_reader->repository();
    m_branch = read->branch;
    m_hasCommits = read->hasCommits;
    const QSet<QString> kept = keepEdited(*read);
    const QStringList followed = keepHistories(read->documents);
    m_documents.swap(read->documents);
    m_modified.swap(read->modified);
    m_unsaved.clear();
    for (const QString &name : kept)
        note(name);
    takeUpRecoveries(read->lost);
    Q_EMIT this->loaded();
    for (const QString &name : m_conflicts.keys())
        Q_EMIT conflicted(name);
    if (!followed.isEmpty())
        Q_EMIT followedDisk(followed);
    // What was there before takes its time to be freed: not here.
    run([read = std::move(read)]() mutable -> std::function<void()> {
        read.reset();
        return [] {};
    });
}

void EditPresenter::readSideFile(const QString &path, QObject *context,
                                 std::function<void(const Result<std::optional<QByteArray>> &)> then)
{
    run([repository = m_repository, path, context = QPointer<QObject>(context),
         then = std::move(then)]() -> std::function<void()> {
        Result<std::optional<QByteArray>> read = std::optional<QByteArray>();
        if (QFileInfo::exists(repository.root() + u'/' + path)) {
            const Result<QByteArray> bytes = repository.readFile(path, kMostSideFile);
            read = bytes ? Result<std::optional<QByteArray>>(*bytes) : fail(bytes.error());
        }
        return [context, then, read] {
            if (context)
                then(read);
        };
    });
}

void EditPresenter::saveSideFile(const QString &path, const QByteArray &bytes,
                                 const std::optional<QByteArray> &expected, QObject *context,
                                 std::function<void(const Status &)> then)
{
    if (refuses())
        return;
    run([this, repository = m_repository, path, bytes, expected, context = QPointer<QObject>(context),
         then = std::move(then)]() -> std::function<void()> {
        const Status saved = repository.saveFile(path, bytes, expected);
        return [this, context, then, saved] {
            const bool isDone = saved || saved.error().code == base::kFileNotSynced; // the new bytes are in place
            if (context)
                then(isDone ? Status() : saved);
            if (isDone)
                reload(); // a new folder is not watched yet
        };
    });
}

void EditPresenter::readBranches(QObject *context, std::function<void(const Result<QList<repository::Branch>> &)> then)
{
    run([repository = m_repository, context = QPointer<QObject>(context),
         then = std::move(then)]() -> std::function<void()> {
        return [context, then, branches = repository.branches()] {
            if (context)
                then(branches);
        };
    });
}

void EditPresenter::switchBranch(const QString &branch, QObject *context, std::function<void(const Status &)> then)
{
    if (refuses() || waits([this, branch, asker = QPointer<QObject>(context), then] {
            if (asker)
                switchBranch(branch, asker, then);
        }))
        return;
    if (unsavedCount() > 0)
        return then(
            fail(repository::kSwitchRefused, {{u"branch"_s, branch}}, tr("There are changes that are not saved.")));
    m_isChangingList = true; // steps of the list that are under way and this would get at the same files
    run([this, repository = m_repository, branch, context = QPointer<QObject>(context),
         then = std::move(then)]() -> std::function<void()> {
        return [this, context, then, done = repository.switchBranch(branch)] {
            m_isChangingList = false;
            if (context)
                then(done);
            if (done) {
                m_steps.clear(); // the files of the other branch are not those that were deleted or renamed
                m_stepsDone = 0;
                reload();
            }
            runWaiting();
        };
    });
}

} // namespace parallax::ui
