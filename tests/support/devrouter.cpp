// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// A router for the black-box runners: one endpoint `bench` that also answers at `/` with every method, its primary and
// mirrors at ports of loopback.
//   devrouter LISTEN_PORT PRIMARY_PORT [MIRROR_PORT...]
#include "router/router.h"
#include "ui/wording/wording.h"

#include <QCoreApplication>
#include <QSocketNotifier>

#include <csignal>
#include <cstdio>

#include <sys/socket.h>
#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace parallax;

namespace {

int signalPipe[2];

void onSignal(int)
{
    [[maybe_unused]] const ssize_t n = ::write(signalPipe[1], "x", 1);
}

router::RoutingTablePtr tableFor(const QStringList &ports)
{
    router::RoutingTable::Input input;
    endpoints::Endpoint endpoint;
    endpoint.name = u"bench"_s;
    endpoint.backends.append({u"alias"_s, {ports.first(), u"main"_s, {}}, {}});
    for (qsizetype i = 1; i < ports.size(); ++i)
        endpoint.mirrors.append({u"mirror_%1"_s.arg(i), {ports[i], u"main"_s, {}}});
    input.endpoints = {endpoint};
    router::LocalSettings local;
    local.route = router::RouteSettings{};
    input.local.insert(endpoint.name, local);
    input.lookup = [](const endpoints::DeploymentRef &ref) -> Result<targets::Upstream> {
        targets::Upstream upstream;
        upstream.host = u"127.0.0.1"_s;
        upstream.port = ref.name.toUShort();
        upstream.authority = "127.0.0.1:" + ref.name.toUtf8();
        upstream.path = "/";
        return upstream;
    };
    return router::RoutingTable::build(input);
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() < 3) {
        std::fprintf(stderr, "usage: devrouter LISTEN_PORT PRIMARY_PORT [MIRROR_PORT...]\n");
        return 2;
    }
    const SystemClock clock;
    router::Router router(clock, nullptr);
    router.setTable(tableFor(arguments.mid(2)));
    QObject::connect(&router, &router::Router::started, &application, [&router] {
        std::printf("listening on %s\n", qPrintable(router.url()));
        std::fflush(stdout);
    });
    QObject::connect(&router, &router::Router::failed, &application, [](const Error &error) {
        std::fprintf(stderr, "devrouter: %s\n", qPrintable(wording::line(error)));
        QCoreApplication::exit(3);
    });
    QObject::connect(&router, &router::Router::stopped, &application, &QCoreApplication::quit);
    ::socketpair(AF_UNIX, SOCK_STREAM, 0, signalPipe);
    QSocketNotifier stop(signalPipe[0], QSocketNotifier::Read);
    QObject::connect(&stop, &QSocketNotifier::activated, &router, [&] {
        stop.setEnabled(false);
        router.stop();
    });
    std::signal(SIGTERM, onSignal);
    std::signal(SIGINT, onSignal);
    router::RouterOptions options;
    options.port = arguments[1].toUShort();
    options.wording = [](const Error &error) { return wording::text(error); };
    router.start(options);
    return QCoreApplication::exec();
}
