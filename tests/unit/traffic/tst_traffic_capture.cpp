// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/errors.h"
#include "base/files.h"
#include "samples.h"
#include "support/testmain.h"
#include "traffic/captureschema.h"
#include "traffic/errors.h"
#include "traffic/sqlite.h"

#include <QCryptographicHash>
#include <QFileInfo>
#include <QProcess>
#include <QRandomGenerator>
#include <QStandardPaths>

using namespace Qt::StringLiterals;
using namespace parallax;
using namespace parallax::traffic;
using Mode = CaptureWriter::Mode;

namespace {

Exchange withId(Exchange exchange, quint64 id)
{
    exchange.id = {id};
    return exchange;
}

} // namespace

class TestTrafficCapture : public test::TestCase
{
    Q_OBJECT

    QString m_file;

    std::unique_ptr<CaptureWriter> writer(CaptureWriter::Options options = test::plainOptions())
    {
        auto made = CaptureWriter::open(m_file, Mode::Append, options);
        return made ? *std::move(made) : nullptr;
    }

private Q_SLOTS:
    void init()
    {
        TestCase::init();
        m_file = test::freshFolder(u"capture"_s) + u"/traffic.parallax"_s;
    }

    void givesBackWhatWasAppended()
    {
        auto out = writer();
        QVERIFY(out);
        for (int i = 1; i <= 3; ++i) {
            const Result<ExchangeId> id = out->append(test::fullExchange(i));
            VERIFY_OK(id);
            QCOMPARE(id->value, quint64(i));
        }
        VERIFY_OK(out->close());
        auto in = CaptureReader::open(m_file);
        VERIFY_OK(in);
        for (int i = 1; i <= 3; ++i) {
            const Result<Exchange> exchange = (*in)->exchange({static_cast<quint64>(i)});
            VERIFY_OK(exchange);
            QVERIFY(*exchange == withId(test::fullExchange(i), static_cast<quint64>(i)));
        }
        QCOMPARE(*(*in)->count(), 3);
        QCOMPARE(*(*in)->endpoints(), QStringList{u"pricing"_s});
        const Result<Exchange> none = (*in)->exchange({4});
        QVERIFY(!none);
        QCOMPARE(none.error().code, kNoSuchExchange);
    }

    void isOnePrivateFileAfterClosing()
    {
        auto out = writer();
        QVERIFY(out);
        VERIFY_OK(out->append(test::sampleExchange(1)));
        VERIFY_OK(out->commit());
        const QDir folder = QFileInfo(m_file).dir();
        QVERIFY(folder.entryList(QDir::Files).size() > 1);
        for (const QFileInfo &file : folder.entryInfoList(QDir::Files))
            QCOMPARE(int(file.permissions() & QFileDevice::Permissions(0x0077)), 0);
        VERIFY_OK(out->close());
        QCOMPARE(folder.entryList(QDir::Files), QStringList{u"traffic.parallax"_s});
        {
            auto in = CaptureReader::open(m_file);
            VERIFY_OK(in);
            QCOMPARE(*(*in)->count(), 1);
        }
        QCOMPARE(folder.entryList(QDir::Files), QStringList{u"traffic.parallax"_s});
    }

    void readsWithTheSqliteShell()
    {
        if (QStandardPaths::findExecutable(u"sqlite3"_s).isEmpty())
            QSKIP("the sqlite3 shell is not installed");
        auto out = writer();
        QVERIFY(out);
        VERIFY_OK(out->append(test::fullExchange(1)));
        VERIFY_OK(out->close());
        QProcess shell;
        shell.start(u"sqlite3"_s, {m_file, u"SELECT time, endpoint, primary_name, status, ms FROM exchanges; "
                                           "SELECT mirror, outcome, reason FROM pairs; PRAGMA journal_mode"_s});
        QVERIFY(shell.waitForFinished());
        QCOMPARE(
            QString::fromUtf8(shell.readAllStandardOutput()),
            u"2026-01-02T03:04:05.124456Z|pricing|alias|200|41.200123\n"
            "mirror_1|different|\nmirror_2|timeout|\nmirror_3|dropped|breaker-open\nmirror_4|not-comparable|\nwal\n"_s);
    }

    void answersTheDocumentedQueries()
    {
        auto out = writer();
        QVERIFY(out);
        for (int i = 1; i <= 20; ++i)
            VERIFY_OK(out->append(test::fullExchange(i)));
        VERIFY_OK(out->close());
        const Result<QByteArray> page = base::readFile(test::sourcePath(u"docs/capture-format.md"_s), 1 << 20);
        VERIFY_OK(page);
        auto database = sqlite::Database::open(m_file, sqlite::Access::ReadWrite);
        VERIFY_OK(database);
        int queries = 0;
        for (qsizetype at = page->indexOf("```sql\n"); at >= 0; at = page->indexOf("```sql\n", at + 1)) {
            const QByteArray text = page->mid(at + 7, page->indexOf("```", at + 7) - at - 7);
            auto query = database->prepare({text.constData(), static_cast<std::size_t>(text.size())});
            VERIFY_OK(query);
            QVERIFY2(query->step() == sqlite::Step::Row, text.constData());
            ++queries;
        }
        QCOMPARE(queries, 5);
    }

    void pagesByKey()
    {
        auto out = writer();
        QVERIFY(out);
        for (int i = 1; i <= 700; ++i)
            VERIFY_OK(out->append(test::sampleExchange(i)));
        VERIFY_OK(out->close());
        auto in = CaptureReader::open(m_file);
        VERIFY_OK(in);
        auto page = (*in)->rowsAfter({600}, 50);
        VERIFY_OK(page);
        QCOMPARE(page->size(), std::size_t(50));
        QCOMPARE(page->front().id.value, quint64(601));
        QCOMPARE(page->back().mirrors.size(), std::size_t(1));
        QCOMPARE(toString(page->back().mirrors[0].outcome), toString(Outcome::Different));
        QCOMPARE(page->back().mirrors[0].name, u"mirror_1"_s);
        QCOMPARE(page->back().status, 200);
        page = (*in)->rowsBefore({601}, 50);
        VERIFY_OK(page);
        QCOMPARE(page->front().id.value, quint64(551));
        QCOMPARE(page->back().id.value, quint64(600));
        QVERIFY((*in)->rowsAfter({700}, 50)->empty());
        quint64 next = 1;
        VERIFY_OK((*in)->forEach([&](Exchange &&exchange) {
            const bool same = exchange == withId(test::sampleExchange(static_cast<int>(next)), next);
            ++next;
            return same;
        }));
        QCOMPARE(next, quint64(701));
        QCOMPARE((*in)->outcomes()->at(u"mirror_1"_s).at(Outcome::Different), 700);
        std::stop_source stop;
        int seen = 0;
        VERIFY_OK(
            (*in)->forEach([&](Exchange &&) { return ++seen == 10 ? stop.request_stop() : true; }, stop.get_token()));
        QCOMPARE(seen, 10);
    }

    void compressesWithADictionaryOfItsOwn()
    {
        auto out = writer();
        QVERIFY(out);
        qint64 raw = 0;
        for (int i = 1; i <= 2000; ++i) {
            const Exchange exchange = test::sampleExchange(i);
            raw += exchange.method.size() + exchange.target.size() + exchange.body.length;
            for (const http::Header &field : exchange.headers)
                raw += field.name.size() + field.value.size() + 4;
            for (const Reply *reply : {&exchange.primary, &exchange.mirrors[0]}) {
                raw += reply->body.length;
                for (const http::Header &field : reply->headers)
                    raw += field.name.size() + field.value.size() + 4;
            }
            VERIFY_OK(out->append(exchange));
            if (i % 100 == 0)
                VERIFY_OK(out->commit());
        }
        VERIFY_OK(out->close());
        const qint64 size = QFileInfo(m_file).size();
        QVERIFY2(size < raw / 2, qPrintable(u"%1 of %2"_s.arg(size).arg(raw)));
        auto in = CaptureReader::open(m_file);
        VERIFY_OK(in);
        QVERIFY(*(*in)->exchange({1}) == withId(test::sampleExchange(1), 1));
        QVERIFY(*(*in)->exchange({2000}) == withId(test::sampleExchange(2000), 2000));
    }

    void storesLargeBodiesOnce()
    {
        QByteArray large(40'000, Qt::Uninitialized);
        QRandomGenerator random(7);
        for (char &c : large)
            c = static_cast<char>(random.bounded(256));
        auto out = writer();
        QVERIFY(out);
        Exchange exchange = test::sampleExchange(1);
        exchange.body = Body::whole(large);
        exchange.mirrors[0].body = Body::whole(large);
        for (int i = 0; i < 20; ++i) {
            VERIFY_OK(out->append(exchange));
            VERIFY_OK(out->commit());
        }
        VERIFY_OK(out->close());
        QVERIFY(QFileInfo(m_file).size() < 150'000);
        auto in = CaptureReader::open(m_file);
        VERIFY_OK(in);
        QVERIFY(*(*in)->exchange({20}) == withId(exchange, 20));
    }

    void keepsTheBeginningOfHugeBodies()
    {
        CaptureWriter::Options options = test::plainOptions();
        options.maxBodyBytes = 10'000;
        options.truncatedBodyBytes = 5'000;
        auto out = writer(options);
        QVERIFY(out);
        Exchange exchange = test::sampleExchange(1);
        const QByteArray huge(20'000, 'x');
        exchange.primary.body = Body::whole(huge);
        exchange.mirrors[0].body = Body::whole(huge + 'y');
        VERIFY_OK(out->append(exchange));
        VERIFY_OK(out->close());
        auto in = CaptureReader::open(m_file);
        VERIFY_OK(in);
        const Result<Exchange> back = (*in)->exchange({1});
        VERIFY_OK(back);
        QVERIFY(back->primary.body.isTruncated);
        QCOMPARE(back->primary.body.length, 20'000);
        QCOMPARE(back->primary.body.bytes, QByteArray(5'000, 'x'));
        QCOMPARE(back->primary.body.sha256, QCryptographicHash::hash(huge, QCryptographicHash::Sha256));
        QCOMPARE(back->mirrors[0].body.length, 20'001);
        QCOMPARE((*in)->rowsAfter({}, 1)->front().replyBytes, 20'000);
    }

    void addsLateAnswersAndOutcomes()
    {
        auto out = writer();
        QVERIFY(out);
        Exchange exchange = test::sampleExchange(1);
        const Reply answer = exchange.mirrors[0];
        exchange.mirrors[0].state = AnswerState::Pending;
        exchange.mirrors[0].outcome = Outcome::Pending;
        VERIFY_OK(out->append(exchange));
        VERIFY_OK(out->commit());
        auto in = CaptureReader::open(m_file);
        VERIFY_OK(in);
        QVERIFY((*in)->hasLivingWriter());
        QCOMPARE(toString((*in)->exchange({1})->mirrors[0].state), toString(AnswerState::Pending));
        VERIFY_OK(out->updateMirror({1}, 0, answer));
        VERIFY_OK(out->updateOutcome({1}, 0, Outcome::EqualByRule, 3));
        VERIFY_OK(out->setTags({1}, {u"a"_s, u"b"_s}));
        VERIFY_OK(out->setNote({1}, u"note"_s));
        const Status none = out->updateOutcome({2}, 0, Outcome::Equal, 0);
        QVERIFY(!none);
        QCOMPARE(none.error().code, kNoSuchExchange);
        VERIFY_OK(out->commit());
        Exchange expected = withId(exchange, 1);
        expected.mirrors[0] = answer;
        expected.mirrors[0].outcome = Outcome::EqualByRule;
        expected.mirrors[0].differences = 3;
        expected.tags = {u"a"_s, u"b"_s};
        expected.note = u"note"_s;
        QVERIFY(*(*in)->exchange({1}) == expected);
        VERIFY_OK(out->close());
        QVERIFY(!(*in)->hasLivingWriter());
    }

    void redactsLateAnswersByTheRulesOfTheirEndpoint()
    {
        CaptureWriter::Options options = test::plainOptions();
        options.redaction = RedactionRules::none();
        options.redaction.perEndpoint.insert(u"pricing"_s,
                                             std::make_shared<RedactionRules>(RedactionRules::defaults()));
        auto out = writer(options);
        QVERIFY(out);
        Exchange exchange = test::sampleExchange(1);
        Reply answer = exchange.mirrors[0];
        answer.body = Body::whole("{\"token\": \"hunter2\"}");
        exchange.mirrors[0].state = AnswerState::Pending;
        VERIFY_OK(out->append(exchange));
        VERIFY_OK(out->updateMirror({1}, 0, answer));
        VERIFY_OK(out->close());
        auto in = CaptureReader::open(m_file);
        VERIFY_OK(in);
        const Result<Exchange> back = (*in)->exchange({1});
        VERIFY_OK(back);
        QVERIFY(back->mirrors[0].body.bytes.startsWith("{\"token\": \"<redacted:"));
    }

    void appendsToWhatIsThere()
    {
        for (int round = 0; round < 3; ++round) {
            auto out = writer();
            QVERIFY(out);
            for (int i = 0; i < 40; ++i)
                QCOMPARE(out->append(test::sampleExchange(i))->value, quint64(round * 40 + i + 1));
            VERIFY_OK(out->close());
        }
        auto in = CaptureReader::open(m_file);
        VERIFY_OK(in);
        QCOMPARE(*(*in)->lastId(), ExchangeId{120});
        QVERIFY(*(*in)->exchange({85}) == withId(test::sampleExchange(4), 85));
        const auto second = CaptureWriter::open(m_file, Mode::CreateNew, test::plainOptions());
        QVERIFY(!second);
        QCOMPARE(second.error().code, base::kFileExists);
    }

    void hasOneWriterAtATime()
    {
        auto out = writer();
        QVERIFY(out);
        const auto second = CaptureWriter::open(m_file, Mode::Append, test::plainOptions());
        QVERIFY(!second);
        QCOMPARE(second.error().code, kCaptureBusy);
        QCOMPARE(second.error().args[u"pid"_s].toLongLong(), QCoreApplication::applicationPid());
        VERIFY_OK(out->close());
        VERIFY_OK(CaptureWriter::open(m_file, Mode::Append, test::plainOptions()));
    }

    void marksWhatADeadWriterLeft()
    {
        auto out = writer();
        QVERIFY(out);
        Exchange exchange = test::sampleExchange(1);
        exchange.mirrors[0].state = AnswerState::Pending;
        exchange.mirrors[0].outcome = Outcome::Pending;
        VERIFY_OK(out->append(exchange));
        VERIFY_OK(out->commit());
        // A copy of the files as they lie there, with another writer's mark, is what a killed process leaves.
        const QString copy = QFileInfo(m_file).path() + u"/copy.parallax"_s;
        for (const QString &suffix : {u""_s, u"-wal"_s})
            QVERIFY(QFile::copy(m_file + suffix, copy + suffix));
        QProcess shell;
        if (QStandardPaths::findExecutable(u"sqlite3"_s).isEmpty())
            QSKIP("the sqlite3 shell is not installed");
        shell.start(u"sqlite3"_s, {copy, u"UPDATE meta SET value = '1 0 0' WHERE key = 'writer'"_s});
        QVERIFY(shell.waitForFinished());
        auto in = CaptureReader::open(copy);
        VERIFY_OK(in);
        const Result<Exchange> back = (*in)->exchange({1});
        VERIFY_OK(back);
        QCOMPARE(toString(back->mirrors[0].state), toString(AnswerState::Dropped));
        QCOMPARE(toString(back->mirrors[0].dropReason), toString(DropReason::Interrupted));
        QCOMPARE(toString(back->mirrors[0].outcome), toString(Outcome::Dropped));
        QCOMPARE((*in)->outcomes()->at(u"mirror_1"_s).at(Outcome::Dropped), 1);
    }

    void marksWhatStillRunsAtTheEnd()
    {
        auto out = writer();
        QVERIFY(out);
        Exchange exchange = test::sampleExchange(1);
        exchange.mirrors[0].state = AnswerState::Pending;
        VERIFY_OK(out->append(exchange));
        VERIFY_OK(out->close());
        auto in = CaptureReader::open(m_file);
        VERIFY_OK(in);
        QCOMPARE(toString((*in)->exchange({1})->mirrors[0].dropReason), toString(DropReason::Interrupted));
    }

    void removesTheOldestBeyondItsQuota()
    {
        CaptureWriter::Options options = test::plainOptions();
        options.quotaBytes = 1024 * 1024;
        auto out = writer(options);
        QVERIFY(out);
        QRandomGenerator random(1);
        Exchange exchange = test::sampleExchange(1);
        for (int i = 0; i < 600; ++i) {
            QByteArray body(5000, Qt::Uninitialized);
            for (char &c : body)
                c = static_cast<char>(random.bounded(256));
            exchange.body = Body::whole(body);
            VERIFY_OK(out->append(exchange));
            VERIFY_OK(out->commit());
        }
        QVERIFY(out->removedByQuota() > 300);
        VERIFY_OK(out->close());
        QVERIFY2(QFileInfo(m_file).size() < 1'400'000, qPrintable(QString::number(QFileInfo(m_file).size())));
        auto in = CaptureReader::open(m_file);
        VERIFY_OK(in);
        QCOMPARE(*(*in)->lastId(), ExchangeId{600});
        QCOMPARE((*in)->firstId()->value, quint64(out->removedByQuota() + 1));
        QCOMPARE(*(*in)->count(), 600 - out->removedByQuota());
        QCOMPARE((*in)->exchange({600})->body.bytes, exchange.body.bytes);
        int seen = 0;
        VERIFY_OK((*in)->forEach([&](Exchange &&one) { return ++seen > 0 && one.body.bytes.size() == 5000; }));
        QCOMPARE(seen, *(*in)->count());
    }

    void saysWhatIsNoCapture_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<QString>("code");
        QTest::newRow("text") << QByteArray("{\"data\": 1}\n").repeated(1000) << kNoCapture.toString();
        QTest::newRow("empty") << QByteArray() << kNoCapture.toString();
        QTest::newRow("header only") << QByteArray("SQLite format 3\0", 16) << kNoCapture.toString();
        QTest::newRow("zeros") << QByteArray(8192, '\0') << kNoCapture.toString();
    }

    void saysWhatIsNoCapture()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(QString, code);
        VERIFY_OK(base::saveFile(m_file, bytes));
        const auto in = CaptureReader::open(m_file);
        QVERIFY(!in);
        QCOMPARE(in.error().code.toString(), code);
        const auto out = CaptureWriter::open(m_file, Mode::Append, test::plainOptions());
        QVERIFY(!out);
        QCOMPARE(*base::readFile(m_file, 1 << 20), bytes);
    }

    void saysWhatIsMissing()
    {
        const auto in = CaptureReader::open(m_file);
        QVERIFY(!in);
        QCOMPARE(in.error().code, base::kFileNotFound);
        const auto out = CaptureWriter::open(m_file + u"/deeper/file"_s, Mode::Append, test::plainOptions());
        QVERIFY(!out);
        QCOMPARE(out.error().code, kCaptureNotOpened);
    }

    void leavesANewerFormatAlone()
    {
        auto out = writer();
        QVERIFY(out);
        VERIFY_OK(out->close());
        // user_version lies at offset 60 of the header, big endian (SQLite file format 1.3)
        QFile file(m_file);
        QVERIFY(file.open(QIODevice::ReadWrite) && file.seek(63) && file.putChar(9));
        file.close();
        for (const Error &error : {CaptureReader::open(m_file).error(),
                                   CaptureWriter::open(m_file, Mode::Append, test::plainOptions()).error()}) {
            QCOMPARE(error.code, kCaptureNewer);
            QCOMPARE(error.args[u"version"_s].toInt(), 9);
        }
    }

    void isBroughtUpToDateStepByStep()
    {
        auto out = writer();
        QVERIFY(out);
        VERIFY_OK(out->append(test::sampleExchange(1)));
        VERIFY_OK(out->close());
        auto database = sqlite::Database::open(m_file, sqlite::Access::ReadWrite);
        VERIFY_OK(database);
        constexpr std::array kSteps{"ALTER TABLE exchange ADD COLUMN colour TEXT",
                                    "UPDATE exchange SET colour = 'blue'; UPDATE exchange SET nonsense = 1",
                                    "UPDATE exchange SET colour = 'green'"};
        const Status half = schema::migrate(*database, 1, kSteps);
        QVERIFY(!half); // the second step fails: the first stays, of the second nothing does
        QVERIFY(!database->isInTransaction());
        QCOMPARE(*database->integer("PRAGMA user_version"), std::optional<qint64>(2));
        QCOMPARE(*database->integer("SELECT count(*) FROM exchange WHERE colour IS NULL"), std::optional<qint64>(1));
        constexpr std::array kMended{kSteps[0], "UPDATE exchange SET colour = 'blue'", kSteps[2]};
        VERIFY_OK(schema::migrate(*database, 2, kMended));
        QCOMPARE(*database->integer("PRAGMA user_version"), std::optional<qint64>(4));
        QCOMPARE(*database->integer("SELECT count(*) FROM exchange WHERE colour = 'green'"), std::optional<qint64>(1));
    }

    void survivesDamageAnywhere()
    {
        auto out = writer();
        QVERIFY(out);
        for (int i = 0; i < 300; ++i)
            VERIFY_OK(out->append(test::fullExchange(i)));
        VERIFY_OK(out->close());
        const QByteArray whole = *base::readFile(m_file, 1 << 24);
        QRandomGenerator random(3);
        for (int round = 0; round < 80; ++round) {
            QByteArray bytes = whole;
            if (round % 5 == 0)
                bytes.truncate(random.bounded(static_cast<int>(bytes.size())));
            else
                for (int i = 0; i < 40; ++i)
                    bytes[random.bounded(static_cast<int>(bytes.size()))] = static_cast<char>(random.bounded(256));
            const QString damaged = m_file + u".%1"_s.arg(round);
            VERIFY_OK(base::saveFile(damaged, bytes));
            const auto in = CaptureReader::open(damaged);
            if (!in)
                continue;
            (void)(*in)->rowsAfter({}, 1000);
            (void)(*in)->outcomes();
            (void)(*in)->forEach([](Exchange &&) { return true; });
        }
    }

    void isReadWhereNothingCanBeWritten()
    {
        auto out = writer();
        QVERIFY(out);
        VERIFY_OK(out->append(test::sampleExchange(1)));
        VERIFY_OK(out->close());
        const QString folder = QFileInfo(m_file).path();
        QFile::setPermissions(m_file, QFileDevice::ReadOwner);
        QFile::setPermissions(folder, QFileDevice::ReadOwner | QFileDevice::ExeOwner);
        {
            const auto in = CaptureReader::open(m_file);
            VERIFY_OK(in);
            QVERIFY(*(*in)->exchange({1}) == withId(test::sampleExchange(1), 1));
        }
        QFile::setPermissions(folder, QFileDevice::ReadOwner | QFileDevice::WriteOwner | QFileDevice::ExeOwner);
    }
};

PARALLAX_TEST_MAIN(TestTrafficCapture)
#include "tst_traffic_capture.moc"
