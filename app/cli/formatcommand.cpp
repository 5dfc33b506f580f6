// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/repositoryoption.h"
#include "base/errors.h"
#include "base/files.h"
#include "base/linediff.h"
#include "endpoints/canonical.h"

#include <CLI/CLI.hpp>

#include <QDir>
#include <QFileInfo>
#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace parallax::cli {

namespace {

constexpr qint64 kMaxFile = 1'000'000;

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

int format(const Console &console, const FormatOptions &options)
{
    int code = Done;
    QJsonArray changed;
    for (const std::string &given : options.paths) {
        const QString path = QString::fromStdString(given);
        if (!QFileInfo::exists(path))
            return console.fail({base::kFileNotFound, {{u"file"_s, path}}, {path}, {}});
        for (const QString &file : filesOf(path)) {
            const Result<QByteArray> bytes = base::readFile(file, kMaxFile);
            if (!bytes)
                return console.fail(bytes.error());
            const endpoints::EndpointFile endpoint =
                endpoints::EndpointFile::read(*bytes, file, QFileInfo(file).completeBaseName());
            const Result<QByteArray> canonical = endpoints::canonicalForm(endpoint);
            if (!canonical) {
                code = console.fail(canonical.error(), DoesNotHold);
                continue;
            }
            if (*canonical == *bytes)
                continue;
            changed.append(file);
            if (options.diff) {
                const base::LineDiff diff = base::diffLines(*bytes, *canonical);
                console.print(QString::fromUtf8(base::unifiedDiff(diff, u"a/"_s + file, u"b/"_s + file)).trimmed());
            }
            if (options.check || options.diff) {
                if (options.check)
                    code = DoesNotHold;
                if (options.check && !options.diff && !console.json)
                    console.print(file);
                continue;
            }
            if (const Status saved = base::saveFile(file, *canonical); !saved)
                return console.fail(saved.error());
            if (!console.json)
                console.print(file);
        }
    }
    if (console.json && !options.diff)
        console.printJson(QJsonObject{{u"changed"_s, changed}, {u"written"_s, !options.check}});
    return code;
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
