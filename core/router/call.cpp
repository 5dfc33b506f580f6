// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "router/call.h"

#include "http/tokens.h"
#include "router/bodyscan.h"
#include "router/engineprivate.h"
#include "router/errors.h"
#include "router/forwarding.h"
#include "router/staticanswer.h"

using namespace Qt::StringLiterals;

namespace parallax::router {

namespace {

constexpr std::chrono::hours kLongestTimeout{24};

void describe(traffic::Reply &reply, const QString &name, traffic::Role role, const Target &target)
{
    reply.name = name;
    reply.role = role;
    reply.deployment = target.deployment.name;
    reply.branch = target.deployment.branch;
    reply.version = target.deployment.version.toString();
    if (target.upstream)
        reply.url = target.upstream->displayUrl;
}

bool isCallersFault(const Error &error)
{
    return error.code == kBodyNotJson || error.code == kMissingKey;
}

bool isGood(const traffic::Reply &reply)
{
    return reply.state == traffic::AnswerState::Complete && reply.status < 400;
}

int statusFor(traffic::AnswerState state, const Error &error)
{
    if (state == traffic::AnswerState::Timeout)
        return 504;
    return error.code == kStopped ? 503 : 502;
}

} // namespace

Call::Call(Engine::Private &engine, CallId id, CallRequest &&request, AnswerObserver *observer, RoutingTablePtr table)
    : m_engine(engine)
    , m_id(id)
    , m_request(std::move(request))
    , m_observer(observer)
    , m_table(std::move(table))
    , m_arrival(engine.clock.monotonicTime())
    , m_recorder(engine.options.recordedBody, engine.options.truncatedBody)
    , m_isBodyComplete(!m_request.isStreamed)
    , m_answeredHold(engine.deadlines, [this] { reportAnswered(); })
{}

Call::~Call() = default;

Nanoseconds Call::sinceArrival() const
{
    return m_engine.clock.monotonicTime() - m_arrival;
}

void Call::refuse(const Error &error, int status)
{
    m_isFinished = true;
    m_engine.later(m_id, [error, status](Call &call) {
        if (call.m_observer != nullptr)
            std::exchange(call.m_observer, nullptr)->answerFailed(call.m_id, error, status);
        call.m_engine.retire(call.m_id);
    });
}

Result<const BackendEntry *> Call::chooseBackend(const EndpointEntry &endpoint)
{
    if (!m_request.backend.isEmpty()) {
        for (const BackendEntry &backend : endpoint.backends) {
            if (backend.label == m_request.backend)
                return &backend;
        }
        return fail(kUnknownBackend, {{u"endpoint"_s, endpoint.name}, {u"backend"_s, m_request.backend}});
    }
    quint64 total = 0;
    for (const BackendEntry &backend : endpoint.backends)
        total += static_cast<quint64>(qMax(backend.weight, 0));
    if (total == 0)
        return fail(kNoBackend, {{u"endpoint"_s, endpoint.name}});
    if (!endpoint.local.suppliedKey.isEmpty() && endpoint.backends.size() > 1) {
        auto assignment = assignRows(m_request.request.body, endpoint);
        if (!assignment)
            return fail(assignment.error());
        m_assignment = std::move(*assignment);
        return &endpoint.backends[m_assignment.parts.front().backend];
    }
    quint64 drawn = endpoint.backends.size() == 1 ? 0 : m_engine.random() % total;
    for (const BackendEntry &backend : endpoint.backends) {
        const auto weight = static_cast<quint64>(qMax(backend.weight, 0));
        if (drawn < weight)
            return &backend;
        drawn -= weight;
    }
    Q_UNREACHABLE();
}

void Call::start()
{
    if (!http::isToken(m_request.request.method))
        return refuse({kInvalidRequest, {{u"what"_s, u"method"_s}}, {}, {}}, 400);
    if (m_request.rest && !http::isOriginForm(QByteArray('/' + *m_request.rest)))
        return refuse({kInvalidRequest, {{u"what"_s, u"path"_s}}, {}, {}}, 400);
    if (isLooping(m_request.request.headers, m_engine.options.instanceId))
        return refuse({kLoop, {}, {}, {}}, 508);
    if (m_request.deployment) {
        m_target = &*m_request.deployment;
    } else {
        m_endpoint = m_table ? m_table->findEndpoint(m_request.endpoint) : nullptr;
        if (m_endpoint == nullptr)
            return refuse({kUnknownEndpoint, {{u"endpoint"_s, m_request.endpoint}}, {}, {}}, 404);
        const auto backend = chooseBackend(*m_endpoint);
        if (!backend)
            return refuse(backend.error(), isCallersFault(backend.error()) ? 400 : 502);
        m_backend = *backend;
        m_target = &m_backend->target;
    }
    scan();
    makeLegs();
    m_engine.statistics->requestStarted();
    ++m_engine.primaries;
    if (!m_request.mirrorsFirst)
        startPrimary();
    for (const auto &mirror : m_mirrors)
        startMirror(*mirror);
    if (m_request.mirrorsFirst)
        startPrimary();
}

void Call::scan()
{
    const QByteArray &body = m_request.request.body;
    m_mirrorBody = body;
    if (m_request.isStreamed || m_request.rest || body.size() > m_engine.options.scannedBody)
        return;
    const BodyFacts facts = scanBody(body);
    m_bodyTimeout = facts.timeoutSeconds;
    if (m_engine.options.cutsWebhooks)
        m_mirrorBody = withoutCuts(body, facts.webhooks);
}

void Call::makeLegs()
{
    m_exchange.arrival = m_request.arrival ? m_request.arrival : std::optional(m_engine.clock.wallTime());
    m_exchange.endpoint = m_request.endpoint;
    m_exchange.method = m_request.request.method;
    m_exchange.target = m_request.request.target;
    m_exchange.headers = m_request.request.headers;
    m_exchange.requestId = m_request.requestId.isEmpty() ? m_engine.newRequestId() : m_request.requestId;
    m_exchange.session = m_request.session;
    m_exchange.tags = m_request.tags;
    m_exchange.note = m_request.note;
    m_exchange.recorded = std::move(m_request.recorded);
    m_exchange.isWarmup = m_request.isWarmup;
    m_exchange.intended = m_request.intended;
    m_exchange.started = m_request.started;
    if (m_engine.options.isRecording)
        m_recorder.append(m_request.request.body);
    if (m_isBodyComplete)
        takeRequestBody();

    describePrimary();
    if (m_endpoint == nullptr) {
        const auto slot =
            m_engine.statistics->slot({m_target->deployment.name, m_target->deployment.toString(), false});
        m_primary = std::make_unique<Leg>(*this, m_exchange.primary, *m_target, slot);
        return;
    }
    const EndpointState &state = m_engine.stateOf(*m_endpoint);
    const auto backendIndex = static_cast<std::size_t>(m_backend - m_endpoint->backends.data());
    if (m_assignment.parts.size() > 1)
        makeParts(state);
    else
        m_primary = std::make_unique<Leg>(*this, m_exchange.primary, *m_target, state.backendSlots[backendIndex]);
    const std::size_t count = m_endpoint->mirrors.size();
    m_exchange.mirrors.resize(count);
    m_mirrors.reserve(count);
    m_pending = count;
    for (std::size_t i = 0; i < count; ++i) {
        const MirrorEntry &mirror = m_endpoint->mirrors[i];
        describe(m_exchange.mirrors[i], mirror.name, traffic::Role::Mirror, mirror.target);
        m_mirrors.push_back(std::make_unique<Leg>(*this, m_exchange.mirrors[i], mirror.target, state.mirrorSlots[i]));
        m_mirrors.back()->setLane(state.lanes[i]);
    }
}

void Call::describePrimary()
{
    describe(m_exchange.primary, m_backend != nullptr ? m_backend->label : QString(), traffic::Role::Primary,
             *m_target);
    for (std::size_t i = 1; i < m_assignment.parts.size(); ++i) {
        const BackendEntry &backend = m_endpoint->backends[m_assignment.parts[i].backend];
        m_exchange.primary.name += u'+' + backend.label;
        m_exchange.primary.deployment += u'+' + backend.target.deployment.name;
    }
}

void Call::makeParts(const EndpointState &state)
{
    const std::size_t count = m_assignment.parts.size();
    m_partReplies.resize(count);
    m_parts.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
        const AssignedPart &part = m_assignment.parts[i];
        const BackendEntry &backend = m_endpoint->backends[part.backend];
        describe(m_partReplies[i], backend.label, traffic::Role::Primary, backend.target);
        m_parts.push_back(
            std::make_unique<Leg>(*this, m_partReplies[i], backend.target, state.backendSlots[part.backend]));
        m_parts.back()->makePart(part.body);
    }
}

void Call::startPrimary()
{
    if (m_primary) {
        startAnswering(*m_primary, m_backend, m_request.request.body);
        return;
    }
    for (std::size_t i = 0; i < m_parts.size(); ++i) {
        const AssignedPart &part = m_assignment.parts[i];
        startAnswering(*m_parts[i], &m_endpoint->backends[part.backend], part.body);
    }
}

void Call::startAnswering(Leg &leg, const BackendEntry *backend, const QByteArray &body)
{
    const Target &target = leg.target();
    if (backend != nullptr && backend->staticValue) {
        m_engine.later(m_id, [&leg, value = *backend->staticValue, body](Call &) {
            leg.answerStatically(staticAnswer(value, body));
        });
    } else if (!target.upstream) {
        const Error error{kNoTarget,
                          {{u"deployment"_s, target.deployment.toString()}},
                          {},
                          m_engine.wordsFor(target.upstream.error())};
        m_engine.later(m_id, [&leg, error](Call &) { leg.fail(error, traffic::AnswerState::Failed); });
    } else if (target.upstream->staticAnswer) {
        m_engine.later(m_id,
                       [&leg](Call &) { leg.answerStatically(staticAnswer(*leg.target().upstream->staticAnswer)); });
    } else {
        leg.begin(m_engine.poolFor(*target.upstream));
    }
}

void Call::giveUpPrimary(traffic::DropReason reason, const Error &error)
{
    if (m_primary) {
        m_primary->giveUp(traffic::AnswerState::Failed, reason, error);
        return;
    }
    for (const auto &part : m_parts)
        part->giveUp(traffic::AnswerState::Failed, reason, error);
}

void Call::startMirror(Leg &leg)
{
    const Target &target = leg.target();
    if (!target.upstream) {
        leg.fail({kNoTarget,
                  {{u"deployment"_s, target.deployment.toString()}},
                  {},
                  m_engine.wordsFor(target.upstream.error())},
                 traffic::AnswerState::Failed);
        return;
    }
    if (target.upstream->staticAnswer) {
        leg.answerStatically(staticAnswer(*target.upstream->staticAnswer));
        return;
    }
    leg.m_deadline.arm(timeoutFor(target));
    const traffic::DropReason reason = leg.lane()->offer(leg);
    if (reason != traffic::DropReason::None)
        leg.giveUp(traffic::AnswerState::Dropped, reason, {});
}

std::chrono::milliseconds Call::timeoutFor(const Target &target) const
{
    if (m_request.timeout)
        return *m_request.timeout;
    if (m_bodyTimeout)
        return qMin<std::chrono::milliseconds>(std::chrono::seconds(*m_bodyTimeout), kLongestTimeout);
    return target.upstream ? target.upstream->timeout : std::chrono::milliseconds(0);
}

void Call::appendBody(const QByteArray &part)
{
    if (m_isBodyComplete || m_isFinished)
        return;
    if (m_engine.options.isRecording)
        m_recorder.append(part);
    if (m_primary && !m_primary->isDone())
        m_primary->appendBody(part);
    for (const auto &mirror : m_mirrors) {
        if (mirror->isDone())
            continue;
        mirror->appendBody(part);
        if (mirror->heldBytes() > m_engine.options.mirrorLagBytes)
            mirror->giveUp(traffic::AnswerState::Dropped, traffic::DropReason::Lag, {});
    }
}

void Call::endBody()
{
    if (m_isBodyComplete || m_isFinished)
        return;
    m_isBodyComplete = true;
    takeRequestBody();
    if (m_primary && !m_primary->isDone())
        m_primary->endBody();
    for (const auto &mirror : m_mirrors) {
        if (!mirror->isDone())
            mirror->endBody();
    }
}

void Call::takeRequestBody()
{
    m_exchange.body = m_recorder.take();
    if (!m_engine.options.isRecording)
        m_exchange.body.length = m_request.request.body.size();
}

void Call::abandon()
{
    m_observer = nullptr;
    if (m_isFinished || m_isPrimaryDone)
        return;
    m_exchange.isClientAborted = true;
    if (!m_isBodyComplete) {
        for (const auto &mirror : m_mirrors)
            mirror->giveUp(traffic::AnswerState::Dropped, traffic::DropReason::Stopped, {});
    }
    giveUpPrimary(traffic::DropReason::None, {kCallerLeft, {}, {}, {}});
}

void Call::stop(bool alsoPrimary)
{
    if (m_isFinished) { // refused, and the observer is about to be told
        if (alsoPrimary && m_observer != nullptr)
            std::exchange(m_observer, nullptr)->answerFailed(m_id, {kStopped, {}, {}, {}}, 503);
        return;
    }
    for (const auto &mirror : m_mirrors)
        mirror->giveUp(traffic::AnswerState::Dropped, traffic::DropReason::Stopped, {});
    if (alsoPrimary)
        giveUpPrimary(traffic::DropReason::Stopped, {kStopped, {}, {}, {}});
}

void Call::legEnded(Leg &leg, const Error *error)
{
    if (leg.isMirror())
        mirrorEnded(leg);
    else if (leg.isPart())
        partEnded(leg, error);
    else
        primaryEnded(error);
}

void Call::partEnded(Leg &leg, const Error *error)
{
    if (m_isPrimaryDone || m_arePartsJoined)
        return;
    if (!isGood(leg.reply())) { // it fails the whole, with its own answer
        m_arePartsJoined = true;
        const QString name = m_exchange.primary.name;
        m_exchange.primary = leg.reply();
        m_exchange.primary.name = name;
        m_exchange.primary.body = traffic::Body::whole(leg.partAnswer());
        for (const auto &part : m_parts)
            part->giveUp(traffic::AnswerState::Failed, traffic::DropReason::Stopped, {kStopped, {}, {}, {}});
        passOn(leg.partAnswer());
        primaryEnded(error);
        return;
    }
    if (std::all_of(m_parts.begin(), m_parts.end(), [](const auto &part) { return part->isDone(); }))
        joinParts();
}

void Call::joinParts()
{
    m_arePartsJoined = true;
    traffic::Reply &reply = m_exchange.primary;
    std::vector<QByteArray> answers;
    for (const auto &part : m_parts) {
        const traffic::Timings &timings = part->reply().timings;
        reply.timings.queued = qMax(reply.timings.queued, timings.queued);
        reply.timings.sent = qMax(reply.timings.sent, timings.sent);
        reply.timings.firstByte = qMax(reply.timings.firstByte, timings.firstByte);
        answers.push_back(part->partAnswer());
    }
    reply.timings.done = sinceArrival();
    const QByteArray body = mergedAnswer(m_assignment, answers);
    if (body.isNull()) {
        const Error error{kPartsDoNotFit, {{u"endpoint"_s, m_request.endpoint}}, {}, {}};
        reply.state = traffic::AnswerState::Failed;
        reply.failure = m_engine.wordsFor(error);
        primaryEnded(&error);
        return;
    }
    reply.state = traffic::AnswerState::Complete;
    reply.status = m_parts.front()->reply().status;
    reply.headers = m_parts.front()->reply().headers;
    reply.headers.remove("content-length");
    reply.body = traffic::Body::whole(body);
    passOn(body);
    primaryEnded(nullptr);
}

void Call::passOn(const QByteArray &body)
{
    const traffic::Reply &reply = m_exchange.primary;
    if (m_observer == nullptr || reply.state != traffic::AnswerState::Complete)
        return;
    http::Response head;
    head.status = reply.status;
    head.headers = reply.headers;
    m_observer->answerStarted(m_id, head, body.size());
    if (m_observer != nullptr && !body.isEmpty())
        m_observer->answerPart(m_id, body);
}

void Call::primaryEnded(const Error *error)
{
    m_isPrimaryDone = true;
    --m_engine.primaries;
    m_engine.statistics->requestEnded();
    const traffic::AnswerState state = m_exchange.primary.state;
    if (AnswerObserver *observer = std::exchange(m_observer, nullptr)) {
        if (state == traffic::AnswerState::Complete)
            observer->answerEnded(m_id);
        else
            observer->answerFailed(m_id, *error, statusFor(state, *error));
    }
    if (!m_isBodyComplete) { // the caller's connection gives the rest of the body up
        m_isBodyComplete = true;
        takeRequestBody();
        for (const auto &mirror : m_mirrors)
            mirror->giveUp(traffic::AnswerState::Dropped, traffic::DropReason::Stopped, {});
    }
    if (m_pending > 0 && m_engine.sink != nullptr && m_engine.options.answeredHold.count() > 0)
        m_answeredHold.arm(m_engine.options.answeredHold);
    else
        reportAnswered();
}

void Call::reportAnswered()
{
    if (m_isAnswered)
        return;
    m_answeredHold.disarm();
    const traffic::ExchangePtr exchange = snapshot();
    m_isAnswered = true;
    if (m_engine.sink != nullptr && m_pending == 0)
        m_engine.sink->answeredWhole(exchange);
    else if (m_engine.sink != nullptr)
        m_engine.sink->answered(exchange);
    finishIfDone();
}

void Call::mirrorEnded(Leg &leg)
{
    --m_pending;
    if (!m_isAnswered) {
        if (m_isPrimaryDone && m_pending == 0)
            reportAnswered();
        return;
    }
    if (m_engine.sink != nullptr) {
        const auto index = static_cast<std::size_t>(&leg.reply() - m_exchange.mirrors.data());
        const traffic::ExchangePtr exchange = snapshot();
        m_engine.sink->mirrorAnswered(exchange, index);
        if (m_pending == 0)
            m_engine.sink->finished(exchange);
    }
    finishIfDone();
}

traffic::ExchangePtr Call::snapshot()
{
    if (m_engine.sink == nullptr)
        return {};
    if (m_pending == 0)
        return std::make_shared<traffic::Exchange>(std::move(m_exchange));
    return std::make_shared<traffic::Exchange>(m_exchange);
}

void Call::finishIfDone()
{
    if (!m_isAnswered || m_pending > 0 || std::exchange(m_isFinished, true))
        return;
    m_engine.retire(m_id);
}

} // namespace parallax::router
