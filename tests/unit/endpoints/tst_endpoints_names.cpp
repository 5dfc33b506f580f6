// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "endpoints/errors.h"
#include "endpoints/names.h"
#include "support/testmain.h"

#include <QFile>
#include <QJsonArray>
#include <QJsonDocument>
#include <QProcess>

using namespace Qt::StringLiterals;
using namespace parallax;

class TestEndpointsNames : public test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void endpointNames()
    {
        QVERIFY(!endpoints::newNameError(u"pricing_2"_s));
        QVERIFY(!endpoints::newNameError(QString(64, u'a')));
        const auto codeOf = [](const QString &name) { return endpoints::newNameError(name).value_or(Error{}).code; };
        for (const QString &name : {u""_s, u"A"_s, u"a-b"_s, u"a.b"_s, u"../a"_s, u"/etc/passwd"_s, u"a b"_s,
                                    u"\u00e4"_s, u"a\n"_s, u"\u0663"_s})
            QCOMPARE(codeOf(name), endpoints::kNameInvalid);
        QCOMPARE(codeOf(QString(65, u'a')), endpoints::kNameTooLong);
        for (const QString &name : {u"con"_s, u"nul"_s, u"lpt9"_s})
            QCOMPARE(codeOf(name), endpoints::kNameReserved);
        QVERIFY(!endpoints::newNameError(u"com0"_s) && !endpoints::newNameError(u"console"_s));
    }

    void naughtyStringsAreNoNames()
    {
        const QString path = test::corpusPath(u"blns/blns.json"_s);
        if (path.isEmpty())
            QSKIP("corpora/blns is absent");
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const QJsonArray strings = QJsonDocument::fromJson(file.readAll()).array();
        QVERIFY(strings.size() > 400);
        for (const auto &value : strings) {
            const QString name = value.toString();
            const bool isPlain = std::all_of(name.begin(), name.end(), [](QChar c) {
                return (c >= u'a' && c <= u'z') || (c >= u'0' && c <= u'9') || c == u'_';
            });
            const bool isAllowed = isPlain && !name.isEmpty() && name.size() <= 64 && !endpoints::isWindowsDevice(name);
            QVERIFY2(endpoints::newNameError(name).has_value() != isAllowed, qPrintable(name));
            if (const std::optional<Error> error = endpoints::newNameError(name))
                QVERIFY(!wording::line(*error).contains(u'\n') && !wording::line(*error).contains(u'\x1b'));
        }
    }

    void branchNamesAreGits_data()
    {
        QTest::addColumn<QString>("name");
        for (const char *name :
             {"main", "feat/x", "a",    "a.b",  "v1.0",         "-x",       "a..b",     "a b",
              "/a",   "a/",     "a//b", ".a",   "a/.b",         "a.lock",   "a.lock/b", "a~1",
              "a^",   "a:b",    "a?b",  "a*",   "[a",           "a\\b",

              "a@b",  "a@{b",   "a.",   "HEAD", "refs/heads/x", "\xc3\xa4", "$(id)",    "--upload-pack=touch"})
            QTest::newRow(name) << QString::fromUtf8(name);
    }
    void branchNamesAreGits()
    {
        QFETCH(QString, name);
        QProcess git;
        git.start(u"git"_s, {u"check-ref-format"_s, u"--branch"_s, name});
        if (!git.waitForStarted())
            QSKIP("git is absent");
        QVERIFY(git.waitForFinished());
        QCOMPARE(endpoints::isBranchName(name), git.exitCode() == 0);
    }

    void versionAliases()
    {
        for (const QString &alias : {u"official"_s, u"v1.0"_s, u"1.0"_s, u"a-b_c:d+e=f"_s})
            QVERIFY2(endpoints::isVersionAlias(alias), qPrintable(alias));
        for (const QString &alias : {u""_s, u"3"_s, u"a/b"_s, u"a b"_s, u"\u00e4"_s, u"a?"_s})
            QVERIFY2(!endpoints::isVersionAlias(alias), qPrintable(alias));
    }

    void freeNames()
    {
        QCOMPARE(endpoints::nextFreeName(u"mirror_"_s, {}), u"mirror_1"_s);
        QCOMPARE(endpoints::nextFreeName(u"mirror_"_s, {u"mirror_1"_s, u"x"_s}), u"mirror_2"_s);
        QCOMPARE(endpoints::nextFreeName(u"split_"_s, {u"split_1"_s, u"split_3"_s}), u"split_2"_s);
    }

    void clashesOfCase()
    {
        QVERIFY(endpoints::nameClashes({u"a.yaml"_s, u"b.yaml"_s}).isEmpty());
        const QList<Finding> findings = endpoints::nameClashes({u"a.yaml"_s, u"A.yaml"_s});
        QCOMPARE(findings.size(), 1);
        QCOMPARE(findings[0].error.code, endpoints::kNamesClash);
        QCOMPARE(findings[0].error.where.file, u"A.yaml"_s);
    }
};

PARALLAX_TEST_MAIN(TestEndpointsNames)
#include "tst_endpoints_names.moc"
