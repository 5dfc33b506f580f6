// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/example/simulatedserver.h"

#include <QCryptographicHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QTcpSocket>
#include <QTimer>

#include <memory>

using namespace Qt::StringLiterals;

namespace parallax::example {

namespace {

std::optional<double> milliseconds(const QString &text)
{
    static const QRegularExpression pattern(u"^(\\d+(?:\\.\\d+)?)(us|ms|s)$"_s);
    const QRegularExpressionMatch match = pattern.match(text);
    if (!match.hasMatch())
        return std::nullopt;
    const double value = match.captured(1).toDouble();
    const QString unit = match.captured(2);
    return unit == "s"_L1 ? value * 1000 : unit == "us"_L1 ? value / 1000 : value;
}

/// The score of one argument: the same for the same bytes.
double scoreOf(const QJsonValue &argument)
{
    const QJsonDocument document(QJsonArray{argument});
    const QByteArray hash = QCryptographicHash::hash(document.toJson(QJsonDocument::Compact), QCryptographicHash::Md5);
    const quint32 first = (static_cast<quint32>(static_cast<quint8>(hash[0])) << 8) | static_cast<quint8>(hash[1]);
    return first / 65535.0;
}

} // namespace

Result<LatencyDistribution> LatencyDistribution::parse(const QString &text)
{
    LatencyDistribution distribution;
    std::optional<double> low;
    std::optional<double> high;
    if (text.startsWith("exp:"_L1)) {
        distribution.kind = Kind::Exponential;
        low = high = milliseconds(text.mid(4));
    } else if (const qsizetype dots = text.indexOf(".."_L1); dots > 0) {
        distribution.kind = Kind::Uniform;
        low = milliseconds(text.left(dots));
        high = milliseconds(text.mid(dots + 2));
    } else {
        low = high = milliseconds(text);
    }
    if (!low || !high || *high < *low)
        return fail(ErrorCode("usage"), {}, text);
    distribution.low = *low;
    distribution.high = *high;
    return distribution;
}

std::chrono::microseconds LatencyDistribution::draw(std::mt19937_64 &random) const
{
    double ms = low;
    if (kind == Kind::Uniform)
        ms = std::uniform_real_distribution<double>(low, high)(random);
    else if (kind == Kind::Exponential && low > 0)
        ms = std::exponential_distribution<double>(1.0 / low)(random);
    return std::chrono::microseconds(static_cast<qint64>(ms * 1000));
}

SimulatedServer::SimulatedServer(SimulatedModel model, QObject *parent)
    : QObject(parent)
    , m_model(std::move(model))
    , m_random(m_model.seed)
{
    connect(&m_server, &QTcpServer::newConnection, this, &SimulatedServer::onConnection);
}

Status SimulatedServer::listen(const QHostAddress &address, quint16 port)
{
    if (!m_server.listen(address, port))
        return fail(ErrorCode("router-listen-failed"), {{u"address"_s, address.toString()}, {u"port"_s, port}},
                    m_server.errorString());
    return {};
}

QString SimulatedServer::url() const
{
    const QHostAddress address = m_server.serverAddress();
    const QString host =
        address.protocol() == QAbstractSocket::IPv6Protocol ? u'[' + address.toString() + u']' : address.toString();
    return u"http://%1:%2"_s.arg(host).arg(m_server.serverPort());
}

void SimulatedServer::onConnection()
{
    while (QTcpSocket *socket = m_server.nextPendingConnection()) {
        socket->setSocketOption(QAbstractSocket::LowDelayOption, 1);
        auto buffer = std::make_shared<QByteArray>();
        connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
        connect(socket, &QTcpSocket::readyRead, this, [this, socket, buffer] { onReadable(socket, *buffer); });
    }
}

void SimulatedServer::onReadable(QTcpSocket *socket, QByteArray &buffer)
{
    constexpr qsizetype kMostBytes = 64 * 1024 * 1024;
    buffer += socket->readAll();
    const qsizetype headEnd = buffer.indexOf("\r\n\r\n");
    if (buffer.size() > kMostBytes || (headEnd < 0 && buffer.size() > 64 * 1024)) {
        socket->abort();
        return;
    }
    if (headEnd < 0)
        return;
    const QByteArray head = buffer.left(headEnd);
    const QByteArray lower = head.toLower();
    static const QRegularExpression lengthPattern(u"\r\ncontent-length:[ \t]*(\\d+)"_s);
    const QRegularExpressionMatch match = lengthPattern.match(QString::fromLatin1(lower));
    const qsizetype length = match.hasMatch() ? match.captured(1).toLongLong() : 0;
    if (lower.contains("\r\ntransfer-encoding:")) {
        socket->write("HTTP/1.1 411 Length Required\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        socket->disconnectFromHost();
        return;
    }
    if (lower.contains("\r\nexpect: 100-continue") && buffer.size() == headEnd + 4 && length > 0)
        socket->write("HTTP/1.1 100 Continue\r\n\r\n");
    if (buffer.size() < headEnd + 4 + length)
        return;
    const QByteArray body = buffer.mid(headEnd + 4, length);
    buffer.remove(0, headEnd + 4 + length);
    const bool keepAlive = !lower.contains("\r\nconnection: close") && !head.contains(" HTTP/1.0");
    answer(socket, head.left(head.indexOf(' ')), body, keepAlive);
}

void SimulatedServer::answer(QTcpSocket *socket, const QByteArray &method, const QByteArray &body, bool keepAlive)
{
    int status = 200;
    const QByteArray text = method == "POST" ? result(body, status) : QByteArray("{\"status\": \"ok\"}");
    const QByteArray reason = status == 200 ? "OK" : "Error";
    const QByteArray message =
        "HTTP/1.1 " + QByteArray::number(status) + ' ' + reason +
        "\r\nContent-Type: application/json\r\nContent-Length: " + QByteArray::number(text.size()) +
        (keepAlive ? "\r\n\r\n" : "\r\nConnection: close\r\n\r\n") + text;
    const auto send = [socket, message, keepAlive] {
        socket->write(message);
        if (!keepAlive)
            socket->disconnectFromHost();
    };
    const std::chrono::microseconds delay =
        method == "POST" ? m_model.latency.draw(m_random) : std::chrono::microseconds(0);
    if (delay.count() == 0)
        send();
    else
        QTimer::singleShot(std::chrono::ceil<std::chrono::milliseconds>(delay), Qt::PreciseTimer, socket, send);
}

QByteArray SimulatedServer::result(const QByteArray &body, int &status)
{
    const QJsonDocument document = QJsonDocument::fromJson(body);
    if (!document.isObject() || !document.object().contains(u"data"_s)) {
        status = 400;
        return R"({"error": "ValueError: the body is no JSON object with data"})";
    }
    if (m_model.errorRate > 0 && std::uniform_real_distribution<double>(0, 1)(m_random) < m_model.errorRate) {
        status = 500;
        return R"({"error": "RuntimeError: simulated failure"})";
    }
    const auto one = [this](const QJsonValue &argument) {
        double score = scoreOf(argument) + m_model.bias;
        if (m_model.jitter > 0)
            score += std::uniform_real_distribution<double>(-m_model.jitter, m_model.jitter)(m_random);
        return QJsonObject{
            {u"score"_s, score}, {u"label"_s, score >= 0.5 ? u"yes"_s : u"no"_s}, {u"model"_s, m_model.name}};
    };
    const QJsonValue data = document.object().value(u"data"_s);
    QJsonValue answer;
    if (data.isArray() && data.toArray().first().isArray()) {
        QJsonArray rows;
        for (const QJsonValue &row : data.toArray()) {
            QJsonArray arguments = row.toArray();
            const QJsonValue id = arguments.takeAt(0);
            rows.append(QJsonArray{id, one(arguments)});
        }
        answer = rows;
    } else {
        answer = one(data);
    }
    return QJsonDocument(QJsonObject{{u"data"_s, answer}}).toJson(QJsonDocument::Compact);
}

} // namespace parallax::example
