// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "endpoints/errors.h"
#include "endpoints/localsettings.h"
#include "support/testmain.h"

#include <QJsonObject>

using namespace Qt::StringLiterals;
using namespace parallax;
using endpoints::LocalSettingsFile;

class TestEndpointsLocalSettings : public test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void readsTheExampleOfTheContract()
    {
        const LocalSettingsFile file =
            LocalSettingsFile::read("schemaVersion: 1\n"
                                    "route: {prefix: /models, methods: [GET, post]}\n"
                                    "assignment: {suppliedKey: user_id}\n"
                                    "static: {holdout: {data: 0}, other: [1, 'x', true, ~, 1.5]}\n",
                                    u"s.yaml"_s);
        QVERIFY(file.findings.isEmpty());
        QCOMPARE(file.settings.route->prefix, u"/models"_s);
        QCOMPARE(file.settings.route->methods, (QStringList{u"GET"_s, u"POST"_s}));
        QCOMPARE(file.settings.suppliedKey, u"user_id"_s);
        QCOMPARE(file.settings.staticValues.value(u"holdout"_s), QJsonValue(QJsonObject{{u"data"_s, 0}}));
        QCOMPARE(file.settings.staticValues.value(u"other"_s).toVariant().toList().size(), 5);
    }

    void aRouteHasDefaults()
    {
        const LocalSettingsFile file = LocalSettingsFile::read("schemaVersion: 1\nroute: {}\n", u"s.yaml"_s);
        QVERIFY(!file.hasErrors());
        QCOMPARE(file.settings.route->prefix, u"/"_s);
        QCOMPARE(file.settings.route->methods.size(), 7);
        QVERIFY(!LocalSettingsFile::read("schemaVersion: 1\n", u"s.yaml"_s).settings.route);
    }

    void findings_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("expected");
        QTest::newRow("empty") << QByteArray() << u"1:1 document-empty"_s;
        QTest::newRow("list") << QByteArray("- a\n") << u"1:1 document-not-a-mapping"_s;
        QTest::newRow("no version") << QByteArray("route: {}\n") << u"1:1 schema-version-missing"_s;
        QTest::newRow("version 2") << QByteArray("schemaVersion: 2\n") << u"1:16 schema-version-unsupported"_s;
        QTest::newRow("unknown") << QByteArray("schemaVersion: 1\nrout: {}\n") << u"2:1 unknown-key"_s;
        QTest::newRow("prefix") << QByteArray("schemaVersion: 1\nroute: {prefix: models}\n")
                                << u"2:17 route-prefix-invalid"_s;
        QTest::newRow("method") << QByteArray("schemaVersion: 1\nroute: {methods: [TRACE]}\n")
                                << u"2:19 route-methods-invalid"_s;
        QTest::newRow("methods") << QByteArray("schemaVersion: 1\nroute: {methods: GET}\n")
                                 << u"2:18 route-methods-invalid"_s;
        QTest::newRow("key") << QByteArray("schemaVersion: 1\nassignment: {suppliedKey: }\n")
                             << u"2:26 supplied-key-invalid"_s;
        QTest::newRow("route type") << QByteArray("schemaVersion: 1\nroute: /\n") << u"2:8 key-not-a-mapping"_s;
        QTest::newRow("label") << QByteArray("schemaVersion: 1\nstatic: {b: 1}\n") << u"2:10 static-backend-unknown"_s;
        QTest::newRow("yaml") << QByteArray("a: [") << u"2:1 yaml-syntax"_s;
    }
    void findings()
    {
        QFETCH(QByteArray, bytes);
        endpoints::Endpoint endpoint;
        endpoint.backends.append({u"a"_s, {}, {}});
        const LocalSettingsFile file = LocalSettingsFile::read(bytes, u"s.yaml"_s, &endpoint);
        QCOMPARE(file.findings.size(), 1);
        const Error &error = file.findings[0].error;
        QTEST(u"%1:%2 %3"_s.arg(error.where.line).arg(error.where.column).arg(error.code.toString()), "expected");
        QVERIFY(!wording::text(error).contains(u'{'));
    }
};

PARALLAX_TEST_MAIN(TestEndpointsLocalSettings)
#include "tst_endpoints_localsettings.moc"
