// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "repository/repository.h"
#include "repository/sourcecache.h"
#include "targets/secretstore.h"
#include "targets/targetsfile.h"
#include "targets/upstream.h"

#include <QObject>
#include <QThreadPool>

#include <chrono>
#include <map>
#include <memory>
#include <stop_token>

namespace parallax::targets {

class ChildServer;

/// Makes deployments answer: finds the target of each, starts what has to be started (one process a deployment, branch
/// and version), and says where it answers. Lives on one thread with an event loop, never blocks it (checking out
/// sources is done on a pool of its own), and answers by signals, always from the event loop, never from within a call.
/// The thread must live as long as the children shall (childserver.h). Nothing is restarted by itself: prepare again.
/// The destructor leaves no child, and may take half a second over it. Children do not see PARALLAX_SECRET_* of our
/// environment.
class TargetRunner : public QObject
{
    Q_OBJECT

public:
    struct Options
    {
        QString runnerScript;                                 ///< parallax_runner.py, for targets of kind `source`
        QString cacheFolder;                                  ///< of SourceCache; empty: its default
        std::chrono::milliseconds sourceStartTimeout{60'000}; ///< importing a model may take its time
    };

    /// `secrets` outlives this.
    TargetRunner(repository::Repository repository, const SecretStore &secrets, Options options,
                 QObject *parent = nullptr);
    ~TargetRunner() override;
    TargetRunner(const TargetRunner &) = delete;
    TargetRunner &operator=(const TargetRunner &) = delete;

    /// Takes effect with the next prepare(); children whose target has changed are replaced by it then.
    void setTargets(TargetsFile targets);

    /// For each of these exactly one `ready` or `failed` follows, at once for what runs already, unless retain() or
    /// stopAll() ends it before.
    void prepare(const QList<endpoints::DeploymentRef> &refs);
    /// Ends the children of all others.
    void retain(const QList<endpoints::DeploymentRef> &refs);
    /// Ends all children; `allStopped` follows when there are none.
    void stopAll();

    /// Where `ref` answers, if it is ready; errors as `failed` gave them, else target-not-configured.
    [[nodiscard]] Result<Upstream> upstream(const endpoints::DeploymentRef &ref) const;
    /// What its process wrote last, for the user.
    [[nodiscard]] QStringList lastLines(const endpoints::DeploymentRef &ref) const;
    [[nodiscard]] QList<qint64> processIds() const;

Q_SIGNALS:
    void ready(const parallax::endpoints::DeploymentRef &ref, const parallax::targets::Upstream &upstream);
    void failed(const parallax::endpoints::DeploymentRef &ref, const parallax::Error &error);
    /// A child that was ready ended by itself (target-ended).
    void ended(const parallax::endpoints::DeploymentRef &ref, const parallax::Error &error);
    void allStopped();

private:
    struct Entry
    {
        endpoints::DeploymentRef ref;
        Target target;
        quint64 run = 0; ///< tells a late checkout from the present one
        bool isPending = true;
        Result<Upstream> result;
        ChildServer *child = nullptr;
    };

    void begin(const endpoints::DeploymentRef &ref);
    void beginProcess(Entry &entry, const ProcessTarget &process);
    void beginSource(Entry &entry, const SourceTarget &source);
    void runSource(Entry &entry, const QString &python, const repository::SourceCheckout &checkout);
    void startChild(Entry &entry, std::unique_ptr<ChildServer> child);
    void finish(const QString &key, quint64 run, Result<Upstream> result);
    void finishLater(const Entry &entry, Result<Upstream> result);
    void endChild(Entry &entry);
    [[nodiscard]] Entry *entryOf(const QString &key, quint64 run);

    repository::Repository m_repository;
    const SecretStore &m_secrets;
    Options m_options;
    repository::SourceCache m_sources;
    TargetsFile m_targets;
    std::map<QString, Entry> m_entries; ///< by DeploymentRef::toString()
    quint64 m_lastRun = 0;
    QList<ChildServer *> m_children; ///< all that have a process, those being ended too
    bool m_isStopping = false;
    std::stop_source m_stop;
    QThreadPool m_pool;
};

} // namespace parallax::targets

Q_DECLARE_METATYPE(parallax::endpoints::DeploymentRef)
Q_DECLARE_METATYPE(parallax::targets::Upstream)
