// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Captures: one file NAME.parallax, SQLite in WAL mode. Layout: docs/capture-format.md.
#pragma once

#include "base/result.h"
#include "traffic/exchange.h"
#include "traffic/redaction.h"

#include <QMap>

#include <functional>
#include <map>
#include <memory>
#include <stop_token>
#include <vector>

namespace parallax::traffic {

namespace sqlite {
class Statement;
}

/// Appends exchanges to a capture. The only writer: a second one, in whatever process, gets kCaptureBusy. Used by one
/// thread at a time, owned by the recorder or an import. Everything goes through the redactor before it is written.
///
/// append(), updateMirror() and updateOutcome() open a transaction when none is open; commit() makes it durable against
/// a kill of the process (and the next checkpoint against a loss of power). When any call fails, the transaction is
/// rolled back: what was committed stays, ids given since then are void and will be given again.
class CaptureWriter
{
public:
    enum class Mode {
        CreateNew, ///< kFileExists when it is there
        Append,    ///< opens what is there, makes it when missing
    };

    struct Options
    {
        qint64 maxBodyBytes = 16 * 1024 * 1024;  ///< longer bodies are kept truncated
        qint64 truncatedBodyBytes = 1024 * 1024; ///< this much of them
        qint64 quotaBytes = 0;                   ///< size of the file beyond which the oldest go; 0 = none
        int compressionLevel = 1;
        RedactionRules redaction = RedactionRules::defaults();
        QByteArray redactionKey; ///< empty: the user's own, made on first use
        /// Kept beside the exchanges, for instance the plan of the run that they come from. Not redacted. Replaces what
        /// an existing capture has under the same key.
        QMap<QString, QByteArray> properties{};
    };

    [[nodiscard]] static Result<std::unique_ptr<CaptureWriter>> open(const QString &path, Mode mode, Options options);
    [[nodiscard]] static Result<std::unique_ptr<CaptureWriter>> open(const QString &path, Mode mode)
    {
        return open(path, mode, Options{});
    }
    /// Closes without a word when close() was not called; errors are lost then.
    ~CaptureWriter();
    CaptureWriter(const CaptureWriter &) = delete;
    CaptureWriter &operator=(const CaptureWriter &) = delete;

    /// Ids count from 1 without gaps, in the order of the calls. `exchange.id` is ignored.
    [[nodiscard]] Result<ExchangeId> append(const Exchange &exchange);
    /// The answer of a mirror that was Pending when its exchange was appended. `index` counts from 0.
    [[nodiscard]] Status updateMirror(ExchangeId id, std::size_t index, const Reply &reply);
    [[nodiscard]] Status updateOutcome(ExchangeId id, std::size_t index, Outcome outcome, int differences);
    [[nodiscard]] Status setTags(ExchangeId id, const QStringList &tags);
    [[nodiscard]] Status setNote(ExchangeId id, const QString &note);
    [[nodiscard]] Status commit();
    /// Commits, marks what is still pending as interrupted, checkpoints, removes -wal and -shm.
    [[nodiscard]] Status close();

    [[nodiscard]] const QString &path() const;
    /// How many old exchanges the quota has removed.
    [[nodiscard]] qint64 removedByQuota() const;

private:
    struct Private;
    explicit CaptureWriter(std::unique_ptr<Private> p);
    [[nodiscard]] Status runOnRow(sqlite::Statement &statement, ExchangeId id);
    [[nodiscard]] Status setText(int which, ExchangeId id, const QByteArray &text);
    std::unique_ptr<Private> d;
};

/// One line of a traffic table: what the columns have, without headers and bodies.
struct ExchangeRow
{
    struct Mirror
    {
        QString name;
        AnswerState state = AnswerState::Pending;
        DropReason dropReason = DropReason::None;
        Outcome outcome = Outcome::Pending;
        int differences = 0;
        int status = 0;
        qint64 replyBytes = 0;
        Nanoseconds done{-1};
        friend bool operator==(const Mirror &, const Mirror &) = default;
    };

    ExchangeId id;
    std::optional<WallTime> arrival;
    QString endpoint;
    QByteArray method;
    QByteArray target;
    qint64 requestBytes = 0;
    QString primary;
    AnswerState state = AnswerState::Pending;
    int status = 0;
    qint64 replyBytes = 0;
    Nanoseconds done{-1};
    bool isClientAborted = false;
    bool isWarmup = false;
    bool hasRecorded = false;
    QStringList tags;
    QString note;
    std::vector<Mirror> mirrors;
    friend bool operator==(const ExchangeRow &, const ExchangeRow &) = default;
};

/// Reads a capture, also one that another process (or thread) is writing: each call sees what was committed before it.
/// Never changes an exchange. One thread at a time. A mirror that was running when the writer died reads as dropped,
/// reason interrupted.
class CaptureReader
{
public:
    /// kFileNotFound, kNoCapture, kCaptureNewer, kCaptureCorrupt, kCaptureNotOpened.
    [[nodiscard]] static Result<std::unique_ptr<CaptureReader>> open(const QString &path);
    ~CaptureReader();
    CaptureReader(const CaptureReader &) = delete;
    CaptureReader &operator=(const CaptureReader &) = delete;

    [[nodiscard]] const QString &path() const;
    /// Whether another process is writing it now.
    [[nodiscard]] bool hasLivingWriter() const;

    // Ids are without gaps between first and last; both are 0 when the capture is empty. All cheap.
    [[nodiscard]] Result<ExchangeId> firstId() const;
    [[nodiscard]] Result<ExchangeId> lastId() const;
    [[nodiscard]] Result<qint64> count() const;
    /// What the writer was given under this key; empty when nothing.
    [[nodiscard]] Result<QByteArray> property(const QString &key) const;
    /// Endpoints with at least one exchange, sorted.
    [[nodiscard]] Result<QStringList> endpoints() const;
    /// Pairs by mirror's name and outcome. Reads the columns of every pair.
    [[nodiscard]] Result<std::map<QString, std::map<Outcome, qint64>>> outcomes() const;

    /// Up to `limit` rows with ids above `after`, ascending.
    [[nodiscard]] Result<std::vector<ExchangeRow>> rowsAfter(ExchangeId after, int limit) const;
    /// Up to `limit` rows with ids below `before`, ascending: the page before.
    [[nodiscard]] Result<std::vector<ExchangeRow>> rowsBefore(ExchangeId before, int limit) const;
    /// kNoSuchExchange when there is none.
    [[nodiscard]] Result<Exchange> exchange(ExchangeId id) const;

    /// Calls back with every exchange in the order of ids; false from it, or a stop, ends the walk (no error).
    [[nodiscard]] Status forEach(const std::function<bool(Exchange &&)> &callback, const std::stop_token &stop = {},
                                 ExchangeId after = {}) const;
    /// Calls back with the id of every exchange whose target, headers or bodies contain `needle`, bytes with ASCII
    /// letters of either case, as they are found, in the order of ids. False from it, or a stop, ends the search. An
    /// empty needle finds nothing. Bodies in a content coding are searched as they are.
    [[nodiscard]] Status search(const QByteArray &needle, const std::function<bool(ExchangeId)> &callback,
                                const std::stop_token &stop = {}, ExchangeId after = {}) const;

private:
    struct Private;
    explicit CaptureReader(std::unique_ptr<Private> p);
    std::unique_ptr<Private> d;
};

} // namespace parallax::traffic
