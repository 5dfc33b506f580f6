// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Cost of the request path: heads parsed and written, chunks decoded, a kept connection used, a request teed to its
// mirrors. "CPU" is that of the routing thread alone; the peers answer on threads of their own.
#include "bench/loopbackpeer.h"
#include "http/bodydecoder.h"
#include "http/clientpool.h"
#include "http/epolldispatcher.h"
#include "router/engine.h"
#include "router/forwarding.h"

#include <QCoreApplication>
#include <QEventLoop>

#include <benchmark/benchmark.h>

using namespace Qt::StringLiterals;
using namespace parallax;

namespace {

const QByteArray kRequest = "POST /v1/endpoint/pricing HTTP/1.1\r\nHost: 127.0.0.1:8080\r\nUser-Agent: bench/1.0\r\n"
                            "Accept: */*\r\nContent-Type: application/json\r\nAuthorization: abcdefghijklmnop\r\n"
                            "X-Request-Source: checkout\r\nContent-Length: 313\r\n\r\n";
const QByteArray kAnswer = "HTTP/1.1 200 OK\r\nServer: bench\r\nDate: Thu, 01 Jan 2026 00:00:00 GMT\r\n"
                           "Content-Type: application/json\r\nContent-Length: 118\r\nConnection: keep-alive\r\n\r\n";

void requestHead(benchmark::State &state)
{
    const http::Limits limits;
    http::RequestParser parser(limits);
    for ([[maybe_unused]] auto _ : state) {
        if (parser.parse(kRequest) != http::HeadParser::State::Complete)
            state.SkipWithError("not parsed");
        benchmark::DoNotOptimize(parser.take());
    }
    state.SetBytesProcessed(state.iterations() * kRequest.size());
}
BENCHMARK(requestHead);

void answerHead(benchmark::State &state)
{
    const http::Limits limits;
    http::ResponseParser parser(limits);
    for ([[maybe_unused]] auto _ : state) {
        parser.reset("POST");
        if (parser.parse(kAnswer) != http::HeadParser::State::Complete)
            state.SkipWithError("not parsed");
        benchmark::DoNotOptimize(parser.take());
    }
    state.SetBytesProcessed(state.iterations() * kAnswer.size());
}
BENCHMARK(answerHead);

void forwardedHead(benchmark::State &state)
{
    const http::Limits limits;
    http::RequestParser parser(limits);
    parser.parse(kRequest);
    const http::Request request = parser.take().message;
    targets::Upstream upstream;
    upstream.authority = "127.0.0.1:9001";
    const QByteArray body(313, 'x');
    for ([[maybe_unused]] auto _ : state)
        benchmark::DoNotOptimize(
            router::forwardedHead(router::forwardedStart(request, upstream, "/predict", {}, "1.1 parallax-bench"),
                                  request, {body.size(), false, body}));
}
BENCHMARK(forwardedHead);

void chunks(benchmark::State &state)
{
    const qsizetype size = state.range(0);
    const QByteArray chunk = QByteArray::number(size, 16) + "\r\n" + QByteArray(size, 'x') + "\r\n";
    const QByteArray body = chunk.repeated(qMax<qsizetype>(1, 64 * 1024 / size)) + "0\r\n\r\n";
    const http::Limits limits;
    for ([[maybe_unused]] auto _ : state) {
        http::ChunkDecoder decoder(limits);
        QByteArray out;
        decoder.decode(body, out);
        if (!decoder.isComplete())
            state.SkipWithError("not decoded");
        benchmark::DoNotOptimize(out);
    }
    state.SetBytesProcessed(state.iterations() * body.size());
}
BENCHMARK(chunks)->Arg(16)->Arg(1 << 10)->Arg(64 << 10);

class Ending final : public http::ClientHandler
{
public:
    void requestSent() override {}
    void requestDrained() override {}
    void answerStarted(http::ResponseHead &&) override {}
    void answerBody(QByteArray) override {}
    void answerPaused() override {}
    void answerEnded() override { isDone = true; }
    void answerFailed(const Error &) override { isDone = hasFailed = true; }
    bool isDone = false;
    bool hasFailed = false;
};

void pool(benchmark::State &state)
{
    const bench::LoopbackPeer peer(kAnswer + QByteArray(118, 'x'));
    http::DeadlineQueue deadlines;
    http::ClientPool pool({u"127.0.0.1"_s, peer.port(), {}}, {}, deadlines);
    for ([[maybe_unused]] auto _ : state) {
        Ending ending;
        pool.start({"POST", kRequest + QByteArray(313, 'x'), {}, false, false}, &ending);
        while (!ending.isDone)
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
        if (ending.hasFailed)
            state.SkipWithError("no answer");
    }
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(pool)->UseRealTime();

/// Counts what has ended, mirrors and all.
class Counter final : public traffic::ExchangeSink
{
public:
    void answered(const traffic::ExchangePtr &) override {}
    void mirrorAnswered(const traffic::ExchangePtr &, std::size_t) override {}
    void finished(const traffic::ExchangePtr &exchange) override
    {
        ++count;
        for (const traffic::Reply &mirror : exchange->mirrors)
            dropped += mirror.state == traffic::AnswerState::Complete ? 0 : 1;
    }
    int count = 0;
    int dropped = 0;
};

router::RoutingTablePtr tableFor(quint16 port, int mirrors)
{
    router::RoutingTable::Input input;
    endpoints::Endpoint endpoint;
    endpoint.name = u"bench"_s;
    endpoint.backends.append({u"alias"_s, {u"primary"_s, u"main"_s, {}}, {}});
    for (int i = 1; i <= mirrors; ++i)
        endpoint.mirrors.append({u"mirror_%1"_s.arg(i), {u"mirror"_s, u"main"_s, {}}});
    input.endpoints = {endpoint};
    input.lookup = [port](const endpoints::DeploymentRef &) -> Result<targets::Upstream> {
        targets::Upstream upstream;
        upstream.host = u"127.0.0.1"_s;
        upstream.port = port;
        upstream.authority = "127.0.0.1:" + QByteArray::number(port);
        upstream.path = "/predict";
        return upstream;
    };
    return router::RoutingTable::build(input);
}

/// Mirrors times bytes of the request's body.
void tee(benchmark::State &state)
{
    const bench::LoopbackPeer peer(kAnswer + QByteArray(118, 'x'));
    const SystemClock clock;
    Counter counter;
    router::Engine engine(clock, &counter, {});
    engine.setTable(tableFor(peer.port(), static_cast<int>(state.range(0))));
    router::CallRequest call;
    call.request.method = "POST";
    call.request.headers = {{"Host", "caller.example"}, {"Content-Type", "application/json"}};
    call.request.body = QByteArray(static_cast<qsizetype>(state.range(1)), 'x');
    call.endpoint = u"bench"_s;
    for ([[maybe_unused]] auto _ : state) {
        const int before = counter.count;
        engine.call(call, [](const Result<http::Response> &) {});
        while (counter.count == before)
            QCoreApplication::processEvents(QEventLoop::WaitForMoreEvents);
    }
    if (counter.dropped > 0)
        state.SkipWithError("a mirror did not answer");
    state.SetItemsProcessed(state.iterations());
}
BENCHMARK(tee)->ArgsProduct({{0, 1, 2, 5}, {313, 1 << 20}})->UseRealTime();

} // namespace

int main(int argc, char **argv)
{
#ifdef Q_OS_LINUX
    QCoreApplication::setEventDispatcher(new http::EpollDispatcher);
#endif
    const QCoreApplication application(argc, argv);
    benchmark::Initialize(&argc, argv);
    benchmark::RunSpecifiedBenchmarks();
    return 0;
}
