// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/files.h"
#include "formatsupport.h"
#include "support/testmain.h"
#include "traffic/errors.h"
#include "traffic/shellwords.h"

#include <QDir>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QUrl>
#include <QUrlQuery>

using namespace Qt::StringLiterals;
using namespace parallax;
using namespace parallax::traffic;

class TestTrafficCurl : public test::TestCase
{
    Q_OBJECT

    /// The one request of a command line.
    static Exchange one(const QByteArray &command, const QString &folder = {})
    {
        ImportOptions options;
        options.baseFolder = folder;
        const test::Imported in = test::import("curl", command, options);
        return in.exchanges.size() == 1 ? in.exchanges[0] : Exchange{};
    }

    static QByteArray header(const Exchange &exchange, const char *name)
    {
        return exchange.headers.value(name).toByteArray();
    }

private Q_SLOTS:
    void unquotesAsBashDoes_data()
    {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<QByteArrayList>("words");
        const auto row = [](const char *name, const QByteArray &text, const QByteArrayList &words) {
            QTest::newRow(name) << text << words;
        };
        row("plain", "curl a  b", {"a", "b"});
        row("single", "curl 'a \\n \"b'", {"a \\n \"b"});
        row("double", "curl \"a \\\"b\\\" \\$c \\n 'd'\"", {"a \"b\" $c \\n 'd'"});
        row("joined", "curl a'b'\"c\"\\ d", {"abc d"});
        row("ansi", "curl $'a\\n\\x41\\101\\u00e4\\'\\\\'", {"a\nAA\u00e4'\\"});
        row("continued", "curl a \\\n  b\\\n c", {"a", "b", "c"});
        row("continued crlf", "curl a \\\r\n  b", {"a", "b"});
        row("line break without a backslash", "curl -v\n http://x", {"-v", "http://x"});
        row("empty", "curl '' \"\"", {"", ""});
        row("prompt", "$ curl a", {"a"});
        row("variable", "TOKEN=x sudo curl.exe \"$TOKEN\"", {"$TOKEN"});
        row("pipe", "curl a | jq .data", {"a"});
        row("redirect", "curl a > out.json 2>&1 -v", {"a", "-v"});
        row("bare ampersand", "curl http://h/?a=1&b=2", {"http://h/?a=1&b=2"});
        row("comment", "# how to\ncurl a # why", {"a"});
        row("unterminated", "curl 'a b", {"a b"});
        row("windows", "curl ^\"http://h/?a=^%^20b^&c^\" ^\n  -d ^\"{^\\^\"x^\\^\":1}^\"",
            {"http://h/?a=%20b&c", "-d", "{\"x\":1}"});
    }

    void unquotesAsBashDoes()
    {
        QFETCH(QByteArray, text);
        QFETCH(QByteArrayList, words);
        const QList<CurlCommand> commands = curlCommands(text);
        QCOMPARE(commands.size(), 1);
        QCOMPARE(commands[0].words, words);
    }

    void findsSeveralCommands()
    {
        const QList<CurlCommand> commands = curlCommands("echo curl x\ncurl a; curl b && curl c\n\ncurl d\ncurl e");
        QByteArrayList first;
        for (const CurlCommand &command : commands)
            first.append(command.words.value(0));
        QCOMPARE(first, (QByteArrayList{"a", "b", "c", "d", "e"}));
        QCOMPARE(commands[4].line, 5);
    }

    void knowsCurlsOptions()
    {
        Exchange e = one("curl -sSL -XPUT -H 'A: b' -H 'Accept:' -H 'Empty;' --compressed https://h/p?q#f -o out -m 5 "
                         "--data-raw '@x'");
        QCOMPARE(e.method, QByteArray("PUT"));
        QCOMPARE(e.target, QByteArray("/p?q"));
        QCOMPARE(header(e, "host"), QByteArray("h"));
        QCOMPARE(header(e, "a"), QByteArray("b"));
        QVERIFY(e.headers.contains("empty"));
        QCOMPARE(e.body.bytes, QByteArray("@x"));
        QCOMPARE(header(e, "content-type"), QByteArray("application/x-www-form-urlencoded"));
        e = one("curl h/x -d a=1 -d 'b=2' --data-urlencode 'c=d e&' --data-urlencode '=x y'");
        QCOMPARE(e.method, QByteArray("POST"));
        QCOMPARE(e.body.bytes, QByteArray("a=1&b=2&c=d+e%26&x+y"));
        e = one("curl -G h/x?z -d a=1 -d b=2 --url-query c=3");
        QCOMPARE(e.method, QByteArray("GET"));
        QCOMPARE(e.target, QByteArray("/x?z&c=3&a=1&b=2"));
        QVERIFY(e.body.bytes.isEmpty());
        e = one("curl --json '{\"data\":' --json '1}' --url h");
        QCOMPARE(e.body.bytes, QByteArray("{\"data\":1}"));
        QCOMPARE(header(e, "content-type"), QByteArray("application/json"));
        QCOMPARE(header(e, "accept"), QByteArray("application/json"));
        e = one("curl -u user:p:w -b 'a=b; c=d' -A agent -e http://ref -r 0-9 -I h");
        QCOMPARE(e.method, QByteArray("HEAD"));
        QCOMPARE(header(e, "authorization"), "Basic " + QByteArray("user:p:w").toBase64());
        QCOMPARE(header(e, "cookie"), QByteArray("a=b; c=d"));
        QCOMPARE(header(e, "user-agent"), QByteArray("agent"));
        QCOMPARE(header(e, "range"), QByteArray("bytes=0-9"));
        e = one("curl http://me:s%20x@h:8080/");
        QCOMPARE(header(e, "authorization"), "Basic " + QByteArray("me:s x").toBase64());
        QCOMPARE(header(e, "host"), QByteArray("h:8080"));
        e = one("curl h -F 'a=b;type=text/plain' --form-string 'c=@d'");
        QCOMPARE(e.method, QByteArray("POST"));
        QVERIFY(header(e, "content-type").startsWith("multipart/form-data; boundary="));
        QVERIFY(e.body.bytes.contains("name=\"a\"\r\nContent-Type: text/plain\r\n\r\nb\r\n"));
        QVERIFY(e.body.bytes.contains("name=\"c\"\r\n\r\n@d\r\n"));
        e = one("curl -H 'Content-Type: application/json' -d '{\"a\":\n1}' h");
        QCOMPARE(e.body.bytes, QByteArray("{\"a\":\n1}"));
        QCOMPARE(test::import("curl", "curl -d a h1 h2 --next h3").exchanges.size(), std::size_t(3));
        QCOMPARE(test::import("curl", "curl -d a h1 h2 --next h3").exchanges[2].method, QByteArray("GET"));
    }

    void readsNoFileUnasked()
    {
        const QString folder = test::freshFolder(u"curl"_s);
        VERIFY_OK(base::saveFile(folder + u"/body.json"_s, "{\"a\":\r\n1}"));
        VERIFY_OK(base::saveFile(folder + u"/../outside"_s, "secret"));
        for (const char *command : {"curl -d @body.json h", "curl --data-binary @body.json h", "curl -F a=@body.json h",
                                    "curl -T body.json h", "curl --json @body.json h"}) {
            const test::Imported in = test::import("curl", command);
            VERIFY_OK(in.summary);
            QCOMPARE(in.summary->read, 0);
            QCOMPARE(in.summary->reasons.first().code, kNeedsFile);
        }
        QCOMPARE(one("curl -d @body.json h", folder).body.bytes, QByteArray("{\"a\":1}"));
        QCOMPARE(one("curl --data-binary @body.json h", folder).body.bytes, QByteArray("{\"a\":\r\n1}"));
        QVERIFY(one("curl -F a=@body.json h", folder).body.bytes.contains("filename=\"body.json\""));
        QCOMPARE(one("curl -T body.json h/x", folder).method, QByteArray("PUT"));
        ImportOptions options;
        options.baseFolder = folder;
        for (const char *outside : {"curl -d @../outside h", "curl -d @/etc/passwd h"})
            QCOMPARE(test::import("curl", outside, options).summary->read, 0);
    }

    void readsTheCorpus()
    {
        const QString folder = test::corpusPath(u"curlconverter/fixtures"_s);
        if (folder.isEmpty())
            QSKIP("the corpus curlconverter is absent");
        int commands = 0;
        int compared = 0;
        const QDir all(folder + u"/curl_commands"_s);
        for (const QString &name : all.entryList({u"*.txt"_s})) {
            const Result<QByteArray> text = base::readFile(all.filePath(name), 1 << 20);
            VERIFY_OK(text);
            if (text->trimmed().isEmpty())
                continue;
            const test::Imported in = test::import("curl", *text);
            VERIFY_OK(in.summary);
            const bool needsFile = in.summary->counts.contains(kNeedsFile.toString());
            QVERIFY2(in.exchanges.size() == 1 || needsFile, qPrintable(name));
            ++commands;
            const auto expected =
                base::readFile(folder + u"/json_output/"_s + QString(name).replace(u".txt"_s, u".json"_s), 1 << 20);
            if (!expected || needsFile)
                continue;
            ++compared;
            const QJsonObject json = QJsonDocument::fromJson(*expected).object();
            const Exchange &exchange = in.exchanges[0];
            const QUrl url(json[u"raw_url"_s].toString());
            QCOMPARE(QString::fromUtf8(exchange.method).toLower(), json[u"method"_s].toString());
            QCOMPARE(QString::fromUtf8(header(exchange, "host")), url.host());
            QCOMPARE(exchange.target, (url.path().isEmpty() ? u"/"_s : url.path()).toUtf8());
            const QJsonObject data = json[u"data"_s].toObject();
            for (auto it = data.begin(); it != data.end(); ++it) {
                QVERIFY2(exchange.body.bytes.contains(it.key().toUtf8()), qPrintable(name));
                if (it.value().isString())
                    QVERIFY2(exchange.body.bytes.contains(it.value().toString().toUtf8()), qPrintable(name));
            }
        }
        QVERIFY(commands >= 70);
        QVERIFY(compared >= 9);
    }

    void comesBackAsItWas()
    {
        std::vector<Exchange> exchanges;
        for (const QByteArray &body :
             {QByteArray("{\"it's\": \"\u00e4 $x `y` \\\\\"}"), QByteArray(), QByteArray("\xff\x01\n'", 4)}) {
            Exchange exchange = test::sampleExchange(1);
            exchange.target = "/p?a='b'&c=%20";
            exchange.headers = {{"Content-Type", "application/json"}, {"X-Odd", "a'b\"c"}};
            exchange.body = Body::whole(body);
            exchange.method = body.isEmpty() ? "DELETE" : "POST";
            exchanges.push_back(exchange);
        }
        const QByteArray text = test::exported("curl", exchanges);
        QCOMPARE(test::detected(text), u"curl"_s);
        const test::Imported in = test::import("curl", text);
        VERIFY_OK(in.summary);
        QCOMPARE(in.exchanges.size(), exchanges.size());
        for (std::size_t i = 0; i < exchanges.size(); ++i) {
            QCOMPARE(in.exchanges[i].method, exchanges[i].method);
            QCOMPARE(in.exchanges[i].target, exchanges[i].target);
            QCOMPARE(in.exchanges[i].body.bytes, exchanges[i].body.bytes);
            QCOMPARE(header(in.exchanges[i], "x-odd"), QByteArray("a'b\"c"));
        }
        Exchange binary = test::sampleExchange(1);
        binary.body = Body::whole(QByteArray("\0", 1));
        QVERIFY(!test::exported("curl", {binary}).contains("curl"));
    }

    void writesWhatBashReads()
    {
        const QByteArray odd = "a'b \"c\" $HOME `id` \\ \u00e4\n!";
        QProcess bash;
        bash.start(u"bash"_s, {u"-c"_s, u"printf %s "_s + QString::fromUtf8(shellQuoted(odd))});
        if (!bash.waitForFinished())
            QSKIP("bash is not installed");
        QCOMPARE(bash.readAllStandardOutput(), odd);
    }
};

PARALLAX_TEST_MAIN(TestTrafficCurl)
#include "tst_traffic_curl.moc"
