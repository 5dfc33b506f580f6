// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "router/session.h"

#include "router/errors.h"
#include "router/ownanswer.h"
#include "router/worker.h"

using namespace Qt::StringLiterals;

namespace parallax::router {

namespace {

constexpr qint64 kMostBacklog = 256 * 1024; ///< of a body on its way to the primary
constexpr qint64 kMostUnsent = 1024 * 1024; ///< of an answer on its way to the caller
const QByteArray kPostOnly = QByteArrayLiteral("POST, OPTIONS");
const QByteArray kBatchId = QByteArrayLiteral("x-mb-batch-id");
const QByteArray kRequestId = QByteArrayLiteral("x-parallax-request-id");
const QByteArray kAllMethods = QByteArrayLiteral("GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");

QByteArrayView pathOf(QByteArrayView target)
{
    const qsizetype mark = target.indexOf('?');
    return mark < 0 ? target : target.first(mark);
}

} // namespace

Session::Session(Worker &worker, http::ServerConnection &connection)
    : m_worker(worker)
    , m_connection(connection)
{
    m_connection.setHandler(this);
}

Session::~Session()
{
    requestAborted();
}

void Session::requestStarted(http::RequestHead &&head)
{
    m_head = std::move(head);
    m_request = {};
    m_body = {};
    m_requestId.clear();
    m_streams = false;
    m_takesLogs = false;
    m_isRefused = false;
    m_isPaused = false;
    const QByteArray &method = m_head.message.method;
    if (method == "CONNECT" || method == "TRACE")
        return refuse(405, {kMethodNotAllowed, {{u"method"_s, QString::fromLatin1(method)}}, {}, {}}, kAllMethods);
    if (!m_worker.hostRules().allowsHost(m_head.authority))
        return refuse(421, {kForeignHost, {{u"host"_s, QString::fromLatin1(m_head.authority)}}, {}, {}});
    if (!m_worker.hostRules().allowsOrigin(m_head)) {
        const QByteArrayView origin = m_head.message.headers.value("origin");
        return refuse(403, {kForeignOrigin, {{u"origin"_s, QString::fromUtf8(origin)}}, {}, {}});
    }
    if (m_head.isAsterisk)
        return answerOptions(kAllMethods);
    dispatch(pathOf(m_head.message.target));
}

void Session::dispatch(QByteArrayView path)
{
    constexpr QByteArrayView kOwn = "/-/";
    constexpr QByteArrayView kEndpoint = "/v1/endpoint/";
    constexpr QByteArrayView kVersioned = "/v1/";
    if (path.startsWith(kOwn))
        return dispatchOwn(path.sliced(kOwn.size()));
    if (path.startsWith(kEndpoint))
        return dispatchEndpoint(QString::fromLatin1(path.sliced(kEndpoint.size())));
    const RoutingTablePtr &table = m_worker.engine().table();
    if (path.startsWith(kVersioned) && table) {
        QStringList segments = QString::fromLatin1(path.sliced(kVersioned.size())).split(u'/');
        const QString name = segments.takeFirst();
        if (table->knowsDeployment(name))
            return dispatchDeployment(name, segments);
    }
    dispatchRoute();
}

void Session::dispatchOwn(QByteArrayView path)
{
    if (path == "sink/modelbit" && m_worker.context().options.modelbitLogs)
        return dispatchLogs();
    const bool isHealth = path == "healthz";
    if (!isHealth && path != "metrics")
        return refuse(404, {kUnknownPath, {{u"path"_s, QString::fromLatin1(m_head.message.target)}}, {}, {}});
    if (m_head.message.method == "OPTIONS")
        return answerOptions("GET, HEAD, OPTIONS");
    if (m_head.message.method != "GET" && m_head.message.method != "HEAD")
        return refuse(405, {kMethodNotAllowed, {{u"method"_s, QString::fromLatin1(m_head.message.method)}}, {}, {}},
                      "GET, HEAD, OPTIONS");
    m_isRefused = true;
    if (isHealth) {
        m_connection.respond(200, {{"Content-Type", "application/json"}}, "{\"status\":\"ok\"}");
        return;
    }
    WorkerContext &context = m_worker.context();
    const auto dropped =
        context.options.captureDropped ? std::optional(context.options.captureDropped()) : std::nullopt;
    m_connection.respond(200, {{"Content-Type", "text/plain; version=0.0.4; charset=utf-8"}},
                         metricsText(context.snapshot(), dropped));
}

void Session::dispatchLogs()
{
    if (m_head.message.method == "OPTIONS")
        return answerOptions(kPostOnly);
    if (m_head.message.method != "POST")
        return refuse(405, {kMethodNotAllowed, {{u"method"_s, QString::fromLatin1(m_head.message.method)}}, {}, {}},
                      kPostOnly);
    if (!m_worker.context().options.modelbitLogs->knows(m_head.message.headers.value("x-mb-webhook-secret")))
        return refuse(401, {kWrongSecret, {}, {}, {}});
    if (m_head.framing == http::Framing::Length && m_head.length > m_worker.context().options.limits.message.bodyBytes)
        return; // the connection refuses it
    m_takesLogs = true;
    m_connection.acceptBody();
}

void Session::endLogs()
{
    m_isRefused = true;
    const bool taken = m_worker.context().options.modelbitLogs->take(std::exchange(m_body, {}));
    m_connection.respond(taken ? 200 : 503, {{"Content-Type", "application/json"}},
                         taken ? QByteArray("{\"status\":\"ok\"}")
                               : errorBody(m_worker.context().wordsFor({kSinkFull, {}, {}, {}})));
}

void Session::dispatchEndpoint(const QString &path)
{
    const RoutingTablePtr &table = m_worker.engine().table();
    const EndpointEntry *endpoint = table ? table->findEndpointAt(path) : nullptr;
    if (endpoint == nullptr)
        return refuse(404, {kUnknownEndpoint, {{u"endpoint"_s, path}}, {}, {}});
    if (m_head.message.method == "OPTIONS")
        return answerOptions(kPostOnly);
    if (m_head.message.method != "POST")
        return refuse(405, {kMethodNotAllowed, {{u"method"_s, QString::fromLatin1(m_head.message.method)}}, {}, {}},
                      kPostOnly);
    m_request.endpoint = endpoint->name;
    accept();
}

void Session::dispatchDeployment(const QString &name, const QStringList &segments)
{
    const Target *target = m_worker.engine().table()->findDeployment(name, segments);
    if (target == nullptr)
        return refuse(404, {kUnknownVersion, {{u"deployment"_s, name}, {u"version"_s, segments.join(u'/')}}, {}, {}});
    if (m_head.message.method == "OPTIONS")
        return answerOptions(kPostOnly);
    if (m_head.message.method != "POST")
        return refuse(405, {kMethodNotAllowed, {{u"method"_s, QString::fromLatin1(m_head.message.method)}}, {}, {}},
                      kPostOnly);
    m_request.deployment = *target;
    accept();
}

void Session::dispatchRoute()
{
    const RoutingTablePtr &table = m_worker.engine().table();
    const RoutingTable::RouteMatch match =
        table ? table->matchRoute(m_head.message.target) : RoutingTable::RouteMatch();
    if (match.endpoint == nullptr)
        return refuse(404, {kUnknownPath, {{u"path"_s, QString::fromLatin1(m_head.message.target)}}, {}, {}});
    const QList<QByteArray> &methods = match.endpoint->local.route->methods;
    if (!methods.contains(m_head.message.method))
        return refuse(405, {kMethodNotAllowed, {{u"method"_s, QString::fromLatin1(m_head.message.method)}}, {}, {}},
                      methods.join(", "));
    m_request.endpoint = match.endpoint->name;
    m_request.rest = match.rest;
    accept();
}

void Session::accept()
{
    const qint64 most = m_worker.context().options.limits.message.bodyBytes;
    if (m_head.framing == http::Framing::Length && m_head.length > most)
        return; // the connection refuses it
    const EndpointEntry *endpoint = m_worker.engine().table()->findEndpoint(m_request.endpoint);
    m_needsWholeBody = endpoint != nullptr && !endpoint->local.suppliedKey.isEmpty();
    m_streams = m_needsWholeBody                          ? false
                : m_head.framing == http::Framing::Length ? m_head.length > m_worker.context().options.streamAbove
                                                          : m_head.framing == http::Framing::Chunked && m_request.rest;
    m_requestId = m_worker.engine().makeRequestId();
    m_connection.acceptBody();
    if (m_streams)
        startCall();
}

void Session::startCall()
{
    m_request.request = std::move(m_head.message);
    m_request.request.body = {};
    m_request.requestId = m_requestId;
    m_request.isStreamed = m_streams;
    if (m_streams && m_head.framing == http::Framing::Length)
        m_request.streamedLength = m_head.length;
    if (!m_streams)
        m_request.request.body = std::move(m_body);
    m_call = m_worker.engine().start(std::move(m_request), this);
    if (m_streams && !m_body.isEmpty())
        m_worker.engine().appendBody(m_call, std::exchange(m_body, {}));
}

void Session::requestBody(const QByteArray &part)
{
    if (m_isRefused)
        return;
    if (m_takesLogs) {
        m_body.append(part);
        return;
    }
    if (!m_streams) {
        gather(part);
        if (!m_needsWholeBody && m_body.size() > m_worker.context().options.streamAbove) {
            m_streams = true;
            startCall();
        }
        return;
    }
    if (m_call.value == 0)
        return;
    m_worker.engine().appendBody(m_call, part);
    if (m_worker.engine().bodyBacklog(m_call) > kMostBacklog)
        m_connection.setBodyPaused(true);
}

void Session::gather(const QByteArray &part)
{
    if (m_body.isEmpty()) {
        m_body = part; // shared: most bodies come in one piece
        return;
    }
    if (m_head.framing == http::Framing::Length && m_body.capacity() < m_head.length)
        m_body.reserve(qMin(m_head.length, m_worker.context().options.streamAbove));
    m_body.append(part);
}

void Session::requestEnded()
{
    if (m_isRefused)
        return;
    if (m_takesLogs)
        return endLogs();
    if (!m_streams)
        startCall();
    else if (m_call.value != 0)
        m_worker.engine().endBody(m_call);
}

QByteArray Session::requestRefused(http::Problem problem)
{
    m_worker.statistics().requestRefused();
    requestAborted();
    m_isRefused = true;
    return errorBody(m_worker.context().wordsFor({http::codeOf(problem), {}, {}, {}}));
}

void Session::requestAborted()
{
    if (m_call.value != 0)
        m_worker.engine().abandon(std::exchange(m_call, {}));
}

void Session::connectionClosed()
{
    requestAborted();
    m_worker.sessionEnded(this);
}

void Session::refuse(int status, const Error &error, const QByteArray &allow)
{
    m_isRefused = true;
    m_worker.statistics().requestRefused();
    http::Headers fields{{"Content-Type", "application/json"}};
    if (!allow.isEmpty())
        fields.append("Allow", allow);
    m_connection.respond(status, fields, errorBody(m_worker.context().wordsFor(error)));
}

void Session::answerOptions(const QByteArray &allow)
{
    m_isRefused = true;
    m_connection.respond(204, {{"Allow", allow}}, {});
}

http::Headers Session::idFields(const http::Headers &answer) const
{
    http::Headers fields;
    fields.reserve(3);
    const QByteArray id = m_requestId.toLatin1();
    if (!answer.contains(kBatchId))
        fields.append(kBatchId, id + ".0");
    fields.append(kRequestId, id);
    return fields;
}

void Session::answerStarted(CallId, const http::Response &head, std::optional<qint64> length)
{
    m_connection.startAnswer(head, idFields(head.headers), length);
}

void Session::answerPart(CallId id, const QByteArray &bytes)
{
    m_connection.answerPart(bytes);
    if (!m_isPaused && m_connection.unsentBytes() > kMostUnsent) {
        m_isPaused = true;
        m_worker.engine().setAnswerPaused(id, true);
    }
}

void Session::answerPaused(CallId)
{
    m_connection.flushAnswer();
}

void Session::answerDrained()
{
    if (m_call.value != 0 && std::exchange(m_isPaused, false))
        m_worker.engine().setAnswerPaused(m_call, false);
}

void Session::answerEnded(CallId)
{
    m_call = {};
    m_connection.endAnswer();
}

void Session::answerFailed(CallId, const Error &error, int status)
{
    m_call = {};
    if (m_connection.hasStartedAnswer()) {
        m_connection.breakAnswer();
        return;
    }
    m_isRefused = true;
    http::Headers fields = idFields({});
    fields.append("Content-Type", "application/json");
    m_connection.respond(status, fields, errorBody(m_worker.context().wordsFor(error)));
}

void Session::bodyWanted(CallId)
{
    m_connection.setBodyPaused(false);
}

} // namespace parallax::router
