// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "targets/targetreader.h"

#include "endpoints/errors.h"
#include "targets/errors.h"
#include "targets/placeholders.h"
#include "yaml/document.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QRegularExpression>
#include <QUrl>

#include <cmath>

using namespace Qt::StringLiterals;

namespace parallax::targets {

namespace {

using yaml::Entry;
using yaml::Kind;
using yaml::Node;

constexpr std::chrono::hours kLongest{24};

std::optional<std::chrono::milliseconds> durationOf(const QString &text)
{
    static const QRegularExpression kPattern(u"\\A(\\d{1,9}(?:\\.\\d{1,3})?)(ms|s|m|h)\\z"_s);
    const QRegularExpressionMatch match = kPattern.match(text);
    if (!match.hasMatch())
        return {};
    const QString unit = match.captured(2);
    const double factor = unit == "ms"_L1 ? 1 : unit == "s"_L1 ? 1e3 : unit == "m"_L1 ? 60e3 : 3600e3;
    const double ms = match.captured(1).toDouble() * factor;
    if (ms < 1 || ms > std::chrono::duration<double, std::milli>(kLongest).count())
        return {};
    return std::chrono::milliseconds(std::llround(ms));
}

QJsonValue jsonOf(const Node &node)
{
    switch (node.kind) {
    case Kind::Null:
        return QJsonValue::Null;
    case Kind::Scalar:
        if (const std::optional<qint64> integer = node.toInteger())
            return *integer;
        if (const std::optional<double> number = node.toNumber(); number && std::isfinite(*number))
            return *number;
        if (const std::optional<bool> boolean = node.toBool())
            return *boolean;
        return node.text;
    case Kind::Sequence: {
        QJsonArray array;
        for (const Node &item : node.items)
            array.append(jsonOf(item));
        return array;
    }
    case Kind::Mapping: {
        QJsonObject object;
        for (const Entry &entry : node.entries)
            object.insert(entry.key.text, jsonOf(entry.value));
        return object;
    }
    }
    Q_UNREACHABLE();
}

/// Names whose value is a key or a password by common use (safety.md 24).
bool isSecretHeader(const QString &name)
{
    static const QRegularExpression kPattern(
        u"\\A(proxy-)?authorization\\z|\\Acookie\\z|api-?key|token|secret|password"_s,
        QRegularExpression::CaseInsensitiveOption);
    return kPattern.match(name).hasMatch();
}

/// What frames the message or belongs to one connection is the router's alone.
bool isReservedHeader(const QString &name)
{
    static const QStringList kReserved{u"connection"_s, u"content-length"_s,    u"expect"_s, u"host"_s,
                                       u"keep-alive"_s, u"proxy-connection"_s,  u"te"_s,     u"trailer"_s,
                                       u"upgrade"_s,    u"transfer-encoding"_s, u"via"_s};
    return kReserved.contains(name.toLower());
}

} // namespace

void TargetReader::say(Severity severity, ErrorCode code, const Node &node, QVariantMap args)
{
    m_out.findings.append({severity, {code, std::move(args), {m_file, node.line, node.column}, {}}});
}

void TargetReader::read(const QByteArray &bytes)
{
    const Result<yaml::Document> document = yaml::Document::parse(bytes, m_file);
    if (document)
        readRoot(document->root());
    else
        m_out.findings.append({Severity::Error, document.error()});
}

void TargetReader::readRoot(const Node &root)
{
    if (!root.isMapping())
        return error(root.kind == Kind::Null ? endpoints::kEmpty : endpoints::kNotAMapping, root);
    readKeys(root, {},
             {{u"schemaVersion"_s,
               [this](const Node &node) {
                   if (node.toInteger() != 1)
                       error(endpoints::kSchemaVersion, node, {{u"version"_s, node.text}});
               }},
              {u"targets"_s, [this](const Node &node) {
                   if (!node.isSequence() && node.kind != Kind::Null)
                       return error(kTargetsNotAList, node);
                   for (const Node &item : node.items)
                       readTarget(item);
               }}});
    if (root.find(u"schemaVersion") == nullptr)
        error(endpoints::kSchemaVersionMissing, root);
    if (root.find(u"targets") == nullptr)
        error(kValueMissing, root, {{u"key"_s, u"targets"_s}});
    checkShadowed();
}

bool TargetReader::readKeys(const Node &node, const QString &key, const Handlers &handlers)
{
    if (!node.isMapping()) {
        error(endpoints::kNotMapping, node, {{u"key"_s, key}});
        return false;
    }
    for (const Entry &entry : node.entries) {
        const auto handler = handlers.constFind(entry.key.text);
        const QString path = key.isEmpty() ? entry.key.text : key + u'.' + entry.key.text;
        if (handler != handlers.constEnd())
            (*handler)(entry.value);
        else
            say(Severity::Warning, endpoints::kUnknownKey, entry.key, {{u"key"_s, path}});
    }
    return true;
}

void TargetReader::readTarget(const Node &node)
{
    Target target;
    target.where = {m_file, node.line, node.column};
    QStringList kinds;
    const auto kind = [&](const QString &name, void (TargetReader::*reader)(const Node &, Target &)) {
        return std::pair<QString, Handler>(name, [this, &target, &kinds, name, reader](const Node &value) {
            kinds.append(name);
            (this->*reader)(value, target);
        });
    };
    Handlers handlers{{u"match"_s, [&](const Node &value) { readMatch(value, target.match); }},
                      {u"headers"_s, [&](const Node &value) { readHeaders(value, u"headers"_s, target); }},
                      {u"timeout"_s, [&](const Node &value) { readDuration(value, u"timeout"_s, target.timeout); }},
                      {u"tls"_s, [&](const Node &value) { readTls(value, target.tls); }},
                      {u"keepHost"_s, [&](const Node &value) { readBool(value, u"keepHost"_s, target.keepHost); }},
                      {u"forwardCredentials"_s, [&](const Node &value) {
                           readBool(value, u"forwardCredentials"_s, target.forwardCredentials);
                       }}};
    for (const auto &[name, handler] :
         {kind(u"url"_s, &TargetReader::readUrl), kind(u"process"_s, &TargetReader::readProcess),
          kind(u"source"_s, &TargetReader::readSource), kind(u"static"_s, &TargetReader::readStatic),
          kind(u"modelbit"_s, &TargetReader::readModelbit)})
        handlers.insert(name, handler);
    if (!readKeys(node, u"targets"_s, handlers))
        return;
    if (kinds.isEmpty())
        error(kKindMissing, node);
    else if (kinds.size() > 1)
        error(kKindSeveral, node, {{u"kinds"_s, kinds.join(u", "_s)}});
    const bool isUrl = std::holds_alternative<UrlTarget>(target.kind);
    const Node *tls = node.find(u"tls");
    if (tls != nullptr && isUrl && !std::get<UrlTarget>(target.kind).url.startsWith("https:"_L1, Qt::CaseInsensitive))
        say(Severity::Warning, kTlsUnused, *tls);
    m_out.targets.append(std::move(target));
}

void TargetReader::readMatch(const Node &node, TargetMatch &match)
{
    const auto text = [this](const QString &key, std::optional<QString> &out) {
        return [this, key, &out](const Node &value) {
            QString read;
            readText(value, key, read);
            out = read;
        };
    };
    readKeys(node, u"match"_s,
             {{u"deployment"_s, text(u"match.deployment"_s, match.deployment)},
              {u"branch"_s, text(u"match.branch"_s, match.branch)},
              {u"version"_s, [&](const Node &value) {
                   QString read;
                   readText(value, u"match.version"_s, read);
                   match.version = endpoints::Version::fromString(read);
               }}});
}

void TargetReader::readUrl(const Node &node, Target &target)
{
    static const QStringList kKnown{u"deployment"_s, u"branch"_s, u"version"_s};
    UrlTarget url;
    const qsizetype before = m_out.findings.size();
    readText(node, u"url"_s, url.url, &kKnown);
    target.kind = url;
    if (m_out.findings.size() > before)
        return;
    // Checked with something in place of what is filled in later.
    QString sample = filled(url.url, {{u"deployment"_s, u"d"_s}, {u"branch"_s, u"b"_s}, {u"version"_s, u"1"_s}});
    static const QRegularExpression kSecret(u"\\$\\{[^}]*\\}"_s);
    sample.replace(kSecret, u"s"_s);
    const QUrl parsed(sample, QUrl::StrictMode);
    if (!parsed.isValid() || (parsed.scheme() != "http"_L1 && parsed.scheme() != "https"_L1) ||
        parsed.host().isEmpty() || parsed.hasFragment() || parsed.port(80) == 0)
        error(kUrlInvalid, node, {{u"url"_s, parsed.toDisplayString(QUrl::RemoveUserInfo | QUrl::RemoveQuery)}});
    else if (!parsed.userInfo().isEmpty())
        error(kUrlCredentials, node);
}

void TargetReader::readProcess(const Node &node, Target &target)
{
    ProcessTarget process;
    const bool isMapping = readKeys(
        node, u"process"_s,
        {{u"command"_s,
          [&](const Node &value) {
              if (!value.isSequence() || value.items.isEmpty())
                  return error(kValueInvalid, value, {{u"key"_s, u"process.command"_s}, {u"text"_s, value.text}});
              for (const Node &item : value.items) {
                  if (!item.isScalar())
                      error(endpoints::kNotText, item, {{u"key"_s, u"process.command"_s}, {u"text"_s, item.text}});
                  process.command.append(item.text);
              }
              if (value.items.first().isScalar() && process.command.first().isEmpty())
                  error(kValueMissing, value, {{u"key"_s, u"process.command"_s}});
          }},
         {u"workingDirectory"_s,
          [&](const Node &value) { readText(value, u"process.workingDirectory"_s, process.workingDirectory); }},
         {u"ready"_s, [&](const Node &value) {
              readKeys(
                  value, u"process.ready"_s,
                  {{u"path"_s,
                    [&](const Node &path) {
                        readText(path, u"process.ready.path"_s, process.readyPath);
                        static const QRegularExpression kPath(u"\\A/[\\x21-\\x7e]*\\z"_s);
                        if (!kPath.match(process.readyPath).hasMatch())
                            error(kValueInvalid, path, {{u"key"_s, u"process.ready.path"_s}, {u"text"_s, path.text}});
                    }},
                   {u"timeout"_s, [&](const Node &timeout) {
                        readDuration(timeout, u"process.ready.timeout"_s, process.readyTimeout);
                    }}});
          }}});
    if (isMapping && node.find(u"command") == nullptr)
        error(kValueMissing, node, {{u"key"_s, u"process.command"_s}});
    target.kind = process;
}

void TargetReader::readSource(const Node &node, Target &target)
{
    SourceTarget source;
    if (node.kind != Kind::Null) // `source:` alone takes every default
        readKeys(node, u"source"_s,
                 {{u"python"_s, [&](const Node &value) { readText(value, u"source.python"_s, source.python); }}});
    target.kind = source;
}

void TargetReader::readStatic(const Node &node, Target &target)
{
    StaticTarget answer;
    bool isJson = false;
    readKeys(node, u"static"_s,
             {{u"status"_s,
               [&](const Node &value) {
                   const qint64 status = value.toInteger().value_or(0);
                   if (status < 200 || status > 599)
                       return error(kValueInvalid, value, {{u"key"_s, u"static.status"_s}, {u"text"_s, value.text}});
                   answer.status = static_cast<int>(status);
               }},
              {u"headers"_s,
               [&](const Node &value) {
                   if (!value.isMapping())
                       return error(endpoints::kNotMapping, value, {{u"key"_s, u"static.headers"_s}});
                   for (const Entry &entry : value.entries) {
                       if (checkHeader(entry, false))
                           answer.headers.append(entry.key.text.toLatin1(), entry.value.text.toUtf8());
                   }
               }},
              {u"body"_s, [&](const Node &value) {
                   const QJsonValue json = jsonOf(value);
                   isJson = !json.isString();
                   if (json.isString())
                       answer.body = json.toString().toUtf8();
                   else if (json.isObject())
                       answer.body = QJsonDocument(json.toObject()).toJson(QJsonDocument::Compact);
                   else // a bare value has no document of its own
                       answer.body =
                           QJsonDocument(QJsonArray{json}).toJson(QJsonDocument::Compact).chopped(1).sliced(1);
               }}});
    if (isJson && !answer.headers.contains("Content-Type"))
        answer.headers.append("Content-Type", "application/json");
    target.kind = answer;
}

void TargetReader::readModelbit(const Node &node, Target &target)
{
    ModelbitTarget modelbit;
    static const QRegularExpression kHostPart(u"\\A[A-Za-z0-9-]+(\\.[A-Za-z0-9-]+)*\\z"_s);
    const auto hostPart = [this](const QString &key, QString &out) {
        return [this, key, &out](const Node &value) {
            readText(value, key, out);
            if (!out.isEmpty() && !kHostPart.match(out).hasMatch())
                error(kValueInvalid, value, {{u"key"_s, key}, {u"text"_s, value.text}});
        };
    };
    const bool isMapping = readKeys(node, u"modelbit"_s,
                                    {{u"workspace"_s, hostPart(u"modelbit.workspace"_s, modelbit.workspace)},
                                     {u"region"_s, hostPart(u"modelbit.region"_s, modelbit.region)},
                                     {u"apiKey"_s, [&](const Node &value) {
                                          readText(value, u"modelbit.apiKey"_s, modelbit.apiKey);
                                          if (!hasSecret(modelbit.apiKey))
                                              say(Severity::Warning, kLiteralSecret, value, {{u"name"_s, u"apiKey"_s}});
                                      }}});
    for (const auto key : {"workspace"_L1, "region"_L1}) {
        if (isMapping && node.find(QString(key)) == nullptr)
            error(kValueMissing, node, {{u"key"_s, QString(u"modelbit."_s + key)}});
    }
    target.kind = modelbit;
}

void TargetReader::readTls(const Node &node, TlsSettings &tls)
{
    readKeys(node, u"tls"_s,
             {{u"verify"_s,
               [&](const Node &value) {
                   readBool(value, u"tls.verify"_s, tls.verify);
                   if (!tls.verify)
                       say(Severity::Warning, kTlsUnverified, value);
               }},
              {u"ca"_s, [&](const Node &value) { readText(value, u"tls.ca"_s, tls.ca); }},
              {u"certificate"_s, [&](const Node &value) { readText(value, u"tls.certificate"_s, tls.certificate); }},
              {u"key"_s, [&](const Node &value) { readText(value, u"tls.key"_s, tls.key); }}});
}

bool TargetReader::checkHeader(const Entry &entry, bool isRequest)
{
    const QString &name = entry.key.text;
    static const QRegularExpression kToken(u"\\A[!#$%&'*+.^_`|~0-9A-Za-z-]+\\z"_s);
    const auto isForbidden = [](QChar c) { return c == u'\r' || c == u'\n' || c == QChar(u'\0'); };
    if (!kToken.match(name).hasMatch() || !entry.value.isScalar() ||
        std::any_of(entry.value.text.begin(), entry.value.text.end(), isForbidden)) {
        error(kHeaderInvalid, entry.key, {{u"name"_s, name}});
        return false;
    }
    if (isReservedHeader(name)) {
        error(kHeaderReserved, entry.key, {{u"name"_s, name}});
        return false;
    }
    if (const QString unknown = unknownSecret(entry.value.text); isRequest && !unknown.isEmpty())
        error(kPlaceholderUnknown, entry.value, {{u"placeholder"_s, unknown}});
    if (isRequest && isSecretHeader(name) && !hasSecret(entry.value.text))
        say(Severity::Warning, kLiteralSecret, entry.value, {{u"name"_s, name}});
    return true;
}

void TargetReader::readHeaders(const Node &node, const QString &key, Target &target)
{
    if (!node.isMapping())
        return error(endpoints::kNotMapping, node, {{u"key"_s, key}});
    for (const Entry &entry : node.entries) {
        if (checkHeader(entry, true))
            target.headers.append({entry.key.text, entry.value.text});
    }
}

void TargetReader::readText(const Node &node, const QString &key, QString &out, const QStringList *known)
{
    if (!node.isScalar() || node.text.isEmpty())
        return error(kValueMissing, node, {{u"key"_s, key}});
    out = node.text;
    if (const QString unknown = unknownSecret(out); !unknown.isEmpty())
        error(kPlaceholderUnknown, node, {{u"placeholder"_s, unknown}});
    if (known == nullptr)
        return;
    for (const QString &name : unknownPlaceholders(out, *known))
        error(kPlaceholderUnknown, node, {{u"placeholder"_s, QString(u'{' + name + u'}')}});
}

void TargetReader::readBool(const Node &node, const QString &key, bool &out)
{
    if (const std::optional<bool> value = node.toBool())
        out = *value;
    else
        error(kValueInvalid, node, {{u"key"_s, key}, {u"text"_s, node.text}});
}

void TargetReader::readDuration(const Node &node, const QString &key, std::chrono::milliseconds &out)
{
    if (const std::optional<std::chrono::milliseconds> value = durationOf(node.text))
        out = *value;
    else
        error(kDurationInvalid, node, {{u"key"_s, key}, {u"text"_s, node.text}});
}

void TargetReader::checkShadowed()
{
    for (qsizetype i = 0; i < m_out.targets.size(); ++i) {
        const Target &target = m_out.targets.at(i);
        for (qsizetype j = 0; j < i; ++j) {
            const Target &earlier = m_out.targets.at(j);
            if (!earlier.match.covers(target.match))
                continue;
            m_out.findings.append(
                {Severity::Warning, {kShadowed, {{u"line"_s, earlier.where.line}}, target.where, {}}});
            break;
        }
    }
}

} // namespace parallax::targets
