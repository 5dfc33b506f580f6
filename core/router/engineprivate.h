// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "http/clientpool.h"
#include "http/deadlines.h"
#include "http/headmemo.h"
#include "router/call.h"
#include "router/engine.h"
#include "router/forwarding.h"

#include <random>
#include <unordered_map>

namespace parallax::router {

[[nodiscard]] http::PeerAddress peerOf(const targets::Upstream &upstream);
[[nodiscard]] http::ClientOptions clientOptions(const EngineOptions &options, traffic::Role role);

/// What the last copy to a target began with. Callers tend to send the same fields again and again, a replay almost
/// always: then the copies differ in their bodies only.
struct CopyStart
{
    const Target *target = nullptr;
    bool passesCredentials = true;
    QByteArray method;
    http::Headers headers;
    QByteArray start;
    http::Usefulness usefulness;
};

/// What the calls of an engine share.
struct Engine::Private
{
    Private(Engine &engine, const Clock &clock, traffic::ExchangeSink *sink, EngineOptions options,
            std::shared_ptr<Statistics> statistics);

    EndpointState &stateOf(const EndpointEntry &endpoint);
    /// The beginning of the head of a copy to one of `table`'s targets.
    [[nodiscard]] QByteArray copyStart(const Target &target, const http::Request &request, const ForwardedCopy &copy);
    http::ClientPool &poolFor(const targets::Upstream &upstream);
    [[nodiscard]] QString wordsFor(const Error &error) const;
    [[nodiscard]] QString newRequestId();
    Call &add(CallRequest &&request, AnswerObserver *observer);
    [[nodiscard]] Call *find(CallId id) const;
    /// Calls back from the event loop if the call is still there.
    void later(CallId id, std::function<void(Call &)> what);
    void retire(CallId id);
    void bury();

    Engine &q;
    const Clock &clock;
    traffic::ExchangeSink *sink;
    EngineOptions options;
    QByteArray via; ///< what is added to each copy
    std::shared_ptr<Statistics> statistics;
    http::DeadlineQueue deadlines; ///< outlives what follows
    http::Deadline burial;
    RoutingTablePtr table;
    std::mt19937_64 random;
    quint64 lastCall = 0;
    QString requestPrefix;
    quint64 lastRequestId = 0;
    int primaries = 0;
    std::vector<std::unique_ptr<http::ClientPool>> pools;
    QHash<QString, std::shared_ptr<MirrorLane>> lanes;  ///< by endpoint and mirror
    QHash<const EndpointEntry *, EndpointState> states; ///< of `table`
    std::vector<CopyStart> copyStarts;                  ///< of targets of `table`
    std::unordered_map<quint64, std::unique_ptr<Call>> calls;
    std::vector<std::unique_ptr<Call>> finished; ///< may still be on the stack
};

} // namespace parallax::router
