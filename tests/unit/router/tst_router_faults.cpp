// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The fault matrix: whatever a mirror does, callers get the primary's bytes, and every pair is accounted for.
#include "router/router.h"
#include "routersupport.h"
#include "support/fakeupstream.h"
#include "support/rawclient.h"
#include "support/recordingsink.h"
#include "support/testmain.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace parallax;
using test::FakeUpstream;
using traffic::AnswerState;

namespace {

constexpr int kRequests = 4;

/// Answers `{"data": ...}` with the request's own rows, so that a merged batch is the request again.
FakeUpstream::Answer echo(const FakeUpstream::Received &request)
{
    const QJsonValue data = QJsonDocument::fromJson(request.body).object().value(u"data"_s);
    return {FakeUpstream::ok(QJsonDocument(QJsonObject{{u"data"_s, data}}).toJson(QJsonDocument::Compact))};
}

FakeUpstream::Answer faulty(const QString &kind)
{
    if (kind == u"resets"_s)
        return {{}, 0, FakeUpstream::Then::Reset};
    if (kind == u"garbage"_s)
        return {QByteArray(3'000, '\x7f')};
    if (kind == u"huge"_s)
        return {FakeUpstream::ok(QByteArray(600'000, 'x'))};
    if (kind == u"closes early"_s)
        return {"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"data\"", 0, FakeUpstream::Then::Close};
    if (kind == u"server error"_s)
        return {FakeUpstream::status(500, "{\"error\":\"no\"}")};
    if (kind == u"trickles"_s)
        return {"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"};
    return {}; // hangs
}

AnswerState expectedState(const QString &kind)
{
    if (kind == u"hangs"_s || kind == u"trickles"_s)
        return AnswerState::Timeout;
    if (kind == u"huge"_s)
        return AnswerState::Dropped;
    return kind == u"server error"_s ? AnswerState::Complete : AnswerState::Failed;
}

QByteArray bodyFor(const QString &type)
{
    if (type != u"batch"_s)
        return "{\"data\":{\"user\":\"u\"}}";
    QJsonArray rows;
    for (int i = 0; i < 8; ++i)
        rows.append(QJsonArray{i, QJsonObject{{u"user"_s, QString::number(i)}}});
    return QJsonDocument(QJsonObject{{u"data"_s, rows}}).toJson(QJsonDocument::Compact);
}

} // namespace

class TestRouterFaults : public test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void callersSeeNothingOfIt_data()
    {
        QTest::addColumn<QString>("kind");
        QTest::addColumn<QString>("type");
        QTest::addColumn<int>("mirrors");
        for (const char *kind : {"hangs", "trickles", "refuses", "resets", "garbage", "huge", "closes early",
                                 "tls fails", "server error", "no target"}) {
            for (const char *type : {"alias", "split", "batch"}) {
                for (const int mirrors : {1, 5})
                    QTest::addRow("%s %s %d", kind, type, mirrors)
                        << QString::fromLatin1(kind) << QString::fromLatin1(type) << mirrors;
            }
        }
    }
    void callersSeeNothingOfIt()
    {
        QFETCH(QString, kind);
        QFETCH(QString, type);
        QFETCH(int, mirrors);
        FakeUpstream primary(echo);
        FakeUpstream bad([kind](const auto &) { return faulty(kind); });
        test::TableBuilder table;
        table.deployment(u"a"_s, primary.port());
        if (kind != u"no target"_s)
            table.deployment(u"m"_s, kind == u"refuses"_s ? quint16(1) : bad.port());
        QTcpServer noTls;
        if (kind == u"tls fails"_s) {
            QVERIFY(noTls.listen(QHostAddress::LocalHost));
            connect(&noTls, &QTcpServer::newConnection, &noTls, [&noTls] {
                QTcpSocket *socket = noTls.nextPendingConnection();
                connect(socket, &QTcpSocket::readyRead, socket, [socket] {
                    socket->readAll();
                    socket->write("HTTP/1.1 400 Speak plainly\r\nContent-Length: 0\r\n\r\n");
                });
            });
            table.deployment(u"m"_s, noTls.serverPort());
            table.upstreams[u"m"_s].tls.isEnabled = true;
        }
        if (kind == u"hangs"_s || kind == u"trickles"_s)
            table.upstreams[u"m"_s].timeout = 100ms;
        if (kind == u"no target"_s)
            table.upstreams.remove(u"m"_s);
        table.endpoint(u"e"_s, type == u"alias"_s ? QStringList{u"a"_s} : QStringList{u"a"_s, u"a"_s},
                       QStringList(mirrors, u"m"_s));
        if (type == u"batch"_s)
            table.input.local[u"e"_s].suppliedKey = u"user"_s;
        SystemClock clock;
        test::RecordingSink sink;
        router::Router router(clock, &sink);
        router.setTable(table.build());
        router::RouterOptions options;
        options.engine.mirrorAnswerBytes = 500'000;
        options.engine.breaker.failures = 3;
        QSignalSpy started(&router, &router::Router::started);
        router.start(options);
        QVERIFY(started.wait(5'000));

        const QByteArray body = bodyFor(type);
        test::RawClient client(router.port());
        for (int i = 0; i < kRequests; ++i) {
            client.clear();
            client.send("POST /v1/endpoint/e HTTP/1.1\r\nHost: localhost\r\nContent-Length: " +
                        QByteArray::number(body.size()) + "\r\n\r\n" + body);
            QVERIFY(client.waitFor("\r\n\r\n"));
            QTRY_COMPARE(QJsonDocument::fromJson(client.body()), QJsonDocument::fromJson(body));
            QCOMPARE(client.status(), 200);
        }
        QTRY_COMPARE(sink.finished().size(), std::size_t(kRequests));
        int pairs = 0;
        for (const traffic::ExchangePtr &exchange : sink.finished()) {
            QCOMPARE(traffic::toString(exchange->primary.state), u"complete"_s);
            for (const traffic::Reply &mirror : exchange->mirrors) {
                ++pairs;
                const bool isBreaker = mirror.dropReason == traffic::DropReason::BreakerOpen;
                QVERIFY2(isBreaker || mirror.state == expectedState(kind), qPrintable(traffic::toString(mirror.state)));
                QVERIFY(mirror.state != AnswerState::Pending);
            }
        }
        QCOMPARE(pairs, kRequests * mirrors);
        quint64 counted = 0;
        for (const router::TargetStatistics &target : router.statistics().targets) {
            if (!target.isMirror)
                continue;
            counted += target.total();
            QCOMPARE(target.queued, 0);
            QCOMPARE(target.inFlight, 0);
        }
        QCOMPARE(counted, quint64(pairs));
        QCOMPARE(router.statistics().inFlight, 0);
    }

    void aTricklingMirrorEndsAtItsDeadline()
    {
        // One byte at a time, forever: the deadline is of the whole answer.
        FakeUpstream primary;
        QTcpServer trickling;
        QVERIFY(trickling.listen(QHostAddress::LocalHost));
        connect(&trickling, &QTcpServer::newConnection, &trickling, [&trickling] {
            QTcpSocket *socket = trickling.nextPendingConnection();
            connect(socket, &QTcpSocket::readyRead, socket, [socket] {
                socket->readAll();
                socket->write("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
                auto *timer = new QTimer(socket);
                connect(timer, &QTimer::timeout, socket, [socket] { socket->write("x"); });
                timer->start(5);
            });
        });
        test::TableBuilder table;
        table.deployment(u"a"_s, primary.port()).deployment(u"m"_s, trickling.serverPort());
        table.upstreams[u"m"_s].timeout = 200ms;
        table.endpoint(u"e"_s, {u"a"_s}, {u"m"_s});
        SystemClock clock;
        test::RecordingSink sink;
        router::Engine engine(clock, &sink, {});
        engine.setTable(table.build());
        router::CallRequest call;
        call.request.method = "POST";
        call.endpoint = u"e"_s;
        engine.call(call, [](const auto &) {});
        QTRY_COMPARE(sink.finished().size(), 1U);
        const traffic::Reply &mirror = sink.finished().front()->mirrors[0];
        QCOMPARE(traffic::toString(mirror.state), u"timeout"_s);
        QVERIFY(mirror.timings.done >= 200ms && mirror.timings.firstByte < mirror.timings.done);
        QVERIFY(mirror.body.length > 1); // what came is kept
    }
};

PARALLAX_TEST_MAIN(TestRouterFaults)
#include "tst_router_faults.moc"
