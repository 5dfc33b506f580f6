// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QHostAddress>
#include <QObject>
#include <QTcpServer>

#include <chrono>
#include <random>

class QTcpSocket;

namespace parallax::example {

/// How long a simulated model takes: a fixed time, a uniform range, or exponential with a mean.
struct LatencyDistribution
{
    enum class Kind { Fixed, Uniform, Exponential };
    Kind kind = Kind::Fixed;
    double low = 0.0;  ///< ms; the mean of Exponential
    double high = 0.0; ///< ms

    /// `20ms`, `10ms..50ms`, `exp:20ms`.
    [[nodiscard]] static Result<LatencyDistribution> parse(const QString &text);
    [[nodiscard]] std::chrono::microseconds draw(std::mt19937_64 &random) const;
};

struct SimulatedModel
{
    QString name;
    LatencyDistribution latency;
    double errorRate = 0.0;
    double bias = 0.0;
    double jitter = 0.0;
    quint64 seed = 1;
};

/// A deployment without a model: answers POST on any path with `{"data": {"score", "label", "model"}}`, the score a
/// hash of the request's `data`, so that the same request always gets the same answer; `GET /healthz` with 200. A test
/// double on loopback, one request at a time on a connection, bodies up to 64 MiB. Owns its connections; lives on a
/// thread with an event loop.
class SimulatedServer final : public QObject
{
    Q_OBJECT

public:
    explicit SimulatedServer(SimulatedModel model, QObject *parent = nullptr);

    /// `file-unreadable` never; `simulate-not-listening` with the system's word.
    [[nodiscard]] Status listen(const QHostAddress &address, quint16 port);
    [[nodiscard]] QString url() const;

private:
    void onConnection();
    void onReadable(QTcpSocket *socket, QByteArray &buffer);
    void answer(QTcpSocket *socket, const QByteArray &method, const QByteArray &body, bool keepAlive);
    [[nodiscard]] QByteArray result(const QByteArray &body, int &status);

    SimulatedModel m_model;
    QTcpServer m_server;
    std::mt19937_64 m_random;
};

} // namespace parallax::example
