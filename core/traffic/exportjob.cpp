// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "traffic/exportjob.h"

#include "base/errors.h"
#include "traffic/trafficsource.h"

#include <QFileInfo>
#include <QSaveFile>

using namespace Qt::StringLiterals;

namespace parallax::traffic {

namespace {

/// Hands what is wanted to `take` until that answers false.
Status forEachWanted(const ExportJob &job, const std::function<bool(Exchange &&)> &take)
{
    for (const ExchangePtr &exchange : job.exchanges) {
        if (!take(Exchange(*exchange)))
            return {};
    }
    if (!job.exchanges.empty())
        return {};
    const Result<TrafficSource> source = TrafficSource::open(job.source);
    if (!source)
        return fail(source.error());
    ImportOptions how;
    how.file = job.source;
    how.stop = job.stop;
    const Result<ImportSummary> summary = source->forEach(
        [&](Exchange &&exchange) {
            return (!job.ids.empty() && !job.ids.contains(exchange.id)) || take(std::move(exchange));
        },
        how);
    return summary ? Status() : fail(summary.error());
}

} // namespace

Result<ExportReport> exportTraffic(const ExportJob &job)
{
    const Result<const Exporter *> exporter = exporterNamed(job.format);
    if (!exporter)
        return fail(exporter.error());
    if (QFileInfo::exists(job.out) && !job.replaces)
        return fail({base::kFileExists, {{u"file"_s, job.out}}, {job.out}, {}});
    QSaveFile file(job.out);
    const auto notWritten = [&] {
        return fail({base::kFileNotWritten, {{u"file"_s, job.out}}, {job.out}, file.errorString()});
    };
    if (!file.open(QIODevice::WriteOnly))
        return notWritten();
    const std::unique_ptr<ExportWriter> writer = (*exporter)->make(file, job.how);
    // What comes from a capture has no secrets left; what comes from elsewhere may.
    Redactor redactor(job.redaction, job.redactionKey.isEmpty() ? redactionKey() : job.redactionKey);
    ExportReport report;
    bool hasFailed = false;
    const Status read = forEachWanted(job, [&](Exchange &&exchange) {
        const Status status = writer->write(redactor.redacted(exchange).value_or(std::move(exchange)));
        hasFailed = file.error() != QFileDevice::NoError;
        if (status) {
            ++report.written;
        } else if (!hasFailed) {
            ++report.skipped;
            if (report.reasons.size() < ExportReport::kKeptReasons)
                report.reasons.append(status.error());
        }
        return !hasFailed && !job.stop.stop_requested();
    });
    const bool isStopped = job.stop.stop_requested();
    if (!read || hasFailed || isStopped || !writer->finish() || !file.flush() || !file.commit()) {
        file.cancelWriting();
        if (!read)
            return fail(read.error());
        if (isStopped)
            return fail({base::kCancelled, {}, {job.out}, {}});
        return notWritten();
    }
    return report;
}

} // namespace parallax::traffic
