// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "endpoints/canonical.h"

#include "endpoints/edits.h"
#include "endpoints/errors.h"
#include "endpoints/names.h"
#include "yaml/blockform.h"

using namespace Qt::StringLiterals;

namespace parallax::endpoints {

namespace {

/// Key order of the service at a path of an endpoint file.
yaml::KeyOrder orderOf(const QStringList &path)
{
    if (path.isEmpty())
        return {{u"backends"_s, u"mirrors"_s}, {u"schemaVersion"_s}};
    if (path.size() == 2)
        return {{u"deployment"_s, u"weight"_s}, {}};
    if (path.size() == 3 && path[2] == u"deployment")
        return {{u"branch"_s, u"name"_s, u"version"_s}, {}};
    return {};
}

} // namespace

Result<QByteArray> newEndpoint(const QString &name, const QList<Backend> &backends, const QList<Mirror> &mirrors)
{
    if (const std::optional<Error> error = newNameError(name))
        return fail(*error);
    if (backends.isEmpty())
        return fail({kBackendsMissing, {}, {}, {}});
    EndpointFile file = EndpointFile::read("schemaVersion: 1\n", QString(), name);
    QList<Edit> edits;
    for (const Backend &backend : backends)
        edits.append(AddBackend{backend.label, backend.deployment, backend.effectiveWeight()});
    for (const Mirror &mirror : mirrors)
        edits.append(AddMirror{mirror.name, mirror.deployment});
    for (const Edit &edit : std::as_const(edits)) {
        Result<EndpointFile> next = applied(file, edit);
        if (!next)
            return fail(next.error());
        file = std::move(*next);
    }
    for (const Finding &finding : file.findings()) {
        if (finding.severity == Severity::Error)
            return fail(finding.error);
    }
    return canonicalForm(file);
}

Result<QByteArray> canonicalForm(const EndpointFile &file)
{
    if (!file.isEditable()) {
        for (const Finding &finding : file.findings()) {
            if (finding.severity == Severity::Error)
                return fail(finding.error);
        }
    }
    return yaml::blockForm(*file.document(), orderOf);
}

} // namespace parallax::endpoints
