// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/signalwatcher.h"

#include <QSocketNotifier>

#include <atomic>
#include <csignal>
#include <fcntl.h>
#include <unistd.h>

namespace parallax::base {

namespace {

std::atomic<int> writeEnd{-1};
std::atomic<int> interruptsLeft{1};

void onSignal(int number)
{
    if (number == SIGINT && interruptsLeft.fetch_sub(1) <= 0)
        ::_exit(130);
    const char byte = number == SIGHUP ? 'h' : number == SIGTSTP ? 'z' : number == SIGCONT ? 'c' : 's';
    [[maybe_unused]] const ssize_t written = ::write(writeEnd.load(), &byte, 1);
}

void watch(int number)
{
    struct sigaction action = {};
    action.sa_handler = onSignal;
    action.sa_flags = SA_RESTART;
    ::sigaction(number, &action, nullptr);
}

} // namespace

SignalWatcher::SignalWatcher(int interruptsObeyed, QObject *parent)
    : QObject(parent)
{
    int ends[2] = {-1, -1};
    if (::pipe2(ends, O_CLOEXEC | O_NONBLOCK) != 0)
        return;
    m_readEnd = ends[0];
    writeEnd = ends[1];
    interruptsLeft = interruptsObeyed;
    m_notifier = new QSocketNotifier(m_readEnd, QSocketNotifier::Read, this);
    connect(m_notifier, &QSocketNotifier::activated, this, &SignalWatcher::onReadable);
    for (const int number : {SIGINT, SIGTERM, SIGHUP})
        watch(number);
}

SignalWatcher::~SignalWatcher()
{
    for (const int number : {SIGINT, SIGTERM, SIGHUP, SIGTSTP, SIGCONT})
        std::signal(number, SIG_DFL);
    ::close(writeEnd.exchange(-1));
    ::close(m_readEnd);
}

void SignalWatcher::watchSuspension()
{
    watch(SIGTSTP);
    watch(SIGCONT);
}

void SignalWatcher::suspend()
{
    ::raise(SIGSTOP);
}

void SignalWatcher::onReadable()
{
    char bytes[64];
    const ssize_t count = ::read(m_readEnd, bytes, sizeof bytes);
    for (ssize_t i = 0; i < count; ++i) {
        if (bytes[i] == 'h')
            Q_EMIT reloadRequested();
        else if (bytes[i] == 'z')
            Q_EMIT suspendRequested();
        else if (bytes[i] == 'c')
            Q_EMIT resumed();
        else
            Q_EMIT stopRequested();
    }
}

} // namespace parallax::base
