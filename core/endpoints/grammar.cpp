// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "endpoints/grammar.h"

#include "endpoints/errors.h"
#include "endpoints/names.h"
#include "yaml/scalars.h"

using namespace Qt::StringLiterals;

namespace parallax::endpoints {

namespace {

using yaml::Entry;
using yaml::Kind;
using yaml::Node;

bool isQuoted(const Node &node)
{
    return node.style != yaml::ScalarStyle::Plain || node.tag == "!!str"_L1 || node.tag == "!"_L1;
}

/// What the YAML 1.2 core schema makes of a scalar, seen coarsely.
bool isText(const Node &node)
{
    return node.isScalar() && (isQuoted(node) || (!node.toInteger() && !node.toNumber() && !node.toBool()));
}

bool isMergeKey(const Node &key)
{
    return key.text == "<<"_L1 && !isQuoted(key);
}

bool isEmptyMapping(const Node &node)
{
    return node.kind == Kind::Null || (node.isMapping() && node.entries.isEmpty());
}

/// One pass over a tree; collects the endpoint and the findings.
class Reader
{
public:
    explicit Reader(QString file)
        : m_file(std::move(file))
    {}

    GrammarResult read(const Node &root, const QString &name)
    {
        m_out.endpoint.name = name;
        checkTags(root);
        if (root.kind == Kind::Null) {
            say(Severity::Error, kEmpty, root);
        } else if (!root.isMapping()) {
            say(Severity::Error, kNotAMapping, root);
        } else {
            readRoot(root);
        }
        std::stable_sort(m_out.findings.begin(), m_out.findings.end(), [](const Finding &a, const Finding &b) {
            return std::pair(a.error.where.line, a.error.where.column) <
                   std::pair(b.error.where.line, b.error.where.column);
        });
        return std::move(m_out);
    }

private:
    void say(Severity severity, ErrorCode code, const Node &node, QVariantMap args = {})
    {
        m_out.findings.append({severity, {code, std::move(args), {m_file, node.line, node.column}, {}}});
    }

    static QVariantMap keyArg(const QStringList &path) { return {{u"key"_s, path.join(u'.')}}; }

    void checkTags(const Node &node)
    {
        static const QStringList kKnown{u"!"_s,      u"!!str"_s,  u"!!int"_s, u"!!float"_s,
                                        u"!!bool"_s, u"!!null"_s, u"!!map"_s, u"!!seq"_s};
        if (node.isAlias)
            return;
        if (!node.tag.isEmpty() && !kKnown.contains(node.tag))
            say(Severity::Error, kUnknownTag, node, {{u"tag"_s, node.tag}});
        for (const Entry &entry : node.entries) {
            checkTags(entry.key);
            checkTags(entry.value);
        }
        for (const Node &item : node.items)
            checkTags(item);
    }

    /// The entries with what `<<` brings in: own keys win, then the first mapping that has a key.
    QList<Entry> entriesOf(const Node &mapping)
    {
        QList<Entry> own;
        QList<const Node *> merged;
        for (const Entry &entry : mapping.entries) {
            if (!isMergeKey(entry.key)) {
                own.append(entry);
                continue;
            }
            say(Severity::Warning, kMergeKey, entry.key);
            if (entry.value.isMapping())
                merged.append(&entry.value);
            for (const Node &item : entry.value.items)
                merged.append(&item);
        }
        for (const Node *source : merged) {
            for (const Entry &entry : source->entries) {
                const auto isSame = [&entry](const Entry &other) { return other.key.text == entry.key.text; };
                if (std::none_of(own.begin(), own.end(), isSame))
                    own.append(entry);
            }
        }
        return own;
    }

    void unknown(const Entry &entry, const QStringList &parent)
    {
        const QStringList path = parent + QStringList{entry.key.text};
        m_out.endpoint.unknown.append({path, entry.key.line, entry.key.column});
        say(Severity::Info, kUnknownKey, entry.key, keyArg(path));
    }

    void readRoot(const Node &root)
    {
        std::optional<Entry> backends;
        std::optional<Entry> mirrors;
        bool hasSchemaVersion = false;
        for (const Entry &entry : entriesOf(root)) {
            if (entry.key.text == "backends"_L1) {
                backends = entry;
            } else if (entry.key.text == "mirrors"_L1) {
                mirrors = entry;
            } else if (entry.key.text == "schemaVersion"_L1) {
                hasSchemaVersion = true;
                readSchemaVersion(entry.value);
            } else {
                unknown(entry, {});
            }
        }
        const bool hasBackends = backends && !isEmptyMapping(backends->value);
        if (hasBackends)
            readBackends(*backends);
        if (mirrors)
            readMirrors(*mirrors);
        if (!hasBackends && mirrors && !isEmptyMapping(mirrors->value))
            say(Severity::Error, kMirrorsWithoutBackend, mirrors->key);
        else if (!hasBackends)
            say(Severity::Error, kBackendsMissing, backends ? backends->key : root);
        if (!hasSchemaVersion)
            say(Severity::Error, kSchemaVersionMissing, root);
    }

    void readSchemaVersion(const Node &node)
    {
        const std::optional<qint64> version = node.toInteger();
        if (version != 1)
            say(Severity::Error, kSchemaVersion, node, {{u"version"_s, node.text}});
        m_out.endpoint.schemaVersion = version && qAbs(*version) < 1'000'000 ? static_cast<int>(*version) : 1;
    }

    void readBackends(const Entry &backends)
    {
        if (!checkMapping(backends.value, {u"backends"_s}))
            return;
        bool allWeightsRead = true;
        qint64 sum = 0;
        for (const Entry &entry : entriesOf(backends.value)) {
            const QStringList path{u"backends"_s, entry.key.text};
            Backend backend{entry.key.text, {}, std::nullopt};
            checkLabel(entry, path);
            if (!checkMapping(entry.value, path)) {
                allWeightsRead = false;
                continue;
            }
            readTarget(entry, path, backend.deployment, [&](const Entry &other) {
                if (other.key.text != "weight"_L1)
                    return false;
                backend.weight = readWeight(other.value, path + QStringList{u"weight"_s});
                allWeightsRead = allWeightsRead && backend.weight.has_value();
                return true;
            });
            sum += backend.effectiveWeight();
            m_out.endpoint.backends.append(std::move(backend));
        }
        if (allWeightsRead && sum == 0)
            say(Severity::Error, kWeightsSumZero, backends.key);
    }

    void readMirrors(const Entry &mirrors)
    {
        if (isEmptyMapping(mirrors.value)) {
            say(Severity::Info, kMirrorsEmpty, mirrors.key);
            return;
        }
        if (!checkMapping(mirrors.value, {u"mirrors"_s}))
            return;
        for (const Entry &entry : entriesOf(mirrors.value)) {
            const QStringList path{u"mirrors"_s, entry.key.text};
            Mirror mirror{entry.key.text, {}};
            checkLabel(entry, path);
            if (!checkMapping(entry.value, path))
                continue;
            readTarget(entry, path, mirror.deployment, [&](const Entry &other) {
                if (other.key.text != "weight"_L1)
                    return false;
                say(Severity::Warning, kMirrorWeight, other.key, {{u"name"_s, mirror.name}});
                return true;
            });
            compareWithBackends(mirror, entry);
            m_out.endpoint.mirrors.append(std::move(mirror));
        }
    }

    void compareWithBackends(const Mirror &mirror, const Entry &entry)
    {
        for (const Backend &backend : std::as_const(m_out.endpoint.backends)) {
            if (backend.label == mirror.name)
                say(Severity::Warning, kSameName, entry.key, {{u"name"_s, mirror.name}});
            if (backend.deployment == mirror.deployment && !mirror.deployment.name.isEmpty())
                say(Severity::Info, kMirrorOfBackend, entry.key,
                    {{u"name"_s, mirror.name}, {u"backend"_s, backend.label}});
        }
    }

    bool checkMapping(const Node &node, const QStringList &path)
    {
        if (!node.isMapping())
            say(Severity::Error, kNotMapping, node, keyArg(path));
        return node.isMapping();
    }

    void checkLabel(const Entry &entry, const QStringList &path)
    {
        if (entry.key.text.trimmed().isEmpty())
            say(Severity::Error, kLabelEmpty, entry.key, keyArg(path.first(1)));
    }

    /// A backend or a mirror: `deployment`, and what `other` knows.
    template<class Other>
    void readTarget(const Entry &target, const QStringList &path, DeploymentRef &ref, Other other)
    {
        bool hasDeployment = false;
        for (const Entry &entry : entriesOf(target.value)) {
            if (entry.key.text == "deployment"_L1) {
                hasDeployment = true;
                const QStringList below = path + QStringList{u"deployment"_s};
                if (checkMapping(entry.value, below))
                    readDeployment(entry, below, ref);
            } else if (!other(entry)) {
                unknown(entry, path);
            }
        }
        if (!hasDeployment)
            say(Severity::Error, kDeploymentMissing, target.key, keyArg(path));
    }

    void readDeployment(const Entry &deployment, const QStringList &path, DeploymentRef &ref)
    {
        bool hasBranch = false;
        bool hasName = false;
        bool hasVersion = false;
        for (const Entry &entry : entriesOf(deployment.value)) {
            if (entry.key.text == "branch"_L1) {
                hasBranch = true;
                readBranch(entry.value, path, ref);
            } else if (entry.key.text == "name"_L1) {
                hasName = true;
                readDeploymentName(entry.value, path, ref);
            } else if (entry.key.text == "version"_L1) {
                hasVersion = true;
                readVersion(entry.value, ref);
            } else {
                unknown(entry, path);
            }
        }
        if (!hasBranch)
            say(Severity::Error, kBranchMissing, deployment.key, keyArg(path));
        if (!hasName)
            say(Severity::Error, kDeploymentNameMissing, deployment.key, keyArg(path));
        if (!hasVersion)
            say(Severity::Error, kVersionMissing, deployment.key, keyArg(path));
    }

    bool checkText(const Node &node, const QStringList &path)
    {
        QVariantMap args = keyArg(path);
        args.insert(u"text"_s, node.text);
        if (!isText(node)) {
            say(Severity::Error, kNotText, node, args);
            return false;
        }
        if (!isQuoted(node) && yaml::readsAsOtherType(node.text))
            say(Severity::Warning, kAmbiguousText, node, args);
        return true;
    }

    void readBranch(const Node &node, const QStringList &path, DeploymentRef &ref)
    {
        if (!checkText(node, path + QStringList{u"branch"_s}))
            return;
        ref.branch = node.text;
        if (!isBranchName(node.text))
            say(Severity::Error, kBranchInvalid, node, {{u"branch"_s, node.text}});
    }

    void readDeploymentName(const Node &node, const QStringList &path, DeploymentRef &ref)
    {
        if (!checkText(node, path + QStringList{u"name"_s}))
            return;
        ref.name = node.text;
        if (!isDeploymentName(node.text))
            say(Severity::Error, kDeploymentNameInvalid, node, {{u"name"_s, node.text}});
        else if (node.text == "endpoint"_L1)
            say(Severity::Warning, kDeploymentNameReserved, node, {{u"name"_s, node.text}});
    }

    /// Q15: `latest`, a number from 1 without quotes, quoted digits with a warning, else a custom alias with a warning.
    void readVersion(const Node &node, DeploymentRef &ref)
    {
        const QVariantMap args{{u"version"_s, node.text}};
        if (!node.isScalar())
            return say(Severity::Error, kVersionInvalid, node, args);
        const QString &text = node.text;
        if (text == "latest"_L1) {
            ref.version = Version::latest();
            return;
        }
        const bool isDigits =
            !text.isEmpty() && std::all_of(text.begin(), text.end(), [](QChar c) { return c >= u'0' && c <= u'9'; });
        if (isDigits)
            return readVersionNumber(node, ref);
        if (!isQuoted(node) && node.toInteger())
            return say(Severity::Error, *node.toInteger() < 1 ? kVersionNotPositive : kVersionAmbiguous, node, args);
        if (!isText(node) || !isVersionAlias(text))
            return say(Severity::Error, kVersionInvalid, node, args);
        if (!isQuoted(node) && yaml::readsAsOtherType(text))
            return say(Severity::Error, kVersionAmbiguous, node, args);
        ref.version = Version::alias(text);
        say(Severity::Warning, kVersionAlias, node, args);
    }

    void readVersionNumber(const Node &node, DeploymentRef &ref)
    {
        const QVariantMap args{{u"version"_s, node.text}};
        bool fits = false;
        const int number = node.text.toInt(&fits);
        if (!fits)
            return say(Severity::Error, kVersionInvalid, node, args);
        if (number < 1)
            return say(Severity::Error, kVersionNotPositive, node, args);
        if (node.text.startsWith(u'0'))
            return say(Severity::Error, kVersionAmbiguous, node, args);
        ref.version = Version::number(number);
        if (isQuoted(node))
            say(Severity::Warning, kVersionQuoted, node, args);
    }

    std::optional<int> readWeight(const Node &node, const QStringList &path)
    {
        QVariantMap args = keyArg(path);
        args.insert(u"weight"_s, node.text);
        const std::optional<qint64> weight = node.toInteger();
        const bool isUnambiguous = weight && node.text == QString::number(*weight);
        if (!isUnambiguous) {
            say(Severity::Error, kWeightInvalid, node, args);
            return std::nullopt;
        }
        if (*weight < 0) {
            say(Severity::Error, kWeightNegative, node, args);
            return std::nullopt;
        }
        if (*weight > kMaxWeight) {
            args.insert(u"limit"_s, kMaxWeight);
            say(Severity::Error, kWeightTooLarge, node, args);
            return std::nullopt;
        }
        return static_cast<int>(*weight);
    }

    QString m_file;
    GrammarResult m_out;
};

} // namespace

GrammarResult readGrammar(const Node &root, const QString &file, const QString &name)
{
    return Reader(file).read(root, name);
}

} // namespace parallax::endpoints
