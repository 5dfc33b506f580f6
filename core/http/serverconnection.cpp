// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "http/serverconnection.h"

#include "http/headwriter.h"
#include "http/readbuffer.h"

using namespace std::chrono_literals;

namespace parallax::http {

namespace {

constexpr qsizetype kMostWaitingInput = 64 * 1024; ///< of pipelined requests
constexpr qint64 kWorthDiscarding = 64 * 1024;     ///< rest of a body that is read rather than the connection closed
constexpr qsizetype kWorthSending = 16 * 1024;     ///< a part from this on is not gathered with others
constexpr qsizetype kMoreFields = 256;             ///< room for those that are ours

bool hasNoBody(int status)
{
    return status < 200 || status == 204 || status == 304;
}

} // namespace

ServerConnection::ServerConnection(TransportPtr transport, const ServerLimits &limits, DeadlineQueue &deadlines,
                                   ServerMemo &memo, QObject *parent)
    : QObject(parent)
    , m_transport(std::move(transport))
    , m_limits(limits)
    , m_deadline(deadlines, [this] { onDeadline(); })
    , m_memo(memo)
    , m_parser(limits.message)
{
    m_transport->setUser(this);
    wait(Waiting::Idle, m_limits.idle);
}

ServerConnection::~ServerConnection()
{
    if (m_input != Input::Closed && m_handler != nullptr)
        m_handler->connectionClosed();
}

QHostAddress ServerConnection::localAddress() const
{
    return m_transport ? m_transport->localAddress() : QHostAddress();
}

void ServerConnection::transportReadable()
{
    auto &buffer = readBuffer();
    while (m_transport && m_input != Input::Closed) {
        const qsizetype n = m_transport->read(buffer.data(), kReadSize);
        if (n <= 0)
            return;
        takeBytes(QByteArrayView(buffer.data(), n));
        if (n < kReadSize || m_isBodyPaused)
            return;
    }
}

void ServerConnection::takeBytes(QByteArrayView bytes)
{
    if (m_input == Input::Lingering)
        return;
    if (m_isProcessing || m_input == Input::Waiting) {
        m_in.append(bytes);
        if (m_in.size() > kMostWaitingInput)
            m_transport->setReading(false);
        return;
    }
    if (!m_in.isEmpty()) {
        m_in.append(bytes);
        processPending();
        return;
    }
    const qsizetype used = process(bytes);
    if (used < bytes.size() && m_input != Input::Closed)
        m_in = bytes.sliced(used).toByteArray();
}

void ServerConnection::processPending()
{
    const QByteArray bytes = std::exchange(m_in, {});
    const qsizetype used = process(bytes);
    if (used < bytes.size() && m_input != Input::Closed)
        m_in = used == 0 ? bytes : bytes.sliced(used);
}

qsizetype ServerConnection::process(QByteArrayView bytes)
{
    m_isProcessing = true;
    qsizetype used = 0;
    while (used < bytes.size()) {
        const QByteArrayView rest = bytes.sliced(used);
        if (m_input == Input::Head) {
            const qsizetype n = processHead(rest);
            if (n == 0)
                break;
            used += n;
        } else if (m_input == Input::Body || m_input == Input::Discarding) {
            used += processBody(rest);
        } else if (m_input == Input::Waiting) {
            break;
        } else {
            used = bytes.size();
        }
    }
    m_isProcessing = false;
    return used;
}

qsizetype ServerConnection::processHead(QByteArrayView bytes)
{
    qsizetype length = 0;
    if (m_parser.isUntouched()) {
        if (const RequestHead *known = m_memo.requests.find(bytes, false, length)) {
            startRequest(*known);
            return length;
        }
    }
    switch (m_parser.parse(bytes)) {
    case HeadParser::State::Incomplete:
        if (m_waiting != Waiting::Head)
            wait(Waiting::Head, m_limits.headerComplete);
        return 0;
    case HeadParser::State::Failed:
        refuseRequest(m_parser.problem());
        return bytes.size();
    case HeadParser::State::Complete:
        break;
    }
    length = m_parser.length();
    RequestHead head = m_parser.take();
    m_memo.requests.note(bytes.first(length), false, head);
    startRequest(std::move(head));
    return length;
}

void ServerConnection::startRequest(RequestHead head)
{
    m_deadline.disarm();
    m_waiting = Waiting::Body;
    m_requestMinor = head.message.minorVersion;
    m_isHeadRequest = head.message.method == "HEAD";
    m_keepAlive = head.keepAlive;
    m_expectsContinue = head.expectsContinue;
    m_hasRequest = true;
    m_answer = Answer::None;
    if (head.framing == Framing::None) {
        m_input = Input::Waiting;
        m_handler->requestStarted(std::move(head));
        if (m_hasRequest && m_answer == Answer::None)
            m_handler->requestEnded();
        return;
    }
    m_input = Input::Body;
    m_body.emplace(m_limits.message, head.framing, head.length, m_limits.message.bodyBytes);
    m_bodyBegan = std::chrono::steady_clock::now();
    m_bodyBefore = 0;
    m_handler->requestStarted(std::move(head));
    if (m_input == Input::Body && m_body->problem() != Problem::None)
        refuseRequest(m_body->problem());
    else if (m_input == Input::Body)
        wait(Waiting::Body, m_limits.bodyGrace);
}

qsizetype ServerConnection::processBody(QByteArrayView bytes)
{
    QByteArray part;
    m_expectsContinue = false; // the body comes without being asked for
    const qsizetype used = m_body->decode(bytes, part);
    if (m_body->problem() != Problem::None) {
        if (m_input == Input::Discarding)
            linger();
        else
            refuseRequest(m_body->problem());
        return bytes.size();
    }
    const bool isComplete = m_body->isComplete();
    if (m_input == Input::Body && !part.isEmpty())
        m_handler->requestBody(part);
    if (isComplete && (m_input == Input::Body || m_input == Input::Discarding))
        endInput();
    return used;
}

void ServerConnection::endInput()
{
    const bool isWanted = m_input == Input::Body;
    m_input = Input::Waiting;
    m_deadline.disarm();
    m_body.reset();
    if (isWanted)
        m_handler->requestEnded();
    else if (m_answer == Answer::Ended)
        finishExchange();
}

void ServerConnection::acceptBody()
{
    if (!m_expectsContinue || m_answer != Answer::None || m_input != Input::Body)
        return;
    m_expectsContinue = false;
    m_transport->write("HTTP/1.1 100 Continue\r\n\r\n");
}

void ServerConnection::setBodyPaused(bool isPaused)
{
    if (std::exchange(m_isBodyPaused, isPaused) == isPaused || !m_transport || m_input == Input::Closed)
        return;
    m_transport->setReading(!isPaused);
    if (m_input != Input::Body)
        return;
    if (isPaused) {
        m_deadline.disarm();
        return;
    }
    m_bodyBegan = std::chrono::steady_clock::now();
    m_bodyBefore = m_body->received();
    wait(Waiting::Body, m_limits.bodyGrace);
}

void ServerConnection::refuseRequest(Problem problem)
{
    const bool wasAnswered = m_answer != Answer::None;
    if (!m_hasRequest) {
        m_isHeadRequest = false;
        m_requestMinor = 1;
    }
    const QByteArray body = m_handler->requestRefused(problem);
    m_keepAlive = false;
    m_mustLinger = true;
    if (wasAnswered) {
        breakAnswer();
        return;
    }
    m_body.reset();
    m_input = Input::Waiting;
    respond(statusOf(problem), {{"Content-Type", "application/json"}}, body);
}

void ServerConnection::refuse(Problem problem)
{
    refuseRequest(problem);
}

void ServerConnection::decideKeepAlive()
{
    if (m_isFinishing)
        m_keepAlive = false;
    if (m_input != Input::Body)
        return;
    const qint64 rest = m_body->remaining();
    if (m_keepAlive && !m_expectsContinue && rest >= 0 && rest <= kWorthDiscarding)
        m_input = Input::Discarding;
    else
        m_keepAlive = false;
}

void ServerConnection::respond(int status, const Headers &headers, const QByteArray &body)
{
    if (m_answer != Answer::None || m_input == Input::Closed)
        return;
    Response head;
    head.status = status;
    if (m_input == Input::Body)
        decideKeepAlive();
    Headers fields = headers;
    fields.append("Date", httpDate());
    startAnswer(head, fields, body.size());
    answerPart(body);
    endAnswer();
}

void ServerConnection::startAnswer(const Response &head, const Headers &more, std::optional<qint64> length)
{
    if (m_answer != Answer::None || m_input == Input::Closed)
        return;
    m_answer = Answer::Started;
    if (m_isFinishing)
        m_keepAlive = false;
    m_hidesBody = m_isHeadRequest || hasNoBody(head.status);
    m_isChunkedAnswer = false;
    m_isUntilCloseAnswer = false;
    const qint64 body = length && *length < kWorthSending ? *length : 0;
    HeadWriter writer = HeadWriter::continued(m_memo.answers.of(head), kMoreFields + body);
    for (const Header &field : more)
        writer.field(field.name, field.value);
    if (hasNoBody(head.status)) {
        // No framing: 204 must not have any.
    } else if (length) {
        writer.field("Content-Length", *length);
    } else if (!m_hidesBody && m_requestMinor > 0) {
        m_isChunkedAnswer = true;
        writer.field("Transfer-Encoding", "chunked");
    } else if (!m_hidesBody) {
        m_isUntilCloseAnswer = true;
        m_keepAlive = false;
    }
    if (!m_keepAlive)
        writer.field("Connection", "close");
    else if (m_requestMinor == 0)
        writer.field("Connection", "keep-alive");
    if (m_out.isEmpty())
        m_out = writer.finish();
    else
        m_out.append(writer.finish());
}

void ServerConnection::answerPart(const QByteArray &part)
{
    if (m_answer != Answer::Started || m_hidesBody || part.isEmpty())
        return;
    if (m_isChunkedAnswer)
        m_out.append(chunkStart(part.size()));
    if (part.size() < kWorthSending)
        m_out.append(part);
    else
        writeOut(part);
    if (m_isChunkedAnswer)
        m_out.append(kEndOfChunk);
}

void ServerConnection::writeOut(const QByteArray &more)
{
    if (m_out.isEmpty() && more.isEmpty())
        return;
    const QByteArray out = std::exchange(m_out, {});
    if (out.isEmpty())
        m_transport->write(more);
    else
        m_transport->write(out, more);
    waitForSending();
}

void ServerConnection::flushAnswer()
{
    if (m_input != Input::Closed)
        writeOut();
}

void ServerConnection::endAnswer()
{
    if (m_answer != Answer::Started)
        return;
    m_answer = Answer::Ended;
    if (m_isChunkedAnswer)
        m_out.append(kLastChunk);
    if (m_input == Input::Body)
        decideKeepAlive();
    writeOut();
    if (m_input == Input::Waiting || m_input == Input::Body)
        finishExchange();
    else if (m_input == Input::Discarding)
        wait(Waiting::Body, m_limits.bodyGrace);
}

void ServerConnection::breakAnswer()
{
    if (m_input == Input::Closed)
        return;
    m_hasRequest = false;
    m_out.clear();
    if (m_isUntilCloseAnswer)
        m_transport->reset(); // a proper end would look like the answer's
    else if (m_transport->unsentBytes() > 0)
        closeWhenSent(std::move(m_transport));
    close();
}

void ServerConnection::finishExchange()
{
    m_hasRequest = false;
    m_body.reset();
    if (!m_keepAlive) {
        const bool hasReadAll = m_input == Input::Waiting && m_in.isEmpty() && !m_isProcessing && !m_mustLinger;
        if (hasReadAll && m_transport->unsentBytes() == 0)
            close();
        else
            linger();
        return;
    }
    m_input = Input::Head;
    m_answer = Answer::None;
    m_isBodyPaused = false;
    m_transport->setReading(true);
    if (m_transport->unsentBytes() == 0)
        wait(Waiting::Idle, m_limits.idle);
    if (!m_isProcessing && !m_in.isEmpty())
        processPending();
}

void ServerConnection::linger()
{
    if (m_input == Input::Closed)
        return;
    m_input = Input::Lingering;
    m_in.clear();
    m_transport->setReading(true);
    m_transport->finishSending();
    m_unsentBefore = m_transport->unsentBytes();
    if (m_unsentBefore > 0)
        wait(Waiting::Sending, m_limits.idle);
    else
        wait(Waiting::Lingering, m_limits.lingering);
}

void ServerConnection::close()
{
    if (std::exchange(m_input, Input::Closed) == Input::Closed)
        return;
    m_deadline.disarm();
    if (m_transport && m_transport->unsentBytes() > 0)
        closeWhenSent(std::move(m_transport));
    else if (m_transport)
        m_transport->abort();
    if (m_handler != nullptr)
        std::exchange(m_handler, nullptr)->connectionClosed();
    deleteLater();
}

void ServerConnection::finish()
{
    m_isFinishing = true;
    if (m_input == Input::Head && m_in.isEmpty())
        close();
}

void ServerConnection::abort()
{
    if (m_input == Input::Closed)
        return;
    if (std::exchange(m_hasRequest, false) && m_answer != Answer::Ended)
        m_handler->requestAborted();
    m_transport->abort();
    close();
}

void ServerConnection::transportDrained()
{
    if (m_input == Input::Closed)
        return;
    if (m_waiting == Waiting::Sending) {
        m_deadline.disarm();
        m_waiting = Waiting::Idle;
        if (m_input == Input::Head)
            wait(Waiting::Idle, m_limits.idle);
        else if (m_input == Input::Lingering)
            wait(Waiting::Lingering, m_limits.lingering);
    }
    if (m_hasRequest && m_answer == Answer::Started)
        m_handler->answerDrained();
}

void ServerConnection::transportEnded(const Error *)
{
    if (m_input == Input::Closed)
        return;
    if (std::exchange(m_hasRequest, false) && m_answer != Answer::Ended)
        m_handler->requestAborted();
    m_transport->abort();
    close();
}

void ServerConnection::wait(Waiting what, std::chrono::milliseconds duration)
{
    m_waiting = what;
    m_deadline.arm(duration);
}

void ServerConnection::waitForSending()
{
    m_unsentBefore = m_transport->unsentBytes();
    if (m_unsentBefore > 0 && m_input != Input::Body && m_input != Input::Discarding && m_waiting != Waiting::Sending)
        wait(Waiting::Sending, m_limits.idle);
}

void ServerConnection::onDeadline()
{
    switch (m_waiting) {
    case Waiting::Idle:
    case Waiting::Lingering:
        close();
        return;
    case Waiting::Head:
        refuseRequest(Problem::HeadTimeout);
        return;
    case Waiting::Body:
        onBodyDeadline();
        return;
    case Waiting::Sending:
        if (m_transport->unsentBytes() >= m_unsentBefore) {
            abort();
            return;
        }
        m_unsentBefore = m_transport->unsentBytes();
        wait(Waiting::Sending, m_limits.idle);
        return;
    }
}

void ServerConnection::onBodyDeadline()
{
    if (m_input == Input::Discarding) {
        close();
        return;
    }
    if (m_input != Input::Body)
        return;
    const auto elapsed = std::chrono::steady_clock::now() - m_bodyBegan;
    const double seconds = std::chrono::duration<double>(elapsed).count();
    const auto received = static_cast<double>(m_body->received() - m_bodyBefore);
    if (received < seconds * static_cast<double>(m_limits.bodyRate))
        refuseRequest(Problem::BodyTimeout);
    else
        wait(Waiting::Body, 1s);
}

} // namespace parallax::http
