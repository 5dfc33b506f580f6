// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "replay/replayrun.h"

#include "base/errors.h"
#include "base/scheduling.h"
#include "http/epolldispatcher.h"
#include "replay/enginecarrier.h"
#include "router/errors.h"

#include <QRandomGenerator>

using namespace Qt::StringLiterals;

namespace parallax::replay {

/// The part that lives on the replay thread.
class ReplayRun::Worker final : public QObject
{
public:
    Worker(ReplayRun &run, Setup setup)
        : m_run(run)
        , m_setup(std::move(setup))
    {}

    ~Worker() override
    {
        // The engine reports what it gives up to the runner, and the pacer rings it: both go first.
        m_carrier.reset();
        m_pacer.reset();
    }

    void prepareAndStart()
    {
        Result<Runner::Setup> ready = prepared();
        if (!ready) {
            Q_EMIT m_run.failed(ready.error());
            return;
        }
        m_pacer = makeTimerPacer(m_run.m_clock);
        Q_EMIT m_run.prepared(ready->prepared.counts, ready->prepared.findings);
        m_runner = std::make_shared<Runner>(m_run.m_clock, *m_pacer, std::move(*ready), m_run.m_sink);
        connect(m_runner.get(), &Runner::stateChanged, this,
                [this](RunState state) { Q_EMIT m_run.stateChanged(state); });
        connect(m_runner.get(), &Runner::ended, this, [this] { Q_EMIT m_run.ended(m_runner->progress()); });
        m_carrier = std::make_unique<EngineCarrier>(m_run.m_clock, m_runner.get(), m_setup.addressing, m_setup.engine,
                                                    m_setup.statistics);
        {
            const std::lock_guard lock(m_run.m_runnerMutex);
            m_run.m_runner = m_runner;
        }
        if (m_setup.plan.pace.isScheduled())
            base::preferShortSlices(kScheduleSlice);
        m_runner->start(*m_carrier);
        if (m_run.m_stop.stop_requested())
            m_runner->stop();
    }

    [[nodiscard]] Runner *runner() const { return m_runner.get(); }

private:
    Result<Runner::Setup> prepared()
    {
        Result<Planner> planner = Planner::make(m_setup.plan);
        if (!planner)
            return tl::unexpected(planner.error());
        Result<Rewriter> rewriter = Rewriter::make(m_setup.plan.rewrites, m_setup.plan.extractions,
                                                   m_setup.plan.keepsCredentials, m_setup.secrets);
        if (!rewriter)
            return tl::unexpected(rewriter.error());
        if (const Status status = readSource(*planner); !status)
            return tl::unexpected(status.error());
        Result<PreparedReplay> prepared = planner->finish();
        if (!prepared)
            return tl::unexpected(prepared.error());
        if (const Status status = checkEndpoint(); !status)
            return tl::unexpected(status.error());
        const Status hosts = checkHosts(*m_setup.addressing.table(), m_setup.addressing.endpoint(),
                                        m_setup.plan.allowedHosts, prepared->planned);
        if (!hosts)
            return tl::unexpected(hosts.error());
        if (m_setup.runId.isEmpty())
            m_setup.runId = QString::number(QRandomGenerator::system()->generate64(), 36);
        if (!m_setup.engine.seed)
            m_setup.engine.seed = m_setup.plan.seed;
        return Runner::Setup{m_setup.plan,  std::move(*prepared), std::move(*rewriter),
                             m_setup.runId, m_setup.drain,        m_setup.backlog};
    }

    /// What the engine would refuse each request for.
    Status checkEndpoint() const
    {
        const QString &name = m_setup.addressing.endpoint();
        const router::RoutingTablePtr &table = m_setup.addressing.table();
        const router::EndpointEntry *endpoint = table ? table->findEndpoint(name) : nullptr;
        if (endpoint == nullptr)
            return fail(router::kUnknownEndpoint, {{u"endpoint"_s, name}});
        if (std::ranges::none_of(endpoint->backends, [](const auto &backend) { return backend.weight > 0; }))
            return fail(router::kNoBackend, {{u"endpoint"_s, name}});
        return {};
    }

    Status readSource(Planner &planner)
    {
        const std::stop_token stop = m_run.m_stop.get_token();
        Status spool;
        const Status read = m_setup.source(
            [&](traffic::Exchange &&exchange) {
                const Result<bool> goesOn = planner.add(std::move(exchange));
                m_run.m_recordsRead = planner.counts().read;
                if (!goesOn)
                    spool = tl::unexpected(goesOn.error());
                return goesOn.value_or(false) && !stop.stop_requested();
            },
            stop);
        if (stop.stop_requested())
            return fail(base::kCancelled);
        return !spool ? spool : read;
    }

    ReplayRun &m_run;
    Setup m_setup;
    std::unique_ptr<Pacer> m_pacer;
    std::shared_ptr<Runner> m_runner;
    std::unique_ptr<EngineCarrier> m_carrier;
};

ReplayRun::ReplayRun(const Clock &clock, Setup setup, traffic::ExchangeSink *sink, QObject *parent)
    : QObject(parent)
    , m_clock(clock)
    , m_sink(sink)
    , m_worker(new Worker(*this, std::move(setup)))
{
    qRegisterMetaType<Error>();
    qRegisterMetaType<Progress>();
    qRegisterMetaType<PlanCounts>();
    qRegisterMetaType<RunState>();
    qRegisterMetaType<std::vector<Finding>>();
    m_thread.setObjectName(u"replay"_s);
    http::installEventDispatcher(m_thread);
    m_worker->moveToThread(&m_thread);
    http::deleteWithThread(m_thread, m_worker);
    m_thread.start();
}

ReplayRun::~ReplayRun()
{
    m_stop.request_stop();
    QMetaObject::invokeMethod(m_worker, [worker = m_worker] {
        if (Runner *runner = worker->runner()) {
            runner->stop();
            runner->stop();
        }
    });
    m_thread.quit();
    m_thread.wait();
}

void ReplayRun::start()
{
    if (!std::exchange(m_isStarted, true))
        QMetaObject::invokeMethod(m_worker, [worker = m_worker] { worker->prepareAndStart(); });
}

void ReplayRun::pause()
{
    post(&Runner::pause);
}

void ReplayRun::resume()
{
    post(&Runner::resume);
}

void ReplayRun::stop()
{
    m_stop.request_stop();
    post(&Runner::stop);
}

void ReplayRun::step()
{
    post(&Runner::step);
}

void ReplayRun::post(void (Runner::*call)())
{
    QMetaObject::invokeMethod(m_worker, [worker = m_worker, call] {
        if (Runner *target = worker->runner())
            (target->*call)();
    });
}

std::shared_ptr<Runner> ReplayRun::runner() const
{
    const std::lock_guard lock(m_runnerMutex);
    return m_runner;
}

Progress ReplayRun::progress() const
{
    const std::shared_ptr<Runner> source = runner();
    return source ? source->progress() : Progress();
}

std::vector<Tally::Distribution> ReplayRun::distributions() const
{
    const std::shared_ptr<Runner> source = runner();
    return source ? source->distributions() : std::vector<Tally::Distribution>();
}

void ReplayRun::noteJudged(const std::vector<traffic::ExchangePtr> &exchanges)
{
    const std::shared_ptr<Runner> target = runner();
    if (!target)
        return;
    for (const traffic::ExchangePtr &exchange : exchanges) {
        if (exchange->isWarmup)
            continue;
        for (const traffic::Reply &mirror : exchange->mirrors)
            target->judged(mirror.name, mirror.outcome);
    }
}

} // namespace parallax::replay
