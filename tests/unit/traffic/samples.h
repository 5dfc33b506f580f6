// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Exchanges for the tests of core/traffic.
#pragma once

#include "traffic/capturestore.h"

namespace parallax::test {

inline traffic::Reply sampleReply(const QString &name, traffic::Role role, int status, const QByteArray &body)
{
    traffic::Reply reply;
    reply.name = name;
    reply.role = role;
    reply.deployment = QStringLiteral("pricing_model_v2");
    reply.branch = QStringLiteral("main");
    reply.version = QStringLiteral("latest");
    reply.url = QStringLiteral("http://127.0.0.1:9001/v1/pricing_model_v2/latest");
    reply.state = traffic::AnswerState::Complete;
    reply.status = status;
    reply.headers = {{"content-type", "application/json"}, {"server", "python"}};
    reply.body = traffic::Body::whole(body);
    reply.timings = {Nanoseconds(1000), Nanoseconds(251'000), Nanoseconds(40'900'000), Nanoseconds(41'200'123)};
    return reply;
}

/// Request `number` of the endpoint `pricing` with a primary and one mirror, both answered.
inline traffic::Exchange sampleExchange(int number)
{
    traffic::Exchange exchange;
    exchange.arrival =
        WallTime(std::chrono::seconds(1'767'323'045) + Nanoseconds(123'456'000LL + number * 1'000'000LL));
    exchange.endpoint = QStringLiteral("pricing");
    exchange.method = "POST";
    exchange.target = "/v1/endpoint/pricing";
    exchange.headers = {{"host", "127.0.0.1:8080"}, {"content-type", "application/json"}, {"accept", "*/*"}};
    exchange.body = traffic::Body::whole("{\"data\": {\"carat\": 0." + QByteArray::number(number % 90 + 10) +
                                         ", \"cut\": \"Ideal\", \"color\": \"E\", \"clarity\": \"SI2\"}}");
    exchange.primary = sampleReply(QStringLiteral("alias"), traffic::Role::Primary, 200,
                                   "{\"data\": " + QByteArray::number(300 + number) + ".25}");
    exchange.mirrors = {sampleReply(QStringLiteral("mirror_1"), traffic::Role::Mirror, 200,
                                    "{\"data\": " + QByteArray::number(301 + number) + ".5}")};
    exchange.mirrors[0].outcome = traffic::Outcome::Different;
    exchange.mirrors[0].differences = 1;
    exchange.requestId = QStringLiteral("r-%1").arg(number);
    return exchange;
}

/// The same with nothing left out.
inline traffic::Exchange fullExchange(int number)
{
    traffic::Exchange exchange = sampleExchange(number);
    exchange.recorded = sampleReply(QStringLiteral("production"), traffic::Role::Primary, 503, "busy\n");
    exchange.recorded->failure = QStringLiteral("reset by peer");
    exchange.tags = {QStringLiteral("slow"), QStringLiteral("to check")};
    exchange.note = QStringLiteral("Größe?\n\"quoted\"");
    exchange.session = QStringLiteral("user-7");
    exchange.isClientAborted = true;
    exchange.isWarmup = true;
    exchange.intended = Nanoseconds(5'000'001);
    exchange.started = Nanoseconds(5'200'000);
    traffic::Reply timeout;
    timeout.name = QStringLiteral("mirror_2");
    timeout.role = traffic::Role::Mirror;
    timeout.deployment = QStringLiteral("other");
    timeout.branch = QStringLiteral("feature/x");
    timeout.version = QStringLiteral("3");
    timeout.state = traffic::AnswerState::Timeout;
    timeout.outcome = traffic::Outcome::Timeout;
    timeout.credentialsRemoved = true;
    timeout.timings.done = Nanoseconds(30'000'000'000);
    exchange.mirrors.push_back(timeout);
    traffic::Reply dropped;
    dropped.name = QStringLiteral("mirror_3");
    dropped.role = traffic::Role::Mirror;
    dropped.state = traffic::AnswerState::Dropped;
    dropped.dropReason = traffic::DropReason::BreakerOpen;
    dropped.outcome = traffic::Outcome::Dropped;
    exchange.mirrors.push_back(dropped);
    traffic::Reply binary = sampleReply(QStringLiteral("mirror_4"), traffic::Role::Mirror, 200, {});
    binary.body = traffic::Body::whole(QByteArray("\x00\xff\xfe\"\\\n\x01", 7));
    binary.outcome = traffic::Outcome::NotComparable;
    exchange.mirrors.push_back(binary);
    return exchange;
}

/// Nothing is redacted and no key is made.
inline traffic::CaptureWriter::Options plainOptions()
{
    traffic::CaptureWriter::Options options;
    options.redaction = traffic::RedactionRules::none();
    return options;
}

} // namespace parallax::test
