// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "traffic/importjob.h"

#include "base/errors.h"
#include "traffic/errors.h"
#include "traffic/trafficsource.h"

#include <QFile>
#include <QFileInfo>

#include <filesystem>

using namespace Qt::StringLiterals;

namespace parallax::traffic {

namespace {

constexpr qint64 kBatch = 2000; // exchanges a transaction

/// Everything of all files, one after the other.
Status readAll(const ImportJob &job, const ExchangeConsumer &consumer, ImportReport &report)
{
    for (const QString &file : job.files) {
        const Result<TrafficSource> source = TrafficSource::open(file, job.format);
        if (!source)
            return fail(source.error());
        ImportOptions how = job.how;
        how.file = file;
        const Result<ImportSummary> summary = source->forEach(consumer, how);
        if (!summary)
            return fail(summary.error());
        report.skipped += summary->skipped;
        report.reasons += summary->reasons;
        for (const auto &[code, count] : summary->counts)
            report.counts[code] += count;
        report.formats.append(summary->format);
        report.hasTimes = report.hasTimes && summary->hasTimes;
        if (job.how.stop.stop_requested())
            return fail({base::kCancelled, {}, {file}, {}});
        if (summary->wasStopped)
            return {}; // the consumer has had enough, and knows why
    }
    return {};
}

Status fill(const ImportJob &job, CaptureWriter &writer, ImportReport &report)
{
    Status written;
    const Status read = readAll(
        job,
        [&](Exchange &&exchange) {
            const Result<ExchangeId> id = writer.append(exchange);
            if (!id)
                written = fail(id.error());
            else if (++report.read % kBatch == 0)
                written = writer.commit();
            return written.has_value();
        },
        report);
    return written ? read : written;
}

void removeCapture(const QString &path)
{
    for (const QString &suffix : {u""_s, u"-wal"_s, u"-shm"_s})
        QFile::remove(path + suffix);
}

/// kCaptureBusy when another process writes the capture that is to be replaced.
Status checkFree(const QString &path)
{
    if (!QFileInfo::exists(path))
        return {};
    const auto there = CaptureReader::open(path);
    if (there && (*there)->hasLivingWriter())
        return fail({kCaptureBusy, {{u"file"_s, path}, {u"pid"_s, u"?"_s}}, {path}, {}});
    return {};
}

/// The user has never heard of the file beside.
Error named(Error error, const QString &unfinished, const QString &out)
{
    if (error.where.file == unfinished)
        error.where.file = out;
    if (error.args.value(u"file"_s).toString() == unfinished)
        error.args.insert(u"file"_s, out);
    return error;
}

} // namespace

Result<ImportReport> importIntoCapture(const ImportJob &job)
{
    if (QFileInfo::exists(job.out) && !job.replaces)
        return fail({base::kFileExists, {{u"file"_s, job.out}}, {job.out}, {}});
    if (const Status free = checkFree(job.out); !free)
        return fail(free.error());
    const QString unfinished = job.out + u".importing"_s;
    removeCapture(unfinished);
    auto writer = CaptureWriter::open(unfinished, CaptureWriter::Mode::CreateNew, job.capture);
    if (!writer) {
        removeCapture(unfinished);
        return fail(named(writer.error(), unfinished, job.out));
    }
    ImportReport report;
    Status done = fill(job, **writer, report);
    if (const Status closed = (*writer)->close(); done && !closed)
        done = closed;
    if (!done || report.read == 0) {
        removeCapture(unfinished);
        if (!done)
            return fail(named(done.error(), unfinished, job.out));
        return report;
    }
    for (const QString &suffix : {u"-wal"_s, u"-shm"_s})
        QFile::remove(job.out + suffix); // of what is replaced; it would be played into the new one
    std::error_code code;
    std::filesystem::rename(QFile::encodeName(unfinished).toStdString(), QFile::encodeName(job.out).toStdString(),
                            code);
    if (code) {
        removeCapture(unfinished);
        return fail({base::kFileNotWritten, {{u"file"_s, job.out}}, {job.out}, QString::fromStdString(code.message())});
    }
    return report;
}

Result<ImportReport> previewImport(const ImportJob &job, int examples, qint64 most)
{
    ImportReport report;
    Redactor redactor(job.capture.redaction,
                      job.capture.redactionKey.isEmpty() ? redactionKey() : job.capture.redactionKey);
    const Status read = readAll(
        job,
        [&](Exchange &&exchange) {
            ++report.read;
            for (const QString &place : redactor.wouldReplace(exchange))
                ++report.masked[place];
            if (report.first.size() < static_cast<std::size_t>(examples))
                report.first.push_back(redactor.redacted(exchange).value_or(std::move(exchange)));
            return most == 0 || report.read < most;
        },
        report);
    if (!read)
        return fail(read.error());
    return report;
}

} // namespace parallax::traffic
