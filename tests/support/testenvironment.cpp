// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/testenvironment.h"

#include "base/files.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QStandardPaths>

#include <atomic>
#include <cstdio>

using namespace Qt::StringLiterals;

namespace parallax::test {

namespace {

std::atomic<int> warnings{0};
QtMessageHandler testHandler = nullptr;

// QTest's own handler answers announced messages (QTest::ignoreMessage) and never calls on; it is installed while a
// test function runs, so what arrives here came from outside of one, or QTest handed it to us first.
void onMessage(QtMsgType type, const QMessageLogContext &context, const QString &text)
{
    const bool isPlatformNote = text.startsWith(u"This plugin does not support "_s);
    if ((type == QtWarningMsg || type == QtCriticalMsg) && !isPlatformNote) {
        ++warnings;
        std::fprintf(stderr, "UNEXPECTED WARNING: %s\n", qPrintable(text));
    }
    if (testHandler != nullptr)
        testHandler(type, context, text);
}

} // namespace

TestEnvironment::TestEnvironment()
    : m_home(QDir::tempPath() + u"/Parallax t\u00e9st XXXXXX"_s)
{
    const QString home = m_home.path();
    const auto set = [](const char *name, const QString &value) { qputenv(name, QFile::encodeName(value)); };
    set("HOME", home);
    set("XDG_CONFIG_HOME", home + u"/config"_s);
    set("XDG_DATA_HOME", home + u"/data"_s);
    set("XDG_STATE_HOME", home + u"/state"_s);
    set("XDG_CACHE_HOME", home + u"/cache"_s);
    set("XDG_RUNTIME_DIR", home + u"/run"_s);
    set("GIT_CONFIG_GLOBAL", home + u"/gitconfig"_s);
    set("GIT_CONFIG_NOSYSTEM", u"1"_s);
    QDir().mkpath(home + u"/run"_s);
    QFile::setPermissions(home + u"/run"_s, QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ExeOwner);
    QFile gitConfig(home + u"/gitconfig"_s);
    if (gitConfig.open(QIODevice::WriteOnly))
        gitConfig.write("[user]\n\tname = Test Person\n\temail = test@example.com\n[init]\n\tdefaultBranch = "
                        "main\n[commit]\n\tgpgsign = false\n");
    testHandler = qInstallMessageHandler(onMessage);
}

TestEnvironment::~TestEnvironment()
{
    qInstallMessageHandler(testHandler);
}

int TestEnvironment::unexpectedWarnings()
{
    return warnings;
}

QString freshFolder(const QString &name)
{
    static std::atomic<int> counter{0};
    const QString path = QDir::homePath() + u"/%1 \u00fc %2"_s.arg(name).arg(++counter);
    QDir().mkpath(path);
    return path;
}

QString sourcePath(const QString &below)
{
    return qEnvironmentVariable("PARALLAX_SOURCE_DIR") + u'/' + below;
}

QString corpusPath(const QString &below)
{
    QString root = qEnvironmentVariable("PARALLAX_CORPORA");
    if (root.isEmpty())
        root = sourcePath(u"../shared/corpora"_s);
    const QString path = root + u'/' + below;
    return QFileInfo::exists(path) ? path : QString();
}

QString binaryPath(const QString &below)
{
    return qEnvironmentVariable("PARALLAX_BINARY_DIR") + u'/' + below;
}

bool matchesGolden(const QString &name, const QByteArray &actual)
{
    const QString path = sourcePath(u"tests/golden/"_s + name);
    if (qEnvironmentVariableIntValue("UPDATE_GOLDEN") == 1)
        return base::makePath(QFileInfo(path).absolutePath()).has_value() && base::saveFile(path, actual).has_value();
    const Result<QByteArray> expected = base::readFile(path, 64 * 1024 * 1024);
    if (expected && *expected == actual)
        return true;
    std::fprintf(stderr, "--- %s differs; actual:\n%s\n", qPrintable(name), actual.constData());
    return false;
}

} // namespace parallax::test
