// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/testmain.h"
#include "yaml/document.h"
#include "yaml/errors.h"

#include <QElapsedTimer>

using namespace Qt::StringLiterals;
using namespace parallax;

namespace {

Result<yaml::Document> parsed(const QByteArray &bytes)
{
    return yaml::Document::parse(bytes, u"f.yaml"_s);
}

} // namespace

class TestYamlDocument : public test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void readsAnEndpoint()
    {
        const QByteArray bytes = "backends:\n  alias:\n    deployment:\n      branch: main\n      name: pricing\n"
                                 "      version: 3 # pinned\n    weight: 1\nschemaVersion: 1\n";
        const Result<yaml::Document> document = parsed(bytes);
        VERIFY_OK(document);
        QCOMPARE(document->bytes(), bytes);
        const yaml::Node *deployment = document->root().find(u"backends")->find(u"alias")->find(u"deployment");
        QVERIFY(deployment != nullptr && deployment->isMapping());
        const yaml::Node *version = deployment->find(u"version");
        QCOMPARE(version->toInteger(), std::optional<qint64>(3));
        QCOMPARE(version->line, 6);
        QCOMPARE(version->column, 16);
        QCOMPARE(bytes.mid(version->span.begin, version->span.end - version->span.begin), QByteArray("3"));
        QVERIFY(deployment->find(u"none") == nullptr);
    }

    void anEmptyFileIsNull_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("nothing") << QByteArray();
        QTest::newRow("comment") << QByteArray("# nothing here\n");
        QTest::newRow("marker") << QByteArray("---\n");
        QTest::newRow("bom") << QByteArray("\xef\xbb\xbf");
        QTest::newRow("blank") << QByteArray("\n\n  \n");
    }
    void anEmptyFileIsNull()
    {
        QFETCH(QByteArray, bytes);
        const Result<yaml::Document> document = parsed(bytes);
        VERIFY_OK(document);
        QCOMPARE(document->root().kind, yaml::Kind::Null);
    }

    void refuses_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("code");
        QTest::addColumn<int>("line");
        QTest::addColumn<int>("column");
        const auto row = [](const char *name, const QByteArray &bytes, const char *code, int line, int column) {
            QTest::newRow(name) << bytes << QString::fromLatin1(code) << line << column;
        };
        row("utf-16le", QByteArray("\xff\xfe\x61\0\x3a\0", 6), "yaml-foreign-encoding", 1, 1);
        row("utf-16be without bom", QByteArray("\0a\0:\0 ", 6), "yaml-foreign-encoding", 1, 1);
        row("utf-32", QByteArray("\xff\xfe\0\0a\0\0\0", 8), "yaml-foreign-encoding", 1, 1);
        row("latin-1", "a: 1\nb: caf\xe9\n", "yaml-encoding", 2, 7);
        row("overlong", "a: \xc0\xaf\n", "yaml-encoding", 1, 4);
        row("surrogate", "a: \xed\xa0\x80\n", "yaml-encoding", 1, 4);
        row("cut short", "a: \xe2\x82", "yaml-encoding", 1, 4);
        row("nul", QByteArray("a: b\nc: d\0e\n", 12), "yaml-control-character", 2, 5);
        row("escape", "a: \x1b[0m\n", "yaml-control-character", 1, 4);
        row("missing colon", "top1: 1\ntop2\ntop3: 3\n", "yaml-syntax", 2, 1);
        row("directive without document", "%YAML 1.2\n--", "yaml-syntax", 1, 1);
        row("missing quote", "a: \"b\n", "yaml-syntax", 1, 5);
        row("tab", "a:\n\tb: c\n", "yaml-tab", 2, 1);
        row("two documents", "a: b\n---\nc: d\n", "yaml-several-documents", 2, 1);
        row("second document without marker", "a: b\n...\n# c\nc: d\n", "yaml-several-documents", 4, 1);
        row("duplicate key", "a: 1\nb:\n  c: 1\n  d: 2\n  'c': 3\n", "yaml-duplicate-key", 5, 3);
        row("duplicate key in flow", "{a: 1, \"a\": 2}\n", "yaml-duplicate-key", 1, 8);
        row("list as key", "? [a]\n: b\n", "yaml-complex-key", 1, 3);
        row("empty key", ": b\n", "yaml-complex-key", 1, 1);
        row("unknown alias", "a: *b\n", "yaml-unknown-alias", 1, 4);
        row("cycle", "&a [*a]\n", "yaml-cycle", 1, 5);
        row("deep cycle", "a: &x\n  b:\n    - *x\n", "yaml-cycle", 3, 7);
        row("100000 levels", QByteArray(100'000, '['), "yaml-too-deep", 1, 65);
        row("100000 dashes", QByteArray("- ").repeated(100'000), "yaml-too-deep", 1, 129);
        row("too large", QByteArray("a: ") + QByteArray(1'000'000, 'x'), "yaml-too-large", 1, 1);
        row("text after sequence", "- a\n- b\ninvalid\n", "yaml-syntax", 3, 1);
    }
    void refuses()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, code);
        QElapsedTimer timer;
        timer.start();
        const Result<yaml::Document> document = parsed(bytes);
        QVERIFY(!document);
        QCOMPARE(document.error().code.toString(), code);
        QTEST(document.error().where.line, "line");
        QTEST(document.error().where.column, "column");
        QVERIFY(!wording::text(document.error()).contains(u'{'));
        QVERIFY2(timer.elapsed() < 1000, "slow");
    }

    void refusesAliasBombs()
    {
        QByteArray bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
        for (int i = 1; i < 10; ++i) {
            const QByteArray use = "*a" + QByteArray::number(i - 1);
            bomb += "a" + QByteArray::number(i) + ": &a" + QByteArray::number(i) + " [" +
                    QByteArray(use + " , ").repeated(9) + use + " ]\n";
        }
        QElapsedTimer timer;
        timer.start();
        const Result<yaml::Document> document = parsed(bomb);
        QVERIFY(!document);
        QCOMPARE(document.error().code, yaml::kTooManyNodes);
        QVERIFY(timer.elapsed() < 1000);
    }

    void refusesDepthBuiltFromAliases()
    {
        QByteArray bytes = "a0: &a0 x\n";
        for (int i = 1; i < 10; ++i) {
            bytes += "a" + QByteArray::number(i) + ": &a" + QByteArray::number(i) + ' ' + QByteArray(10, '[') + "*a" +
                     QByteArray::number(i - 1) + ' ' + QByteArray(10, ']') + '\n';
        }
        const Result<yaml::Document> document = parsed(bytes);
        QVERIFY(!document);
        QCOMPARE(document.error().code, yaml::kTooDeep);
    }

    void aliasesKeepTheirPlace()
    {
        const QByteArray bytes = "a: &x {n: 1}\nb: *x\n";
        const Result<yaml::Document> document = parsed(bytes);
        VERIFY_OK(document);
        const yaml::Node *b = document->root().find(u"b");
        QVERIFY(b->isAlias && b->isMapping());
        QCOMPARE(b->line, 2);
        QCOMPARE(bytes.mid(b->span.begin, b->span.end - b->span.begin), QByteArray("*x"));
        QCOMPARE(b->find(u"n")->toInteger(), std::optional<qint64>(1));
        QVERIFY(document->root().find(u"a")->hasAnchor);
    }

    void countsEveryByte()
    {
        const QByteArray bytes =
            "\xef\xbb\xbf# \xc3\xbc\r\nk\xc3\xa9y: 'v\xe2\x82\xac' # c\r\nb: |\r\n  x\r\n  y\r\n\r\nc:\r\n";
        const Result<yaml::Document> document = parsed(bytes);
        VERIFY_OK(document);
        const yaml::Node *first = document->root().find(u"k\u00e9y");
        QCOMPARE(bytes.mid(first->span.begin, first->span.end - first->span.begin), QByteArray("'v\xe2\x82\xac'"));
        QCOMPARE(first->line, 2);
        QCOMPARE(first->column, 6);
        const yaml::Node *block = document->root().find(u"b");
        QCOMPARE(bytes.mid(block->span.begin, block->span.end - block->span.begin), QByteArray("|\r\n  x\r\n  y"));
        const yaml::Node *none = document->root().find(u"c");
        QCOMPARE(none->kind, yaml::Kind::Null);
        QCOMPARE(none->span.begin, bytes.size() - 2);
    }

    void manyApostrophes()
    {
        const Result<yaml::Document> document =
            parsed("- 'a''''b'\n- '" + QByteArray("''").repeated(300) + "x'\n- \"a\\\"\\\"b\"\n");
        VERIFY_OK(document);
        QCOMPARE(document->root().items[0].text, u"a''b"_s);
        QCOMPARE(document->root().items[1].text, QString(300, u'\'') + u'x');
        QCOMPARE(document->root().items[2].text, u"a\"\"b"_s);
    }

    void scalarsOfTheCoreSchema()
    {
        const Result<yaml::Document> document =
            parsed("[3, -3, +3, 0x10, '3', 1_000, 9999999999999999999, true, 'true', "
                   "1.5, .5, 1e3, .inf, yes, ~, null, '', 017]");
        VERIFY_OK(document);
        const QList<yaml::Node> &items = document->root().items;
        QCOMPARE(items[0].toInteger(), std::optional<qint64>(3));
        QCOMPARE(items[1].toInteger(), std::optional<qint64>(-3));
        QCOMPARE(items[2].toInteger(), std::optional<qint64>(3));
        for (int i = 3; i <= 6; ++i)
            QVERIFY2(!items[i].toInteger(), qPrintable(items[i].text));
        QCOMPARE(items[7].toBool(), std::optional<bool>(true));
        QVERIFY(!items[8].toBool());
        QCOMPARE(items[9].toNumber(), std::optional<double>(1.5));
        QCOMPARE(items[10].toNumber(), std::optional<double>(0.5));
        QCOMPARE(items[11].toNumber(), std::optional<double>(1000));
        QVERIFY(qIsInf(*items[12].toNumber()));
        QVERIFY(!items[13].toBool());
        QCOMPARE(items[14].kind, yaml::Kind::Null);
        QCOMPARE(items[15].kind, yaml::Kind::Null);
        QCOMPARE(items[16].kind, yaml::Kind::Scalar);
        QCOMPARE(items[17].toInteger(), std::optional<qint64>(17));
    }

    void aLargeFileIsQuick()
    {
        QByteArray bytes;
        for (int i = 0; i < 10'000; ++i)
            bytes += "key_" + QByteArray::number(i) + ": {name: value, other: 'quoted'} # note\n";
        QElapsedTimer timer;
        timer.start();
        const Result<yaml::Document> document = parsed(bytes);
        VERIFY_OK(document);
        qInfo("%lld bytes in %lld ms", static_cast<long long>(bytes.size()), static_cast<long long>(timer.elapsed()));
        QVERIFY(timer.elapsed() < 5000);
    }
};

PARALLAX_TEST_MAIN(TestYamlDocument)
#include "tst_yaml_document.moc"
