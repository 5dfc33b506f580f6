// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/edit/editpresenter.h"

#include "base/errors.h"
#include "endpoints/check.h"
#include "repository/errors.h"

using namespace Qt::StringLiterals;

namespace parallax::ui {

EditPresenter::EditPresenter(const repository::Repository &repository, QObject *parent)
    : QObject(parent)
    , m_repository(repository)
    , m_reader(std::make_shared<targets::WorkspaceReader>(repository))
    , m_watcher(repository.root())
{
    connect(&m_watcher, &targets::WorkspaceWatcher::changed, this, &EditPresenter::reload);
    m_recoveryTimer.setSingleShot(true);
    connect(&m_recoveryTimer, &QTimer::timeout, this, &EditPresenter::storeRecoveries);
}

EditPresenter::~EditPresenter()
{
    // A save that was asked for is still made, and behind it what was not saved is kept for the next start. Nobody
    // waits.
    *m_isClosing = true;
    if (m_isReadOnly || (m_unsaved.isEmpty() && m_unstored.isEmpty()))
        return;
    run([store = recoveryWork(m_unsaved + m_unstored)]() -> std::function<void()> {
        static_cast<void>(store());
        return {};
    });
}

void EditPresenter::run(std::function<std::function<void()>()> work)
{
    m_queue.run(std::move(work));
}

EditPresenter::Document *EditPresenter::document(const QString &name)
{
    const auto at = m_documents.find(name);
    return at == m_documents.end() ? nullptr : &at->second;
}

const EditPresenter::Document *EditPresenter::document(const QString &name) const
{
    const auto at = m_documents.find(name);
    return at == m_documents.end() ? nullptr : &at->second;
}

/// Counting 5,000 documents at every key would hold the window up.
void EditPresenter::note(const QString &name)
{
    const Document *found = document(name);
    const auto keep = [&name](QSet<QString> &set, bool isIn) {
        if (isIn)
            set.insert(name);
        else
            set.remove(name);
    };
    keep(m_unsaved, found != nullptr && found->file.bytes() != found->saved);
    keep(m_modified, found != nullptr && found->file.bytes() != found->head);
}

int EditPresenter::modifiedCount() const
{
    // Without a commit there is nothing that anything could differ from.
    return m_hasCommits ? static_cast<int>(m_modified.size()) : unsavedCount();
}

EndpointState EditPresenter::stateOf(const QString &name, const Document &document) const
{
    EndpointState state;
    state.isUnsaved = m_unsaved.contains(name);
    state.isModified = m_hasCommits && m_modified.contains(name);
    state.hasErrors = document.file.hasErrors() || (!state.isUnsaved && document.hasReadErrors);
    state.isReadOnly = m_isReadOnly || document.isFixed || document.whyNotText;
    return state;
}

EndpointState EditPresenter::state(const QString &name) const
{
    const Document *found = document(name);
    return found == nullptr ? EndpointState() : stateOf(name, *found);
}

QList<std::pair<QString, EndpointState>> EditPresenter::states() const
{
    QList<std::pair<QString, EndpointState>> states;
    states.reserve(static_cast<qsizetype>(m_documents.size()));
    for (const auto &[name, document] : m_documents)
        states.append({name, stateOf(name, document)});
    return states;
}

QStringList EditPresenter::endpointNames() const
{
    QStringList names;
    for (const auto &entry : m_documents)
        names += entry.first;
    return names;
}

bool EditPresenter::hasErrors(const QString &name) const
{
    const Document *found = document(name);
    return found != nullptr && stateOf(name, *found).hasErrors;
}

int EditPresenter::unsavedCount() const
{
    return static_cast<int>(m_unsaved.size());
}

void EditPresenter::saveAll()
{
    QStringList names(m_unsaved.begin(), m_unsaved.end());
    names.sort();
    for (const QString &name : std::as_const(names))
        save(name);
}

std::optional<endpoints::EndpointFile> EditPresenter::file(const QString &name) const
{
    const Document *found = document(name);
    return found == nullptr ? std::nullopt : std::optional(found->file);
}

std::optional<Error> EditPresenter::whyReadOnly(const QString &name) const
{
    const Document *found = document(name);
    return found == nullptr ? std::nullopt : found->whyFixed ? found->whyFixed : found->whyNotText;
}

QList<Finding> EditPresenter::findings(const QString &name) const
{
    const Document *found = document(name);
    if (found == nullptr)
        return {};
    if (!found->wasRead)
        return {Finding{Severity::Error, *found->whyFixed}};
    QList<Finding> findings = found->file.findings();
    if (m_workspace && m_workspace->catalogue && !found->file.hasErrors())
        findings += endpoints::checkAgainst(found->file, *m_workspace->catalogue);
    return findings;
}

bool EditPresenter::isModified(const QString &name) const
{
    return m_unsaved.contains(name);
}

base::LineDiff EditPresenter::diffToHead(const QString &name) const
{
    const Document *found = document(name);
    return found == nullptr ? base::LineDiff() : base::diffLines(found->head, found->file.bytes());
}

void EditPresenter::change(const QString &name, const endpoints::TextChange &change)
{
    Document *found = document(name);
    if (found == nullptr)
        return;
    if (const std::optional<QByteArray> bytes = change.appliedTo(found->file.bytes())) {
        setFile(*found, endpoints::EndpointFile::read(*bytes, found->file.file(), name));
        note(name);
        scheduleRecovery(name);
        Q_EMIT documentChanged(name);
    }
}

bool EditPresenter::refuses()
{
    if (m_isReadOnly)
        Q_EMIT failed(Error{repository::kReadOnly, {}, {}, {}});
    return m_isReadOnly;
}

bool EditPresenter::refuses(const Document &document)
{
    if (refuses())
        return true;
    const std::optional<Error> &why = document.whyFixed ? document.whyFixed : document.whyNotText;
    if (why)
        Q_EMIT failed(*why);
    return why.has_value();
}

bool EditPresenter::apply(const QString &name, const endpoints::Edit &edit, const QString &text)
{
    Document *found = document(name);
    if (found == nullptr || refuses(*found))
        return false;
    const Result<endpoints::EndpointFile> edited = endpoints::applied(found->file, edit);
    if (!edited) {
        Q_EMIT failed(edited.error());
        return false;
    }
    const endpoints::TextChange change = endpoints::TextChange::between(found->file.bytes(), edited->bytes());
    if (!change.isEmpty())
        pushText(name, *found, change, text, false);
    return true;
}

void EditPresenter::setText(const QString &name, const QByteArray &bytes)
{
    if (const Document *found = document(name); found != nullptr && found->file.bytes() != bytes && !refuses(*found))
        replaceText(name, bytes, tr("Edit text"), true);
}

void EditPresenter::replaceText(const QString &name, const QByteArray &bytes, const QString &text, bool isTyped)
{
    Document *found = document(name);
    if (found == nullptr || found->file.bytes() == bytes || refuses())
        return;
    const endpoints::TextChange change = endpoints::TextChange::between(found->file.bytes(), bytes);
    if (!change.isEmpty())
        pushText(name, *found, change, text, isTyped);
}

void EditPresenter::revert(const QString &name)
{
    if (const Document *found = document(name))
        replaceText(name, found->saved.value_or(QByteArray()), tr("Revert changes"), false);
}

void EditPresenter::save(const QString &name)
{
    if (m_isChangingList) {
        m_waiting.push_back([this, name] { save(name); });
        return;
    }
    const Document *found = document(name);
    if (found == nullptr || found->file.bytes() == found->saved)
        return;
    if (hasConflict(name)) { // to be answered first
        Q_EMIT conflicted(name);
        return;
    }
    write(name, found->file.bytes(), found->saved);
}

void EditPresenter::write(const QString &name, const QByteArray &bytes, const std::optional<QByteArray> &expected)
{
    if (const Document *found = document(name); found != nullptr && found->isForeign()) {
        Q_EMIT failed(*found->whyFixed);
        return;
    }
    if (m_writing.contains(name)) { // what is in the file then is known when that is done
        m_saveAgain.insert(name);
        return;
    }
    m_writing.insert(name);
    run([this, repository = m_repository, name, bytes, expected]() -> std::function<void()> {
        const QString path = repository::Repository::endpointPath(name);
        const Status status = repository.saveFile(path, bytes, expected);
        if (!status && status.error().code == repository::kFileChangedOutside) {
            const Result<QByteArray> theirs = repository.readFile(path);
            return [this, name, theirs = theirs ? std::optional(*theirs) : std::nullopt] {
                m_writing.remove(name);
                m_saveAgain.remove(name);
                setConflict(name, theirs);
                runWaiting();
            };
        }
        // With file-not-synced the new bytes are in place.
        const bool isWritten = status || status.error().code == base::kFileNotSynced;
        return [this, name, bytes, status, isWritten] {
            m_writing.remove(name);
            const bool savesAgain = m_saveAgain.remove(name) && isWritten;
            if (!status)
                Q_EMIT failed(status.error());
            if (isWritten) {
                if (Document *after = document(name))
                    after->saved = bytes;
                note(name);
                m_conflicts.remove(name);
                scheduleRecovery(name);
                Q_EMIT documentChanged(name);
                if (status)
                    Q_EMIT saved(name);
                if (savesAgain)
                    save(name);
            }
            runWaiting();
        };
    });
}

} // namespace parallax::ui
