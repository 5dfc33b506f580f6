// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/edit/trypresenter.h"

#include "http/epolldispatcher.h"
#include "targets/resolve.h"

#include <QHostAddress>

using namespace Qt::StringLiterals;

namespace parallax::ui {

TryPresenter::TryPresenter(const repository::Repository &repository, Options options, QObject *parent)
    : DetailSource(parent)
    , m_repository(repository)
    , m_options(std::move(options))
    , m_rules(std::make_shared<compare::RulesBook>(repository.root()))
{
    qRegisterMetaType<Error>("parallax::Error");
    qRegisterMetaType<traffic::ExchangePtr>("parallax::traffic::ExchangePtr");
}

TryPresenter::~TryPresenter()
{
    if (m_session == nullptr)
        return;
    std::vector<std::unique_ptr<QThread>> threads;
    threads.push_back(std::move(m_thread));
    base::retire(std::move(threads));
}

// Nothing of this exists before something is tried.
void TryPresenter::startThread()
{
    if (m_session != nullptr)
        return;
    m_session = new TrySession(m_repository, m_options.runnerScript, m_rules);
    m_thread = std::make_unique<QThread>();
    m_thread->setObjectName(u"try"_s);
    m_session->moveToThread(m_thread.get());
    http::deleteWithThread(*m_thread, m_session);
    connect(
        m_session, &TrySession::sent, this, [this] { setState(State::Waiting); }, Qt::QueuedConnection);
    const auto take = [this](const traffic::ExchangePtr &exchange) {
        if (m_state == State::Idle && (!m_exchange || m_exchange->requestId != exchange->requestId))
            return; // given up before it was sent
        m_exchange = exchange;
        Q_EMIT exchangeChanged();
    };
    connect(m_session, &TrySession::progressed, this, take, Qt::QueuedConnection);
    connect(
        m_session, &TrySession::finishedAll, this,
        [this, take](const traffic::ExchangePtr &exchange) {
            take(exchange);
            if (m_state == State::Waiting)
                setState(State::Idle);
        },
        Qt::QueuedConnection);
    connect(
        m_session, &TrySession::failed, this,
        [this](const Error &error) {
            setState(State::Idle);
            Q_EMIT failed(error);
        },
        Qt::QueuedConnection);
    m_thread->start();
}

void TryPresenter::setState(State state)
{
    if (std::exchange(m_state, state) != state)
        Q_EMIT stateChanged();
}

QList<endpoints::DeploymentRef> TryPresenter::deploymentsOf(const TryRequest &request)
{
    const endpoints::LocalSettings local = request.workspace->local.value(request.endpoint.name);
    QList<endpoints::DeploymentRef> deployments;
    for (const endpoints::Backend &backend : request.endpoint.backends) {
        if (!local.staticValues.contains(backend.label))
            deployments += backend.deployment;
    }
    for (const endpoints::Mirror &mirror : request.endpoint.mirrors)
        deployments += mirror.deployment;
    return deployments;
}

QStringList TryPresenter::hostsBeyond(const TryRequest &request) const
{
    QStringList hosts;
    for (const endpoints::DeploymentRef &deployment : deploymentsOf(request)) {
        const targets::Target *target = request.workspace->targets.find(deployment);
        if (target == nullptr || target->isStarted())
            continue;
        const Result<targets::Upstream> upstream =
            targets::resolve(*target, deployment, {m_secrets, m_repository.root()});
        if (upstream && !upstream->staticAnswer && upstream->host != "localhost"_L1 &&
            !QHostAddress(upstream->host).isLoopback() && !m_allowedHosts.contains(upstream->host))
            hosts += upstream->host;
    }
    hosts.removeDuplicates();
    return hosts;
}

void TryPresenter::send(const TryRequest &request)
{
    if (!request.workspace || m_state == State::Starting || m_state == State::Waiting)
        return;
    m_request = request;
    m_question = {};
    if (m_options.unapproved)
        m_question.commands = m_options.unapproved(*request.workspace, deploymentsOf(request));
    m_question.hosts = hostsBeyond(request);
    if (m_question.commands.isEmpty() && m_question.hosts.isEmpty())
        return begin();
    m_state = State::Idle; // asked anew, of another endpoint maybe
    setState(State::Asking);
}

void TryPresenter::allow()
{
    if (m_state != State::Asking)
        return;
    if (!m_question.commands.isEmpty() && m_options.approve)
        m_options.approve(m_question.commands);
    m_allowedHosts += m_question.hosts;
    begin();
}

void TryPresenter::begin()
{
    startThread();
    setState(State::Starting);
    QMetaObject::invokeMethod(
        m_session, [session = m_session, request = m_request] { session->send(request); }, Qt::QueuedConnection);
}

void TryPresenter::cancel()
{
    if (m_session != nullptr)
        QMetaObject::invokeMethod(m_session, &TrySession::stop, Qt::QueuedConnection);
    setState(State::Idle);
}

QStringList TryPresenter::mirrorNames() const
{
    QStringList names;
    if (m_exchange) {
        for (const traffic::Reply &mirror : m_exchange->mirrors)
            names += mirror.name;
    }
    return names;
}

void TryPresenter::showDetail(const traffic::ExchangePtr &exchange, const DetailView &view)
{
    const quint64 question = ++m_detailAsked;
    m_details.clear(); // what was passed by
    m_details.run([this, rules = m_rules, question, exchange, view]() -> base::TaskQueue::Answer {
        const ExchangeDetailPtr detail = makeDetail(exchange, view, *rules->rules(exchange->endpoint));
        return [this, question, detail] {
            if (m_detailAsked == question)
                Q_EMIT detailReady(detail);
        };
    });
}

} // namespace parallax::ui
