// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The idea of the program: one request together with every answer it got is one record, an exchange.
// Values; shared between threads as std::shared_ptr<const Exchange>. They carry names, no endpoint.
#pragma once

#include "base/clock.h"
#include "http/message.h"

#include <QString>
#include <QStringList>

#include <memory>
#include <optional>
#include <vector>

namespace parallax::traffic {

/// Names an exchange within its capture, counted from 1. 0 = not recorded yet.
struct ExchangeId
{
    quint64 value = 0;
    friend auto operator<=>(const ExchangeId &, const ExchangeId &) = default;
};

/// What became of a call to one target, before anything is compared.
enum class AnswerState {
    Pending,  ///< still running
    Complete, ///< a whole HTTP answer came, whatever its status
    Failed,   ///< no connection, or no valid or whole HTTP answer
    Timeout,  ///< its deadline passed
    Dropped,  ///< never sent, or given up by us; see DropReason
};

enum class DropReason { None, QueueFull, BreakerOpen, TooLarge, Lag, Stopped, Interrupted };

/// The verdict on one pair (primary, mirror); contract of captures. Every request ends in exactly one per mirror.
enum class Outcome {
    Pending, ///< not judged yet
    Equal,
    EqualByRule,
    Different,
    PrimaryError,
    MirrorError,
    BothErrorSame,
    BothErrorDifferent,
    Timeout,
    Dropped,
    NotComparable,
};

/// `equal`, `equal-by-rule`, ..., `pending`; the spelling of files and reports.
[[nodiscard]] QString toString(Outcome outcome);
[[nodiscard]] std::optional<Outcome> outcomeFromString(QStringView text);
/// `queue-full`, `breaker-open`, ...; empty for None.
[[nodiscard]] QString toString(DropReason reason);
[[nodiscard]] std::optional<DropReason> dropReasonFromString(QStringView text);
/// `pending`, `complete`, `failed`, `timeout`, `dropped`.
[[nodiscard]] QString toString(AnswerState state);
[[nodiscard]] std::optional<AnswerState> answerStateFromString(QStringView text);

/// Moments of a call, each counted from the exchange's arrival; -1 ns = not reached.
struct Timings
{
    Nanoseconds queued{-1};    ///< handed to the target's pool
    Nanoseconds sent{-1};      ///< request written
    Nanoseconds firstByte{-1}; ///< first byte of the answer
    Nanoseconds done{-1};      ///< last byte, failure or deadline

    /// From sent to done, what the target took; negative when either is missing.
    [[nodiscard]] Nanoseconds serviceTime() const
    {
        return sent.count() < 0 || done.count() < 0 ? Nanoseconds{-1} : done - sent;
    }
    friend bool operator==(const Timings &, const Timings &) = default;
};

/// A body as it is kept: whole, or (beyond the recording cap) its beginning, length and SHA-256.
struct Body
{
    QByteArray bytes;
    qint64 length = 0; ///< of the whole body on the wire
    bool isTruncated = false;
    QByteArray sha256; ///< 32 bytes, only when truncated

    [[nodiscard]] static Body whole(QByteArray bytes)
    {
        const qint64 length = bytes.size();
        return {std::move(bytes), length, false, {}};
    }
    friend bool operator==(const Body &, const Body &) = default;
};

enum class Role { Primary, Mirror };

/// What one target answered. `name` is the backend's label or the mirror's name, as in the endpoint file.
struct Reply
{
    QString name;
    Role role = Role::Primary;
    QString deployment;
    QString branch;
    QString version; ///< as named: `latest`, `3`, an alias
    QString url;     ///< where it was sent, without user info and secrets
    AnswerState state = AnswerState::Pending;
    DropReason dropReason = DropReason::None;
    QString failure; ///< why there is no answer, one line, when Failed
    int status = 0;
    http::Headers headers;
    Body body;
    Timings timings;
    Outcome outcome = Outcome::Pending; ///< of a mirror: its pair's
    int differences = 0;                ///< number of differing paths of its pair
    bool credentialsRemoved = false;    ///< Authorization and Cookie were not passed on

    friend bool operator==(const Reply &, const Reply &) = default;
};

struct Exchange
{
    ExchangeId id;
    std::optional<WallTime> arrival; ///< absent in imported traffic without times
    QString endpoint;
    QByteArray method;
    QByteArray target;
    http::Headers headers;
    Body body;
    Reply primary;
    std::vector<Reply> mirrors;    ///< in the order of the endpoint file
    std::optional<Reply> recorded; ///< replays: what production answered then, when the source had it
    QStringList tags;
    QString note;
    QString requestId; ///< x-parallax-request-id
    QString session;   ///< replays keep the order within one
    bool isClientAborted = false;
    bool isWarmup = false;    ///< sent by a replay before counting began
    Nanoseconds intended{-1}; ///< replays: when the schedule wanted it sent, from the run's start
    Nanoseconds started{-1};  ///< replays: when it was sent, from the run's start

    friend bool operator==(const Exchange &, const Exchange &) = default;
};

using ExchangePtr = std::shared_ptr<const Exchange>;

/// Takes exchanges as they happen: the recorder, a live table, a replay's progress. Called on the thread that routes;
/// an implementation hands over and returns, it never waits. What it is given was made as a plain Exchange: who holds
/// it alone, after all the others have let go of it, may change it.
class ExchangeSink
{
public:
    virtual ~ExchangeSink() = default;
    /// The primary's answer (or failure) is in; mirrors may still be Pending. Once per exchange, unless answeredWhole()
    /// takes its place.
    virtual void answered(const ExchangePtr &exchange) = 0;
    /// A mirror that was Pending in `answered` has ended. `exchange` is a new value with that answer in it.
    virtual void mirrorAnswered(const ExchangePtr &exchange, std::size_t mirrorIndex) = 0;
    /// Nothing of this exchange is pending any more; `exchange` is final (its pairs are not judged). Last, and
    /// once per exchange, unless answeredWhole() takes its place.
    virtual void finished(const ExchangePtr &exchange) = 0;
    /// In place of answered() and finished(), for an exchange of which nothing was pending when the primary answered.
    /// An implementation that overrides it does what both would have done.
    virtual void answeredWhole(const ExchangePtr &exchange)
    {
        answered(exchange);
        finished(exchange);
    }
};

} // namespace parallax::traffic
