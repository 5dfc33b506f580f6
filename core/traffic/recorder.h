// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/clock.h"
#include "traffic/capturestore.h"

#include <functional>
#include <memory>
#include <optional>
#include <vector>

namespace parallax::traffic {

/// Writes what the router hands it into a capture, on a thread of its own, in batches. An ExchangeSink for any number
/// of router threads: its functions take a lock for a moment and never wait; when the queue is full (by number or by
/// bytes) an exchange is counted as dropped. Exchanges are told apart by their requestId, which must be unique among
/// those under way; one without is written when it is answered and gets no late answers.
///
/// An exchange is held until it is finished and judged, at most kHold after it was handed over, then written; what
/// comes later (mirrors, outcomes) is added to its row. When writing fails (disk full) the recorder pauses, counts what
/// it could not write, and tries again every second; the traffic goes on. Owned by the composition root.
class Recorder final : public ExchangeSink
{
public:
    /// Fills outcome and differences of every mirror. Runs after everything is in, on pool threads, several at once;
    /// where there is little to compare on the recorder's own.
    using Judge = std::function<void(Exchange &)>;
    /// Hears of exchanges that are final on disk (judged, with their id), in batches, on the recorder's thread. What
    /// it sees is not redacted. Also of those that a pause kept from the disk: their id is 0.
    using Recorded = std::function<void(const std::vector<ExchangePtr> &)>;

    struct Options
    {
        CaptureWriter::Options capture;
        std::size_t queueExchanges = 16384;
        qint64 queueBytes = 256 * 1024 * 1024; ///< bodies waiting to be written
        Judge judge;
        int judgeThreads = 2;
        Recorded recorded;
        /// Of its thread, when not zero, while another thread keeps a schedule: see base::preferShortSlices(). It
        /// steps back behind that one, too: a tenth of a processor is left to it where all are busy.
        std::chrono::nanoseconds slice{0};
    };

    struct Statistics
    {
        qint64 recorded = 0; ///< exchanges on disk
        qint64 dropped = 0;  ///< never taken in: the queue was full
        qint64 lost = 0;     ///< taken in, but could not be written
        qint64 waiting = 0;  ///< taken in, not final yet
        qint64 removedByQuota = 0;
        std::optional<Error> paused; ///< why nothing is written at present
    };

    static constexpr std::chrono::milliseconds kHold{80};

    /// Opens (appends to) or makes the capture and starts the thread.
    [[nodiscard]] static Result<std::unique_ptr<Recorder>> open(const QString &path, Options options,
                                                                CaptureWriter::Mode mode = CaptureWriter::Mode::Append);
    ~Recorder() override;
    Recorder(const Recorder &) = delete;
    Recorder &operator=(const Recorder &) = delete;

    void answered(const ExchangePtr &exchange) override;
    void mirrorAnswered(const ExchangePtr &exchange, std::size_t mirrorIndex) override;
    void finished(const ExchangePtr &exchange) override;
    void answeredWhole(const ExchangePtr &exchange) override;

    /// Any thread.
    [[nodiscard]] Statistics statistics() const;
    [[nodiscard]] QString path() const;

    /// Takes nothing more, writes everything that is there, closes the file. Mirrors still running are recorded as
    /// dropped, reason interrupted. Blocks; not from the recorder's own callbacks. The second call does nothing.
    [[nodiscard]] Status close();

private:
    struct Private;
    explicit Recorder(std::unique_ptr<Private> p);
    std::unique_ptr<Private> d;
};

} // namespace parallax::traffic
