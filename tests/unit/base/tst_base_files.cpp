// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/errors.h"
#include "base/files.h"
#include "support/testmain.h"

#include <QDir>
#include <QFileInfo>

using namespace Qt::StringLiterals;
using namespace parallax;

class TestBaseFiles : public test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void readsUpToTheLimitAndNoFurther()
    {
        const QString path = test::freshFolder(u"limit"_s) + u"/file"_s;
        VERIFY_OK(base::saveFile(path, "12345"));
        const Result<QByteArray> whole = base::readFile(path, 5);
        VERIFY_OK(whole);
        QCOMPARE(*whole, QByteArray("12345"));
        const Result<QByteArray> cut = base::readFile(path, 4);
        QVERIFY(!cut);
        QCOMPARE(cut.error().code, base::kFileTooLarge);
        QCOMPARE(cut.error().where.file, path);
    }

    void saysWhatIsMissing()
    {
        const Result<QByteArray> missing = base::readFile(test::freshFolder(u"missing"_s) + u"/none"_s, 10);
        QVERIFY(!missing);
        QCOMPARE(missing.error().code, base::kFileNotFound);
    }

    void savesNewAndOldFiles()
    {
        const QString path = test::freshFolder(u"save"_s) + u"/file"_s;
        VERIFY_OK(base::saveFile(path, "old", base::Privacy::OwnerOnly));
        QCOMPARE(QFileInfo(path).permissions() & (QFileDevice::ReadGroup | QFileDevice::ReadOther),
                 QFileDevice::Permissions());
        VERIFY_OK(base::saveFile(path, "new"));
        QCOMPARE(*base::readFile(path, 10), QByteArray("new"));
        QCOMPARE(QFileInfo(path).dir().entryList(QDir::Files | QDir::Hidden).size(), 1);
    }

    void keepsASymbolicLink()
    {
        const QString folder = test::freshFolder(u"link"_s);
        VERIFY_OK(base::saveFile(folder + u"/target"_s, "old"));
        QVERIFY(QFile::link(folder + u"/target"_s, folder + u"/link"_s));
        VERIFY_OK(base::saveFile(folder + u"/link"_s, "new"));
        QVERIFY(QFileInfo(folder + u"/link"_s).isSymLink());
        QCOMPARE(*base::readFile(folder + u"/target"_s, 10), QByteArray("new"));
    }

    void saysWhyItCouldNotSave()
    {
        const Status status = base::saveFile(u"/proc/parallax-cannot-write-here"_s, "new");
        QVERIFY(!status);
        QCOMPARE(status.error().code, base::kFileNotCreated);
        QVERIFY(!status.error().detail.isEmpty());
    }
};

PARALLAX_TEST_MAIN(TestBaseFiles)
#include "tst_base_files.moc"
