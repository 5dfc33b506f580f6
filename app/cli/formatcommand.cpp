// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/repositoryoption.h"
#include "base/files.h"
#include "base/linediff.h"
#include "base/text.h"
#include "endpoints/canonical.h"
#include "repository/errors.h"

#include <CLI/CLI.hpp>

#include <QDir>
#include <QFileInfo>
#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace parallax::cli {

namespace {

constexpr qint64 kMaxFile = 64 * 1024 * 1024;

struct FormatOptions
{
    std::vector<std::string> paths;
    bool check = false;
    bool diff = false;
};

/// Endpoint files that PATH stands for: itself, the files of a folder, or of a repository's endpoints folder.
QStringList filesOf(const QString &path)
{
    const QFileInfo info(path);
    if (!info.isDir())
        return {path};
    QDir folder(path);
    if (QFileInfo(folder.filePath(u"endpoints"_s)).isDir())
        folder.cd(u"endpoints"_s);
    QStringList files;
    for (const QFileInfo &file : folder.entryInfoList({u"*.yaml"_s}, QDir::Files, QDir::Name))
        files += shownPath(file.filePath());
    return files;
}

/// One run: every file for itself, so that one that cannot be formatted keeps none of the others from it.
class Formatter
{
public:
    Formatter(const Console &console, const FormatOptions &options)
        : m_console(console)
        , m_options(options)
    {}

    void format(const QString &file)
    {
        const Result<QByteArray> bytes = read(file);
        if (!bytes)
            return refuse(bytes.error(), bytes.error().code == repository::kPathOutside ? DoesNotHold : CouldNotRun);
        const endpoints::EndpointFile endpoint =
            endpoints::EndpointFile::read(*bytes, file, QFileInfo(file).completeBaseName());
        const Result<QByteArray> canonical = endpoints::canonicalForm(endpoint);
        if (!canonical)
            return refuse(canonical.error(), DoesNotHold);
        if (*canonical == *bytes)
            return;
        if (m_options.diff) {
            const base::LineDiff diff = base::diffLines(*bytes, *canonical);
            const QString unified = QString::fromUtf8(base::unifiedDiff(diff, u"a/"_s + file, u"b/"_s + file));
            m_diff += unified;
            if (!m_console.json)
                m_console.print(unified.trimmed());
        }
        if (m_options.check)
            m_code = qMax<int>(m_code, DoesNotHold);
        if (!m_options.check && !m_options.diff) {
            if (const Status saved = base::saveFile(file, *canonical); !saved)
                return refuse(saved.error(), CouldNotRun);
        }
        if (!m_options.diff && !m_console.json)
            m_console.print(base::escapeControls(file));
        m_changed.append(file);
    }

    [[nodiscard]] int finish() const
    {
        QJsonObject object{
            {u"changed"_s, m_changed}, {u"written"_s, !m_options.check && !m_options.diff}, {u"errors"_s, m_errors}};
        if (m_options.diff)
            object.insert(u"diff"_s, m_diff);
        if (m_console.json)
            m_console.printJson(object);
        return m_code;
    }

    void refuse(const Error &error, ExitCode code)
    {
        m_console.warn(error, Severity::Error);
        m_errors.append(toJson(error));
        m_code = qMax<int>(m_code, code);
    }

private:
    [[nodiscard]] static Result<QByteArray> read(const QString &file)
    {
        const QFileInfo info(file);
        if (info.exists() && !info.isFile()) // a pipe would block us for ever
            return fail({repository::kNotAFile, {{u"file"_s, file}}, {file}, {}});
        // A link is followed where it stays in its repository, as git keeps it; what lies elsewhere is not ours.
        if (info.isSymLink()) {
            const Result<repository::Repository> own = repository::Repository::discover(info.absolutePath());
            const QString root = own ? own->root() : QFileInfo(info.absolutePath()).canonicalFilePath();
            if (!info.canonicalFilePath().startsWith(root + u'/'))
                return fail({repository::kPathOutside, {{u"file"_s, file}}, {file}, {}});
        }
        return base::readFile(file, kMaxFile);
    }

    const Console &m_console;
    const FormatOptions &m_options;
    int m_code = Done;
    QJsonArray m_changed;
    QJsonArray m_errors;
    QString m_diff;
};

int format(const Console &console, const FormatOptions &options)
{
    Formatter formatter(console, options);
    for (const std::string &given : options.paths) {
        for (const QString &file : filesOf(QString::fromStdString(given)))
            formatter.format(file);
    }
    return formatter.finish();
}

} // namespace

void addFormat(CLI::App &parser, Invocation &invocation)
{
    CLI::App *command =
        parser.add_subcommand("format", "Rewrite endpoint files into the service's canonical form, keeping comments");
    auto options = std::make_shared<FormatOptions>();
    command->add_option("PATH", options->paths, "Repository, folder or endpoint file")->required();
    command->add_flag("--check", options->check, "Write nothing; exit 1 and name the files that are not canonical");
    command->add_flag("--diff", options->diff, "Write nothing; print what would change");
    command->callback([&invocation, options] {
        invocation.run = [&invocation, options] { return format(invocation.console, *options); };
    });
}

} // namespace parallax::cli
