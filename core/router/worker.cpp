// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "router/worker.h"

#include "router/errors.h"
#include "router/portowner.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace parallax::router {

namespace {

/// Hands accepted descriptors on; no QTcpSocket is made.
class Acceptor final : public QTcpServer
{
public:
    explicit Acceptor(std::vector<Worker *> peers)
        : m_peers(std::move(peers))
    {}

protected:
    void incomingConnection(qintptr descriptor) override
    {
        Worker *next = m_peers[m_next++ % m_peers.size()];
        if (next->thread() == thread())
            next->adopt(descriptor);
        else
            QMetaObject::invokeMethod(
                next, [next, descriptor] { next->adopt(descriptor); }, Qt::QueuedConnection);
    }

private:
    std::vector<Worker *> m_peers;
    std::size_t m_next = 0;
};

constexpr int kBacklog = 4096;
constexpr auto kDrainStep = 10ms;
constexpr auto kAnsweredHold = 40ms; ///< with the recorder's own hold well below the 200 ms until an answer is on disk

} // namespace

StatisticsSnapshot WorkerContext::snapshot() const
{
    std::vector<StatisticsSnapshot> parts;
    parts.reserve(statistics.size());
    for (const auto &one : statistics)
        parts.push_back(one->snapshot());
    return Statistics::sum(parts);
}

QString WorkerContext::wordsFor(const Error &error) const
{
    if (options.wording)
        return options.wording(error);
    return error.detail.isEmpty() ? error.code.toString() : QString(error.code.toString() + u": "_s + error.detail);
}

Worker::Worker(std::shared_ptr<WorkerContext> context, std::size_t index)
    : m_context(std::move(context))
    , m_index(index)
{}

Worker::~Worker()
{
    end();
}

void Worker::initialize()
{
    m_deadlines = std::make_unique<http::DeadlineQueue>();
    EngineOptions options = m_context->options.engine;
    options.limits = m_context->options.limits.message;
    if (!options.wording)
        options.wording = m_context->options.wording;
    options.answeredHold = kAnsweredHold;
    if (options.seed)
        *options.seed += m_index;
    m_engine = std::make_unique<Engine>(*m_context->clock, m_context->sink, std::move(options),
                                        m_context->statistics[m_index]);
}

Status Worker::listen(std::vector<Worker *> peers)
{
    const RouterOptions &options = m_context->options;
    m_server = std::make_unique<Acceptor>(std::move(peers));
    m_server->setListenBacklogSize(kBacklog);
    if (m_server->listen(options.address, options.port))
        return {};
    QVariantMap args{{u"address"_s, options.address.toString()}, {u"port"_s, options.port}};
    if (m_server->serverError() != QAbstractSocket::AddressInUseError)
        return fail(kListenFailed, args, m_server->errorString());
    const std::optional<PortOwner> owner = findPortOwner(options.port);
    if (!owner)
        return fail(kPortInUseUnknown, args);
    args.insert(u"process"_s, owner->process);
    args.insert(u"pid"_s, owner->pid);
    return fail(kPortInUse, args);
}

quint16 Worker::port() const
{
    return m_server ? m_server->serverPort() : quint16(0);
}

void Worker::setPort(quint16 port)
{
    const RouterOptions &options = m_context->options;
    m_hostRules.emplace(options.address, port, options.allowedNames, options.allowedOrigins);
}

void Worker::setTable(RoutingTablePtr table)
{
    if (m_engine)
        m_engine->setTable(std::move(table));
}

void Worker::adopt(qintptr descriptor)
{
    if (!m_engine)
        return;
    auto *connection = new http::ServerConnection(http::makeAcceptedTransport(descriptor), m_context->options.limits,
                                                  *m_deadlines, m_memo, this);
    auto session = std::make_unique<Session>(*this, *connection);
    Session *raw = session.get();
    m_sessions.emplace(raw, std::move(session));
    statistics().connectionsChanged(1);
    if (m_context->connections.fetch_add(1) >= m_context->options.limits.connections)
        connection->refuse(http::Problem::TooManyConnections);
    else if (m_drainTimer)
        connection->finish();
}

void Worker::sessionEnded(Session *session)
{
    m_context->connections.fetch_sub(1);
    statistics().connectionsChanged(-1);
    const auto found = m_sessions.find(session);
    // It is on the stack now.
    std::shared_ptr<Session> dying(std::move(found->second));
    m_sessions.erase(found);
    QMetaObject::invokeMethod(
        this, [dying] {}, Qt::QueuedConnection);
}

void Worker::drain()
{
    if (!m_engine || m_drainTimer)
        return;
    if (m_server)
        m_server->close();
    m_primariesUntil = std::chrono::steady_clock::now() + m_context->options.drainPrimaries;
    m_mirrorsUntil = std::chrono::steady_clock::time_point::max();
    m_drainTimer = std::make_unique<QTimer>();
    connect(m_drainTimer.get(), &QTimer::timeout, this, &Worker::checkDrained);
    m_drainTimer->start(kDrainStep);
    std::vector<Session *> sessions;
    for (const auto &[session, owned] : m_sessions)
        sessions.push_back(session);
    for (Session *session : sessions)
        session->connection().finish();
    checkDrained();
}

void Worker::checkDrained()
{
    const auto now = std::chrono::steady_clock::now();
    const bool areCallersDone = m_engine->primariesInFlight() == 0 && m_sessions.empty();
    if (!areCallersDone && now < m_primariesUntil)
        return;
    if (m_mirrorsUntil == std::chrono::steady_clock::time_point::max())
        m_mirrorsUntil = now + m_context->options.drainMirrors;
    if (m_engine->callsInFlight() > 0 && now < m_mirrorsUntil)
        return;
    m_drainTimer->stop();
    end();
    Q_EMIT drained();
}

void Worker::end()
{
    if (!m_engine)
        return;
    m_server.reset();
    m_engine->stop();
    closeConnections();
    m_engine.reset();
    m_drainTimer.reset();
}

void Worker::closeConnections()
{
    std::vector<Session *> sessions;
    for (const auto &[session, owned] : m_sessions)
        sessions.push_back(session);
    for (Session *session : sessions)
        session->connection().abort();
    m_sessions.clear();
}

} // namespace parallax::router
