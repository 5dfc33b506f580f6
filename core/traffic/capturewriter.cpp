// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "traffic/captureschema.h"
#include "traffic/capturewriterprivate.h"
#include "traffic/errors.h"

#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace parallax::traffic {

CaptureWriter::CaptureWriter(std::unique_ptr<Private> p)
    : d(std::move(p))
{}

CaptureWriter::~CaptureWriter()
{
    if (d->database.isOpen())
        (void)close();
}

Result<std::unique_ptr<CaptureWriter>> CaptureWriter::open(const QString &path, Mode mode, Options options)
{
    const bool isNew = mode == Mode::CreateNew || !QFileInfo::exists(path);
    Result<sqlite::Database> database =
        sqlite::Database::open(path, isNew ? sqlite::Access::Create : sqlite::Access::ReadWrite);
    if (!database)
        return tl::unexpected(database.error());
    if (isNew) {
        if (Status made = schema::create(*database); !made)
            return tl::unexpected(made.error());
    } else {
        const Result<int> version = schema::version(*database);
        if (!version)
            return tl::unexpected(version.error());
        if (Status migrated = schema::migrate(*database, *version); !migrated)
            return tl::unexpected(migrated.error());
        if (Status settled = schema::settleInterrupted(*database); !settled)
            return tl::unexpected(settled.error());
    }
    if (Status entered = schema::enterWriter(*database); !entered)
        return tl::unexpected(entered.error());
    for (auto it = options.properties.cbegin(); it != options.properties.cend(); ++it) {
        if (Status written = schema::writeProperty(*database, it.key(), it.value()); !written) {
            (void)schema::leaveWriter(*database);
            return tl::unexpected(written.error());
        }
    }
    auto d = std::make_unique<Private>(std::move(options), *std::move(database));
    if (Status ready = d->prepare(); !ready) {
        (void)schema::leaveWriter(d->database);
        return tl::unexpected(ready.error());
    }
    return std::unique_ptr<CaptureWriter>(new CaptureWriter(std::move(d)));
}

Result<ExchangeId> CaptureWriter::append(const Exchange &exchange)
{
    if (Status begun = d->begin(); !begun)
        return d->undo(begun.error());
    std::optional<Exchange> changed = d->redactor.redacted(exchange);
    d->shorten(changed, exchange);
    const ExchangeId id{d->lastId + 1};
    if (Status written = d->writeExchange(id, changed ? *changed : exchange); !written)
        return d->undo(written.error());
    d->lastId = id.value;
    return id;
}

Status CaptureWriter::updateMirror(ExchangeId id, std::size_t index, const Reply &reply)
{
    if (Status begun = d->beginWritten(); !begun)
        return d->undo(begun.error());
    QString endpoint;
    if (!d->options.redaction.perEndpoint.isEmpty()) {
        d->findEndpoint.bind(1, static_cast<qint64>(id.value));
        const sqlite::Step step = d->findEndpoint.step();
        if (step == sqlite::Step::Row)
            endpoint = d->findEndpoint.text(0);
        d->findEndpoint.reset();
        if (step == sqlite::Step::Failed)
            return d->undo(d->database.lastError());
    }
    Reply kept = d->redactor.redacted(reply, endpoint).value_or(reply);
    if (std::optional<Body> body = d->shortened(kept.body))
        kept.body = *std::move(body);
    const Result<qint64> respondent = d->respondentRow(kept);
    if (!respondent)
        return d->undo(respondent.error());
    d->raw.clear();
    d->storingFor = id.value;
    d->storeError.reset();
    encodeReply(kept, d->raw, d->store);
    if (d->storeError)
        return d->undo(*d->storeError);
    const std::array<qint64, 9> columns{schema::mirrorRow(id, index + 1),
                                        *respondent,
                                        static_cast<qint64>(kept.state),
                                        static_cast<qint64>(kept.dropReason),
                                        static_cast<qint64>(kept.outcome),
                                        static_cast<qint64>(kept.differences),
                                        static_cast<qint64>(kept.status),
                                        kept.body.length,
                                        static_cast<qint64>(kept.timings.done.count())};
    for (std::size_t i = 0; i < columns.size(); ++i)
        d->updateMirror.bind(static_cast<int>(i) + 1, columns[i]);
    const bool hasDictionary = d->compressor.hasDictionary();
    const QByteArrayView packed =
        d->compressor.compress({d->raw.data(), static_cast<qsizetype>(d->raw.size())}, hasDictionary);
    d->updateMirror.bind(10, hasDictionary ? std::optional<qint64>(d->dictionary) : std::nullopt);
    d->updateMirror.bindBlob(11, packed);
    d->bytesSinceQuota += packed.size();
    return runOnRow(d->updateMirror, id);
}

/// For statements with RETURNING: one that returns no row has found none.
Status CaptureWriter::runOnRow(sqlite::Statement &statement, ExchangeId id)
{
    const sqlite::Step first = statement.step();
    const bool done = first != sqlite::Step::Failed && statement.run();
    if (!done)
        return d->undo(d->database.lastError());
    if (first == sqlite::Step::Done)
        return fail(kNoSuchExchange, {{u"file"_s, path()}, {u"id"_s, id.value}});
    return {};
}

Status CaptureWriter::updateOutcome(ExchangeId id, std::size_t index, Outcome outcome, int differences)
{
    if (Status begun = d->beginWritten(); !begun)
        return d->undo(begun.error());
    d->updateOutcome.bind(1, schema::mirrorRow(id, index + 1));
    d->updateOutcome.bind(2, static_cast<qint64>(outcome));
    d->updateOutcome.bind(3, static_cast<qint64>(differences));
    return runOnRow(d->updateOutcome, id);
}

Status CaptureWriter::setTags(ExchangeId id, const QStringList &tags)
{
    return setText(0, id, joinedTags(tags));
}

Status CaptureWriter::setNote(ExchangeId id, const QString &note)
{
    return setText(1, id, note.toUtf8());
}

Status CaptureWriter::setText(int which, ExchangeId id, const QByteArray &text)
{
    if (Status begun = d->beginWritten(); !begun)
        return d->undo(begun.error());
    d->updateText[which].bind(1, static_cast<qint64>(id.value));
    d->updateText[which].bindTextOrNull(2, text);
    return runOnRow(d->updateText[which], id);
}

Status CaptureWriter::commit()
{
    if (d->database.isInTransaction()) {
        if (Status written = d->beginWritten(); !written)
            return d->undo(written.error());
        if (Status done = d->database.execute("COMMIT"); !done)
            return d->undo(done.error());
        d->committedId = d->lastId;
    }
    // What follows only saves space: when it fails, what was asked for is on disk all the same.
    (void)d->trainWhenDue(false);
    (void)d->enforceQuota();
    return {};
}

Status CaptureWriter::close()
{
    Status result = commit();
    if (result)
        (void)d->trainWhenDue(true);
    if (result && d->mayHavePending)
        result = schema::markInterrupted(d->database);
    if (Status left = schema::leaveWriter(d->database); result && !left)
        result = left;
    d->exchanges.finish();
    d->mirrors.finish();
    for (sqlite::Statement *statement :
         {&d->insertRoute, &d->insertRespondent, &d->updateMirror, &d->updateOutcome, &d->updateText[0],
          &d->updateText[1], &d->insertBody, &d->findBody, &d->touchBody, &d->findEndpoint})
        *statement = {};
    if (result && d->isWorthVacuuming())
        (void)d->database.execute("VACUUM");
    if (Status checkpointed = d->database.execute("PRAGMA wal_checkpoint(TRUNCATE)"); result && !checkpointed)
        result = checkpointed;
    d->database.close();
    return result;
}

const QString &CaptureWriter::path() const
{
    return d->database.path();
}

qint64 CaptureWriter::removedByQuota() const
{
    return d->removed;
}

} // namespace parallax::traffic
