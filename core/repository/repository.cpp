// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "repository/repository.h"

#include "base/errors.h"
#include "base/files.h"
#include "repository/errors.h"

#include <QDir>
#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace parallax::repository {

namespace {

bool isModelbitFolder(const QString &folder)
{
    return QFileInfo(folder + u"/endpoints"_s).isDir() || QFileInfo(folder + u"/deployments"_s).isDir() ||
           QFileInfo(folder + u"/.workspace"_s).isFile();
}

bool looksBare(const QString &folder)
{
    return QFileInfo(folder + u"/HEAD"_s).isFile() && QFileInfo(folder + u"/objects"_s).isDir() &&
           QFileInfo(folder + u"/refs"_s).isDir();
}

/// The nearest folder at or above `path` that exists, without links.
QString existingFolder(const QString &path)
{
    QFileInfo info(QDir::cleanPath(QDir::current().absoluteFilePath(path)));
    while (!info.isDir() && info.absolutePath() != info.absoluteFilePath())
        info = QFileInfo(info.absolutePath());
    return info.canonicalFilePath();
}

bool isInside(const QString &path, const QString &folder)
{
    return path == folder || path.startsWith(folder.endsWith(u'/') ? folder : folder + u'/');
}

Error fileError(ErrorCode code, const QString &path)
{
    return {code, {{u"file"_s, path}}, {path}, {}};
}

std::optional<Finding> flagOf(const QFileInfo &info, const QString &path, const Repository &repository)
{
    const auto flag = [&path](Severity severity, ErrorCode code, QVariantMap args) {
        return Finding{severity, {code, std::move(args), {path}, {}}};
    };
    if (info.isSymLink() && !repository.resolve(path))
        return flag(Severity::Error, kPathOutside, {{u"file"_s, path}});
    if (info.isDir())
        return flag(Severity::Warning, kEndpointFolder, {{u"file"_s, path}});
    if (!info.isFile())
        return flag(Severity::Error, kNotAFile, {{u"file"_s, path}});
    return {};
}

} // namespace

Result<QString> Repository::findRoot(const QString &path)
{
    const QString start = existingFolder(path);
    if (start.isEmpty())
        return fail(fileError(base::kFileNotFound, path));
    QDir folder(start);
    while (!isModelbitFolder(folder.path())) {
        if (!folder.cdUp()) {
            const QString asked = QDir::cleanPath(path);
            return fail({looksBare(start) ? kRepositoryBare : kNoRepository, {{u"folder"_s, asked}}, {asked}, {}});
        }
    }
    return folder.path();
}

Result<Repository> Repository::discover(const QString &path, std::stop_token stop, const Result<Git> &git)
{
    const Result<QString> root = findRoot(path);
    if (!root)
        return fail(root.error());
    Repository repository;
    repository.m_root = *root;
    repository.openHistory(git, stop);
    if (stop.stop_requested())
        return fail(base::kCancelled);
    return repository;
}

void Repository::openHistory(const Result<Git> &git, std::stop_token stop)
{
    const auto warn = [this](Error error) { m_findings.append({Severity::Warning, std::move(error)}); };
    const auto warnOf = [&](ErrorCode code) { warn({code, {{u"folder"_s, m_root}}, {m_root}, {}}); };
    if (!git)
        return warn(git.error());
    m_git = git->inFolder(m_root);
    const Result<QByteArray> facts = m_git.output(
        {{u"rev-parse"_s, u"--is-inside-work-tree"_s, u"--is-shallow-repository"_s, u"--show-prefix"_s}}, stop);
    if (!facts)
        return warn(facts.error());
    const QStringList lines = QString::fromUtf8(*facts).split(u'\n');
    if (lines.size() < 3 || lines.at(0) != "true"_L1)
        return warnOf(kNoGitRepository); // core.worktree points elsewhere
    m_prefix = lines.at(2);

    const Result<GitOutput> filters = m_git.run(
        {{u"config"_s, u"-z"_s, u"--name-only"_s, u"--get-regexp"_s, u"^filter\\..*\\.(clean|smudge|process)$"_s}},
        stop);
    if (!filters)
        return warn(filters.error());
    QStringList drivers;
    for (const QByteArray &key : filters->out.split('\0')) {
        const QString name = QString::fromUtf8(key);
        if (const qsizetype dot = name.lastIndexOf(u'.'); dot > 7)
            drivers.append(name.mid(7, dot - 7));
    }
    drivers.removeDuplicates();
    m_git = m_git.withoutFilters(drivers);

    const Result<Head> now = head(stop);
    if (!now)
        return warn(now.error());
    if (now->isUnborn()) {
        m_history = History::NoCommits;
        return warnOf(kNoCommits);
    }
    m_history = lines.at(1) == "true"_L1 ? History::Shallow : History::Full;
    if (m_history == History::Shallow)
        warnOf(kShallowHistory);
}

QList<EndpointFile> Repository::endpointFiles() const
{
    QList<EndpointFile> files;
    const QString folder = m_root + u"/endpoints"_s;
    if (!QFileInfo(folder).isDir())
        return files;
    if (const Result<QString> inside = resolve(u"endpoints"_s); !inside) {
        files.append({u"endpoints"_s, u"endpoints"_s, folder, Finding{Severity::Error, inside.error()}});
        return files;
    }
    const QFileInfoList entries =
        QDir(folder).entryInfoList(QDir::AllEntries | QDir::System | QDir::NoDotAndDotDot, QDir::Name);
    for (const QFileInfo &info : entries) {
        const QString suffix = info.suffix();
        const bool isFolder = info.isDir() && !info.isSymLink();
        if (!isFolder && suffix != "yaml"_L1 && suffix != "yml"_L1)
            continue;
        EndpointFile file{info.completeBaseName(), u"endpoints/"_s + info.fileName(), info.absoluteFilePath(), {}};
        file.flag = flagOf(info, file.path, *this);
        files.append(std::move(file));
    }
    return files;
}

Result<QString> Repository::resolve(const QString &path) const
{
    const QStringList parts = path.split(u'/');
    const bool isPlain = std::none_of(parts.begin(), parts.end(), [](const QString &part) {
        return part.isEmpty() || part == "."_L1 || part == ".."_L1 || part.contains(QChar(u'\0'));
    });
    if (!isPlain || parts.first().compare(".git"_L1, Qt::CaseInsensitive) == 0)
        return fail(fileError(kPathOutside, path));
    const QString full = m_root + u'/' + path;
    // The deepest part that exists decides: below it nothing can be a link. A dangling link is refused, its target
    // would be made wherever it points.
    QFileInfo info(full);
    while (!info.exists() && !info.isSymLink() && info.absoluteFilePath() != m_root)
        info = QFileInfo(info.absolutePath());
    if (!isInside(info.canonicalFilePath(), m_root))
        return fail(fileError(kPathOutside, path));
    return full;
}

Result<QByteArray> Repository::readFile(const QString &path, qint64 maxBytes) const
{
    const Result<QString> full = resolve(path);
    if (!full)
        return fail(full.error());
    const QFileInfo info(*full);
    if (info.exists() && !info.isFile())
        return fail(fileError(kNotAFile, path)); // a pipe would block us for ever
    return base::readFile(*full, maxBytes);
}

Status Repository::checkUnchanged(const QString &fullPath, const std::optional<QByteArray> &expected) const
{
    const QFileInfo info(fullPath);
    if (!info.exists())
        return expected ? fail(fileError(kFileChangedOutside, fullPath)) : Status();
    if (!info.isFile())
        return fail(fileError(kNotAFile, fullPath));
    if (!expected)
        return fail(fileError(kFileChangedOutside, fullPath));
    const Result<QByteArray> now = base::readFile(fullPath, expected->size());
    if (!now && now.error().code != base::kFileTooLarge)
        return fail(now.error());
    if (!now || *now != *expected)
        return fail(fileError(kFileChangedOutside, fullPath));
    return {};
}

Status Repository::saveFile(const QString &path, const QByteArray &bytes,
                            const std::optional<QByteArray> &expected) const
{
    const Result<QString> full = resolve(path);
    if (!full)
        return fail(full.error());
    if (Status same = checkUnchanged(*full, expected); !same)
        return same;
    return overwriteFile(path, bytes);
}

Status Repository::overwriteFile(const QString &path, const QByteArray &bytes) const
{
    const Result<QString> full = resolve(path);
    if (!full)
        return fail(full.error());
    if (const QFileInfo info(*full); info.exists() && !info.isFile())
        return fail(fileError(kNotAFile, path));
    if (Status made = base::makePath(QFileInfo(*full).absolutePath()); !made)
        return made;
    return base::saveFile(*full, bytes);
}

Status Repository::removeFile(const QString &path, const QByteArray &expected) const
{
    const Result<QString> full = resolve(path);
    if (!full)
        return fail(full.error());
    if (Status same = checkUnchanged(*full, expected); !same)
        return same;
    QFile file(*full);
    if (!file.remove())
        return fail({base::kFileNotWritten, {{u"file"_s, *full}}, {*full}, file.errorString()});
    return {};
}

} // namespace parallax::repository
