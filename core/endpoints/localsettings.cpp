// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "endpoints/localsettings.h"

#include "endpoints/errors.h"
#include "yaml/document.h"

#include <QJsonArray>
#include <QJsonObject>

#include <cmath>

using namespace Qt::StringLiterals;

namespace parallax::endpoints {

namespace {

using yaml::Entry;
using yaml::Kind;
using yaml::Node;

const QStringList &allMethods()
{
    static const QStringList kMethods{u"GET"_s, u"POST"_s, u"PUT"_s, u"PATCH"_s, u"DELETE"_s, u"HEAD"_s, u"OPTIONS"_s};
    return kMethods;
}

QJsonValue toJson(const Node &node)
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
            array.append(toJson(item));
        return array;
    }
    case Kind::Mapping: {
        QJsonObject object;
        for (const Entry &entry : node.entries)
            object.insert(entry.key.text, toJson(entry.value));
        return object;
    }
    }
    Q_UNREACHABLE();
}

class Reader
{
public:
    Reader(QString file, const Endpoint *endpoint)
        : m_file(std::move(file))
        , m_endpoint(endpoint)
    {}

    LocalSettingsFile read(const Node &root)
    {
        if (!root.isMapping()) {
            say(Severity::Error, root.kind == Kind::Null ? kEmpty : kNotAMapping, root);
            return std::move(m_out);
        }
        bool hasSchemaVersion = false;
        for (const Entry &entry : root.entries) {
            const QString &key = entry.key.text;
            if (key == "schemaVersion"_L1) {
                hasSchemaVersion = true;
                if (entry.value.toInteger() != 1)
                    say(Severity::Error, kSchemaVersion, entry.value, {{u"version"_s, entry.value.text}});
            } else if (key == "route"_L1) {
                readRoute(entry.value);
            } else if (key == "assignment"_L1) {
                readAssignment(entry.value);
            } else if (key == "static"_L1) {
                readStatic(entry.value);
            } else {
                unknown(entry, {});
            }
        }
        if (!hasSchemaVersion)
            say(Severity::Error, kSchemaVersionMissing, root);
        return std::move(m_out);
    }

private:
    void say(Severity severity, ErrorCode code, const Node &node, QVariantMap args = {})
    {
        m_out.findings.append({severity, {code, std::move(args), {m_file, node.line, node.column}, {}}});
    }

    void unknown(const Entry &entry, const QString &parent)
    {
        say(Severity::Warning, kUnknownKey, entry.key, {{u"key"_s, QString(parent + entry.key.text)}});
    }

    bool checkMapping(const Node &node, const QString &key)
    {
        if (!node.isMapping())
            say(Severity::Error, kNotMapping, node, {{u"key"_s, key}});
        return node.isMapping();
    }

    void readRoute(const Node &node)
    {
        if (!checkMapping(node, u"route"_s))
            return;
        Route route;
        route.methods = allMethods();
        for (const Entry &entry : node.entries) {
            if (entry.key.text == "prefix"_L1)
                readPrefix(entry.value, route);
            else if (entry.key.text == "methods"_L1)
                readMethods(entry.value, route);
            else
                unknown(entry, u"route."_s);
        }
        m_out.settings.route = route;
    }

    void readPrefix(const Node &node, Route &route)
    {
        const bool isPath =
            node.isScalar() && node.text.startsWith(u'/') && !node.text.contains(u'?') && !node.text.contains(u'#') &&
            std::all_of(node.text.begin(), node.text.end(), [](QChar c) { return c > u' ' && c < u'\x7f'; });
        if (isPath)
            route.prefix = node.text;
        else
            say(Severity::Error, kRoutePrefix, node, {{u"prefix"_s, node.text}});
    }

    void readMethods(const Node &node, Route &route)
    {
        if (!node.isSequence() || node.items.isEmpty())
            return say(Severity::Error, kRouteMethods, node, {{u"method"_s, node.text}});
        route.methods.clear();
        for (const Node &item : node.items) {
            const QString method = item.text.toUpper();
            if (!allMethods().contains(method))
                say(Severity::Error, kRouteMethods, item, {{u"method"_s, item.text}});
            else if (!route.methods.contains(method))
                route.methods.append(method);
        }
    }

    void readAssignment(const Node &node)
    {
        if (!checkMapping(node, u"assignment"_s))
            return;
        for (const Entry &entry : node.entries) {
            if (entry.key.text != "suppliedKey"_L1)
                unknown(entry, u"assignment."_s);
            else if (!entry.value.isScalar() || entry.value.text.trimmed().isEmpty())
                say(Severity::Error, kSuppliedKey, entry.value);
            else
                m_out.settings.suppliedKey = entry.value.text;
        }
    }

    void readStatic(const Node &node)
    {
        if (!checkMapping(node, u"static"_s))
            return;
        for (const Entry &entry : node.entries) {
            m_out.settings.staticValues.insert(entry.key.text, toJson(entry.value));
            const auto isLabel = [&entry](const Backend &backend) { return backend.label == entry.key.text; };
            if (m_endpoint != nullptr &&
                std::none_of(m_endpoint->backends.begin(), m_endpoint->backends.end(), isLabel))
                say(Severity::Warning, kStaticUnknown, entry.key, {{u"name"_s, entry.key.text}});
        }
    }

    QString m_file;
    const Endpoint *m_endpoint;
    LocalSettingsFile m_out;
};

} // namespace

bool LocalSettingsFile::hasErrors() const
{
    return std::any_of(findings.begin(), findings.end(),
                       [](const Finding &finding) { return finding.severity == Severity::Error; });
}

LocalSettingsFile LocalSettingsFile::read(const QByteArray &bytes, const QString &file, const Endpoint *endpoint)
{
    const Result<yaml::Document> document = yaml::Document::parse(bytes, file);
    if (!document)
        return {{}, {{Severity::Error, document.error()}}};
    return Reader(file, endpoint).read(document->root());
}

} // namespace parallax::endpoints
