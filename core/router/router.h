// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "http/limits.h"
#include "router/engine.h"
#include "router/routingtable.h"
#include "router/statistics.h"

#include <QHostAddress>
#include <QObject>

#include <functional>
#include <memory>

namespace parallax::router {

struct RouterOptions
{
    QHostAddress address = QHostAddress(QHostAddress::LocalHost);
    quint16 port = 0; ///< 0 = a free one
    int threads = 1;
    http::ServerLimits limits;
    EngineOptions engine;
    QStringList allowedNames;         ///< hosts that `Host` may name besides those of contract 4
    QStringList allowedOrigins;       ///< web pages that may call, `https://host[:port]`
    qint64 streamAbove = 1024 * 1024; ///< longer bodies are passed on as they come
    std::chrono::milliseconds drainPrimaries{10'000};
    std::chrono::milliseconds drainMirrors{2'000};
    /// Words for `{"error": TEXT}`; the composition root gives wording::text. Any thread.
    std::function<QString(const Error &)> wording;
    /// For `parallax_capture_dropped_total`; none = no capture. Any thread.
    std::function<quint64()> captureDropped;
    /// What `POST /-/sink/modelbit` is for; without, there is no such path. Any thread.
    struct LogSink
    {
        std::function<bool(QByteArrayView secret)> knows;
        std::function<bool(const QByteArray &body)> take; ///< false: too much at once
    };
    std::optional<LogSink> modelbitLogs;
};

/// The mirroring router behind a port: accepts callers, refuses what contract.md 4 refuses, and has engines do the
/// calls. Owns its threads (event loops with an epoll dispatcher on Linux); itself lives on any thread with an event
/// loop, owned by the composition root. Never blocks but in its destructor, which ends the threads.
class Router final : public QObject
{
    Q_OBJECT

public:
    enum class State { Stopped, Starting, Running, Stopping };
    Q_ENUM(State)

    /// `sink` may be null; it hears exchanges on the router's threads, so with more than one it must be thread-safe. It
    /// and `clock` outlive the router.
    Router(const Clock &clock, traffic::ExchangeSink *sink, QObject *parent = nullptr);
    ~Router() override;

    /// Asynchronous: started() or failed() follows. Once only until stopped().
    void start(const RouterOptions &options);
    /// Taken up between requests; those under way keep theirs. At any time, also before start().
    void setTable(RoutingTablePtr table);
    /// Asynchronous: no new connections, requests under way are answered, mirrors get a short while; then stopped().
    void stop();

    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] QHostAddress address() const;
    [[nodiscard]] quint16 port() const; ///< 0 unless running
    /// `http://HOST:PORT`, with brackets around IPv6.
    [[nodiscard]] QString url() const;
    /// Any thread; cheap enough for ten times a second.
    [[nodiscard]] StatisticsSnapshot statistics() const;

Q_SIGNALS:
    void started(quint16 port);
    /// Could not listen; the router is Stopped again. `router-port-in-use` names the process where that is known.
    void failed(const parallax::Error &error);
    void stopped();

private:
    struct Private;
    void onListening(const Status &listening, quint16 port);
    void onDrained(std::size_t lane);
    void drain();

    std::unique_ptr<Private> d;
    State m_state = State::Stopped;
};

} // namespace parallax::router
