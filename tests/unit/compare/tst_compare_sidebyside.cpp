// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "compare/sidebyside.h"
#include "comparetesting.h"
#include "support/testcase.h"
#include "support/testmain.h"

#include <QDir>

using namespace Qt::StringLiterals;
using namespace parallax;
using namespace parallax::compare;

namespace {

// `sign left | right`, what differs in brackets.
QString shown(const SideLine &line)
{
    QString text = line.text;
    for (qsizetype i = static_cast<qsizetype>(line.spans.size()) - 1; i >= 0; --i) {
        text.insert(line.spans[static_cast<std::size_t>(i)].end, u'\u00bb');
        text.insert(line.spans[static_cast<std::size_t>(i)].begin, u'\u00ab');
    }
    return (line.sign().isNull() ? QString(u' ') : QString(line.sign())) + text;
}

QStringList shown(const SideBySide &sides)
{
    QStringList out;
    for (int i = 0; i < sides.lines(); ++i) {
        const auto at = static_cast<std::size_t>(i);
        out.append(shown(sides.left[at]) + u" | " + shown(sides.right[at]));
    }
    return out;
}

QStringList shown(const QByteArray &left, const QByteArray &right, const Rules &rules = {})
{
    return shown(sideBySide(decodeBody(left), decodeBody(right), rules));
}

} // namespace

class TestCompareSideBySide : public test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void showsTheMockup()
    {
        const QByteArray left = R"({"data": {"price": 2757.41, "interval": {"low": 1.5}, "drivers":
            [{"feature": "carat", "effect": 1480.22}], "confidence": 0.92, "flags": []}, "requestId": "b-01HX2"})";
        const QByteArray right =
            R"({"requestId": "b-01HX3", "data": {"price": 2811.06, "interval": {"low": 1.5}, "drivers":
            [{"feature": "carat", "effect": 1480.22}, {"feature": "region", "effect": 53.65}], "confidence": "high", "flags": []}})";
        const Rules rules = test::rules("  - {path: /requestId, ignore: true}\n");
        const SideBySide sides = sideBySide(decodeBody(left), decodeBody(right), rules);
        const QStringList expected{
            u" { |  {"_s,
            u"   \"data\": { |    \"data\": {"_s,
            u"~    \"price\": «2757.41», | ~    \"price\": «2811.06»,"_s,
            u"     \"interval\": { |      \"interval\": {"_s,
            u"       \"low\": 1.5 |        \"low\": 1.5"_s,
            u"     }, |      },"_s,
            u"     \"drivers\": [ |      \"drivers\": ["_s,
            u"       { \"feature\": \"carat\", \"effect\": 1480.22 } |        { \"feature\": \"carat\", \"effect\": 1480.22 },"_s,
            u"  | +      «{ \"feature\": \"region\", \"effect\": 53.65 }»"_s,
            u"     ], |      ],"_s,
            u"T    \"confidence\": «0.92», | T    \"confidence\": «\"high\"»,"_s,
            u"     \"flags\": [] |      \"flags\": []"_s,
            u"   }, |    },"_s,
            u"\u2248  \"requestId\": «\"b-01HX2\"» | \u2248  \"requestId\": «\"b-01HX3\"»"_s,
            u" } |  }"_s,
        };
        QCOMPARE(shown(sides), expected);
        QCOMPARE(sides.differences, (std::vector<int>{2, 8, 10}));
        QVERIFY(sides.left[8].kind == SideLine::Kind::Void);
        QCOMPARE(sides.left[8].number, 0);
        QCOMPARE(sides.left[9].number, 9);
        QCOMPARE(sides.right[9].number, 10);
        QCOMPARE(sides.left[2].level, 2);
        QCOMPARE(sides.left[13].rule, 0);
        QCOMPARE(sides.left[2].tokens.size(), 2U);
        QVERIFY(sides.left[2].tokens[1].kind == LineToken::Kind::Number);
        QCOMPARE(left.mid(sides.left[2].bytes.begin, sides.left[2].bytes.size()), "2757.41");
        QCOMPARE(linesAround(sides, 1), (std::vector<LineRange>{{1, 4}, {7, 12}}));
    }

    void showsWhatOnlyOneSideHas()
    {
        QCOMPARE(shown(R"({"a": {"b": 1}})", R"({"c": {"d": [{"e": 2}]}})"),
                 (QStringList{u" { |  {"_s, u"\u2212  «\"a\": {» |  "_s, u"\u2212    «\"b\": 1» |  "_s,
                              u"\u2212  «}» |  "_s, u"  | +  «\"c\": {»"_s, u"  | +    «\"d\": [»"_s,
                              u"  | +      «{ \"e\": 2 }»"_s, u"  | +    «]»"_s, u"  | +  «}»"_s, u" } |  }"_s}));
    }

    void showsOrder()
    {
        QCOMPARE(shown(R"([{"a": 1}, {"b": 2}, {"c": 3}])", R"([{"b": 2}, {"a": 1}, {"c": 3}])"),
                 (QStringList{u"\u21c5[ | \u21c5["_s, u"\u21c5  «{ \"a\": 1 }», | \u21c5  «{ \"b\": 2 }»,"_s,
                              u"\u21c5  «{ \"b\": 2 }», | \u21c5  «{ \"a\": 1 }»,"_s,
                              u"   { \"c\": 3 } |    { \"c\": 3 }"_s, u" ] |  ]"_s}));
        const Rules rules = test::rules("  - {path: '', unordered: true}\n");
        QCOMPARE(shown(R"([{"a": 1}, {"b": 2}])", R"([{"b": 2}, {"a": 1}])", rules),
                 (QStringList{u"\u2248[ | \u2248["_s, u"   { \"a\": 1 }, |    { \"a\": 1 },"_s,
                              u"   { \"b\": 2 } |    { \"b\": 2 }"_s, u" ] |  ]"_s}));
    }

    void narrowsLongTexts()
    {
        QCOMPARE(shown(R"(["The carat weight is 0.71 and the cut is ideal"])",
                       R"(["The carat weight is 0.72 and the cut is ideal"])"),
                 (QStringList{u"~[\"The carat weight is 0.«71» and the cut is ideal\"] | "
                              "~[\"The carat weight is 0.«72» and the cut is ideal\"]"_s}));
        QCOMPARE(changedPart(u"same", u"same"), (std::pair<TextSpan, TextSpan>{{4, 4}, {4, 4}}));
        QCOMPARE(changedPart(u"one two three", u"one four three"), (std::pair<TextSpan, TextSpan>{{4, 7}, {4, 8}}));
        QCOMPARE(changedPart(u"", u"x"), (std::pair<TextSpan, TextSpan>{{0, 0}, {0, 1}}));
    }

    void showsTextAndBytes()
    {
        QCOMPARE(shown("one\ntwo\nthree\n", "one\n2\nthree\nfour\n"),
                 (QStringList{u" one |  one"_s, u"~«two» | ~«2»"_s, u" three |  three"_s, u"  | +«four»"_s}));
        QCOMPARE(shown(QByteArray("\0\1ab", 4), QByteArray("\0\2ab", 4)).size(), 1);
        QCOMPARE(shown("a\x1b[31mb", "a").front(), u"~a«\\x1b[31mb» | ~a«»"_s);
    }

    void sidesAreAlwaysLevel()
    {
        const QString folder = test::corpusPath(u"JSONTestSuite/test_parsing"_s);
        if (folder.isEmpty())
            QSKIP("JSONTestSuite is not there");
        QList<QByteArray> bodies;
        for (const QFileInfo &info : QDir(folder).entryInfoList({u"*.json"_s}, QDir::Files)) {
            QFile file(info.filePath());
            QVERIFY(file.open(QIODevice::ReadOnly));
            bodies.append(file.readAll());
        }
        for (qsizetype i = 0; i < bodies.size(); ++i) {
            const DecodedBody left = decodeBody(bodies[i]);
            const DecodedBody right = decodeBody(bodies[(i + 7) % bodies.size()]);
            const SideBySide sides = sideBySide(left, right);
            QCOMPARE(sides.left.size(), sides.right.size());
            const bool isEqual = diff(left, right).isEqual();
            QVERIFY2(sides.differences.empty() == isEqual || (left.bytes.isEmpty() || right.bytes.isEmpty()),
                     bodies[i].constData());
            for (const std::vector<SideLine> *side : {&sides.left, &sides.right}) {
                for (const SideLine &line : *side) {
                    for (const TextSpan &span : line.spans)
                        QVERIFY(span.begin >= 0 && span.begin <= span.end && span.end <= line.text.size());
                }
            }
        }
    }

    void isBounded()
    {
        SideBySideOptions options;
        options.mostLines = 100;
        const QByteArray body = "[" + QByteArray("{\"a\": [1, {}, {\"b\": 1}]},").repeated(1'000) + "0]";
        const SideBySide sides = sideBySide(decodeBody(body), decodeBody(body), {}, options);
        QVERIFY(sides.isCut);
        QVERIFY(sides.lines() <= 101);
        const QByteArray longText = "\"" + QByteArray(100'000, 'x');
        const SideBySide cut = sideBySide(decodeBody(longText + "a\""), decodeBody(longText + "b\""));
        QVERIFY(cut.left[0].isCut);
        QVERIFY(cut.left[0].spans.empty() || cut.left[0].spans[0].end <= cut.left[0].text.size());
    }
};

PARALLAX_TEST_MAIN(TestCompareSideBySide)
#include "tst_compare_sidebyside.moc"
