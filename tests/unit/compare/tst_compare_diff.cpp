// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "compare/arrayalignment.h"
#include "comparetesting.h"
#include "support/testcase.h"
#include "support/testmain.h"

#include <QDir>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;
using namespace parallax;
using namespace parallax::compare;

namespace {

QStringList found(const QByteArray &left, const QByteArray &right, const Rules &rules = {})
{
    return test::lines(diff(left, right, rules));
}

// What swapping the sides must turn a line into.
QStringList mirrored(const Diff &diff)
{
    Diff out = diff;
    for (Difference &each : out.differences) {
        std::swap(each.left, each.right);
        if (!each.rightPath.isEmpty())
            std::swap(each.path, each.rightPath);
        if (each.kind == DifferenceKind::Added)
            each.kind = DifferenceKind::Removed;
        else if (each.kind == DifferenceKind::Removed)
            each.kind = DifferenceKind::Added;
    }
    return test::lines(out);
}

void verifySymmetric(const QByteArray &left, const QByteArray &right, const Rules &rules = {})
{
    QStringList there = mirrored(diff(left, right, rules));
    QStringList back = test::lines(diff(right, left, rules));
    there.sort();
    back.sort();
    QCOMPARE(back, there);
}

bool resolves(const QJsonValue &document, const QString &pointer)
{
    QJsonValue at = document;
    QStringList segments = pointer.split(u'/');
    segments.removeFirst();
    for (QString segment : segments) {
        segment.replace(u"~1"_s, u"/"_s).replace(u"~0"_s, u"~"_s);
        if (at.isArray())
            at = at.toArray().at(segment.toInt());
        else if (at.isObject() && at.toObject().contains(segment))
            at = at.toObject().value(segment);
        else
            return false;
        if (at.isUndefined())
            return false;
    }
    return true;
}

} // namespace

class TestCompareDiff : public test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void findsEveryKind_data()
    {
        QTest::addColumn<QByteArray>("left");
        QTest::addColumn<QByteArray>("right");
        QTest::addColumn<QStringList>("expected");
        const auto row = [](const char *name, const char *left, const char *right, const QStringList &expected) {
            QTest::addRow("%s", name) << QByteArray(left) << QByteArray(right) << expected;
        };
        row("equal", R"({"a": [1, 2]})", R"({"a": [1, 2]})", {});
        row("key order", R"({"a": 1, "b": {"c": 2, "d": 3}})", R"({"b": {"d": 3, "c": 2}, "a": 1})", {});
        row("spelling", R"({"a": 1, "\u0062": "\u00e9"})", "{\"a\": 1.0, \"b\": \"\u00e9\"}", {});
        row("changed", R"({"a": 1})", R"({"a": 2})", {u"/a changed 1 -> 2"_s});
        row("added", R"({"a": 1})", R"({"a": 1, "b": [2]})", {u"/b added  -> [2]"_s});
        row("removed", R"({"a": 1, "b": null})", R"({"a": 1})", {u"/b removed null -> "_s});
        row("missing is not null", R"({"a": null})", R"({})", {u"/a removed null -> "_s});
        row("type", R"({"a": 1})", R"({"a": "1"})", {uR"(/a type 1 -> "1")"_s});
        row("root", "1", "[1]", {u" type 1 -> [1]"_s});
        row("NaN is not null", "[NaN]", "[null]", {u"/0 type NaN -> null"_s});
        row("order", R"([1, 2, 3])", R"([3, 1, 2])", {u" order [1, 2, 3] -> [3, 1, 2]"_s});
        row("inserted", R"(["a", "b"])", R"(["x", "a", "b"])", {uR"(/0 added  -> "x")"_s});
        row("shifted", R"([{"k": 1}, {"k": 2}])", R"([{"n": 0}, {"k": 1}, {"k": 2}])", {uR"(/0 added  -> {"n": 0})"_s});
        row("changed after insertion", R"(["a", "b", {"c": 1}, "d"])", R"(["x", "a", "b", {"c": 2}, "d"])",
            {uR"(/0 added  -> "x")"_s, u"/2/c changed (/3/c) 1 -> 2"_s});
        row("numbers by place", R"([0.10, 0.20, 0.70])", R"([0.11, 0.10, 0.79])",
            {u"/0 changed 0.10 -> 0.11"_s, u"/1 changed 0.20 -> 0.10"_s, u"/2 changed 0.70 -> 0.79"_s});
        row("rows by place", R"(["a", "b", "c"])", R"(["b", "c", "c"])",
            {uR"(/0 changed "a" -> "b")"_s, uR"(/1 changed "b" -> "c")"_s});
        row("pointer escapes", R"({"a/b": {"~": 1}})", R"({"a/b": {"~": 2}})", {u"/a~1b/~0 changed 1 -> 2"_s});
        row("duplicate keys", R"({"a": 1, "a": 2})", R"({"a": 1})", {u"/a removed 2 -> "_s});
        row("great integers", "9007199254740993", "9007199254740992",
            {u" changed 9007199254740993 -> 9007199254740992"_s});
        row("text", "hello", "hallo", {u" text hello -> hallo"_s});
        row("json against text", "[1]", "oops", {u" text [1] -> oops"_s});
        row("lines of json", "{\"a\":1}\n{\"a\":2}\n", "{\"a\":1}\n{\"a\":3}\n", {u"/1/a changed 2 -> 3"_s});
    }
    void findsEveryKind()
    {
        QFETCH(const QByteArray, left);
        QFETCH(const QByteArray, right);
        QFETCH(const QStringList, expected);
        QCOMPARE(found(left, right), expected);
        verifySymmetric(left, right);
        QVERIFY(diff(left, left).isEqual());
        QVERIFY(diff(right, right).isEqual());
    }

    void bytesAreShownAsSuch()
    {
        const Diff result = diff(QByteArray("\xff\xfe\0\1", 4), QByteArray("\xff\xfe\0\2", 4));
        QCOMPARE(test::lines(result), QStringList{u" bytes ff fe 00 01 -> ff fe 00 02"_s});
    }

    void notesWhatALooserReaderWouldLose()
    {
        const Diff result = diff("[1, NaN, {\"a\": 1, \"a\": 1}]", "[1.0, NaN, {\"a\": 1, \"a\": 1}]");
        QVERIFY(result.isEqual());
        QVERIFY(result.hasOtherSpelling);
        QVERIFY(result.hasDuplicateKeys);
        QVERIFY(result.hasNotFinite);
    }

    void givesSpansAndNumbers()
    {
        const QByteArray left = R"({"rows": [{"score": 0.50, "x": "é"}]})";
        const QByteArray right = R"({"rows": [{"x": "é", "score": 0.75}]})";
        const Diff result = diff(left, right);
        QCOMPARE(result.differences.size(), 1U);
        const Difference &only = result.differences[0];
        QCOMPARE(only.path, u"/rows/0/score"_s);
        QCOMPARE(only.pattern, u"/rows/*/score"_s);
        QCOMPARE(only.delta, 0.25);
        QCOMPARE(left.mid(only.leftSpan.begin, only.leftSpan.size()), "0.50");
        QCOMPARE(right.mid(only.rightSpan.begin, only.rightSpan.size()), "0.75");
    }

    void rulesForgive_data()
    {
        QTest::addColumn<QByteArray>("rule");
        QTest::addColumn<QByteArray>("left");
        QTest::addColumn<QByteArray>("right");
        QTest::addColumn<QStringList>("expected");
        const auto row = [](const char *name, const char *rule, const char *left, const char *right,
                            const QStringList &expected) {
            QTest::addRow("%s", name) << QByteArray(rule) << QByteArray(left) << QByteArray(right) << expected;
        };
        row("ignore", "  - {path: /id, ignore: true}\n", R"({"id": 1, "a": 2})", R"({"id": 3, "a": 2})",
            {u"/id changed 1 -> 3 (rule 0)"_s});
        row("ignore absence", "  - {path: /id, ignore: true}\n", R"({"a": 2})", R"({"id": 3, "a": 2})",
            {u"/id added  -> 3 (rule 0)"_s});
        row("ignore below", "  - {path: /meta, ignore: true}\n", R"({"meta": {"t": [1]}})",
            R"({"meta": {"t": [2, 3]}})",
            {u"/meta/t/0 changed 1 -> 2 (rule 0)"_s, u"/meta/t/1 added  -> 3 (rule 0)"_s});
        row("the first decides alone", "  - {path: /meta/keep, ignore: false}\n  - {path: /meta, ignore: true}\n",
            R"({"meta": {"keep": 1, "t": 1}})", R"({"meta": {"keep": 2, "t": 2}})",
            {u"/meta/keep changed 1 -> 2"_s, u"/meta/t changed 1 -> 2 (rule 1)"_s});
        row("tolerance", "  - {path: /**/score, tolerance: {abs: 0.01}}\n", R"([{"score": 0.5}, {"score": 0.5}])",
            R"([{"score": 0.505}, {"score": 0.6}])",
            {u"/0/score changed 0.5 -> 0.505 (rule 0)"_s, u"/1/score changed 0.5 -> 0.6"_s});
        row("tolerance is for numbers", "  - {path: /a, tolerance: {abs: 9}}\n", R"({"a": "1"})", R"({"a": "2"})",
            {uR"(/a changed "1" -> "2")"_s});
        row("presence", "  - {path: /v, presenceOnly: true}\n", R"({"v": 1})", R"({"v": {"x": 1}})",
            {uR"(/v type 1 -> {"x": 1} (rule 0))"_s});
        row("absence", "  - {path: /v, presenceOnly: true}\n", R"({"v": 1})", R"({})", {u"/v removed 1 -> "_s});
        row("unordered", "  - {path: /l, unordered: true}\n", R"({"l": ["a", "b", "b"]})", R"({"l": ["b", "a", "b"]})",
            {uR"(/l order ["a", "b", "b"] -> ["b", "a", "b"] (rule 0))"_s});
        row("unordered is a multiset", "  - {path: /l, unordered: true}\n", R"({"l": ["a", "b", "b"]})",
            R"({"l": ["b", "a", "a"]})",
            {uR"(/l order ["a", "b", "b"] -> ["b", "a", "a"] (rule 0))"_s, uR"(/l/2 changed "b" -> "a")"_s});
        row("keyed", "  - {path: /i, keyedBy: id}\n", R"({"i": [{"id": 1, "v": 1}, {"id": 2, "v": 2}]})",
            R"({"i": [{"id": 2, "v": 3}, {"id": 1.0, "v": 1}]})",
            {uR"(/i order [{"id": 1, "v": 1}, {"id": 2, "v": 2}] -> [{"id": 2, "v": 3}, {"id": 1.0, "v": 1}] (rule 0))"_s,
             u"/i/1/v changed (/i/0/v) 2 -> 3"_s});
        row("keyed, one gone and one new", "  - {path: /i, keyedBy: id}\n", R"({"i": [{"id": 1}, {"id": 2}]})",
            R"({"i": [{"id": 3}, {"id": 1}]})", {uR"(/i/1 removed {"id": 2} -> )"_s, uR"(/i/0 added  -> {"id": 3})"_s});
        row("time", "  - {path: /t, datetimeWithin: 5s}\n", R"({"t": "2026-01-01T00:00:00Z"})",
            R"({"t": "2026-01-01T01:00:04+01:00"})",
            {uR"(/t changed "2026-01-01T00:00:00Z" -> "2026-01-01T01:00:04+01:00" (rule 0))"_s});
        row("time too far", "  - {path: /t, datetimeWithin: 5s}\n", R"({"t": "2026-01-01T00:00:00Z"})",
            R"({"t": "2026-01-01T00:00:06Z"})", {uR"(/t changed "2026-01-01T00:00:00Z" -> "2026-01-01T00:00:06Z")"_s});
        row("normalize", "  - {path: /e, normalize: {pattern: '[0-9a-f]{8}', replace: '<id>'}}\n",
            R"({"e": "run 0123abcd ok"})", R"({"e": "run ffff0000 ok"})",
            {uR"(/e changed "run 0123abcd ok" -> "run ffff0000 ok" (rule 0))"_s});
        row("ignored parts do not hide order", "  - {path: /*/t, ignore: true}\n",
            R"([{"n": "a", "t": 1}, {"n": "b", "t": 2}])", R"([{"n": "b", "t": 3}, {"n": "a", "t": 4}])",
            {uR"( order [{"n": "a", "t": 1}, {"n": "b", "t": 2}] -> [{"n": "b", "t": 3}, {"n": "a", "t": 4}])"_s});
        row("named index", "  - {path: /l/0, ignore: true}\n", "{\"l\": [1, 2]}", "{\"l\": [3, 4]}",
            {u"/l/0 changed 1 -> 3 (rule 0)"_s, u"/l/1 changed 2 -> 4"_s});
        row("escaped key", "  - {path: /a~1b, ignore: true}\n", R"({"a\/b": 1})", R"({"a/b": 2})",
            {u"/a~1b changed 1 -> 2 (rule 0)"_s});
    }
    void rulesForgive()
    {
        QFETCH(const QByteArray, rule);
        QFETCH(const QByteArray, left);
        QFETCH(const QByteArray, right);
        QFETCH(const QStringList, expected);
        const Rules rules = test::rules(rule);
        QStringList actual = found(left, right, rules);
        QCOMPARE(actual, expected);
        verifySymmetric(left, right, rules);
    }

    void jitterDoesNotBreakAlignment()
    {
        // Every element differs within the tolerance, and one more comes first.
        const Rules rules = test::rules("  - {path: /**/s, tolerance: {abs: 0.1}}\n");
        const Diff result =
            diff(R"([{"n":"a","s":1.0},{"n":"b","s":2.0},{"n":"c","s":3.0}])",
                 R"([{"n":"x","s":9.0},{"n":"a","s":1.01},{"n":"b","s":2.02},{"n":"c","s":3.03}])", rules);
        QCOMPARE(result.real, 1);
        QCOMPARE(result.hidden, 3);
        QCOMPARE(result.differences.front().path, u"/0"_s);
    }

    void jsonPatchTests()
    {
        const QString folder = test::corpusPath(u"json-patch-tests"_s);
        if (folder.isEmpty())
            QSKIP("json-patch-tests is not there");
        int cases = 0;
        for (const QString &name : {u"/tests.json"_s, u"/spec_tests.json"_s}) {
            QFile file(folder + name);
            QVERIFY(file.open(QIODevice::ReadOnly));
            const QJsonArray tests = QJsonDocument::fromJson(file.readAll()).array();
            for (const QJsonValue &each : tests) {
                if (!each[u"doc"_s].isUndefined() && !each[u"expected"_s].isUndefined()) {
                    checkPair(each[u"doc"_s], each[u"expected"_s]);
                    ++cases;
                }
            }
        }
        QVERIFY(cases > 50);
    }

    void transformsOfTheJsonSuite()
    {
        const QString folder = test::corpusPath(u"JSONTestSuite"_s);
        if (folder.isEmpty())
            QSKIP("JSONTestSuite is not there");
        QList<QByteArray> bodies;
        for (const QString &below : {u"/test_parsing"_s, u"/test_transform"_s}) {
            for (const QFileInfo &info : QDir(folder + below).entryInfoList({u"*.json"_s}, QDir::Files)) {
                QFile file(info.filePath());
                QVERIFY(file.open(QIODevice::ReadOnly));
                bodies.append(file.readAll());
            }
        }
        for (qsizetype i = 0; i < bodies.size(); ++i) {
            const DecodedBody body = decodeBody(bodies[i]);
            if (body.kind != DecodedBody::Kind::Failed)
                QVERIFY(diff(bodies[i], bodies[i]).isEqual());
            verifySymmetric(bodies[i], bodies[(i + 1) % bodies.size()]);
        }
    }

    void hugeArraysFallBackToPlaces()
    {
        QByteArray left = "[";
        QByteArray right = "[\"first\",";
        for (int i = 0; i < 30'000; ++i) {
            left += "\"l" + QByteArray::number(i) + "\",";
            right += "\"r" + QByteArray::number(i) + "\",";
        }
        left += "0]";
        right += "0]";
        const Diff result = diff(left, right);
        QCOMPARE(result.real, 30'001);
        QVERIFY(result.isCut);
        QCOMPARE(result.differences.size(), 10'000U);
    }

private:
    void checkPair(const QJsonValue &doc, const QJsonValue &expected)
    {
        const auto text = [](const QJsonValue &value) {
            const QByteArray array = QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact);
            return array.sliced(1).chopped(1);
        };
        const Diff result = diff(text(doc), text(expected));
        QCOMPARE(result.isEqual(), doc == expected);
        for (const Difference &each : result.differences)
            QVERIFY2(resolves(doc, each.path) || resolves(expected, each.path), qPrintable(each.path));
        verifySymmetric(text(doc), text(expected));
    }
};

PARALLAX_TEST_MAIN(TestCompareDiff)
#include "tst_compare_diff.moc"
