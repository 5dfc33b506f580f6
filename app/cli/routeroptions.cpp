// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/routeroptions.h"

#include "app/cli/errors.h"
#include "app/cli/usage.h"
#include "base/files.h"
#include "replay/pace.h"
#include "targets/placeholders.h"
#include "ui/wording/wording.h"
#include "yaml/document.h"

#include <CLI/CLI.hpp>

#include <QFileInfo>

#include <sys/resource.h>

using namespace Qt::StringLiterals;

namespace parallax::cli {

namespace {

constexpr auto kWebhookSecret = "modelbit-webhook-secret"_L1;

Status setDuration(const QString &text, std::chrono::milliseconds &target)
{
    const Result<Nanoseconds> duration = replay::parseDuration(text);
    if (!duration)
        return fail(duration.error());
    target = std::chrono::duration_cast<std::chrono::milliseconds>(*duration);
    return {};
}

Error badKey(const yaml::Node &node, const QString &file, const QString &key)
{
    return {kUsage, {}, {file, node.line, node.column}, u"%1 has a value that cannot be used"_s.arg(key)};
}

QStringList stringsOf(const yaml::Node &node)
{
    QStringList list;
    for (const yaml::Node &item : node.items)
        list += item.text;
    return list;
}

/// `.parallax/router.yaml`: the same names as the flags.
Status readFile(const QString &path, router::RouterOptions &options)
{
    const Result<QByteArray> bytes = base::readFile(path, 1'000'000);
    if (!bytes)
        return fail(bytes.error());
    const Result<yaml::Document> document = yaml::Document::parse(*bytes, path);
    if (!document)
        return fail(document.error());
    for (const yaml::Entry &entry : document->root().entries) {
        const QString &key = entry.key.text;
        const std::optional<qint64> number = entry.value.toInteger();
        const bool isPositive = number && *number > 0;
        bool isFine = true;
        if (key == "schemaVersion"_L1)
            isFine = number == 1;
        else if (key == "max-body"_L1)
            isFine = isPositive && (options.limits.message.bodyBytes = *number, true);
        else if (key == "max-header"_L1)
            isFine = isPositive && (options.limits.message.headerBytes = *number, true);
        else if (key == "max-connections"_L1)
            isFine = isPositive && (options.limits.connections = static_cast<int>(*number), true);
        else if (key == "idle-timeout"_L1)
            isFine = setDuration(entry.value.text, options.limits.idle).has_value();
        else if (key == "header-timeout"_L1)
            isFine = setDuration(entry.value.text, options.limits.headerComplete).has_value();
        else if (key == "allow-name"_L1)
            options.allowedNames += entry.value.isSequence() ? stringsOf(entry.value) : QStringList{entry.value.text};
        else if (key == "allow-origin"_L1)
            options.allowedOrigins += entry.value.isSequence() ? stringsOf(entry.value) : QStringList{entry.value.text};
        else if (key == kWebhookSecret)
            isFine = targets::hasSecret(entry.value.text); // never a literal
        else
            isFine = false;
        if (!isFine)
            return fail(badKey(entry.value, path, key));
    }
    return {};
}

} // namespace

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
    const QString file = repositoryRoot + u"/.parallax/router.yaml"_s;
    if (QFileInfo::exists(file)) {
        if (const Status read = readFile(file, options); !read)
            return fail(read.error());
    }
    if (maxBody)
        options.limits.message.bodyBytes = *maxBody;
    if (maxHeader)
        options.limits.message.headerBytes = *maxHeader;
    if (maxConnections)
        options.limits.connections = *maxConnections;
    if (!idleTimeout.empty()) {
        if (const Status set = setDuration(QString::fromStdString(idleTimeout), options.limits.idle); !set)
            return fail(kUsage, {}, wording::text(set.error()));
    }
    if (!headerTimeout.empty()) {
        if (const Status set = setDuration(QString::fromStdString(headerTimeout), options.limits.headerComplete); !set)
            return fail(kUsage, {}, wording::text(set.error()));
    }
    for (const std::string &name : allowNames)
        options.allowedNames += QString::fromStdString(name);
    for (const std::string &origin : allowOrigins)
        options.allowedOrigins += QString::fromStdString(origin);
    return options;
}

Result<QByteArray> webhookSecret(const QString &repositoryRoot, const targets::SecretStore &secrets)
{
    const QString file = repositoryRoot + u"/.parallax/router.yaml"_s;
    if (QFileInfo::exists(file)) {
        const Result<QByteArray> bytes = base::readFile(file, 1'000'000);
        if (!bytes)
            return fail(bytes.error());
        const Result<yaml::Document> document = yaml::Document::parse(*bytes, file);
        if (!document)
            return fail(document.error());
        if (const yaml::Node *node = document->root().find(QString(kWebhookSecret))) {
            if (!targets::hasSecret(node->text))
                return fail(badKey(*node, file, QString(kWebhookSecret)));
            Result<QString> value = targets::withSecrets(node->text, secrets);
            return value ? Result<QByteArray>(value->toUtf8()) : fail(value.error());
        }
    }
    return secrets.secret(u"modelbit-webhook"_s).value_or(QString()).toUtf8();
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
