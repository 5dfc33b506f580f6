// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/bodydecoder.h"
#include "http/deadlines.h"
#include "http/headmemo.h"
#include "http/limits.h"
#include "http/transport.h"

#include <QObject>

#include <optional>

namespace parallax::http {

class ServerConnection;

/// Hears the requests of one connection, one after the other. In requestStarted() or any time later it answers, by
/// respond() or startAnswer() and what follows it; answering before the body is complete gives the rest of it up.
class ServerHandler
{
public:
    virtual ~ServerHandler() = default;
    virtual void requestStarted(RequestHead &&head) = 0;
    virtual void requestBody(const QByteArray &part) = 0;
    virtual void requestEnded() = 0;
    /// A request that is answered without being handed over, or whose body turned out malformed (then requestStarted()
    /// was called). Gives the body of that answer, JSON.
    virtual QByteArray requestRefused(Problem problem) = 0;
    /// What was answered so far has gone out; for an answer in parts.
    virtual void answerDrained() = 0;
    /// The answer to the request under way will reach nobody: the caller has gone. The connection ends.
    virtual void requestAborted() = 0;
    /// Last; the connection deletes itself afterwards.
    virtual void connectionClosed() = 0;
};

/// One accepted connection: parses requests one at a time (pipelined ones wait their turn), frames answers, keeps the
/// connection alive or closes it, and sees to its deadlines. Owns its transport; lives on one thread; deletes itself
/// when it has ended. `limits`, `deadlines`, `memo` and the handler outlive it. Keeps almost nothing while idle.
class ServerConnection final : public QObject, private TransportUser
{
    Q_OBJECT

public:
    ServerConnection(TransportPtr transport, const ServerLimits &limits, DeadlineQueue &deadlines, ServerMemo &memo,
                     QObject *parent);
    ~ServerConnection() override;

    /// Before control returns to the event loop.
    void setHandler(ServerHandler *handler) { m_handler = handler; }

    /// The body is wanted: tells a caller that waits for it to go on (Expect: 100-continue).
    void acceptBody();
    /// false: the rest of the body waits in the system.
    void setBodyPaused(bool isPaused);

    /// A whole answer of our own. `headers` without framing.
    void respond(int status, const Headers &headers, const QByteArray &body);
    /// An answer in parts. Hop-by-hop and framing fields of `head` are left out, `more` is put behind it. Nothing is
    /// sent before flushAnswer(), a part that is large, or the end. No `length`: chunked, or until close for HTTP/1.0.
    void startAnswer(const Response &head, const Headers &more, std::optional<qint64> length);
    void answerPart(const QByteArray &part);
    void flushAnswer();
    void endAnswer();
    /// The answer cannot be completed: cuts the connection, so that the caller notices.
    void breakAnswer();
    [[nodiscard]] qint64 unsentBytes() const { return (m_transport ? m_transport->unsentBytes() : 0) + m_out.size(); }
    [[nodiscard]] bool hasStartedAnswer() const { return m_answer != Answer::None; }

    /// Answers the request under way, if any, and then closes; at once when idle.
    void finish();
    /// Closes at once.
    void abort();
    /// For one connection too many.
    void refuse(Problem problem);

    [[nodiscard]] QHostAddress localAddress() const;

private:
    enum class Input { Head, Body, Waiting, Discarding, Lingering, Closed };
    enum class Answer { None, Started, Ended };
    enum class Waiting { Idle, Head, Body, Sending, Lingering };

    void transportReadable() override;
    void transportDrained() override;
    void transportEnded(const Error *error) override;

    void takeBytes(QByteArrayView bytes);
    void processPending();
    qsizetype process(QByteArrayView bytes);
    qsizetype processHead(QByteArrayView bytes);
    qsizetype processBody(QByteArrayView bytes);
    void startRequest(RequestHead head);
    void endInput();
    void refuseRequest(Problem problem);
    void decideKeepAlive();
    void writeOut(const QByteArray &more = {});
    void finishExchange();
    void linger();
    void close();
    void wait(Waiting what, std::chrono::milliseconds duration);
    void waitForSending();
    void onDeadline();
    void onBodyDeadline();

    TransportPtr m_transport;
    const ServerLimits &m_limits;
    ServerHandler *m_handler = nullptr;
    Deadline m_deadline;
    ServerMemo &m_memo;
    RequestParser m_parser;
    std::optional<BodyDecoder> m_body;
    QByteArray m_in;  ///< read and not parsed yet; begins where a message or a part of its body does
    QByteArray m_out; ///< of the answer, not handed to the transport yet
    Input m_input = Input::Head;
    Answer m_answer = Answer::None;
    Waiting m_waiting = Waiting::Idle;
    std::chrono::steady_clock::time_point m_bodyBegan; ///< or went on after a pause
    qint64 m_bodyBefore = 0;                           ///< bytes of it until then
    qint64 m_unsentBefore = 0;
    int m_requestMinor = 1;
    bool m_isHeadRequest = false;
    bool m_keepAlive = true;
    bool m_expectsContinue = false;
    bool m_isChunkedAnswer = false;
    bool m_isUntilCloseAnswer = false;
    bool m_mustLinger = false;
    bool m_hidesBody = false;
    bool m_isFinishing = false;
    bool m_isProcessing = false;
    bool m_isBodyPaused = false;
    bool m_hasRequest = false; ///< the handler was told of one that is not done
};

} // namespace parallax::http
