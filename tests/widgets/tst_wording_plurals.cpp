// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The plurals of the English interface.
#include "support/testmain.h"
#include "ui/wording/englishplurals.h"

using namespace Qt::StringLiterals;
using namespace parallax;

class TestWordingPlurals : public test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void countedNounsFollowTheirNumber_data()
    {
        QTest::addColumn<QByteArray>("source");
        QTest::addColumn<int>("n");
        QTest::addColumn<QString>("said");
        const auto row = [](const char *source, int n, const QString &said) {
            QTest::addRow("%s, %d", source, n) << QByteArray(source) << n << said;
        };
        row("The filter hides all %n request(s).", 31, u"The filter hides all 31 requests."_s);
        row("The filter hides all %n request(s).", 1, u"The filter hides all 1 request."_s);
        row("%n match(es)", 0, u"0 matches"_s);
        row("%n match(es)", 1, u"1 match"_s);
        row("%n endpoint(s) were deleted", 1, u"1 endpoint was deleted"_s);
        row("%n endpoint(s) were deleted", 2, u"2 endpoints were deleted"_s);
        row("%n file(s) have changes that are not saved", 1, u"1 file has changes that are not saved"_s);
        row("%n row(s) in %1 table(s)", 2, u"2 rows in %1 tables"_s);
        row("And %n more.", 1, u"And 1 more."_s);
    }
    void countedNounsFollowTheirNumber()
    {
        QFETCH(QByteArray, source);
        QFETCH(int, n);
        QFETCH(QString, said);
        wording::EnglishPlurals plurals; // takes itself away again
        QCoreApplication::installTranslator(&plurals);
        QCOMPARE(QCoreApplication::translate("Any", source.constData(), nullptr, n), said);
        QCOMPARE(QCoreApplication::translate("Any", "Save file(s)"), u"Save file(s)"_s); // nothing is counted
    }
};

PARALLAX_TEST_MAIN(TestWordingPlurals)
#include "tst_wording_plurals.moc"
