// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Every command of parallax-cli declares itself here: one file a command, `<name>command.cpp`.
// A function adds its subcommand and options to the parser and leaves what to run in `Invocation::run`.
#pragma once

#include "app/cli/console.h"

#include <functional>

namespace CLI {
class App;
}

namespace parallax::cli {

/// What the command line chose: filled in by the parser, run by main once parsing went well.
struct Invocation
{
    Console console;
    std::function<int()> run;
};

void addValidate(CLI::App &parser, Invocation &invocation);
void addFormat(CLI::App &parser, Invocation &invocation);
void addEndpoint(CLI::App &parser, Invocation &invocation);
void addBackend(CLI::App &parser, Invocation &invocation);
void addMirror(CLI::App &parser, Invocation &invocation);
void addDeployments(CLI::App &parser, Invocation &invocation);
void addServe(CLI::App &parser, Invocation &invocation);
void addSimulate(CLI::App &parser, Invocation &invocation);
void addImport(CLI::App &parser, Invocation &invocation);
void addExport(CLI::App &parser, Invocation &invocation);
void addReplay(CLI::App &parser, Invocation &invocation);
void addCompare(CLI::App &parser, Invocation &invocation);
void addDiff(CLI::App &parser, Invocation &invocation);
void addCalibrate(CLI::App &parser, Invocation &invocation);
void addDemo(CLI::App &parser, Invocation &invocation);
void addCompletion(CLI::App &parser, Invocation &invocation);

/// Answers `completion --complete -- WORDS...`, which the completion scripts ask and the parser never sees: the words
/// are an unfinished line. False when the arguments are something else.
[[nodiscard]] bool completeWords(const CLI::App &parser, const Console &console, const QStringList &arguments);

} // namespace parallax::cli
