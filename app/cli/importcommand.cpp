// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/errors.h"
#include "app/cli/redactionoption.h"
#include "base/errors.h"
#include "base/signalwatcher.h"
#include "base/text.h"
#include "traffic/importjob.h"
#include "ui/wording/wording.h"

#include <CLI/CLI.hpp>

#include <QEventLoop>
#include <QFileInfo>
#include <QJsonArray>

#include <atomic>
#include <thread>

using namespace Qt::StringLiterals;

namespace parallax::cli {

namespace {

struct ImportFlags
{
    std::vector<std::string> files;
    std::string out;
    std::string format;
    std::string endpoint;
    std::string target;
    std::string folder;
    std::vector<std::string> columns;
    std::vector<std::string> renames;
    std::vector<std::string> types;
    std::optional<std::string> wrap;
    RedactionOption redaction;
    bool asList = false;
    bool force = false;
    bool isDry = false;
};

Error usage(const QString &detail)
{
    return {kUsage, {}, {}, detail};
}

/// COLUMN=VALUE of a flag that may be repeated.
Status readPairs(const std::vector<std::string> &given, const QString &flag, QHash<QString, QString> &out)
{
    for (const std::string &text : given) {
        const QString pair = QString::fromStdString(text);
        const qsizetype equals = pair.indexOf(u'=');
        if (equals < 1)
            return fail(usage(u"%1 %2 is not COLUMN=VALUE"_s.arg(flag, pair)));
        out.insert(pair.left(equals), pair.mid(equals + 1));
    }
    return {};
}

Result<traffic::InputMapping> mappingOf(const ImportFlags &flags)
{
    traffic::InputMapping mapping;
    for (const std::string &column : flags.columns)
        mapping.columns.append(QString::fromStdString(column));
    if (Status read = readPairs(flags.renames, u"--rename"_s, mapping.rename); !read)
        return fail(read.error());
    if (Status read = readPairs(flags.types, u"--type"_s, mapping.types); !read)
        return fail(read.error());
    for (const QString &type : std::as_const(mapping.types)) {
        if (type != "string"_L1 && type != "number"_L1 && type != "boolean"_L1)
            return fail(usage(u"--type %1 is none of string, number, boolean"_s.arg(type)));
    }
    mapping.asList = flags.asList;
    if (flags.wrap)
        mapping.wrap = QString::fromStdString(*flags.wrap);
    return mapping;
}

/// Runs `work` on a thread of its own, so that SIGINT and SIGTERM can stop it.
Result<traffic::ImportReport> stoppable(std::stop_source &stop,
                                        const std::function<Result<traffic::ImportReport>()> &work)
{
    base::SignalWatcher signals;
    QObject::connect(&signals, &base::SignalWatcher::stopRequested, &signals, [&stop] { stop.request_stop(); });
    QEventLoop loop;
    Result<traffic::ImportReport> result;
    std::thread thread([&] {
        result = work();
        QMetaObject::invokeMethod(&loop, &QEventLoop::quit, Qt::QueuedConnection);
    });
    loop.exec();
    thread.join();
    return result;
}

void say(const Console &console, const traffic::ImportReport &report, bool isDry)
{
    if (console.json) {
        QJsonArray reasons;
        for (const Error &reason : report.reasons)
            reasons.append(QJsonObject{{u"code"_s, reason.code.toString()},
                                       {u"text"_s, wording::text(reason)},
                                       {u"file"_s, reason.where.file},
                                       {u"line"_s, reason.where.line}});
        QJsonObject object{{u"read"_s, report.read}, {u"skipped"_s, report.skipped}, {u"reasons"_s, reasons}};
        if (isDry) {
            QJsonArray masked;
            for (const auto &[place, count] : report.masked)
                masked.append(QJsonObject{{u"place"_s, place}, {u"exchanges"_s, count}});
            object.insert(u"masked"_s, masked);
        }
        console.printJson(object);
        return;
    }
    for (const Error &reason : report.reasons)
        console.warn(reason);
    if (const qint64 unsaid = report.skipped - report.reasons.size(); unsaid > 0) {
        for (const auto &[code, count] : report.counts)
            console.note(u"skipped in all: %1 [%2]"_s.arg(count).arg(code));
    }
    for (const auto &[place, count] : report.masked)
        console.print(u"would mask %1 in %2"_s.arg(base::escapeControls(place)).arg(count));
    console.print(u"%1 read, %2 skipped"_s.arg(report.read).arg(report.skipped));
}

int importFiles(const Console &console, const ImportFlags &flags)
{
    if (flags.out.empty() && !flags.isDry)
        return console.fail(usage(u"--out is required"_s), UsageError);
    const Result<traffic::InputMapping> mapping = mappingOf(flags);
    if (!mapping)
        return console.fail(mapping.error(), UsageError);
    const Result<traffic::RedactionRules> rules = flags.redaction.rules();
    if (!rules)
        return console.fail(rules.error());
    traffic::ImportJob job;
    for (const std::string &file : flags.files) {
        job.files.append(QString::fromStdString(file));
        if (!QFileInfo::exists(job.files.last()))
            return console.fail({base::kFileNotFound, {{u"file"_s, job.files.last()}}, {job.files.last()}, {}});
    }
    std::stop_source stop;
    std::atomic<qint64> done{0};
    job.format = QString::fromStdString(flags.format);
    job.out = QString::fromStdString(flags.out);
    job.replaces = flags.force;
    job.capture.redaction = *rules;
    job.how.endpoint = QString::fromStdString(flags.endpoint);
    job.how.target = QByteArray::fromStdString(flags.target);
    job.how.baseFolder = QString::fromStdString(flags.folder);
    job.how.mapping = *mapping;
    job.how.stop = stop.get_token();
    job.how.progress = [&console](qint64 read, qint64 total) {
        const QString share = total > 0 ? u" of %1 MiB"_s.arg(total >> 20) : QString();
        console.progress(u"read %1%2"_s.arg(u"%1 MiB"_s.arg(read >> 20), share));
    };
    const Result<traffic::ImportReport> report =
        stoppable(stop, [&job, &flags] { return flags.isDry ? previewImport(job, 0) : importIntoCapture(job); });
    console.progress({});
    if (!report) {
        const bool isUnreadable = report.error().code.toString().startsWith("import-"_L1);
        return console.fail(report.error(), isUnreadable ? DoesNotHold : CouldNotRun);
    }
    say(console, *report, flags.isDry);
    return report->read > 0 ? Done : DoesNotHold;
}

} // namespace

void addImport(CLI::App &parser, Invocation &invocation)
{
    CLI::App *command = parser.add_subcommand("import", "Read traffic of any known format into a capture");
    auto flags = std::make_shared<ImportFlags>();
    command->add_option("FILE", flags->files, "What to read")->required();
    command->add_option("--out", flags->out, "The capture to make")->type_name("CAPTURE");
    command->add_option("--from", flags->format, "The format (default: by content)")->type_name("FORMAT");
    command->add_option("--endpoint", flags->endpoint, "The endpoint of requests that name none")->type_name("NAME");
    command->add_option("--target", flags->target, "The path of requests that have none")->type_name("PATH");
    command->add_option("--allow-folder", flags->folder, "Where curl lines may read their @files")->type_name("DIR");
    command->add_option("--columns", flags->columns, "Columns of model inputs to take, in this order")
        ->delimiter(',')
        ->type_name("NAME,...");
    command->add_option("--rename", flags->renames, "Another name for a column in the request; repeatable")
        ->type_name("COLUMN=NAME");
    command->add_option("--type", flags->types, "string, number or boolean (default: by content); repeatable")
        ->type_name("COLUMN=TYPE");
    command->add_option("--wrap", flags->wrap, "The key around the inputs (data); empty = none")->type_name("KEY");
    command->add_flag("--as-list", flags->asList, "Inputs as a list in place of an object");
    command->add_flag("--dry-run", flags->isDry, "Write nothing; say what would be read and what would be masked");
    command->add_flag("--force", flags->force, "Replace an existing capture");
    flags->redaction.addTo(*command);
    command->callback([&invocation, flags] {
        invocation.run = [&invocation, flags] { return importFiles(invocation.console, *flags); };
    });
}

} // namespace parallax::cli
