// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "replay/enginecarrier.h"

#include "http/tokens.h"
#include "router/errors.h"

using namespace Qt::StringLiterals;

namespace parallax::replay {

EngineCarrier::EngineCarrier(const Clock &clock, traffic::ExchangeSink *sink, Addressing addressing,
                             const router::EngineOptions &options, std::shared_ptr<router::Statistics> statistics)
    : m_sink(sink)
    , m_wording(options.wording)
    , m_addressing(std::move(addressing))
    , m_engine(clock, sink, options, std::move(statistics))
{
    m_engine.setTable(m_addressing.table());
}

void EngineCarrier::send(router::CallRequest &&call)
{
    m_addressing.apply(call);
    // The engine refuses these without an exchange; a replay owes one for every request.
    const bool isMethod = http::isToken(call.request.method);
    if (!isMethod || (call.rest && !http::isOriginForm(QByteArray('/' + *call.rest)))) {
        fail(call, {router::kInvalidRequest, {{u"what"_s, isMethod ? u"path"_s : u"method"_s}}, {}, {}});
        return;
    }
    // The answer comes to the sink, within its exchange.
    m_engine.start(std::move(call), nullptr);
}

void EngineCarrier::fail(const router::CallRequest &call, const Error &error)
{
    auto exchange = std::make_shared<traffic::Exchange>();
    exchange->endpoint = call.endpoint;
    exchange->method = call.request.method;
    exchange->target = call.request.target;
    exchange->headers = call.request.headers;
    exchange->body = traffic::Body::whole(call.request.body);
    exchange->requestId = call.requestId;
    exchange->session = call.session;
    exchange->tags = call.tags;
    exchange->note = call.note;
    exchange->recorded = call.recorded;
    exchange->isWarmup = call.isWarmup;
    exchange->intended = call.intended;
    exchange->started = call.started;
    exchange->primary.state = traffic::AnswerState::Failed;
    exchange->primary.failure = m_wording ? m_wording(error) : error.code.toString();
    if (const router::EndpointEntry *endpoint = m_addressing.table()->findEndpoint(call.endpoint)) {
        exchange->primary.name = endpoint->backends.empty() ? QString() : endpoint->backends.front().label;
        for (const router::MirrorEntry &entry : endpoint->mirrors) {
            traffic::Reply &mirror = exchange->mirrors.emplace_back(exchange->primary);
            mirror.name = entry.name;
            mirror.role = traffic::Role::Mirror;
        }
    }
    QMetaObject::invokeMethod(
        &m_engine,
        [sink = m_sink, exchange] {
            sink->answered(exchange);
            sink->finished(exchange);
        },
        Qt::QueuedConnection);
}

} // namespace parallax::replay
