// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/errors.h"
#include "app/cli/routeroptions.h"
#include "app/cli/usage.h"
#include "app/example/simulatedserver.h"
#include "base/signalwatcher.h"

#include <CLI/CLI.hpp>

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace parallax::cli {

namespace {

struct SimulateOptions
{
    std::string listen = "127.0.0.1:0";
    std::string model = "simulated";
    std::string latency = "0ms";
    double errorRate = 0.0;
    double bias = 0.0;
    double jitter = 0.0;
    quint64 seed = 1;
};

int simulate(const Console &console, const SimulateOptions &options)
{
    const auto address = parseListen(QString::fromStdString(options.listen));
    if (!address)
        return console.fail(address.error(), UsageError);
    const Result<example::LatencyDistribution> latency =
        example::LatencyDistribution::parse(QString::fromStdString(options.latency));
    if (!latency)
        return console.fail(
            {kUsage,
             {},
             {},
             u"--latency %1 is not a duration, MIN..MAX, or exp:MEAN"_s.arg(QString::fromStdString(options.latency))},
            UsageError);
    example::SimulatedModel model;
    model.name = QString::fromStdString(options.model);
    model.latency = *latency;
    model.errorRate = options.errorRate;
    model.bias = options.bias;
    model.jitter = options.jitter;
    model.seed = options.seed;
    base::SignalWatcher signalWatcher;
    example::SimulatedServer server(model);
    if (const Status listening = server.listen(address->first, address->second); !listening)
        return console.fail(listening.error());
    QObject::connect(&signalWatcher, &base::SignalWatcher::stopRequested, &server, [] { QCoreApplication::exit(0); });
    console.print(u"listening on "_s + server.url());
    return QCoreApplication::exec();
}

} // namespace

void addSimulate(CLI::App &parser, Invocation &invocation)
{
    CLI::App *command = parser.add_subcommand(
        "simulate", "A built-in deployment to try things against: answers POST on any path with JSON");
    auto options = std::make_shared<SimulateOptions>();
    command->add_option("--listen", options->listen, "Address and port (127.0.0.1:0)")->type_name("HOST:PORT");
    command->add_option("--model", options->model, "The name it gives in its answers")->type_name("NAME");
    command->add_option("--latency", options->latency, "20ms, 10ms..50ms (uniform) or exp:20ms")->type_name("DIST");
    command->add_option("--error-rate", options->errorRate, "Share of requests that fail, 0 to 1")
        ->type_name("P")
        ->check(CLI::Range(0.0, 1.0));
    command->add_option("--bias", options->bias, "Added to every score")->type_name("X");
    command->add_option("--jitter", options->jitter, "Random part of every score, at most so much")
        ->type_name("X")
        ->check(notNegative());
    command->add_option("--seed", options->seed, "Of everything that is drawn (1)")->type_name("N");
    command->callback([&invocation, options] {
        invocation.run = [&invocation, options] { return simulate(invocation.console, *options); };
    });
}

} // namespace parallax::cli
