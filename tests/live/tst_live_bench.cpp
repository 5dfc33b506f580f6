// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The budget of the GUI thread: no slot over 16 ms while 2,000 requests a second pass through the router: once through
// its port, and once handed over as the router does, which fills the table to its limit. Every event the GUI thread
// handles is timed, by the processor time it takes, so that other programs on the machine do not count.
#include "live/livesupport.h"
#include "resources/resources.h"
#include "ui/commands/catalogue.h"
#include "ui/commands/commandregistry.h"
#include "ui/live/livecommands.h"
#include "ui/live/livepage.h"
#include "ui/theme/theme.h"

#include <QApplication>
#include <QElapsedTimer>
#include <QTableView>

#include <array>
#include <atomic>
#include <ctime>
#include <netinet/in.h>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

namespace {

qint64 threadNanoseconds()
{
    timespec now{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return now.tv_sec * 1'000'000'000LL + now.tv_nsec;
}

/// Times every event from the outermost notify() in.
class TimingApplication final : public QApplication
{
public:
    using QApplication::QApplication;
    bool notify(QObject *receiver, QEvent *event) override
    {
        if (m_depth > 0 || !isTiming)
            return QApplication::notify(receiver, event);
        const char *name = receiver->metaObject()->className();
        const int type = event->type();
        ++m_depth;
        const qint64 before = threadNanoseconds();
        const bool isHandled = QApplication::notify(receiver, event);
        const qint64 taken = threadNanoseconds() - before;
        --m_depth;
        sum += taken;
        ++events;
        if (taken > longest) {
            longest = taken;
            where = QByteArray(name) + " event " + QByteArray::number(type);
        }
        return isHandled;
    }

    bool isTiming = false;
    qint64 longest = 0;
    qint64 sum = 0;
    qint64 events = 0;
    QByteArray where;

private:
    int m_depth = 0;
};

} // namespace

#undef PARALLAX_TEST_APPLICATION
#define PARALLAX_TEST_APPLICATION TimingApplication
#include "support/testmain.h"

using namespace Qt::StringLiterals;
using namespace parallax;

namespace {

constexpr int kPerSecond = 2'000;
constexpr int kSeconds = 5;
constexpr double kBudgetMs = 16.0;

traffic::ExchangePtr exchange(int number)
{
    const QByteArray n = QByteArray::number(number);
    auto made = std::make_shared<traffic::Exchange>();
    made->requestId = QString::fromLatin1("r-" + n);
    made->arrival = SystemClock().wallTime();
    made->endpoint = u"pricing_optimizer"_s;
    made->method = "POST";
    made->target = "/v1/endpoint/pricing_optimizer";
    made->headers = {{"Content-Type", "application/json"}, {"User-Agent", "bench"}};
    made->body = traffic::Body::whole("{\"data\":{\"carat\":0." + n +
                                      ",\"cut\":\"Ideal\",\"color\":\"G\",\"clarity\":\"VS1\",\"depth\":62.8}}");
    const auto reply = [&](const char *name, traffic::Role role, const QByteArray &price) {
        traffic::Reply one;
        one.name = QString::fromLatin1(name);
        one.role = role;
        one.state = traffic::AnswerState::Complete;
        one.status = 200;
        one.headers = {{"Content-Type", "application/json"}};
        one.body = traffic::Body::whole("{\"data\":{\"price\":" + price +
                                        ",\"currency\":\"USD\",\"interval\":{\"low\":2604.1,\"high\":2910.72}}}");
        one.timings = {Nanoseconds(0), Nanoseconds(1'000'000), Nanoseconds(30'000'000), Nanoseconds(41'000'000)};
        return one;
    };
    made->primary = reply("alias", traffic::Role::Primary, "2757.41");
    made->mirrors.push_back(reply("mirror_1", traffic::Role::Mirror, number % 50 == 0 ? "2811.06" : "2757.41"));
    made->mirrors.push_back(reply("mirror_2", traffic::Role::Mirror, number % 90 == 0 ? "2700.00" : "2757.41"));
    return made;
}

TimingApplication *startTiming()
{
    auto *application = static_cast<TimingApplication *>(QCoreApplication::instance());
    application->longest = application->sum = application->events = 0;
    application->isTiming = true;
    return application;
}

/// Sends the requests at their pace on one connection and gives the answers that came, with the time it took.
int sendPaced(quint16 port, double &seconds)
{
    const int socket = ::socket(AF_INET, SOCK_STREAM, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(socket, reinterpret_cast<const sockaddr *>(&address), sizeof(address)) != 0)
        return -1;
    QElapsedTimer clock;
    clock.start();
    std::thread writer([socket, &clock] {
        for (int i = 0; i < kPerSecond * kSeconds; ++i) {
            const auto due = static_cast<qint64>(i) * 1'000'000'000LL / kPerSecond;
            while (clock.nsecsElapsed() < due)
                std::this_thread::sleep_for(std::chrono::microseconds(200));
            const QByteArray body = "{\"data\": " + QByteArray::number(i) + "}";
            const QByteArray request = "POST /v1/endpoint/price HTTP/1.1\r\nHost: localhost\r\nContent-Length: " +
                                       QByteArray::number(body.size()) + "\r\n\r\n" + body;
            if (::send(socket, request.constData(), static_cast<size_t>(request.size()), MSG_NOSIGNAL) < 0)
                return;
        }
    });
    int answered = 0;
    QByteArray rest;
    std::array<char, 65'536> bytes;
    while (answered < kPerSecond * kSeconds) {
        const ssize_t n = ::recv(socket, bytes.data(), bytes.size(), 0);
        if (n <= 0)
            break;
        rest.append(bytes.data(), n);
        const QByteArray sign = "HTTP/1.1 200 ";
        answered += static_cast<int>(rest.count(sign));
        rest = rest.mid(std::max<qsizetype>(rest.lastIndexOf(sign) + sign.size(), rest.size() - sign.size() + 1));
    }
    writer.join();
    seconds = static_cast<double>(clock.nsecsElapsed()) / 1e9;
    ::close(socket);
    return answered;
}

} // namespace

class BenchLive : public test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { resources::initialise(); }

    void noSlotTakesLongerThanAFrame_data()
    {
        QTest::addColumn<int>("before");
        QTest::newRow("empty table") << 0;
        QTest::newRow("full table") << ui::TrafficModel::kCapacity;
    }

    void noSlotTakesLongerThanAFrame()
    {
        QFETCH(int, before);
        test::LiveBench bench(test::liveRepository({}, test::staticTarget("primary", "1")));
        const theme::Theme theme(theme::Theme::Mode::Dark);
        commands::CommandRegistry registry(theme);
        registry.addAll(commands::catalogue());
        ui::bindRouterCommands(registry, bench.presenter);
        ui::LivePage page(theme, registry, bench.presenter);
        page.resize(1376, 838);
        page.show();
        traffic::ExchangeSink &sink = bench.presenter.sink();
        std::vector<ui::TrafficItem> items;
        for (int i = 0; i < before; ++i)
            items.push_back({exchange(10'000'000 + i), u"carat 1"_s, {}, {}});
        bench.presenter.traffic().append(items);
        items.clear();
        // The page settles before it counts: fonts and icons are loaded once.
        sink.answered(exchange(20'000'000));
        sink.finished(exchange(20'000'000));
        QTRY_VERIFY(page.findChild<QTableView *>(u"trafficTable"_s)->isVisible());
        page.findChild<QTableView *>(u"trafficTable"_s)->selectRow(0);
        QTest::qWait(500);

        TimingApplication *application = startTiming();
        QElapsedTimer elapsed;
        elapsed.start();
        std::atomic<bool> isDone{false};
        std::thread router([&] {
            QElapsedTimer clock;
            clock.start();
            for (int i = 0; i < kPerSecond * kSeconds; ++i) {
                const traffic::ExchangePtr one = exchange(i);
                sink.answered(one);
                sink.finished(one);
                const auto due = static_cast<qint64>(i) * 1'000'000'000LL / kPerSecond;
                while (clock.nsecsElapsed() < due)
                    std::this_thread::sleep_for(std::chrono::milliseconds(1));
            }
            isDone = true;
        });
        const bool isOver = QTest::qWaitFor([&isDone] { return isDone.load(); }, kSeconds * 10'000);
        router.join();
        QVERIFY(isOver);
        const double busy = 100.0 * static_cast<double>(application->sum) / static_cast<double>(elapsed.nsecsElapsed());
        const auto arrived = bench.presenter.traffic().total() + bench.presenter.traffic().removed() - before;
        QTRY_VERIFY(bench.presenter.traffic().total() + bench.presenter.traffic().removed() +
                        bench.presenter.unshown() - before >=
                    kPerSecond * kSeconds);
        application->isTiming = false;
        const double longest = static_cast<double>(application->longest) / 1e6;
        qInfo("%d exchanges a second for %d s: longest slot %.1f ms (%s), GUI thread busy %.0f%%, %lld rows shown in "
              "time, %lld too fast",
              kPerSecond, kSeconds, longest, application->where.constData(), busy, static_cast<long long>(arrived),
              static_cast<long long>(bench.presenter.unshown()));
        QVERIFY2(longest <= kBudgetMs, application->where.constData());
    }

    void noSlotTakesLongerThanAFrameBehindTheListeningRouter()
    {
        test::LiveBench bench(test::liveRepository({"same", "other"}, test::staticTarget("primary", "1") +
                                                                          test::staticTarget("same", "1") +
                                                                          test::staticTarget("other", "2")));
        const theme::Theme theme(theme::Theme::Mode::Light);
        commands::CommandRegistry registry(theme);
        registry.addAll(commands::catalogue());
        ui::bindRouterCommands(registry, bench.presenter);
        ui::LivePage page(theme, registry, bench.presenter);
        page.resize(1376, 838);
        page.show();
        QVERIFY(bench.start());
        QCOMPARE(bench.post(), 200);
        QTRY_COMPARE(bench.presenter.traffic().rowCount(), 1);
        page.findChild<QTableView *>(u"trafficTable"_s)->selectRow(0);
        QTest::qWait(500);

        TimingApplication *application = startTiming();
        std::atomic<bool> isDone{false};
        double seconds = 0;
        int answered = 0;
        std::thread client([&] {
            answered = sendPaced(bench.port(), seconds);
            isDone = true;
        });
        const bool isOver = QTest::qWaitFor([&isDone] { return isDone.load(); }, kSeconds * 10'000);
        client.join();
        application->isTiming = false;
        QVERIFY(isOver);
        const double longest = static_cast<double>(application->longest) / 1e6;
        qInfo("%d requests answered in %.2f s through the port: longest slot %.1f ms (%s)", answered, seconds, longest,
              application->where.constData());
        QCOMPARE(answered, kPerSecond * kSeconds);
        QTRY_COMPARE(bench.presenter.figures().requests, static_cast<quint64>(kPerSecond * kSeconds + 1));
        QVERIFY2(longest <= kBudgetMs, application->where.constData());
        QVERIFY(bench.stop());
    }
};

PARALLAX_TEST_MAIN(BenchLive)
#include "tst_live_bench.moc"
