// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/linediff.h"
#include "endpoints/edits.h"
#include "endpoints/errors.h"
#include "support/testmain.h"
#include "yaml/errors.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>

using namespace Qt::StringLiterals;
using namespace parallax;
using namespace parallax::endpoints;

namespace {

const QByteArray kAlias = "backends:\n  alias:\n    deployment:\n      branch: main\n      name: pricing_model_v1\n"
                          "      version: latest\nschemaVersion: 1\n";

EndpointFile file(const QByteArray &bytes)
{
    return EndpointFile::read(bytes, u"endpoints/e.yaml"_s, u"e"_s);
}

DeploymentRef ref(const QString &text)
{
    return DeploymentRef::fromString(text);
}

QByteArray bytesOf(const Result<EndpointFile> &result)
{
    return result ? result->bytes() : "ERROR " + result.error().code.toString().toLatin1();
}

QByteArray crlf(QByteArray text)
{
    return text.replace("\n", "\r\n");
}

QString numstat(const QByteArray &before, const QByteArray &after)
{
    const base::LineDiff diff = base::diffLines(before, after);
    return u"%1 %2"_s.arg(diff.added).arg(diff.removed);
}

} // namespace

class TestEndpointsEdits : public test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void theFirstMirrorIsSixLinesAndGoesWithoutATrace()
    {
        const EndpointFile before = file(kAlias);
        const Result<EndpointFile> one = applied(before, AddMirror{{}, ref(u"pricing_model_v2"_s)});
        VERIFY_OK(one);
        QCOMPARE(one->bytes(),
                 QByteArray("backends:\n  alias:\n    deployment:\n      branch: main\n      name: pricing_model_v1\n"
                            "      version: latest\nmirrors:\n  mirror_1:\n    deployment:\n      branch: main\n"
                            "      name: pricing_model_v2\n      version: latest\nschemaVersion: 1\n"));
        QCOMPARE(numstat(before.bytes(), one->bytes()), u"6 0"_s);
        QVERIFY(one->endpoint().has_value());
        const Result<EndpointFile> two = applied(*one, AddMirror{{}, ref(u"pricing_model_v2@feat/x:3"_s)});
        VERIFY_OK(two);
        QCOMPARE(numstat(one->bytes(), two->bytes()), u"5 0"_s);
        QCOMPARE(two->endpoint()->mirrors[1], (Mirror{u"mirror_2"_s, ref(u"pricing_model_v2@feat/x:3"_s)}));
        QCOMPARE(bytesOf(applied(*two, RemoveMirror{u"mirror_2"_s})), one->bytes());
        QCOMPARE(bytesOf(applied(*one, RemoveMirror{u"mirror_1"_s})), before.bytes());
    }

    void aMirrorSuitsEveryLayout_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("expected");
        const QByteArray commented =
            "# Pricing, owned by the growth team\n\nbackends: # who answers\n  alias:   # the one\n"
            "    deployment:\n      branch: 'main'   # production\n      name: \"pricing\"\n      version: 3 # pinned\n"
            "  # nothing more here\n\n# keep last\nschemaVersion: 1 # always\n# end\n";
        QByteArray four = kAlias;
        four.replace("  ", "    ");
        const QByteArray bom = "\xef\xbb\xbf";
        QTest::newRow("plain") << kAlias << u"6 0"_s;
        QTest::newRow("comments") << commented << u"6 0"_s;
        QTest::newRow("crlf") << crlf(kAlias) << u"6 0"_s;
        QTest::newRow("crlf and comments") << crlf(commented) << u"6 0"_s;
        QTest::newRow("bom") << bom + kAlias << u"6 0"_s;
        QTest::newRow("bom and crlf") << bom + crlf(kAlias) << u"6 0"_s;
        QTest::newRow("four spaces") << four << u"6 0"_s;
        QTest::newRow("no final newline") << kAlias.chopped(1) << u"6 0"_s;
        QTest::newRow("no final newline, crlf") << crlf(kAlias).chopped(2) << u"6 0"_s;
        QTest::newRow("document marks") << "---\n" + kAlias + "...\n" << u"6 0"_s;
        QTest::newRow("backends last")
            << QByteArray("schemaVersion: 1\nbackends: {a: {deployment: {branch: main, name: d, version: 1}}}\n")
            << u"6 0"_s;
        QTest::newRow("flow below block")
            << QByteArray("backends:\n  a: {deployment: {branch: main, name: d, version: 1}}\nschemaVersion: 1\n")
            << u"6 0"_s;
        QTest::newRow("all flow")
            << QByteArray("{backends: {a: {deployment: {branch: main, name: d, version: 1}}}, schemaVersion: 1}\n")
            << u"1 1"_s;
        QTest::newRow("unknown keys")
            << QByteArray("backends:\n  a:\n    deployment:\n      branch: main\n      name: d\n      version: 1\n"
                          "      region: eu\n    sticky: {by: user}\nowner: me\nschemaVersion: 1\n")
            << u"6 0"_s;
        QTest::newRow("quoted keys") << QByteArray("\"backends\":\n  'a':\n    \"deployment\": {\"branch\": \"main\", "
                                                   "\"name\": \"d\", \"version\": 1}\n"
                                                   "'schemaVersion': 1\n")
                                     << u"6 0"_s;
    }
    void aMirrorSuitsEveryLayout()
    {
        QFETCH(QByteArray, bytes);
        const EndpointFile before = file(bytes);
        const Result<EndpointFile> after = applied(before, AddMirror{{}, ref(u"other:7"_s)});
        VERIFY_OK(after);
        QTEST(numstat(bytes, after->bytes()), "expected");
        QCOMPARE(after->bytes().count("\r\n") == after->bytes().count('\n'), bytes.contains('\r'));
        QVERIFY(after->endpoint().has_value());
        QCOMPARE(after->endpoint()->backends, before.endpoint()->backends);
        QCOMPARE(after->endpoint()->mirrors, (QList<Mirror>{{u"mirror_1"_s, ref(u"other:7"_s)}}));
        QCOMPARE(bytesOf(applied(*after, RemoveMirror{u"mirror_1"_s})), bytes);
        const TextChange change = TextChange::between(bytes, after->bytes());
        QCOMPARE(change.appliedTo(bytes), std::optional(after->bytes()));
        QCOMPARE(change.inverse().appliedTo(after->bytes()), std::optional(bytes));
    }

    void aChangedVersionIsOneLine()
    {
        const EndpointFile before = file("backends:\n  a:\n    deployment:\n      branch: main\n      name: d\n      "
                                         "version: '3' # pinned\nschemaVersion: 1\n");
        QCOMPARE(bytesOf(applied(before, SetBackend{u"a"_s, ref(u"d:3"_s)})), before.bytes());
        const Result<EndpointFile> after = applied(before, SetBackend{u"a"_s, ref(u"d:4"_s)});
        VERIFY_OK(after);
        QVERIFY(after->bytes().contains("      version: 4 # pinned\n"));
        QCOMPARE(numstat(before.bytes(), after->bytes()), u"1 1"_s);
        QVERIFY(bytesOf(applied(before, SetBackend{u"a"_s, ref(u"d:1.0"_s)})).contains("version: '1.0' # pinned"));
        QVERIFY(bytesOf(applied(before, SetBackend{u"a"_s, ref(u"d@on:latest"_s)})).contains("branch: 'on'\n"));
        QVERIFY(bytesOf(applied(before, SetBackend{u"a"_s, ref(u"e@feat/x:latest"_s)}))
                    .contains("branch: feat/x\n      name: e\n      version: 'latest' # pinned\n"));
    }

    void missingPartsAreFilledIn()
    {
        const EndpointFile before =
            file("backends:\n  a:\n    deployment:\n      name: d\n  b: {}\nschemaVersion: 1\n");
        QCOMPARE(bytesOf(applied(before, SetBackend{u"a"_s, ref(u"d:4"_s)})),
                 QByteArray("backends:\n  a:\n    deployment:\n      name: d\n      version: 4\n      branch: main\n  "
                            "b: {}\nschemaVersion: 1\n"));
        QCOMPARE(bytesOf(applied(before, SetBackend{u"b"_s, ref(u"d:4"_s)})),
                 QByteArray("backends:\n  a:\n    deployment:\n      name: d\n  b:\n    deployment:\n      branch: "
                            "main\n      name: d\n      version: 4\nschemaVersion: 1\n"));
    }

    void backends()
    {
        const EndpointFile alias = file(kAlias);
        const Result<EndpointFile> split = applied(alias, AddBackend{{}, ref(u"two:2"_s), 3});
        VERIFY_OK(split);
        QCOMPARE(numstat(kAlias, split->bytes()), u"6 0"_s);
        QCOMPARE(split->endpoint()->type(), EndpointType::Split);
        QCOMPARE(split->endpoint()->backends[1], (Backend{u"split_1"_s, ref(u"two:2"_s), 3}));
        QCOMPARE(bytesOf(applied(*split, RemoveBackend{u"split_1"_s})), kAlias);
        QCOMPARE(bytesOf(applied(*split, KeepOnlyBackend{u"alias"_s})), kAlias);
        QCOMPARE(applied(*split, KeepOnlyBackend{u"split_1"_s})->endpoint()->backends.size(), 1);

        const Result<EndpointFile> weighted = applied(alias, SetWeight{u"alias"_s, 5});
        VERIFY_OK(weighted);
        QCOMPARE(numstat(kAlias, weighted->bytes()), u"1 0"_s);
        QCOMPARE(weighted->endpoint()->backends[0].weight, std::optional(5));
        QCOMPARE(numstat(weighted->bytes(), bytesOf(applied(*weighted, SetWeight{u"alias"_s, 6}))), u"1 1"_s);
        QCOMPARE(bytesOf(applied(*weighted, SetWeight{u"alias"_s, 5})), weighted->bytes());
        QCOMPARE(bytesOf(applied(*weighted, SetWeight{u"alias"_s, std::nullopt})), kAlias);

        QCOMPARE(bytesOf(applied(*split, RenameBackend{u"alias"_s, u"control"_s})),
                 QByteArray(split->bytes()).replace("  alias:", "  control:"));
        const Result<EndpointFile> moved = applied(*split, MoveBackend{u"split_1"_s, 0});
        VERIFY_OK(moved);
        QCOMPARE(moved->endpoint()->backends[0].label, u"split_1"_s);
        QCOMPARE(bytesOf(applied(*moved, MoveBackend{u"split_1"_s, 9})), split->bytes());
    }

    void mirrors()
    {
        EndpointFile two =
            *applied(*applied(file(kAlias), AddMirror{u"shadow"_s, ref(u"x:1"_s)}), AddMirror{{}, ref(u"y:2"_s)});
        QCOMPARE(two.endpoint()->mirrors[1].name, u"mirror_1"_s);
        QCOMPARE(applied(two, MoveMirror{u"mirror_1"_s, 0})->endpoint()->mirrors[0].name, u"mirror_1"_s);
        QCOMPARE(applied(two, RenameMirror{u"shadow"_s, u"a: b"_s})->endpoint()->mirrors[0].name, u"a: b"_s);
        QCOMPARE(applied(two, SetMirror{u"shadow"_s, ref(u"z@b:latest"_s)})->endpoint()->mirrors[0].deployment,
                 ref(u"z@b:latest"_s));
        QCOMPARE(numstat(two.bytes(), bytesOf(applied(two, RemoveMirror{u"shadow"_s}))), u"0 5"_s);
    }

    void anEmptyMirrorsKeyIsFilled_data()
    {
        QTest::addColumn<QByteArray>("empty");
        QTest::newRow("nothing") << QByteArray("mirrors:\n");
        QTest::newRow("braces") << QByteArray("mirrors: {}\n");
        QTest::newRow("null") << QByteArray("mirrors: null\n");
    }
    void anEmptyMirrorsKeyIsFilled()
    {
        QFETCH(QByteArray, empty);
        const EndpointFile before =
            file(QByteArray(kAlias).replace("schemaVersion", QByteArray(empty + "schemaVersion")));
        const Result<EndpointFile> after = applied(before, AddMirror{{}, ref(u"x"_s)});
        VERIFY_OK(after);
        QCOMPARE(after->bytes(), applied(file(kAlias), AddMirror{{}, ref(u"x"_s)})->bytes());
    }

    void refuses_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("edit");
        QTest::addColumn<QString>("code");
        const QByteArray mirrored = applied(file(kAlias), AddMirror{{}, ref(u"x:1"_s)})->bytes();
        m_edits.clear();
        const auto row = [this](const char *name, const QByteArray &bytes, const Edit &edit, const char *code) {
            QTest::newRow(name) << bytes << static_cast<int>(m_edits.size()) << QString::fromLatin1(code);
            m_edits.append(edit);
        };
        row("mirror exists", mirrored, AddMirror{u"mirror_1"_s, ref(u"x"_s)}, "mirror-exists");
        row("no such mirror", mirrored, RemoveMirror{u"m"_s}, "mirror-not-found");
        row("no mirrors", kAlias, RemoveMirror{u"m"_s}, "mirror-not-found");
        row("no such mirror to set", kAlias, SetMirror{u"m"_s, ref(u"x"_s)}, "mirror-not-found");
        row("no such mirror to move", kAlias, MoveMirror{u"m"_s, 0}, "mirror-not-found");
        row("backend exists", kAlias, AddBackend{u"alias"_s, ref(u"x"_s), {}}, "backend-exists");
        row("no such backend", kAlias, RemoveBackend{u"b"_s}, "backend-not-found");
        row("the last backend", kAlias, RemoveBackend{u"alias"_s}, "backend-last");
        row("no such backend to weigh", kAlias, SetWeight{u"b"_s, 1}, "backend-not-found");
        row("negative weight", kAlias, SetWeight{u"alias"_s, -1}, "weight-negative");
        row("huge weight", kAlias, AddBackend{u"b"_s, ref(u"x"_s), 1'000'001}, "weight-too-large");
        row("empty label", kAlias, RenameBackend{u"alias"_s, u" "_s}, "label-invalid");
        row("deployment name", kAlias, AddMirror{{}, ref(u"a-b"_s)}, "deployment-name-invalid");
        row("no deployment name", kAlias, AddMirror{{}, {}}, "deployment-name-invalid");
        row("branch", kAlias, AddMirror{{}, ref(u"a@b..c"_s)}, "branch-invalid");
        row("version", kAlias, AddMirror{{}, {u"a"_s, u"main"_s, Version::alias(u"a/b"_s)}}, "version-invalid");
        row("version 0", kAlias, AddMirror{{}, {u"a"_s, u"main"_s, Version::number(0)}}, "version-not-positive");
        row("worktree", kAlias, AddMirror{{}, ref(u"a:worktree"_s)}, "version-only-local");
        row("broken file", "a: [", AddMirror{{}, ref(u"a"_s)}, "yaml-syntax");
        row("list", "- a\n", AddMirror{{}, ref(u"a"_s)}, "document-not-a-mapping");
        row("deployment by alias",
            "backends:\n  a:\n    deployment: &d {branch: main, name: d, version: 1}\n  b:\n    deployment: "
            "*d\nschemaVersion: 1\n",
            SetBackend{u"b"_s, ref(u"d:2"_s)}, "yaml-edit-unsafe");
        row("deployment by anchor",
            "backends:\n  a:\n    deployment: &d {branch: main, name: d, version: 1}\n  b:\n    deployment: "
            "*d\nschemaVersion: 1\n",
            SetBackend{u"a"_s, ref(u"d:2"_s)}, "yaml-edit-unsafe");
    }
    void refuses()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(int, edit);
        const Result<EndpointFile> result = applied(file(bytes), m_edits[edit]);
        QVERIFY(!result);
        QTEST(result.error().code.toString(), "code");
        QVERIFY(!wording::text(result.error()).contains(u'{'));
    }

    void naughtyStringsAsNames()
    {
        const QString path = test::corpusPath(u"blns/blns.json"_s);
        if (path.isEmpty())
            QSKIP("corpora/blns is absent");
        QFile corpus(path);
        QVERIFY(corpus.open(QIODevice::ReadOnly));
        int written = 0;
        for (const QJsonValue &value : QJsonDocument::fromJson(corpus.readAll()).array()) {
            const QString name = value.toString();
            for (const QByteArray &before :
                 {kAlias,
                  QByteArray(
                      "{backends: {alias: {deployment: {branch: main, name: d, version: 1}}}, schemaVersion: 1}\n")}) {
                if (name.isEmpty())
                    continue; // means the next free name
                const Result<EndpointFile> after = applied(file(before), AddMirror{name, ref(u"x"_s)});
                if (!after) {
                    QVERIFY2(after.error().code == kLabelInvalid, qPrintable(wording::line(after.error()) + name));
                    continue;
                }
                ++written;
                QCOMPARE(after->endpoint()->mirrors.value(0).name, name);
                QCOMPARE(bytesOf(applied(*after, RemoveMirror{name})), before);
                QVERIFY(!applied(file(before), AddMirror{u"m"_s, {u"x"_s, name + u"\n"_s, {}}}));
                QVERIFY(!applied(file(before), AddMirror{u"m"_s, {name + u" "_s, u"main"_s, {}}}));
            }
        }
        QVERIFY(written > 900);
    }

    void changesAreForTheirText()
    {
        const TextChange change = TextChange::between("abcdef", "abXdef");
        QCOMPARE(change, (TextChange{2, "c", "X"}));
        QVERIFY(!change.appliedTo("abZdef"));
        QVERIFY(!change.appliedTo("a"));
        QVERIFY(TextChange::between("a", "a").isEmpty());
        QCOMPARE(TextChange::between("aa", "aaa").appliedTo("aa"), std::optional<QByteArray>("aaa"));
    }

private:
    QList<Edit> m_edits;
};

PARALLAX_TEST_MAIN(TestEndpointsEdits)
#include "tst_endpoints_edits.moc"
