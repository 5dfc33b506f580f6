// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// `replay` beyond its first run: repeated, retried, rewritten, in sessions, paused and given up.
#include "base/files.h"
#include "support/cliprocess.h"
#include "support/fakeupstream.h"
#include "support/testmain.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>

#include <csignal>

using namespace Qt::StringLiterals;
using namespace parallax;
using test::FakeUpstream;

namespace {

/// `parallax-cli` beside servers of this thread, which has to go on meanwhile.
class Command
{
public:
    explicit Command(const QStringList &arguments, const QString &folder = {})
    {
        process.setWorkingDirectory(folder);
        process.start(test::binaryPath(u"app/parallax-cli"_s), arguments);
    }
    [[nodiscard]] bool ends(int milliseconds = 30'000)
    {
        if (!QTest::qWaitFor([this] { return process.state() == QProcess::NotRunning; }, milliseconds))
            return false;
        out = process.readAllStandardOutput();
        err = process.readAllStandardError();
        return true;
    }
    void signal(int number) { ::kill(static_cast<pid_t>(process.processId()), number); }
    [[nodiscard]] QJsonObject json() const { return QJsonDocument::fromJson(out).object(); }
    /// `T` of a stopped process, from the system.
    [[nodiscard]] bool isSuspended() const
    {
        const Result<QByteArray> stat = base::readFile(u"/proc/%1/stat"_s.arg(process.processId()), 10'000);
        return stat && stat->mid(stat->lastIndexOf(')') + 2, 1) == "T";
    }

    QProcess process;
    QByteArray out;
    QByteArray err;
};

QString trafficOf(const QString &root, int requests)
{
    QByteArray lines;
    for (int i = 0; i < requests; ++i)
        lines += "{\"data\": {\"n\": " + QByteArray::number(i) + ", \"secret\": \"s\"}}\n";
    const QString path = root + u"/inputs.ndjson"_s;
    [[maybe_unused]] const Status saved = base::saveFile(path, lines);
    return path;
}

/// A repository whose endpoint `price` has one mirror.
QString repository(const FakeUpstream &primary, const FakeUpstream &mirror)
{
    const QString root = test::freshFolder(u"replay"_s);
    [[maybe_unused]] Status status = base::makePath(root + u"/endpoints"_s);
    status = base::makePath(root + u"/.parallax"_s);
    status = base::saveFile(
        root + u"/endpoints/price.yaml"_s,
        "backends:\n  alias:\n    deployment:\n      branch: main\n      name: one\n      version: latest\n"
        "mirrors:\n  mirror_1:\n    deployment:\n      branch: main\n      name: two\n      version: latest\n"
        "schemaVersion: 1\n");
    status = base::saveFile(root + u"/.parallax/targets.yaml"_s,
                            u"schemaVersion: 1\ntargets:\n  - match: {deployment: one}\n    url: http://127.0.0.1:%1/\n"
                            "  - match: {deployment: two}\n    url: http://127.0.0.1:%2/\n"_s.arg(primary.port())
                                .arg(mirror.port())
                                .toUtf8());
    return root;
}

int numberIn(const FakeUpstream::Received &received)
{
    return QJsonDocument::fromJson(received.body).object().value(u"data"_s).toObject().value(u"n"_s).toInt(-1);
}

QJsonObject harEntry(const QByteArray &path, const QByteArray &cookie, const QByteArray &body, const QByteArray &answer,
                     int second)
{
    const QJsonArray headers{QJsonObject{{u"name"_s, u"Cookie"_s}, {u"value"_s, QString::fromUtf8(cookie)}},
                             QJsonObject{{u"name"_s, u"Content-Type"_s}, {u"value"_s, u"application/json"_s}}};
    return {
        {u"startedDateTime"_s, u"2026-11-01T10:00:%1.000Z"_s.arg(second, 2, 10, QChar(u'0'))},
        {u"time"_s, 5},
        {u"request"_s,
         QJsonObject{
             {u"method"_s, u"POST"_s},
             {u"url"_s, QString(u"http://127.0.0.1"_s + QString::fromUtf8(path))},
             {u"httpVersion"_s, u"HTTP/1.1"_s},
             {u"headers"_s, headers},
             {u"postData"_s, QJsonObject{{u"mimeType"_s, u"application/json"_s}, {u"text"_s, QString::fromUtf8(body)}}},
         }},
        {u"response"_s, QJsonObject{{u"status"_s, 200},
                                    {u"statusText"_s, u"OK"_s},
                                    {u"httpVersion"_s, u"HTTP/1.1"_s},
                                    {u"headers"_s, QJsonArray{}},
                                    {u"content"_s, QJsonObject{{u"mimeType"_s, u"application/json"_s},
                                                               {u"text"_s, QString::fromUtf8(answer)}}}}},
    };
}

} // namespace

class TestCliReplay : public test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void aRunIsRepeatedAndTheTwoAreCompared()
    {
        // The mirror is wrong for 0 to 9 at first, then for 5 to 14.
        FakeUpstream primary;
        int from = 0;
        FakeUpstream mirror([&from](const FakeUpstream::Received &received) {
            const int n = numberIn(received);
            return FakeUpstream::Answer{FakeUpstream::ok(n >= from && n < from + 10 ? "{\"data\":2}" : "{\"data\":1}")};
        });
        const QString root = repository(primary, mirror);
        const QString traffic = trafficOf(root, 60);
        // Named as seen from the folder of the first run; the second one starts elsewhere.
        Command first({u"replay"_s, u"inputs.ndjson"_s, u"--endpoint"_s, u"price"_s, u"--filter"_s, u"body !~ 59"_s,
                       u"--out"_s, root + u"/one.parallax"_s},
                      root);
        QVERIFY(first.ends());
        QVERIFY2(first.process.exitCode() == 0, first.err.constData());
        QCOMPARE(primary.requests().size(), 59U);

        from = 5;
        Command again({u"--json"_s, u"replay"_s, u"--repeat-run"_s, root + u"/one.parallax"_s, u"--repo"_s, root,
                       u"--out"_s, root + u"/two.parallax"_s});
        QVERIFY(again.ends());
        QVERIFY2(again.process.exitCode() == 0, again.err.constData());
        QCOMPARE(primary.requests().size(), 118U);
        const QJsonObject since = again.json().value(u"since"_s).toObject();
        QCOMPARE(since.value(u"matched"_s).toInt(), 59);
        const QJsonObject change = since.value(u"mirrors"_s).toObject().value(u"mirror_1"_s).toObject();
        QCOMPARE(change.value(u"fixed"_s).toInt(), 5);
        QCOMPARE(change.value(u"new"_s).toInt(), 5);
        QCOMPARE(change.value(u"stillDifferent"_s).toInt(), 5);
        QCOMPARE(change.value(u"agree"_s).toInt(), 44);

        Command compared({u"compare"_s, root + u"/two.parallax"_s, u"--before"_s, root + u"/one.parallax"_s});
        QVERIFY(compared.ends());
        QVERIFY2(compared.out.contains("mirror_1: 5 new, 5 fixed, 5 still different, 44 still agree"),
                 compared.out.constData());

        Command different({u"--json"_s, u"replay"_s, u"--repeat-run"_s, root + u"/one.parallax"_s,
                           u"--only-different"_s, u"--repo"_s, root});
        QVERIFY(different.ends());
        QCOMPARE(different.json().value(u"requests"_s).toInt(), 10);
        QCOMPARE(primary.requests().size(), 128U);
    }

    void failuresAreRetried()
    {
        FakeUpstream primary;
        bool isFailing = true;
        FakeUpstream mirror([&isFailing](const FakeUpstream::Received &received) {
            return FakeUpstream::Answer{isFailing && numberIn(received) % 10 == 3
                                            ? FakeUpstream::status(500, "{\"error\":\"no\"}")
                                            : FakeUpstream::ok("{\"data\":1}")};
        });
        const QString root = repository(primary, mirror);
        Command first({u"replay"_s, trafficOf(root, 40), u"--endpoint"_s, u"price"_s, u"--repo"_s, root, u"--out"_s,
                       root + u"/one.parallax"_s});
        QVERIFY(first.ends());
        isFailing = false;
        Command retry({u"--json"_s, u"replay"_s, u"--repeat-run"_s, root + u"/one.parallax"_s, u"--only-failed"_s,
                       u"--repo"_s, root});
        QVERIFY(retry.ends());
        QVERIFY2(retry.process.exitCode() == 0, retry.err.constData());
        QCOMPARE(retry.json().value(u"requests"_s).toInt(), 4);
        QCOMPARE(retry.json()
                     .value(u"since"_s)
                     .toObject()
                     .value(u"mirrors"_s)
                     .toObject()
                     .value(u"mirror_1"_s)
                     .toObject()
                     .value(u"fixed"_s)
                     .toInt(),
                 4);
    }

    void whatCannotBeRepeatedIsSaid()
    {
        const QString root = test::freshFolder(u"bad"_s);
        const QString traffic = trafficOf(root, 3);
        struct Case
        {
            QStringList arguments;
            int code;
            QByteArray text;
        };
        const QList<Case> cases{
            {{}, 2, "--repeat-run"},
            {{u"--only-failed"_s, traffic, u"--to"_s, u"http://127.0.0.1:1/"_s}, 2, "--only-failed needs"},
            {{u"--repeat-run"_s, traffic}, 3, "no Parallax capture"},
            {{u"--repeat-run"_s, root + u"/none.parallax"_s}, 3, "none.parallax"},
            {{u"--repeat-run"_s, traffic, u"--rate"_s, u"5/s"_s}, 2, "--rate"},
            {{traffic, u"--to"_s, u"http://127.0.0.1:1/"_s, u"--set-header"_s, u"nothing"_s}, 2, "NAME: VALUE"},
            {{traffic, u"--to"_s, u"http://127.0.0.1:1/"_s, u"--set-json"_s, u"n=1"_s}, 3, "n"},
            {{traffic, u"--to"_s, u"http://127.0.0.1:1/"_s, u"--set-header"_s, u"Authorization: Bearer sk-live-1"_s},
             3,
             "PARALLAX_SECRET_NAME"},
            {{traffic, u"--to"_s, u"http://127.0.0.1:1/"_s, u"--set-json"_s, u"/data/api_key=sk-live-1"_s},
             3,
             "PARALLAX_SECRET_NAME"},
            {{traffic, u"--to"_s, u"http://127.0.0.1:1/"_s, u"--extract"_s, u"token=place"_s}, 2, "/POINTER"},
            {{traffic, u"--to"_s, u"http://127.0.0.1:1/"_s, u"--set-header"_s, u"A: ${secret:NOT_THERE}"_s},
             3,
             "NOT_THERE"},
        };
        for (const Case &one : cases) {
            Command command(QStringList{u"replay"_s} + one.arguments);
            QVERIFY(command.ends());
            QVERIFY2(command.process.exitCode() == one.code, command.err.constData());
            QVERIFY2(command.err.contains(one.text), command.err.constData());
            QCOMPARE(command.err.count("error: "), 1);
            QVERIFY(!command.err.contains("sk-live"));
        }
    }

    void requestsAreRewritten()
    {
        FakeUpstream server;
        const QString root = test::freshFolder(u"rewrite"_s);
        ::qputenv("PARALLAX_SECRET_KEY", "hush");
        Command command({u"replay"_s, trafficOf(root, 1), u"--to"_s, u"http://127.0.0.1:%1/v1/x"_s.arg(server.port()),
                         u"--set-header"_s, u"X-Run: 7"_s, u"--set-header"_s, u"Authorization: Bearer ${secret:KEY}"_s,
                         u"--set-json"_s, u"/data/n=42"_s, u"--remove-json"_s, u"/data/secret"_s, u"--rewrite-url"_s,
                         u"/v1/=>/v2/"_s, u"--out"_s, root + u"/out.parallax"_s});
        const bool hasEnded = command.ends();
        ::qunsetenv("PARALLAX_SECRET_KEY");
        QVERIFY(hasEnded);
        QVERIFY2(server.requests().size() == 1, command.err.constData());
        const FakeUpstream::Received &received = server.requests().front();
        QCOMPARE(received.field("x-run"), "7");
        QCOMPARE(received.field("authorization"), "Bearer hush");
        QCOMPARE(received.body, "{\"data\": {\"n\": 42}}");
        // The secret is nowhere in the capture, neither in the plan nor in the request.
        for (const QString &file : {u"/out.parallax"_s, u"/out.parallax-wal"_s}) {
            const Result<QByteArray> bytes = base::readFile(root + file, 10'000'000);
            QVERIFY(!bytes || !bytes->contains("hush"));
        }
    }

    void aRecordedSessionLogsInAnew()
    {
        // Three users log in, get a token and use it; the tokens of the recording are worth nothing any more.
        QJsonArray entries;
        for (int step = 0; step < 4; ++step) {
            for (int user = 0; user < 3; ++user) {
                const QByteArray id = "user=u" + QByteArray::number(user);
                const QByteArray old = "old-token-" + QByteArray::number(user);
                const QByteArray body =
                    step == 0 ? QByteArray(R"({"login": true})")
                              : "{\"step\": " + QByteArray::number(step) + ", \"token\": \"" + old + "\"}";
                entries.append(harEntry("/v1/session", id, body, "{\"token\": \"" + old + "\"}", step * 3 + user));
            }
        }
        const QJsonObject har{
            {u"log"_s, QJsonObject{{u"version"_s, u"1.2"_s},
                                   {u"creator"_s, QJsonObject{{u"name"_s, u"t"_s}, {u"version"_s, u"1"_s}}},
                                   {u"entries"_s, entries}}}};
        const QString root = test::freshFolder(u"session"_s);
        VERIFY_OK(base::saveFile(root + u"/session.har"_s, QJsonDocument(har).toJson()));
        int underWay = 0;
        int most = 0;
        FakeUpstream server;
        server.setAnswer([&](const FakeUpstream::Received &received) {
            most = std::max(most, ++underWay);
            QTimer::singleShot(40, qApp, [&underWay] { --underWay; });
            const QByteArray user = received.field("cookie").right(1);
            FakeUpstream::Answer answer{FakeUpstream::ok("{\"token\": \"fresh-" + user + "\"}")};
            answer.delayMs = 40;
            return answer;
        });
        Command command({u"replay"_s, root + u"/session.har"_s, u"--to"_s, u"http://127.0.0.1:%1"_s.arg(server.port()),
                         u"--session"_s, u"cookie:user"_s, u"--extract"_s, u"token=/token"_s, u"--keep-credentials"_s,
                         u"--concurrency"_s, u"8"_s});
        QVERIFY(command.ends());
        QVERIFY2(server.requests().size() == 12, command.err.constData());
        QHash<QByteArray, int> steps;
        for (const FakeUpstream::Received &received : server.requests()) {
            const QByteArray user = received.field("cookie").right(1);
            const QJsonObject body = QJsonDocument::fromJson(received.body).object();
            QCOMPARE(body.value(u"step"_s).toInt(), steps[user]++);
            if (body.contains(u"token"_s))
                QCOMPARE(body.value(u"token"_s).toString().toUtf8(), "fresh-" + user);
        }
        QCOMPARE(most, 3); // one request of each session at a time, sessions beside each other
    }

    void suspendingPausesTheSchedule()
    {
        FakeUpstream server;
        const QString root = test::freshFolder(u"pause"_s);
        Command command({u"--json"_s, u"replay"_s, trafficOf(root, 120), u"--to"_s,
                         u"http://127.0.0.1:%1/"_s.arg(server.port()), u"--rate"_s, u"100/s"_s});
        QTRY_VERIFY(server.requests().size() >= 20);
        command.signal(SIGTSTP);
        QTRY_VERIFY(command.isSuspended());
        QTest::qWait(50);
        const std::size_t before = server.requests().size();
        QVERIFY(before < 100);
        QTest::qWait(700); // what must not happen takes a while not to happen
        QCOMPARE(server.requests().size(), before);
        command.signal(SIGCONT);
        QVERIFY(command.ends());
        QVERIFY2(command.process.exitCode() == 0, command.err.constData());
        QVERIFY2(command.err.contains("Paused after"), command.err.constData());
        QCOMPARE(server.requests().size(), 120U);
        const QJsonObject replay = command.json().value(u"replay"_s).toObject();
        QCOMPARE(replay.value(u"ok"_s).toInt(), 120);
        QCOMPARE(replay.value(u"dropped"_s).toInt(), 0);
        // The pause is no lateness, and no part of the time it ran.
        QVERIFY(replay.value(u"lateness"_s).toObject().value(u"p99"_s).toDouble() < 500.0);
        QVERIFY(replay.value(u"seconds"_s).toDouble() < 1.85);
    }

    void interruptingTwiceGivesUpWhatHangsAndKeepsTheRest()
    {
        FakeUpstream server;
        server.setAnswer([](const FakeUpstream::Received &received) {
            return numberIn(received) < 10 ? FakeUpstream::Answer{FakeUpstream::ok("{\"data\":1}")}
                                           : FakeUpstream::Answer{};
        });
        const QString root = test::freshFolder(u"interrupt"_s);
        const QString out = root + u"/run.parallax"_s;
        Command command({u"--json"_s, u"replay"_s, trafficOf(root, 40), u"--to"_s,
                         u"http://127.0.0.1:%1/"_s.arg(server.port()), u"--concurrency"_s, u"2"_s, u"--out"_s, out});
        QTRY_COMPARE(server.requests().size(), 12U);
        command.signal(SIGINT);
        command.signal(SIGINT);
        QElapsedTimer timer;
        timer.start();
        QVERIFY(command.ends());
        QVERIFY(timer.elapsed() < 10'000);
        const QJsonObject replay = command.json().value(u"replay"_s).toObject();
        QCOMPARE(replay.value(u"planned"_s).toInt(), 40);
        QCOMPARE(replay.value(u"ok"_s).toInt(), 10);
        QCOMPARE(replay.value(u"sent"_s).toInt(), 12);
        QCOMPARE(replay.value(u"failed"_s).toInt(), 2);
        QCOMPARE(replay.value(u"dropped"_s).toInt(), 28);
        Command exported({u"export"_s, out, u"--to"_s, u"ndjson"_s, u"--out"_s, root + u"/all.ndjson"_s});
        QVERIFY(exported.ends());
        const Result<QByteArray> lines = base::readFile(root + u"/all.ndjson"_s, 1'000'000);
        VERIFY_OK(lines);
        QCOMPARE(lines->count('\n'), 12);
    }
};

PARALLAX_TEST_MAIN(TestCliReplay)
#include "tst_cli_replay.moc"
