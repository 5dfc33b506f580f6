// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/edithelp.h"
#include "app/cli/errors.h"
#include "base/errors.h"
#include "base/text.h"
#include "endpoints/canonical.h"
#include "endpoints/names.h"
#include "ui/wording/wording.h"

#include <CLI/CLI.hpp>

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace parallax::cli {

namespace {

struct EndpointOptions
{
    EditOptions edit;
    std::string name;
    std::string newName;
    std::vector<std::string> backends;
};

QJsonObject toJson(const endpoints::DeploymentRef &deployment)
{
    return {
        {u"name"_s, deployment.name},
        {u"branch"_s, deployment.branch},
        {u"version"_s, deployment.version.kind() == endpoints::Version::Kind::Number
                           ? QJsonValue(deployment.version.toNumber())
                           : QJsonValue(deployment.version.toString())},
    };
}

QJsonObject toJson(const endpoints::Endpoint &endpoint)
{
    QJsonArray backends;
    for (const endpoints::Backend &backend : endpoint.backends)
        backends.append(QJsonObject{{u"label"_s, backend.label},
                                    {u"deployment"_s, toJson(backend.deployment)},
                                    {u"weight"_s, backend.effectiveWeight()}});
    QJsonArray mirrors;
    for (const endpoints::Mirror &mirror : endpoint.mirrors)
        mirrors.append(QJsonObject{{u"name"_s, mirror.name}, {u"deployment"_s, toJson(mirror.deployment)}});
    QJsonArray unknown;
    for (const endpoints::UnknownSetting &setting : endpoint.unknown)
        unknown.append(setting.path.join(u'.'));
    return {
        {u"name"_s, endpoint.name},
        {u"type"_s, endpoint.type() == endpoints::EndpointType::Split ? u"split"_s : u"alias"_s},
        {u"backends"_s, backends},
        {u"mirrors"_s, mirrors},
        {u"unknown"_s, unknown},
    };
}

QStringList describe(const endpoints::Endpoint &endpoint)
{
    QStringList lines;
    const bool isSplit = endpoint.type() == endpoints::EndpointType::Split;
    for (const endpoints::Backend &backend : endpoint.backends)
        lines += u"    %1 -> %2%3"_s.arg(backend.label, backend.deployment.toString(),
                                         isSplit ? u"  weight %1"_s.arg(backend.effectiveWeight()) : QString());
    for (const endpoints::Mirror &mirror : endpoint.mirrors)
        lines += u"    mirror %1 -> %2"_s.arg(mirror.name, mirror.deployment.toString());
    for (const endpoints::UnknownSetting &setting : endpoint.unknown)
        lines += u"    not known to this program: %1"_s.arg(setting.path.join(u'.'));
    return lines;
}

QJsonArray errorsOf(const QList<Finding> &findings)
{
    QJsonArray errors;
    for (const Finding &finding : findings) {
        if (finding.severity == Severity::Error)
            errors.append(wording::line(finding.error));
    }
    return errors;
}

int listEndpoints(const Console &console, const EndpointOptions &options)
{
    const Result<repository::Repository> repository = options.edit.repository.open(console);
    if (!repository)
        return console.fail(repository.error());
    QJsonArray list;
    for (const repository::EndpointFile &entry : repository->endpointFiles()) {
        QList<Finding> findings;
        if (entry.flag)
            findings += *entry.flag;
        std::optional<endpoints::EndpointFile> file;
        if (entry.isReadable()) {
            if (const Result<QByteArray> bytes = repository->readFile(entry.path)) {
                file = endpoints::EndpointFile::read(*bytes, shownPath(entry.fullPath), entry.name);
                findings += file->findings();
            } else {
                findings += Finding{Severity::Error, bytes.error()};
            }
        }
        QJsonObject object = toJson(file ? file->partial() : endpoints::Endpoint{entry.name, {}, {}, 1, {}});
        object.insert(u"file"_s, entry.path);
        object.insert(u"errors"_s, errorsOf(findings));
        list.append(object);
        if (console.json)
            continue;
        const endpoints::Endpoint endpoint = file ? file->partial() : endpoints::Endpoint();
        const QString mirrors =
            endpoint.mirrors.isEmpty() ? QString() : u", %1 mirrored"_s.arg(endpoint.mirrors.size());
        const QString type = endpoint.type() == endpoints::EndpointType::Split
                                 ? u"split over %1"_s.arg(endpoint.backends.size())
                                 : u"alias"_s;
        console.print(
            base::escapeControls(entry.name + u"  "_s + (errorsOf(findings).isEmpty() ? type + mirrors : u"broken"_s)));
        for (const Finding &finding : std::as_const(findings)) {
            if (finding.severity == Severity::Error)
                console.print(u"    "_s + wording::line(finding.error));
        }
    }
    if (console.json)
        console.printJson(list);
    return Done;
}

int showEndpoint(const Console &console, const EndpointOptions &options)
{
    const Result<repository::Repository> repository = options.edit.repository.open(console);
    if (!repository)
        return console.fail(repository.error());
    const Result<endpoints::EndpointFile> file = readEndpoint(*repository, QString::fromStdString(options.name));
    if (!file)
        return console.fail(file.error());
    for (const Finding &finding : file->findings()) {
        if (finding.severity == Severity::Error)
            return console.fail(finding.error, DoesNotHold);
    }
    if (console.json) {
        console.printJson(toJson(file->partial()));
        return Done;
    }
    console.print(file->name());
    for (const QString &line : describe(file->partial()))
        console.print(base::escapeControls(line));
    return Done;
}

int createEndpoint(const Console &console, const EndpointOptions &options)
{
    const QString name = QString::fromStdString(options.name);
    if (const std::optional<Error> error = endpoints::newNameError(name))
        return console.fail(*error, DoesNotHold);
    QList<endpoints::Backend> backends;
    for (const std::string &text : options.backends) {
        Result<endpoints::Backend> backend = parseBackend(QString::fromStdString(text));
        if (!backend)
            return console.fail(backend.error(), UsageError);
        if (backend->label.isEmpty())
            backend->label = u"split_%1"_s.arg(backends.size() + 1);
        if (!backend->weight)
            backend->weight = 1; // as the service's own web application writes it
        backends += *backend;
    }
    const Result<repository::Repository> repository = options.edit.repository.open(console);
    if (!repository)
        return console.fail(repository.error());
    const Result<QByteArray> bytes = endpoints::newEndpoint(name, backends);
    if (!bytes)
        return console.fail(bytes.error(), DoesNotHold);
    if (repository->readFile(repository::Repository::endpointPath(name)))
        return console.fail({base::kFileExists, {}, {repository::Repository::endpointPath(name)}, {}}, DoesNotHold);
    warnOfTargets(console, *repository, {},
                  endpoints::EndpointFile::read(*bytes, repository::Repository::endpointPath(name), name));
    return writeEndpoint(console, options.edit, *repository, name, std::nullopt, *bytes);
}

int renameEndpoint(const Console &console, const EndpointOptions &options)
{
    const QString name = QString::fromStdString(options.name);
    const QString newName = QString::fromStdString(options.newName);
    if (const std::optional<Error> error = endpoints::newNameError(newName))
        return console.fail(*error, DoesNotHold);
    const Result<repository::Repository> repository = options.edit.repository.open(console);
    if (!repository)
        return console.fail(repository.error());
    const Result<endpoints::EndpointFile> file = readEndpoint(*repository, name);
    if (!file)
        return console.fail(file.error());
    if (repository->readFile(repository::Repository::endpointPath(newName)))
        return console.fail({base::kFileExists, {}, {repository::Repository::endpointPath(newName)}, {}}, DoesNotHold);
    if (options.edit.dryRun) {
        console.print(u"rename from endpoints/%1.yaml\nrename to endpoints/%2.yaml"_s.arg(name, newName));
        return Done;
    }
    // The new one first: whatever happens in between, the endpoint exists.
    if (const Status saved =
            repository->saveFile(repository::Repository::endpointPath(newName), file->bytes(), std::nullopt);
        !saved)
        return console.fail(saved.error());
    if (const Status removed = repository->removeFile(repository::Repository::endpointPath(name), file->bytes());
        !removed)
        return console.fail(removed.error());
    if (console.json)
        console.printJson(QJsonObject{{u"from"_s, name}, {u"to"_s, newName}});
    else
        console.note(u"%1 is now %2; callers of the old URL get 404"_s.arg(name, newName));
    return Done;
}

int deleteEndpoint(const Console &console, const EndpointOptions &options)
{
    const QString name = QString::fromStdString(options.name);
    const Result<repository::Repository> repository = options.edit.repository.open(console);
    if (!repository)
        return console.fail(repository.error());
    const Result<endpoints::EndpointFile> file = readEndpoint(*repository, name);
    if (!file)
        return console.fail(file.error());
    return writeEndpoint(console, options.edit, *repository, name, file->bytes(), std::nullopt);
}

} // namespace

void addEndpoint(CLI::App &parser, Invocation &invocation)
{
    CLI::App *command = parser.add_subcommand("endpoint", "List, show, create, rename or delete endpoints");
    command->require_subcommand(1);
    const auto sub = [&](const char *name, const char *what, int (*run)(const Console &, const EndpointOptions &)) {
        CLI::App *one = command->add_subcommand(name, what);
        auto options = std::make_shared<EndpointOptions>();
        one->callback([&invocation, options, run] {
            invocation.run = [&invocation, options, run] { return run(invocation.console, *options); };
        });
        return std::pair{one, options};
    };
    const auto [list, listOptions] = sub("list", "All endpoints, broken ones with their error", listEndpoints);
    listOptions->edit.repository.addTo(*list);
    const auto [show, showOptions] = sub("show", "One endpoint", showEndpoint);
    show->add_option("NAME", showOptions->name, "The endpoint")->required();
    showOptions->edit.repository.addTo(*show);
    const auto [create, createOptions] =
        sub("create", "Make a new endpoint; several backends make a split", createEndpoint);
    create->add_option("NAME", createOptions->name, "The endpoint")->required();
    create
        ->add_option("--backend", createOptions->backends, "[LABEL=]DEPLOYMENT[@BRANCH][:VERSION][*WEIGHT], repeatable")
        ->required()
        ->type_name("BACKEND");
    createOptions->edit.addTo(*create);
    const auto [rename, renameOptions] = sub("rename", "Give an endpoint another name", renameEndpoint);
    rename->add_option("NAME", renameOptions->name, "The endpoint")->required();
    rename->add_option("NEW", renameOptions->newName, "Its new name")->required();
    renameOptions->edit.addTo(*rename);
    const auto [remove, removeOptions] = sub("delete", "Delete an endpoint's file", deleteEndpoint);
    remove->add_option("NAME", removeOptions->name, "The endpoint")->required();
    removeOptions->edit.addTo(*remove);
}

} // namespace parallax::cli
