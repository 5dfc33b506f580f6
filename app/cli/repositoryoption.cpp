// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/repositoryoption.h"

#include "app/cli/errors.h"
#include "base/errors.h"

#include <CLI/CLI.hpp>

#include <QDir>
#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace parallax::cli {

void RepositoryOption::addTo(CLI::App &command)
{
    command.add_option("--repo", folder, "The repository (default: the one around the current folder)")
        ->type_name("DIR");
}

Result<repository::Repository> RepositoryOption::open(const Console &console) const
{
    const QString start = folder.empty() ? QDir::currentPath() : QString::fromStdString(folder);
    if (!QFileInfo::exists(start))
        return fail({base::kFileNotFound, {{u"file"_s, start}}, {start}, {}});
    Result<repository::Repository> repository = repository::Repository::discover(start);
    if (!repository)
        return repository;
    for (const Finding &finding : repository->findings())
        console.warn(finding.error, finding.severity);
    return repository;
}

Result<endpoints::EndpointFile> readEndpoint(const repository::Repository &repository, const QString &name)
{
    const QString path = repository::Repository::endpointPath(name);
    const Result<QString> full = repository.resolve(path);
    if (!full)
        return fail(full.error());
    if (!QFile::exists(*full))
        return fail(kUnknownEndpoint, {{u"endpoint"_s, name}});
    const Result<QByteArray> bytes = repository.readFile(path);
    if (!bytes)
        return fail(bytes.error());
    return endpoints::EndpointFile::read(*bytes, shownPath(*full), name);
}

QString shownPath(const QString &path)
{
    const QString relative = QDir::current().relativeFilePath(path);
    return relative.startsWith(u"../../"_s) || QDir::isAbsolutePath(relative) ? path : relative;
}

} // namespace parallax::cli
