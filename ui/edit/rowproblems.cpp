// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/edit/rowproblems.h"

#include "endpoints/errors.h"

#include <functional>

using namespace Qt::StringLiterals;

namespace parallax::ui {

namespace {

using Matches = std::function<bool(const QString &name, const endpoints::DeploymentRef &ref)>;

/// `mirrors.mirror_1.deployment` means mirror_1; a name may hold dots itself.
bool isInside(const QString &key, QLatin1StringView list, const QString &name)
{
    const QString prefix = list + u'.' + name;
    return key == prefix || key.startsWith(prefix + u'.');
}

Matches matcher(const Error &finding)
{
    using namespace endpoints;
    const auto arg = [&finding](const QString &key) { return finding.args.value(key).toString(); };
    if (finding.code == kVersionAboveNewest)
        return [name = arg(u"name"_s), version = arg(u"version"_s)](const QString &, const DeploymentRef &ref) {
            return ref.name == name && ref.version.toString() == version;
        };
    if (finding.code == kDeploymentUnknown || finding.code == kDeploymentArchived)
        return [name = arg(u"name"_s), branch = arg(u"branch"_s)](const QString &, const DeploymentRef &ref) {
            return ref.name == name && ref.branch == branch;
        };
    if (finding.code == kBranchUnknown || finding.code == kBranchInvalid)
        return [branch = arg(u"branch"_s)](const QString &, const DeploymentRef &ref) { return ref.branch == branch; };
    if (finding.code == kDeploymentNameInvalid || finding.code == kDeploymentNameReserved)
        return [name = arg(u"name"_s)](const QString &, const DeploymentRef &ref) { return ref.name == name; };
    if (finding.code == kVersionAlias || finding.code == kVersionQuoted)
        return [version = arg(u"version"_s)](const QString &, const DeploymentRef &ref) {
            return ref.version.toString() == version;
        };
    if (isOfMirror(finding) || finding.code == kArgumentsDiffer)
        return [name = arg(u"name"_s)](const QString &row, const DeploymentRef &) { return row == name; };
    return {};
}

} // namespace

bool isOfMirror(const Error &finding)
{
    return finding.code == endpoints::kMirrorWeight || finding.code == endpoints::kMirrorOfBackend ||
           finding.code == endpoints::kSameName;
}

QStringList rowsOf(const Error &finding, const endpoints::Endpoint &endpoint)
{
    const Matches matches = matcher(finding);
    const QString key = finding.args.value(u"key"_s).toString();
    QStringList names;
    for (const endpoints::Backend &backend : endpoint.backends) {
        if (isInside(key, "backends"_L1, backend.label) ||
            (matches && !isOfMirror(finding) && matches(backend.label, backend.deployment)))
            names += backend.label;
    }
    for (const endpoints::Mirror &mirror : endpoint.mirrors) {
        if (isInside(key, "mirrors"_L1, mirror.name) || (matches && matches(mirror.name, mirror.deployment)))
            names += mirror.name;
    }
    names.removeDuplicates();
    return names;
}

RowPart partOf(const Error &finding)
{
    using namespace endpoints;
    struct Part
    {
        ErrorCode code;
        RowPart part;
    };
    static constexpr Part kParts[]{
        {kVersionAboveNewest, RowPart::Version},
        {kVersionMissing, RowPart::Version},
        {kVersionInvalid, RowPart::Version},
        {kVersionNotPositive, RowPart::Version},
        {kVersionAmbiguous, RowPart::Version},
        {kVersionQuoted, RowPart::Version},
        {kVersionAlias, RowPart::Version},
        {kBranchUnknown, RowPart::Branch},
        {kBranchInvalid, RowPart::Branch},
        {kBranchMissing, RowPart::Branch},
        {kDeploymentUnknown, RowPart::Deployment},
        {kDeploymentArchived, RowPart::Deployment},
        {kDeploymentMissing, RowPart::Deployment},
        {kDeploymentNameMissing, RowPart::Deployment},
        {kDeploymentNameInvalid, RowPart::Deployment},
        {kDeploymentNameReserved, RowPart::Deployment},
        {kArgumentsDiffer, RowPart::Deployment},
        {kMirrorOfBackend, RowPart::Deployment},
        {kWeightInvalid, RowPart::Weight},
        {kWeightNegative, RowPart::Weight},
        {kWeightTooLarge, RowPart::Weight},
        {kSameName, RowPart::Name},
        {kMirrorWeight, RowPart::Name},
    };
    for (const Part &part : kParts) {
        if (part.code == finding.code)
            return part.part;
    }
    return RowPart::Whole;
}

} // namespace parallax::ui
