// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "repository/git.h"

#include "base/childprocess.h"
#include "base/errors.h"
#include "repository/errors.h"

#include <QDir>
#include <QElapsedTimer>
#include <QFileInfo>
#include <QProcess>
#include <QRegularExpression>
#include <QStandardPaths>
#include <QThread>

using namespace Qt::StringLiterals;

namespace parallax::repository {

namespace {

constexpr qsizetype kMaxErrorBytes = 64 * 1024;
constexpr int kPollMs = 20; // how soon a stop request is seen
constexpr int kLockPatienceMs = 3000;
constexpr int kLockRetryMs = 100;

// What `git rev-parse --local-env-vars` lists (without the configuration pairs, which are the user's): inherited from a
// hook that runs us, they would point at another repository.
constexpr const char *kForeignVariables[] = {"GIT_ALTERNATE_OBJECT_DIRECTORIES",
                                             "GIT_CONFIG",
                                             "GIT_OBJECT_DIRECTORY",
                                             "GIT_DIR",
                                             "GIT_WORK_TREE",
                                             "GIT_IMPLICIT_WORK_TREE",
                                             "GIT_GRAFT_FILE",
                                             "GIT_INDEX_FILE",
                                             "GIT_NO_REPLACE_OBJECTS",
                                             "GIT_REPLACE_REF_BASE",
                                             "GIT_PREFIX",
                                             "GIT_INTERNAL_SUPER_PREFIX",
                                             "GIT_SHALLOW_FILE",
                                             "GIT_COMMON_DIR",
                                             "GIT_NAMESPACE",
                                             "GIT_EXTERNAL_DIFF",
                                             "GIT_LITERAL_PATHSPECS",
                                             "GIT_GLOB_PATHSPECS",
                                             "GIT_NOGLOB_PATHSPECS",
                                             "GIT_ICASE_PATHSPECS",
                                             "LANGUAGE"};

/// The line that says what went wrong: the first with `fatal:` or `error:`, else the last.
QString essence(const QString &err)
{
    const QStringList lines = err.split(u'\n', Qt::SkipEmptyParts);
    for (const QString &line : lines) {
        if (line.startsWith("fatal: "_L1) || line.startsWith("error: "_L1))
            return line.mid(7).trimmed();
    }
    return lines.isEmpty() ? QString() : lines.last().trimmed();
}

bool saysIdentityIsMissing(const QString &err)
{
    for (const auto words : {"Please tell me who you are"_L1, "empty ident name"_L1, "auto-detection is disabled"_L1,
                             "unable to auto-detect email address"_L1}) {
        if (err.contains(words))
            return true;
    }
    return false;
}

} // namespace

Result<Git> Git::locate(const QStringList &searchPaths)
{
    QStringList folders = searchPaths;
    if (folders.isEmpty())
        folders = QString::fromLocal8Bit(qgetenv("PATH")).split(QDir::listSeparator(), Qt::SkipEmptyParts);
    // A relative folder in PATH would let the current folder, often a repository, choose the program.
    folders.removeIf([](const QString &folder) { return QDir::isRelativePath(folder); });
    Git git;
    if (!folders.isEmpty())
        git.m_program = QStandardPaths::findExecutable(u"git"_s, folders);
    if (git.m_program.isEmpty())
        return fail(kGitMissing);
    return git;
}

Git Git::inFolder(const QString &folder) const
{
    Git git = *this;
    git.m_folder = folder;
    return git;
}

Git Git::withoutFilters(const QStringList &drivers) const
{
    Git git = *this;
    git.m_filters = drivers;
    return git;
}

QStringList Git::fullArguments(const GitCall &call) const
{
    QStringList arguments{u"--no-pager"_s, u"--literal-pathspecs"_s};
    const auto set = [&arguments](const QString &setting) { arguments << u"-c"_s << setting; };
    set(u"core.fsmonitor=false"_s);
    set(u"protocol.ext.allow=never"_s);
    set(u"safe.bareRepository=explicit"_s);
    set(u"core.quotePath=false"_s);
    set(u"color.ui=false"_s);
    set(u"log.showSignature=false"_s); // would run gpg.program
    set(u"submodule.recurse=false"_s);
    if (call.access == GitAccess::Commit)
        set(u"user.useConfigOnly=true"_s); // a guessed host name is no identity
    else
        set(u"core.hooksPath=/dev/null"_s);
    return arguments + call.arguments;
}

QProcessEnvironment Git::environment(const GitCall &call) const
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    for (const char *name : kForeignVariables)
        environment.remove(QString::fromLatin1(name));
    environment.insert(u"GIT_TERMINAL_PROMPT"_s, u"0"_s);
    environment.insert(u"LC_ALL"_s, u"C"_s);
    if (call.access == GitAccess::Read) {
        environment.insert(u"GIT_OPTIONAL_LOCKS"_s, u"0"_s);
        // A partial clone would fetch what is missing by a command of its configuration.
        environment.insert(u"GIT_NO_LAZY_FETCH"_s, u"1"_s);
        environment.insert(u"GIT_ALLOW_PROTOCOL"_s, u"none"_s);
        // By environment, since a driver's name may hold any character, `=` too.
        int count = environment.value(u"GIT_CONFIG_COUNT"_s).toInt();
        const auto set = [&](const QString &key, const QString &value) {
            environment.insert(u"GIT_CONFIG_KEY_%1"_s.arg(count), key);
            environment.insert(u"GIT_CONFIG_VALUE_%1"_s.arg(count), value);
            ++count;
        };
        for (const QString &driver : m_filters) {
            for (const auto part : {"clean"_L1, "smudge"_L1, "process"_L1})
                set(u"filter."_s + driver + u'.' + part, {});
            set(u"filter."_s + driver + u".required"_s, u"false"_s);
        }
        environment.insert(u"GIT_CONFIG_COUNT"_s, QString::number(count));
    }
    for (auto it = call.environment.begin(); it != call.environment.end(); ++it)
        environment.insert(it.key(), it.value());
    return environment;
}

Result<GitOutput> Git::run(const GitCall &call, std::stop_token stop) const
{
    if (m_program.isEmpty())
        return fail(kGitMissing);
    const QString command = call.arguments.value(0);
    QProcess process;
    // A write that is killed half-way leaves index.lock behind; it is short, so it may end by itself.
    base::prepareChild(process, call.access == GitAccess::Read ? base::ChildLifetime::BoundToThread
                                                               : base::ChildLifetime::Independent);
    process.setProgram(m_program);
    process.setArguments(fullArguments(call));
    process.setProcessEnvironment(environment(call));
    process.setWorkingDirectory(m_folder);
    if (!call.outputFile.isEmpty())
        process.setStandardOutputFile(call.outputFile);
    process.start();
    if (!process.waitForStarted())
        return fail(kGitFailed, {{u"command"_s, command}}, process.errorString());
    process.write(call.input);
    process.closeWriteChannel();

    const auto end = [&process, &call] {
        base::endChild(process, call.access == GitAccess::Read);
        if (!process.waitForFinished(2000)) {
            base::endChild(process, true);
            process.waitForFinished(2000);
        }
    };
    QElapsedTimer clock;
    clock.start();
    GitOutput output;
    QByteArray err;
    const auto take = [&] {
        output.out += process.readAllStandardOutput();
        const QByteArray more = process.readAllStandardError();
        err += more.left(kMaxErrorBytes - err.size());
    };
    while (process.state() != QProcess::NotRunning) {
        process.waitForReadyRead(kPollMs);
        take();
        if (output.out.size() > call.maxOutputBytes) {
            end();
            return fail(kGitOutputTooLarge, {{u"command"_s, command}, {u"limit"_s, call.maxOutputBytes}});
        }
        if (stop.stop_requested()) {
            end();
            return fail(base::kCancelled);
        }
        if (clock.hasExpired(call.timeout.count())) {
            end();
            const auto seconds = std::chrono::duration<double>(call.timeout).count();
            return fail(kGitTimeout, {{u"command"_s, command}, {u"seconds"_s, seconds}});
        }
    }
    take();
    output.err = QString::fromUtf8(err);
    output.exitCode = process.exitCode();
    if (process.exitStatus() == QProcess::CrashExit)
        return fail(kGitFailed, {{u"command"_s, command}}, process.errorString());
    return output;
}

Result<QByteArray> Git::output(const GitCall &call, std::stop_token stop) const
{
    QElapsedTimer patience;
    patience.start();
    while (true) {
        Result<GitOutput> output = run(call, stop);
        if (!output)
            return fail(std::move(output).error());
        if (output->exitCode == 0)
            return std::move(output->out);
        Error error = errorOf(call, *output);
        if (error.code != kRepositoryLocked || patience.hasExpired(kLockPatienceMs))
            return fail(std::move(error));
        QThread::msleep(kLockRetryMs);
    }
}

Error Git::errorOf(const GitCall &call, const GitOutput &output) const
{
    const QString &err = output.err;
    if (err.contains("detected dubious ownership"_L1) || err.contains("is owned by someone else"_L1))
        return {kRepositoryNotTrusted, {{u"folder"_s, m_folder}}, {m_folder}, err.trimmed()};
    if (err.contains("cannot use bare repository"_L1) || err.contains("must be run in a work tree"_L1))
        return {kRepositoryBare, {{u"folder"_s, m_folder}}, {m_folder}, essence(err)};
    if (err.contains("not a git repository"_L1))
        return {kNoGitRepository, {{u"folder"_s, m_folder}}, {m_folder}, essence(err)};
    static const QRegularExpression lock(u"'([^'\n]+\\.lock)': File exists"_s);
    if (const QRegularExpressionMatch match = lock.match(err); match.hasMatch())
        return {kRepositoryLocked, {{u"file"_s, match.captured(1)}}, {match.captured(1)}, essence(err)};
    if (saysIdentityIsMissing(err))
        return {kIdentityMissing, {}, {}, essence(err)};
    return {kGitFailed, {{u"command"_s, call.arguments.value(0)}}, {}, essence(err)};
}

} // namespace parallax::repository
