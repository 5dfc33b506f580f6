// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// One program for each user, one writer for each workspace.
#include "app/desktop/desktop.h"
#include "app/desktop/singleinstance.h"
#include "app/desktop/workspacelock.h"
#include "app/example/example.h"
#include "resources/resources.h"
#include "support/accessiblewalk.h"
#include "support/cliprocess.h"
#include "support/testmain.h"
#include "ui/edit/editpresenter.h"
#include "ui/shell/statusstrip.h"
#include "ui/theme/theme.h"
#include "ui/widgets/messagebar.h"

#include <QLocalServer>
#include <QLocalSocket>
#include <QPushButton>
#include <QSignalSpy>
#include <QSysInfo>

#include <future>

using namespace Qt::StringLiterals;
using namespace parallax;
using desktop::Desktop;
using desktop::SingleInstance;
using desktop::StartRequest;
using desktop::WorkspaceLock;

class TestDesktopInstance : public test::TestCase
{
    Q_OBJECT

    QString m_runtime;
    QString m_workspace;

    static bool forward(const SingleInstance &instance, const StartRequest &request)
    {
        auto done = std::async(std::launch::async, [&] { return instance.forward(request); });
        while (done.wait_for(std::chrono::milliseconds(1)) != std::future_status::ready)
            QCoreApplication::processEvents();
        return done.get();
    }

private Q_SLOTS:
    void initTestCase()
    {
        resources::initialise();
        m_runtime = test::freshFolder(u"run"_s);
        const Result<example::Example> made = example::create(test::freshFolder(u"example"_s));
        VERIFY_OK(made);
        m_workspace = made->workspace;
    }

    void aRequestSurvivesItsWay()
    {
        const StartRequest request{u"/home/j\u00fcrgen/a b"_s, {u"/tmp/one.parallax"_s}, true, u"token"_s};
        QCOMPARE(StartRequest::fromLine(request.toLine()), std::optional(request));
        QCOMPARE(request.toLine().count('\n'), 1);
        QVERIFY(!request.isEmpty());
        QVERIFY(StartRequest().isEmpty());
    }

    void whatIsNoRequestIsRefused_data()
    {
        QTest::addColumn<QByteArray>("line");
        QTest::newRow("nothing") << QByteArray("\n");
        QTest::newRow("not JSON") << QByteArray("open /etc\n");
        QTest::newRow("another format") << QByteArray("{\"v\":2,\"folder\":\"/tmp\"}\n");
        QTest::newRow("relative folder") << QByteArray("{\"v\":1,\"folder\":\"acme\"}\n");
        QTest::newRow("relative capture") << QByteArray("{\"v\":1,\"captures\":[\"a.parallax\"]}\n");
    }
    void whatIsNoRequestIsRefused()
    {
        QFETCH(const QByteArray, line);
        QVERIFY(!StartRequest::fromLine(line));
        SingleInstance first(m_runtime, u"refusing"_s);
        QVERIFY(first.begin());
        QSignalSpy asked(&first, &SingleInstance::requested);
        QLocalSocket socket;
        socket.connectToServer(socketFile());
        QTRY_COMPARE(socket.state(), QLocalSocket::ConnectedState);
        socket.write(line);
        QTRY_COMPARE(socket.state(), QLocalSocket::UnconnectedState);
        QCOMPARE(asked.size(), 0);
    }

    void theSecondHandsOverAndTheFirstHears()
    {
        SingleInstance first(m_runtime, u"profile"_s);
        QVERIFY(first.begin());
        QSignalSpy asked(&first, &SingleInstance::requested);
        SingleInstance second(m_runtime, u"profile"_s);
        QVERIFY(!second.begin());
        const StartRequest request{m_workspace, {}, false, {}};
        QVERIFY(forward(second, request));
        QCOMPARE(asked.size(), 1);
        QCOMPARE(asked.constFirst().constFirst().value<StartRequest>(), request);
        SingleInstance other(m_runtime, u"another profile"_s);
        QVERIFY(other.begin());
    }

    void onlyTheUserReachesTheSocket()
    {
        SingleInstance first(m_runtime, u"private"_s);
        QVERIFY(first.begin());
        QCOMPARE(QFileInfo(socketFile()).permissions() & (QFile::WriteGroup | QFile::WriteOther), QFile::Permissions());
    }

    void aSocketAndALockLeftBehindAreTakenOver()
    {
        QString socket;
        {
            SingleInstance killed(m_runtime, u"stale"_s);
            QVERIFY(killed.begin());
            socket = socketFile();
        }
        // As SIGKILL leaves them: nobody listens, and the lock names a process that is gone.
        QFile left(socket);
        QVERIFY(left.open(QIODevice::WriteOnly));
        left.close();
        QFile lock(QString(socket).replace(u".sock"_s, u".lock"_s));
        QVERIFY(lock.open(QIODevice::WriteOnly));
        lock.write("4194300\nparallax\n" + QSysInfo::machineHostName().toUtf8() + "\n" + QSysInfo::machineUniqueId() +
                   "\n" + QSysInfo::bootUniqueId() + "\n");
        lock.close();
        SingleInstance next(m_runtime, u"stale"_s);
        QVERIFY(next.begin());
        SingleInstance second(m_runtime, u"stale"_s);
        QVERIFY(!second.begin());
        QVERIFY(forward(second, {}));
    }

    void whoGetsNoAnswerGoesOnByItself()
    {
        SingleInstance first(m_runtime, u"hanging"_s);
        QVERIFY(first.begin());
        SingleInstance second(m_runtime, u"hanging"_s);
        QVERIFY(!second.begin());
        QVERIFY(!second.forward({})); // the first does not get to run
    }

    void theWorkspaceIsLockedOnceInItsGitFolder()
    {
        QCOMPARE(WorkspaceLock::fileFor(m_workspace), m_workspace + u"/.git/parallax.lock"_s);
        auto first = std::make_unique<WorkspaceLock>(m_workspace);
        QVERIFY(first->isHeld());
        const WorkspaceLock second(m_workspace);
        QVERIFY(!second.isHeld());
        QCOMPARE(second.holder().pid, QCoreApplication::applicationPid());
        QVERIFY(!second.holder().isElsewhere);
        QCOMPARE(test::runGit({u"status"_s, u"--porcelain"_s}, m_workspace), QByteArray());
        first.reset();
        QVERIFY(WorkspaceLock(m_workspace).isHeld());
        QVERIFY(!QFileInfo::exists(WorkspaceLock::fileFor(m_workspace)));
    }

    void aFolderInARepositoryAndALinkedWorkTreeHaveTheirOwn()
    {
        const QString below = m_workspace + u"/deployments"_s;
        QVERIFY(WorkspaceLock::fileFor(below).startsWith(m_workspace + u"/.git/parallax-"_s));
        const QString tree = test::freshFolder(u"tree"_s) + u"/linked"_s;
        static_cast<void>(test::runGit({u"worktree"_s, u"add"_s, tree, u"-b"_s, u"side"_s}, m_workspace));
        QCOMPARE(WorkspaceLock::fileFor(tree), m_workspace + u"/.git/worktrees/linked/parallax.lock"_s);
        const QString plain = test::freshFolder(u"plain"_s);
        QVERIFY(WorkspaceLock::fileFor(plain).startsWith(qEnvironmentVariable("XDG_STATE_HOME")));
        QVERIFY(WorkspaceLock(plain).isHeld());
    }

    void theSecondWindowIsOfferedToRead()
    {
        theme::Theme theme(theme::Theme::Mode::Light);
        auto writer = std::make_unique<Desktop>(theme);
        writer->openFolder(m_workspace);
        QTRY_VERIFY_WITH_TIMEOUT(writer->window().mode().has_value(), 30'000);

        Desktop reader(theme);
        reader.show();
        reader.openFolder(m_workspace);
        QTRY_VERIFY(button(reader, u"openReadOnly"_s) != nullptr);
        QVERIFY(!reader.window().mode());
        QVERIFY(reader.window().notice().text().contains(QString::number(QCoreApplication::applicationPid())));
        QCOMPARE(test::accessibilityFaults(&reader.window()), QStringList());
        button(reader, u"openReadOnly"_s)->click();
        QTRY_VERIFY(reader.window().mode() == shell::Mode::Edit);
        QTRY_VERIFY(reader.editor() != nullptr && !reader.editor()->endpointNames().isEmpty());
        QVERIFY(reader.editor()->isReadOnly());
        QSignalSpy refused(reader.editor(), &ui::EditPresenter::failed);
        reader.editor()->setText(u"pricing_optimizer"_s, "schemaVersion: 1\n");
        QCOMPARE(refused.size(), 1);
        QVERIFY(!reader.editor()->isModified(u"pricing_optimizer"_s));
        QCOMPARE(test::accessibilityFaults(&reader.window()), QStringList());

        // While the other writes, trying again changes nothing; then it does.
        button(reader, u"lockAgain"_s)->click();
        QTRY_VERIFY(button(reader, u"openReadOnly"_s) != nullptr);
        writer.reset();
        reader.openFolder(m_workspace);
        QTRY_VERIFY(!reader.editor()->isReadOnly());
        QVERIFY(!reader.window().notice().isVisible());
    }

    void openingWhatIsOpenKeepsWhatIsEdited()
    {
        theme::Theme theme(theme::Theme::Mode::Light);
        Desktop desktop(theme);
        desktop.openFolder(m_workspace);
        QTRY_VERIFY(desktop.editor() != nullptr && !desktop.editor()->endpointNames().isEmpty());
        desktop.editor()->setText(u"pricing_optimizer"_s, "schemaVersion: 1\n");
        const ui::EditPresenter *before = desktop.editor();
        desktop.serve({m_workspace + u"/endpoints/pricing_shadow.yaml"_s, {}, false, {}});
        QTRY_COMPARE(desktop.currentEndpoint(), u"pricing_shadow"_s);
        QCOMPARE(desktop.editor(), before);
        QVERIFY(desktop.editor()->isModified(u"pricing_optimizer"_s));
        desktop.editor()->revert(u"pricing_optimizer"_s);
    }

    void aClosedFolderCanBeOpenedByAnother()
    {
        theme::Theme theme(theme::Theme::Mode::Light);
        Desktop desktop(theme);
        desktop.show();
        desktop.openFolder(m_workspace);
        QTRY_VERIFY(desktop.window().mode().has_value());
        QVERIFY(!WorkspaceLock(m_workspace).isHeld());
        desktop.closeFolder();
        QVERIFY(!desktop.window().mode());
        QVERIFY(WorkspaceLock(m_workspace).isHeld());
        QCOMPARE(test::accessibilityFaults(&desktop.window()), QStringList());
    }

private:
    /// Of the instance made last.
    [[nodiscard]] QString socketFile() const
    {
        const QFileInfoList sockets =
            QDir(m_runtime).entryInfoList({u"*.sock"_s}, QDir::System | QDir::Files, QDir::Time);
        return sockets.isEmpty() ? QString() : sockets.constFirst().filePath();
    }
    static QPushButton *button(const Desktop &desktop, const QString &name)
    {
        return const_cast<Desktop &>(desktop).window().findChild<QPushButton *>(name);
    }
};

PARALLAX_TEST_MAIN(TestDesktopInstance)
#include "tst_desktop_instance.moc"
