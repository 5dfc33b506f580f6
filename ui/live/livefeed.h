// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "compare/rulesbook.h"
#include "ui/live/livevalues.h"

#include <QHash>
#include <QObject>
#include <QSet>
#include <QTimer>

#include <atomic>
#include <deque>
#include <memory>
#include <mutex>

namespace parallax::ui {

/// From the router to the traffic table: takes exchanges on the router's threads (a lock for a moment, never waits),
/// judges them on its own thread, and hands the GUI a batch at most ten times a second, the next one only when the last
/// was taken(). What comes faster than that is counted and left out of the table; a capture has it nevertheless. Lives
/// on a thread of its own; owned by the presenter.
class LiveFeed final : public QObject, public traffic::ExchangeSink
{
    Q_OBJECT

public:
    static constexpr std::chrono::milliseconds kInterval{100};
    static constexpr std::size_t kMostRows = 400;      ///< in one batch
    static constexpr std::size_t kMostWaiting = 2'000; ///< rows
    static constexpr qint64 kMostWaitingBytes = 64 * 1024 * 1024;

    explicit LiveFeed(std::shared_ptr<const compare::RulesBook> rules, QObject *parent = nullptr);

    void answered(const traffic::ExchangePtr &exchange) override;
    void mirrorAnswered(const traffic::ExchangePtr &exchange, std::size_t mirrorIndex) override;
    void finished(const traffic::ExchangePtr &exchange) override;

    /// The GUI has put the last batch into its table. Any thread.
    void taken() { m_isOut.store(false, std::memory_order_release); }
    /// Forgets what it counted. Any thread.
    void reset();
    /// On its own thread.
    void begin();

Q_SIGNALS:
    void batchReady(const parallax::ui::LiveBatchPtr &batch);

private:
    struct Entry
    {
        traffic::ExchangePtr exchange;
        bool isFinal = false;
    };

    void put(const traffic::ExchangePtr &exchange, bool isFinal);
    void deliver();
    [[nodiscard]] std::vector<Entry> takeEntries();
    [[nodiscard]] TrafficItem made(const Entry &entry);
    void count(const traffic::Reply &mirror);

    const std::shared_ptr<const compare::RulesBook> m_rules;
    QTimer m_timer;
    std::atomic<bool> m_isOut{false};

    std::mutex m_mutex; ///< of what follows
    std::deque<Entry> m_waiting;
    QHash<QString, quint64> m_places; ///< requestId -> number of its entry in m_waiting
    quint64 m_first = 0;              ///< number of m_waiting.front()
    qint64 m_waitingBytes = 0;
    QSet<QString> m_known; ///< shown, and not finished yet
    qint64 m_unshown = 0;
    QList<MirrorAgreement> m_agreement;
    qint64 m_told = 0; ///< m_unshown of the last batch
};

} // namespace parallax::ui
