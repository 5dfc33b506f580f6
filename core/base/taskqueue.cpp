// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/taskqueue.h"

#include <QMutex>
#include <QObject>
#include <QThread>
#include <QThreadPool>

namespace parallax::base {

/// Where answers are handed in: whoever holds the lock knows that the receiver is there.
struct TaskQueue::Mailbox
{
    QMutex mutex;
    QObject *receiver = nullptr;

    void post(Answer answer)
    {
        const QMutexLocker lock(&mutex);
        if (receiver != nullptr && answer)
            QMetaObject::invokeMethod(receiver, std::move(answer), Qt::QueuedConnection);
    }
};

TaskQueue::TaskQueue(QObject *receiver, AtEnd atEnd)
    : m_pool(std::make_unique<QThreadPool>())
    , m_mailbox(std::make_shared<Mailbox>())
    , m_atEnd(atEnd)
{
    m_pool->setMaxThreadCount(1);
    m_mailbox->receiver = receiver;
}

namespace {

/// On a thread of everybody's pool; waiting takes nobody's turn.
void inBackground(std::function<void()> wait)
{
    QThreadPool *everybodys = QThreadPool::globalInstance();
    everybodys->start([wait = std::move(wait), everybodys] {
        everybodys->releaseThread();
        wait();
        everybodys->reserveThread();
    });
}

} // namespace

void retire(std::vector<std::unique_ptr<QThread>> threads)
{
    inBackground([threads = std::make_shared<std::vector<std::unique_ptr<QThread>>>(std::move(threads))] {
        for (std::unique_ptr<QThread> &thread : *threads) {
            thread->quit();
            thread->wait();
            thread.reset();
        }
    });
}

TaskQueue::~TaskQueue()
{
    {
        const QMutexLocker lock(&m_mailbox->mutex);
        m_mailbox->receiver = nullptr;
    }
    if (m_atEnd == AtEnd::Drop)
        m_pool->clear();
    if (m_pool->waitForDone(0))
        return;
    inBackground([pool = std::shared_ptr<QThreadPool>(std::move(m_pool))] { pool->waitForDone(); });
}

void TaskQueue::run(Work work)
{
    m_pool->start([mailbox = m_mailbox, work = std::move(work)] { mailbox->post(work()); });
}

void TaskQueue::clear()
{
    m_pool->clear();
}

} // namespace parallax::base
