// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Repositories for tests, made from a few lines.
#pragma once

#include "base/files.h"
#include "repository/repository.h"
#include "repository/repositorybuilder.h"
#include "support/testenvironment.h"

#include <QFile>
#include <QFileInfo>
#include <QProcess>

namespace parallax::test {

inline repository::BuildCommit commit(const QString &branch, const QString &subject,
                                      const QMap<QString, QByteArray> &files = {}, const QStringList &remove = {})
{
    static qint64 time = 1'700'000'000;
    repository::BuildCommit made;
    made.branch = branch;
    made.subject = subject;
    made.files = files;
    made.remove = remove;
    made.author = QStringLiteral("Ada");
    made.email = QStringLiteral("ada@example.com");
    made.time = time += 60;
    return made;
}

/// Path of a fresh repository with these commits; empty when it could not be made.
inline QString makeRepository(const QList<repository::BuildCommit> &commits)
{
    const QString folder = freshFolder(QStringLiteral("repository"));
    const Status built = repository::buildRepository({QStringLiteral("main"), commits}, folder);
    if (!built)
        qCritical("%s", qPrintable(wording::line(built.error())));
    return built ? folder : QString();
}

/// Plain git, for what a user or an attacker does. Standard output without the last line end.
inline QString git(const QString &folder, const QStringList &arguments, const QByteArray &input = {})
{
    QProcess process;
    process.setWorkingDirectory(folder);
    process.start(QStringLiteral("git"), arguments);
    process.write(input);
    process.closeWriteChannel();
    process.waitForFinished();
    if (process.exitCode() != 0)
        qCritical("git %s: %s", qPrintable(arguments.join(u' ')), process.readAllStandardError().constData());
    QString out = QString::fromUtf8(process.readAllStandardOutput());
    if (out.endsWith(u'\n'))
        out.chop(1);
    return out;
}

inline void writeFile(const QString &path, const QByteArray &bytes)
{
    QFile file(path);
    if (!base::makePath(QFileInfo(path).absolutePath()) || !file.open(QIODevice::WriteOnly) ||
        file.write(bytes) != bytes.size())
        qCritical("cannot write %s", qPrintable(path));
}

inline void makeExecutable(const QString &path)
{
    QFile::setPermissions(path, QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ExeOwner);
}

inline const QByteArray kMetadata = "owner: a@b.c\nruntimeInfo:\n  mainFunction: price\n  mainFunctionArgs:\n"
                                    "    - carat:float\n    - cut: str\n    - return:float\n  pythonVersion: '3.10'\n"
                                    "schemaVersion: 2\n";

inline const QByteArray kEndpoint = "backends:\n  split_1:\n    deployment:\n      branch: main\n      name: price\n"
                                    "      version: latest\n    weight: 1\nschemaVersion: 1\n";

} // namespace parallax::test
