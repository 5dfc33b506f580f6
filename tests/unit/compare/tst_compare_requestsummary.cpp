// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/files.h"
#include "compare/requestsummary.h"
#include "compare/rulesbook.h"
#include "support/testmain.h"

using namespace Qt::StringLiterals;
using namespace parallax;

class TestRequestSummary : public test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void saysARequestInAFewWords_data()
    {
        QTest::addColumn<QByteArray>("body");
        QTest::addColumn<QString>("expected");
        QTest::newRow("object") << QByteArray(R"({"data": {"carat": 0.71, "cut": "Ideal", "color": "G", "clarity": "VS1", "x": 5}})")
                                << u"carat 0.71, Ideal, G, VS1"_s;
        QTest::newRow("batch") << QByteArray(R"({"data": [[1, 2], [2, 3], [3, 4]]})") << u"batch of 3 rows"_s;
        QTest::newRow("one row") << QByteArray(R"({"data": [[1, {"carat": 2}]]})") << u"carat 2"_s;
        QTest::newRow("arguments") << QByteArray(R"({"data": [10, "two", null]})") << u"10, two, null"_s;
        QTest::newRow("scalar") << QByteArray(R"({"data": "prompt"})") << u"prompt"_s;
        QTest::newRow("no data") << QByteArray(R"({"instances": [1], "name": "n"})") << u"n"_s;
        QTest::newRow("no JSON") << QByteArray("hello\x1b  there") << u"hello\\x1b there"_s;
        QTest::newRow("empty") << QByteArray() << QString();
        QTest::newRow("only containers") << QByteArray(R"({"data": {"a": {"b": 1}}})") << QString();
    }
    void saysARequestInAFewWords()
    {
        QFETCH(QByteArray, body);
        QFETCH(QString, expected);
        QCOMPARE(compare::requestSummary(body), expected);
    }

    void aLongOneIsShortened()
    {
        const QString summary = compare::requestSummary("{\"data\": \"" + QByteArray(500, 'x') + "\"}");
        QCOMPARE(summary.size(), 60);
        QVERIFY(summary.endsWith(u'\u2026'));
    }

    void rulesComeFromTheRepository()
    {
        const QString root = test::freshFolder(u"rules"_s);
        VERIFY_OK(base::makePath(root + u"/.parallax/compare"_s));
        VERIFY_OK(base::saveFile(compare::rulesPath(root, u"good"_s), "schemaVersion: 1\nrules:\n  - {path: /id, ignore: true}\n"));
        VERIFY_OK(base::saveFile(compare::rulesPath(root, u"bad"_s), "rules: [\n"));
        compare::RulesBook book(root);
        QCOMPARE(book.rules(u"good"_s)->rules.size(), 1U);
        QVERIFY(!book.problem(u"good"_s));
        QVERIFY(book.rules(u"bad"_s)->rules.empty());
        QVERIFY(book.problem(u"bad"_s));
        QVERIFY(book.rules(u"none"_s)->rules.empty());
        VERIFY_OK(base::saveFile(compare::rulesPath(root, u"bad"_s), "schemaVersion: 1\nrules: []\n"));
        QVERIFY(book.problem(u"bad"_s));
        book.forget();
        QVERIFY(!book.problem(u"bad"_s));
        book.setForAll({1.5, 0.9, {}});
        QCOMPARE(book.rules(u"good"_s)->target, 0.9);
    }
};

PARALLAX_TEST_MAIN(TestRequestSummary)
#include "tst_compare_requestsummary.moc"
