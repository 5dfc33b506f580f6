// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/linediff.h"
#include "base/taskqueue.h"
#include "endpoints/edits.h"
#include "repository/recovery.h"
#include "repository/repository.h"
#include "targets/workspace.h"

#include <QHash>
#include <QObject>
#include <QSet>
#include <QTimer>
#include <QUndoStack>

#include <atomic>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <vector>

namespace parallax::ui {

/// What a list says about one endpoint.
struct EndpointState
{
    bool isUnsaved = false;  ///< edited, and not on disk
    bool isModified = false; ///< differs from the last commit, saved or not
    bool hasErrors = false;
    bool isReadOnly = false; ///< it can be looked at only
    friend bool operator==(const EndpointState &, const EndpointState &) = default;
};

/// What became of the list of endpoints.
struct ListChange
{
    QString text;      ///< says what was done, or undone; empty when it shows by itself
    QStringList names; ///< of the endpoints it was done to
    quint64 step = 0;  ///< for takeBack()
    bool isUndone = false;
};

/// The Edit mode without widgets: the open workspace, a document with its undo history for every endpoint, saving with
/// conflict detection, and a recovery file for each document that is not saved, at most a second behind. Endpoints that
/// were made, renamed or deleted stand in the same history: undo() takes back whatever was done last, unless that would
/// take a file away that was saved, or change another document than the one it is asked for. Lives on the GUI thread;
/// everything that reads, writes or runs git happens on a pool thread of its own, and what comes back is a finished
/// value. Owned by the composition root.
class EditPresenter final : public QObject
{
    Q_OBJECT

public:
    explicit EditPresenter(const repository::Repository &repository, QObject *parent = nullptr);
    ~EditPresenter() override;

    /// Set before the first reload(): another window writes to the folder, so nothing is changed, saved or recovered
    /// here; who tries is told by failed().
    void setReadOnly(bool isReadOnly) { m_isReadOnly = isReadOnly; }
    [[nodiscard]] bool isReadOnly() const { return m_isReadOnly; }

    /// Reads the workspace (again); loaded() or failed() follows.
    void reload();
    /// The window is in front again: files that are too many to be watched may have changed meanwhile.
    void lookForChanges() { m_watcher.look(); }
    [[nodiscard]] const targets::WorkspacePtr &workspace() const { return m_workspace; }
    [[nodiscard]] const repository::Repository &repository() const { return m_repository; }
    [[nodiscard]] const QString &branch() const { return m_branch; }
    [[nodiscard]] QString branchOrMain() const { return m_branch.isEmpty() ? QStringLiteral("main") : m_branch; }
    [[nodiscard]] int modifiedCount() const;
    /// Documents with edits that are not on disk.
    [[nodiscard]] int unsavedCount() const;

    /// In order; those made here and not saved yet too.
    [[nodiscard]] QStringList endpointNames() const;
    [[nodiscard]] bool hasErrors(const QString &name) const;
    [[nodiscard]] EndpointState state(const QString &name) const;
    /// Its file ends in `.yml`, which the service does not read. Beside a `.yaml` of its name it is listed with that
    /// ending.
    [[nodiscard]] bool hasOtherSuffix(const QString &name) const;
    /// There is a `.yaml` of its name already.
    [[nodiscard]] bool isSuffixTaken(const QString &name) const;
    /// What keeps this one file from being edited, where that is not just its permissions.
    [[nodiscard]] std::optional<Error> whyReadOnly(const QString &name) const;
    /// Of all, in order; much cheaper than one by one.
    [[nodiscard]] QList<std::pair<QString, EndpointState>> states() const;
    /// The endpoint's file with everything edited so far; nothing when there is no such endpoint.
    [[nodiscard]] std::optional<endpoints::EndpointFile> file(const QString &name) const;
    [[nodiscard]] QList<Finding> findings(const QString &name) const;
    [[nodiscard]] bool isModified(const QString &name) const;
    /// The lines of the last commit beside those of now.
    [[nodiscard]] base::LineDiff diffToHead(const QString &name) const;
    /// Of one document; null when there is none.
    [[nodiscard]] QUndoStack *undoStack(const QString &name);

    /// What was done last, to this document or to the list of endpoints.
    [[nodiscard]] bool canUndo(const QString &name) const;
    [[nodiscard]] bool canRedo(const QString &name) const;
    void undo(const QString &name);
    void redo(const QString &name);
    /// Undoes that change of the list, or does it again; what was edited or saved since is not taken away.
    [[nodiscard]] bool canTakeBack(quint64 step) const;
    void takeBack(quint64 step);

    /// One step of the undo history; a finding about why not goes to failed().
    bool apply(const QString &name, const endpoints::Edit &edit, const QString &text);
    /// A hand edit of the YAML joins the same history; what is typed without a pause of a second is one step.
    void setText(const QString &name, const QByteArray &bytes);
    void save(const QString &name);
    void saveAll();
    /// Back to the file as it is on disk; can be undone.
    void revert(const QString &name);
    void createEndpoint(const QString &name, const endpoints::DeploymentRef &deployment);
    /// A new endpoint with the text of this one as it is now; not saved yet.
    void duplicate(const QString &name, const QString &newName);
    /// Moves the file, and what `.parallax/` keeps under its name, at once; edits and their history go with it.
    void rename(const QString &name, const QString &newName);
    /// Moves a file with another suffix to `.yaml`, at once; a step of the list that can be taken back.
    void giveSuffix(const QString &name);
    /// Removes the files at once, those that are still as they were read; failed() for the others.
    void remove(const QStringList &names);
    /// The list of endpoints is being changed on disk: nothing else can be done to it until then.
    [[nodiscard]] bool isChangingList() const { return m_isChangingList; }

    /// A file of `.parallax/`, from the root; nothing when there is none. `then` is called unless `context` is gone.
    void readSideFile(const QString &path, QObject *context,
                      std::function<void(const Result<std::optional<QByteArray>> &)> then);
    /// Saves it if it still is as it was read, and reads the workspace again.
    void saveSideFile(const QString &path, const QByteArray &bytes, const std::optional<QByteArray> &expected,
                      QObject *context, std::function<void(const Status &)> then);

    void readBranches(QObject *context, std::function<void(const Result<QList<repository::Branch>> &)> then);
    /// Checks it out and reads the workspace again. Refused while documents are not saved: their files would change
    /// under them.
    void switchBranch(const QString &branch, QObject *context, std::function<void(const Status &)> then);

    // The file changed outside, by another program or a checkout, while it was edited here.
    [[nodiscard]] bool hasConflict(const QString &name) const { return m_conflicts.contains(name); }
    [[nodiscard]] bool isDeletedOutside(const QString &name) const;
    /// From theirs to mine.
    [[nodiscard]] base::LineDiff conflictDiff(const QString &name) const;
    /// Writes mine over theirs, unless the file has changed once more.
    void keepMine(const QString &name);
    /// Theirs as a step of the undo history; a document whose file is gone goes too.
    void takeTheirs(const QString &name);

    // What earlier runs edited and did not save.
    /// In order; there may be several for one endpoint, since what is edited before the first is answered is kept too.
    [[nodiscard]] QStringList recoveries() const;
    [[nodiscard]] static QString endpointOf(const QString &recovery) { return recovery.section(u'/', 0, 0); }
    [[nodiscard]] std::optional<repository::Recovery> recovery(const QString &which) const;
    /// From the document to what was not saved.
    [[nodiscard]] base::LineDiff recoveryDiff(const QString &which) const;
    /// The file is no longer the one that those edits began from.
    [[nodiscard]] bool isRecoveryBaseChanged(const QString &which) const;
    /// Becomes a step of the undo history; saved as any other.
    void restore(const QString &which);
    void discardRecovery(const QString &which);

Q_SIGNALS:
    /// The endpoints can be seen and edited; the catalogue and the last commit are still being read.
    void opened();
    void loaded();
    void documentChanged(const QString &name);
    void saved(const QString &name);
    /// The file changed outside since it was read; nothing was written.
    void conflicted(const QString &name);
    /// Documents without edits of ours followed their changed files.
    void followedDisk(const QStringList &names);
    void recoveriesChanged();
    /// Endpoints are there under other names, or gone, or back.
    void listChanged(const parallax::ui::ListChange &change);
    void renamed(const QString &name, const QString &newName);
    void failed(const parallax::Error &error);

private:
    friend class TextCommand;
    /// The name stands here because a rename changes it for every command.
    struct History
    {
        QString name;
        QUndoStack stack;
    };
    struct Document
    {
        endpoints::EndpointFile file;
        std::optional<QByteArray> saved; ///< what is on disk, if it is
        QByteArray head;
        std::unique_ptr<History> history; ///< made with the first edit
        bool hasReadErrors = false;       ///< as it is on disk, beside the catalogue
        bool isFixed = false;             ///< the file can be looked at only
        bool isElsewhere = false;         ///< not under the name it would be saved by
        bool wasRead = true;
        std::optional<Error> whyFixed{};   ///< where that is not just its permissions
        std::optional<Error> whyNotText{}; ///< bytes that no text stands for: a key would rewrite them
        /// What is on disk is not this text, or not there: nothing is written, moved or removed.
        [[nodiscard]] bool isForeign() const { return isElsewhere || !wasRead; }
    };
    using Documents = std::map<QString, Document>;
    /// Made on the pool thread, to the last document: thousands would hold the window up.
    struct Loaded
    {
        targets::WorkspacePtr workspace;
        Documents documents;
        QSet<QString> modified;           ///< those that differ from the last commit
        QHash<QString, QByteArray> heads; ///< by endpoint path
        QString branch;
        bool hasCommits = false;
        std::shared_ptr<targets::WorkspaceReader> reader;
        QList<repository::Recovery> lost; ///< on the first reading only
    };
    /// A change of the list and what it takes to take it back.
    struct ListStep
    {
        enum class Kind { Create, Rename, Delete, Suffix };
        Kind kind = Kind::Create;
        QString text;
        QStringList names; ///< made or deleted; of a rename the old and the new one
        Documents kept;    ///< those that are not in the list at present
        QString path;      ///< of a file that got the suffix: where it was
        QStringList moved; ///< folders of `.parallax/` whose file a renaming took along
        quint64 stamp = 0; ///< when it was done or undone last
    };

    [[nodiscard]] Document makeDocument(const QString &name, const QByteArray &bytes) const;
    void addStep(ListStep::Kind kind, const QString &text, const QStringList &names);
    void runStep(bool isUndo);
    void forgetUndone();
    [[nodiscard]] bool waits(std::function<void()> operation);
    void runWaiting();
    void moveBetweenSuffixes(ListStep &step, bool isUndo);
    void takeOut(ListStep &step);
    void bringBack(ListStep &step);
    void moveDocument(const QString &from, const QString &to);
    void finishStep(const ListStep &step, bool isUndo, const std::optional<Error> &error);
    [[nodiscard]] EndpointState stateOf(const QString &name, const Document &document) const;
    [[nodiscard]] quint64 textStamp(const QString &name, bool isUndo) const;
    [[nodiscard]] quint64 listStamp(const QString &name, bool isUndo) const;
    [[nodiscard]] bool mayUndo(const ListStep &step, const QString &name, const QStringList &later) const;
    [[nodiscard]] std::optional<std::size_t> undoableStep(const QString &name) const;
    void takeBack(quint64 stamp, const QString &name);
    void note(const QString &name);
    [[nodiscard]] History &historyOf(const QString &name, Document &document);
    static void makeDocuments(Loaded &loaded);
    static void fix(Document &document, const targets::WorkspaceEndpoint &endpoint);
    static void setFile(Document &document, const endpoints::EndpointFile &file);
    void takeUp(std::shared_ptr<Loaded> loaded);
    void openFiles();
    [[nodiscard]] QSet<QString> keepEdited(Loaded &loaded);
    [[nodiscard]] QStringList keepHistories(Documents &documents);
    void setConflict(const QString &name, const std::optional<QByteArray> &theirs);
    void write(const QString &name, const QByteArray &bytes, const std::optional<QByteArray> &expected);
    void takeUpRecoveries(const QList<repository::Recovery> &lost);
    void scheduleRecovery(const QString &name);
    void storeRecoveries();
    [[nodiscard]] std::function<Status()> recoveryWork(const QSet<QString> &names);
    [[nodiscard]] repository::Recovery recoveryOf(const Document &document) const;
    void replaceText(const QString &name, const QByteArray &bytes, const QString &text, bool isTyped);
    void pushText(const QString &name, Document &document, const endpoints::TextChange &change, const QString &text,
                  bool isTyped);
    void change(const QString &name, const endpoints::TextChange &change);
    [[nodiscard]] Document *document(const QString &name);
    [[nodiscard]] const Document *document(const QString &name) const;
    void run(std::function<std::function<void()>()> work);
    [[nodiscard]] bool refuses();
    [[nodiscard]] bool refuses(const Document &document);

    repository::Repository m_repository;
    std::shared_ptr<targets::WorkspaceReader> m_reader; ///< used on the pool thread only
    targets::WorkspaceWatcher m_watcher;
    targets::WorkspacePtr m_workspace;
    Documents m_documents;
    std::vector<ListStep> m_steps;
    std::size_t m_stepsDone = 0; ///< those behind were undone
    quint64 m_clock = 0;         ///< counts what is done and undone
    bool m_isChangingList = false;
    std::deque<std::function<void()>> m_waiting; ///< for the disk: asked for while something was written
    QSet<QString> m_unsaved;                     ///< documents that differ from the disk
    QSet<QString> m_modified;                    ///< documents that differ from the last commit
    QString m_branch;
    bool m_hasCommits = false;
    QSet<QString> m_writing;                               ///< being saved at this moment
    QSet<QString> m_saveAgain;                             ///< asked for meanwhile
    QHash<QString, std::optional<QByteArray>> m_conflicts; ///< what is on disk; nothing when it was deleted
    repository::RecoveryStore m_recoveryStore;
    QHash<QString, repository::Recovery> m_recoveries; ///< not answered yet; the later ones as NAME/2
    QStringList m_answered;                            ///< paths of those that were, and are still kept
    std::shared_ptr<QHash<QString, QString>> m_kept =
        std::make_shared<QHash<QString, QString>>(); ///< path by endpoint of what is edited now; on the pool thread
    QSet<QString> m_unstored;                        ///< edited since their recovery file was written
    QTimer m_recoveryTimer;
    std::shared_ptr<std::atomic<bool>> m_isClosing = std::make_shared<std::atomic<bool>>(false);
    bool m_hasReadRecoveries = false;
    bool m_isOpened = false;
    bool m_isReadOnly = false;
    base::TaskQueue m_queue{this, base::TaskQueue::AtEnd::Finish}; ///< one reader, one order
};

} // namespace parallax::ui
