// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/files.h"

#include "base/errors.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>
#include <QStandardPaths>

#ifdef Q_OS_UNIX
#include <fcntl.h>
#include <unistd.h>
#endif

using namespace Qt::StringLiterals;

namespace parallax::base {

namespace {

Error fileError(ErrorCode code, const QString &path, const QString &detail)
{
    return {code, {{u"file"_s, path}}, {path}, detail};
}

#ifdef Q_OS_UNIX
bool syncFolder(const QString &folder)
{
    const int fd = ::open(QFile::encodeName(folder).constData(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return false;
    const bool ok = ::fsync(fd) == 0;
    ::close(fd);
    return ok || errno == EINVAL; // some file systems cannot sync a folder
}
#endif

QString xdgFolder(const char *variable, const QString &fallback)
{
    const QString base = qEnvironmentVariable(variable);
    return (QDir::isAbsolutePath(base) ? base : QDir::homePath() + u'/' + fallback) + u"/parallax"_s;
}

} // namespace

Result<QByteArray> readFile(const QString &path, qint64 maxBytes)
{
    QFile file(path);
    const QFileInfo info(path);
    if (!info.exists())
        return fail({kFileNotFound, {{u"file"_s, path}}, {path}, {}});
    if (info.isDir())
        return fail({kFileUnreadable, {{u"file"_s, path}}, {path}, u"Is a directory"_s});
    if (!file.open(QIODevice::ReadOnly))
        return fail({kFileUnreadable, {{u"file"_s, path}}, {path}, file.errorString()});
    QByteArray bytes = file.read(maxBytes + 1);
    if (file.error() != QFileDevice::NoError)
        return fail({kFileUnreadable, {{u"file"_s, path}}, {path}, file.errorString()});
    if (bytes.size() > maxBytes)
        return fail({kFileTooLarge, {{u"file"_s, path}, {u"limit"_s, maxBytes}}, {path}, {}});
    return bytes;
}

Status saveFile(const QString &path, const QByteArray &bytes, Privacy privacy)
{
    const bool isNew = !QFileInfo::exists(path);
    const auto notWritten = [&](const QString &detail) {
        return fail(fileError(isNew ? kFileNotCreated : kFileNotWritten, path, detail));
    };
    QSaveFile file(path);
    file.setDirectWriteFallback(false);
    if (!file.open(QIODevice::WriteOnly))
        return notWritten(file.errorString());
    if (isNew && privacy == Privacy::OwnerOnly &&
        !file.setPermissions(QFileDevice::ReadOwner | QFileDevice::WriteOwner))
        return notWritten(file.errorString());
    // QSaveFile::commit() does not notice every failed flush of its own buffer (a full disk gave an empty file), so the
    // bytes are written and flushed under our eyes, synced, and measured before the rename.
    const bool written = file.write(bytes) == bytes.size() && file.flush();
    if (!written) {
        file.cancelWriting();
        return notWritten(file.errorString());
    }
#ifdef Q_OS_UNIX
    if (::fsync(file.handle()) != 0) {
        const QString reason = qt_error_string(errno);
        file.cancelWriting();
        return notWritten(reason);
    }
#endif
    if (file.size() != bytes.size()) {
        file.cancelWriting();
        return notWritten(qt_error_string(ENOSPC));
    }
    if (!file.commit())
        return notWritten(file.errorString());
#ifdef Q_OS_UNIX
    const QFileInfo info(path);
    const QString real = info.canonicalFilePath();
    if (!syncFolder(QFileInfo(real.isEmpty() ? path : real).absolutePath()))
        return fail(fileError(kFileNotSynced, path, qt_error_string(errno)));
#endif
    const Result<QByteArray> back = readFile(path, bytes.size());
    if (!back || *back != bytes)
        return fail(fileError(kFileNotSynced, path,
                              back ? u"The file does not read back as it was written"_s : back.error().detail));
    return {};
}

Status makePath(const QString &path, Privacy privacy)
{
    if (QFileInfo(path).isDir())
        return {};
    if (!QDir().mkpath(path))
        return fail(fileError(kFileNotCreated, path, qt_error_string(errno)));
    if (privacy == Privacy::OwnerOnly)
        QFile::setPermissions(path, QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ExeOwner);
    return {};
}

QString dataFolder()
{
    return xdgFolder("XDG_DATA_HOME", u".local/share"_s);
}
QString stateFolder()
{
    return xdgFolder("XDG_STATE_HOME", u".local/state"_s);
}
QString configFolder()
{
    return xdgFolder("XDG_CONFIG_HOME", u".config"_s);
}
QString cacheFolder()
{
    return xdgFolder("XDG_CACHE_HOME", u".cache"_s);
}

} // namespace parallax::base
