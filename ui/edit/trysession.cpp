// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/edit/trysession.h"

#include "router/engine.h"
#include "router/routingsession.h"
#include "ui/wording/wording.h"

using namespace Qt::StringLiterals;

namespace parallax::ui {

TrySession::TrySession(const repository::Repository &repository, std::function<Result<QString>()> runnerScript,
                       std::shared_ptr<compare::RulesBook> rules)
    : m_repository(repository)
    , m_runnerScript(std::move(runnerScript))
    , m_rules(std::move(rules))
{}

TrySession::~TrySession()
{
    m_engine.reset(); // calls this as a sink
}

void TrySession::send(const TryRequest &request)
{
    stop();
    if (!m_session) {
        const Result<QString> script = m_runnerScript();
        if (!script) {
            Q_EMIT failed(script.error());
            return;
        }
        targets::TargetRunner::Options options;
        options.runnerScript = *script;
        m_session = std::make_unique<router::RoutingSession>(m_repository, m_secrets, options);
        router::EngineOptions engine;
        engine.wording = [](const Error &error) { return wording::text(error); };
        traffic::ExchangeSink *sink = this;
        m_engine = std::make_unique<router::Engine>(m_clock, sink, engine);
        connect(m_session.get(), &router::RoutingSession::tableChanged, this,
                [this](const router::RoutingTablePtr &table) { m_engine->setTable(table); });
        connect(m_session.get(), &router::RoutingSession::settled, this, &TrySession::call);
    }
    m_waiting = request;
    m_rules->forget();
    m_session->setAdHocEndpoint(request.endpoint);
    m_session->setWorkspace(request.workspace, {request.endpoint.name});
}

void TrySession::stop()
{
    m_waiting.reset();
    if (m_engine)
        m_engine->stop();
}

void TrySession::stopTargets()
{
    stop();
    if (m_session)
        m_session->stop();
}

void TrySession::call()
{
    if (!m_waiting)
        return;
    const TryRequest request = *std::exchange(m_waiting, std::nullopt);
    router::CallRequest call;
    call.request.method = "POST";
    call.request.target = "/v1/endpoint/" + request.endpoint.name.toUtf8();
    call.request.headers.append("Content-Type", "application/json");
    call.request.headers.append("User-Agent", "Parallax");
    call.request.body = request.body;
    call.endpoint = request.endpoint.name;
    call.tags = QStringList{u"try"_s};
    Q_EMIT sent();
    m_engine->call(std::move(call), [](const Result<http::Response> &) {}); // the sink hears it all
}

void TrySession::finished(const traffic::ExchangePtr &exchange)
{
    auto judged = std::make_shared<traffic::Exchange>(*exchange);
    compare::judgeInto(*judged, *m_rules->rules(exchange->endpoint));
    Q_EMIT finishedAll(judged);
}

} // namespace parallax::ui
