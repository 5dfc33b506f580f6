// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "samples.h"
#include "support/testmain.h"
#include "traffic/errors.h"
#include "traffic/recorder.h"

#include <QElapsedTimer>
#include <QFileInfo>
#include <QScopeGuard>

#include <atomic>
#include <csignal>
#include <mutex>
#include <set>
#include <thread>

#include <sys/resource.h>

using namespace Qt::StringLiterals;
using namespace parallax;
using namespace parallax::traffic;

class TestTrafficRecorder : public test::TestCase
{
    Q_OBJECT

    QString m_file;

    static ExchangePtr share(Exchange exchange) { return std::make_shared<Exchange>(std::move(exchange)); }

    static Exchange running(int number)
    {
        Exchange exchange = test::sampleExchange(number);
        exchange.mirrors[0] = {};
        exchange.mirrors[0].name = u"mirror_1"_s;
        exchange.mirrors[0].role = Role::Mirror;
        return exchange;
    }

    static Exchange unjudged(int number)
    {
        Exchange exchange = test::sampleExchange(number);
        exchange.mirrors[0].outcome = Outcome::Pending;
        exchange.mirrors[0].differences = 0;
        return exchange;
    }

    static void judge(Exchange &exchange)
    {
        for (Reply &mirror : exchange.mirrors) {
            mirror.outcome = Outcome::Different;
            mirror.differences = 1;
        }
    }

private Q_SLOTS:
    void init()
    {
        TestCase::init();
        m_file = test::freshFolder(u"recorder"_s) + u"/traffic.parallax"_s;
    }

    void recordsWhatManyThreadsHandIt()
    {
        Recorder::Options options;
        options.judge = judge;
        std::mutex mutex;
        std::set<quint64> ids;
        options.recorded = [&](const std::vector<ExchangePtr> &batch) {
            const std::lock_guard lock(mutex);
            for (const ExchangePtr &exchange : batch)
                ids.insert(exchange->id.value);
        };
        auto recorder = Recorder::open(m_file, options);
        VERIFY_OK(recorder);
        std::vector<std::thread> routers;
        for (int t = 0; t < 4; ++t) {
            routers.emplace_back([&, t] {
                for (int i = 0; i < 1000; ++i) {
                    const int number = t * 1000 + i;
                    (*recorder)->answered(share(running(number)));
                    const ExchangePtr done = share(unjudged(number));
                    (*recorder)->mirrorAnswered(done, 0);
                    (*recorder)->finished(done);
                }
            });
        }
        for (std::thread &router : routers)
            router.join();
        VERIFY_OK((*recorder)->close());
        const Recorder::Statistics statistics = (*recorder)->statistics();
        QCOMPARE(statistics.recorded, 4000);
        QCOMPARE(statistics.dropped, 0);
        QCOMPARE(statistics.lost, 0);
        QCOMPARE(statistics.waiting, 0);
        QCOMPARE(ids.size(), std::size_t(4000));
        auto in = CaptureReader::open(m_file);
        VERIFY_OK(in);
        std::set<QString> seen;
        VERIFY_OK((*in)->forEach([&](Exchange &&exchange) {
            const int number = exchange.requestId.mid(2).toInt();
            exchange.id = {};
            seen.insert(exchange.requestId);
            return exchange == test::sampleExchange(number);
        }));
        QCOMPARE(seen.size(), std::size_t(4000));
    }

    void isOnDiskSoonAfterTheAnswer()
    {
        auto recorder = Recorder::open(m_file, {});
        VERIFY_OK(recorder);
        auto in = CaptureReader::open(m_file);
        VERIFY_OK(in);
        QElapsedTimer clock;
        clock.start();
        (*recorder)->answered(share(running(1)));
        QTRY_COMPARE_WITH_TIMEOUT(*(*in)->count(), 1, 5000);
        QVERIFY2(clock.elapsed() < 200, qPrintable(QString::number(clock.elapsed())));
        QCOMPARE(toString((*in)->exchange({1})->mirrors[0].state), toString(AnswerState::Pending));
        (*recorder)->mirrorAnswered(share(test::sampleExchange(1)), 0);
        QTRY_COMPARE_WITH_TIMEOUT(toString((*in)->exchange({1})->mirrors[0].state), toString(AnswerState::Complete),
                                  5000);
        (*recorder)->finished(share(test::sampleExchange(1)));
        VERIFY_OK((*recorder)->close());
        Exchange expected = test::sampleExchange(1);
        expected.id = {1};
        QVERIFY(*(*in)->exchange({1}) == expected);
    }

    void judgesLateMirrors()
    {
        Recorder::Options options;
        options.judge = judge;
        auto recorder = Recorder::open(m_file, options);
        VERIFY_OK(recorder);
        auto in = CaptureReader::open(m_file);
        VERIFY_OK(in);
        (*recorder)->answered(share(running(1)));
        QTRY_COMPARE_WITH_TIMEOUT(*(*in)->count(), 1, 5000);
        (*recorder)->mirrorAnswered(share(unjudged(1)), 0);
        (*recorder)->finished(share(unjudged(1)));
        QTRY_COMPARE_WITH_TIMEOUT(toString((*in)->exchange({1})->mirrors[0].outcome), toString(Outcome::Different),
                                  5000);
        QCOMPARE((*recorder)->statistics().waiting, 0);
        VERIFY_OK((*recorder)->close());
        Exchange expected = test::sampleExchange(1);
        expected.id = {1};
        QVERIFY(*(*in)->exchange({1}) == expected);
    }

    void marksMirrorsThatRunAtTheEnd()
    {
        auto recorder = Recorder::open(m_file, {});
        VERIFY_OK(recorder);
        (*recorder)->answered(share(running(1)));
        VERIFY_OK((*recorder)->close());
        VERIFY_OK((*recorder)->close());
        QCOMPARE(QFileInfo(m_file).dir().entryList(QDir::Files), QStringList{u"traffic.parallax"_s});
        auto in = CaptureReader::open(m_file);
        VERIFY_OK(in);
        QCOMPARE(toString((*in)->exchange({1})->mirrors[0].dropReason), toString(DropReason::Interrupted));
        (*recorder)->answered(share(running(2)));
        QCOMPARE((*recorder)->statistics().dropped, 1);
    }

    void countsWhatAFullQueueDrops()
    {
        Recorder::Options options;
        options.queueExchanges = 10;
        std::atomic<bool> go{false};
        options.recorded = [&](const std::vector<ExchangePtr> &) {
            while (!go)
                std::this_thread::yield();
        };
        auto recorder = Recorder::open(m_file, options);
        VERIFY_OK(recorder);
        const auto release = qScopeGuard([&] { go = true; });
        const auto hand = [&](int number) {
            (*recorder)->answered(share(test::sampleExchange(number)));
            (*recorder)->finished(share(test::sampleExchange(number)));
        };
        hand(0);
        QTRY_COMPARE_WITH_TIMEOUT((*recorder)->statistics().recorded, 1, 5000); // now the thread is held
        for (int i = 1; i <= 100; ++i)
            hand(i);
        QCOMPARE((*recorder)->statistics().dropped, 90);
        go = true;
        VERIFY_OK((*recorder)->close());
        QCOMPARE((*recorder)->statistics().recorded, 11);
    }

    void countsWhatTooManyBytesDrop()
    {
        Recorder::Options options;
        options.queueBytes = 1000;
        std::atomic<bool> go{false};
        options.recorded = [&](const std::vector<ExchangePtr> &) {
            while (!go)
                std::this_thread::yield();
        };
        auto recorder = Recorder::open(m_file, options);
        VERIFY_OK(recorder);
        const auto release = qScopeGuard([&] { go = true; });
        (*recorder)->answered(share(test::sampleExchange(0)));
        (*recorder)->finished(share(test::sampleExchange(0)));
        QTRY_COMPARE_WITH_TIMEOUT((*recorder)->statistics().recorded, 1, 5000);
        Exchange large = test::sampleExchange(1);
        large.body = Body::whole(QByteArray(900, 'x'));
        (*recorder)->answered(share(large));
        large.requestId = u"other"_s;
        (*recorder)->answered(share(large));
        QCOMPARE((*recorder)->statistics().dropped, 1);
        go = true;
        VERIFY_OK((*recorder)->close());
        QCOMPARE((*recorder)->statistics().recorded, 2);
    }

    void recordsExchangesWithoutAnId()
    {
        Recorder::Options options;
        options.judge = judge;
        auto recorder = Recorder::open(m_file, options);
        VERIFY_OK(recorder);
        Exchange exchange = unjudged(1);
        exchange.requestId.clear();
        for (int i = 0; i < 3; ++i) {
            (*recorder)->answered(share(exchange));
            (*recorder)->finished(share(exchange));
        }
        VERIFY_OK((*recorder)->close());
        auto in = CaptureReader::open(m_file);
        VERIFY_OK(in);
        QCOMPARE(*(*in)->count(), 3);
        QCOMPARE(toString((*in)->exchange({3})->mirrors[0].outcome), toString(Outcome::Different));
        QCOMPARE((*recorder)->statistics().waiting, 0);
    }

    // A file that may not grow stands for a full disk.
    void pausesWhileNothingCanBeWritten()
    {
        auto recorder = Recorder::open(m_file, {});
        VERIFY_OK(recorder);
        const auto hand = [&](int number) {
            Exchange exchange = test::sampleExchange(number);
            exchange.body = Body::whole(QByteArray(3000, static_cast<char>('a' + number % 26)));
            (*recorder)->answered(share(exchange));
            (*recorder)->finished(share(exchange));
        };
        for (int i = 0; i < 50; ++i)
            hand(i);
        QTRY_COMPARE_WITH_TIMEOUT((*recorder)->statistics().recorded, 50, 5000);
        rlimit before{};
        QCOMPARE(getrlimit(RLIMIT_FSIZE, &before), 0);
        std::signal(SIGXFSZ, SIG_IGN);
        rlimit tight = before;
        tight.rlim_cur = static_cast<rlim_t>(QFileInfo(m_file + u"-wal"_s).size());
        QCOMPARE(setrlimit(RLIMIT_FSIZE, &tight), 0);
        const auto release = qScopeGuard([&] { setrlimit(RLIMIT_FSIZE, &before); });
        for (int i = 50; i < 100; ++i)
            hand(i);
        QTRY_VERIFY_WITH_TIMEOUT((*recorder)->statistics().paused.has_value(), 5000);
        QVERIFY(wording::hasText((*recorder)->statistics().paused->code));
        for (int i = 100; i < 150; ++i)
            hand(i);
        QCOMPARE((*recorder)->statistics().recorded, 50);
        setrlimit(RLIMIT_FSIZE, &before);
        QTRY_COMPARE_WITH_TIMEOUT((*recorder)->statistics().recorded, 150, 10'000);
        QVERIFY(!(*recorder)->statistics().paused);
        QCOMPARE((*recorder)->statistics().lost, 0);
        VERIFY_OK((*recorder)->close());
        auto in = CaptureReader::open(m_file);
        VERIFY_OK(in);
        std::set<QString> ids;
        VERIFY_OK((*in)->forEach([&](Exchange &&exchange) { return ids.insert(exchange.requestId).second; }));
        QCOMPARE(ids.size(), std::size_t(150));
    }

    void refusesASecondRecorder()
    {
        auto first = Recorder::open(m_file, {});
        VERIFY_OK(first);
        const auto second = Recorder::open(m_file, {});
        QVERIFY(!second);
        QCOMPARE(second.error().code, kCaptureBusy);
    }
};

PARALLAX_TEST_MAIN(TestTrafficRecorder)
#include "tst_traffic_recorder.moc"
