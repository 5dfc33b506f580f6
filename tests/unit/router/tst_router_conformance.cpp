// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Runs the HTTP conformance suites of ../shared against a router in a process of its own (docs/http-conformance.md).
#include "support/testmain.h"

#include <QFileInfo>
#include <QProcess>
#include <QRegularExpression>
#include <QTcpServer>

using namespace Qt::StringLiterals;
using namespace parallax;

namespace {

quint16 freePort()
{
    QTcpServer server;
    do {
        server.close();
        server.listen(QHostAddress::LocalHost);
    } while (server.serverPort() < 10'000); // the suites want five digits
    return server.serverPort();
}

} // namespace

class TestRouterConformance : public test::TestCase
{
    Q_OBJECT

    QProcess m_router;
    quint16 m_port = 0;
    quint16 m_backendPort = 0;

    /// Standard output of the runner, or empty when it is not there.
    QString run(const QString &runner, const QString &cases, const QStringList &more = {})
    {
        const QString script = test::sourcePath(u"../shared/conformance/"_s + runner);
        const QString casesFile = test::corpusPath(cases);
        if (!QFileInfo::exists(script) || casesFile.isEmpty())
            return {};
        QProcess process;
        process.start(u"python3"_s, QStringList{script, u"--port"_s, QString::number(m_port), u"--backend-port"_s,
                                                QString::number(m_backendPort), u"--cases"_s, casesFile} +
                                        more);
        process.waitForFinished(240'000);
        return QString::fromUtf8(process.readAllStandardOutput());
    }

private Q_SLOTS:
    void init()
    {
        test::TestCase::init();
        m_port = freePort();
        m_backendPort = freePort();
        m_router.start(test::binaryPath(u"tests/unit/router/devrouter"_s),
                       {QString::number(m_port), QString::number(m_backendPort)});
        QVERIFY(m_router.waitForReadyRead(10'000));
        QVERIFY(m_router.readAll().startsWith("listening on "));
    }
    void cleanup()
    {
        m_router.terminate();
        QVERIFY(m_router.waitForFinished(20'000));
        QCOMPARE(m_router.exitStatus(), QProcess::NormalExit);
    }

    void requests()
    {
        const QString out = run(u"h11run.py"_s, u"http11probe/cases.jsonl"_s);
        if (out.isEmpty())
            QSKIP("the HTTP conformance suite is not here");
        static const QRegularExpression counts(
            u"'pass': (\\d+).*'fail': (\\d+), 'error': (\\d+), 'smuggled': \\[(.*)\\]"_s);
        const QRegularExpressionMatch match = counts.match(out);
        QVERIFY2(match.hasMatch(), qPrintable(out));
        QVERIFY2(match.captured(1).toInt() >= 147, qPrintable(out));
        QVERIFY2(match.captured(2).toInt() <= 4, qPrintable(out));
        QCOMPARE(match.captured(3), u"0"_s);
        QVERIFY2(match.captured(4).isEmpty(), qPrintable(out));
    }

    void answers()
    {
        const QString out = run(u"badupstream.py"_s, u"llhttp/cases.jsonl"_s);
        if (out.isEmpty())
            QSKIP("the HTTP conformance suite is not here");
        QVERIFY2(out.count(u"FAIL"_s) <= 2, qPrintable(out));
        QVERIFY2(!out.contains(u"NOT ALIVE"_s), qPrintable(out));
    }
};

PARALLAX_TEST_MAIN(TestRouterConformance)
#include "tst_router_conformance.moc"
