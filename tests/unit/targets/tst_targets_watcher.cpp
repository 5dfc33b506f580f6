// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What the watcher of a workspace notices: files that come, go and are written in place, also those of a repository
// with more files than can be watched.
#include "base/files.h"
#include "support/testmain.h"
#include "targets/workspace.h"

#include <QDirIterator>
#include <QSignalSpy>

using namespace Qt::StringLiterals;
using namespace parallax;
using namespace parallax::targets;

class TestTargetsWatcher : public test::TestCase
{
    Q_OBJECT

    QString m_root;

private Q_SLOTS:
    void init()
    {
        TestCase::init();
        m_root = test::freshFolder(u"watched"_s);
        QVERIFY(QDir().mkpath(m_root + u"/endpoints"_s));
    }

    void filesThatComeChangeAndGoAreNoticed()
    {
        write(u"endpoints/a.yaml"_s, "1");
        WorkspaceWatcher watcher(m_root);
        QSignalSpy changed(&watcher, &WorkspaceWatcher::changed);
        write(u"endpoints/a.yaml"_s, "2");
        QVERIFY(isTold(changed));
        write(u"endpoints/b.yaml"_s, "1");
        QVERIFY(isTold(changed));
        write(u"endpoints/b.yaml"_s, "2"); // one that came later
        QVERIFY(isTold(changed));
        QVERIFY(QFile::remove(m_root + u"/endpoints/a.yaml"_s));
        QVERIFY(isTold(changed));
        QVERIFY(QDir().mkpath(m_root + u"/.parallax/endpoints"_s));
        QVERIFY(isTold(changed));
        write(u".parallax/endpoints/a.yaml"_s, "1");
        QVERIFY(isTold(changed));
    }

    void moreFilesThanCanBeWatchedAreLookedAt()
    {
        for (int i = 0; i < 1200; ++i)
            write(u"endpoints/e%1.yaml"_s.arg(i), "1");
        QStringList files;
        for (QDirIterator it(m_root + u"/endpoints"_s, QDir::Files | QDir::Hidden); it.hasNext();)
            files += it.next();
        WorkspaceWatcher watcher(m_root);
        QSignalSpy changed(&watcher, &WorkspaceWatcher::changed);
        // Nothing was different the first time.
        QTRY_VERIFY_WITH_TIMEOUT(asks(watcher, files.last(), changed), 20'000);
        const auto count = changed.size();
        write(files.first().mid(m_root.size() + 1), "12"); // one of those that are watched
        QTRY_VERIFY(changed.size() > count);
    }

private:
    static bool isTold(QSignalSpy &changed)
    {
        const bool isTold = QTest::qWaitFor([&changed] { return !changed.isEmpty(); }, 20'000);
        changed.clear();
        return isTold;
    }

    /// True once a change of the file is told when the watcher is asked.
    bool asks(WorkspaceWatcher &watcher, const QString &path, const QSignalSpy &changed)
    {
        if (m_written.isEmpty()) {
            watcher.look(); // does nothing until the folders were read
            QTest::qWait(0);
        }
        m_written += '1';
        write(path.mid(m_root.size() + 1), m_written);
        watcher.look();
        return !changed.isEmpty();
    }

    void write(const QString &path, const QByteArray &bytes) const
    {
        QFile file(m_root + u'/' + path);
        QVERIFY(file.open(QIODevice::WriteOnly)); // in place
        QCOMPARE(file.write(bytes), bytes.size());
    }

    QByteArray m_written;
};

PARALLAX_TEST_MAIN(TestTargetsWatcher)
#include "tst_targets_watcher.moc"
