// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "endpoints/canonical.h"
#include "endpoints/errors.h"
#include "support/testmain.h"

using namespace Qt::StringLiterals;
using namespace parallax;
using namespace parallax::endpoints;

namespace {

QByteArray formatted(const QByteArray &bytes)
{
    const Result<QByteArray> result = canonicalForm(EndpointFile::read(bytes, u"e.yaml"_s, u"e"_s));
    return result ? *result : "ERROR " + wording::line(result.error()).toUtf8();
}

} // namespace

class TestEndpointsCanonical : public test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void aNewAliasIsWhatTheWebAppWrites()
    {
        const Result<QByteArray> bytes =
            newEndpoint(u"recommend"_s, {{{}, {u"filtering_deployment"_s, u"main"_s, {}}, {}}});
        VERIFY_OK(bytes);
        QCOMPARE(
            *bytes,
            QByteArray("backends:\n  split_1:\n    deployment:\n      branch: main\n      name: filtering_deployment\n"
                       "      version: latest\n    weight: 1\nschemaVersion: 1\n"));
        QCOMPARE(formatted(*bytes), *bytes);
    }

    void aNewSplitWithAMirror()
    {
        const Result<QByteArray> bytes = newEndpoint(u"e"_s,
                                                     {{u"control"_s, DeploymentRef::fromString(u"a:3"_s), 1},
                                                      {u"2"_s, DeploymentRef::fromString(u"b@x:1.0"_s), 3}},
                                                     {{{}, DeploymentRef::fromString(u"c"_s)}});
        VERIFY_OK(bytes);
        QCOMPARE(
            *bytes,
            QByteArray("backends:\n  control:\n    deployment:\n      branch: main\n      name: a\n      version: 3\n  "
                       "  weight: 1\n"
                       "  '2':\n    deployment:\n      branch: x\n      name: b\n      version: '1.0'\n    weight: 3\n"
                       "mirrors:\n  mirror_1:\n    deployment:\n      branch: main\n      name: c\n      version: "
                       "latest\nschemaVersion: 1\n"));
        QVERIFY(EndpointFile::read(*bytes, u"e.yaml"_s, u"e"_s).endpoint().has_value());
    }

    void aNewEndpointIsChecked()
    {
        const Backend good{u"a"_s, DeploymentRef::fromString(u"d"_s), {}};
        QCOMPARE(newEndpoint(u"A"_s, {good}).error().code, kNameInvalid);
        QCOMPARE(newEndpoint(u"a"_s, {}).error().code, kBackendsMissing);
        QCOMPARE(newEndpoint(u"a"_s, {good, good}).error().code, kBackendExists);
        QCOMPARE(newEndpoint(u"a"_s, {{u"a"_s, {}, {}}}).error().code, kDeploymentNameInvalid);
        QCOMPARE(newEndpoint(u"a"_s, {{u"a"_s, good.deployment, 0}}).error().code, kWeightsSumZero);
    }

    void format_data()
    {
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QByteArray>("after");
        const QByteArray canonical = "backends:\n  a:\n    deployment:\n      branch: main\n      name: d\n      "
                                     "version: 1\n    weight: 2\nschemaVersion: 1\n";
        QTest::newRow("canonical") << canonical << canonical;
        QTest::newRow("flow") << QByteArray("{schemaVersion: 1, backends: {a: {weight: 2, deployment: {version: 1, "
                                            "name: \"d\", branch: 'main'}}}}")
                              << canonical;
        QTest::newRow("crlf, bom, marker, blank lines, four spaces")
            << QByteArray("\xef\xbb\xbf---\r\n\r\nbackends:\r\n    a:\r\n        weight: 2\r\n\r\n        deployment: "
                          "{branch: main, name: d, version: 1}\r\nschemaVersion: 1")
            << canonical;
        QTest::newRow("comments") << QByteArray(
                                         "# head\n\nschemaVersion: 1 # v\n# about backends\nbackends: # all\n    # "
                                         "about a\n    a: # one\n        weight: 2 # share\n"
                                         "        # the target\n        deployment: # d\n            {branch: main, # "
                                         "b\n             name: d,\n             # pinned\n             version: 1}\n"
                                         "    # rest of backends\n# foot\n")
                                  << QByteArray("# head\n# about backends\nbackends: # all\n  # about a\n  a: # one\n  "
                                                "  # the target\n    deployment: # d\n      branch: main # b\n"
                                                "      name: d\n      # pinned\n      version: 1\n    weight: 2 # "
                                                "share\n  # rest of backends\nschemaVersion: 1 # v\n# foot\n");
        QTest::newRow("mirrors between, unknown keys kept")
            << QByteArray("mirrors:\n  m: {deployment: {name: x, branch: main, version: '3', zone: [eu, {a: "
                          "1}]}}\nowner: \"me\"\n" +
                          canonical)
            << QByteArray("backends:\n  a:\n    deployment:\n      branch: main\n      name: d\n      version: 1\n    "
                          "weight: 2\n"
                          "mirrors:\n  m:\n    deployment:\n      branch: main\n      name: x\n      version: '3'\n    "
                          "  zone:\n        - eu\n        - a: 1\n"
                          "owner: me\nschemaVersion: 1\n");
        QTest::newRow("quotes")
            << QByteArray("a: \"yes\"\nb: \"it's\"\nc: yes\nd: \"x y\"\ne: ''\nf: ~\ng:\nh: \"1\"\ni: {}\nj: "
                          "[]\n\"k\": \"a\\tb\"\n")
            << QByteArray("a: 'yes'\nb: it's\nc: yes\nd: x y\ne: ''\nf: ~\ng:\nh: '1'\ni: {}\nj: []\nk: \"a\\tb\"\n");
        QTest::newRow("several lines")
            << QByteArray("a: |+ # note\n  x\n   y\n\n  z\nb: >\n  folded\n  text\nc: \"1\n\n  2\"\nd: \"e\\n\\n\"\n")
            << QByteArray("a: | # note\n  x\n   y\n\n  z\nb: |\n  folded text\nc: |-\n  1\n  2\nd: \"e\\n\\n\"\n");
        QTest::newRow("lists")
            << QByteArray("a:\n# c0\n- x # c1\n-   # c2\n  - y\n  # c3\n  - k: 1\n    l: 2\n- {m: 3}\n# c4\nb: 1\n")
            << QByteArray(
                   "a:\n  # c0\n  - x # c1\n  # c2\n  - - y\n    # c3\n    - k: 1\n      l: 2\n  - m: 3\n# c4\nb: 1\n");
        QTest::newRow("empty") << QByteArray("") << QByteArray("");
        QTest::newRow("anchor") << QByteArray("a: &x 1\nb: *x\n")
                                << QByteArray("ERROR e.yaml:1:7: error: Anchors, aliases, tags and merge keys have no "
                                              "canonical form [yaml-no-block-form]");
        QTest::newRow("broken") << QByteArray("a: \"")
                                << QByteArray("ERROR e.yaml:1:5: error: Is not valid YAML: double-quoted scalar "
                                              "without closing quote [yaml-syntax]");
    }
    void format()
    {
        QFETCH(QByteArray, before);
        QFETCH(QByteArray, after);
        QCOMPARE(formatted(before), after);
        if (!after.startsWith("ERROR"))
            QCOMPARE(formatted(after), after);
    }
};

PARALLAX_TEST_MAIN(TestEndpointsCanonical)
#include "tst_endpoints_canonical.moc"
