// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/serverconnection.h"
#include "router/engine.h"

#include <QStringList>

namespace parallax::router {

class Worker;

/// One caller's connection: decides what each request is for, refuses in the order of contract.md 4, has the engine
/// make the call, and passes the answer on. Owned by its worker until the connection has closed; lives on its thread.
class Session final : private http::ServerHandler, private AnswerObserver
{
public:
    Session(Worker &worker, http::ServerConnection &connection);
    ~Session() override;
    Session(const Session &) = delete;
    Session &operator=(const Session &) = delete;

    [[nodiscard]] http::ServerConnection &connection() { return m_connection; }

private:
    void requestStarted(http::RequestHead &&head) override;
    void requestBody(const QByteArray &part) override;
    void requestEnded() override;
    QByteArray requestRefused(http::Problem problem) override;
    void answerDrained() override;
    void requestAborted() override;
    void connectionClosed() override;

    void answerStarted(CallId id, const http::Response &head, std::optional<qint64> length) override;
    void answerPart(CallId id, const QByteArray &bytes) override;
    void answerPaused(CallId id) override;
    void answerEnded(CallId id) override;
    void answerFailed(CallId id, const Error &error, int status) override;
    void bodyWanted(CallId id) override;

    void gather(const QByteArray &part);
    void dispatch(QByteArrayView path);
    void dispatchOwn(QByteArrayView path);
    void dispatchLogs();
    void endLogs();
    void dispatchEndpoint(const QString &path);
    void dispatchDeployment(const QString &name, const QStringList &segments);
    void dispatchRoute();
    void accept();
    void startCall();
    void refuse(int status, const Error &error, const QByteArray &allow = {});
    void answerOptions(const QByteArray &allow);
    [[nodiscard]] http::Headers idFields(const http::Headers &answer) const;

    Worker &m_worker;
    http::ServerConnection &m_connection;
    http::RequestHead m_head;
    CallRequest m_request; ///< being put together
    QByteArray m_body;     ///< gathered so far
    QString m_requestId;
    CallId m_call;                 ///< 0 = none under way
    bool m_needsWholeBody = false; ///< for a split by supplied key
    bool m_streams = false;        ///< the body is passed on as it comes
    bool m_takesLogs = false;      ///< not to be routed: logs for the sink
    bool m_isRefused = false;      ///< answered already; the rest of the request is of no interest
    bool m_isPaused = false;       ///< the primary waits for the caller
};

} // namespace parallax::router
