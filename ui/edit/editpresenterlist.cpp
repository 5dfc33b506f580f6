// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Endpoints as a whole: made, duplicated, renamed, deleted, and all of it taken back.
#include "ui/edit/editpresenter.h"

#include "base/errors.h"
#include "endpoints/canonical.h"
#include "endpoints/errors.h"
#include "endpoints/names.h"
#include "repository/errors.h"

#include <QFileInfo>
#include <QPointer>

using namespace Qt::StringLiterals;

namespace parallax::ui {

namespace {

/// With file-not-synced the new bytes are in place.
bool isDone(const Status &status)
{
    return status || status.error().code == base::kFileNotSynced;
}

/// The new one first: whatever happens in between, the file exists.
Status moveFile(const repository::Repository &repository, const QString &from, const QString &to,
                const QByteArray &bytes)
{
    if (const Status saved = repository.saveFile(to, bytes, std::nullopt); !isDone(saved))
        return saved;
    const Status removed = repository.removeFile(from, bytes);
    if (!isDone(removed))
        static_cast<void>(repository.removeFile(to, bytes));
    return removed;
}

/// What `.parallax/` keeps under an endpoint's name follows it. Answers the folders in which it did, and why it did not
/// in one of them.
std::pair<QStringList, std::optional<Error>> moveSideFiles(const repository::Repository &repository,
                                                           const QStringList &folders, const QString &from,
                                                           const QString &to)
{
    QStringList moved;
    std::optional<Error> failure;
    for (const QString &folder : folders) {
        const QString path = folder + from + u".yaml"_s;
        if (!QFileInfo::exists(repository.root() + u'/' + path))
            continue;
        const Result<QByteArray> bytes = repository.readFile(path);
        const Status status =
            bytes ? moveFile(repository, path, folder + to + u".yaml"_s, *bytes) : Status(fail(bytes.error()));
        if (isDone(status))
            moved += folder;
        else
            failure = status.error();
    }
    return {moved, failure};
}

/// Why no endpoint can be made under this name.
std::optional<Error> nameError(const EditPresenter &presenter, const QString &name)
{
    if (std::optional<Error> error = endpoints::newNameError(name))
        return error;
    if (presenter.file(name))
        return Error{base::kFileExists, {}, {repository::Repository::endpointPath(name), 0, 0}, {}};
    return std::nullopt;
}

} // namespace

EditPresenter::Document EditPresenter::makeDocument(const QString &name, const QByteArray &bytes) const
{
    Document document{
        endpoints::EndpointFile::read(bytes, repository::Repository::endpointPath(name), name), {}, {}, nullptr};
    setFile(document, document.file);
    return document;
}

void EditPresenter::createEndpoint(const QString &name, const endpoints::DeploymentRef &deployment)
{
    if (refuses() || waits([this, name, deployment] { createEndpoint(name, deployment); }))
        return;
    const Result<QByteArray> bytes = endpoints::newEndpoint(name, {{u"split_1"_s, deployment, 1}});
    const std::optional<Error> error = bytes ? nameError(*this, name) : std::optional(bytes.error());
    if (error) {
        Q_EMIT failed(*error);
        return;
    }
    m_documents.emplace(name, makeDocument(name, *bytes));
    note(name);
    scheduleRecovery(name);
    addStep(ListStep::Kind::Create, tr("New endpoint %1").arg(name), {name});
    Q_EMIT loaded();
    Q_EMIT listChanged({{}, {name}, 0, false});
}

void EditPresenter::duplicate(const QString &name, const QString &newName)
{
    if (refuses() || waits([this, name, newName] { duplicate(name, newName); }))
        return;
    const Document *found = document(name);
    if (found == nullptr || (found->isForeign() && found->file.bytes().isEmpty() && refuses(*found)))
        return;
    if (const std::optional<Error> error = nameError(*this, newName)) {
        Q_EMIT failed(*error);
        return;
    }
    m_documents.emplace(newName, makeDocument(newName, found->file.bytes()));
    note(newName);
    scheduleRecovery(newName);
    addStep(ListStep::Kind::Create, tr("Duplicate %1").arg(name), {newName});
    Q_EMIT loaded();
    Q_EMIT listChanged({{}, {newName}, 0, false});
}

void EditPresenter::rename(const QString &name, const QString &newName)
{
    if (name == newName || refuses() || waits([this, name, newName] { rename(name, newName); }))
        return;
    const Document *found = document(name);
    if (found == nullptr || (found->isForeign() && refuses(*found)))
        return;
    if (const std::optional<Error> error = nameError(*this, newName)) {
        Q_EMIT failed(*error);
        return;
    }
    addStep(ListStep::Kind::Rename, tr("%1 is now %2").arg(name, newName), {name, newName});
    --m_stepsDone; // it is done by the same way as it is done again
    runStep(false);
}

bool EditPresenter::hasOtherSuffix(const QString &name) const
{
    const Document *found = document(name);
    return found != nullptr && found->isElsewhere && found->wasRead;
}

bool EditPresenter::isSuffixTaken(const QString &name) const
{
    const Document *found = document(name);
    return found != nullptr && name != found->file.name();
}

void EditPresenter::giveSuffix(const QString &name)
{
    if (refuses() || waits([this, name] { giveSuffix(name); }) || !hasOtherSuffix(name))
        return;
    const Document *found = document(name);
    const QString path = repository::Repository::endpointPath(found->file.name());
    if (isSuffixTaken(name)) {
        Q_EMIT failed(Error{base::kFileExists, {}, {path, 0, 0}, {}});
        return;
    }
    const QString from = u"endpoints/"_s + QFileInfo(found->file.file()).fileName();
    addStep(ListStep::Kind::Suffix, tr("%1 is now %2").arg(QFileInfo(from).fileName(), QFileInfo(path).fileName()),
            {name});
    m_steps.back().path = from;
    --m_stepsDone;
    runStep(false);
}

/// On disk, then here: the document is another one to the service, and the same to the user.
void EditPresenter::moveBetweenSuffixes(ListStep &step, bool isUndo)
{
    const QString &name = step.names.first();
    const Document *found = document(name);
    const QString usual = repository::Repository::endpointPath(name);
    if (found == nullptr || !found->saved || found->isElsewhere == isUndo) // something else is there by now
        return finishStep(step, isUndo, Error{base::kFileNotFound, {}, {isUndo ? usual : step.path, 0, 0}, {}});
    m_isChangingList = true;
    run([this, repository = m_repository, name, from = isUndo ? usual : step.path, to = isUndo ? step.path : usual,
         saved = *found->saved, &step, isUndo]() -> std::function<void()> {
        return [this, name, to, status = moveFile(repository, from, to, saved), &step, isUndo] {
            if (Document *moved = document(name); moved != nullptr && isDone(status)) {
                setFile(*moved, endpoints::EndpointFile::read(moved->file.bytes(), to, name));
                moved->isElsewhere = isUndo;
                moved->isFixed = isUndo;
                moved->whyFixed = isUndo ? std::optional(Error{endpoints::kFileSuffix,
                                                               {{u"suffix"_s, QString(u'.' + QFileInfo(to).suffix())}},
                                                               {to, 0, 0},
                                                               {}})
                                         : std::nullopt;
                moved->hasReadErrors = moved->file.hasErrors();
                note(name);
            }
            finishStep(step, isUndo, isDone(status) ? std::nullopt : std::optional(status.error()));
            reload();
        };
    });
}

void EditPresenter::remove(const QStringList &names)
{
    if (refuses() || waits([this, names] { remove(names); }))
        return;
    QStringList known;
    std::copy_if(names.begin(), names.end(), std::back_inserter(known), [this](const QString &name) {
        const Document *found = document(name);
        return found != nullptr && !(found->isForeign() && refuses(*found));
    });
    if (known.isEmpty())
        return;
    addStep(ListStep::Kind::Delete,
            known.size() == 1 ? tr("%1 was deleted").arg(known.first())
                              : tr("%n endpoint(s) were deleted", nullptr, static_cast<int>(known.size())),
            known);
    --m_stepsDone;
    runStep(false);
}

/// Files are moved one operation after the other: what is asked for meanwhile is done when the disk is.
bool EditPresenter::waits(std::function<void()> operation)
{
    if (!m_isChangingList && m_writing.isEmpty())
        return false;
    m_waiting.push_back(std::move(operation));
    return true;
}

void EditPresenter::runWaiting()
{
    while (!m_waiting.empty() && !m_isChangingList && m_writing.isEmpty()) {
        const std::function<void()> operation = std::move(m_waiting.front());
        m_waiting.pop_front();
        operation();
    }
}

/// Does the step again, or takes it back: first on disk, then here.
void EditPresenter::runStep(bool isUndo)
{
    ListStep &step = m_steps[isUndo ? m_stepsDone - 1 : m_stepsDone];
    switch (step.kind) {
    case ListStep::Kind::Create:
        return isUndo ? takeOut(step) : bringBack(step);
    case ListStep::Kind::Delete:
        return isUndo ? bringBack(step) : takeOut(step);
    case ListStep::Kind::Suffix:
        return moveBetweenSuffixes(step, isUndo);
    case ListStep::Kind::Rename:
        break;
    }
    const QString from = step.names.at(isUndo ? 1 : 0);
    const QString to = step.names.at(isUndo ? 0 : 1);
    const Document *found = document(from);
    if (found == nullptr) { // gone from outside: nothing that could be taken back later
        m_steps.erase(m_steps.begin() + (&step - m_steps.data()));
        m_stepsDone -= isUndo ? 1 : 0;
        Q_EMIT loaded();
        Q_EMIT failed(Error{base::kFileNotFound, {}, {repository::Repository::endpointPath(from), 0, 0}, {}});
        return;
    }
    if (document(to) != nullptr) {
        finishStep(step, isUndo, Error{base::kFileExists, {}, {repository::Repository::endpointPath(to), 0, 0}, {}});
        return;
    }
    m_isChangingList = true;
    const QStringList folders = isUndo ? step.moved : QStringList{u".parallax/endpoints/"_s, u".parallax/compare/"_s};
    run([this, repository = m_repository, from, to, saved = found->saved, folders, &step,
         isUndo]() -> std::function<void()> {
        Status status;
        std::pair<QStringList, std::optional<Error>> side;
        if (saved) {
            using repository::Repository;
            status = moveFile(repository, Repository::endpointPath(from), Repository::endpointPath(to), *saved);
            if (isDone(status))
                side = moveSideFiles(repository, folders, from, to);
        }
        return [this, from, to, status, side, &step, isUndo] {
            if (isDone(status)) {
                step.moved = side.first;
                moveDocument(from, to);
            }
            finishStep(step, isUndo, isDone(status) ? std::nullopt : std::optional(status.error()));
            if (side.second)
                Q_EMIT failed(*side.second);
        };
    });
}

void EditPresenter::moveDocument(const QString &from, const QString &to)
{
    auto node = m_documents.extract(from);
    if (node.empty())
        return;
    node.key() = to;
    Document &moved = node.mapped();
    moved.file = endpoints::EndpointFile::read(moved.file.bytes(), repository::Repository::endpointPath(to), to);
    moved.head = {}; // the last commit knows nothing of this name, until the next reading says otherwise
    if (moved.history)
        moved.history->name = to;
    m_documents.insert(std::move(node));
    for (const QString &name : {from, to}) {
        note(name);
        scheduleRecovery(name);
    }
    Q_EMIT renamed(from, to);
}

void EditPresenter::takeOut(ListStep &step)
{
    QList<std::pair<QString, std::optional<QByteArray>>> files;
    for (const QString &name : std::as_const(step.names)) {
        if (const Document *found = document(name))
            files.append({name, found->saved});
    }
    m_isChangingList = true;
    run([this, repository = m_repository, files, &step]() -> std::function<void()> {
        QStringList gone;
        std::optional<Error> error;
        for (const auto &[name, saved] : files) {
            const Status status =
                saved ? repository.removeFile(repository::Repository::endpointPath(name), *saved) : Status();
            if (isDone(status))
                gone += name;
            else
                error = status.error();
        }
        return [this, gone, error, &step] {
            for (const QString &name : gone) {
                if (auto node = m_documents.extract(name); !node.empty())
                    step.kept.insert(std::move(node));
                m_conflicts.remove(name);
                note(name);
                scheduleRecovery(name);
            }
            const bool wasDeleted = step.kind == ListStep::Kind::Delete;
            if (wasDeleted && !gone.isEmpty())
                step.names = gone; // the others stay, and are no part of it
            finishStep(step, !wasDeleted, gone.isEmpty() ? error : std::nullopt);
            if (error && !gone.isEmpty())
                Q_EMIT failed(*error);
        };
    });
}

void EditPresenter::bringBack(ListStep &step)
{
    QList<std::pair<QString, std::optional<QByteArray>>> files;
    std::optional<Error> taken;
    for (const auto &[name, kept] : step.kept) {
        if (document(name) == nullptr)
            files.append({name, kept.saved});
        else
            taken = Error{base::kFileExists, {}, {repository::Repository::endpointPath(name), 0, 0}, {}};
    }
    m_isChangingList = true;
    run([this, repository = m_repository, files, taken, &step]() -> std::function<void()> {
        QStringList back;
        std::optional<Error> error = taken;
        for (const auto &[name, saved] : files) {
            const Status status =
                saved ? repository.saveFile(repository::Repository::endpointPath(name), *saved, std::nullopt)
                      : Status();
            if (isDone(status))
                back += name;
            else
                error = status.error();
        }
        return [this, back, error, &step] {
            for (const QString &name : back) {
                if (document(name) == nullptr)
                    m_documents.insert(step.kept.extract(name));
                note(name);
                scheduleRecovery(name);
            }
            finishStep(step, step.kind == ListStep::Kind::Delete, error);
        };
    });
}

void EditPresenter::finishStep(const ListStep &step, bool isUndo, const std::optional<Error> &error)
{
    m_isChangingList = false;
    if (error) {
        // What could not be done is no step; what could not be taken back, or made again, can be tried again.
        if (!isUndo && step.kind != ListStep::Kind::Create)
            m_steps.erase(m_steps.begin() + static_cast<std::ptrdiff_t>(m_stepsDone), m_steps.end());
        Q_EMIT loaded();
        Q_EMIT failed(*error);
        runWaiting();
        return;
    }
    m_steps[isUndo ? m_stepsDone - 1 : m_stepsDone].stamp = ++m_clock;
    m_stepsDone = isUndo ? m_stepsDone - 1 : m_stepsDone + 1;
    const ListChange change{step.text, step.names, m_clock, isUndo};
    Q_EMIT loaded();
    Q_EMIT listChanged(change);
    runWaiting();
}

} // namespace parallax::ui
