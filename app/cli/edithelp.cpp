// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/edithelp.h"

#include "app/cli/errors.h"
#include "base/linediff.h"
#include "endpoints/check.h"
#include "repository/catalogue.h"

#include <CLI/CLI.hpp>

using namespace Qt::StringLiterals;

namespace parallax::cli {

void EditOptions::addTo(CLI::App &command)
{
    repository.addTo(command);
    command.add_flag("--dry-run", dryRun, "Print the unified difference and write nothing");
}

int writeEndpoint(const Console &console, const EditOptions &options, const repository::Repository &repository,
                  const QString &name, const std::optional<QByteArray> &before, const std::optional<QByteArray> &after)
{
    const QString path = repository::Repository::endpointPath(name);
    const base::LineDiff diff = base::diffLines(before.value_or(QByteArray()), after.value_or(QByteArray()));
    const QByteArray unified =
        base::unifiedDiff(diff, before ? u"a/"_s + path : u"/dev/null"_s, after ? u"b/"_s + path : u"/dev/null"_s);
    if (!options.dryRun) {
        Status status;
        if (after)
            status = repository.saveFile(path, *after, before);
        else if (before)
            status = repository.removeFile(path, *before);
        if (!status)
            return console.fail(status.error());
    }
    if (console.json) {
        console.printJson(QJsonObject{
            {u"file"_s, path},
            {u"written"_s, !options.dryRun},
            {u"added"_s, diff.added},
            {u"removed"_s, diff.removed},
            {u"diff"_s, QString::fromUtf8(unified)},
        });
    } else if (options.dryRun) {
        console.print(QString::fromUtf8(unified).trimmed());
    } else {
        console.note(u"%1: +%2 -%3"_s.arg(path).arg(diff.added).arg(diff.removed));
    }
    return Done;
}

int editEndpoint(const Console &console, const EditOptions &options, const QString &endpoint,
                 const std::function<Result<QList<endpoints::Edit>>(const endpoints::Endpoint &)> &makeEdits)
{
    const Result<repository::Repository> repository = options.repository.open(console);
    if (!repository)
        return console.fail(repository.error());
    Result<endpoints::EndpointFile> file = readEndpoint(*repository, endpoint);
    if (!file)
        return console.fail(file.error());
    for (const Finding &finding : file->findings()) {
        if (finding.severity == Severity::Error)
            return console.fail(finding.error, DoesNotHold);
    }
    const Result<QList<endpoints::Edit>> edits = makeEdits(file->partial());
    if (!edits)
        return console.fail(edits.error(), edits.error().code == kUsage ? UsageError : DoesNotHold);
    const endpoints::EndpointFile before = *file;
    for (const endpoints::Edit &edit : *edits) {
        Result<endpoints::EndpointFile> edited = endpoints::applied(*file, edit);
        if (!edited)
            return console.fail(edited.error(), DoesNotHold);
        file = *edited;
    }
    warnOfTargets(console, *repository, before, *file);
    return writeEndpoint(console, options, *repository, endpoint, before.bytes(), file->bytes());
}

void warnOfTargets(const Console &console, const repository::Repository &repository,
                   const std::optional<endpoints::EndpointFile> &before, const endpoints::EndpointFile &after)
{
    if (console.quiet)
        return;
    QStringList branches;
    for (const endpoints::Backend &backend : after.partial().backends)
        branches += backend.deployment.branch;
    for (const endpoints::Mirror &mirror : after.partial().mirrors)
        branches += mirror.deployment.branch;
    branches.removeDuplicates();
    const auto catalogue = repository::CatalogueLoader(repository).load(branches);
    if (!catalogue)
        return console.warn(catalogue.error());
    QList<Error> known;
    if (before) {
        for (const Finding &finding : endpoints::checkAgainst(*before, **catalogue))
            known += Error{finding.error.code, finding.error.args, {}, {}};
    }
    for (const Finding &finding : endpoints::checkAgainst(after, **catalogue)) {
        if (!known.contains(Error{finding.error.code, finding.error.args, {}, {}}))
            console.warn(finding.error, finding.severity);
    }
}

void DeploymentOptions::addTo(CLI::App &command, bool isRequired)
{
    CLI::Option *option = command.add_option("--deployment", name, "The deployment")->type_name("NAME");
    if (isRequired)
        option->required();
    command.add_option("--branch", branch, "Its branch (main)")->type_name("BRANCH");
    command.add_option("--version", version, "latest, a number or an alias (latest)")->type_name("VERSION");
}

endpoints::DeploymentRef DeploymentOptions::over(endpoints::DeploymentRef present) const
{
    if (!name.empty())
        present.name = QString::fromStdString(name);
    if (!branch.empty())
        present.branch = QString::fromStdString(branch);
    if (!version.empty())
        present.version = endpoints::Version::fromString(QString::fromStdString(version));
    return present;
}

Result<endpoints::Backend> parseBackend(const QString &text)
{
    endpoints::Backend backend;
    QString rest = text;
    if (const qsizetype equals = rest.indexOf(u'='); equals >= 0) {
        backend.label = rest.left(equals);
        rest = rest.mid(equals + 1);
    }
    if (const qsizetype star = rest.lastIndexOf(u'*'); star >= 0) {
        bool isNumber = false;
        const int weight = rest.mid(star + 1).toInt(&isNumber);
        if (!isNumber || weight < 0)
            return fail(kUsage, {}, u"%1: the weight after * is no whole number"_s.arg(text));
        backend.weight = weight;
        rest.truncate(star);
    }
    backend.deployment = endpoints::DeploymentRef::fromString(rest);
    if (backend.deployment.name.isEmpty())
        return fail(kUsage, {}, u"%1 is not [LABEL=]DEPLOYMENT[@BRANCH][:VERSION][*WEIGHT]"_s.arg(text));
    return backend;
}

} // namespace parallax::cli
