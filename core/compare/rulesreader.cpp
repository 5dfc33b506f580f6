// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Reads `.parallax/compare/<endpoint>.yaml` into Rules, with a finding and its place for everything that is off.
#include "base/files.h"
#include "compare/errors.h"
#include "compare/rules.h"
#include "yaml/document.h"

#include <cmath>

using namespace Qt::StringLiterals;

namespace parallax::compare {

namespace {

constexpr qint64 kMaxFileBytes = 1'000'000;

std::optional<Nanoseconds> duration(const QString &text)
{
    static const QRegularExpression form(u"^\\s*([0-9]+(?:\\.[0-9]+)?)\\s*(ns|us|ms|s|m|h|d)\\s*$"_s);
    const QRegularExpressionMatch match = form.match(text);
    if (!match.hasMatch())
        return std::nullopt;
    static const QHash<QString, double> kUnits{{u"ns"_s, 1.0}, {u"us"_s, 1e3},   {u"ms"_s, 1e6},   {u"s"_s, 1e9},
                                               {u"m"_s, 6e10}, {u"h"_s, 3.6e12}, {u"d"_s, 8.64e13}};
    const double amount = match.captured(1).toDouble() * kUnits.value(match.captured(2));
    constexpr double kMaxNanoseconds = 9e18;
    if (amount > kMaxNanoseconds)
        return std::nullopt;
    return Nanoseconds(std::llround(amount));
}

class Reader
{
public:
    explicit Reader(QString file)
        : m_file(std::move(file))
    {}

    RulesFile run(const QByteArray &bytes)
    {
        const Result<yaml::Document> document = yaml::Document::parse(bytes, m_file);
        if (!document) {
            m_out.findings.append({Severity::Error, document.error()});
            return take();
        }
        const yaml::Node &root = document->root();
        if (!root.isMapping()) {
            report(root, kRulesNotMapping, {{u"what"_s, u"file"_s}});
            return take();
        }
        checkVersion(root);
        for (const yaml::Entry &entry : root.entries)
            topLevel(entry);
        warnOfShadowedRules();
        return take();
    }

private:
    struct Out
    {
        Rules rules;
        QList<Finding> findings;
    } m_out;

    RulesFile take() { return {std::move(m_out.rules), {m_out.findings.begin(), m_out.findings.end()}}; }

    void report(const yaml::Node &node, ErrorCode code, QVariantMap args, Severity severity = Severity::Error,
                const QString &detail = {})
    {
        m_out.findings.append({severity, {code, std::move(args), {m_file, node.line, node.column}, detail}});
    }

    void badValue(const yaml::Entry &entry, ErrorCode code)
    {
        report(entry.value, code, {{u"key"_s, entry.key.text}, {u"value"_s, entry.value.text}});
    }

    void checkVersion(const yaml::Node &root)
    {
        const yaml::Node *version = root.find(u"schemaVersion");
        if (version == nullptr)
            report(root, kRulesSchemaVersion, {{u"value"_s, QString()}});
        else if (version->toInteger() != 1)
            report(*version, kRulesSchemaVersion, {{u"value"_s, version->text}});
    }

    void topLevel(const yaml::Entry &entry)
    {
        const QString &key = entry.key.text;
        if (key == u"schemaVersion")
            return;
        if (key == u"margin") {
            readMargin(entry);
        } else if (key == u"target") {
            const std::optional<double> target = entry.value.toNumber();
            if (target && *target > 0.0 && *target < 1.0)
                m_out.rules.target = *target;
            else
                badValue(entry, kRulesBadTarget);
        } else if (key == u"rules") {
            readRuleList(entry.value);
        } else {
            report(entry.key, kRulesUnknownKey, {{u"key"_s, key}}, Severity::Warning);
        }
    }

    void readMargin(const yaml::Entry &entry)
    {
        if (!entry.value.isMapping()) {
            report(entry.value, kRulesNotMapping, {{u"what"_s, u"margin"_s}});
            return;
        }
        for (const yaml::Entry &part : entry.value.entries) {
            if (part.key.text == u"abs")
                m_out.rules.margin = amount(part);
            else
                report(part.key, kRulesUnknownKey, {{u"key"_s, part.key.text}});
        }
    }

    std::optional<double> amount(const yaml::Entry &entry)
    {
        const std::optional<double> number = entry.value.toNumber();
        if (number && std::isfinite(*number) && *number >= 0.0)
            return number;
        badValue(entry, kRulesBadNumber);
        return std::nullopt;
    }

    void readRuleList(const yaml::Node &list)
    {
        if (list.kind == yaml::Kind::Null)
            return;
        if (!list.isSequence()) {
            report(list, kRulesNotMapping, {{u"what"_s, u"rules"_s}});
            return;
        }
        for (const yaml::Node &item : list.items) {
            if (!item.isMapping())
                report(item, kRulesNotMapping, {{u"what"_s, u"rule"_s}});
            else
                readRule(item);
        }
    }

    void readRule(const yaml::Node &node)
    {
        Rule rule;
        rule.line = node.line;
        const yaml::Entry *effect = nullptr;
        bool isPlaced = false;
        for (const yaml::Entry &entry : node.entries) {
            if (entry.key.text == u"path") {
                isPlaced = true;
                readPath(entry, rule);
                continue;
            }
            if (entry.key.text == u"header")
                isPlaced = true;
            if (effect != nullptr) {
                report(entry.key, kRulesTwoEffects, {{u"first"_s, effect->key.text}, {u"second"_s, entry.key.text}});
                continue;
            }
            effect = &entry;
            readEffect(entry, rule);
        }
        if (effect == nullptr || !isPlaced)
            report(node, kRulesNoEffect, {});
        else if (rule.kind == RuleKind::Header && node.find(u"path") != nullptr)
            report(node, kRulesTwoEffects, {{u"first"_s, u"path"_s}, {u"second"_s, u"header"_s}});
        m_out.rules.rules.push_back(rule);
    }

    void readPath(const yaml::Entry &entry, Rule &rule)
    {
        rule.path = entry.value.text;
        const std::optional<PathPattern> pattern =
            entry.value.isScalar() ? PathPattern::parse(rule.path) : std::nullopt;
        if (pattern)
            rule.pattern = *pattern;
        else
            report(entry.value, kRulesBadPath, {{u"path"_s, rule.path}});
    }

    void readEffect(const yaml::Entry &entry, Rule &rule)
    {
        const QString &key = entry.key.text;
        if (key == u"ignore")
            readFlag(entry, rule, RuleKind::Ignore);
        else if (key == u"presenceOnly")
            readFlag(entry, rule, RuleKind::PresenceOnly);
        else if (key == u"unordered")
            readFlag(entry, rule, RuleKind::Unordered);
        else if (key == u"tolerance")
            readTolerance(entry, rule);
        else if (key == u"keyedBy")
            readKeyedBy(entry, rule);
        else if (key == u"datetimeWithin")
            readDatetime(entry, rule);
        else if (key == u"normalize")
            readNormalize(entry, rule);
        else if (key == u"header")
            readHeader(entry, rule);
        else
            report(entry.key, kRulesUnknownKey, {{u"key"_s, key}});
    }

    void readFlag(const yaml::Entry &entry, Rule &rule, RuleKind kind)
    {
        const std::optional<bool> flag = entry.value.toBool();
        if (!flag)
            badValue(entry, kRulesBadFlag);
        rule.kind = flag.value_or(false) ? kind : RuleKind::Exact;
    }

    void readTolerance(const yaml::Entry &entry, Rule &rule)
    {
        rule.kind = RuleKind::Tolerance;
        if (!entry.value.isMapping() || entry.value.entries.isEmpty()) {
            report(entry.value, kRulesNotMapping, {{u"what"_s, u"tolerance"_s}});
            return;
        }
        for (const yaml::Entry &part : entry.value.entries) {
            if (part.key.text == u"abs") {
                rule.tolerance.abs = amount(part);
            } else if (part.key.text == u"rel") {
                rule.tolerance.rel = amount(part);
            } else if (part.key.text == u"ulps32") {
                rule.tolerance.ulps32 = part.value.toInteger();
                if (rule.tolerance.ulps32.value_or(-1) < 0)
                    badValue(part, kRulesBadNumber);
            } else {
                report(part.key, kRulesUnknownKey, {{u"key"_s, part.key.text}});
            }
        }
    }

    void readKeyedBy(const yaml::Entry &entry, Rule &rule)
    {
        rule.kind = RuleKind::KeyedBy;
        rule.keyedBy = entry.value.text;
        if (!entry.value.isScalar() || rule.keyedBy.isEmpty())
            badValue(entry, kRulesBadName);
    }

    void readDatetime(const yaml::Entry &entry, Rule &rule)
    {
        rule.kind = RuleKind::DatetimeWithin;
        const std::optional<Nanoseconds> within = entry.value.isScalar() ? duration(entry.value.text) : std::nullopt;
        if (within)
            rule.datetimeWithin = *within;
        else
            badValue(entry, kRulesBadDuration);
    }

    void readNormalize(const yaml::Entry &entry, Rule &rule)
    {
        rule.kind = RuleKind::Normalize;
        if (!entry.value.isMapping()) {
            report(entry.value, kRulesNotMapping, {{u"what"_s, u"normalize"_s}});
            return;
        }
        for (const yaml::Entry &part : entry.value.entries) {
            if (part.key.text == u"pattern") {
                rule.normalize = QRegularExpression(part.value.text, QRegularExpression::UseUnicodePropertiesOption);
                if (!rule.normalize.isValid() || part.value.text.isEmpty())
                    report(part.value, kRulesBadPattern, {{u"pattern"_s, part.value.text}}, Severity::Error,
                           rule.normalize.errorString());
            } else if (part.key.text == u"replace") {
                rule.replacement = part.value.text;
            } else {
                report(part.key, kRulesUnknownKey, {{u"key"_s, part.key.text}});
            }
        }
        if (entry.value.find(u"pattern") == nullptr)
            report(entry.value, kRulesBadPattern, {{u"pattern"_s, QString()}});
    }

    void readHeader(const yaml::Entry &entry, Rule &rule)
    {
        rule.kind = RuleKind::Header;
        rule.header = entry.value.text.toLatin1().toLower();
        static const QRegularExpression token(u"^[!#$%&'*+.^_`|~0-9A-Za-z-]+$"_s);
        if (!token.match(entry.value.text).hasMatch())
            badValue(entry, kRulesBadName);
    }

    void warnOfShadowedRules()
    {
        const std::vector<Rule> &rules = m_out.rules.rules;
        for (std::size_t later = 1; later < rules.size(); ++later) {
            if (rules[later].kind == RuleKind::Header)
                continue;
            for (std::size_t earlier = 0; earlier < later; ++earlier) {
                if (rules[earlier].kind == RuleKind::Header || !rules[earlier].pattern.covers(rules[later].pattern))
                    continue;
                m_out.findings.append({Severity::Warning,
                                       {kRulesNeverDecides,
                                        {{u"rule"_s, describe(rules[later])}, {u"line"_s, rules[earlier].line}},
                                        {m_file, rules[later].line, 1},
                                        {}}});
                break;
            }
        }
    }

    QString m_file;
};

} // namespace

RulesFile readRules(const QByteArray &bytes, const QString &file)
{
    return Reader(file).run(bytes);
}

Result<Rules> loadRules(const QString &file)
{
    const Result<QByteArray> bytes = base::readFile(file, kMaxFileBytes);
    if (!bytes)
        return fail(bytes.error());
    const RulesFile read = readRules(*bytes, file);
    for (const Finding &finding : read.findings) {
        if (finding.severity == Severity::Error)
            return fail(finding.error);
    }
    return read.rules;
}

} // namespace parallax::compare
