// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "traffic/redactionfile.h"

#include "base/files.h"
#include "traffic/errors.h"
#include "yaml/document.h"

#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace parallax::traffic {

namespace {

constexpr qint64 kMaxFileBytes = 1'000'000;

class Reader
{
public:
    explicit Reader(QString file)
        : m_file(std::move(file))
    {}

    Result<RedactionRules> run(const yaml::Node &root)
    {
        const yaml::Node *version = root.find(u"schemaVersion");
        if (version == nullptr || version->toInteger() != 1)
            return fail(bad(version == nullptr ? root : *version, u"schemaVersion"_s));
        RedactionRules rules;
        if (Status read = readRules(root, rules, RedactionRules::defaults(), true); !read)
            return fail(read.error());
        const yaml::Node *endpoints = root.find(u"endpoints");
        if (endpoints == nullptr)
            return rules;
        if (!endpoints->isMapping())
            return fail(bad(*endpoints, u"endpoints"_s));
        RedactionRules common = rules;
        for (const yaml::Entry &entry : endpoints->entries) {
            auto own = std::make_shared<RedactionRules>();
            if (Status read = readRules(entry.value, *own, common, false); !read)
                return fail(read.error());
            rules.perEndpoint.insert(entry.key.text, std::move(own));
        }
        return rules;
    }

private:
    [[nodiscard]] Error bad(const yaml::Node &node, const QString &key) const
    {
        return {kBadRedaction, {{u"key"_s, key}}, {m_file, node.line, node.column}, {}};
    }

    Status readFlag(const yaml::Node &node, QStringView key, bool &flag) const
    {
        const yaml::Node *value = node.find(key);
        if (value == nullptr)
            return {};
        const std::optional<bool> read = value->toBool();
        if (!read)
            return fail(bad(*value, key.toString()));
        flag = *read;
        return {};
    }

    Status readNames(const yaml::Entry &entry, QStringList &names) const
    {
        if (!entry.value.isSequence())
            return fail(bad(entry.value, entry.key.text));
        for (const yaml::Node &item : entry.value.items) {
            if (!item.isScalar() || item.text.isEmpty())
                return fail(bad(item, entry.key.text));
            names.append(item.text);
        }
        return {};
    }

    Status readRules(const yaml::Node &node, RedactionRules &rules, const RedactionRules &base, bool isTop) const
    {
        if (!node.isMapping())
            return fail(bad(node, isTop ? m_file : u"endpoints"_s));
        bool hasDefaults = true;
        if (Status read = readFlag(node, u"defaults", hasDefaults); !read)
            return read;
        if (hasDefaults) {
            rules = base;
            rules.perEndpoint.clear();
        }
        if (Status read = readFlag(node, u"enabled", rules.isEnabled); !read)
            return read;
        for (const yaml::Entry &entry : node.entries) {
            const QString &key = entry.key.text;
            QStringList *names = key == u"headers"     ? &rules.headers
                                 : key == u"fields"    ? &rules.fields
                                 : key == u"queryKeys" ? &rules.queryKeys
                                 : key == u"keep"      ? &rules.keep
                                                       : nullptr;
            const bool isKnown =
                key == u"defaults" || key == u"enabled" || (isTop && (key == u"schemaVersion" || key == u"endpoints"));
            if (names == nullptr && !isKnown)
                return fail(bad(entry.key, key));
            if (names == nullptr)
                continue;
            if (Status read = readNames(entry, *names); !read)
                return read;
        }
        return {};
    }

    QString m_file;
};

} // namespace

QString redactionPath(const QString &repositoryRoot)
{
    return repositoryRoot + u"/.parallax/redaction.yaml"_s;
}

Result<RedactionRules> parseRedactionRules(const QByteArray &bytes, const QString &file)
{
    const Result<yaml::Document> document = yaml::Document::parse(bytes, file);
    if (!document)
        return fail(document.error());
    return Reader(file).run(document->root());
}

Result<RedactionRules> redactionRulesOf(const QString &repositoryRoot)
{
    const QString path = redactionPath(repositoryRoot);
    if (repositoryRoot.isEmpty() || !QFileInfo::exists(path))
        return RedactionRules::defaults();
    const Result<QByteArray> bytes = base::readFile(path, kMaxFileBytes);
    if (!bytes)
        return fail(bytes.error());
    return parseRedactionRules(*bytes, path);
}

} // namespace parallax::traffic
