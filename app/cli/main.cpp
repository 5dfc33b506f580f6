// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/errors.h"
#include "app/cli/usage.h"
#include "base/memory.h"
#include "resources/resources.h"

#include <CLI/CLI.hpp>

#include <QCoreApplication>

#include <cstdio>

using namespace parallax;

int main(int argc, char **argv)
{
    base::keepFreedMemory();
    QCoreApplication application(argc, argv);
    QCoreApplication::setApplicationName(QStringLiteral("parallax-cli"));
    QCoreApplication::setApplicationVersion(QStringLiteral(PARALLAX_VERSION));
    resources::initialise();

    CLI::App parser{"Mirrors, captures, replays and compares requests to the versions of a model.", "parallax-cli"};
    parser.set_version_flag("--version", "parallax-cli " PARALLAX_VERSION);
    parser.require_subcommand(1);
    parser.fallthrough();

    cli::Invocation invocation;
    parser.add_flag("--json", invocation.console.json, "One JSON document on stdout");
    parser.add_flag("--quiet", invocation.console.quiet, "Nothing on stderr but errors");

    cli::addValidate(parser, invocation);
    cli::addFormat(parser, invocation);
    cli::addEndpoint(parser, invocation);
    cli::addBackend(parser, invocation);
    cli::addMirror(parser, invocation);
    cli::addDeployments(parser, invocation);
    cli::addServe(parser, invocation);
    cli::addSimulate(parser, invocation);
    cli::addImport(parser, invocation);
    cli::addExport(parser, invocation);
    cli::addReplay(parser, invocation);
    cli::addCompare(parser, invocation);
    cli::addDiff(parser, invocation);
    cli::addCalibrate(parser, invocation);
    cli::addDemo(parser, invocation);
    cli::addCompletion(parser, invocation);

    if (cli::completeWords(parser, invocation.console, QCoreApplication::arguments()))
        return cli::Done;
    try {
        parser.parse(argc, argv);
    } catch (const CLI::Success &success) { // --help, --version
        return parser.exit(success);
    } catch (const CLI::ParseError &error) {
        return invocation.console.fail({cli::kUsage, {}, {}, cli::usageFault(parser, error)}, cli::UsageError);
    }
    const int code = invocation.run ? invocation.run() : cli::UsageError;
    invocation.console.progress({});
    return code;
}
