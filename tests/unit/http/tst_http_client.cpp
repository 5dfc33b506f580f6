// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Upstream connections: kept, reused, given up; and over TLS.
#include "http/clientpool.h"
#include "http/errors.h"
#include "http/headwriter.h"
#include "support/fakeupstream.h"
#include "support/testmain.h"

#include <QSslKey>
#include <QSslServer>
#include <QSslSocket>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace parallax;
using test::FakeUpstream;

namespace {

/// What one request came to.
struct Heard final : http::ClientHandler
{
    std::optional<http::Response> answer;
    std::optional<Error> error;
    QByteArray body;
    int sent = 0;
    int drained = 0;
    bool hasEnded = false;
    std::function<void()> onEnd;

    void requestSent() override { ++sent; }
    void requestDrained() override { ++drained; }
    void answerStarted(http::ResponseHead &&head) override { answer = std::move(head.message); }
    void answerBody(QByteArray part) override { body += part; }
    void answerPaused() override {}
    void answerEnded() override
    {
        hasEnded = true;
        if (onEnd)
            onEnd();
    }
    void answerFailed(const Error &why) override { error = why; }
    [[nodiscard]] bool isDone() const { return hasEnded || error; }
};

http::ClientRequest get(const QByteArray &method = "GET")
{
    return {method, http::HeadWriter(method, "/").field("Host", "h").finish(), {}, false, false};
}

http::PeerAddress peerAt(quint16 port, const QString &host = u"127.0.0.1"_s)
{
    return {host, port, {}};
}

QString tlsFile(const QString &name)
{
    return test::sourcePath(u"tests/data/tls/"_s + name);
}

/// Answers every request with `ok` over TLS.
class TlsUpstream
{
public:
    explicit TlsUpstream(const QString &certificate, bool wantsClientCertificate = false)
    {
        QFile key(tlsFile(certificate + u".key"_s));
        [[maybe_unused]] const bool isOpen = key.open(QIODevice::ReadOnly);
        QSslConfiguration configuration;
        configuration.setLocalCertificate(QSslCertificate::fromPath(tlsFile(certificate + u".pem"_s)).value(0));
        configuration.setPrivateKey(QSslKey(&key, QSsl::Ec));
        if (wantsClientCertificate) {
            configuration.setPeerVerifyMode(QSslSocket::VerifyPeer);
            configuration.setCaCertificates(QSslCertificate::fromPath(tlsFile(u"ca.pem"_s)));
        }
        m_server.setSslConfiguration(configuration);
        QObject::connect(&m_server, &QSslServer::pendingConnectionAvailable, &m_server, [this] {
            auto *socket = static_cast<QSslSocket *>(m_server.nextPendingConnection());
            QObject::connect(socket, &QSslSocket::readyRead, socket, [this, socket] {
                ++requests;
                socket->readAll();
                socket->write(FakeUpstream::ok("secret"));
            });
        });
        m_server.listen(QHostAddress::LocalHost);
    }
    [[nodiscard]] quint16 port() const { return m_server.serverPort(); }
    int requests = 0;

private:
    QSslServer m_server;
};

} // namespace

class TestHttpClient : public test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void connectionsAreReusedNewestFirst()
    {
        FakeUpstream upstream;
        http::DeadlineQueue deadlines;
        http::ClientPool pool(peerAt(upstream.port()), {}, deadlines);
        Heard first;
        Heard second;
        pool.start(get(), &first);
        pool.start(get(), &second);
        QCOMPARE(pool.busy(), 2);
        QTRY_VERIFY(first.hasEnded && second.hasEnded);
        QCOMPARE(first.sent, 1);
        QCOMPARE(pool.busy(), 0);
        QCOMPARE(pool.idle(), 2);
        // From inside the end of an answer, its connection is there again.
        Heard third;
        Heard fourth;
        third.onEnd = [&] { pool.start(get(), &fourth); };
        pool.start(get(), &third);
        QTRY_VERIFY(fourth.hasEnded);
        QCOMPARE(upstream.connections(), 2);
        QCOMPARE(fourth.body, QByteArray("{\"data\":1}"));
    }

    void whatThePeerClosesIsNotUsed()
    {
        FakeUpstream upstream;
        http::DeadlineQueue deadlines;
        http::ClientPool pool(peerAt(upstream.port()), {}, deadlines);
        Heard first;
        pool.start(get("POST"), &first);
        QTRY_VERIFY(first.hasEnded);
        upstream.closeConnections();
        QTRY_COMPARE(pool.idle(), 0);
        Heard second;
        pool.start(get("POST"), &second);
        QTRY_VERIFY(second.hasEnded);
        QCOMPARE(upstream.connections(), 2);
    }

    void headsThatComeAgainMeanTheSame()
    {
        int answered = 0;
        FakeUpstream upstream([&answered](const auto &request) -> FakeUpstream::Answer {
            const QByteArray day = ++answered < 5 ? "X-Day: 1\r\n" : "X-Day: 2\r\n";
            if (request.requestLine().startsWith("HEAD"))
                return {"HTTP/1.1 200 OK\r\n" + day + "Content-Length: 1\r\n\r\n"};
            return {FakeUpstream::ok(QByteArray::number(answered), day)};
        });
        http::DeadlineQueue deadlines;
        http::ClientPool pool(peerAt(upstream.port()), {}, deadlines);
        for (int i = 1; i <= 6; ++i) {
            const bool isHead = i == 3; // its answer's head is the one before, byte for byte, and has no body
            Heard heard;
            pool.start(get(isHead ? "HEAD" : "GET"), &heard);
            QTRY_VERIFY(heard.isDone());
            QVERIFY(heard.hasEnded);
            QCOMPARE(heard.body, isHead ? QByteArray() : QByteArray::number(i));
            QCOMPARE(heard.answer->headers.value("x-day"), QByteArrayView(i < 5 ? "1" : "2"));
            QCOMPARE(heard.answer->headers.size(), 2U);
        }
        QCOMPARE(upstream.connections(), 1);
    }

    void idleConnectionsAreClosedInTime()
    {
        FakeUpstream upstream;
        http::DeadlineQueue deadlines;
        http::ClientOptions options;
        options.idle = 50ms;
        options.maxIdle = 1;
        http::ClientPool pool(peerAt(upstream.port()), options, deadlines);
        Heard first;
        Heard second;
        pool.start(get(), &first);
        pool.start(get(), &second);
        QTRY_VERIFY(first.hasEnded && second.hasEnded);
        QVERIFY(pool.idle() <= 1);
        QTRY_COMPARE(pool.idle(), 0);
        QCOMPARE(pool.busy(), 0);
    }

    void answersThatMustNotBeKept_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::newRow("close") << QByteArray("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 1\r\n\r\nx");
        QTest::newRow("old") << QByteArray("HTTP/1.0 200 OK\r\nContent-Length: 1\r\n\r\nx");
        QTest::newRow("more than one") << QByteArray(
            "HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nxHTTP/1.1 200 OK\r\n\r\n");
    }
    void answersThatMustNotBeKept()
    {
        QFETCH(QByteArray, bytes);
        FakeUpstream upstream([bytes](const auto &) { return FakeUpstream::Answer{bytes}; });
        http::DeadlineQueue deadlines;
        http::ClientPool pool(peerAt(upstream.port()), {}, deadlines);
        Heard heard;
        pool.start(get(), &heard);
        QTRY_VERIFY(heard.hasEnded);
        QCOMPARE(heard.body, QByteArray("x"));
        QTRY_COMPARE(pool.idle(), 0);
    }

    void namesAreLookedUp()
    {
        FakeUpstream upstream;
        http::DeadlineQueue deadlines;
        http::ClientPool pool(peerAt(upstream.port(), u"localhost"_s), {}, deadlines);
        Heard heard;
        Heard again;
        pool.start(get(), &heard);
        pool.start(get(), &again);
        QTRY_VERIFY(heard.isDone() && again.isDone());
        QVERIFY(heard.hasEnded && again.hasEnded);
        http::ClientPool nowhere(peerAt(80, u"does-not-exist.invalid"_s), {}, deadlines);
        Heard lost;
        nowhere.start(get(), &lost);
        QTRY_VERIFY_WITH_TIMEOUT(lost.isDone(), 20'000);
        QCOMPARE(lost.error->code, http::kConnectFailed);
    }

    void failuresSayWhat()
    {
        http::DeadlineQueue deadlines;
        http::ClientPool refused(peerAt(1), {}, deadlines);
        Heard heard;
        refused.start(get(), &heard);
        QVERIFY(!heard.isDone());
        QTRY_VERIFY(heard.isDone());
        QCOMPARE(heard.error->code, http::kConnectFailed);
        QVERIFY(!heard.error->detail.isEmpty());
        QCOMPARE(refused.busy(), 0);

        FakeUpstream cut([](const auto &) {
            return FakeUpstream::Answer{"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nx", 0, FakeUpstream::Then::Close};
        });
        http::ClientPool pool(peerAt(cut.port()), {}, deadlines);
        Heard shorted;
        pool.start(get(), &shorted);
        QTRY_VERIFY(shorted.isDone());
        QCOMPARE(shorted.error->code, http::kCutShort);
    }

    void connectingTakesNoLongerThanItMay()
    {
        // A queue that is full: further connections are neither taken nor refused.
        QTcpServer full;
        full.setListenBacklogSize(0);
        QVERIFY(full.listen(QHostAddress::LocalHost));
        full.pauseAccepting();
        std::vector<std::unique_ptr<QTcpSocket>> fillers;
        for (int i = 0; i < 4; ++i) {
            fillers.push_back(std::make_unique<QTcpSocket>());
            fillers.back()->connectToHost(QHostAddress::LocalHost, full.serverPort());
        }
        QTRY_COMPARE(fillers.front()->state(), QAbstractSocket::ConnectedState);
        http::DeadlineQueue deadlines;
        http::ClientOptions options;
        options.connectTimeout = 100ms;
        http::ClientPool pool(peerAt(full.serverPort()), options, deadlines);
        Heard heard;
        pool.start(get(), &heard);
        QTRY_VERIFY(heard.isDone());
        if (heard.error->code == http::kConnectTimeout)
            QCOMPARE(heard.error->args.value(u"seconds"_s).toDouble(), 0.1);
        else
            QCOMPARE(heard.error->code, http::kCutShort); // a system that lets more in than it was told
    }

    void bodiesFollowAndAnswersArePaused()
    {
        FakeUpstream upstream([](const auto &request) { return FakeUpstream::Answer{FakeUpstream::ok(request.body)}; });
        http::DeadlineQueue deadlines;
        http::ClientPool pool(peerAt(upstream.port()), {}, deadlines);
        Heard heard;
        http::ClientRequest request{
            "POST",
            http::HeadWriter("POST", "/").field("Host", "h").field("Transfer-Encoding", "chunked").finish(),
            {},
            true,
            true};
        http::ClientConnection *connection = pool.start(request, &heard);
        QByteArray body;
        for (int i = 0; i < 40; ++i) {
            const QByteArray part(50'000, static_cast<char>('a' + i % 26));
            connection->sendBody(part);
            body += part;
        }
        QVERIFY(connection->unsentBytes() > 0);
        connection->endBody();
        QTRY_COMPARE(upstream.requests().size(), 1U);
        QCOMPARE(upstream.requests().front().body, body);
        connection->setAnswerPaused(true);
        QCOMPARE(heard.sent, 1);
        QVERIFY(heard.drained >= 1);
        connection->setAnswerPaused(false);
        QTRY_VERIFY(heard.hasEnded);
        QCOMPARE(heard.body, body);
    }

    void cancellingClosesAndSaysNothing()
    {
        FakeUpstream upstream(FakeUpstream::hanging());
        http::DeadlineQueue deadlines;
        http::ClientPool pool(peerAt(upstream.port()), {}, deadlines);
        Heard heard;
        http::ClientConnection *connection = pool.start(get(), &heard);
        QTRY_COMPARE(upstream.requests().size(), 1U);
        connection->cancel();
        QCOMPARE(pool.busy(), 0);
        QCoreApplication::processEvents();
        QVERIFY(!heard.isDone());
    }

    void tlsIsVerified_22_data()
    {
        QTest::addColumn<QString>("certificate");
        QTest::addColumn<QString>("ca");
        QTest::addColumn<bool>("verify");
        QTest::addColumn<bool>("isGood");
        QTest::newRow("known authority") << u"server"_s << u"ca.pem"_s << true << true;
        QTest::newRow("unknown authority") << u"server"_s << QString() << true << false;
        QTest::newRow("wrong name") << u"othername"_s << u"ca.pem"_s << true << false;
        QTest::newRow("expired") << u"expired"_s << u"ca.pem"_s << true << false;
        QTest::newRow("not verified") << u"othername"_s << QString() << false << true;
        QTest::newRow("no such file") << u"server"_s << u"none.pem"_s << true << false;
        QTest::newRow("no certificate in it") << u"server"_s << u"README.md"_s << true << false;
    }
    void tlsIsVerified_22()
    {
        QFETCH(QString, certificate);
        QFETCH(QString, ca);
        QFETCH(bool, verify);
        QFETCH(bool, isGood);
        TlsUpstream upstream(certificate);
        http::DeadlineQueue deadlines;
        http::PeerAddress peer = peerAt(upstream.port(), u"localhost"_s);
        peer.tls = {true, verify, ca.isEmpty() ? QString() : tlsFile(ca), {}, {}};
        http::ClientPool pool(peer, {}, deadlines);
        Heard heard;
        http::ClientConnection *connection = pool.start(get(), &heard);
        QTRY_VERIFY(heard.isDone());
        QCOMPARE(heard.hasEnded, isGood);
        QCOMPARE(upstream.requests, isGood ? 1 : 0);
        if (!isGood) {
            QVERIFY(heard.error->code != ErrorCode());
            return;
        }
        QCOMPARE(heard.body, QByteArray("secret"));
        QCOMPARE(connection->isUnverified(), !verify);
        Heard again;
        pool.start(get(), &again);
        QTRY_VERIFY(again.hasEnded);
    }

    void clientCertificatesAreShown()
    {
        TlsUpstream upstream(u"server"_s, true);
        http::DeadlineQueue deadlines;
        http::PeerAddress peer = peerAt(upstream.port());
        peer.tls = {true, true, tlsFile(u"ca.pem"_s), tlsFile(u"client.pem"_s), tlsFile(u"client.key"_s)};
        http::ClientPool pool(peer, {}, deadlines);
        Heard heard;
        pool.start(get(), &heard);
        QTRY_VERIFY(heard.isDone());
        QVERIFY(heard.hasEnded);
        peer.tls.certificateFile.clear();
        peer.tls.keyFile.clear();
        http::ClientPool bare(peer, {}, deadlines);
        Heard refused;
        bare.start(get(), &refused);
        QTRY_VERIFY(refused.isDone());
        QVERIFY(!refused.hasEnded);
    }

    void longAnswersComeOverTls()
    {
        QFile key(tlsFile(u"server.key"_s));
        QVERIFY(key.open(QIODevice::ReadOnly));
        QSslConfiguration configuration;
        configuration.setLocalCertificate(QSslCertificate::fromPath(tlsFile(u"server.pem"_s)).value(0));
        configuration.setPrivateKey(QSslKey(&key, QSsl::Ec));
        QSslServer server;
        server.setSslConfiguration(configuration);
        const QByteArray body(2'000'000, 'y');
        connect(&server, &QSslServer::pendingConnectionAvailable, &server, [&] {
            QTcpSocket *socket = server.nextPendingConnection();
            connect(socket, &QTcpSocket::readyRead, socket, [socket, body] {
                socket->readAll();
                socket->write("HTTP/1.1 200 OK\r\n\r\n" + body);
                socket->disconnectFromHost();
            });
        });
        QVERIFY(server.listen(QHostAddress::LocalHost));
        http::DeadlineQueue deadlines;
        http::PeerAddress peer = peerAt(server.serverPort());
        peer.tls = {true, true, tlsFile(u"ca.pem"_s), {}, {}};
        http::ClientPool pool(peer, {}, deadlines);
        Heard heard;
        http::ClientConnection *connection = pool.start(get(), &heard);
        connection->setAnswerPaused(true);
        QTRY_COMPARE(heard.sent, 1);
        connection->setAnswerPaused(false);
        QTRY_VERIFY(heard.isDone());
        QCOMPARE(heard.body, body);
    }
};

PARALLAX_TEST_MAIN(TestHttpClient)
#include "tst_http_client.moc"
