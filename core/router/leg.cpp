// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/errors.h"
#include "http/tokens.h"
#include "router/call.h"
#include "router/engineprivate.h"
#include "router/errors.h"
#include "router/forwarding.h"

using namespace Qt::StringLiterals;

namespace parallax::router {

namespace {

constexpr qsizetype kAttached = 4 * 1024; ///< copying so much costs less than a second piece in the system call

CallOutcome outcomeOf(const traffic::Reply &reply, bool isAborted)
{
    switch (reply.state) {
    case traffic::AnswerState::Complete:
        return reply.status >= 400 ? CallOutcome::Error : CallOutcome::Ok;
    case traffic::AnswerState::Timeout:
        return CallOutcome::Timeout;
    case traffic::AnswerState::Dropped:
        return CallOutcome::Dropped;
    default:
        return isAborted ? CallOutcome::Aborted : CallOutcome::Failed;
    }
}

CircuitBreaker::Result breakerResult(const traffic::Reply &reply)
{
    switch (reply.state) {
    case traffic::AnswerState::Complete:
        return reply.status >= 500 ? CircuitBreaker::Result::ServerError : CircuitBreaker::Result::Answered;
    case traffic::AnswerState::Failed:
    case traffic::AnswerState::Timeout:
        return CircuitBreaker::Result::Failure;
    default:
        return reply.dropReason == traffic::DropReason::TooLarge ? CircuitBreaker::Result::Answered
                                                                 : CircuitBreaker::Result::Given;
    }
}

/// Answers that go on as long as they like: their deadline is between two parts.
bool isEventStream(const http::Headers &headers)
{
    const QByteArrayView type = headers.value("content-type");
    const auto begins = [type](QByteArrayView name) {
        return type.size() >= name.size() && http::equalsIgnoringCase(type.first(name.size()), name);
    };
    return begins("text/event-stream") || begins("application/x-ndjson") || begins("application/jsonl");
}

std::optional<qint64> lengthOf(const http::ResponseHead &head, bool isHeadRequest)
{
    switch (head.framing) {
    case http::Framing::Length:
        return head.length;
    case http::Framing::None:
        if (isHeadRequest && !head.message.headers.contains("content-length"))
            return std::nullopt;
        return head.length;
    default:
        return std::nullopt;
    }
}

} // namespace

Leg::Leg(Call &call, traffic::Reply &reply, const Target &target, std::size_t statisticsSlot)
    : m_call(call)
    , m_reply(reply)
    , m_target(target)
    , m_slot(statisticsSlot)
    , m_deadline(call.m_engine.deadlines, [this] { onDeadline(); })
    , m_recorder(call.m_engine.options.recordedBody, call.m_engine.options.truncatedBody)
{}

Leg::~Leg()
{
    if (m_connection != nullptr)
        m_connection->cancel();
    if (m_lane)
        m_lane->withdraw(*this);
}

void Leg::makePart(QByteArray body)
{
    m_isPart = true;
    m_partBody = std::move(body);
}

AnswerObserver *Leg::observer() const
{
    return isMirror() || m_isPart ? nullptr : m_call.m_observer;
}

void Leg::record(const QByteArray &part)
{
    if (m_isPart)
        m_partAnswer.append(part);
    else if (m_call.m_engine.options.isRecording)
        m_recorder.append(part);
    else
        m_unrecorded += part.size();
}

qint64 Leg::bodySize() const
{
    return m_call.m_mirrorBody.size();
}

http::ClientRequest Leg::clientRequest()
{
    const CallRequest &request = m_call.m_request;
    const targets::Upstream &upstream = *m_target.upstream;
    const targets::Upstream *primary = m_call.m_target->upstream ? &*m_call.m_target->upstream : nullptr;
    ForwardedCopy copy{m_reply.role, {}, !isMirror() || mayPassCredentials(upstream, primary)};
    const QByteArray name = isMirror() ? m_reply.name.toUtf8() : QByteArray();
    copy.mirrorName = name;
    m_reply.credentialsRemoved = !copy.passesCredentials && hasCredentials(request.request.headers);

    http::ClientRequest out;
    out.method = request.request.method;
    out.body = isMirror() ? m_call.m_mirrorBody : m_isPart ? m_partBody : request.request.body;
    out.isBodyFollowing = request.isStreamed;
    out.isBodyChunked = request.isStreamed && !request.streamedLength;
    ForwardedBody body{
        request.isStreamed ? request.streamedLength.value_or(0) : out.body.size(), out.isBodyChunked, {}};
    QByteArray attached;
    if (out.body.size() <= kAttached) {
        attached = std::exchange(out.body, {});
        body.attached = attached;
    }
    const Engine::Private &engine = m_call.m_engine;
    const bool isUsual = !request.rest && m_call.m_endpoint != nullptr && m_call.m_table == engine.table;
    const QByteArray start =
        isUsual ? m_call.m_engine.copyStart(m_target, request.request, copy)
                : forwardedStart(request.request, upstream, joinedPath(upstream.path, request.rest), copy, engine.via);
    out.head = forwardedHead(start, request.request, body);
    return out;
}

void Leg::begin(http::ClientPool &pool)
{
    m_hasBegun = true;
    m_reply.timings.queued = m_call.sinceArrival();
    m_deadline.arm(m_call.timeoutFor(m_target));
    m_connection = pool.start(clientRequest(), this);
    m_waitingBytes = 0;
    for (const QByteArray &part : std::exchange(m_waitingBody, {}))
        m_connection->sendBody(part);
    if (m_call.m_request.isStreamed && m_isBodyComplete)
        m_connection->endBody();
}

void Leg::answerStatically(const http::Response &answer)
{
    if (m_isDone)
        return;
    m_reply.timings.queued = m_reply.timings.sent = m_reply.timings.firstByte = m_call.sinceArrival();
    m_reply.status = answer.status;
    m_reply.headers = answer.headers;
    record(answer.body);
    if (AnswerObserver *hearing = observer()) {
        http::Response head = answer;
        head.body.clear();
        hearing->answerStarted(m_call.m_id, head, answer.body.size());
        if (observer() != nullptr && !answer.body.isEmpty() && m_call.m_request.request.method != "HEAD")
            hearing->answerPart(m_call.m_id, answer.body);
    }
    end(traffic::AnswerState::Complete, nullptr);
}

void Leg::appendBody(const QByteArray &part)
{
    if (m_connection != nullptr) {
        m_connection->sendBody(part);
    } else if (!m_hasBegun) {
        m_waitingBody.push_back(part);
        m_waitingBytes += part.size();
    }
}

void Leg::endBody()
{
    m_isBodyComplete = true;
    if (m_connection != nullptr)
        m_connection->endBody();
}

void Leg::setAnswerPaused(bool isPaused)
{
    if (m_connection != nullptr)
        m_connection->setAnswerPaused(isPaused);
}

qint64 Leg::heldBytes() const
{
    return m_waitingBytes + (m_connection != nullptr ? m_connection->unsentBytes() : 0);
}

void Leg::requestSent()
{
    m_reply.timings.sent = m_call.sinceArrival();
}

void Leg::requestDrained()
{
    if (AnswerObserver *hearing = observer())
        hearing->bodyWanted(m_call.m_id);
}

void Leg::answerStarted(http::ResponseHead &&head)
{
    m_reply.timings.firstByte = m_call.sinceArrival();
    m_reply.status = head.message.status;
    m_isEventStream = isEventStream(head.message.headers);
    if (AnswerObserver *hearing = observer())
        hearing->answerStarted(m_call.m_id, head.message, lengthOf(head, m_call.m_request.request.method == "HEAD"));
    m_reply.headers = std::move(head.message.headers);
}

void Leg::answerBody(QByteArray part)
{
    if (m_isEventStream)
        m_deadline.arm(m_call.timeoutFor(m_target));
    record(part);
    if (AnswerObserver *hearing = observer())
        hearing->answerPart(m_call.m_id, part);
}

void Leg::answerPaused()
{
    if (AnswerObserver *hearing = observer())
        hearing->answerPaused(m_call.m_id);
}

void Leg::answerEnded()
{
    m_connection = nullptr;
    end(traffic::AnswerState::Complete, nullptr);
}

void Leg::answerFailed(const Error &error)
{
    m_connection = nullptr;
    if (isMirror() && error.code == http::kBodyTooLarge) {
        m_reply.dropReason = traffic::DropReason::TooLarge;
        end(traffic::AnswerState::Dropped, nullptr);
        return;
    }
    fail({kCallFailed, {{u"deployment"_s, m_target.deployment.toString()}}, {}, m_call.m_engine.wordsFor(error)},
         traffic::AnswerState::Failed);
}

void Leg::onDeadline()
{
    if (isMirror() && !m_hasBegun) { // it waited in the queue all its time
        giveUp(traffic::AnswerState::Dropped, traffic::DropReason::QueueFull, {});
        return;
    }
    const double seconds = toMilliseconds(m_call.timeoutFor(m_target)) / 1000;
    giveUp(traffic::AnswerState::Timeout, traffic::DropReason::None,
           {kDeadline, {{u"deployment"_s, m_target.deployment.toString()}, {u"seconds"_s, seconds}}, {}, {}});
}

void Leg::giveUp(traffic::AnswerState state, traffic::DropReason reason, const Error &error)
{
    if (m_isDone)
        return;
    if (m_connection != nullptr)
        std::exchange(m_connection, nullptr)->cancel();
    if (m_lane)
        m_lane->withdraw(*this);
    m_reply.dropReason = reason;
    fail(error, state);
}

void Leg::fail(const Error &error, traffic::AnswerState state)
{
    if (m_isDone)
        return;
    if (error.code != ErrorCode())
        m_reply.failure = m_call.m_engine.wordsFor(error);
    end(state, &error);
}

void Leg::end(traffic::AnswerState state, const Error *error)
{
    if (std::exchange(m_isDone, true))
        return;
    m_deadline.disarm();
    m_waitingBody.clear();
    m_waitingBytes = 0;
    m_reply.state = state;
    m_reply.timings.done = m_call.sinceArrival();
    m_reply.body = m_recorder.take();
    m_reply.body.length += m_unrecorded;
    m_call.m_engine.statistics->ended(m_slot, outcomeOf(m_reply, m_call.m_exchange.isClientAborted), m_reply.dropReason,
                                      m_reply.timings.serviceTime());
    if (m_lane && m_hasBegun)
        m_lane->ended(breakerResult(m_reply));
    m_call.legEnded(*this, error);
}

} // namespace parallax::router
