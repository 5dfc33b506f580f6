// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Makes one request into calls to a primary and its mirrors, and their answers into one exchange.
#pragma once

#include "base/clock.h"
#include "base/result.h"
#include "http/limits.h"
#include "http/message.h"
#include "router/routingtable.h"
#include "router/statistics.h"
#include "traffic/exchange.h"

#include <QObject>

#include <chrono>
#include <functional>
#include <memory>
#include <optional>

namespace parallax::router {

/// When a mirror that keeps failing is left alone. Transport failures and timeouts count, and 5xx answers; any other
/// answer closes the breaker again.
struct BreakerOptions
{
    bool isEnabled = true;
    int failures = 5;                     ///< transport failures or timeouts in a row
    int serverErrors = 20;                ///< 5xx answers in a row
    std::chrono::milliseconds pause{250}; ///< first pause, doubled each time the probe fails
    std::chrono::milliseconds longestPause{8'000};
};

struct EngineOptions
{
    http::Limits limits;                    ///< of answers' heads
    qint64 recordedBody = 16 * 1024 * 1024; ///< longer bodies are recorded as their first MiB, length and SHA-256
    qint64 truncatedBody = 1024 * 1024;
    qint64 scannedBody = 1024 * 1024;            ///< bodies up to this are looked at for `timeout_seconds` and webhooks
    int mirrorQueue = 1024;                      ///< calls waiting for one mirror
    qint64 mirrorQueueBytes = 64 * 1024 * 1024;  ///< and their bodies
    int mirrorConnections = 256;                 ///< calls running on one mirror
    qint64 mirrorAnswerBytes = 64 * 1024 * 1024; ///< a longer answer is given up as TooLarge
    qint64 mirrorLagBytes = 16 * 1024 * 1024;    ///< behind a streamed body
    std::chrono::milliseconds connectTimeout{10'000};
    std::chrono::milliseconds upstreamIdle{
        4'000}; ///< how long an idle upstream connection is kept; servers close at 5 s
    BreakerOptions breaker;
    bool cutsWebhooks = true; ///< `response_webhook*` is taken out of a mirror's copy
    /// How long the sink's answered() may wait for the mirrors: most exchanges are then handed over once, as a whole.
    std::chrono::milliseconds answeredHold{0};
    bool isRecording = true;     ///< false: exchanges without bodies, for a sink that only counts
    std::optional<quint64> seed; ///< of the split; none = from the system
    QByteArray instanceId;       ///< in `Via`, to stop loops; empty = made up
    /// Words for `Reply::failure`; without it the error's code and detail.
    std::function<QString(const Error &)> wording;
};

struct CallId
{
    quint64 value = 0;
    friend auto operator<=>(const CallId &, const CallId &) = default;
};

/// One request to be made. The target is the endpoint named, or (instead) one deployment, which has no mirrors.
struct CallRequest
{
    http::Request request; ///< as the caller sent it; hop-by-hop fields, Host and framing are seen to here
    QString endpoint;
    std::optional<Target> deployment;
    QString backend; ///< label of the backend to take; empty = by weight or supplied key
    /// On a route: what is joined to the target's path with one '/', with its query. None = the target's URL as it is.
    std::optional<QByteArray> rest;
    bool isStreamed = false;                          ///< more of the body follows by appendBody() and endBody()
    std::optional<qint64> streamedLength;             ///< of a streamed body when it is known; else it is sent chunked
    bool mirrorsFirst = false;                        ///< start the mirrors before the primary
    std::optional<std::chrono::milliseconds> timeout; ///< instead of the target's and the body's own
    std::optional<WallTime> arrival;                  ///< none = now

    // What goes into the exchange as it is.
    QString requestId; ///< empty = made up
    QString session;
    QStringList tags;
    QString note;
    std::optional<traffic::Reply> recorded;
    bool isWarmup = false;
    Nanoseconds intended{-1};
    Nanoseconds started{-1};
};

/// Hears the primary's answer as it comes. Never called from inside Engine::start(). After answerEnded() or
/// answerFailed() nothing more comes.
class AnswerObserver
{
public:
    virtual ~AnswerObserver() = default;
    /// Status and headers without hop-by-hop fields and framing; `head.body` is empty. `length` is that of the body,
    /// none = it ends with answerEnded().
    virtual void answerStarted(CallId id, const http::Response &head, std::optional<qint64> length) = 0;
    virtual void answerPart(CallId id, const QByteArray &bytes) = 0;
    /// All that has arrived so far was handed over: write it out.
    virtual void answerPaused(CallId id) = 0;
    virtual void answerEnded(CallId id) = 0;
    /// `status`: 502, 504, 508, ... what a router answers when nothing was passed on yet.
    virtual void answerFailed(CallId id, const Error &error, int status) = 0;
    /// The primary has taken what was appended; go on reading the caller.
    virtual void bodyWanted(CallId id) = 0;
};

/// Does the calls: chooses the backend, sends the primary and its mirrors their requests in parallel, gathers the
/// answers, and feeds the sink one exchange a call. Lives on one thread with an event loop and is not thread-safe; owns
/// its upstream pools, mirror queues and deadlines. Nothing a mirror does delays the primary. Needs no listening port.
/// Timings count from the call's start on the monotonic clock. Owned by a router's worker or a replay.
class Engine final : public QObject
{
    Q_OBJECT

public:
    /// `sink` may be null; it and `clock` outlive the engine. `statistics` is shared with whoever shows them.
    Engine(const Clock &clock, traffic::ExchangeSink *sink, EngineOptions options,
           std::shared_ptr<Statistics> statistics = {}, QObject *parent = nullptr);
    ~Engine() override;

    /// Calls made from now on see this table; those under way keep theirs.
    void setTable(RoutingTablePtr table);
    [[nodiscard]] const RoutingTablePtr &table() const;

    /// The whole answer of the primary, or why there is none. Called once, never from inside call().
    using PrimaryHandler = std::function<void(const Result<http::Response> &)>;
    CallId call(CallRequest request, PrimaryHandler onPrimary);

    /// The same with the answer handed on as it comes. `observer` outlives the call or calls abandon().
    CallId start(CallRequest &&request, AnswerObserver *observer);
    void appendBody(CallId id, const QByteArray &part);
    void endBody(CallId id);
    /// How much of a streamed body the primary has not taken yet; above a limit of one's own stop reading the caller
    /// until bodyWanted().
    [[nodiscard]] qint64 bodyBacklog(CallId id) const;
    /// The observer cannot take more for now: the primary is not read on.
    void setAnswerPaused(CallId id, bool isPaused);
    /// The caller left: the primary's call is ended and recorded as aborted, mirrors go on. A streamed body that was
    /// not complete ends the mirrors as well.
    void abandon(CallId id);

    /// Gives everything up at once: primaries fail, mirrors are Dropped as Stopped. Everything is reported to the sink.
    void stop();
    /// Mirrors that have not answered yet are Dropped as Stopped; primaries go on.
    void stopMirrors();

    [[nodiscard]] int callsInFlight() const; ///< primaries and mirrors not all done
    [[nodiscard]] int primariesInFlight() const;
    [[nodiscard]] int mirrorsInFlight() const; ///< sent, no end yet
    [[nodiscard]] int mirrorsQueued() const;
    [[nodiscard]] const QByteArray &instanceId() const;
    /// For a call that is about to be made, unique in this engine and most likely elsewhere.
    [[nodiscard]] QString makeRequestId();

Q_SIGNALS:
    /// The last call under way has ended, mirrors and all.
    void becameIdle();

private:
    friend class Call;
    friend class Leg;
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace parallax::router
