// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The head parser: what it lets through, what it refuses with which status, however the bytes arrive.
#include "http/errors.h"
#include "http/headmemo.h"
#include "http/tokens.h"
#include "support/testmain.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace Qt::StringLiterals;
using namespace parallax;
using http::Framing;
using http::HeadParser;
using http::Problem;

namespace {

/// Feeds the bytes in pieces of `step`, as a connection would.
template<class Parser>
HeadParser::State feed(Parser &parser, const QByteArray &bytes, qsizetype step)
{
    HeadParser::State state = HeadParser::State::Incomplete;
    for (qsizetype end = qMin(step, bytes.size()); state == HeadParser::State::Incomplete;
         end = qMin(end + step, bytes.size())) {
        state = parser.parse(QByteArrayView(bytes).first(end));
        if (end == bytes.size())
            break;
    }
    return state;
}

QByteArray request(const QByteArray &fields, const QByteArray &line = "POST /p HTTP/1.1\r\n")
{
    return line + "Host: h\r\n" + fields + "\r\n";
}

} // namespace

class TestHttpParser : public test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void whatIsRefused_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<int>("status");
        const auto row = [](const char *name, const QByteArray &bytes, int status = 400) {
            QTest::newRow(name) << bytes << status;
        };
        row("1 length twice", request("Content-Length: 5\r\nContent-Length: 5\r\n"));
        row("1 length signed", request("Content-Length: +5\r\n"));
        row("1 length negative", request("Content-Length: -0\r\n"));
        row("1 length hex", request("Content-Length: 0x5\r\n"));
        row("1 length empty", request("Content-Length: \r\n"));
        row("1 length list", request("Content-Length: 5, 5\r\n"));
        row("1 length zeros", request("Content-Length: 05\r\n"));
        row("1 length huge", request("Content-Length: 99999999999999999999\r\n"));
        row("1 length underscore", request("Content_Length: 5\r\n"));
        row("2 length and coding", request("Content-Length: 5\r\nTransfer-Encoding: chunked\r\n"));
        row("2 coding and length", request("Transfer-Encoding: chunked\r\nContent-Length: 5\r\n"));
        row("3 coding unknown", request("Transfer-Encoding: xchunked\r\n"), 501);
        row("3 coding identity", request("Transfer-Encoding: identity\r\n"), 501);
        row("3 coding list", request("Transfer-Encoding: gzip, chunked\r\n"));
        row("3 coding not last", request("Transfer-Encoding: chunked, gzip\r\n"));
        row("3 coding twice", request("Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n"));
        row("3 coding empty", request("Transfer-Encoding: \r\n"));
        row("3 coding comma", request("Transfer-Encoding: , chunked\r\n"));
        row("3 coding vertical tab", request("Transfer-Encoding: \x0b"
                                             "chunked\r\n"));
        row("3 coding old", request("Transfer-Encoding: chunked\r\n", "POST /p HTTP/1.0\r\n"));
        row("5 folded", request("X: a\r\n b\r\n"));
        row("5 folded first", "POST /p HTTP/1.1\r\n Host: h\r\n\r\n");
        row("5 space before colon", request("X : a\r\n"));
        row("5 no colon", request("X\r\n"));
        row("5 empty name", request(": a\r\n"));
        row("5 name no token", request("X[: a\r\n"));
        row("5 name not ascii", request("X\xc3\xab: a\r\n"));
        row("6 bare line feed in line", "GET / HTTP/1.1\nHost: h\r\n\r\n");
        row("6 bare line feed in field", request("X: a\nY: b\r\n"));
        row("6 bare carriage return", request("X: a\rb\r\n"));
        row("6 carriage return in line", "GET / HTTP/1.1\rHost: h\r\n\r\n");
        row("6 nul", request(QByteArray("X: a\0b\r\n", 8)));
        row("6 control", request("X: a\x01\r\n"));
        row("6 del", request("X: a\x7f\r\n"));
        row("7 line", "GET /" + QByteArray(17'000, 'a') + " HTTP/1.1\r\nHost: h\r\n\r\n", 414);
        row("7 line without end", "GET /" + QByteArray(17'000, 'a'), 414);
        row("7 method", QByteArray(40, 'A'));
        row("7 field", request("X: " + QByteArray(66'000, 'a') + "\r\n"), 431);
        row("7 field without end", "GET / HTTP/1.1\r\nX: " + QByteArray(66'000, 'a'), 431);
        row("7 fields", request(QByteArray("X: a\r\n").repeated(100)), 431);
        row("11 expectation", request("Expect: tea\r\nContent-Length: 1\r\n"), 417);
        row("12 http 0.9", "GET /\r\n");
        row("12 http 2 preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505);
        row("12 version", "GET / HTTP/9.9\r\nHost: h\r\n\r\n", 505);
        row("12 version case", "GET / http/1.1\r\nHost: h\r\n\r\n");
        row("12 version zeros", "GET / HTTP/01.01\r\nHost: h\r\n\r\n");
        row("12 version short", "GET / HTTP/1\r\nHost: h\r\n\r\n");
        row("12 version space", "GET / HTTP/ 1.1\r\nHost: h\r\n\r\n");
        row("13 fragment", "GET /a#b HTTP/1.1\r\nHost: h\r\n\r\n");
        row("13 other scheme", "GET ftp://h/ HTTP/1.1\r\nHost: h\r\n\r\n");
        row("13 asterisk", "GET * HTTP/1.1\r\nHost: h\r\n\r\n");
        row("13 authority", "GET h:80 HTTP/1.1\r\nHost: h\r\n\r\n");
        row("13 absolute with user", "GET http://u@h/ HTTP/1.1\r\nHost: h\r\n\r\n");
        row("17 no host", "GET / HTTP/1.1\r\n\r\n");
        row("17 two hosts", request("Host: h\r\n"));
        row("17 empty host", "GET / HTTP/1.1\r\nHost: \r\n\r\n");
        row("17 host with user", "GET / HTTP/1.1\r\nHost: u@h\r\n\r\n");
        row("17 host with path", "GET / HTTP/1.1\r\nHost: h/p\r\n\r\n");
        row("17 hosts", "GET / HTTP/1.1\r\nHost: a, b\r\n\r\n");
        row("17 port", "GET / HTTP/1.1\r\nHost: h:99999\r\n\r\n");
        row("17 bracket", "GET / HTTP/1.1\r\nHost: [::1\r\n\r\n");
        row("target space", "GET /a b HTTP/1.1\r\nHost: h\r\n\r\n");
        row("target two spaces", "GET  / HTTP/1.1\r\nHost: h\r\n\r\n");
        row("target tab", "GET\t/ HTTP/1.1\r\nHost: h\r\n\r\n");
        row("target not ascii", "GET /\xc3\xa9 HTTP/1.1\r\nHost: h\r\n\r\n");
        row("target backslash", "GET /a\\b HTTP/1.1\r\nHost: h\r\n\r\n");
        row("target escape", "GET /%zz HTTP/1.1\r\nHost: h\r\n\r\n");
        row("target half escape", "GET /%1 HTTP/1.1\r\nHost: h\r\n\r\n");
        row("20 target line", "GET /%0d%0aX:%20y HTTP/1.1\r\nHost: h\r\n\r\n");
        row("20 target nul", "GET /%00 HTTP/1.1\r\nHost: h\r\n\r\n");
        row("two empty lines", "\r\n\r\nGET / HTTP/1.1\r\nHost: h\r\n\r\n");
        row("content types", request("Content-Type: a/b\r\nContent-Type: a/b\r\n"));
        row("binary", QByteArray("\x16\x03\x01\x02\x00\x01", 6));
        row("blank line", "   \r\n\r\n");
    }
    void whatIsRefused()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(int, status);
        const http::Limits limits;
        for (const qsizetype step : {qsizetype(1), qsizetype(7), bytes.size()}) {
            if (step == 1 && bytes.size() > 20'000)
                continue;
            http::RequestParser parser(limits);
            QCOMPARE(int(feed(parser, bytes, step)), int(HeadParser::State::Failed));
            QCOMPARE(http::statusOf(parser.problem()), status);
            QVERIFY(wording::hasText(http::codeOf(parser.problem())));
        }
    }

    void whatIsRead()
    {
        const QByteArray bytes =
            "\r\nPOST /a/b?c=%0A&d[]=1 HTTP/1.1\r\nhOsT: [::1]:80\r\nX-A:\tb c \r\nX-A: \xff\r\n"
            "Empty:\r\nContent-Length: 12\r\nExpect: 100-Continue\r\nConnection: x, Close\r\n\r\nbody";
        const http::Limits limits;
        for (qsizetype step = 1; step <= bytes.size(); ++step) {
            http::RequestParser parser(limits);
            QCOMPARE(int(feed(parser, bytes, step)), int(HeadParser::State::Complete));
            QCOMPARE(parser.length(), bytes.size() - 4);
            const http::RequestHead head = parser.take();
            QCOMPARE(head.message.method, QByteArray("POST"));
            QCOMPARE(head.message.target, QByteArray("/a/b?c=%0A&d[]=1"));
            QCOMPARE(head.authority, QByteArray("[::1]:80"));
            QCOMPARE(head.message.headers, (http::Headers{{"hOsT", "[::1]:80"},
                                                          {"X-A", "b c"},
                                                          {"X-A", "\xff"},
                                                          {"Empty", ""},
                                                          {"Content-Length", "12"},
                                                          {"Expect", "100-Continue"},
                                                          {"Connection", "x, Close"}}));
            QCOMPARE(int(head.framing), int(Framing::Length));
            QCOMPARE(head.length, 12);
            QVERIFY(head.expectsContinue && !head.keepAlive);
        }
    }

    void formsOfTargets()
    {
        const auto parsed = [](const QByteArray &line, const QByteArray &host = "h") {
            static const http::Limits limits;
            http::RequestParser parser(limits);
            const auto state = parser.parse(QByteArray(line + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n"));
            return state == HeadParser::State::Complete ? parser.take() : http::RequestHead();
        };
        // RFC 9112 3.2.2: the target's host wins.
        QCOMPARE(parsed("GET http://other:8080/x?y").authority, QByteArray("other:8080"));
        QCOMPARE(parsed("GET http://other:8080/x?y").message.target, QByteArray("/x?y"));
        QCOMPARE(parsed("GET HTTP://other").message.target, QByteArray("/"));
        QCOMPARE(parsed("GET http://other?x").message.target, QByteArray("/?x"));
        QVERIFY(parsed("OPTIONS *").isAsterisk);
        QVERIFY(parsed("CONNECT other:443").isAuthorityForm);
        QCOMPARE(parsed("GET /", "name.example:").authority, QByteArray("name.example:"));
    }

    void versionsAndKeepAlive()
    {
        const auto keeps = [](const QByteArray &version, const QByteArray &fields) {
            static const http::Limits limits;
            http::RequestParser parser(limits);
            [[maybe_unused]] const auto state =
                parser.parse(QByteArray("GET / HTTP/" + version + "\r\nHost: h\r\n" + fields + "\r\n"));
            return parser.take().keepAlive;
        };
        QVERIFY(keeps("1.1", {}));
        QVERIFY(keeps("1.2", {}));
        QVERIFY(!keeps("1.1", "Connection: close\r\n"));
        QVERIFY(!keeps("1.0", {}));
        QVERIFY(keeps("1.0", "Connection: Keep-Alive\r\n"));
        QVERIFY(!keeps("1.0", "Connection: keep-alive, close\r\n"));
    }

    void answers_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QByteArray>("method");
        QTest::addColumn<int>("framing"); ///< -1: refused
        const auto row = [](const char *name, const QByteArray &bytes, int framing, const QByteArray &method = "GET") {
            QTest::newRow(name) << bytes << method << framing;
        };
        row("length", "HTTP/1.1 200 OK\r\nContent-Length: 007\r\n\r\n", int(Framing::Length));
        row("empty", "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n", int(Framing::None));
        row("chunked", "HTTP/1.1 200\r\nTransfer-Encoding: Chunked\r\n\r\n", int(Framing::Chunked));
        row("until close", "HTTP/1.0 200 Fine by me\r\n\r\n", int(Framing::UntilClose));
        row("head", "HTTP/1.1 200 OK\r\nContent-Length: 7\r\n\r\n", int(Framing::None), "HEAD");
        row("no content", "HTTP/1.1 204 No Content\r\n\r\n", int(Framing::None));
        row("not modified", "HTTP/1.1 304 X\r\nContent-Length: 7\r\n\r\n", int(Framing::None));
        row("unusual", "HTTP/1.1 999 \xe2\x82\xac\r\nContent-Length: 0\r\n\r\n", int(Framing::None));
        row("36 two lengths", "HTTP/1.1 200 OK\r\nContent-Length: 7\r\nContent-Length: 7\r\n\r\n", -1);
        row("36 both", "HTTP/1.1 200 OK\r\nContent-Length: 7\r\nTransfer-Encoding: chunked\r\n\r\n", -1);
        row("36 coding", "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip\r\n\r\n", -1);
        row("36 nul", QByteArray("HTTP/1.1 200 OK\r\nX: \0\r\n\r\n", 25), -1);
        row("36 status", "HTTP/1.1 20 OK\r\n\r\n", -1);
        row("36 status small", "HTTP/1.1 099 OK\r\n\r\n", -1);
        row("36 version", "HTTP/2.0 200 OK\r\n\r\n", -1);
        row("36 other protocol", "ICY 200 OK\r\n\r\n", -1);
        row("36 line feed", "HTTP/1.1 200 OK\nX: y\r\n\r\n", -1);
        row("36 space", " HTTP/1.1 200 OK\r\n\r\n", -1);
    }
    void answers()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QByteArray, method);
        QFETCH(int, framing);
        const http::Limits limits;
        for (const qsizetype step : {qsizetype(1), bytes.size()}) {
            http::ResponseParser parser(limits);
            parser.reset(method);
            const auto state = feed(parser, bytes, step);
            QCOMPARE(int(state), int(framing < 0 ? HeadParser::State::Failed : HeadParser::State::Complete));
            if (framing >= 0)
                QCOMPARE(int(parser.take().framing), framing);
        }
    }

    void theLlhttpSuiteFindsNoCrashAndNoSmuggling()
    {
        const QString path = test::corpusPath(u"llhttp/cases.jsonl"_s);
        if (path.isEmpty())
            QSKIP("the corpora are not here");
        QFile file(path);
        QVERIFY(file.open(QIODevice::ReadOnly));
        int read = 0;
        while (!file.atEnd()) {
            const QJsonObject object = QJsonDocument::fromJson(file.readLine()).object();
            const QByteArray bytes = QByteArray::fromBase64(object.value(u"b64"_s).toString().toLatin1());
            const http::Limits limits;
            http::RequestParser requests(limits);
            http::ResponseParser answers(limits);
            answers.reset("GET");
            HeadParser &parser = object.value(u"kind"_s) == u"request"_s ? static_cast<HeadParser &>(requests)
                                                                         : static_cast<HeadParser &>(answers);
            const auto whole = parser.parse(bytes);
            ++read;
            if (whole == HeadParser::State::Complete) {
                // Nothing that got through holds a line of its own.
                for (const http::Header &field :
                     (object.value(u"kind"_s) == u"request"_s ? requests.take().message.headers
                                                              : answers.take().message.headers))
                    QVERIFY(http::isToken(field.name) && http::isFieldValue(field.value));
            }
        }
        QVERIFY(read > 200);
    }

    void headsAreWrittenWithoutLinesOfTheirOwn_20()
    {
        http::HeadWriter writer(200, "a\r\nX: y");
        writer.field("Good", "a\r\nSet-Cookie: b").field("Bad name", "x").field("Bad\r\n", "x").field("N", 5);
        QCOMPARE(writer.finish("body"),
                 QByteArray("HTTP/1.1 200 a  X: y\r\nGood: a  Set-Cookie: b\r\nN: 5\r\n\r\nbody"));
        QCOMPARE(http::HeadWriter(404, {}).finish(), QByteArray("HTTP/1.1 404 Not Found\r\n\r\n"));
        QCOMPARE(http::httpDate().size(), 29);
    }

    void hopByHopFieldsAreKnown_16()
    {
        const http::HopByHop hops({{"Connection", "X-One, close"}, {"connection", "Host, Content-Type"}});
        for (const char *name : {"Connection", "keep-alive", "TE", "Trailer", "Upgrade", "Proxy-Authorization",
                                 "Transfer-Encoding", "Content-Length", "x-one", "content-type", "proxy-connection"})
            QVERIFY2(hops.contains(name), name);
        for (const char *name : {"Host", "Accept", "X-On", "Authorization"})
            QVERIFY2(!hops.contains(name), name);
    }

    void remembersTheLastHead()
    {
        const http::Limits limits;
        http::HeadMemo<http::RequestHead> memo;
        const QByteArray bytes = request("Content-Length: 12\r\n");
        qsizetype length = 0;
        QVERIFY(memo.find(bytes, false, length) == nullptr);
        http::RequestParser parser(limits);
        QCOMPARE(parser.parse(QByteArray(bytes + "body")), HeadParser::State::Complete);
        const http::RequestHead head = parser.take();
        memo.note(bytes, false, head);
        const http::RequestHead *known = memo.find(QByteArray(bytes + "the next one"), false, length);
        QVERIFY(known != nullptr);
        QCOMPARE(length, bytes.size());
        QCOMPARE(known->message, head.message);
        QCOMPARE(known->length, 12);
        QVERIFY(known->message.headers.begin() == head.message.headers.begin()); // shared
        QVERIFY(memo.find(bytes, true, length) == nullptr);
        QVERIFY(memo.find(bytes.chopped(1), false, length) == nullptr);
        QVERIFY(memo.find(request("Content-Length: 13\r\n"), false, length) == nullptr);
        QVERIFY(memo.find({}, false, length) == nullptr);
    }

    void remembersHowTheLastAnswerBegan()
    {
        http::Response head;
        head.status = 200;
        head.headers = {{"Content-Type", "a/b"}, {"Connection", "X-Hop"}, {"X-Hop", "1"}, {"Content-Length", "3"}};
        http::AnswerStart start;
        QCOMPARE(start.of(head), QByteArray("HTTP/1.1 200 OK\r\nContent-Type: a/b\r\n"));
        const char *const place = start.of(head).constData();
        QVERIFY(start.of(http::Response(head)).constData() == place);
        head.status = 404;
        QCOMPARE(start.of(head), QByteArray("HTTP/1.1 404 Not Found\r\nContent-Type: a/b\r\n"));
        head.reason = "Gone fishing";
        QCOMPARE(start.of(head), QByteArray("HTTP/1.1 404 Gone fishing\r\nContent-Type: a/b\r\n"));
        head.headers.append("X-More", "1");
        QCOMPARE(start.of(head), QByteArray("HTTP/1.1 404 Gone fishing\r\nContent-Type: a/b\r\nX-More: 1\r\n"));
        QCOMPARE(start.of({}), QByteArray("HTTP/1.1 0 \r\n"));
    }
};

PARALLAX_TEST_MAIN(TestHttpParser)
#include "tst_http_parser.moc"
