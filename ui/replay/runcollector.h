// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/histogram.h"
#include "traffic/exchange.h"

#include <QList>
#include <QPointF>
#include <QString>

#include <map>
#include <mutex>
#include <vector>

namespace parallax::ui {

/// Requests that got no good answer for one reason at one target. A value.
struct FailureRow
{
    enum class Kind { Answered, NoAnswer, Timeout, Dropped };
    Kind kind = Kind::Answered;
    int status = 0;   ///< of Answered
    QString detail;   ///< the model's last line, why there was no connection, or
                      ///< the reason of a drop
    QString where;    ///< `alias`, `mirror_1`
    int identity = 0; ///< widgets::kPrimary, or the mirror's place
    qint64 count = 0;
    traffic::ExchangeId first;
    Nanoseconds firstAt{0}; ///< from the start of the run
    friend bool operator==(const FailureRow &, const FailureRow &) = default;
};

/// The p95 of one target's answers, a point for each window of time, in seconds and milliseconds.
struct LatencyLine
{
    QString name;
    std::vector<QPointF> points;
};

/// What the charts and the table of a running replay show, gathered from its final exchanges. Fed on the recorder's
/// thread, read on the GUI's: every function takes a lock for a moment. Memory does not grow with the run: windows
/// double in width when there are more than kMostWindows, and reasons beyond kMostReasons are counted under their kind.
class RunCollector
{
public:
    static constexpr std::size_t kMostWindows = 240;
    static constexpr std::size_t kMostReasons = 200;

    explicit RunCollector(Nanoseconds window = std::chrono::milliseconds(500));

    void add(const std::vector<traffic::ExchangePtr> &exchanges);
    /// Most requests first.
    [[nodiscard]] QList<FailureRow> failures() const;
    /// The primary first. Windows that may still get answers are left out unless the run is over.
    [[nodiscard]] std::vector<LatencyLine> latency(Nanoseconds elapsed, bool isOver) const;

private:
    struct Target
    {
        QString name;
        std::vector<base::Histogram> windows;
    };
    void note(const traffic::Exchange &exchange, const traffic::Reply &reply, int identity);
    void noteFailure(const traffic::Exchange &exchange, const traffic::Reply &reply, int identity);
    void noteTime(const traffic::Exchange &exchange, const traffic::Reply &reply, std::size_t target);
    void widen();

    mutable std::mutex m_mutex;
    Nanoseconds m_window;
    std::vector<Target> m_targets;
    std::map<QString, FailureRow> m_failures;
};

} // namespace parallax::ui
