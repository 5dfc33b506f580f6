// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/errors.h"
#include "base/errors.h"
#include "traffic/capturestore.h"
#include "traffic/trafficsource.h"
#include "ui/wording/wording.h"

#include <CLI/CLI.hpp>

#include <QFileInfo>
#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace parallax::cli {

namespace {

constexpr qint64 kBatch = 2000; // exchanges a transaction

struct ImportOptions
{
    std::vector<std::string> files;
    std::string out;
    std::string format;
    std::string endpoint;
    bool force = false;
};

/// Reads the files one after the other into one capture.
class Import
{
public:
    Import(const Console &console, traffic::CaptureWriter &writer)
        : m_console(console)
        , m_writer(writer)
    {}

    [[nodiscard]] Status read(const QString &path, const ImportOptions &options)
    {
        const Result<traffic::TrafficSource> source =
            traffic::TrafficSource::open(path, QString::fromStdString(options.format));
        if (!source)
            return fail(source.error());
        traffic::ImportOptions how;
        how.file = path;
        how.endpoint = QString::fromStdString(options.endpoint);
        how.progress = [this](qint64 done, qint64 total) {
            const QString share = total > 0 ? u" %1%"_s.arg(100 * done / total) : QString();
            m_console.progress(u"read %1 exchanges%2"_s.arg(m_read).arg(share));
        };
        Status failure;
        const Result<traffic::ImportSummary> summary = source->forEach(
            [this, &failure](traffic::Exchange &&exchange) {
                const Result<traffic::ExchangeId> id = m_writer.append(exchange);
                if (!id)
                    failure = fail(id.error());
                else if (++m_read % kBatch == 0)
                    failure = m_writer.commit();
                return failure.has_value();
            },
            how);
        if (!failure)
            return failure;
        if (!summary)
            return fail(summary.error());
        m_skipped += summary->skipped;
        m_reasons += summary->reasons;
        return m_writer.commit();
    }

    [[nodiscard]] qint64 readCount() const { return m_read; }
    [[nodiscard]] qint64 skippedCount() const { return m_skipped; }
    [[nodiscard]] const QList<Error> &reasons() const { return m_reasons; }

private:
    const Console &m_console;
    traffic::CaptureWriter &m_writer;
    qint64 m_read = 0;
    qint64 m_skipped = 0;
    QList<Error> m_reasons;
};

int importFiles(const Console &console, const ImportOptions &options)
{
    const QString out = QString::fromStdString(options.out);
    for (const std::string &file : options.files) {
        const QString path = QString::fromStdString(file);
        if (!QFileInfo::exists(path))
            return console.fail({base::kFileNotFound, {{u"file"_s, path}}, {path}, {}});
    }
    if (QFileInfo::exists(out)) {
        if (!options.force)
            return console.fail({base::kFileExists, {{u"file"_s, out}}, {out}, {}});
        if (!QFile::remove(out))
            return console.fail({base::kFileNotWritten, {{u"file"_s, out}}, {out}, u"cannot be replaced"_s});
    }
    auto writer = traffic::CaptureWriter::open(out, traffic::CaptureWriter::Mode::CreateNew);
    if (!writer)
        return console.fail(writer.error());
    Import import(console, **writer);
    for (const std::string &file : options.files) {
        if (const Status status = import.read(QString::fromStdString(file), options); !status) {
            [[maybe_unused]] const Status closed = (*writer)->close();
            if (import.readCount() == 0)
                QFile::remove(out);
            return console.fail(status.error(), import.readCount() == 0 ? DoesNotHold : CouldNotRun);
        }
    }
    if (const Status closed = (*writer)->close(); !closed)
        return console.fail(closed.error());

    if (console.json) {
        QJsonArray reasons;
        for (const Error &reason : import.reasons())
            reasons.append(QJsonObject{{u"code"_s, reason.code.toString()},
                                       {u"text"_s, wording::text(reason)},
                                       {u"file"_s, reason.where.file},
                                       {u"line"_s, reason.where.line}});
        console.printJson(QJsonObject{
            {u"read"_s, import.readCount()}, {u"skipped"_s, import.skippedCount()}, {u"reasons"_s, reasons}});
    } else {
        for (const Error &reason : import.reasons())
            console.warn(reason);
        console.print(u"%1 read, %2 skipped"_s.arg(import.readCount()).arg(import.skippedCount()));
    }
    if (import.readCount() == 0) {
        QFile::remove(out);
        return DoesNotHold;
    }
    return Done;
}

} // namespace

void addImport(CLI::App &parser, Invocation &invocation)
{
    CLI::App *command = parser.add_subcommand("import", "Read traffic of any known format into a capture");
    auto options = std::make_shared<ImportOptions>();
    command->add_option("FILE", options->files, "What to read")->required();
    command->add_option("--out", options->out, "The capture to make")->required()->type_name("CAPTURE");
    command->add_option("--from", options->format, "The format (default: by content)")->type_name("FORMAT");
    command->add_option("--endpoint", options->endpoint, "The endpoint of requests that name none")->type_name("NAME");
    command->add_flag("--force", options->force, "Replace an existing capture");
    command->callback([&invocation, options] {
        invocation.run = [&invocation, options] { return importFiles(invocation.console, *options); };
    });
}

} // namespace parallax::cli
