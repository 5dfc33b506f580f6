// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/taskqueue.h"
#include "support/testmain.h"

#include <QSemaphore>
#include <QThread>
#include <QThreadPool>

#include <atomic>

using namespace parallax;
using base::TaskQueue;

namespace {

struct Receiver : QObject
{
    explicit Receiver(TaskQueue::AtEnd atEnd)
        : queue(this, atEnd)
    {}

    QList<int> answers;
    TaskQueue queue;
};

} // namespace

class TestBaseTaskQueue : public test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void answersComeInOrderOnTheReceiversThread()
    {
        Receiver receiver(TaskQueue::AtEnd::Finish);
        bool isHere = true;
        for (int i = 0; i < 50; ++i)
            receiver.queue.run([&, i]() -> TaskQueue::Answer {
                const bool wasElsewhere = QThread::currentThread() != receiver.thread();
                return [&, i, wasElsewhere] {
                    isHere = isHere && wasElsewhere && QThread::currentThread() == receiver.thread();
                    receiver.answers += i;
                };
            });
        QTRY_COMPARE(receiver.answers.size(), 50);
        QVERIFY(isHere);
        QVERIFY(std::is_sorted(receiver.answers.begin(), receiver.answers.end()));
    }

    void goingDoesNotWaitAndFinishesWhatWasAsked()
    {
        QSemaphore begun, go;
        std::atomic<int> done = 0;
        {
            Receiver receiver(TaskQueue::AtEnd::Finish);
            receiver.queue.run([&]() -> TaskQueue::Answer {
                begun.release();
                go.acquire();
                ++done;
                return [] { qFatal("answered somebody who is gone"); };
            });
            receiver.queue.run([&]() -> TaskQueue::Answer {
                ++done;
                return {};
            });
            begun.acquire();
        } // would hang here if it waited
        QCOMPARE(done.load(), 0);
        go.release();
        QVERIFY(QThreadPool::globalInstance()->waitForDone(10'000));
        QCOMPARE(done.load(), 2);
        QCoreApplication::processEvents();
    }

    void whatIsNotBegunCanBeDropped()
    {
        QSemaphore begun, go;
        std::atomic<int> done = 0;
        {
            Receiver receiver(TaskQueue::AtEnd::Drop);
            receiver.queue.run([&]() -> TaskQueue::Answer {
                begun.release();
                go.acquire();
                ++done;
                return {};
            });
            receiver.queue.run([&]() -> TaskQueue::Answer {
                ++done;
                return {};
            });
            begun.acquire();
        }
        go.release();
        QVERIFY(QThreadPool::globalInstance()->waitForDone(10'000));
        QCOMPARE(done.load(), 1);
    }

    void manyThatGoAtOnceTakeNoTurnsFromOthers()
    {
        QSemaphore go;
        QSemaphore begun;
        for (int i = 0; i < 8; ++i) {
            Receiver receiver(TaskQueue::AtEnd::Finish);
            receiver.queue.run([&]() -> TaskQueue::Answer {
                begun.release();
                go.acquire();
                return {};
            });
            begun.acquire();
        }
        std::atomic<bool> isServed = false;
        QThreadPool::globalInstance()->start([&isServed] { isServed = true; });
        QTRY_VERIFY(isServed.load());
        go.release(8);
        QVERIFY(QThreadPool::globalInstance()->waitForDone(10'000));
    }
};

PARALLAX_TEST_MAIN(TestBaseTaskQueue)
#include "tst_base_taskqueue.moc"
