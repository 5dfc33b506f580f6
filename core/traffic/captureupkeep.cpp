// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What CaptureWriter does between transactions: its dictionary and its quota.
#include "traffic/capturewriterprivate.h"

using namespace Qt::StringLiterals;

namespace parallax::traffic {

namespace {

constexpr std::size_t kTrainingSamples = 256;
constexpr qsizetype kTrainingBytes = 512 * 1024; // or so much: training takes as long as a few transactions
constexpr std::size_t kFewestSamples = 16;
constexpr qint64 kMostRepacked = 10'000; // rows of the transaction that the samples are of
constexpr std::size_t kLargestSample = 16 * 1024;
constexpr qsizetype kLargestDictionary = 32 * 1024;
constexpr qint64 kLeastHoles = 16;                 // a file is copied to win back at least this part of it,
constexpr qint64 kMostVacuumed = 64 * 1024 * 1024; // and no larger one

} // namespace

void CaptureWriter::Private::sample(ExchangeId id)
{
    if (dictionary != 0 || isTrained || hasEnoughSamples() || raw.size() > kLargestSample)
        return;
    if (samples.empty())
        firstSample = id.value;
    samples.emplace_back(raw.data(), static_cast<qsizetype>(raw.size()));
    sampledBytes += samples.back().size();
}

bool CaptureWriter::Private::hasEnoughSamples() const
{
    return samples.size() >= kTrainingSamples || sampledBytes >= kTrainingBytes;
}

/// Between transactions. The dictionary is stored, and what was written without it is compressed again.
Status CaptureWriter::Private::adoptDictionary(const QByteArray &bytes)
{
    if (bytes.isEmpty())
        return {};
    if (Status begun = begin(); !begun)
        return begun;
    Result<sqlite::Statement> insert = database.prepare("INSERT INTO dictionary(bytes) VALUES(?1)");
    if (!insert)
        return undo(insert.error());
    insert->bindBlob(1, bytes);
    if (!insert->run())
        return undo(database.lastError());
    const qint64 row = database.lastInsertId();
    compressor.setDictionary(bytes);
    if (Status repacked = repack(row); !repacked)
        return undo(repacked.error());
    if (Status done = database.execute("COMMIT"); !done)
        return undo(done.error());
    dictionary = row;
    return {};
}

Status CaptureWriter::Private::repack(qint64 row)
{
    Result<sqlite::Statement> select =
        database.prepare("SELECT id, payload FROM exchange WHERE id >= ?1 AND dictionary IS NULL ORDER BY id LIMIT ?2");
    Result<sqlite::Statement> update =
        database.prepare("UPDATE exchange SET dictionary = ?2, payload = ?3 WHERE id = ?1");
    if (!select || !update)
        return fail(database.lastError());
    select->bind(1, static_cast<qint64>(firstSample));
    select->bind(2, kMostRepacked);
    ZstdDecompressor decompressor;
    sqlite::Step step = sqlite::Step::Row;
    while ((step = select->step()) == sqlite::Step::Row) {
        const auto payload = decompressor.decompress(select->bytes(1), 0, options.maxBodyBytes * 8);
        if (!payload)
            continue;
        const QByteArrayView packed = compressor.compress(*payload, true);
        holes += std::max<qint64>(0, select->bytes(1).size() - packed.size());
        update->bind(1, select->integer(0));
        update->bind(2, row);
        update->bindBlob(3, packed);
        if (!update->run())
            return fail(database.lastError());
    }
    return step == sqlite::Step::Done ? Status() : fail(database.lastError());
}

/// At once and here: what comes in the meantime waits, and need not be written twice.
Status CaptureWriter::Private::trainWhenDue(bool isLast)
{
    if (dictionary != 0 || isTrained || !(hasEnoughSamples() || (isLast && samples.size() >= kFewestSamples)))
        return {};
    isTrained = true;
    const qsizetype size = std::clamp<qsizetype>(sampledBytes / 16, 1024, kLargestDictionary);
    return adoptDictionary(trainDictionary(std::exchange(samples, {}), size, options.compressionLevel));
}

/// Between transactions. Removes whole batches of the oldest until the used pages fit.
Status CaptureWriter::Private::enforceQuota()
{
    if (options.quotaBytes <= 0 || bytesSinceQuota < std::min<qint64>(options.quotaBytes / 64, 4 * 1024 * 1024))
        return {};
    bytesSinceQuota = 0;
    for (int round = 0; round < 64; ++round) {
        const auto used = database.integer("SELECT (page_count - freelist_count) * page_size FROM "
                                           "pragma_page_count, pragma_freelist_count, pragma_page_size");
        if (!used)
            return tl::unexpected(used.error());
        if (used->value_or(0) <= options.quotaBytes)
            return {};
        const auto first = database.integer("SELECT min(id) FROM exchange");
        if (!first)
            return tl::unexpected(first.error());
        const qint64 oldest = first->value_or(0);
        const qint64 count = static_cast<qint64>(lastId) - oldest + 1;
        if (count <= 1)
            return {};
        const qint64 keepFrom = oldest + std::max<qint64>(1, count / 20);
        const QByteArray from = QByteArray::number(keepFrom);
        const QByteArray sql = "BEGIN IMMEDIATE; DELETE FROM exchange WHERE id < " + from +
                               "; DELETE FROM mirror WHERE id < " + from +
                               " << 8; DELETE FROM body WHERE last_exchange < " + from + "; COMMIT";
        if (Status done = database.execute(sql.constData()); !done)
            return undo(done.error());
        removed += keepFrom - oldest;
        bodies.clear();
    }
    return {};
}

bool CaptureWriter::Private::isWorthVacuuming() const
{
    if (holes == 0)
        return false;
    const auto size = database.integer("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size");
    return size && size->value_or(0) < kMostVacuumed && holes > size->value_or(0) / kLeastHoles;
}

} // namespace parallax::traffic
