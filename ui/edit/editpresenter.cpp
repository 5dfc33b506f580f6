// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/edit/editpresenter.h"

#include "base/errors.h"
#include "base/text.h"
#include "endpoints/check.h"
#include "endpoints/errors.h"
#include "repository/errors.h"
#include "yaml/errors.h"

#include <QElapsedTimer>
#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace parallax::ui {

/// One change of a document's text and its inverse. What is typed without a pause becomes one.
class TextCommand final : public QUndoCommand
{
public:
    TextCommand(EditPresenter &presenter, const EditPresenter::History &history, endpoints::TextChange change,
                const QString &text, bool isTyped = false)
        : QUndoCommand(text)
        , m_presenter(presenter)
        , m_history(history)
        , m_change(std::move(change))
        , m_isTyped(isTyped)
    {
        m_age.start();
    }

    [[nodiscard]] int id() const override { return m_isTyped ? 1 : -1; }

    bool mergeWith(const QUndoCommand *other) override
    {
        constexpr qint64 kPauseMs = 1'000;
        const auto *next = static_cast<const TextCommand *>(other);
        const EditPresenter::Document *document = m_presenter.document(m_history.name);
        if (document == nullptr || m_age.elapsed() > kPauseMs)
            return false;
        const QByteArray &now = document->file.bytes();
        const std::optional<QByteArray> between = next->m_change.inverse().appliedTo(now);
        const std::optional<QByteArray> before = between ? m_change.inverse().appliedTo(*between) : std::nullopt;
        if (!before)
            return false;
        m_change = endpoints::TextChange::between(*before, now);
        m_age.restart();
        m_stamp = next->m_stamp;
        return true;
    }

    void redo() override { run(m_change); }
    void undo() override { run(m_change.inverse()); }
    /// When it was done or undone last.
    [[nodiscard]] quint64 stamp() const { return m_stamp; }

private:
    void run(const endpoints::TextChange &change)
    {
        m_stamp = ++m_presenter.m_clock;
        m_presenter.change(m_history.name, change);
    }

    EditPresenter &m_presenter;
    const EditPresenter::History &m_history; ///< owns this
    endpoints::TextChange m_change;
    bool m_isTyped;
    quint64 m_stamp = 0;
    QElapsedTimer m_age; ///< since the last of what became this step
};

quint64 EditPresenter::textStamp(const QString &name, bool isUndo) const
{
    const Document *found = document(name);
    if (found == nullptr || !found->history)
        return 0;
    const QUndoStack &stack = found->history->stack;
    const int at = isUndo ? stack.index() - 1 : stack.index();
    return at < 0 || at >= stack.count() ? 0 : static_cast<const TextCommand *>(stack.command(at))->stamp();
}

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
    for (const targets::WorkspaceEndpoint &endpoint : loaded.workspace->endpoints) {
        const QString &name = endpoint.entry.name;
        if (loaded.documents.find(name) != loaded.documents.end())
            continue; // the same name with another suffix
        Document document{endpoint.file, endpoint.file.bytes(), loaded.heads.value(endpoint.entry.path), nullptr};
        document.hasReadErrors = endpoint.hasErrors();
        setFile(document, endpoint.file);
        fix(document, endpoint);
        if (document.saved != document.head)
            loaded.modified.insert(name);
        loaded.documents.emplace_hint(loaded.documents.end(), name, std::move(document));
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

QUndoStack *EditPresenter::undoStack(const QString &name)
{
    Document *found = document(name);
    return found == nullptr ? nullptr : &historyOf(name, *found).stack;
}

EditPresenter::History &EditPresenter::historyOf(const QString &name, Document &document)
{
    if (!document.history) {
        document.history = std::make_unique<History>();
        document.history->name = name;
    }
    return *document.history;
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

void EditPresenter::pushText(const QString &name, Document &document, const endpoints::TextChange &change,
                             const QString &text, bool isTyped)
{
    forgetUndone();
    History &history = historyOf(name, document);
    history.stack.push(new TextCommand(*this, history, change, text, isTyped));
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
