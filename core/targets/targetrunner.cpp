// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "targets/targetrunner.h"

#include "base/errors.h"
#include "targets/childserver.h"
#include "targets/errors.h"
#include "targets/placeholders.h"
#include "targets/resolve.h"

#include <QDir>
#include <QFileInfo>
#include <QFuture>
#include <QHostAddress>
#include <QPromise>
#include <QStandardPaths>
#include <QTcpServer>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace parallax::targets {

namespace {

constexpr int kCheckoutsAtOnce = 2;

QProcessEnvironment childEnvironment()
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const QString &name : environment.keys()) {
        if (name.startsWith(QLatin1StringView(EnvironmentSecretStore::kPrefix)))
            environment.remove(name);
    }
    environment.insert(u"PYTHONUNBUFFERED"_s, u"1"_s);
    // A checkout that is used again must not gain files.
    environment.insert(u"PYTHONDONTWRITEBYTECODE"_s, u"1"_s);
    return environment;
}

/// Free when asked; another program may take it before the child does, which then fails to start.
quint16 freePort()
{
    QTcpServer server;
    return server.listen(QHostAddress(QHostAddress::LocalHost)) ? server.serverPort() : quint16{0};
}

/// Absolute path of a program: by PATH, or seen from `folder` when it has a slash. Empty when there is none.
QString programPath(const QString &program, const QString &folder)
{
    if (!program.contains(u'/'))
        return QStandardPaths::findExecutable(program);
    const QFileInfo info(QDir(folder).absoluteFilePath(program));
    return info.isFile() && info.isExecutable() ? info.absoluteFilePath() : QString();
}

Error errorFor(ErrorCode code, const endpoints::DeploymentRef &ref, const Target &target, QVariantMap args = {})
{
    args.insert(u"target"_s, ref.toString());
    return {code, std::move(args), target.where, {}};
}

} // namespace

TargetRunner::TargetRunner(repository::Repository repository, const SecretStore &secrets, Options options,
                           QObject *parent)
    : QObject(parent)
    , m_repository(std::move(repository))
    , m_secrets(secrets)
    , m_options(std::move(options))
    , m_sources(m_options.cacheFolder)
{
    m_pool.setMaxThreadCount(kCheckoutsAtOnce);
}

TargetRunner::~TargetRunner()
{
    m_stop.request_stop();
    for (ChildServer *child : std::as_const(m_children)) {
        child->disconnect(this);
        child->terminate();
    }
    qDeleteAll(m_children); // each makes sure of its own
    m_pool.waitForDone();
}

void TargetRunner::setTargets(TargetsFile targets)
{
    m_targets = std::move(targets);
}

void TargetRunner::prepare(const QList<endpoints::DeploymentRef> &refs)
{
    m_isStopping = false;
    for (const endpoints::DeploymentRef &ref : refs) {
        const QString key = ref.toString();
        const auto known = m_entries.find(key);
        if (known != m_entries.end()) {
            Entry &entry = known->second;
            const Target *target = m_targets.find(ref);
            const bool isSame = target != nullptr && entry.target.isSameAs(*target);
            if (isSame && entry.isPending)
                continue; // its signal is still to come
            if (isSame && entry.result && entry.child != nullptr) {
                finishLater(entry, entry.result);
                continue;
            }
            endChild(entry);
            m_entries.erase(known);
        }
        begin(ref);
    }
}

void TargetRunner::begin(const endpoints::DeploymentRef &ref)
{
    Entry &entry = m_entries[ref.toString()];
    entry.ref = ref;
    entry.run = ++m_lastRun;
    const Target *target = m_targets.find(ref);
    if (target == nullptr)
        return finishLater(entry, fail(errorFor(kNotConfigured, ref, {})));
    entry.target = *target;
    if (const auto *process = std::get_if<ProcessTarget>(&entry.target.kind))
        return beginProcess(entry, *process);
    if (const auto *source = std::get_if<SourceTarget>(&entry.target.kind))
        return beginSource(entry, *source);
    finishLater(entry, resolve(entry.target, ref, {m_secrets, m_repository.root()}));
}

void TargetRunner::beginProcess(Entry &entry, const ProcessTarget &process)
{
    QHash<QString, QString> values = plainValues(entry.ref);
    const QString folder = QDir(m_repository.root()).absoluteFilePath(filled(process.workingDirectory, values));
    if (!QFileInfo(folder).isDir())
        return finishLater(entry, fail({base::kFileNotFound, {{u"file"_s, folder}}, entry.target.where, {}}));
    ChildServer::Plan plan;
    plan.target = entry.ref.toString();
    plan.port = freePort();
    values.insert(u"port"_s, QString::number(plan.port));
    for (const QString &word : process.command)
        plan.arguments.append(filled(word, values));
    const QString program = plan.arguments.takeFirst();
    plan.program = programPath(program, folder);
    if (plan.program.isEmpty())
        return finishLater(entry, fail(errorFor(kProgramMissing, entry.ref, entry.target, {{u"program"_s, program}})));
    plan.workingDirectory = folder;
    plan.environment = childEnvironment();
    plan.environment.insert(u"PORT"_s, QString::number(plan.port));
    plan.healthPath = process.readyPath;
    plan.startTimeout = process.readyTimeout;
    startChild(entry, std::make_unique<ChildServer>(std::move(plan)));
}

void TargetRunner::beginSource(Entry &entry, const SourceTarget &source)
{
    const QString python = programPath(source.python, m_repository.root());
    if (python.isEmpty())
        return finishLater(entry, fail(errorFor(kNoPython, entry.ref, entry.target, {{u"python"_s, source.python}})));
    using Checkout = Result<repository::SourceCheckout>;
    auto promise = std::make_shared<QPromise<Checkout>>();
    QFuture<Checkout> future = promise->future();
    m_pool.start([promise, sources = m_sources, repository = m_repository, ref = entry.ref, stop = m_stop.get_token()] {
        promise->start();
        promise->addResult(sources.checkOut(repository, ref, stop));
        promise->finish();
    });
    future.then(this, [this, key = entry.ref.toString(), run = entry.run, python](const Checkout &checkout) {
        Entry *present = entryOf(key, run);
        if (present == nullptr)
            return;
        if (checkout)
            runSource(*present, python, *checkout);
        else
            finish(key, run, fail(checkout.error()));
    });
}

void TargetRunner::runSource(Entry &entry, const QString &python, const repository::SourceCheckout &checkout)
{
    if (!QFileInfo(checkout.folder + u"/source.py"_s).isFile())
        return finishLater(entry, fail(errorFor(kNoSource, entry.ref, entry.target)));
    if (checkout.metadata.problem)
        return finishLater(entry, fail(*checkout.metadata.problem));
    if (checkout.metadata.mainFunction.isEmpty())
        return finishLater(entry, fail(errorFor(kNoMainFunction, entry.ref, entry.target)));
    ChildServer::Plan plan;
    plan.target = entry.ref.toString();
    plan.program = python;
    plan.arguments = {m_options.runnerScript,
                      u"--source"_s,
                      checkout.folder,
                      u"--main-function="_s + checkout.metadata.mainFunction,
                      u"--arguments="_s + checkout.metadata.arguments.join(u','),
                      u"--port"_s,
                      u"0"_s,
                      u"--deployment="_s + entry.ref.name,
                      u"--version="_s + entry.ref.version.toString(),
                      u"--branch="_s + entry.ref.branch};
    if (checkout.metadata.isDataFrameMode)
        plan.arguments.append(u"--dataframe-mode"_s);
    plan.workingDirectory = checkout.folder;
    plan.environment = childEnvironment();
    plan.healthPath = u"/healthz"_s;
    plan.startTimeout = m_options.sourceStartTimeout;
    plan.lease = checkout.lease;
    startChild(entry, std::make_unique<ChildServer>(std::move(plan)));
}

void TargetRunner::startChild(Entry &entry, std::unique_ptr<ChildServer> owned)
{
    ChildServer *child = owned.release();
    m_children.append(child);
    entry.child = child;
    const QString key = entry.ref.toString();
    const quint64 run = entry.run;
    connect(child, &ChildServer::ready, this, [this, key, run](quint16 port) {
        if (Entry *present = entryOf(key, run))
            finish(key, run, resolveStarted(present->target, port, {m_secrets, m_repository.root()}));
    });
    connect(child, &ChildServer::failed, this, [this, key, run](const Error &error) {
        if (Entry *present = entryOf(key, run)) {
            present->child = nullptr;
            Error placed = error;
            placed.where = present->target.where;
            finish(key, run, fail(std::move(placed)));
        }
    });
    connect(child, &ChildServer::ended, this, [this, key, run](const Error &error, bool wasAsked) {
        Entry *present = entryOf(key, run);
        if (present == nullptr)
            return;
        present->child = nullptr;
        present->result = fail(error);
        if (!wasAsked)
            Q_EMIT ended(present->ref, error);
    });
    connect(child, &ChildServer::gone, this, [this, child] {
        m_children.removeOne(child);
        child->deleteLater();
        if (m_isStopping && m_children.isEmpty())
            Q_EMIT allStopped();
    });
    // Not from within prepare(): a program that cannot be started says so at once.
    QMetaObject::invokeMethod(child, &ChildServer::start, Qt::QueuedConnection);
}

TargetRunner::Entry *TargetRunner::entryOf(const QString &key, quint64 run)
{
    const auto it = m_entries.find(key);
    return it != m_entries.end() && it->second.run == run ? &it->second : nullptr;
}

void TargetRunner::finishLater(const Entry &entry, Result<Upstream> result)
{
    QMetaObject::invokeMethod(
        this,
        [this, key = entry.ref.toString(), run = entry.run, result = std::move(result)] { finish(key, run, result); },
        Qt::QueuedConnection);
}

void TargetRunner::finish(const QString &key, quint64 run, Result<Upstream> result)
{
    Entry *entry = entryOf(key, run);
    if (entry == nullptr)
        return; // replaced or ended meanwhile
    entry->isPending = false;
    entry->result = std::move(result);
    const Entry copy = *entry; // who hears of it may call us
    if (copy.result)
        Q_EMIT ready(copy.ref, *copy.result);
    else
        Q_EMIT failed(copy.ref, copy.result.error());
}

void TargetRunner::endChild(Entry &entry)
{
    if (entry.child != nullptr)
        entry.child->stop();
    entry.child = nullptr;
}

void TargetRunner::retain(const QList<endpoints::DeploymentRef> &refs)
{
    for (auto it = m_entries.begin(); it != m_entries.end();) {
        if (refs.contains(it->second.ref)) {
            ++it;
            continue;
        }
        endChild(it->second);
        it = m_entries.erase(it);
    }
}

void TargetRunner::stopAll()
{
    m_isStopping = true;
    retain({});
    if (m_children.isEmpty())
        QMetaObject::invokeMethod(this, &TargetRunner::allStopped, Qt::QueuedConnection);
}

Result<Upstream> TargetRunner::upstream(const endpoints::DeploymentRef &ref) const
{
    const auto it = m_entries.find(ref.toString());
    if (it == m_entries.end() || it->second.isPending)
        return fail(errorFor(kNotConfigured, ref, {}));
    return it->second.result;
}

QStringList TargetRunner::lastLines(const endpoints::DeploymentRef &ref) const
{
    const auto it = m_entries.find(ref.toString());
    return it == m_entries.end() || it->second.child == nullptr ? QStringList() : it->second.child->lastLines();
}

QList<qint64> TargetRunner::processIds() const
{
    QList<qint64> ids;
    for (const ChildServer *child : m_children) {
        if (child->processId() > 0)
            ids.append(child->processId());
    }
    return ids;
}

} // namespace parallax::targets
