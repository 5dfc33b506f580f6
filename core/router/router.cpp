// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "router/router.h"

#include "http/epolldispatcher.h"
#include "router/worker.h"

#include <QThread>

#ifdef Q_OS_UNIX
#include <sys/resource.h>
#endif

using namespace Qt::StringLiterals;

namespace parallax::router {

namespace {

void raiseDescriptorLimit()
{
#ifdef Q_OS_UNIX
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur >= limit.rlim_max)
        return;
    limit.rlim_cur = limit.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &limit);
#endif
}

} // namespace

struct Router::Private
{
    struct Lane
    {
        std::unique_ptr<QThread> thread;
        Worker *worker = nullptr; ///< lives on the thread, deleted with its end
        bool isDrained = false;
    };

    const Clock &clock;
    traffic::ExchangeSink *sink;
    RoutingTablePtr table;
    std::shared_ptr<WorkerContext> context;
    std::vector<Lane> lanes;
    quint16 port = 0;

    void makeLanes(Router *router);
    void endThreads();
};

Router::Router(const Clock &clock, traffic::ExchangeSink *sink, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(Private{clock, sink, {}, {}, {}, 0}))
{}

Router::~Router()
{
    d->endThreads();
}

void Router::Private::endThreads()
{
    for (Lane &lane : lanes)
        lane.thread->quit();
    for (Lane &lane : lanes)
        lane.thread->wait();
    lanes.clear();
}

void Router::Private::makeLanes(Router *router)
{
    for (std::size_t i = 0; i < context->statistics.size(); ++i) {
        Lane lane{std::make_unique<QThread>(), new Worker(context, i), false};
        lane.thread->setObjectName(u"router %1"_s.arg(i + 1));
        http::installEventDispatcher(*lane.thread);
        lane.worker->moveToThread(lane.thread.get());
        QObject::connect(lane.thread.get(), &QThread::started, lane.worker, &Worker::initialize);
        http::deleteWithThread(*lane.thread, lane.worker);
        QObject::connect(
            lane.worker, &Worker::drained, router, [router, i] { router->onDrained(i); }, Qt::QueuedConnection);
        lanes.push_back(std::move(lane));
    }
    for (const Lane &lane : lanes)
        lane.thread->start();
}

void Router::start(const RouterOptions &options)
{
    Q_ASSERT(m_state == State::Stopped);
    m_state = State::Starting;
    raiseDescriptorLimit();
    d->context = std::make_shared<WorkerContext>();
    d->context->clock = &d->clock;
    d->context->sink = d->sink;
    d->context->options = options;
    for (int i = 0; i < qMax(options.threads, 1); ++i)
        d->context->statistics.push_back(std::make_shared<Statistics>());
    d->makeLanes(this);
    std::vector<Worker *> workers;
    for (const Private::Lane &lane : d->lanes)
        workers.push_back(lane.worker);
    setTable(d->table);
    Worker *first = workers.front();
    // After initialize(), which each thread does before it looks at its events.
    QMetaObject::invokeMethod(
        first,
        [this, first, workers] {
            const Status listening = first->listen(workers);
            const quint16 port = first->port();
            for (Worker *worker : workers) {
                if (worker == first)
                    worker->setPort(port);
                else
                    QMetaObject::invokeMethod(
                        worker, [worker, port] { worker->setPort(port); }, Qt::QueuedConnection);
            }
            QMetaObject::invokeMethod(
                this, [this, listening, port] { onListening(listening, port); }, Qt::QueuedConnection);
        },
        Qt::QueuedConnection);
}

void Router::onListening(const Status &listening, quint16 port)
{
    if (!listening) {
        d->endThreads();
        m_state = State::Stopped;
        Q_EMIT failed(listening.error());
        return;
    }
    d->port = port;
    if (m_state == State::Stopping) { // stop() came in between
        drain();
        return;
    }
    m_state = State::Running;
    Q_EMIT started(port);
}

void Router::setTable(RoutingTablePtr table)
{
    d->table = table;
    for (const Private::Lane &lane : d->lanes) {
        Worker *worker = lane.worker;
        QMetaObject::invokeMethod(
            worker, [worker, table] { worker->setTable(table); }, Qt::QueuedConnection);
    }
}

void Router::stop()
{
    if (m_state != State::Running && m_state != State::Starting)
        return;
    const bool isListening = m_state == State::Running;
    m_state = State::Stopping;
    if (isListening)
        drain();
}

void Router::drain()
{
    for (const Private::Lane &lane : d->lanes) {
        Worker *worker = lane.worker;
        QMetaObject::invokeMethod(
            worker, [worker] { worker->drain(); }, Qt::QueuedConnection);
    }
}

void Router::onDrained(std::size_t lane)
{
    d->lanes[lane].isDrained = true;
    if (!std::all_of(d->lanes.begin(), d->lanes.end(), [](const Private::Lane &one) { return one.isDrained; }))
        return;
    d->endThreads();
    d->port = 0;
    m_state = State::Stopped;
    Q_EMIT stopped();
}

QHostAddress Router::address() const
{
    return d->context ? d->context->options.address : QHostAddress();
}

quint16 Router::port() const
{
    return d->port;
}

QString Router::url() const
{
    const QHostAddress host = address();
    const QString text =
        host.protocol() == QAbstractSocket::IPv6Protocol ? u"[%1]"_s.arg(host.toString()) : host.toString();
    return u"http://%1:%2"_s.arg(text).arg(d->port);
}

StatisticsSnapshot Router::statistics() const
{
    return d->context ? d->context->snapshot() : StatisticsSnapshot();
}

} // namespace parallax::router
