// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "compare/errors.h"
#include "compare/json.h"
#include "support/testcase.h"
#include "support/testmain.h"

#include <QDir>

#include <cmath>

using namespace Qt::StringLiterals;
using namespace parallax;
using namespace parallax::compare;

class TestCompareJson : public test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void keepsWhatWasWritten()
    {
        const QByteArray text = R"( {"b": 1.50, "a": [true, null, "x\u00e9\ud83d\ude00"], "b": -0} )";
        const Result<JsonTree> tree = JsonTree::parse(text);
        VERIFY_OK(tree);
        QCOMPARE(tree->size(), 7U);
        QVERIFY(tree->hasDuplicateKeys());
        QVERIFY(tree->node(0).has(JsonNode::HasDuplicateKeys));
        QCOMPARE(tree->node(0).children, 3U);
        QCOMPARE(tree->text(0).toByteArray(), text.trimmed());
        QCOMPARE(tree->key(1), "b");
        QCOMPARE(tree->text(1).toByteArray(), "1.50");
        QVERIFY(tree->node(2).type == JsonType::Array);
        QCOMPARE(tree->node(2).after, 6U);
        QVERIFY(tree->boolean(3));
        QCOMPARE(tree->string(5), QString(u"x\u00e9\U0001f600"_s).toUtf8());
        QVERIFY(std::signbit(tree->number(6)));
    }

    void readsWhatPythonWrites()
    {
        const Result<JsonTree> tree = JsonTree::parse("[NaN, Infinity, -Infinity]");
        VERIFY_OK(tree);
        QVERIFY(tree->hasNotFinite());
        QVERIFY(std::isnan(tree->number(1)));
        QCOMPARE(tree->number(2), std::numeric_limits<double>::infinity());
        QCOMPARE(tree->number(3), -std::numeric_limits<double>::infinity());
        for (const QByteArray text : {"+Infinity", "-NaN", "nan", "inf", "Infinit", "-Inf", "NaN1"})
            QVERIFY2(!JsonTree::parse(text), text.constData());
    }

    void saysWhereItIsNoJson()
    {
        const Result<JsonTree> tree = JsonTree::parse("{\"a\": 1,\n \"b\" 2}");
        QVERIFY(!tree);
        QCOMPARE(tree.error().code, kJsonInvalid);
        QCOMPARE(tree.error().where.line, 2);
        QCOMPARE(tree.error().where.column, 6);
        QCOMPARE(tree.error().args.value(u"offset"_s).toInt(), 14);
    }

    void hasLimits()
    {
        const QByteArray deep = QByteArray(512, '[') + QByteArray(512, ']');
        VERIFY_OK(JsonTree::parse(deep));
        QCOMPARE(JsonTree::parse('[' + deep + ']').error().code, kJsonTooDeep);
        QCOMPARE(JsonTree::parse(QByteArray(1'000'000, '[')).error().code, kJsonTooDeep);
        QCOMPARE(JsonTree::parse("[1,2,3]", {6, 9, 9}).error().code, kJsonTooLarge);
        QCOMPARE(JsonTree::parse("[1,2,3]", {99, 9, 3}).error().code, kJsonTooLarge);
        VERIFY_OK(JsonTree::parse("[1,2,3]", {7, 1, 4}));
    }

    void numbersAreComparedExactly_data()
    {
        QTest::addColumn<QByteArray>("a");
        QTest::addColumn<QByteArray>("b");
        QTest::addColumn<bool>("same");
        const auto row = [](const char *a, const char *b, bool same) {
            QTest::addRow("%s %s", a, b) << QByteArray(a) << QByteArray(b) << same;
        };
        row("1", "1.0", true);
        row("1", "1e0", true);
        row("100", "1E+2", true);
        row("0.001", "1e-3", true);
        row("-0", "0", true);
        row("-0.0", "0e99", true);
        row("120.50", "12050e-2", true);
        row("1", "-1", false);
        row("10", "1", false);
        row("0.1", "0.10000000000000000555", false);
        row("9007199254740993", "9007199254740992", false);
        row("12345678901234567890", "12345678901234567891", false);
        row("123456789012345678901234567890123456789012", "123456789012345678901234567890123456789013", false);
        row("1e400", "1e401", false);
        row("1e400", "10e399", true);
        row("1e-400", "0", false);
        row("1e99999999999999999999", "1e99999999999999999999", true);
        row("NaN", "NaN", true);
        row("NaN", "1", false);
        row("Infinity", "-Infinity", false);
    }
    void numbersAreComparedExactly()
    {
        QFETCH(const QByteArray, a);
        QFETCH(const QByteArray, b);
        QFETCH(const bool, same);
        QCOMPARE(isSameNumber(a, b), same);
        QCOMPARE(isSameNumber(b, a), same);
        QCOMPARE(canonicalNumber(a) == canonicalNumber(b), same);
        const double difference = numberDifference(a, b);
        if (!std::isnan(difference)) {
            QCOMPARE(difference == 0.0, same);
            QCOMPARE(numberDifference(b, a), -difference);
        }
    }

    void differencesOfGreatIntegersAreExact()
    {
        QCOMPARE(numberDifference("9007199254740992", "9007199254740993"), 1.0);
        QCOMPARE(numberDifference("12345678901234567891", "12345678901234567890"), -1.0);
        QCOMPARE(numberDifference("-99999999999999999999", "1"), 1e20);
        QVERIFY(numberDifference("1e30", "1000000000000000000000000000001") > 0.0);
        QVERIFY(std::isnan(numberDifference("NaN", "1")));
        QVERIFY(std::isnan(numberDifference("1e999", "1")));
    }

    void acceptsAndRefusesAsTheSuiteSays()
    {
        const QString folder = test::corpusPath(u"JSONTestSuite/test_parsing"_s);
        if (folder.isEmpty())
            QSKIP("JSONTestSuite is not there");
        // What Python writes for lack of a number in JSON is read on purpose.
        const QStringList extension{u"n_number_NaN.json"_s, u"n_number_infinity.json"_s,
                                    u"n_number_minus_infinity.json"_s};
        int files = 0;
        for (const QFileInfo &info : QDir(folder).entryInfoList({u"*.json"_s}, QDir::Files)) {
            QFile file(info.filePath());
            QVERIFY(file.open(QIODevice::ReadOnly));
            const Result<JsonTree> tree = JsonTree::parse(file.readAll());
            if (info.fileName().startsWith(u"y_") || extension.contains(info.fileName()))
                QVERIFY2(tree.has_value(), qPrintable(info.fileName()));
            else if (info.fileName().startsWith(u"n_"))
                QVERIFY2(!tree.has_value(), qPrintable(info.fileName()));
            ++files;
        }
        QVERIFY2(files > 300, qPrintable(QString::number(files)));
    }

    void everyNodeLiesInItsParent()
    {
        const Result<JsonTree> tree = JsonTree::parse(R"({"a":[1,{"b":[]},[[2]]],"c":{"d":{}},"e":"f"})");
        VERIFY_OK(tree);
        for (JsonTree::Index i = 0; i < tree->size(); ++i) {
            quint32 children = 0;
            for (JsonTree::Index child = i + 1; child != tree->node(i).after; child = tree->node(child).after) {
                ++children;
                QVERIFY(tree->node(child).text.begin > tree->node(i).text.begin);
                QVERIFY(tree->node(child).text.end < tree->node(i).text.end);
            }
            QCOMPARE(children, tree->node(i).children);
        }
    }
};

PARALLAX_TEST_MAIN(TestCompareJson)
#include "tst_compare_json.moc"
