// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Recovery files: what was kept is found again by the next process, privately, and nothing else is.
#include "repository/recovery.h"
#include "support/testmain.h"

#include "base/files.h"

#include <QDir>
#include <QFileInfo>

using namespace Qt::StringLiterals;
using namespace parallax;
using repository::Recovery;
using repository::RecoveryStore;

namespace {

Recovery sample(const QString &path, const QByteArray &text)
{
    Recovery recovery;
    recovery.root = u"/some/where"_s;
    recovery.path = path;
    recovery.text = text;
    recovery.base = Recovery::hashOf("on disk");
    static_cast<void>(fromRfc3339(u"2026-01-02T03:04:05.123456Z"_s, recovery.time));
    return recovery;
}

} // namespace

class TestRepositoryRecovery : public test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void whatWasKeptIsFoundAgain()
    {
        const QString folder = test::freshFolder(u"state"_s) + u"/recovery"_s;
        const RecoveryStore store(folder);
        QVERIFY(store.left(u"/some/where"_s).isEmpty());
        const Recovery odd = sample(u"endpoints/b.yaml"_s, QByteArray("\xef\xbb\xbf"
                                                                      "a: 1\r\n\0\n no end",
                                                                      19));
        VERIFY_OK(store.keep(odd));
        VERIFY_OK(store.keep(sample(u"endpoints/a.yaml"_s, "first")));
        const Recovery newer = sample(u"endpoints/a.yaml"_s, "");
        VERIFY_OK(store.keep(newer));
        Recovery other = sample(u"endpoints/a.yaml"_s, "of another repository");
        other.root = u"/some/where/else"_s;
        VERIFY_OK(store.keep(other));
        QCOMPARE(store.left(u"/some/where"_s), QList<Recovery>({newer, odd}));
        QCOMPARE(store.left(other.root), QList<Recovery>({other}));
        store.drop(newer.root, newer.path);
        QCOMPARE(store.left(u"/some/where"_s), QList<Recovery>({odd}));
    }

    void nobodyElseCanReadThem()
    {
        const QString folder = test::freshFolder(u"state"_s) + u"/recovery"_s;
        VERIFY_OK(RecoveryStore(folder).keep(sample(u"endpoints/a.yaml"_s, "secret")));
        const auto others = QFileDevice::ReadGroup | QFileDevice::WriteGroup | QFileDevice::ExeGroup |
                            QFileDevice::ReadOther | QFileDevice::WriteOther | QFileDevice::ExeOther;
        QCOMPARE(QFileInfo(folder).permissions() & others, QFileDevice::Permissions());
        const QFileInfoList files = QDir(folder).entryInfoList(QDir::Files);
        QCOMPARE(files.size(), 1);
        QCOMPARE(files.first().permissions() & others, QFileDevice::Permissions());
    }

    void damagedAndForeignFilesCountAsAbsent()
    {
        const QString folder = test::freshFolder(u"state"_s) + u"/recovery"_s;
        const RecoveryStore store(folder);
        VERIFY_OK(store.keep(sample(u"endpoints/a.yaml"_s, "some text")));
        const QString path = QDir(folder).entryInfoList(QDir::Files).first().filePath();
        const QByteArray whole = base::readFile(path, 100'000).value_or(QByteArray());
        for (qsizetype length = 0; length < whole.size(); ++length) {
            QFile file(path);
            QVERIFY(file.open(QIODevice::WriteOnly));
            QCOMPARE(file.write(whole.first(length)), length);
            file.close();
            QVERIFY(store.left(u"/some/where"_s).isEmpty());
        }
        VERIFY_OK(base::saveFile(path, whole));
        VERIFY_OK(base::saveFile(folder + u"/copy.recovery"_s, whole));
        QCOMPARE(store.left(u"/some/where"_s).size(), 1);
    }

    void byDefaultTheyLieInTheStateFolder()
    {
        VERIFY_OK(RecoveryStore().keep(sample(u"endpoints/a.yaml"_s, "x")));
        QCOMPARE(QDir(base::stateFolder() + u"/recovery"_s).entryList(QDir::Files).size(), 1);
    }
};

PARALLAX_TEST_MAIN(TestRepositoryRecovery)
#include "tst_repository_recovery.moc"
