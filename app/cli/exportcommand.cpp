// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/redactionoption.h"
#include "base/errors.h"
#include "traffic/exporter.h"
#include "traffic/trafficsource.h"

#include <CLI/CLI.hpp>

#include <QFileInfo>
#include <QSaveFile>

using namespace Qt::StringLiterals;

namespace parallax::cli {

namespace {

struct ExportOptions
{
    std::string capture;
    std::string format;
    std::string out;
    std::string origin;
    RedactionOption redaction;
    bool force = false;
};

int exportCapture(const Console &console, const ExportOptions &options)
{
    const QString out = QString::fromStdString(options.out);
    const auto exporter = traffic::exporterNamed(QString::fromStdString(options.format));
    if (!exporter)
        return console.fail(exporter.error(), UsageError);
    const Result<traffic::TrafficSource> source = traffic::TrafficSource::open(QString::fromStdString(options.capture));
    if (!source)
        return console.fail(source.error());
    const Result<traffic::RedactionRules> rules = options.redaction.rules();
    if (!rules)
        return console.fail(rules.error());
    if (QFileInfo::exists(out) && !options.force)
        return console.fail({base::kFileExists, {{u"file"_s, out}}, {out}, {}});

    // Written beside the target and renamed only when all of it is there: an export is never half a file.
    QSaveFile file(out);
    if (!file.open(QIODevice::WriteOnly))
        return console.fail({base::kFileNotWritten, {{u"file"_s, out}}, {out}, file.errorString()});
    traffic::ExportOptions how;
    if (!options.origin.empty())
        how.origin = QByteArray::fromStdString(options.origin);
    const std::unique_ptr<traffic::ExportWriter> writer = (*exporter)->make(file, how);
    // What comes from a capture has no secrets left; what comes from elsewhere may.
    traffic::Redactor redactor(*rules, traffic::redactionKey());
    Status failure;
    qint64 written = 0;
    qint64 skipped = 0;
    const Result<traffic::ImportSummary> summary = source->forEach([&](traffic::Exchange &&exchange) {
        const Status status = writer->write(redactor.redacted(exchange).value_or(std::move(exchange)));
        if (status) {
            ++written;
        } else if (file.error() != QFileDevice::NoError) {
            failure = status;
            return false;
        } else {
            ++skipped;
            console.warn(status.error());
        }
        return true;
    });
    if (failure && summary)
        failure = writer->finish();
    if (!failure || !summary || !file.flush() || !file.commit()) {
        file.cancelWriting();
        if (!failure)
            return console.fail(failure.error());
        if (!summary)
            return console.fail(summary.error());
        return console.fail({base::kFileNotWritten, {{u"file"_s, out}}, {out}, file.errorString()});
    }
    if (console.json)
        console.printJson(QJsonObject{{u"written"_s, written}, {u"skipped"_s, skipped}});
    else
        console.print(u"%1 written, %2 skipped"_s.arg(written).arg(skipped));
    return Done;
}

} // namespace

void addExport(CLI::App &parser, Invocation &invocation)
{
    CLI::App *command = parser.add_subcommand("export", "Write a capture in another format");
    auto options = std::make_shared<ExportOptions>();
    command->add_option("CAPTURE", options->capture, "What to write")->required();
    command->add_option("--to", options->format, "The format")->required()->type_name("FORMAT");
    command->add_option("--out", options->out, "The file to make")->required()->type_name("FILE");
    command->add_option("--origin", options->origin, "Scheme and host for formats that want whole URLs")
        ->type_name("URL");
    options->redaction.addTo(*command);
    command->add_flag("--force", options->force, "Replace an existing file");
    command->callback([&invocation, options] {
        invocation.run = [&invocation, options] { return exportCapture(invocation.console, *options); };
    });
}

} // namespace parallax::cli
