// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// safety.md 24: the quick look that spares most bodies the walk never lets a secret through.
#include "samples.h"
#include "support/testmain.h"
#include "traffic/namescan.h"
#include "traffic/redaction.h"

#include <random>

using namespace Qt::StringLiterals;
using namespace parallax;
using namespace parallax::traffic;

class TestTrafficNameScan : public test::TestCase
{
    Q_OBJECT

    static QList<QByteArray> defaultPatterns()
    {
        QList<QByteArray> out;
        for (const QString &field : RedactionRules::defaults().fields)
            out.append(field.toUtf8());
        return out;
    }

    /// The pattern as a name, `*` filled in.
    static QByteArray nameFor(QByteArray pattern, const QByteArray &filling) { return pattern.replace('*', filling); }

    static QByteArray mixedCase(QByteArray name)
    {
        for (qsizetype i = 0; i < name.size(); i += 2)
            name[i] = QByteArray(1, name[i]).toUpper().front();
        return name;
    }

    static QByteArray redacted(Redactor &redactor, const QByteArray &text)
    {
        Exchange exchange = test::sampleExchange(1);
        exchange.body = Body::whole(text);
        return redactor.redacted(exchange).value_or(exchange).body.bytes;
    }

private Q_SLOTS:
    void findsEveryNameAtEveryPlace()
    {
        const NameScan scan(defaultPatterns());
        for (const QByteArray &pattern : defaultPatterns()) {
            for (const QByteArray &filling : {QByteArray(), QByteArray("my_"), QByteArray("\xc3\xa9")}) {
                const QByteArray name = nameFor(pattern, filling);
                for (const QByteArray &spelt :
                     {name, name.toUpper(), mixedCase(name), QByteArray(name).replace('-', '_')}) {
                    for (qsizetype padding = 0; padding < 140; ++padding) {
                        const QByteArray before = "{" + QByteArray(padding, ' ') + '"' + spelt;
                        QVERIFY2(scan.mayHoldSecret(QByteArray(before + "\":1}")), before.constData());
                        QVERIFY2(scan.mayHoldSecret(before), before.constData()); // cut off behind it
                    }
                }
            }
        }
    }

    void sparesOrdinaryBodies_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("model input") << QByteArray("{\"data\": {\"carat\": 0.31, \"cut\": \"Ideal\", \"color\": \"E\", "
                                                   "\"clarity\": \"VS2\", \"depth\": 61.5, \"table\": 55}}");
        QTest::newRow("parts of words") << QByteArray(
                                               "{\"took\": 1, \"keys\": [2], \"pass\": true, \"secretion_\": \"cre\"}")
                                               .replace("secretion_", "secre");
        QTest::newRow("harmless escapes")
            << QByteArray("{\"text\": \"a \\\"quoted\\\" word\\n\\tand more\\/less\"}");
        QTest::newRow("question") << QByteArray("{\"prompt\": \"who? me@home\"}");
        QTest::newRow("plain url") << QByteArray("{\"image\": \"https://example.org/a.png\"}");
        QTest::newRow("short") << QByteArray("{}");
        QTest::newRow("one byte") << QByteArray("[");
        QTest::newRow("non-ASCII") << QByteArray("{\"Gr\xc3\xb6\xc3\x9f"
                                                 "e\": \"\xe2\x82\xac 5\"}")
                                          .repeated(20);
    }
    void sparesOrdinaryBodies()
    {
        QFETCH(QByteArray, text);
        QVERIFY(!NameScan(defaultPatterns()).mayHoldSecret(text));
    }

    void doesNotJudgeWhatEscapesMayHide_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::newRow("unicode escape in a key") << QByteArray("{\"\\u0074oken\": \"a\"}");
        QTest::newRow("upper case digits") << QByteArray("{\"secre\\u0054\": \"a\"}");
        QTest::newRow("escaped letter") << QByteArray("{\"t\\oken\": \"a\"}");
        QTest::newRow("in nested JSON") << QByteArray("{\"log\": \"{\\\"\\\\u0074oken\\\": \\\"a\\\"}\"}");
        QTest::newRow("escaped letter in nested JSON") << QByteArray("{\"log\": \"{\\\"t\\\\oken\\\": \\\"a\\\"}\"}");
        QTest::newRow("nested twice") << QByteArray(
            "{\"a\": \"{\\\"b\\\": \\\"{\\\\\\\"\\\\\\\\u0074oken\\\\\\\": 1}\\\"}\"}");
        QTest::newRow("cut off within an escape") << QByteArray("{\"a\": \"b\\");
        QTest::newRow("user info") << QByteArray("{\"a\": \"redis://u:p@host\"}");
        QTest::newRow("query") << QByteArray("{\"a\": \"https://host/?sig=1\"}");
        QTest::newRow("escaped url in nested JSON")
            << QByteArray("{\"a\": \"{\\\"b\\\": \\\"https:\\/\\/u:p@h\\\"}\"}");
    }
    void doesNotJudgeWhatEscapesMayHide()
    {
        QFETCH(QByteArray, text);
        QVERIFY(NameScan(defaultPatterns()).mayHoldSecret(text));
        QVERIFY(NameScan(defaultPatterns()).mayHoldSecret(QByteArray(QByteArray(200, ' ') + text)));
    }

    void givesUpOnPatternsItCannotLookFor()
    {
        const QByteArray text = "{\"data\": 1}";
        QVERIFY(!NameScan({}).mayHoldSecret(text));
        QVERIFY(!NameScan({"ssn"}).mayHoldSecret(text));
        for (const QByteArray &pattern : {QByteArray("*"), QByteArray("a*"), QByteArray("---"), QByteArray("a/b"),
                                          QByteArray("say \"x\""), QByteArray("\xc3\xa9\xc3\xa9")})
            QVERIFY2(NameScan({"ssn", pattern}).mayHoldSecret(text), pattern.constData());
        QList<QByteArray> many; // more than there are pairs for
        for (char c = 'a'; c <= 'z'; ++c)
            many.append(QByteArray(2, c));
        QVERIFY(NameScan(many).mayHoldSecret(text));
    }

    /// What the walk finds is found with the scan before it, too. An escape at the end, in a document of its own,
    /// makes sure of the walk.
    void agreesWithTheWalk()
    {
        const QByteArray forcing = "\n\"\\u0041\"";
        const QList<QByteArray> pieces{
            "token",    "_token", "Secret",         "max_tokens", "api",     "_key", "-",     "key",        "passw",
            "ord",      "pass",   "cookie",         "cre",        "dential", "x",    "data",  "12",         "\\\"",
            "\\n",      "\\\\",   "\\u0061",        "authoriz",   "ation",   " ",    "https", "://u:p@h/x", "?token=1",
            "\xc3\xa4", "{",      "{\\\"a\\\": 1}", "access_",    "K",       "e",    "y"};
        Redactor redactor(RedactionRules::defaults(), "key");
        std::mt19937 random(11); // NOLINT: the same texts each time
        const auto word = [&] {
            QByteArray out;
            for (auto n = random() % 4; n > 0; --n)
                out += pieces[static_cast<qsizetype>(random() % static_cast<std::size_t>(pieces.size()))];
            return out;
        };
        int changed = 0;
        for (int round = 0; round < 20'000; ++round) {
            QByteArray text = "{";
            for (auto n = random() % 6; n > 0; --n)
                text += '"' + word() + "\": " + (random() % 4 == 0 ? QByteArray("17") : '"' + word() + '"') + ", ";
            text += "\"end\": 0}";
            const QByteArray quick = redacted(redactor, text);
            QCOMPARE(QByteArray(quick + forcing), redacted(redactor, text + forcing));
            changed += quick != text ? 1 : 0;
        }
        QVERIFY2(changed > 2000 && changed < 18'000, qPrintable(QString::number(changed)));
    }
};

PARALLAX_TEST_MAIN(TestTrafficNameScan)
#include "tst_traffic_namescan.moc"
