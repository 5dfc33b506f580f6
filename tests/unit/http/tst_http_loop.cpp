// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The event dispatcher of router threads and the deadlines that run on it.
#include "http/deadlines.h"
#include "http/epolldispatcher.h"
#include "support/testmain.h"

#include <QElapsedTimer>
#include <QSocketNotifier>
#include <QTcpServer>
#include <QTcpSocket>
#include <QThread>
#include <QTimer>

#include <atomic>
#include <semaphore>

#ifdef Q_OS_LINUX
#include <sys/socket.h>
#include <unistd.h>
#endif

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace parallax;

namespace {

/// A thread with the dispatcher, and an object to run things on it.
class Loop
{
public:
    Loop()
    {
        http::installEventDispatcher(m_thread);
        m_object.moveToThread(&m_thread);
        m_thread.start();
    }
    ~Loop()
    {
        m_thread.quit();
        m_thread.wait();
    }
    Loop(const Loop &) = delete;
    Loop &operator=(const Loop &) = delete;
    /// Runs `what` on the thread and waits for its end.
    template<class Function>
    void run(Function what)
    {
        QMetaObject::invokeMethod(&m_object, what, Qt::BlockingQueuedConnection);
    }
    template<class Function>
    void post(Function what)
    {
        QMetaObject::invokeMethod(&m_object, what, Qt::QueuedConnection);
    }
    QObject *object() { return &m_object; }
    QThread &thread() { return m_thread; }

private:
    QThread m_thread;
    QObject m_object;
};

} // namespace

class TestHttpLoop : public test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void theDispatcherIsOurs()
    {
        Loop loop;
        loop.run([] {
#ifdef Q_OS_LINUX
            QVERIFY(qobject_cast<http::EpollDispatcher *>(QAbstractEventDispatcher::instance()) != nullptr);
#endif
        });
    }

    void wakingUpFromOtherThreadsLosesNothing()
    {
        Loop loop;
        std::atomic<int> count{0};
        std::vector<std::unique_ptr<QThread>> threads;
        for (int t = 0; t < 4; ++t) {
            threads.emplace_back(QThread::create([&] {
                for (int i = 0; i < 2'000; ++i)
                    loop.post([&count] { ++count; });
            }));
            threads.back()->start();
        }
        for (const auto &thread : threads)
            thread->wait();
        QTRY_COMPARE(count.load(), 8'000);
    }

    void postsFromItsOwnThreadNeedNoOutsideWaking()
    {
        Loop loop;
        std::binary_semaphore done(0);
        std::atomic<int> left{100};
        std::function<void()> again = [&] {
            if (--left == 0)
                done.release();
            else
                loop.post(again);
        };
        loop.post(again);
        QVERIFY(done.try_acquire_for(5s));
    }

    void timersFireInOrderAndStop()
    {
        Loop loop;
        std::atomic<int> fast{0};
        std::atomic<int> slow{0};
        QTimer *timer = nullptr;
        QElapsedTimer elapsed;
        elapsed.start();
        loop.run([&] {
            timer = new QTimer(loop.object());
            timer->setTimerType(Qt::PreciseTimer);
            QObject::connect(timer, &QTimer::timeout, loop.object(), [&] { ++fast; });
            timer->start(10);
            QTimer::singleShot(80, loop.object(), [&] {
                ++slow;
                timer->stop();
            });
            QVERIFY(QAbstractEventDispatcher::instance()->remainingTime(timer->timerId()) <= 10);
            QCOMPARE(QAbstractEventDispatcher::instance()->registeredTimers(timer).size(), 1);
        });
        QTRY_COMPARE(slow.load(), 1);
        QVERIFY(elapsed.elapsed() >= 80);
        QVERIFY2(fast.load() >= 1 && fast.load() <= 8, qPrintable(QString::number(fast.load())));
        const int before = fast.load();
        loop.run([&] { QCOMPARE(QAbstractEventDispatcher::instance()->registeredTimers(timer).size(), 0); });
        std::binary_semaphore later(0);
        loop.run([&] { QTimer::singleShot(30, loop.object(), [&later] { later.release(); }); });
        QVERIFY(later.try_acquire_for(5s));
        QCOMPARE(fast.load(), before);
        loop.run([&] { delete timer; });
    }

    void aTimerOfZeroLetsOthersThrough()
    {
        Loop loop;
        std::atomic<bool> other{false};
        loop.run([&] {
            auto *busy = new QTimer(loop.object());
            QObject::connect(busy, &QTimer::timeout, loop.object(), [] {});
            busy->start(0);
        });
        loop.run([&] { QTimer::singleShot(20, loop.object(), [&other] { other = true; }); });
        QTRY_VERIFY(other);
        loop.run([&] { qDeleteAll(loop.object()->findChildren<QTimer *>()); });
    }

    void socketsOfQtWorkOnIt()
    {
        Loop loop;
        QTcpServer *server = nullptr;
        quint16 port = 0;
        loop.run([&] {
            server = new QTcpServer(loop.object());
            QObject::connect(server, &QTcpServer::newConnection, loop.object(), [server] {
                QTcpSocket *socket = server->nextPendingConnection();
                QObject::connect(socket, &QTcpSocket::readyRead, socket,
                                 [socket] { socket->write(socket->readAll()); });
            });
            server->listen(QHostAddress::LocalHost);
            port = server->serverPort();
        });
        const QByteArray sent(3'000'000, 'x');
        QTcpSocket client;
        client.connectToHost(QHostAddress::LocalHost, port);
        client.write(sent);
        QTRY_COMPARE_WITH_TIMEOUT(client.bytesAvailable(), sent.size(), 10'000);
        loop.run([&] { delete server; });
    }

#ifdef Q_OS_LINUX
    void aReusedDescriptorGetsNoOldEvents()
    {
        Loop loop;
        std::atomic<int> first{0};
        std::atomic<int> second{0};
        loop.run([&] {
            int a[2];
            int b[2];
            QCOMPARE(::socketpair(AF_UNIX, SOCK_STREAM, 0, a), 0);
            QCOMPARE(::socketpair(AF_UNIX, SOCK_STREAM, 0, b), 0);
            auto *one = new QSocketNotifier(a[0], QSocketNotifier::Read, loop.object());
            auto *two = new QSocketNotifier(b[0], QSocketNotifier::Read, loop.object());
            // Both are readable in one round; whichever comes first closes the other and reuses its number.
            const auto swap = [&, a0 = a[0], b0 = b[0]](QSocketNotifier *other, int otherFd, std::atomic<int> &count) {
                ++count;
                other->setEnabled(false);
                ::close(otherFd);
                int fresh[2];
                QCOMPARE(::socketpair(AF_UNIX, SOCK_STREAM, 0, fresh), 0);
                auto *late = new QSocketNotifier(fresh[0] == otherFd ? fresh[0] : fresh[1], QSocketNotifier::Read,
                                                 loop.object());
                QObject::connect(late, &QSocketNotifier::activated, loop.object(), [&second] { ++second; });
            };
            QObject::connect(one, &QSocketNotifier::activated, loop.object(), [=, &first] {
                one->setEnabled(false);
                swap(two, b[0], first);
            });
            QObject::connect(two, &QSocketNotifier::activated, loop.object(), [=, &first] {
                two->setEnabled(false);
                swap(one, a[0], first);
            });
            QCOMPARE(::write(a[1], "x", 1), 1);
            QCOMPARE(::write(b[1], "x", 1), 1);
        });
        QTRY_COMPARE(first.load(), 1);
        loop.run([] {});
        loop.run([] {});
        QCOMPARE(second.load(), 0);
        loop.run([&] { qDeleteAll(loop.object()->findChildren<QSocketNotifier *>()); });
    }
#endif

    void deadlinesAreNeverEarlyAndCanBePostponed()
    {
        Loop loop;
        std::atomic<qint64> at{0};
        std::atomic<int> disarmed{0};
        std::unique_ptr<http::DeadlineQueue> queue;
        std::unique_ptr<http::Deadline> one;
        std::unique_ptr<http::Deadline> two;
        std::unique_ptr<http::Deadline> three;
        QElapsedTimer elapsed;
        elapsed.start();
        loop.run([&] {
            queue = std::make_unique<http::DeadlineQueue>();
            one = std::make_unique<http::Deadline>(*queue, [&] {
                at = elapsed.elapsed();
                three.reset(); // another one goes while one is called
            });
            two = std::make_unique<http::Deadline>(*queue, [&] { ++disarmed; });
            three = std::make_unique<http::Deadline>(*queue, [&] { ++disarmed; });
            one->arm(20ms);
            one->arm(120ms); // postponed
            two->arm(30ms);
            two->disarm();
            three->arm(3h);
            QVERIFY(one->isArmed() && !two->isArmed());
        });
        QTRY_VERIFY(at > 0);
        QVERIFY2(at >= 120 && at < 1'000, qPrintable(QString::number(at.load())));
        loop.run([&] {
            QVERIFY(!one->isArmed());
            QCOMPARE(disarmed.load(), 0);
            two->arm(10'000ms);
            two->arm(10ms); // brought forward
        });
        QTRY_COMPARE(disarmed.load(), 1);
        loop.run([&] {
            one.reset();
            two.reset();
            queue.reset();
        });
    }

    void thousandsOfDeadlinesAllPass()
    {
        http::DeadlineQueue queue;
        int passed = 0;
        std::vector<std::unique_ptr<http::Deadline>> all;
        for (int i = 0; i < 5'000; ++i) {
            all.push_back(std::make_unique<http::Deadline>(queue, [&passed] { ++passed; }));
            all.back()->arm(std::chrono::milliseconds(1 + i % 200));
        }
        QTRY_COMPARE(passed, 5'000);
    }
};

PARALLAX_TEST_MAIN(TestHttpLoop)
#include "tst_http_loop.moc"
