// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What keeps the presenter's texts from getting lost: files that change under it, and its own end.
#include "ui/edit/editpresenter.h"

using namespace Qt::StringLiterals;

namespace parallax::ui {

namespace {

constexpr int kRecoveryDelayMs = 1000;

/// Behind the name and the path of all but the first; no file has a slash in its name.
QString copySuffix(int copy)
{
    return copy == 0 ? QString() : u'/' + QString::number(copy + 1);
}

/// What earlier runs kept for the document is not overwritten before the user has answered for it.
QString freePath(const repository::RecoveryStore &store, const QString &root, const QString &name)
{
    int copy = 0;
    while (store.has(root, repository::Repository::endpointPath(name) + copySuffix(copy)))
        ++copy;
    return repository::Repository::endpointPath(name) + copySuffix(copy);
}

} // namespace

/// Moves the documents with edits of ours over, and finds out what became of their files. Answers which.
QSet<QString> EditPresenter::keepEdited(Loaded &read)
{
    QSet<QString> keptNames;
    QHash<QString, std::optional<QByteArray>> conflicts;
    for (const QString &name : std::as_const(m_unsaved)) {
        const auto at = m_documents.find(name);
        const auto now = read.documents.find(name);
        const bool isThere = now != read.documents.end() && !now->second.isElsewhere;
        if (at == m_documents.end() || (isThere && now->second.saved == at->second.file.bytes()))
            continue; // someone wrote the same
        if (isThere && now->second.saved != at->second.saved)
            conflicts.insert(name, now->second.saved);
        else if (!isThere && at->second.saved)
            conflicts.insert(name, std::nullopt);
        at->second.head = read.heads.value(repository::Repository::endpointPath(name));
        if (isThere) {
            at->second.hasReadErrors = now->second.hasReadErrors;
            at->second.isFixed = now->second.isFixed;
            at->second.wasRead = now->second.wasRead;
            at->second.whyFixed = now->second.whyFixed;
        }
        if (now != read.documents.end())
            read.documents.erase(now);
        read.documents.insert(m_documents.extract(at));
        keptNames.insert(name);
    }
    m_conflicts = conflicts;
    return keptNames;
}

/// Documents that are as they were keep what can be undone; answers which are not. Both are sorted.
QStringList EditPresenter::keepHistories(Documents &documents)
{
    QStringList followed;
    auto old = m_documents.begin();
    for (auto now = documents.begin(); now != documents.end() && old != m_documents.end(); ++now) {
        while (old != m_documents.end() && old->first < now->first)
            ++old;
        if (old == m_documents.end() || now->first < old->first)
            continue;
        if (old->second.saved != now->second.saved)
            followed += now->first;
        else
            now->second.history = std::move(old->second.history);
    }
    for (auto &[name, document] : m_documents)
        document.history.reset(); // the rest goes on another thread
    return followed;
}

void EditPresenter::setConflict(const QString &name, const std::optional<QByteArray> &theirs)
{
    if (document(name) == nullptr)
        return;
    m_conflicts.insert(name, theirs);
    Q_EMIT conflicted(name);
}

bool EditPresenter::isDeletedOutside(const QString &name) const
{
    const auto at = m_conflicts.find(name);
    return at != m_conflicts.end() && !at->has_value();
}

base::LineDiff EditPresenter::conflictDiff(const QString &name) const
{
    const Document *found = document(name);
    const auto theirs = m_conflicts.find(name);
    return found == nullptr || theirs == m_conflicts.end()
               ? base::LineDiff()
               : base::diffLines(theirs->value_or(QByteArray()), found->file.bytes());
}

void EditPresenter::keepMine(const QString &name)
{
    const Document *found = document(name);
    const auto theirs = m_conflicts.find(name);
    if (found != nullptr && theirs != m_conflicts.end())
        write(name, found->file.bytes(), *theirs);
}

void EditPresenter::takeTheirs(const QString &name)
{
    Document *found = document(name);
    const auto at = m_conflicts.find(name);
    if (found == nullptr || at == m_conflicts.end())
        return;
    const std::optional<QByteArray> theirs = *at;
    m_conflicts.erase(at);
    if (theirs) {
        found->saved = *theirs;
        note(name);
        replaceText(name, *theirs, tr("Take theirs"), false);
        scheduleRecovery(name);
        Q_EMIT documentChanged(name);
        return;
    }
    m_documents.erase(name);
    note(name);
    scheduleRecovery(name);
    Q_EMIT loaded();
}

QStringList EditPresenter::recoveries() const
{
    QStringList names = m_recoveries.keys();
    names.sort();
    return names;
}

std::optional<repository::Recovery> EditPresenter::recovery(const QString &which) const
{
    const auto at = m_recoveries.find(which);
    return at == m_recoveries.end() ? std::nullopt : std::optional(*at);
}

base::LineDiff EditPresenter::recoveryDiff(const QString &which) const
{
    const Document *found = document(endpointOf(which));
    return base::diffLines(found == nullptr ? QByteArray() : found->file.bytes(), m_recoveries.value(which).text);
}

bool EditPresenter::isRecoveryBaseChanged(const QString &which) const
{
    const Document *found = document(endpointOf(which));
    const QByteArray base = m_recoveries.value(which).base;
    return found == nullptr ? !base.isEmpty()
                            : (found->saved ? repository::Recovery::hashOf(*found->saved) : QByteArray()) != base;
}

void EditPresenter::takeUpRecoveries(const QList<repository::Recovery> &lost)
{
    for (const repository::Recovery &recovery : lost) {
        const QString file = recovery.path.section(u'/', 1, 1);
        const QString name = file.chopped(std::min(file.size(), u".yaml"_s.size()));
        const int copy = std::max(0, recovery.path.section(u'/', 2).toInt() - 1);
        if (recovery.path != repository::Repository::endpointPath(name) + copySuffix(copy))
            continue;
        const Document *found = document(name);
        if (found == nullptr || found->file.bytes() != recovery.text)
            m_recoveries.insert(name + copySuffix(copy), recovery);
        else
            m_recoveryStore.drop(recovery.root, recovery.path); // it had been saved
    }
    if (!m_recoveries.isEmpty())
        Q_EMIT recoveriesChanged();
}

void EditPresenter::restore(const QString &which)
{
    const auto at = m_recoveries.find(which);
    if (at == m_recoveries.end())
        return;
    const QString name = endpointOf(which);
    const QByteArray text = at->text;
    m_answered += at->path;
    m_recoveries.erase(at);
    if (document(name) == nullptr) {
        m_documents.emplace(name, makeDocument(name, text));
        note(name);
        Q_EMIT loaded();
    } else {
        replaceText(name, text, tr("Restore"), false);
    }
    scheduleRecovery(name);
    Q_EMIT recoveriesChanged();
}

void EditPresenter::discardRecovery(const QString &which)
{
    const auto at = m_recoveries.find(which);
    if (at == m_recoveries.end())
        return;
    m_answered += at->path;
    m_recoveries.erase(at);
    scheduleRecovery(endpointOf(which)); // removes the file
    Q_EMIT recoveriesChanged();
}

void EditPresenter::scheduleRecovery(const QString &name)
{
    m_unstored.insert(name);
    if (!m_recoveryTimer.isActive())
        m_recoveryTimer.start(kRecoveryDelayMs);
}

repository::Recovery EditPresenter::recoveryOf(const Document &document) const
{
    repository::Recovery recovery;
    recovery.root = m_repository.root();
    recovery.text = document.file.bytes();
    recovery.base = document.saved ? repository::Recovery::hashOf(*document.saved) : QByteArray();
    recovery.time = SystemClock().wallTime();
    return recovery;
}

/// For the pool thread: brings what is kept of these documents up to date.
std::function<Status()> EditPresenter::recoveryWork(const QSet<QString> &names)
{
    QList<std::pair<QString, repository::Recovery>> edited;
    QStringList done;
    for (const QString &name : names) {
        const Document *found = document(name);
        if (found != nullptr && found->file.bytes() != found->saved)
            edited.append({name, recoveryOf(*found)});
        else
            done += name;
    }
    return [store = m_recoveryStore, kept = m_kept, root = m_repository.root(), edited, done,
            answered = std::exchange(m_answered, {})]() -> Status {
        Status status;
        for (auto [name, recovery] : edited) {
            recovery.path = kept->contains(name) ? kept->value(name) : freePath(store, root, name);
            if (Status stored = store.keep(recovery))
                kept->insert(name, recovery.path);
            else
                status = stored;
        }
        for (const QString &name : done) {
            if (kept->contains(name))
                store.drop(root, kept->take(name));
        }
        for (const QString &path : answered) {
            if (status && !kept->values().contains(path)) // what was restored is kept again by now
                store.drop(root, path);
        }
        return status;
    };
}

void EditPresenter::storeRecoveries()
{
    run([this, store = recoveryWork(std::exchange(m_unstored, {}))]() -> std::function<void()> {
        return [this, kept = store()] {
            if (!kept)
                Q_EMIT failed(kept.error());
        };
    });
}

} // namespace parallax::ui
