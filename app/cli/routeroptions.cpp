// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/routeroptions.h"

#include "app/cli/errors.h"
#include "app/cli/usage.h"
#include "base/duration.h"
#include "router/routerfile.h"
#include "ui/wording/wording.h"

#include <CLI/CLI.hpp>

#include <sys/resource.h>

using namespace Qt::StringLiterals;

namespace parallax::cli {

void RouterFlags::addTo(CLI::App &command)
{
    command.add_option("--max-body", maxBody, "Longest request body (64 MiB), else 413")
        ->type_name("BYTES")
        ->check(wholeNumber(1));
    command.add_option("--max-header", maxHeader, "Longest header (64 KiB), else 431")
        ->type_name("BYTES")
        ->check(wholeNumber(1));
    command.add_option("--max-connections", maxConnections, "Open connections of callers (10,000), else 503")
        ->type_name("N")
        ->check(wholeNumber(1));
    command.add_option("--idle-timeout", idleTimeout, "How long an idle connection is kept (75s)")
        ->type_name("DURATION");
    command.add_option("--header-timeout", headerTimeout, "Until a header must be complete (10s), else 408")
        ->type_name("DURATION");
    command.add_option("--allow-name", allowNames, "A further host name that callers may use; repeatable")
        ->type_name("HOST");
    command.add_option("--allow-origin", allowOrigins, "A web page's origin that may call; repeatable")
        ->type_name("ORIGIN");
}

Result<router::RouterOptions> RouterFlags::toOptions(const QString &listen, const QString &repositoryRoot) const
{
    router::RouterOptions options;
    options.wording = [](const Error &error) { return wording::text(error); };
    options.engine.wording = options.wording;
    const auto address = parseListen(listen);
    if (!address)
        return fail(address.error());
    std::tie(options.address, options.port) = *address;
    if (const Status read = router::readRouterFile(repositoryRoot, options); !read)
        return fail(read.error());
    if (maxBody)
        options.limits.message.bodyBytes = *maxBody;
    if (maxHeader)
        options.limits.message.headerBytes = *maxHeader;
    if (maxConnections)
        options.limits.connections = *maxConnections;
    for (const auto &[text, limit] :
         {std::pair(&idleTimeout, &options.limits.idle), std::pair(&headerTimeout, &options.limits.headerComplete)}) {
        if (text->empty())
            continue;
        const Result<std::chrono::milliseconds> time = base::parseMilliseconds(QString::fromStdString(*text));
        if (!time)
            return fail(kUsage, {}, wording::text(time.error()));
        *limit = *time;
    }
    for (const std::string &name : allowNames)
        options.allowedNames += QString::fromStdString(name);
    for (const std::string &origin : allowOrigins)
        options.allowedOrigins += QString::fromStdString(origin);
    return options;
}

Result<std::pair<QHostAddress, quint16>> parseListen(const QString &text)
{
    const qsizetype colon = text.lastIndexOf(u':');
    bool isPort = false;
    const uint port = text.mid(colon + 1).toUInt(&isPort);
    QString host = text.left(std::max<qsizetype>(colon, 0));
    if (host.startsWith(u'[') && host.endsWith(u']'))
        host = host.mid(1, host.size() - 2);
    if (host.isEmpty() || host == "localhost"_L1)
        host = u"127.0.0.1"_s;
    const QHostAddress address(host);
    if (colon < 0 || !isPort || port > 65535 || address.isNull())
        return fail(kUsage, {}, u"--listen %1 is not HOST:PORT"_s.arg(text));
    return std::pair{address, static_cast<quint16>(port)};
}

void raiseDescriptorLimit()
{
    rlimit limit = {};
    if (::getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < limit.rlim_max) {
        limit.rlim_cur = limit.rlim_max;
        ::setrlimit(RLIMIT_NOFILE, &limit);
    }
}

} // namespace parallax::cli
