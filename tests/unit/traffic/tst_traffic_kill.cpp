// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// A recording process is killed under load, again and again, on the same capture.
#include "base/files.h"
#include "samples.h"
#include "support/testmain.h"
#include "traffic/capturestore.h"
#include "traffic/errors.h"
#include "traffic/sqlite.h"

#include <QProcess>
#include <QRandomGenerator>

#include <set>

using namespace Qt::StringLiterals;
using namespace parallax;
using namespace parallax::traffic;

class TestTrafficKill : public test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void losesNothingOlderThanItPromises()
    {
        constexpr int kKills = 20;
        constexpr qint64 kPromise = 200'000'000;
        const QString folder = test::freshFolder(u"kill"_s);
        const QString capture = folder + u"/traffic.parallax"_s;
        const QString log = folder + u"/answered.log"_s;
        QRandomGenerator random(11);
        int next = 1;
        std::set<int> owed;
        for (int kill = 0; kill < kKills; ++kill) {
            QProcess load;
            load.setProcessChannelMode(QProcess::ForwardedChannels);
            load.start(test::binaryPath(u"tests/unit/traffic/traffic_recorder_load"_s),
                       {capture, log, QString::number(next)});
            QVERIFY(load.waitForStarted());
            QTRY_VERIFY_WITH_TIMEOUT(QFileInfo(log).size() > 0, 10'000);
            QVERIFY(!load.waitForFinished(300 + static_cast<int>(random.bounded(250U))));
            const qint64 died = Nanoseconds(std::chrono::steady_clock::now().time_since_epoch()).count();
            load.kill();
            QVERIFY(load.waitForFinished());
            const Result<QByteArray> lines = base::readFile(log, 1 << 28);
            VERIFY_OK(lines);
            QVERIFY(QFile::remove(log));
            for (const QByteArray &line : lines->split('\n')) {
                const QByteArrayList fields = line.split(' ');
                if (fields.size() != 2)
                    continue;
                next = std::max(next, fields[0].toInt() + 1);
                if (died - fields[1].toLongLong() > kPromise)
                    owed.insert(fields[0].toInt());
            }
            if (kill % 2 == 1)
                checkIntegrity(capture); // every other time the next writer finds it as it was left
        }
        QVERIFY(owed.size() > 5000);
        check(capture, owed);
    }

    void isReadWhileAnotherProcessWrites()
    {
        const QString folder = test::freshFolder(u"shared"_s);
        const QString capture = folder + u"/traffic.parallax"_s;
        const QString log = folder + u"/answered.log"_s;
        QProcess load;
        load.start(test::binaryPath(u"tests/unit/traffic/traffic_recorder_load"_s), {capture, log, u"1"_s});
        QVERIFY(load.waitForStarted());
        QTRY_VERIFY_WITH_TIMEOUT(QFileInfo(log).size() > 0, 10'000);
        auto reader = CaptureReader::open(capture);
        VERIFY_OK(reader);
        QVERIFY((*reader)->hasLivingWriter());
        QTRY_VERIFY_WITH_TIMEOUT((*reader)->count().value_or(0) > 0, 10'000);
        const qint64 before = *(*reader)->count();
        QTRY_VERIFY_WITH_TIMEOUT((*reader)->count().value_or(0) > before, 10'000);
        VERIFY_OK((*reader)->exchange(*(*reader)->lastId()));
        VERIFY_OK((*reader)->rowsBefore({1'000'000}, 100));
        const auto second = CaptureWriter::open(capture, CaptureWriter::Mode::Append);
        QVERIFY(!second);
        QCOMPARE(second.error().code, kCaptureBusy);
        load.kill();
        QVERIFY(load.waitForFinished());
        QTRY_VERIFY(!(*reader)->hasLivingWriter());
        VERIFY_OK((*reader)->exchange({1}));
    }

private:
    static void checkIntegrity(const QString &capture)
    {
        auto database = sqlite::Database::open(capture, sqlite::Access::ReadWrite);
        VERIFY_OK(database);
        auto query = database->prepare("PRAGMA integrity_check");
        VERIFY_OK(query);
        QVERIFY(query->step() == sqlite::Step::Row);
        QCOMPARE(query->text(0), u"ok"_s);
    }

    static void check(const QString &capture, std::set<int> owed)
    {
        auto reader = CaptureReader::open(capture);
        VERIFY_OK(reader);
        qint64 interrupted = 0;
        qint64 exchanges = 0;
        VERIFY_OK((*reader)->forEach([&](Exchange &&exchange) {
            ++exchanges;
            owed.erase(exchange.requestId.mid(2).toInt());
            for (const Reply &mirror : exchange.mirrors) {
                if (mirror.state == AnswerState::Pending)
                    return false;
                interrupted += mirror.dropReason == DropReason::Interrupted ? 1 : 0;
            }
            return exchange.mirrors.size() == 2 && exchange.mirrors[1].dropReason == DropReason::Interrupted &&
                   exchange.mirrors[1].outcome == Outcome::Dropped;
        }));
        QVERIFY2(owed.empty(), qPrintable(u"%1 are missing, the first is %2"_s.arg(owed.size()).arg(*owed.begin())));
        QCOMPARE(exchanges, *(*reader)->count());
        const auto outcomes = (*reader)->outcomes();
        VERIFY_OK(outcomes);
        QCOMPARE(outcomes->at(u"mirror_2"_s).at(Outcome::Dropped), exchanges);
        qint64 pairs = 0;
        for (const auto &[outcome, count] : outcomes->at(u"mirror_1"_s))
            pairs += count;
        QCOMPARE(pairs, exchanges);
        QCOMPARE(interrupted, exchanges + (outcomes->at(u"mirror_1"_s).contains(Outcome::Dropped)
                                               ? outcomes->at(u"mirror_1"_s).at(Outcome::Dropped)
                                               : 0));
    }
};

PARALLAX_TEST_MAIN(TestTrafficKill)
#include "tst_traffic_kill.moc"
