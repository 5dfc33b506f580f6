// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "router/routerfile.h"

#include "base/duration.h"
#include "base/files.h"
#include "router/errors.h"
#include "targets/placeholders.h"
#include "yaml/document.h"

#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace parallax::router {

namespace {

constexpr auto kWebhookSecret = "modelbit-webhook-secret"_L1;

Error badKey(const yaml::Node &node, const QString &file, const QString &key)
{
    return {kBadRouterFile, {{u"key"_s, key}}, {file, node.line, node.column}, {}};
}

QStringList stringsOf(const yaml::Node &node)
{
    QStringList list;
    for (const yaml::Node &item : node.items)
        list += item.text;
    return list;
}

QString fileOf(const QString &repositoryRoot)
{
    return repositoryRoot + u"/.parallax/router.yaml"_s;
}

Result<yaml::Document> parsed(const QString &path)
{
    const Result<QByteArray> bytes = base::readFile(path, 1'000'000);
    if (!bytes)
        return fail(bytes.error());
    return yaml::Document::parse(*bytes, path);
}

} // namespace

Status readRouterFile(const QString &repositoryRoot, RouterOptions &options)
{
    const QString path = fileOf(repositoryRoot);
    if (!QFileInfo::exists(path))
        return {};
    const Result<yaml::Document> document = parsed(path);
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
        else if (key == "idle-timeout"_L1 || key == "header-timeout"_L1) {
            const Result<std::chrono::milliseconds> time = base::parseMilliseconds(entry.value.text);
            isFine = time.has_value();
            if (time)
                (key == "idle-timeout"_L1 ? options.limits.idle : options.limits.headerComplete) = *time;
        } else if (key == "allow-name"_L1)
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

Result<QByteArray> webhookSecret(const QString &repositoryRoot, const targets::SecretStore &secrets)
{
    const QString file = fileOf(repositoryRoot);
    if (QFileInfo::exists(file)) {
        const Result<yaml::Document> document = parsed(file);
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

} // namespace parallax::router
