// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The inside of the engine: one call and its legs.
#pragma once

#include "http/clientpool.h"
#include "router/assignment.h"
#include "router/bodyrecorder.h"
#include "router/engine.h"
#include "router/mirrorlane.h"

#include <random>

namespace parallax::router {

class Call;

/// One request to one target, and its answer. Owned by its call.
class Leg final : private http::ClientHandler
{
public:
    Leg(Call &call, traffic::Reply &reply, const Target &target, std::size_t statisticsSlot);
    ~Leg() override;

    /// Makes it one part of a batch that is split by row: it sends `body`, and its answer is for the call alone.
    void makePart(QByteArray body);
    [[nodiscard]] bool isPart() const { return m_isPart; }
    [[nodiscard]] const QByteArray &partAnswer() const { return m_partAnswer; }
    void setLane(std::shared_ptr<MirrorLane> lane) { m_lane = std::move(lane); }
    [[nodiscard]] const std::shared_ptr<MirrorLane> &lane() const { return m_lane; }
    /// Sends the request on the lane's connections, or on `pool` for a primary.
    void begin(http::ClientPool &pool);
    /// An answer of our own, after control was back in the event loop.
    void answerStatically(const http::Response &answer);
    void appendBody(const QByteArray &part);
    void endBody();
    void setAnswerPaused(bool isPaused);
    /// Given up by us; ends the leg with what is said. Does nothing when it has ended.
    void giveUp(traffic::AnswerState state, traffic::DropReason reason, const Error &error);
    void fail(const Error &error, traffic::AnswerState state);

    /// Kept by the lane: whether the leg stands in its queue.
    bool isWaiting = false;

    [[nodiscard]] bool isDone() const { return m_isDone; }
    [[nodiscard]] bool hasBegun() const { return m_hasBegun; }
    /// Of the copy that this leg sends, when it is sent whole.
    [[nodiscard]] qint64 bodySize() const;
    /// What waits in memory because of this leg alone.
    [[nodiscard]] qint64 heldBytes() const;
    [[nodiscard]] const traffic::Reply &reply() const { return m_reply; }
    [[nodiscard]] const Target &target() const { return m_target; }
    [[nodiscard]] bool isMirror() const { return m_reply.role == traffic::Role::Mirror; }
    [[nodiscard]] std::size_t slot() const { return m_slot; }

private:
    friend class Call;
    void requestSent() override;
    void requestDrained() override;
    void answerStarted(http::ResponseHead &&head) override;
    void answerBody(QByteArray part) override;
    void answerPaused() override;
    void answerEnded() override;
    void answerFailed(const Error &error) override;
    void onDeadline();
    void end(traffic::AnswerState state, const Error *error);
    [[nodiscard]] http::ClientRequest clientRequest();
    /// Who hears this leg's answer as it comes: the caller's observer, for a primary.
    [[nodiscard]] AnswerObserver *observer() const;
    void record(const QByteArray &part);

    Call &m_call;
    traffic::Reply &m_reply;
    const Target &m_target;
    std::size_t m_slot;
    std::shared_ptr<MirrorLane> m_lane; ///< mirrors only
    http::ClientConnection *m_connection = nullptr;
    http::Deadline m_deadline;
    BodyRecorder m_recorder;
    std::vector<QByteArray> m_waitingBody; ///< of a streamed request, until the leg begins
    qint64 m_waitingBytes = 0;
    qint64 m_unrecorded = 0;
    QByteArray m_partBody;
    QByteArray m_partAnswer;
    bool m_isPart = false;
    bool m_isBodyComplete = false;
    bool m_hasBegun = false;
    bool m_isDone = false;
    bool m_isEventStream = false;
};

/// Where an endpoint of the current table is counted, and the ways to its mirrors.
struct EndpointState
{
    std::vector<std::size_t> backendSlots;
    std::vector<std::shared_ptr<MirrorLane>> lanes; ///< null where the mirror has no target
    std::vector<std::size_t> mirrorSlots;
};

/// A request with its primary and its mirrors, from Engine::start() to the end of the last of them; builds the
/// exchange. Owned by the engine.
class Call
{
public:
    Call(Engine::Private &engine, CallId id, CallRequest &&request, AnswerObserver *observer, RoutingTablePtr table);
    ~Call();
    Call(const Call &) = delete;
    Call &operator=(const Call &) = delete;

    /// An observer that belongs to this call alone.
    void adopt(std::unique_ptr<AnswerObserver> observer) { m_ownObserver = std::move(observer); }
    /// Chooses the backend and starts the legs.
    void start();
    void appendBody(const QByteArray &part);
    void endBody();
    void abandon();
    void stop(bool alsoPrimary);
    [[nodiscard]] Leg *primary() { return m_primary.get(); }
    [[nodiscard]] const std::vector<std::unique_ptr<Leg>> &mirrors() const { return m_mirrors; }
    [[nodiscard]] CallId id() const { return m_id; }

private:
    friend class Leg;
    void refuse(const Error &error, int status);
    [[nodiscard]] Result<const BackendEntry *> chooseBackend(const EndpointEntry &endpoint);
    void scan();
    void makeLegs();
    void describePrimary();
    void makeParts(const EndpointState &state);
    void startPrimary();
    /// Of the primary or a part of it; `body` is what a static value is answered for.
    void startAnswering(Leg &leg, const BackendEntry *backend, const QByteArray &body);
    void startMirror(Leg &leg);
    void giveUpPrimary(traffic::DropReason reason, const Error &error);
    void legEnded(Leg &leg, const Error *error);
    void partEnded(Leg &leg, const Error *error);
    void joinParts();
    void passOn(const QByteArray &body);
    void primaryEnded(const Error *error);
    void mirrorEnded(Leg &leg);
    void reportAnswered();
    void finishIfDone();
    void takeRequestBody();
    [[nodiscard]] traffic::ExchangePtr snapshot();
    [[nodiscard]] Nanoseconds sinceArrival() const;
    [[nodiscard]] std::chrono::milliseconds timeoutFor(const Target &target) const;

    Engine::Private &m_engine;
    CallId m_id;
    CallRequest m_request;
    std::unique_ptr<AnswerObserver> m_ownObserver;
    AnswerObserver *m_observer;
    RoutingTablePtr m_table; ///< keeps the entries below alive
    const EndpointEntry *m_endpoint = nullptr;
    const BackendEntry *m_backend = nullptr;
    const Target *m_target = nullptr;
    MonotonicTime m_arrival;
    traffic::Exchange m_exchange;
    QByteArray m_mirrorBody; ///< of a whole request, without webhooks
    std::optional<int> m_bodyTimeout;
    BodyRecorder m_recorder;
    std::unique_ptr<Leg> m_primary; ///< null when the rows of a batch go to several backends
    Assignment m_assignment;
    std::vector<traffic::Reply> m_partReplies;
    std::vector<std::unique_ptr<Leg>> m_parts; ///< then these, in the order of m_assignment.parts
    std::vector<std::unique_ptr<Leg>> m_mirrors;
    std::size_t m_pending = 0; ///< mirrors that have not ended
    bool m_isBodyComplete = false;
    bool m_arePartsJoined = false;
    http::Deadline m_answeredHold;
    bool m_isPrimaryDone = false;
    bool m_isAnswered = false; ///< the sink was told
    bool m_isFinished = false;
};

} // namespace parallax::router
