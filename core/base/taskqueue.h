// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <memory>
#include <vector>

class QObject;
class QThread;
class QThreadPool;

namespace parallax::base {

/// Work for one thread in the background, one piece after the other, and its answers on the receiver's thread. A member
/// of the receiver, so that it goes before it. Going never waits: what is under way ends on its own thread, its answer
/// is void, and the end of the program (QCoreApplication's, through the global thread pool) waits for it. Made, used
/// and destroyed on the receiver's thread.
class TaskQueue
{
public:
    using Answer = std::function<void()>;
    using Work = std::function<Answer()>; ///< runs in the background; what it returns on the receiver's thread
    enum class AtEnd {
        Finish, ///< what was asked for is still done (a save)
        Drop,   ///< what is not begun yet is not done any more (a picture of something)
    };

    TaskQueue(QObject *receiver, AtEnd atEnd);
    ~TaskQueue();
    TaskQueue(const TaskQueue &) = delete;
    TaskQueue &operator=(const TaskQueue &) = delete;

    void run(Work work);
    /// Forgets what is not begun yet.
    void clear();

private:
    struct Mailbox;

    std::unique_ptr<QThreadPool> m_pool;
    std::shared_ptr<Mailbox> m_mailbox;
    AtEnd m_atEnd;
};

/// Ends these threads one after the other in the background, with what lives on them, and deletes them. Waits no more
/// than the queue does.
void retire(std::vector<std::unique_ptr<QThread>> threads);

} // namespace parallax::base
