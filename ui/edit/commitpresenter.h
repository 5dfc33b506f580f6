// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/linediff.h"
#include "base/taskqueue.h"
#include "repository/repository.h"

#include <QObject>

#include <functional>
#include <stop_token>

namespace parallax::ui {

/// A commit of endpoint files without widgets: what has changed since the last commit, the message to propose, whose
/// name stands under it. git runs on a pool thread of its own; results come back as values. GUI thread. Owned by the
/// dialog.
class CommitPresenter final : public QObject
{
    Q_OBJECT

public:
    struct Change
    {
        QString path; ///< from the root
        repository::FileState state = repository::FileState::Unchanged;
        base::LineDiff diff; ///< from the last commit to the disk
        friend bool operator==(const Change &a, const Change &b) { return a.path == b.path && a.state == b.state; }
    };

    explicit CommitPresenter(const repository::Repository &repository, QObject *parent = nullptr);
    ~CommitPresenter() override;

    /// Reads what there is to commit; changesRead() or failed() follows.
    void read();
    [[nodiscard]] const QList<Change> &changes() const { return m_changes; }
    /// Whom git takes for the author; nothing when it knows nobody.
    [[nodiscard]] const std::optional<repository::Identity> &identity() const { return m_identity; }
    /// The service's own words for one endpoint, and the same for several.
    [[nodiscard]] QString proposedMessage(const QStringList &paths) const;
    /// Checked out; empty when none is.
    [[nodiscard]] const QString &branch() const { return m_branch; }
    /// Changes of this branch go through a pull request: a setting of this clone.
    [[nodiscard]] bool isProtected() const { return m_isProtected; }
    /// Kept in the clone's configuration; protectionChanged() follows, after failed() if it could not be.
    void setProtected(bool isProtected);
    /// The branch that one was made from by a commit that then failed; empty when there is none. branch() is the new
    /// one.
    [[nodiscard]] const QString &startedFrom() const { return m_startedFrom; }
    /// Where a pull request from there is opened; empty when it is not known.
    [[nodiscard]] QString pullRequestUrl(const QString &from) const;
    /// Commits these files and nothing else; committed() or failed() follows. An identity is used for this commit, and
    /// kept in the repository's configuration when `keepsIdentity`.
    /// With `newBranch` that is made first and stays checked out, also when the commit fails: branchStarted() says so.
    void commit(const QStringList &paths, const QString &message, const std::optional<repository::Identity> &identity,
                bool keepsIdentity, const QString &newBranch = {});
    [[nodiscard]] bool isBusy() const { return m_isBusy; }

Q_SIGNALS:
    void changesRead();
    void protectionChanged();
    void branchStarted();
    void busyChanged();
    void committed(const QString &commit);
    void failed(const parallax::Error &error);

private:
    struct Reading
    {
        QList<Change> changes;
        std::optional<repository::Identity> identity;
        QString branch;
        QString origin;
        bool isProtected = false;
    };
    static Result<Reading> readAll(const repository::Repository &repository, std::stop_token stop);
    void run(std::function<std::function<void()>(std::stop_token)> work);
    void stayOn(const QString &branch, bool isProtected);

    repository::Repository m_repository;
    QList<Change> m_changes;
    std::optional<repository::Identity> m_identity;
    QString m_branch;
    QString m_startedFrom;
    QString m_origin;
    bool m_isProtected = false;
    std::stop_source m_stop;
    base::TaskQueue m_queue{this, base::TaskQueue::AtEnd::Finish};
    bool m_isBusy = false;
};

} // namespace parallax::ui
