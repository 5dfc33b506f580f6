// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The checked save when the disk does not play along: every call it makes on files fails once. What is on disk
// afterwards is the old text or the new one, and where it is the old one the caller was told.
#include "base/errors.h"
#include "base/files.h"
#include "support/filefaults.h"
#include "support/testmain.h"

#include <QDir>
#include <QFileInfo>
#include <QSet>

#include <cerrno>

using namespace Qt::StringLiterals;
using namespace parallax;

namespace {

const QByteArray kOld = "backends:\n  old: {deployment: {branch: main, name: a, version: 1}}\nschemaVersion: 1\n";

/// Longer than any buffer, so that there are several writes.
QByteArray newText()
{
    QByteArray text = "backends: # new\n";
    for (int i = 0; i < 3000; ++i)
        text += "  split_" + QByteArray::number(i) + ": {deployment: {branch: main, name: b, version: latest}}\n";
    return text + "schemaVersion: 1\n";
}

QByteArray bytesOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace

class TestBaseFaults : public test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void everyCallFailsOnce_data()
    {
        QTest::addColumn<int>("error");
        QTest::addColumn<bool>("isShort");
        QTest::addColumn<QString>("kind");
        for (const QString &kind : {u"existing"_s, u"new"_s, u"link"_s, u"private"_s}) {
            for (const auto &[name, error] : {std::pair("ENOSPC", ENOSPC), std::pair("EIO", EIO),
                                              std::pair("EACCES", EACCES), std::pair("EDQUOT", EDQUOT)})
                QTest::addRow("%s %s", qPrintable(kind), name) << error << false << kind;
            QTest::addRow("%s fills up", qPrintable(kind)) << ENOSPC << true << kind;
        }
    }
    void everyCallFailsOnce()
    {
        QFETCH(int, error);
        QFETCH(bool, isShort);
        QFETCH(QString, kind);
        const QString folder = test::freshFolder(u"faults"_s);
        const QString path = folder + u"/pricing.yaml"_s;
        const bool isNew = kind == "new"_L1 || kind == "private"_L1;
        const QByteArray text = newText();
        QSet<QByteArray> failed;
        for (int at = 1;; ++at) {
            QVERIFY(at < 200);
            prepare(folder, path, kind);
            const QString written = kind == "link"_L1 ? folder + u"/link.yaml"_s : path;
            parallaxArmFileFaults(QFile::encodeName(folder).constData(), at, error, isShort ? 1 : 0);
            const Status status =
                base::saveFile(written, text, kind == "private"_L1 ? base::Privacy::OwnerOnly : base::Privacy::Shared);
            const int calls = parallaxDisarmFileFaults();
            const QByteArray now = bytesOf(path);
            const bool isOld = isNew ? !QFileInfo::exists(path) : now == kOld;
            QVERIFY2(isOld || now == text, qPrintable(u"call %1 left %2 bytes"_s.arg(at).arg(now.size())));
            QCOMPARE(QFileInfo(written).isSymLink(), kind == "link"_L1);
            if (isOld) {
                QVERIFY2(!status, qPrintable(u"call %1 failed silently"_s.arg(at)));
                QCOMPARE(status.error().code, isNew ? base::kFileNotCreated : base::kFileNotWritten);
                QVERIFY(!status.error().detail.isEmpty());
            }
            const QStringList files = QDir(folder).entryList(QDir::Files | QDir::Hidden | QDir::System);
            QVERIFY2(files.size() <= (kind == "link"_L1 ? 2 : 1), qPrintable(files.join(u' ')));
            if (calls < at) { // nothing was left to fail
                VERIFY_OK(status);
                QCOMPARE(now, text);
                break;
            }
            failed.insert(parallaxFailedFileCall());
        }
        for (const char *call : {"open", "write", "sync"})
            QVERIFY2(failed.contains(call), call);
        QVERIFY(failed.contains("rename") || (isNew && failed.contains("link")));
    }

private:
    static void prepare(const QString &folder, const QString &path, const QString &kind)
    {
        const QDir dir(folder);
        for (const QString &file : dir.entryList(QDir::Files | QDir::Hidden | QDir::System))
            QFile::remove(dir.filePath(file));
        if (kind == "new"_L1 || kind == "private"_L1)
            return;
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly));
        QCOMPARE(file.write(kOld), kOld.size());
        if (kind == "link"_L1)
            QVERIFY(QFile::link(path, folder + u"/link.yaml"_s));
    }
};

PARALLAX_TEST_MAIN(TestBaseFaults)
#include "tst_base_faults.moc"
