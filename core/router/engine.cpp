// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "router/engine.h"

#include "router/engineprivate.h"

#include <QMetaMethod>
#include <QRandomGenerator>

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace parallax::router {

namespace {

/// Gathers an answer for those who want it whole.
class WholeAnswer final : public AnswerObserver
{
public:
    explicit WholeAnswer(Engine::PrimaryHandler handler)
        : m_handler(std::move(handler))
    {}
    void answerStarted(CallId, const http::Response &head, std::optional<qint64>) override { m_answer = head; }
    void answerPart(CallId, const QByteArray &bytes) override
    {
        if (m_answer.body.isEmpty())
            m_answer.body = bytes;
        else
            m_answer.body.append(bytes);
    }
    void answerPaused(CallId) override {}
    void answerEnded(CallId) override { m_handler(m_answer); }
    void answerFailed(CallId, const Error &error, int) override { m_handler(fail(error)); }
    void bodyWanted(CallId) override {}

private:
    Engine::PrimaryHandler m_handler;
    http::Response m_answer;
};

} // namespace

http::PeerAddress peerOf(const targets::Upstream &upstream)
{
    const targets::TlsOptions &tls = upstream.tls;
    return {upstream.host, upstream.port, {tls.isEnabled, tls.verify, tls.caFile, tls.certificateFile, tls.keyFile}};
}

http::ClientOptions clientOptions(const EngineOptions &options, traffic::Role role)
{
    http::ClientOptions out;
    out.limits = options.limits;
    out.limits.bodyBytes =
        role == traffic::Role::Mirror ? options.mirrorAnswerBytes : std::numeric_limits<qint64>::max();
    out.connectTimeout = options.connectTimeout;
    out.idle = options.upstreamIdle;
    return out;
}

Engine::Private::Private(Engine &engine, const Clock &ownClock, traffic::ExchangeSink *ownSink,
                         EngineOptions ownOptions, std::shared_ptr<Statistics> ownStatistics)
    : q(engine)
    , clock(ownClock)
    , sink(ownSink)
    , options(std::move(ownOptions))
    , statistics(ownStatistics ? std::move(ownStatistics) : std::make_shared<Statistics>())
    , burial(deadlines, [this] { bury(); })
    , random(options.seed ? *options.seed : QRandomGenerator::system()->generate64())
{
    if (options.instanceId.isEmpty())
        options.instanceId = "parallax-" + QByteArray::number(QRandomGenerator::system()->generate64(), 16);
    via = "1.1 " + options.instanceId;
    requestPrefix = QString::fromLatin1(options.instanceId.last(qMin<qsizetype>(options.instanceId.size(), 8)) + '-');
}

EndpointState &Engine::Private::stateOf(const EndpointEntry &endpoint)
{
    if (const auto it = states.find(&endpoint); it != states.end())
        return *it;
    EndpointState state;
    for (const BackendEntry &backend : endpoint.backends)
        state.backendSlots.push_back(statistics->slot({endpoint.name, backend.label, false}));
    for (const MirrorEntry &mirror : endpoint.mirrors) {
        const std::size_t slot = statistics->slot({endpoint.name, mirror.name, true});
        state.mirrorSlots.push_back(slot);
        if (!mirror.target.upstream) {
            state.lanes.push_back(nullptr);
            continue;
        }
        std::shared_ptr<MirrorLane> &lane = lanes[endpoint.name + u'\n' + mirror.name];
        if (!lane || !lane->isFor(*mirror.target.upstream))
            lane = std::make_shared<MirrorLane>(*mirror.target.upstream, options, clock, deadlines, statistics, slot);
        state.lanes.push_back(lane);
    }
    return *states.insert(&endpoint, state);
}

QByteArray Engine::Private::copyStart(const Target &target, const http::Request &request, const ForwardedCopy &copy)
{
    constexpr std::size_t kMostKept = 32;
    const targets::Upstream &upstream = *target.upstream;
    auto known = std::ranges::find(copyStarts, &target, &CopyStart::target);
    if (known != copyStarts.end() && known->passesCredentials == copy.passesCredentials &&
        known->method == request.method && known->headers == request.headers) {
        known->usefulness.hit();
        return known->start;
    }
    QByteArray start = forwardedStart(request, upstream, upstream.path, copy, via);
    if (known == copyStarts.end()) {
        if (copyStarts.size() == kMostKept)
            copyStarts.clear();
        known = copyStarts.insert(copyStarts.end(), CopyStart{});
    }
    if (known->usefulness.isWorthIt())
        *known = {&target, copy.passesCredentials, request.method, request.headers, start, known->usefulness};
    return start;
}

http::ClientPool &Engine::Private::poolFor(const targets::Upstream &upstream)
{
    for (const auto &pool : pools) {
        const http::PeerAddress &peer = pool->peer();
        if (peer.port == upstream.port && peer == peerOf(upstream))
            return *pool;
    }
    pools.push_back(std::make_unique<http::ClientPool>(peerOf(upstream), clientOptions(options, traffic::Role::Primary),
                                                       deadlines));
    return *pools.back();
}

QString Engine::Private::wordsFor(const Error &error) const
{
    if (options.wording)
        return options.wording(error);
    return error.detail.isEmpty() ? error.code.toString() : QString(error.code.toString() + u": "_s + error.detail);
}

QString Engine::Private::newRequestId()
{
    std::array<char, 16> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), ++lastRequestId, 16).ptr;
    return requestPrefix + QLatin1StringView(digits.data(), end);
}

Call &Engine::Private::add(CallRequest &&request, AnswerObserver *observer)
{
    bury();
    const CallId id{++lastCall};
    auto call = std::make_unique<Call>(*this, id, std::move(request), observer, table);
    return *calls.emplace(id.value, std::move(call)).first->second;
}

Call *Engine::Private::find(CallId id) const
{
    const auto it = calls.find(id.value);
    return it == calls.end() ? nullptr : it->second.get();
}

void Engine::Private::later(CallId id, std::function<void(Call &)> what)
{
    QMetaObject::invokeMethod(
        &q,
        [this, id, what = std::move(what)] {
            if (Call *call = find(id))
                what(*call);
        },
        Qt::QueuedConnection);
}

void Engine::Private::retire(CallId id)
{
    const auto it = calls.find(id.value);
    if (it == calls.end())
        return;
    finished.push_back(std::move(it->second));
    calls.erase(it);
    if (!burial.isArmed())
        burial.arm(100ms);
    static const QMetaMethod signal = QMetaMethod::fromSignal(&Engine::becameIdle);
    if (!calls.empty() || !q.isSignalConnected(signal))
        return;
    QMetaObject::invokeMethod( // not from inside a call
        &q,
        [this] {
            if (calls.empty())
                Q_EMIT q.becameIdle();
        },
        Qt::QueuedConnection);
}

void Engine::Private::bury()
{
    finished.clear();
}

Engine::Engine(const Clock &clock, traffic::ExchangeSink *sink, EngineOptions options,
               std::shared_ptr<Statistics> statistics, QObject *parent)
    : QObject(parent)
    , d(std::make_unique<Private>(*this, clock, sink, std::move(options), std::move(statistics)))
{}

Engine::~Engine()
{
    stop();
    d->bury();
}

void Engine::setTable(RoutingTablePtr table)
{
    d->table = std::move(table);
    d->states.clear();
    d->copyStarts.clear();
    d->lanes.removeIf([this](const auto &entry) {
        const EndpointEntry *endpoint = d->table ? d->table->findEndpoint(entry.key().section(u'\n', 0, 0)) : nullptr;
        if (endpoint == nullptr)
            return true;
        const QString name = entry.key().section(u'\n', 1);
        return std::none_of(endpoint->mirrors.begin(), endpoint->mirrors.end(),
                            [&name](const MirrorEntry &mirror) { return mirror.name == name; });
    });
    std::erase_if(d->pools, [](std::unique_ptr<http::ClientPool> &pool) {
        if (pool->busy() > 0 || pool->idle() > 0)
            return false;
        pool.release()->deleteLater();
        return true;
    });
}

const RoutingTablePtr &Engine::table() const
{
    return d->table;
}

CallId Engine::call(CallRequest request, PrimaryHandler onPrimary)
{
    auto answer = std::make_unique<WholeAnswer>(std::move(onPrimary));
    Call &call = d->add(std::move(request), answer.get());
    call.adopt(std::move(answer));
    call.start();
    return call.id();
}

CallId Engine::start(CallRequest &&request, AnswerObserver *observer)
{
    Call &call = d->add(std::move(request), observer);
    call.start();
    return call.id();
}

void Engine::appendBody(CallId id, const QByteArray &part)
{
    if (Call *call = d->find(id))
        call->appendBody(part);
}

void Engine::endBody(CallId id)
{
    if (Call *call = d->find(id))
        call->endBody();
}

qint64 Engine::bodyBacklog(CallId id) const
{
    Call *call = d->find(id);
    return call == nullptr || call->primary() == nullptr ? 0 : call->primary()->heldBytes();
}

void Engine::setAnswerPaused(CallId id, bool isPaused)
{
    if (Call *call = d->find(id); call != nullptr && call->primary() != nullptr)
        call->primary()->setAnswerPaused(isPaused);
}

void Engine::abandon(CallId id)
{
    if (Call *call = d->find(id))
        call->abandon();
}

void Engine::stop()
{
    std::vector<CallId> ids;
    for (const auto &[id, call] : d->calls)
        ids.push_back({id});
    for (const CallId id : ids) {
        if (Call *call = d->find(id))
            call->stop(true);
    }
}

void Engine::stopMirrors()
{
    std::vector<CallId> ids;
    for (const auto &[id, call] : d->calls)
        ids.push_back({id});
    for (const CallId id : ids) {
        if (Call *call = d->find(id))
            call->stop(false);
    }
}

int Engine::callsInFlight() const
{
    return static_cast<int>(d->calls.size());
}

int Engine::primariesInFlight() const
{
    return d->primaries;
}

int Engine::mirrorsInFlight() const
{
    int sum = 0;
    for (const auto &lane : std::as_const(d->lanes))
        sum += lane->running();
    return sum;
}

int Engine::mirrorsQueued() const
{
    int sum = 0;
    for (const auto &lane : std::as_const(d->lanes))
        sum += lane->queued();
    return sum;
}

QString Engine::makeRequestId()
{
    return d->newRequestId();
}

const QByteArray &Engine::instanceId() const
{
    return d->options.instanceId;
}

} // namespace parallax::router
