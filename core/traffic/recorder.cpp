// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "traffic/recorder.h"

#include "traffic/errors.h"

#include "base/boundedqueue.h"
#include "base/scheduling.h"

#include <QThreadPool>

#include <atomic>
#include <deque>
#include <mutex>
#include <thread>
#include <unordered_map>

using namespace std::chrono_literals;

namespace parallax::traffic {

namespace {

constexpr std::size_t kMostUnderWay = 65536; // exchanges whose mirrors still run
constexpr std::size_t kJudgedTogether = 32;
constexpr qint64 kJudgedAtOnce = 8 * 1024; // bodies up to this are judged sooner than another thread is woken
constexpr std::size_t kMostRetried = 4096; // exchanges kept for the next try while writing fails
constexpr std::size_t kEventsPerExchange = 16;
constexpr auto kRetry = 1s;
constexpr auto kBatch = 10ms;              // what comes within this time is one transaction
constexpr std::size_t kTakenTogether = 64; // and goes through all the steps before it at once, in the processor's cache

struct Event
{
    enum class Kind { Answered, Whole, Mirror, Finished };
    Kind kind = Kind::Answered;
    ExchangePtr exchange;
    std::size_t mirror = 0;
    qint64 bytes = 0;
};

qint64 bytesOf(const Reply &reply)
{
    return reply.body.bytes.size();
}

qint64 bytesOf(const Exchange &exchange)
{
    qint64 bytes = exchange.body.bytes.size() + bytesOf(exchange.primary);
    for (const Reply &mirror : exchange.mirrors)
        bytes += bytesOf(mirror);
    return bytes;
}

/// Encoded bodies are larger than they look.
bool isEncoded(const Exchange &exchange)
{
    const auto encoded = [](const Reply &reply) { return !reply.headers.value("content-encoding").isNull(); };
    return encoded(exchange.primary) || std::ranges::any_of(exchange.mirrors, encoded);
}

/// The exchange to be changed: itself when nobody else holds it any more, else a copy.
std::shared_ptr<Exchange> ownExchange(ExchangePtr exchange)
{
    if (exchange.use_count() == 1) {
        const ExchangePtr held =
            exchange; // counting up after the others' counting down orders their reading before ours
        return std::const_pointer_cast<Exchange>(held);
    }
    return std::make_shared<Exchange>(*exchange);
}

} // namespace

struct Recorder::Private
{
    /// One exchange between its answer and its end.
    struct UnderWay
    {
        QString key; ///< in the table of those under way; null = never there
        ExchangePtr latest;
        MonotonicTime takenAt;
        ExchangeId id;            ///< once written
        bool isAnonymous = false; ///< nothing later will be known to belong to it
        bool isInChanged = false;
        std::vector<std::size_t> lateMirrors; ///< answered since then
        bool isFinished = false;
        bool isFinal = false; ///< finished, and judged where there is a judge
        bool isLost = false;
    };
    using UnderWayPtr = std::shared_ptr<UnderWay>;
    struct Judged
    {
        UnderWayPtr item;
        ExchangePtr exchange;
    };

    Options options;
    QString path;
    SystemClock clock;
    base::BoundedQueue<Event> queue;
    std::unique_ptr<CaptureWriter> writer;
    QThreadPool pool;
    std::thread thread;

    std::atomic<qint64> queuedBytes{0};
    std::atomic<qint64> queuedAnswers{0};
    std::atomic<qint64> recordedCount{0};
    std::atomic<qint64> droppedCount{0};
    std::atomic<qint64> lostCount{0};
    std::atomic<qint64> waitingCount{0};
    std::atomic<qint64> removedCount{0};
    mutable std::mutex mutex;
    std::optional<Error> paused;
    std::vector<Judged> judged;
    Status closeStatus;

    // The recorder's thread only.
    std::unordered_map<QString, UnderWayPtr> underWay;
    std::deque<UnderWayPtr> unwritten; ///< by the time of their answer
    std::vector<UnderWayPtr> changed;  ///< written, with something to add
    std::vector<UnderWayPtr> fresh;    ///< appended, not committed
    Status batch;                      ///< of what was appended since the last commit
    std::size_t judging = 0;
    MonotonicTime retryAt;
    std::vector<UnderWayPtr> toJudge;

    Private(QString file, Options given, std::unique_ptr<CaptureWriter> opened)
        : options(std::move(given))
        , path(std::move(file))
        , queue(options.queueExchanges * kEventsPerExchange)
        , writer(std::move(opened))
    {
        pool.setMaxThreadCount(std::max(1, options.judgeThreads));
    }

    void enqueue(Event event);
    void run();
    void takeAll(std::deque<Event> &events);
    void take(Event &event, MonotonicTime now);
    void onAnswered(Event &event, MonotonicTime now);
    void onFinished(const UnderWayPtr &item);
    void onFinal(const UnderWayPtr &item);
    void markChanged(const UnderWayPtr &item);
    void startJudging();
    void collectJudged();
    void write(bool isClosing);
    template<class IsDue>
    void append(IsDue isDue);
    Status finishBatch(const std::vector<UnderWayPtr> &late);
    Status addChanges(UnderWay &item);
    [[nodiscard]] bool isResting(MonotonicTime now) const;
    void onWritten(const std::vector<UnderWayPtr> &late);
    void onFailed(const std::vector<UnderWayPtr> &late, const Error &error);
    void giveUpOldest();
    void settle(const UnderWayPtr &item, std::vector<ExchangePtr> &ended);
};

/// Only answers are refused: what belongs to one that was taken in must find its way, and is bounded by it.
void Recorder::Private::enqueue(Event event)
{
    const qint64 bytes = event.bytes;
    const bool isAnswer = event.kind == Event::Kind::Answered || event.kind == Event::Kind::Whole;
    queuedBytes.fetch_add(bytes, std::memory_order_relaxed);
    const qint64 answers = queuedAnswers.fetch_add(isAnswer ? 1 : 0, std::memory_order_relaxed);
    const bool isFull = isAnswer && (answers >= static_cast<qint64>(options.queueExchanges) ||
                                     queuedBytes.load(std::memory_order_relaxed) > options.queueBytes);
    if (!isFull && queue.push(std::move(event)))
        return;
    queuedBytes.fetch_sub(bytes, std::memory_order_relaxed);
    queuedAnswers.fetch_sub(isAnswer ? 1 : 0, std::memory_order_relaxed);
    droppedCount.fetch_add(isAnswer ? 1 : 0, std::memory_order_relaxed);
}

void Recorder::Private::onAnswered(Event &event, MonotonicTime now)
{
    queuedAnswers.fetch_sub(1, std::memory_order_relaxed);
    waitingCount.fetch_add(1, std::memory_order_relaxed);
    auto item = std::make_shared<UnderWay>();
    item->latest = std::move(event.exchange);
    item->takenAt = now;
    unwritten.push_back(item);
    if (event.kind == Event::Kind::Whole) {
        onFinished(item);
        return;
    }
    const QString &key = item->latest->requestId;
    item->isAnonymous = key.isEmpty() || underWay.size() >= kMostUnderWay || underWay.contains(key);
    if (!item->isAnonymous) {
        item->key = key;
        underWay.emplace(key, std::move(item));
        return;
    }
    const auto &mirrors = item->latest->mirrors;
    if (std::none_of(mirrors.begin(), mirrors.end(),
                     [](const Reply &mirror) { return mirror.state == AnswerState::Pending; }))
        onFinished(item);
}

void Recorder::Private::takeAll(std::deque<Event> &events)
{
    const MonotonicTime now = clock.monotonicTime();
    const bool canAppend = !isResting(now);
    std::size_t taken = 0;
    for (Event &event : events) {
        take(event, now);
        if (canAppend && ++taken % kTakenTogether == 0)
            append([](const UnderWay &item) { return item.isFinal; });
    }
}

void Recorder::Private::take(Event &event, MonotonicTime now)
{
    queuedBytes.fetch_sub(event.bytes, std::memory_order_relaxed);
    if (event.kind == Event::Kind::Answered || event.kind == Event::Kind::Whole) {
        onAnswered(event, now);
        return;
    }
    const auto found = underWay.find(event.exchange->requestId);
    if (found == underWay.end() || found->second->isFinished)
        return;
    const UnderWayPtr item = found->second;
    item->latest = std::move(event.exchange);
    if (event.kind == Event::Kind::Finished) {
        onFinished(item);
    } else if (item->id.value != 0) {
        item->lateMirrors.push_back(event.mirror);
        markChanged(item);
    }
}

void Recorder::Private::markChanged(const UnderWayPtr &item)
{
    if (!item->isInChanged)
        changed.push_back(item);
    item->isInChanged = true;
}

void Recorder::Private::onFinished(const UnderWayPtr &item)
{
    item->isFinished = true;
    const bool isJudged = options.judge && !item->latest->mirrors.empty();
    if (isJudged && (bytesOf(*item->latest) > kJudgedAtOnce || isEncoded(*item->latest))) {
        toJudge.push_back(item);
        return;
    }
    if (isJudged) {
        const std::shared_ptr<Exchange> own = ownExchange(std::exchange(item->latest, {}));
        options.judge(*own);
        item->latest = own;
    }
    onFinal(item);
}

void Recorder::Private::onFinal(const UnderWayPtr &item)
{
    item->isFinal = true;
    if (item->id.value != 0 || item->isLost)
        markChanged(item);
}

void Recorder::Private::startJudging()
{
    for (std::size_t from = 0; from < toJudge.size(); from += kJudgedTogether) {
        const std::size_t to = std::min(toJudge.size(), from + kJudgedTogether);
        std::vector<UnderWayPtr> items(toJudge.begin() + static_cast<std::ptrdiff_t>(from),
                                       toJudge.begin() + static_cast<std::ptrdiff_t>(to));
        std::vector<Judged> work;
        for (UnderWayPtr &item : items) {
            ExchangePtr exchange = item->latest;
            work.push_back({std::move(item), std::move(exchange)});
        }
        judging += work.size();
        pool.start([this, work = std::move(work)]() mutable {
            for (Judged &one : work) {
                auto copy = std::make_shared<Exchange>(*one.exchange);
                options.judge(*copy);
                one.exchange = std::move(copy);
            }
            const std::lock_guard lock(mutex);
            std::move(work.begin(), work.end(), std::back_inserter(judged));
        });
    }
    toJudge.clear();
}

void Recorder::Private::collectJudged()
{
    std::vector<Judged> done;
    {
        const std::lock_guard lock(mutex);
        done.swap(judged);
    }
    judging -= done.size();
    for (Judged &one : done) {
        one.item->latest = std::move(one.exchange);
        onFinal(one.item);
    }
}

Status Recorder::Private::addChanges(UnderWay &item)
{
    for (const std::size_t index : item.lateMirrors) {
        Status done = writer->updateMirror(item.id, index, item.latest->mirrors.at(index));
        if (!done && done.error().code != kNoSuchExchange) // the quota may have been faster
            return done;
    }
    if (!item.isFinal || !options.judge)
        return {};
    for (std::size_t i = 0; i < item.latest->mirrors.size(); ++i) {
        const Reply &mirror = item.latest->mirrors[i];
        Status done = writer->updateOutcome(item.id, i, mirror.outcome, mirror.differences);
        if (!done && done.error().code != kNoSuchExchange)
            return done;
    }
    return {};
}

/// In the order of the answers; what is not due holds up what came after it.
template<class IsDue>
void Recorder::Private::append(IsDue isDue)
{
    while (batch && !unwritten.empty() && isDue(*unwritten.front())) {
        fresh.push_back(std::move(unwritten.front()));
        unwritten.pop_front();
        const Result<ExchangeId> id = writer->append(*fresh.back()->latest);
        if (id)
            fresh.back()->id = *id;
        else
            batch = tl::unexpected(id.error());
    }
}

Status Recorder::Private::finishBatch(const std::vector<UnderWayPtr> &late)
{
    if (!batch)
        return std::exchange(batch, {});
    for (const UnderWayPtr &item : late) {
        if (item->isLost)
            continue;
        if (Status done = addChanges(*item); !done)
            return done;
    }
    return writer->commit();
}

bool Recorder::Private::isResting(MonotonicTime now) const
{
    const std::lock_guard lock(mutex);
    return paused && now < retryAt;
}

void Recorder::Private::write(bool isClosing)
{
    const MonotonicTime now = clock.monotonicTime();
    if (!isClosing && isResting(now)) {
        giveUpOldest();
        return;
    }
    append([&](const UnderWay &item) { return isClosing || item.isFinal || now - item.takenAt >= kHold; });
    const std::vector<UnderWayPtr> late = std::exchange(changed, {});
    for (const UnderWayPtr &item : late)
        item->isInChanged = false;
    if (fresh.empty() && late.empty())
        return;
    const Status status = finishBatch(late);
    if (status)
        onWritten(late);
    else
        onFailed(late, status.error());
    fresh.clear();
}

void Recorder::Private::onWritten(const std::vector<UnderWayPtr> &late)
{
    {
        const std::lock_guard lock(mutex);
        paused.reset();
    }
    std::vector<ExchangePtr> ended;
    for (const UnderWayPtr &item : fresh)
        settle(item, ended);
    for (const UnderWayPtr &item : late) {
        item->lateMirrors.clear();
        settle(item, ended);
    }
    recordedCount.fetch_add(static_cast<qint64>(fresh.size()), std::memory_order_relaxed);
    removedCount.store(writer->removedByQuota(), std::memory_order_relaxed);
    if (!ended.empty())
        options.recorded(ended);
}

/// Nothing of the batch is on disk. It is tried again as long as there is room to wait.
void Recorder::Private::onFailed(const std::vector<UnderWayPtr> &late, const Error &error)
{
    {
        const std::lock_guard lock(mutex);
        paused = error;
        retryAt = clock.monotonicTime() + kRetry;
    }
    for (auto item = fresh.rbegin(); item != fresh.rend(); ++item) {
        (*item)->id = {};
        unwritten.push_front(*item);
    }
    for (const UnderWayPtr &item : late)
        markChanged(item);
    giveUpOldest();
}

void Recorder::Private::giveUpOldest()
{
    std::vector<ExchangePtr> ended;
    while (unwritten.size() > kMostRetried) {
        const UnderWayPtr item = std::move(unwritten.front());
        unwritten.pop_front();
        item->isLost = true;
        lostCount.fetch_add(1, std::memory_order_relaxed);
        settle(item, ended);
    }
    if (!ended.empty())
        options.recorded(ended);
}

void Recorder::Private::settle(const UnderWayPtr &item, std::vector<ExchangePtr> &ended)
{
    if (!item->isFinal && !item->isAnonymous)
        return;
    if (!item->key.isNull())
        underWay.erase(item->key);
    waitingCount.fetch_sub(1, std::memory_order_relaxed);
    if (!options.recorded)
        return;
    const std::shared_ptr<Exchange> own = ownExchange(std::exchange(item->latest, {}));
    own->id = item->id;
    item->latest = own;
    ended.push_back(own);
}

void Recorder::Private::run()
{
    if (options.slice.count() > 0) {
        base::preferShortSlices(options.slice);
        base::stepBack(); // behind the thread that keeps the schedule
    }
    for (;;) {
        const bool isClosing = queue.isClosed();
        std::deque<Event> events = queue.takeAll(unwritten.empty() && changed.empty() && judging == 0 ? 500ms : kBatch);
        takeAll(events);
        startJudging();
        collectJudged();
        const bool isLastRound = isClosing && events.empty() && judging == 0;
        write(isLastRound);
        if (isLastRound)
            break;
        // Asleep instead of waiting, so that routers fill the queue without having to wake anybody.
        std::this_thread::sleep_for(isClosing ? 1ms : kBatch);
    }
    lostCount.fetch_add(static_cast<qint64>(unwritten.size()), std::memory_order_relaxed);
    closeStatus = writer->close();
}

Recorder::Recorder(std::unique_ptr<Private> p)
    : d(std::move(p))
{
    d->thread = std::thread([this] { d->run(); });
}

Recorder::~Recorder()
{
    (void)close();
}

Result<std::unique_ptr<Recorder>> Recorder::open(const QString &path, Options options, CaptureWriter::Mode mode)
{
    auto writer = CaptureWriter::open(path, mode, options.capture);
    if (!writer)
        return tl::unexpected(writer.error());
    return std::unique_ptr<Recorder>(
        new Recorder(std::make_unique<Private>(path, std::move(options), *std::move(writer))));
}

void Recorder::answered(const ExchangePtr &exchange)
{
    d->enqueue({Event::Kind::Answered, exchange, 0, bytesOf(*exchange)});
}

void Recorder::mirrorAnswered(const ExchangePtr &exchange, std::size_t mirrorIndex)
{
    const qint64 bytes = mirrorIndex < exchange->mirrors.size() ? bytesOf(exchange->mirrors[mirrorIndex]) : 0;
    d->enqueue({Event::Kind::Mirror, exchange, mirrorIndex, bytes});
}

void Recorder::finished(const ExchangePtr &exchange)
{
    d->enqueue({Event::Kind::Finished, exchange, 0, 0});
}

Recorder::Statistics Recorder::statistics() const
{
    Statistics now;
    now.recorded = d->recordedCount.load(std::memory_order_relaxed);
    now.dropped = d->droppedCount.load(std::memory_order_relaxed);
    now.lost = d->lostCount.load(std::memory_order_relaxed);
    now.waiting = d->waitingCount.load(std::memory_order_relaxed);
    now.removedByQuota = d->removedCount.load(std::memory_order_relaxed);
    const std::lock_guard lock(d->mutex);
    now.paused = d->paused;
    return now;
}

void Recorder::answeredWhole(const ExchangePtr &exchange)
{
    d->enqueue({Event::Kind::Whole, exchange, 0, bytesOf(*exchange)});
}

QString Recorder::path() const
{
    return d->path;
}

Status Recorder::close()
{
    d->queue.close();
    if (d->thread.joinable())
        d->thread.join();
    return d->closeStatus;
}

} // namespace parallax::traffic
