// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/live/livepresenter.h"

#include "base/files.h"
#include "traffic/exporter.h"
#include "traffic/redaction.h"
#include "ui/live/livefeed.h"
#include "ui/live/livesession.h"

#include <QBuffer>
#include <QDateTime>
#include <QDir>
#include <QFileInfo>
#include <QHostAddress>

#include <algorithm>
#include <ranges>
#include <tuple>

using namespace Qt::StringLiterals;

namespace parallax::ui {

namespace {

constexpr qsizetype kMostNotices = 100;
constexpr QLatin1StringView kRecordingNotice = "recording"_L1;

/// For a shell: in single quotes, which nothing but a single quote ends.
QString shellQuoted(const QString &text)
{
    return u'\'' + QString(text).replace(u'\'', u"'\\''"_s) + u'\'';
}

/// HOST:PORT, or PORT at the host given.
std::optional<std::pair<QString, quint16>> parsedAddress(const QString &text, const QString &otherwise)
{
    const QString trimmed = text.trimmed();
    const qsizetype colon = trimmed.lastIndexOf(u':');
    bool isPort = false;
    const uint port = trimmed.mid(colon + 1).toUInt(&isPort);
    QString host = colon < 0 ? otherwise : trimmed.left(colon);
    if (host.startsWith(u'[') && host.endsWith(u']'))
        host = host.mid(1, host.size() - 2);
    if (host.isEmpty() || host == "localhost"_L1)
        host = u"127.0.0.1"_s;
    if (!isPort || port > 65535 || QHostAddress(host).isNull())
        return std::nullopt;
    return std::pair(host, static_cast<quint16>(port));
}

} // namespace

LivePresenter::LivePresenter(const repository::Repository &repository, Options options, QObject *parent)
    : DetailSource(parent)
    , m_repository(repository)
    , m_options(std::move(options))
    , m_rules(std::make_shared<compare::RulesBook>(repository.root()))
{
    qRegisterMetaType<Error>("parallax::Error");
}

LivePresenter::~LivePresenter()
{
    if (m_session == nullptr)
        return;
    // The session ends the router, which calls the feed: in this order.
    std::vector<std::unique_ptr<QThread>> threads;
    threads.push_back(std::move(m_thread));
    threads.push_back(std::move(m_feedThread));
    base::retire(std::move(threads));
}

template<class Function>
void LivePresenter::post(Function function)
{
    if (m_session != nullptr)
        QMetaObject::invokeMethod(
            m_session, [session = m_session, function] { function(*session); }, Qt::QueuedConnection);
}

// Nothing of this exists before the router is first asked for.
void LivePresenter::startThreads()
{
    if (m_session != nullptr)
        return;
    m_thread = std::make_unique<QThread>();
    m_thread->setObjectName(u"live"_s);
    m_feedThread = std::make_unique<QThread>();
    m_feedThread->setObjectName(u"live feed"_s);
    m_feed = new LiveFeed(m_rules);
    m_feed->moveToThread(m_feedThread.get());
    connect(m_feedThread.get(), &QThread::started, m_feed, &LiveFeed::begin);
    connect(m_feedThread.get(), &QThread::finished, m_feed, &QObject::deleteLater);
    connect(m_feed, &LiveFeed::batchReady, this, &LivePresenter::onBatch, Qt::QueuedConnection);
    m_feedThread->start();
    m_session = new LiveSession({m_repository, m_options.runnerScript, m_rules, m_feed});
    m_session->moveToThread(m_thread.get());
    connect(m_thread.get(), &QThread::finished, m_session, &QObject::deleteLater);
    connectSession();
    m_thread->start();
}

void LivePresenter::connectSession()
{
    connect(m_session, &LiveSession::stateChanged, this, &LivePresenter::onState, Qt::QueuedConnection);
    connect(
        m_session, &LiveSession::approvalNeeded, this,
        [this](const LiveApproval &wanted) {
            m_unapproved = wanted;
            Q_EMIT approvalNeeded();
        },
        Qt::QueuedConnection);
    connect(
        m_session, &LiveSession::beyondChanged, this,
        [this](const QStringList &hosts) {
            m_hosts = hosts;
            Q_EMIT beyondChanged();
        },
        Qt::QueuedConnection);
    connect(
        m_session, &LiveSession::started, this, [this](const QString &url) { m_url = url; }, Qt::QueuedConnection);
    connect(
        m_session, &LiveSession::failed, this,
        [this](const Error &error) {
            m_failure = error;
            Q_EMIT failed(error);
        },
        Qt::QueuedConnection);
    connect(m_session, &LiveSession::noticed, this, &LivePresenter::onNotice, Qt::QueuedConnection);
    connect(
        m_session, &LiveSession::noticesGone, this,
        [this] {
            m_notices.clear();
            m_figures.capture.paused.reset(); // said again with the next figures
            Q_EMIT noticesChanged();
        },
        Qt::QueuedConnection);
    connect(m_session, &LiveSession::noticeGone, this, &LivePresenter::dismissNotice, Qt::QueuedConnection);
    connect(
        m_session, &LiveSession::endpointsChanged, this,
        [this](const QList<LiveEndpoint> &endpoints) {
            m_endpoints = endpoints;
            Q_EMIT endpointsChanged();
        },
        Qt::QueuedConnection);
    connect(
        m_session, &LiveSession::figuresReady, this,
        [this](const LiveFigures &figures) {
            const bool wasPaused = m_figures.capture.paused.has_value();
            m_figures = figures;
            if (figures.capture.paused && !wasPaused)
                onNotice({kRecordingNotice, Severity::Error, *figures.capture.paused, false});
            else if (!figures.capture.paused && wasPaused)
                dismissNotice(kRecordingNotice);
            Q_EMIT figuresChanged();
        },
        Qt::QueuedConnection);
    connect(
        m_session, &LiveSession::captureClosed, this,
        [this](const QString &path) {
            m_lastCapture = path;
            Q_EMIT captureChanged();
        },
        Qt::QueuedConnection);
}

traffic::ExchangeSink &LivePresenter::sink()
{
    startThreads();
    return *m_feed;
}

void LivePresenter::start()
{
    if (m_state != LiveState::Stopped)
        return;
    startThreads();
    m_feed->reset();
    m_notices.clear();
    m_failure.reset();
    m_figures = {};
    m_agreement.clear();
    m_unshown = 0;
    LiveStart start;
    start.address = m_address;
    start.port = m_port;
    start.capture = m_captureFile.isEmpty() ? newCaptureFile() : m_captureFile;
    start.isCapturePaused = !m_isCapturing;
    start.sampleTraffic = m_options.sampleTraffic;
    if (m_options.approved)
        start.approved = m_options.approved();
    start.isTrusted = m_options.isTrusted;
    start.limits = m_options.limits;
    start.allowedHosts = m_allowedHosts;
    m_lastCapture.clear();
    m_startedCapture = start.capture;
    m_state = LiveState::Starting;
    Q_EMIT noticesChanged();
    Q_EMIT figuresChanged();
    Q_EMIT captureChanged();
    Q_EMIT stateChanged();
    post([start](LiveSession &session) { session.start(start); });
}

void LivePresenter::stop()
{
    post([](LiveSession &session) { session.stop(); });
}

void LivePresenter::onState(LiveState state)
{
    if (state == LiveState::Running)
        m_lastCapture = m_startedCapture;
    else
        m_url.clear();
    if (state != LiveState::Asking && !(state == LiveState::Running && m_state == LiveState::Running))
        m_unapproved = {};
    if (std::exchange(m_state, state) != state)
        Q_EMIT stateChanged();
}

bool LivePresenter::isAddress(const QString &text)
{
    return parsedAddress(text, QString::fromLatin1("127.0.0.1")).has_value();
}

bool LivePresenter::setListen(const QString &text)
{
    const std::optional<std::pair<QString, quint16>> parsed = parsedAddress(text, m_address);
    if (!parsed)
        return false;
    std::tie(m_address, m_port) = *parsed;
    Q_EMIT listenChanged();
    return true;
}

QString LivePresenter::listen() const
{
    return (m_address.contains(u':') ? u'[' + m_address + u']' : m_address) + u':' + QString::number(m_port);
}

QString LivePresenter::urlOf(const QString &endpoint) const
{
    const QString name = !endpoint.isEmpty() || m_endpoints.isEmpty() ? endpoint : m_endpoints.constFirst().name;
    return m_url.isEmpty() || name.isEmpty() ? QString() : m_url + u"/v1/endpoint/"_s + name;
}

QString LivePresenter::curlOf(const QString &endpoint) const
{
    const QString url = urlOf(endpoint);
    if (url.isEmpty())
        return {};
    const QString name = endpoint.isEmpty() ? m_endpoints.constFirst().name : endpoint;
    const auto at = std::find_if(m_endpoints.begin(), m_endpoints.end(),
                                 [&name](const LiveEndpoint &one) { return one.name == name; });
    const QByteArray body = at == m_endpoints.end() ? QByteArray("{\"data\":{}}") : at->sample;
    return u"curl -H 'Content-Type: application/json' -d "_s + shellQuoted(QString::fromUtf8(body)) + u' ' + url;
}

QString LivePresenter::curlOf(const std::vector<traffic::ExchangePtr> &exchanges) const
{
    const Result<const traffic::Exporter *> curl = traffic::exporterNamed(u"curl");
    if (!curl)
        return {};
    traffic::ExportOptions how;
    how.origin = (m_url.isEmpty() ? u"http://"_s + listen() : m_url).toLatin1();
    QBuffer text;
    text.open(QIODevice::WriteOnly);
    const std::unique_ptr<traffic::ExportWriter> writer = (*curl)->make(text, how);
    traffic::Redactor redactor(traffic::RedactionRules::defaults(), traffic::redactionKey());
    for (const traffic::ExchangePtr &exchange : exchanges | std::views::take(kMostCurl)) {
        if (const Status written = writer->write(redactor.redacted(*exchange).value_or(*exchange)); !written)
            continue; // truncated
    }
    if (const Status finished = writer->finish(); !finished)
        return {};
    return QString::fromUtf8(text.data());
}

void LivePresenter::sendSamples(int count, const QString &endpoint)
{
    const QString name = !endpoint.isEmpty() || m_endpoints.isEmpty() ? endpoint : m_endpoints.constFirst().name;
    post([count, name](LiveSession &session) { session.sendSamples(name, count); });
}

void LivePresenter::approve()
{
    const LiveApproval given = std::exchange(m_unapproved, {});
    if (m_options.approve && !given.commands.isEmpty())
        m_options.approve(given.commands);
    m_allowedHosts += given.hosts;
    post([given](LiveSession &session) { session.approve(given); });
    Q_EMIT stateChanged();
}

void LivePresenter::decline()
{
    m_unapproved = {};
    if (m_state == LiveState::Asking)
        stop();
    Q_EMIT stateChanged();
}

QStringList LivePresenter::beyond() const
{
    QStringList hosts = m_hosts;
    if (m_state == LiveState::Running && !QHostAddress(m_address).isLoopback())
        hosts.prepend(tr("listening at %1").arg(listen()));
    return hosts;
}

QString LivePresenter::newCaptureFile() const
{
    const QString name =
        m_options.captureFolder + u"/live-"_s + QDateTime::currentDateTime().toString(u"yyyy-MM-dd-HHmmss"_s);
    // The router before this one may still be ending its own.
    QString path = name + u".parallax"_s;
    for (int i = 2; QFileInfo::exists(path); ++i)
        path = name + u'-' + QString::number(i) + u".parallax"_s;
    return path;
}

void LivePresenter::setCapturing(bool isCapturing)
{
    m_isCapturing = isCapturing;
    post([isCapturing](LiveSession &session) { session.setCapturePaused(!isCapturing); });
    Q_EMIT captureChanged();
}

void LivePresenter::setCaptureFile(const QString &path)
{
    m_captureFile = path;
    Q_EMIT captureChanged();
}

void LivePresenter::retryTargets()
{
    post([](LiveSession &session) { session.retryTargets(); });
}

void LivePresenter::onNotice(const LiveNotice &notice)
{
    const auto at = std::find_if(m_notices.begin(), m_notices.end(),
                                 [&notice](const LiveNotice &one) { return one.key == notice.key; });
    if (at != m_notices.end() && *at == notice)
        return;
    if (at != m_notices.end())
        *at = notice;
    else if (m_notices.size() < kMostNotices)
        m_notices.append(notice);
    Q_EMIT noticesChanged();
}

void LivePresenter::dismissNotice(const QString &key)
{
    if (m_notices.removeIf([&key](const LiveNotice &one) { return one.key == key; }) > 0)
        Q_EMIT noticesChanged();
}

void LivePresenter::onBatch(const LiveBatchPtr &batch)
{
    m_traffic.append(batch->items);
    m_agreement = batch->agreement;
    m_unshown = batch->unshown;
    m_feed->taken();
    Q_EMIT trafficArrived();
}

void LivePresenter::clearTraffic()
{
    m_traffic.clear();
    Q_EMIT trafficArrived();
}

void LivePresenter::showDetail(const traffic::ExchangePtr &exchange, const DetailView &view)
{
    const quint64 question = ++m_question;
    m_details.clear(); // what was passed by
    m_details.run([this, rules = m_rules, question, exchange, view]() -> base::TaskQueue::Answer {
        const ExchangeDetailPtr detail = makeDetail(exchange, view, *rules->rules(exchange->endpoint));
        return [this, question, detail] {
            if (m_question == question)
                Q_EMIT detailReady(detail);
        };
    });
}

void LivePresenter::setCapturePlace(const QString &folder, const CaptureLimits &limits)
{
    m_options.captureFolder = folder;
    m_options.limits = limits;
}

} // namespace parallax::ui
