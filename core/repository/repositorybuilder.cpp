// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "repository/repositorybuilder.h"

#include "base/clock.h"
#include "base/files.h"
#include "repository/errors.h"

#include <QDir>
#include <QDirIterator>
#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parallax::repository {

namespace {

constexpr qint64 kMaxDescriptionBytes = 16LL * 1024 * 1024;
constexpr qint64 kMaxFileBytes = 256LL * 1024 * 1024;

Error invalid(const QString &file, const QString &reason)
{
    return {kDescriptionInvalid, {{u"file"_s, file}, {u"reason"_s, reason}}, {file}, {}};
}

/// A path as fast-import reads it in quotes: any byte, with `"`, `\` and line feed escaped.
QByteArray quoted(const QString &path)
{
    QByteArray text = path.toUtf8();
    text.replace('\\', "\\\\").replace('"', "\\\"").replace('\n', "\\n");
    return '"' + text + '"';
}

QByteArray dataOf(const QByteArray &bytes)
{
    return "data " + QByteArray::number(bytes.size()) + '\n' + bytes + '\n';
}

QByteArray ref(const QString &branch)
{
    return "refs/heads/" + branch.toUtf8();
}

QByteArray person(const BuildCommit &commit)
{
    const auto plain = [](const QString &text) {
        QString one = text;
        one.remove(u'<').remove(u'>').remove(u'\n');
        return one.toUtf8();
    };
    return plain(commit.author) + " <" + plain(commit.email) + "> " + QByteArray::number(commit.time) + " +0000\n";
}

QByteArray importStream(const BuildDescription &description)
{
    QByteArray stream;
    QHash<QString, QByteArray> tips; // branch and the mark of its newest commit
    int number = 0;
    for (const BuildCommit &commit : description.commits) {
        const QByteArray mark = ':' + QByteArray::number(++number);
        stream += "commit " + ref(commit.branch) + "\nmark " + mark + "\nauthor " + person(commit) + "committer " +
                  person(commit);
        stream += dataOf(commit.subject.toUtf8() + '\n');
        const QString from = tips.contains(commit.branch) ? commit.branch
                             : commit.from.isEmpty()      ? description.defaultBranch
                                                          : commit.from;
        if (tips.contains(from))
            stream += "from " + tips.value(from) + '\n';
        if (tips.contains(commit.merge))
            stream += "merge " + tips.value(commit.merge) + '\n';
        for (const QString &path : commit.remove)
            stream += "D " + quoted(path) + '\n';
        for (auto it = commit.files.begin(); it != commit.files.end(); ++it)
            stream += (it->startsWith("#!") ? "M 100755 inline " : "M 100644 inline ") + quoted(it.key()) + '\n' +
                      dataOf(*it);
        for (auto it = commit.links.begin(); it != commit.links.end(); ++it)
            stream += "M 120000 inline " + quoted(it.key()) + '\n' + dataOf(*it);
        tips.insert(commit.branch, mark);
    }
    return stream + "done\n";
}

} // namespace

Status BuildCommit::addOverlay(const QString &folder)
{
    const QDir root(folder);
    QDirIterator it(folder, QDir::Files | QDir::Hidden, QDirIterator::Subdirectories);
    while (it.hasNext()) {
        const QString path = it.next();
        if (path.endsWith(".pyc"_L1))
            continue;
        const Result<QByteArray> bytes = base::readFile(path, kMaxFileBytes);
        if (!bytes)
            return fail(bytes.error());
        files.insert(root.relativeFilePath(path), *bytes);
    }
    return {};
}

Result<BuildDescription> BuildDescription::read(const QString &file)
{
    const Result<QByteArray> bytes = base::readFile(file, kMaxDescriptionBytes);
    if (!bytes)
        return fail(bytes.error());
    QJsonParseError parsed;
    const QJsonObject object = QJsonDocument::fromJson(*bytes, &parsed).object();
    if (parsed.error != QJsonParseError::NoError)
        return fail(invalid(file, parsed.errorString()));
    BuildDescription description;
    description.defaultBranch = object.value("defaultBranch"_L1).toString(description.defaultBranch);
    const QString overlays = QFileInfo(file).path() + u"/history/"_s;
    for (const QJsonValue &value : object.value("commits"_L1).toArray()) {
        const QJsonObject entry = value.toObject();
        const auto text = [&entry](QLatin1StringView key) { return entry.value(key).toString(); };
        BuildCommit commit;
        commit.branch = entry.value("branch"_L1).toString(description.defaultBranch);
        commit.from = text("from"_L1);
        commit.merge = text("merge"_L1);
        commit.subject = text("subject"_L1);
        commit.author = text("author"_L1);
        commit.email = text("email"_L1);
        for (const QJsonValue &path : entry.value("remove"_L1).toArray())
            commit.remove.append(path.toString());
        WallTime time;
        if (!fromRfc3339(text("time"_L1), time))
            return fail(invalid(file, text("time"_L1)));
        commit.time = std::chrono::duration_cast<std::chrono::seconds>(time.time_since_epoch()).count();
        if (const QString overlay = text("directory"_L1); !overlay.isEmpty()) {
            if (!QFileInfo(overlays + overlay).isDir())
                return fail(invalid(file, overlay));
            if (Status added = commit.addOverlay(overlays + overlay); !added)
                return fail(added.error());
        }
        description.commits.append(std::move(commit));
    }
    return description;
}

Status buildRepository(const BuildDescription &description, const QString &folder, std::stop_token stop)
{
    if (Status made = base::makePath(folder); !made)
        return made;
    if (!QDir(folder).isEmpty(QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot))
        return fail({kFolderNotEmpty, {{u"folder"_s, folder}}, {folder}, {}});
    const Result<Git> found = Git::locate();
    if (!found)
        return fail(found.error());
    const Git git = found->inFolder(folder);
    const auto call = [&](QStringList arguments, QByteArray input = {}) -> Status {
        GitCall one{QStringList{u"-c"_s, u"commit.gpgsign=false"_s, u"-c"_s, u"core.autocrlf=false"_s} + arguments,
                    GitAccess::Write, std::move(input)};
        one.environment = {{u"GIT_CONFIG_NOSYSTEM"_s, u"1"_s},
                           {u"GIT_CONFIG_GLOBAL"_s, u"/dev/null"_s},
                           {u"GIT_CONFIG_COUNT"_s, u"0"_s},
                           {u"GIT_DEFAULT_HASH"_s, u"sha1"_s}};
        one.timeout = std::chrono::minutes(5);
        const Result<QByteArray> out = git.output(one, stop);
        return out ? Status() : fail(out.error());
    };
    if (Status made =
            call({u"init"_s, u"--quiet"_s, u"--template="_s, u"--initial-branch="_s + description.defaultBranch});
        !made)
        return made;
    if (description.commits.isEmpty())
        return {};
    if (Status imported = call({u"fast-import"_s, u"--quiet"_s, u"--done"_s}, importStream(description)); !imported)
        return imported;
    return call({u"reset"_s, u"--quiet"_s, u"--hard"_s});
}

} // namespace parallax::repository
