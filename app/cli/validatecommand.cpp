// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/repositoryoption.h"
#include "base/errors.h"
#include "base/files.h"
#include "endpoints/check.h"
#include "endpoints/localsettings.h"
#include "endpoints/names.h"
#include "repository/catalogue.h"
#include "repository/errors.h"
#include "targets/targetsfile.h"
#include "ui/wording/wording.h"

#include <CLI/CLI.hpp>

#include <QDir>
#include <QFileInfo>
#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace parallax::cli {

namespace {

constexpr qint64 kMaxFile = 64 * 1024 * 1024;

/// Reads what is there and gathers the findings of all of it.
class Validator
{
public:
    explicit Validator(const Console &console)
        : m_console(console)
    {}

    /// PATH of the command: a repository, a folder of endpoint files, or one file.
    [[nodiscard]] Status check(const QString &path)
    {
        const QFileInfo info(path);
        if (!info.exists() && !info.isSymLink())
            return fail({base::kFileNotFound, {{u"file"_s, path}}, {path}, {}});
        openRepository(path);
        if (info.isDir())
            checkFolder(QDir(path));
        else
            checkFile(info.filePath());
        return {};
    }

    [[nodiscard]] const QList<Finding> &findings() const { return m_findings; }

private:
    void openRepository(const QString &path)
    {
        m_catalogue.reset();
        m_root.clear();
        const Result<repository::Repository> repository = repository::Repository::discover(path);
        if (!repository)
            return; // loose files are checked without a catalogue
        m_root = repository->root();
        repository::CatalogueLoader loader(*repository);
        if (auto catalogue = loader.load(repository::CatalogueLoader::Everything{}))
            m_catalogue = *catalogue;
        if (QFileInfo(path).isDir() && QDir(path).canonicalPath() == QDir(m_root).canonicalPath())
            m_findings += repository->findings();
    }

    void checkFolder(const QDir &folder)
    {
        const bool isRepository = QFileInfo(folder.filePath(u"endpoints"_s)).isDir() ||
                                  QFileInfo(folder.filePath(u"deployments"_s)).isDir() ||
                                  QFileInfo::exists(folder.filePath(u".workspace"_s));
        if (!isRepository) {
            for (const QFileInfo &file :
                 folder.entryInfoList({u"*.yaml"_s, u"*.yml"_s}, QDir::Files | QDir::System, QDir::Name))
                checkFile(file.filePath());
            return;
        }
        if (const Result<repository::Repository> repository = repository::Repository::discover(folder.path())) {
            for (const repository::EndpointFile &file : repository->endpointFiles()) {
                if (file.flag)
                    m_findings += shown(*file.flag);
                if (file.isReadable())
                    checkFile(shownPath(file.fullPath));
            }
        }
        checkLocalFiles(folder);
    }

    void checkLocalFiles(const QDir &root)
    {
        const QString targets = root.filePath(u".parallax/targets.yaml"_s);
        if (QFileInfo::exists(targets)) {
            if (const Result<QByteArray> bytes = base::readFile(targets, kMaxFile))
                m_findings += targets::TargetsFile::read(*bytes, shownPath(targets)).findings;
            else
                m_findings += Finding{Severity::Error, bytes.error()};
        }
        const QDir local(root.filePath(u".parallax/endpoints"_s));
        for (const QFileInfo &file : local.entryInfoList({u"*.yaml"_s}, QDir::Files, QDir::Name)) {
            if (const Result<QByteArray> bytes = base::readFile(file.filePath(), kMaxFile))
                m_findings += endpoints::LocalSettingsFile::read(*bytes, shownPath(file.filePath())).findings;
            else
                m_findings += Finding{Severity::Error, bytes.error()};
        }
    }

    void checkFile(const QString &path)
    {
        const Result<QByteArray> bytes = read(path);
        if (!bytes) {
            m_findings += Finding{Severity::Error, bytes.error()};
            return;
        }
        const endpoints::EndpointFile file =
            endpoints::EndpointFile::read(*bytes, path, QFileInfo(path).completeBaseName());
        m_findings += file.findings();
        if (m_catalogue && !file.hasErrors())
            m_findings += endpoints::checkAgainst(file, *m_catalogue);
    }

    /// A link that leads out of the repository, and what is no file, is not read.
    [[nodiscard]] Result<QByteArray> read(const QString &path) const
    {
        const QFileInfo info(path);
        if (info.exists() && !info.isFile())
            return fail({repository::kNotAFile, {{u"file"_s, path}}, {path}, {}});
        if (!m_root.isEmpty() && info.isSymLink() && !info.canonicalFilePath().startsWith(m_root + u'/'))
            return fail({repository::kPathOutside, {{u"file"_s, path}}, {path}, {}});
        return base::readFile(path, kMaxFile);
    }

    [[nodiscard]] static Finding shown(Finding finding)
    {
        finding.error.where.file = shownPath(finding.error.where.file);
        return finding;
    }

    const Console &m_console;
    QString m_root;
    std::shared_ptr<const repository::Catalogue> m_catalogue;
    QList<Finding> m_findings;
};

QString severityName(Severity severity)
{
    return severity == Severity::Error ? u"error"_s : severity == Severity::Warning ? u"warning"_s : u"info"_s;
}

int validate(const Console &console, const std::vector<std::string> &paths)
{
    Validator validator(console);
    for (const std::string &path : paths) {
        if (const Status status = validator.check(QString::fromStdString(path)); !status)
            return console.fail(status.error());
    }
    const QList<Finding> &findings = validator.findings();
    QJsonArray list;
    bool hasErrors = false;
    for (const Finding &finding : findings) {
        hasErrors = hasErrors || finding.severity == Severity::Error;
        if (console.json) {
            list.append(QJsonObject{
                {u"severity"_s, severityName(finding.severity)},
                {u"code"_s, finding.error.code.toString()},
                {u"text"_s, wording::text(finding.error)},
                {u"file"_s, finding.error.where.file},
                {u"line"_s, finding.error.where.line},
                {u"column"_s, finding.error.where.column},
            });
        } else {
            console.print(wording::line(finding.error, finding.severity));
        }
    }
    if (console.json)
        console.printJson(QJsonObject{{u"valid"_s, !hasErrors}, {u"findings"_s, list}});
    return hasErrors ? DoesNotHold : Done;
}

} // namespace

void addValidate(CLI::App &parser, Invocation &invocation)
{
    CLI::App *command =
        parser.add_subcommand("validate", "Check endpoint files, and the .parallax files of a repository");
    auto paths = std::make_shared<std::vector<std::string>>();
    command->add_option("PATH", *paths, "Repository, folder or endpoint file")->required();
    command->callback([&invocation, paths] {
        invocation.run = [&invocation, paths] { return validate(invocation.console, *paths); };
    });
}

} // namespace parallax::cli
