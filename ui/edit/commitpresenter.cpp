// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/edit/commitpresenter.h"

#include "repository/branching.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parallax::ui {

namespace {

constexpr qint64 kMaxShownBytes = 4'000'000;

QString endpointOf(const QString &path)
{
    return path.startsWith("endpoints/"_L1) && path.endsWith(".yaml"_L1) ? path.mid(10).chopped(5) : QString();
}

} // namespace

CommitPresenter::CommitPresenter(const repository::Repository &repository, QObject *parent)
    : QObject(parent)
    , m_repository(repository)
{}

CommitPresenter::~CommitPresenter()
{
    m_stop.request_stop();
}

void CommitPresenter::run(std::function<std::function<void()>(std::stop_token)> work)
{
    m_isBusy = true;
    Q_EMIT busyChanged();
    m_queue.run([this, stop = m_stop.get_token(), work = std::move(work)]() -> base::TaskQueue::Answer {
        return [this, after = work(stop)] {
            m_isBusy = false;
            Q_EMIT busyChanged();
            after();
        };
    });
}

Result<CommitPresenter::Reading> CommitPresenter::readAll(const repository::Repository &repository,
                                                          std::stop_token stop)
{
    const Result<repository::WorkTreeStatus> status = repository.status(stop);
    if (!status)
        return fail(status.error());
    QStringList paths = status->files.keys();
    std::sort(paths.begin(), paths.end());
    const Result<QHash<QString, QByteArray>> heads = repository.headFiles(paths, stop);
    if (!heads)
        return fail(heads.error());
    Reading reading;
    for (const QString &path : std::as_const(paths)) {
        const QByteArray now = repository.readFile(path, kMaxShownBytes).value_or(QByteArray());
        reading.changes.append({path, status->of(path), base::diffLines(heads->value(path), now)});
    }
    const Result<std::optional<repository::Identity>> identity = repository.identity(stop);
    if (!identity)
        return fail(identity.error());
    reading.identity = *identity;
    reading.branch = status->head.branch;
    const Result<QStringList> guarded = repository::protectedBranches(repository, stop);
    if (!guarded)
        return fail(guarded.error());
    reading.isProtected = guarded->contains(reading.branch);
    reading.origin = repository::originUrl(repository, stop).value_or(QString());
    return reading;
}

void CommitPresenter::read()
{
    run([this, repository = m_repository](std::stop_token stop) -> std::function<void()> {
        return [this, reading = readAll(repository, stop)] {
            if (!reading) {
                Q_EMIT failed(reading.error());
                return;
            }
            m_changes = reading->changes;
            m_identity = reading->identity;
            m_branch = reading->branch;
            m_origin = reading->origin;
            m_isProtected = reading->isProtected;
            Q_EMIT changesRead();
        };
    });
}

void CommitPresenter::setProtected(bool isProtected)
{
    run([this, repository = m_repository, branch = m_branch, isProtected](std::stop_token) -> std::function<void()> {
        return [this, isProtected, done = repository::setProtected(repository, branch, isProtected)] {
            if (done)
                m_isProtected = isProtected;
            else
                Q_EMIT failed(done.error());
            Q_EMIT protectionChanged();
        };
    });
}

QString CommitPresenter::pullRequestUrl(const QString &from) const
{
    return repository::pullRequestUrl(m_origin, from, m_startedFrom.isEmpty() ? m_branch : m_startedFrom);
}

QString CommitPresenter::proposedMessage(const QStringList &paths) const
{
    QStringList updated;
    QStringList deleted;
    for (const Change &change : m_changes) {
        const QString name = endpointOf(change.path);
        if (paths.contains(change.path) && !name.isEmpty())
            (change.state == repository::FileState::Deleted ? deleted : updated) += name;
    }
    if (updated.size() == 1 && deleted.isEmpty())
        return repository::Repository::updatedMessage(updated.first());
    if (deleted.size() == 1 && updated.isEmpty())
        return repository::Repository::deletedMessage(deleted.first());
    QStringList parts;
    if (!updated.isEmpty())
        parts += u"Updated endpoints "_s + updated.join(u", "_s);
    if (!deleted.isEmpty())
        parts += u"Deleted endpoints "_s + deleted.join(u", "_s);
    return parts.isEmpty() ? u"Updated Parallax settings"_s : parts.join(u"; "_s);
}

void CommitPresenter::commit(const QStringList &paths, const QString &message,
                             const std::optional<repository::Identity> &identity, bool keepsIdentity,
                             const QString &newBranch)
{
    run([this, repository = m_repository, paths, message, identity, keepsIdentity,
         newBranch](std::stop_token stop) -> std::function<void()> {
        if (!newBranch.isEmpty()) {
            if (const Status made = repository::startBranch(repository, newBranch, stop); !made)
                return [this, error = made.error()] { Q_EMIT failed(error); };
        }
        const Status kept = identity && keepsIdentity ? repository.setIdentity(*identity) : Status();
        const Result<QString> done =
            kept ? repository.commit(paths, message, identity, stop) : Result<QString>(fail(kept.error()));
        if (done)
            return [this, commit = *done] { Q_EMIT committed(commit); };
        const bool isProtected =
            !newBranch.isEmpty() &&
            repository::protectedBranches(repository, stop).value_or(QStringList()).contains(newBranch);
        return [this, error = done.error(), newBranch, isProtected] {
            if (!newBranch.isEmpty())
                stayOn(newBranch, isProtected);
            Q_EMIT failed(error);
        };
    });
}

/// The next attempt needs no branch any more.
void CommitPresenter::stayOn(const QString &branch, bool isProtected)
{
    if (m_startedFrom.isEmpty())
        m_startedFrom = m_branch;
    m_branch = branch;
    m_isProtected = isProtected;
    Q_EMIT branchStarted();
}

} // namespace parallax::ui
