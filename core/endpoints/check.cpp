// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "endpoints/check.h"

#include "endpoints/errors.h"

using namespace Qt::StringLiterals;

namespace parallax::endpoints {

namespace {

using yaml::Node;

std::optional<DeploymentInfo> functionOf(const DeploymentRef &ref, const Catalogue &catalogue)
{
    if (ref.version.kind() == Version::Kind::Number)
        return catalogue.findVersion(ref.name, ref.branch, ref.version.toNumber());
    // Which version a custom alias stands for is not in git; the newest is the best that is known.
    return catalogue.find(ref.name, ref.branch);
}

/// Looks up what is written where, for the places of findings.
class Checker
{
public:
    Checker(const EndpointFile &file, const Catalogue &catalogue)
        : m_file(file)
        , m_catalogue(catalogue)
    {}

    QList<Finding> run()
    {
        const Endpoint &endpoint = m_file.partial();
        for (const Backend &backend : endpoint.backends)
            check(backend.deployment, deploymentNode(u"backends"_s, backend.label));
        for (const Mirror &mirror : endpoint.mirrors)
            check(mirror.deployment, deploymentNode(u"mirrors"_s, mirror.name));
        if (endpoint.backends.isEmpty())
            return m_findings;
        const DeploymentRef &primary = endpoint.backends.first().deployment;
        for (const Backend &backend : endpoint.backends.mid(1))
            compare(backend.label, backend.deployment, primary, deploymentNode(u"backends"_s, backend.label));
        for (const Mirror &mirror : endpoint.mirrors)
            compare(mirror.name, mirror.deployment, primary, deploymentNode(u"mirrors"_s, mirror.name));
        return m_findings;
    }

private:
    const Node *deploymentNode(const QString &section, const QString &name) const
    {
        const Node *node = m_file.document()->root().find(section);
        node = node == nullptr ? nullptr : node->find(name);
        return node == nullptr ? nullptr : node->find(u"deployment");
    }

    SourceLocation placeOf(const Node *deployment, QStringView key) const
    {
        const Node *node = deployment == nullptr ? nullptr : deployment->find(key);
        node = node == nullptr ? deployment : node;
        return node == nullptr ? SourceLocation{m_file.file(), 1, 1}
                               : SourceLocation{m_file.file(), node->line, node->column};
    }

    void say(ErrorCode code, QVariantMap args, const SourceLocation &where)
    {
        m_findings.append({Severity::Warning, {code, std::move(args), where, {}}});
    }

    void check(const DeploymentRef &ref, const Node *node)
    {
        if (ref.name.isEmpty())
            return;
        const QVariantMap args{{u"name"_s, ref.name}, {u"branch"_s, ref.branch}};
        if (!m_catalogue.knowsBranch(ref.branch))
            return say(kBranchUnknown, args, placeOf(node, u"branch"));
        const std::optional<DeploymentInfo> info = m_catalogue.find(ref.name, ref.branch);
        if (!info)
            return say(kDeploymentUnknown, args, placeOf(node, u"name"));
        if (info->archived)
            say(kDeploymentArchived, args, placeOf(node, u"name"));
        if (info->versionsKnown && ref.version.toNumber() > info->newestVersion) {
            say(kVersionAboveNewest,
                {{u"name"_s, ref.name}, {u"version"_s, ref.version.toNumber()}, {u"newest"_s, info->newestVersion}},
                placeOf(node, u"version"));
        }
    }

    void compare(const QString &name, const DeploymentRef &ref, const DeploymentRef &primary, const Node *node)
    {
        std::optional<Finding> finding = argumentsDiffer(name, ref, primary, m_catalogue);
        if (!finding)
            return;
        finding->error.where = placeOf(node, u"name");
        m_findings.append(*finding);
    }

    const EndpointFile &m_file;
    const Catalogue &m_catalogue;
    QList<Finding> m_findings;
};

} // namespace

QList<Finding> checkAgainst(const EndpointFile &file, const Catalogue &catalogue)
{
    if (!file.document())
        return {};
    QList<Finding> findings = Checker(file, catalogue).run();
    std::stable_sort(findings.begin(), findings.end(), [](const Finding &a, const Finding &b) {
        return std::pair(a.error.where.line, a.error.where.column) <
               std::pair(b.error.where.line, b.error.where.column);
    });
    return findings;
}

std::optional<Finding> argumentsDiffer(const QString &name, const DeploymentRef &candidate,
                                       const DeploymentRef &primary, const Catalogue &catalogue)
{
    if (candidate == primary || candidate.name.isEmpty() || primary.name.isEmpty())
        return std::nullopt;
    const std::optional<DeploymentInfo> one = functionOf(candidate, catalogue);
    const std::optional<DeploymentInfo> other = functionOf(primary, catalogue);
    // Without a main function nothing of the metadata was readable.
    if (!one || !other || one->mainFunction.isEmpty() || other->mainFunction.isEmpty() ||
        one->arguments == other->arguments)
        return std::nullopt;
    const QVariantMap args{{u"name"_s, name},
                           {u"deployment"_s, candidate.toString()},
                           {u"arguments"_s, one->arguments.join(u", "_s)},
                           {u"primary"_s, primary.toString()},
                           {u"primaryArguments"_s, other->arguments.join(u", "_s)}};
    return Finding{Severity::Warning, {kArgumentsDiffer, args, {}, {}}};
}

} // namespace parallax::endpoints
