// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/testmain.h"
#include "yaml/document.h"
#include "yaml/errors.h"
#include "yaml/scalars.h"

using namespace Qt::StringLiterals;
using namespace parallax;
using yaml::Document;
using Value = Document::Value;

namespace {

Document parsed(const QByteArray &bytes)
{
    const Result<Document> document = Document::parse(bytes, u"f.yaml"_s);
    if (!document)
        qFatal("%s", qPrintable(wording::line(document.error())));
    return *document;
}

Value target(const QString &name)
{
    return Value::of({{u"name"_s, Value::of(name)}, {u"version"_s, Value::of(3)}});
}

QByteArray bytesOf(const Result<Document> &result)
{
    return result ? result->bytes() : "ERROR " + result.error().code.toString().toLatin1();
}

} // namespace

class TestYamlEdits : public test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void scalars_data()
    {
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QByteArray>("after");
        const auto row = [](const char *name, const char *before, const char *text, const char *after) {
            QTest::newRow(name) << QByteArray(before) << QString::fromUtf8(text) << QByteArray(after);
        };
        row("plain", "a: b # c\n", "d", "a: d # c\n");
        row("single quotes stay", "a: 'b'\n", "d", "a: 'd'\n");
        row("double quotes stay", "a: \"b\"\r\nc: d", "e'f", "a: \"e'f\"\r\nc: d");
        row("needs quotes", "a: b\n", "yes", "a: 'yes'\n");
        row("needs quotes: number", "a: b\n", "1.0", "a: '1.0'\n");
        row("needs double quotes", "a: b\n", "x\ny", "a: \"x\\ny\"\n");
        row("apostrophe", "a: 'b'\n", "it's", "a: 'it''s'\n");
        row("nothing there", "a:\nb: c\n", "d", "a: d\nb: c\n");
        row("nothing but a comment", "a: # note\nb: c\n", "d", "a: d # note\nb: c\n");
        row("null word", "a: ~ # note\n", "d", "a: d # note\n");
        row("flow", "{a: b, c: d}\n", "e, f", "{a: 'e, f', c: d}\n");
        row("flow without value", "{a: , c: d}\n", "e", "{a: e , c: d}\n");
        row("flow without colon", "{a, c: d}\n", "e", "{a: e, c: d}\n");
        row("literal", "a: | # why\n  x\n  y\n\nb: c\n", "z", "a: z # why\n\nb: c\n");
        row("anchor", "a: &x b\n", "d", "a: &x d\n");
        row("tag", "a: !!str b\n", "d", "a: !!str d\n");
        row("alias", "b: &x y\na: *x\n", "d", "b: &x y\na: d\n");
        row("multi-line plain", "a: b\n  c\nd: e\n", "f", "a: f\nd: e\n");
        row("bom and umlauts", "\xef\xbb\xbf# \xc3\xa4\na: \xc3\xb6 # \xc3\xbc\n", "\xc3\x9f",
            "\xef\xbb\xbf# \xc3\xa4\na: \xc3\x9f # \xc3\xbc\n");
    }
    void scalars()
    {
        QFETCH(QByteArray, before);
        QFETCH(QString, text);
        QTEST(bytesOf(parsed(before).withScalar({u"a"_s}, Value::of(text))), "after");
    }

    void anIntegerLosesItsQuotes()
    {
        QCOMPARE(bytesOf(parsed("a: '3'\n").withScalar({u"a"_s}, Value::of(4))), QByteArray("a: 4\n"));
        QCOMPARE(bytesOf(parsed("- x\n- y # c\n").withScalar({u"1"_s}, Value::of(4))), QByteArray("- x\n- 4 # c\n"));
    }

    void entries_data()
    {
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QStringList>("path");
        QTest::addColumn<QString>("behind");
        QTest::addColumn<QByteArray>("after");
        const auto row = [](const char *name, const char *before, const QStringList &path, const char *behind,
                            const char *after) {
            QTest::newRow(name) << QByteArray(before) << path << QString::fromUtf8(behind) << QByteArray(after);
        };
        const QStringList m{u"m"_s};
        row("at the end", "m:\n  a: 1 # one\n  # rest\nz: 1\n", m, "",
            "m:\n  a: 1 # one\n  k:\n    name: dep\n    version: 3\n  # rest\nz: 1\n");
        row("in the middle", "m:\n  a: 1\n  b: 2\n", m, "a",
            "m:\n  a: 1\n  k:\n    name: dep\n    version: 3\n  b: 2\n");
        row("at the root", "a: 1\nb: 2\n", {}, "a", "a: 1\nk:\n  name: dep\n  version: 3\nb: 2\n");
        row("crlf", "m:\r\n  a: 1\r\nz: 1\r\n", m, "",
            "m:\r\n  a: 1\r\n  k:\r\n    name: dep\r\n    version: 3\r\nz: 1\r\n");
        row("no final newline", "m:\n  a: 1", m, "", "m:\n  a: 1\n  k:\n    name: dep\n    version: 3");
        row("four spaces", "m:\n    a: 1\nz: 1\n", m, "",
            "m:\n    a: 1\n    k:\n        name: dep\n        version: 3\nz: 1\n");
        row("step of the siblings", "q:\n    r: 1\nm:\n  a:\n    b: 1\n", m, "",
            "q:\n    r: 1\nm:\n  a:\n    b: 1\n  k:\n    name: dep\n    version: 3\n");
        row("flow", "m: {a: 1} # c\n", m, "", "m: {a: 1, k: {name: dep, version: 3}} # c\n");
        row("flow in the middle", "m: {a: 1, b: 2}\n", m, "a", "m: {a: 1, k: {name: dep, version: 3}, b: 2}\n");
        row("flow over lines", "m: {\n  a: 1, # one\n  b: 2  # two\n  }\n", m, "",
            "m: {\n  a: 1, # one\n  b: 2,  # two\n  k: {name: dep, version: 3}\n  }\n");
        row("flow over lines in the middle", "m: {\n  a: 1, # one\n  b: 2\n  }\n", m, "a",
            "m: {\n  a: 1, # one\n  k: {name: dep, version: 3},\n  b: 2\n  }\n");
        row("flow with a last comma", "m: {\n  a: 1, # one\n  }\n", m, "",
            "m: {\n  a: 1, # one\n  k: {name: dep, version: 3},\n  }\n");
        row("empty braces", "m: {} # none yet\nz: 1\n", m, "",
            "m: # none yet\n  k:\n    name: dep\n    version: 3\nz: 1\n");
        row("nothing", "m:\nz: 1\n", m, "", "m:\n  k:\n    name: dep\n    version: 3\nz: 1\n");
        row("null", "m: null # c\nz: 1\n", m, "", "m: # c\n  k:\n    name: dep\n    version: 3\nz: 1\n");
        row("empty file", "", {}, "", "k:\n  name: dep\n  version: 3\n");
        row("comment only", "# c", {}, "", "# c\nk:\n  name: dep\n  version: 3\n");
        row("root braces", "{}\n", {}, "", "k:\n  name: dep\n  version: 3\n");
        row("nothing in flow", "{m: , z: 1}\n", m, "", "{m: {k: {name: dep, version: 3}} , z: 1}\n");
        row("empty braces in flow", "{m: {}, z: 1}\n", m, "", "{m: {k: {name: dep, version: 3}}, z: 1}\n");
        row("in a list", "- a: 1\n  b: 2\n- c\n", {u"0"_s}, "",
            "- a: 1\n  b: 2\n  k:\n    name: dep\n    version: 3\n- c\n");
        row("behind a list at its key's level", "m:\n  a:\n  - x\nz: 1\n", m, "",
            "m:\n  a:\n  - x\n  k:\n    name: dep\n    version: 3\nz: 1\n");
        row("behind a literal", "m:\n  a: |\n    x\n\nz: 1\n", m, "",
            "m:\n  a: |\n    x\n  k:\n    name: dep\n    version: 3\n\nz: 1\n");
        row("document marks", "---\nm:\n  a: 1\n...\n", m, "",
            "---\nm:\n  a: 1\n  k:\n    name: dep\n    version: 3\n...\n");
        row("exists", "m:\n  k: 1\n", m, "", "ERROR yaml-key-exists");
        row("no such sibling", "m:\n  a: 1\n", m, "x", "ERROR yaml-no-such-path");
        row("no such place", "a: 1\n", m, "", "ERROR yaml-no-such-path");
        row("no mapping", "m: [1]\n", m, "", "ERROR yaml-edit-unsafe");
        row("alias", "a: &x {b: 1}\nm: *x\n", m, "", "ERROR yaml-edit-unsafe");
        row("anchor in use", "m: &x\n  b: 1\nc: *x\n", m, "", "ERROR yaml-edit-unsafe");
    }
    void entries()
    {
        QFETCH(QByteArray, before);
        QFETCH(QStringList, path);
        QFETCH(QString, behind);
        QTEST(bytesOf(parsed(before).withEntry(path, u"k"_s, target(u"dep"_s), behind)), "after");
    }

    void removes_data()
    {
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QStringList>("path");
        QTest::addColumn<QByteArray>("after");
        const auto row = [](const char *name, const char *before, const QStringList &path, const char *after) {
            QTest::newRow(name) << QByteArray(before) << path << QByteArray(after);
        };
        row("lines", "a: 1\nb:\n  c: 2 # c\nd: 3\n", {u"b"_s}, "a: 1\nd: 3\n");
        row("with its comment", "a: 1\n# about b\n# more\nb: 2\n", {u"b"_s}, "a: 1\n");
        row("not the comment above a blank line", "a: 1\n# general\n\nb: 2\n", {u"b"_s}, "a: 1\n# general\n\n");
        row("not the comment indented otherwise", "a:\n  x: 1\n  # about a\nb: 2\n", {u"b"_s},
            "a:\n  x: 1\n  # about a\n");
        row("not the header of the file", "# licence\na: 1\nb: 2\n", {u"a"_s}, "# licence\nb: 2\n");
        row("last without newline", "a: 1\nb: 2", {u"b"_s}, "a: 1");
        row("last without newline, crlf", "a: 1\r\nb: 2", {u"b"_s}, "a: 1");
        row("the only one", "a:\n  b: 1\nc: 2\n", {u"a"_s, u"b"_s}, "a: {}\nc: 2\n");
        row("the only one, comment", "a: # note\n  b: 1\nc: 2\n", {u"a"_s, u"b"_s}, "a: {} # note\nc: 2\n");
        row("the only one of all", "a: 1\n", {u"a"_s}, "{}\n");
        row("flow first", "{a: 1, b: 2}\n", {u"a"_s}, "{b: 2}\n");
        row("flow last", "{a: 1, b: 2}\n", {u"b"_s}, "{a: 1}\n");
        row("flow only", "{ a: 1 }\n", {u"a"_s}, "{}\n");
        row("flow last with comma", "{a: 1, b: 2,}\n", {u"b"_s}, "{a: 1,}\n");
        row("flow over lines", "{\n  a: 1, # one\n  b: 2 # two\n}\n", {u"b"_s}, "{\n  a: 1 # one # two\n}\n");
        row("item", "- a\n- b\n- c\n", {u"1"_s}, "- a\n- c\n");
        row("first entry of an item", "- a: 1\n  b: 2\n", {u"0"_s, u"a"_s}, "- b: 2\n");
        row("only entry of an item", "- a: 1\n- b\n", {u"0"_s, u"a"_s}, "- {}\n- b\n");
        row("flow item", "[a, b, c]\n", {u"2"_s}, "[a, b]\n");
        row("nowhere", "a: 1\n", {u"b"_s}, "ERROR yaml-no-such-path");
        row("anchor in use", "a: &x 1\nb: *x\n", {u"a"_s}, "ERROR yaml-edit-unsafe");
        row("the root", "a: 1\n", {}, "ERROR yaml-edit-unsafe");
    }
    void removes()
    {
        QFETCH(QByteArray, before);
        QFETCH(QStringList, path);
        QTEST(bytesOf(parsed(before).withoutEntry(path)), "after");
    }

    void renames()
    {
        QCOMPARE(bytesOf(parsed("a: 1 # c\nb: 2\n").withRenamedKey({u"a"_s}, u"z"_s)), QByteArray("z: 1 # c\nb: 2\n"));
        QCOMPARE(bytesOf(parsed("'a': 1\n").withRenamedKey({u"a"_s}, u"z"_s)), QByteArray("'z': 1\n"));
        QCOMPARE(bytesOf(parsed("a: 1\n").withRenamedKey({u"a"_s}, u"on"_s)), QByteArray("'on': 1\n"));
        QCOMPARE(bytesOf(parsed("{a: 1}\n").withRenamedKey({u"a"_s}, u"x: y"_s)), QByteArray("{'x: y': 1}\n"));
        QCOMPARE(bytesOf(parsed("a: 1\nb: 2\n").withRenamedKey({u"a"_s}, u"b"_s)), QByteArray("ERROR yaml-key-exists"));
        QCOMPARE(bytesOf(parsed("a: 1\n").withRenamedKey({u"a"_s}, u""_s)), QByteArray("ERROR yaml-key-invalid"));
        QCOMPARE(bytesOf(parsed("a: 1\n").withRenamedKey({u"a"_s}, QString(QChar(0xd800)))),
                 QByteArray("ERROR yaml-key-invalid"));
        QCOMPARE(bytesOf(parsed("a: 1\n").withRenamedKey({u"a"_s}, QString(2000, u'x'))),
                 QByteArray("ERROR yaml-key-invalid"));
    }

    void moves_data()
    {
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QStringList>("path");
        QTest::addColumn<int>("index");
        QTest::addColumn<QByteArray>("after");
        const auto row = [](const char *name, const char *before, const QStringList &path, int index,
                            const char *after) {
            QTest::newRow(name) << QByteArray(before) << path << index << QByteArray(after);
        };
        row("down", "# head\na: 1 # one\n# about b\nb:\n  x: 2\nc: 3", {u"a"_s}, 2,
            "# head\n# about b\nb:\n  x: 2\nc: 3\na: 1 # one");
        row("up", "m:\n  a: 1\n\n  b: 2\n  c: 3\n", {u"m"_s, u"c"_s}, 0, "m:\n  c: 3\n\n  a: 1\n  b: 2\n");
        row("flow", "{a: 1, b: 2,  c: 3}\n", {u"c"_s}, 0, "{c: 3, a: 1,  b: 2}\n");
        row("items", "- a\n- b # c\n", {u"1"_s}, 0, "- b # c\n- a\n");
        row("entries of an item", "- a: 1\n  b: 2\n", {u"0"_s, u"b"_s}, 0, "- b: 2\n  a: 1\n");
        row("same place", "a: 1\nb: 2\n", {u"a"_s}, 0, "a: 1\nb: 2\n");
        row("too far", "a: 1\n", {u"a"_s}, 1, "ERROR yaml-edit-unsafe");
        row("an alias before its anchor", "a: &x 1\nb: *x\n", {u"b"_s}, 0, "ERROR yaml-edit-unsafe");
    }
    void moves()
    {
        QFETCH(QByteArray, before);
        QFETCH(QStringList, path);
        QFETCH(int, index);
        QTEST(bytesOf(parsed(before).withMovedEntry(path, index)), "after");
    }

    void anErrorNamesThePlace()
    {
        const Result<Document> result = parsed("a: &x\n  b: 1\nc: *x\n").withScalar({u"c"_s, u"b"_s}, Value::of(2));
        QVERIFY(!result);
        QCOMPARE(result.error().code, yaml::kEditUnsafe);
        QCOMPARE(result.error().where, (SourceLocation{u"f.yaml"_s, 3, 4}));
    }

    void quoting_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QByteArray>("expected");
        const auto row = [](const char *text, const char *expected) {
            QTest::newRow(text) << QString::fromUtf8(text) << QByteArray(expected);
        };
        for (const char *plain : {"main", "feat/x", "v1.0", "v1.2", "a b", "-x", "a#b", "a:b", "2024-1", "1.2.3", "x'y",
                                  "\xc3\xa4", "nul", "0b", "1e", "e3", "_1"})
            row(plain, plain);
        for (const char *quoted : {"yes",
                                   "No",
                                   "ON",
                                   "off",
                                   "y",
                                   "N",
                                   "true",
                                   "False",
                                   "null",
                                   "~",
                                   "Null",
                                   "1",
                                   "-1",
                                   "+1",
                                   "017",
                                   "0o17",
                                   "0x1F",
                                   "0b1",
                                   "1_000",
                                   "1.5",
                                   "1e3",
                                   ".5",
                                   ".inf",
                                   "-.INF",
                                   ".NaN",
                                   "12:30",
                                   "12:30:45",
                                   "1:20.5",
                                   "2024-01-01",
                                   "2024-01-01T10:00:00Z",
                                   "2024-01-01 10:00:00",
                                   "=",
                                   "<<",
                                   "a: b",
                                   "a #b",
                                   "a:",
                                   " a",
                                   "a ",
                                   "- a",
                                   "-",
                                   "?",
                                   "? a",
                                   ": a",
                                   "#a",
                                   "&a",
                                   "*a",
                                   "!a",
                                   "|",
                                   ">",
                                   "\"a",
                                   "%a",
                                   "@a",
                                   "`a",
                                   "{a",
                                   "a}",
                                   "[a]",
                                   "a, b",
                                   "a?b",
                                   "---",
                                   "--- a",
                                   "..."})
            row(quoted, qPrintable(u'\'' + QString::fromUtf8(quoted) + u'\''));
        row("", "''");
        row("'a", "'''a'");
        row("a\tb", "\"a\\tb\"");
        row("a\nb", "\"a\\nb\"");
        row("\x1b", "\"\\x1b\"");
        row("\xe2\x80\xa8", "\"\\u2028\"");
        QTest::newRow("byte order mark") << u"\ufeffa"_s << QByteArray("\"\\ufeffa\"");
        row("\xc2\x85", "\"\\x85\"");
    }
    void quoting()
    {
        QFETCH(QString, text);
        const QByteArray written = yaml::scalarText(text, yaml::ScalarStyle::Plain);
        QTEST(written, "expected");
        for (const QByteArray &wrap : {QByteArray("k: %\n"), QByteArray("[%, x]\n"), QByteArray("{k: %}\n"),
                                       QByteArray("%: v\n"), QByteArray("- %\n")}) {
            const Result<Document> document = Document::parse(QByteArray(wrap).replace("%", written), u"f.yaml"_s);
            VERIFY_OK(document);
            const yaml::Node &root = document->root();
            const yaml::Node &node = root.isSequence()      ? root.items[0]
                                     : wrap.startsWith('%') ? root.entries[0].key
                                                            : root.entries[0].value;
            QCOMPARE(node.kind, yaml::Kind::Scalar);
            QCOMPARE(node.text, text);
        }
    }
};

PARALLAX_TEST_MAIN(TestYamlEdits)
#include "tst_yaml_edits.moc"
