// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/redactionoption.h"
#include "traffic/errors.h"
#include "traffic/exportjob.h"

#include <CLI/CLI.hpp>

using namespace Qt::StringLiterals;

namespace parallax::cli {

namespace {

struct ExportFlags
{
    std::string capture;
    std::string format;
    std::string out;
    std::string origin;
    RedactionOption redaction;
    bool force = false;
};

int exportCapture(const Console &console, const ExportFlags &flags)
{
    const Result<traffic::RedactionRules> rules = flags.redaction.rules();
    if (!rules)
        return console.fail(rules.error());
    traffic::ExportJob job;
    job.source = QString::fromStdString(flags.capture);
    job.format = QString::fromStdString(flags.format);
    job.out = QString::fromStdString(flags.out);
    job.replaces = flags.force;
    job.redaction = *rules;
    if (!flags.origin.empty())
        job.how.origin = QByteArray::fromStdString(flags.origin);
    const Result<traffic::ExportReport> report = traffic::exportTraffic(job);
    if (!report)
        return console.fail(report.error(), report.error().code == traffic::kUnknownExport ? UsageError : CouldNotRun);
    for (const Error &reason : report->reasons)
        console.warn(reason);
    if (console.json)
        console.printJson(QJsonObject{{u"written"_s, report->written}, {u"skipped"_s, report->skipped}});
    else
        console.print(u"%1 written, %2 skipped"_s.arg(report->written).arg(report->skipped));
    return Done;
}

} // namespace

void addExport(CLI::App &parser, Invocation &invocation)
{
    CLI::App *command = parser.add_subcommand("export", "Write a capture in another format");
    auto flags = std::make_shared<ExportFlags>();
    command->add_option("CAPTURE", flags->capture, "What to write")->required();
    command->add_option("--to", flags->format, "The format")->required()->type_name("FORMAT");
    command->add_option("--out", flags->out, "The file to make")->required()->type_name("FILE");
    command->add_option("--origin", flags->origin, "Scheme and host for formats that want whole URLs")
        ->type_name("URL");
    flags->redaction.addTo(*command);
    command->add_flag("--force", flags->force, "Replace an existing file");
    command->callback([&invocation, flags] {
        invocation.run = [&invocation, flags] { return exportCapture(invocation.console, *flags); };
    });
}

} // namespace parallax::cli
