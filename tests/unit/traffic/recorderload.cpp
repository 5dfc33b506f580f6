// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Records into a capture as fast as a busy router would, until it is killed: `traffic_recorder_load CAPTURE LOG FIRST`.
// Every exchange has a mirror that answers soon and one that hangs. Once an exchange was handed to the recorder, its
// number and the time (monotonic, ns) go into LOG, which is written past every buffer.
#include "samples.h"
#include "traffic/recorder.h"

#include <QCoreApplication>
#include <QFile>

#include <thread>

using namespace parallax;
using namespace parallax::traffic;

namespace {

void judge(Exchange &exchange)
{
    for (Reply &mirror : exchange.mirrors)
        mirror.outcome = mirror.state == AnswerState::Complete ? Outcome::Different : Outcome::Dropped;
}

Reply pending(const QString &name)
{
    Reply reply;
    reply.name = name;
    reply.role = Role::Mirror;
    return reply;
}

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    if (argc != 4)
        return 2;
    Recorder::Options options;
    options.capture = test::plainOptions();
    options.judge = judge;
    auto recorder = Recorder::open(QString::fromLocal8Bit(argv[1]), options);
    QFile log(QString::fromLocal8Bit(argv[2]));
    if (!recorder || !log.open(QIODevice::WriteOnly | QIODevice::Append | QIODevice::Unbuffered))
        return 1;
    for (int number = std::atoi(argv[3]);; ++number) {
        Exchange answered = test::sampleExchange(number);
        const Reply soon = answered.mirrors[0];
        answered.mirrors = {pending(QStringLiteral("mirror_1")), pending(QStringLiteral("mirror_2"))};
        (*recorder)->answered(std::make_shared<Exchange>(answered));
        const auto now = std::chrono::steady_clock::now().time_since_epoch();
        log.write(QByteArray::number(number) + ' ' + QByteArray::number(qint64(Nanoseconds(now).count())) + '\n');
        answered.mirrors[0] = soon;
        (*recorder)->mirrorAnswered(std::make_shared<Exchange>(answered), 0);
        if (number % 4 == 0)
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
}
