// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What captures cost: appending, size, opening, paging, searching, importing, and what the router's thread pays.
// Rates are per second of CPU time, so that a busy machine does not show. Files lie in TMPDIR; the million that is
// opened and searched is written once a run. PARALLAX_BENCH_MIB sets the size of the files to import (1024).
#include "http/fieldnames.h"
#include "traffic/capturestore.h"
#include "traffic/exporter.h"
#include "traffic/recorder.h"
#include "traffic/trafficsource.h"

#include <benchmark/benchmark.h>

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QTemporaryDir>

#include <random>

using namespace Qt::StringLiterals;
using namespace parallax;
using namespace parallax::traffic;

namespace {

constexpr int kMillion = 1'000'000;

QString folder()
{
    static const QTemporaryDir kFolder;
    return kFolder.path();
}

qint64 rawBytes(const http::Headers &headers)
{
    qint64 bytes = 2;
    for (const http::Header &field : headers)
        bytes += field.name.size() + field.value.size() + 4;
    return bytes;
}

/// Messages as they are on the wire: what a capture's size is held against.
qint64 rawBytes(const Exchange &exchange)
{
    qint64 bytes =
        exchange.method.size() + exchange.target.size() + 12 + rawBytes(exchange.headers) + exchange.body.length;
    const auto reply = [](const Reply &answer) { return 17 + rawBytes(answer.headers) + answer.body.length; };
    bytes += reply(exchange.primary);
    for (const Reply &mirror : exchange.mirrors)
        bytes += reply(mirror);
    return bytes;
}

/// As the parser of a message makes them.
http::Headers parsed(std::initializer_list<http::Header> fields)
{
    http::Headers out;
    for (const http::Header &field : fields)
        out.append(http::fieldName(field.name), http::fieldValue(field.value));
    return out;
}

Reply answer(const QString &name, Role role, double price, std::mt19937 &random)
{
    Reply reply;
    reply.name = name;
    reply.role = role;
    reply.deployment = u"pricing_model_v2"_s;
    reply.branch = u"main"_s;
    reply.version = u"latest"_s;
    reply.url = u"http://127.0.0.1:9001/v1/pricing_model_v2/latest"_s;
    reply.state = AnswerState::Complete;
    reply.status = 200;
    reply.headers = parsed({{"content-type", "application/json"},
                            {"date", "Fri, 02 Jan 2026 03:04:0" + QByteArray::number(random() % 10) + " GMT"},
                            {"server", "uvicorn"},
                            {"x-mb-batch-id", "b-" + QByteArray::number(quint64(random()) << 20 | random(), 16)}});
    reply.body = Body::whole("{\"data\": {\"price\": " + QByteArray::number(price, 'g', 17) +
                             ", \"currency\": \"USD\", \"model\": \"gbm-2\"}}");
    const auto ns = [&](int least, int spread) {
        return Nanoseconds(least + static_cast<int>(random() % static_cast<unsigned>(spread)));
    };
    reply.timings.queued = ns(2'000, 8'000);
    reply.timings.sent = reply.timings.queued + ns(10'000, 60'000);
    reply.timings.firstByte = reply.timings.sent + ns(900'000, 9'000'000);
    reply.timings.done = reply.timings.firstByte + ns(5'000, 90'000);
    return reply;
}

/// About 1 KiB on the wire: a JSON request of a tabular model, with and without a mirror.
std::vector<Exchange> samples(std::size_t count, bool hasMirror)
{
    std::mt19937 random(7);
    std::uniform_real_distribution<double> real(0, 10);
    std::vector<Exchange> out;
    qint64 time = 1'767'323'045'000'000'000;
    while (out.size() < count) {
        Exchange exchange;
        time += random() % 2'000'000;
        exchange.arrival = WallTime(Nanoseconds(time));
        exchange.endpoint = u"pricing"_s;
        exchange.method = "POST";
        exchange.target = "/v1/endpoint/pricing";
        exchange.headers = parsed({{"host", "127.0.0.1:8080"},
                                   {"user-agent", "python-requests/2.31.0"},
                                   {"accept-encoding", "gzip, deflate"},
                                   {"accept", "*/*"},
                                   {"connection", "keep-alive"},
                                   {"content-type", "application/json"},
                                   {"content-length", "412"}});
        QByteArray body = "{\"data\": {\"id\": " + QByteArray::number(random());
        for (const char *feature : {"carat", "depth", "table", "x", "y", "z", "lat", "lon", "age", "income", "tenure",
                                    "balance", "usage", "score", "distance"})
            body += ", \"" + QByteArray(feature) + "\": " + QByteArray::number(real(random), 'f', 4);
        for (const char *feature : {"cut", "color", "clarity", "city", "segment", "channel", "device", "campaign"})
            body += ", \"" + QByteArray(feature) + "\": \"" + QByteArray(feature) + '_' +
                    QByteArray::number(random() % 40) + '"';
        exchange.body = Body::whole(body + "}}");
        const double price = real(random) * 1000;
        exchange.primary = answer(u"alias"_s, Role::Primary, price, random);
        if (hasMirror)
            exchange.mirrors = {answer(u"mirror_1"_s, Role::Mirror, price * 1.01, random)};
        exchange.requestId = QString::number(quint64(random()) << 32 | random(), 16);
        out.push_back(std::move(exchange));
    }
    return out;
}

CaptureWriter::Options writerOptions()
{
    CaptureWriter::Options options;
    options.redactionKey = QByteArray(32, 'k');
    return options;
}

std::unique_ptr<CaptureWriter> freshWriter(const QString &path)
{
    for (const QString &suffix : {u""_s, u"-wal"_s, u"-shm"_s})
        QFile::remove(path + suffix);
    return *CaptureWriter::open(path, CaptureWriter::Mode::CreateNew, writerOptions());
}

double residentMiB()
{
    QFile file(u"/proc/self/statm"_s);
    return file.open(QIODevice::ReadOnly) ? file.readAll().split(' ').value(1).toDouble() * 4096 / (1 << 20) : 0;
}

double residentPeakMiB()
{
    QFile file(u"/proc/self/status"_s);
    if (!file.open(QIODevice::ReadOnly))
        return 0;
    for (const QByteArray &line : file.readAll().split('\n')) {
        if (line.startsWith("VmHWM:"))
            return line.mid(6).trimmed().split(' ').first().toDouble() / 1024;
    }
    return 0;
}

void forgetPeak()
{
    QFile file(u"/proc/self/clear_refs"_s);
    if (file.open(QIODevice::WriteOnly))
        file.write("5");
}

void append(benchmark::State &state)
{
    // No more than the recorder holds at such a rate: it writes what was answered milliseconds before.
    const std::vector<Exchange> exchanges = samples(4'000, state.range(0) != 0);
    constexpr int kPasses = 50;
    const QString path = folder() + u"/append.parallax"_s;
    qint64 raw = 0;
    for (const Exchange &exchange : exchanges)
        raw += rawBytes(exchange);
    qint64 count = 0;
    double ratio = 0;
    for ([[maybe_unused]] auto round : state) {
        auto writer = freshWriter(path);
        for (int pass = 0; pass < kPasses; ++pass) {
            for (std::size_t i = 0; i < exchanges.size(); ++i) {
                benchmark::DoNotOptimize(writer->append(exchanges[i]));
                if (i % 2000 == 1999)
                    (void)writer->commit();
            }
        }
        (void)writer->close();
        count += kPasses * static_cast<qint64>(exchanges.size());
        ratio = static_cast<double>(QFileInfo(path).size()) / static_cast<double>(raw * kPasses);
    }
    state.counters["exchanges/s"] = benchmark::Counter(static_cast<double>(count), benchmark::Counter::kIsRate);
    state.counters["raw bytes"] = static_cast<double>(raw) / static_cast<double>(exchanges.size());
    state.counters["of raw size"] = ratio;
}
BENCHMARK(append)->ArgName("mirrors")->Arg(0)->Arg(1)->Unit(benchmark::kMillisecond)->MeasureProcessCPUTime();

/// The example's own traffic with answers as its deployments give them.
void sizeOfTheExample(benchmark::State &state)
{
    const QString source = QStringLiteral(PARALLAX_EXAMPLE_TRAFFIC);
    const Result<TrafficSource> traffic = TrafficSource::open(source);
    if (!traffic) {
        state.SkipWithError("the example's traffic is absent");
        return;
    }
    const QString path = folder() + u"/example.parallax"_s;
    double ratio = 0;
    double each = 0;
    for ([[maybe_unused]] auto round : state) {
        auto writer = freshWriter(path);
        std::mt19937 random(3);
        qint64 raw = 0;
        qint64 count = 0;
        (void)traffic->forEach([&](Exchange &&exchange) {
            const double price = static_cast<double>(random() % 1'900'000) / 100;
            exchange.headers = {{"Host", "127.0.0.1:8080"},
                                {"User-Agent", "curl/7.88.1"},
                                {"Accept", "*/*"},
                                {"content-type", "application/json"},
                                {"Content-Length", QByteArray::number(exchange.body.length)}};
            exchange.primary = answer(u"alias"_s, Role::Primary, price, random);
            exchange.mirrors = {answer(u"mirror_1"_s, Role::Mirror, price * 1.02, random)};
            exchange.requestId = QString::number(quint64(random()) << 32 | random(), 16);
            raw += rawBytes(exchange);
            ++count;
            return writer->append(exchange).has_value();
        });
        (void)writer->close();
        ratio = static_cast<double>(QFileInfo(path).size()) / static_cast<double>(raw);
        each = static_cast<double>(raw) / static_cast<double>(count);
    }
    state.counters["raw bytes"] = each;
    state.counters["of raw size"] = ratio;
}
BENCHMARK(sizeOfTheExample)->Unit(benchmark::kMillisecond);

/// What the router's thread pays for an exchange with one mirror: three hand-overs.
void requestPath(benchmark::State &state)
{
    std::vector<ExchangePtr> exchanges;
    for (Exchange &exchange : samples(4096, true))
        exchanges.push_back(std::make_shared<Exchange>(std::move(exchange)));
    const QString path = folder() + u"/path.parallax"_s;
    freshWriter(path).reset();
    Recorder::Options options;
    options.capture = writerOptions();
    options.queueExchanges = 1'000'000;
    options.queueBytes = qint64(4) << 30;
    auto recorder = Recorder::open(path, options);
    std::size_t next = 0;
    for ([[maybe_unused]] auto round : state) {
        const ExchangePtr &exchange = exchanges[next++ % exchanges.size()];
        (*recorder)->answered(exchange);
        (*recorder)->mirrorAnswered(exchange, 0);
        (*recorder)->finished(exchange);
        if (next % 1024 == 0) { // no faster than the disk, as a router is
            state.PauseTiming();
            while ((*recorder)->statistics().waiting > 4096)
                std::this_thread::sleep_for(std::chrono::milliseconds(1));
            state.ResumeTiming();
        }
    }
    state.counters["dropped"] = static_cast<double>((*recorder)->statistics().dropped);
    (void)(*recorder)->close();
}
BENCHMARK(requestPath)->Iterations(200'000)->Unit(benchmark::kMicrosecond);

QString million()
{
    static const QString kPath = [] {
        const QString path = folder() + u"/million.parallax"_s;
        std::vector<Exchange> exchanges = samples(20'000, true);
        auto writer = freshWriter(path);
        for (int i = 0; i < kMillion; ++i) {
            Exchange &exchange = exchanges[static_cast<std::size_t>(i) % exchanges.size()];
            if (i % 10'000 == 9'999) {
                Exchange marked = exchange;
                marked.body = Body::whole("{\"data\": \"a needle at " + QByteArray::number(i) + "\"}");
                (void)writer->append(marked);
                (void)writer->commit();
            } else {
                (void)writer->append(exchange);
            }
        }
        (void)writer->close();
        return path;
    }();
    return kPath;
}

void openAndShowRow900000(benchmark::State &state)
{
    const QString path = million();
    for ([[maybe_unused]] auto round : state) {
        auto reader = CaptureReader::open(path);
        const auto count = (*reader)->count();
        const auto rows = (*reader)->rowsAfter({899'950}, 100);
        if (*count != kMillion || rows->size() != 100)
            state.SkipWithError("wrong rows");
    }
}
BENCHMARK(openAndShowRow900000)->Unit(benchmark::kMillisecond);

void pageThroughAll(benchmark::State &state)
{
    const QString path = million();
    for ([[maybe_unused]] auto round : state) {
        forgetPeak();
        const double before = residentMiB();
        auto reader = CaptureReader::open(path);
        ExchangeId after;
        for (auto rows = (*reader)->rowsAfter(after, 200); !rows->empty(); rows = (*reader)->rowsAfter(after, 200))
            after = rows->back().id;
        state.counters["MiB more at most"] = residentPeakMiB() - before;
    }
    state.counters["rows/s"] = benchmark::Counter(kMillion, benchmark::Counter::kIsIterationInvariantRate);
}
BENCHMARK(pageThroughAll)->Unit(benchmark::kMillisecond)->Iterations(1);

void readAllExchanges(benchmark::State &state)
{
    const QString path = million();
    for ([[maybe_unused]] auto round : state) {
        auto reader = CaptureReader::open(path);
        qint64 bytes = 0;
        (void)(*reader)->forEach([&](Exchange &&exchange) {
            bytes += exchange.body.length;
            return true;
        });
        benchmark::DoNotOptimize(bytes);
    }
    state.counters["exchanges/s"] = benchmark::Counter(kMillion, benchmark::Counter::kIsIterationInvariantRate);
}
BENCHMARK(readAllExchanges)->Unit(benchmark::kMillisecond)->Iterations(1);

void searchFirstHits(benchmark::State &state)
{
    const QString path = million();
    auto reader = CaptureReader::open(path);
    for ([[maybe_unused]] auto round : state) {
        int hits = 0;
        (void)(*reader)->search("a needle at", [&](ExchangeId) { return ++hits < 2; });
        if (hits != 2)
            state.SkipWithError("wrong hits");
    }
}
BENCHMARK(searchFirstHits)->Unit(benchmark::kMillisecond);

void searchEverything(benchmark::State &state)
{
    const QString path = million();
    auto reader = CaptureReader::open(path);
    for ([[maybe_unused]] auto round : state) {
        int hits = 0;
        (void)(*reader)->search("a needle at", [&](ExchangeId) { return ++hits > 0; });
        if (hits != 100)
            state.SkipWithError("wrong hits");
    }
}
BENCHMARK(searchEverything)->Unit(benchmark::kMillisecond)->Iterations(1);

/// A file of about 1 GiB in a format, made once.
QString large(const QString &format)
{
    const QString path = folder() + u"/large."_s + format;
    if (QFile::exists(path))
        return path;
    QFile file(path);
    if (!file.open(QIODevice::WriteOnly))
        return {};
    const qint64 most = qMax(1, qEnvironmentVariable("PARALLAX_BENCH_MIB", u"1024"_s).toInt()) * (qint64(1) << 20);
    const std::vector<Exchange> exchanges = samples(20'000, false);
    auto writer = (*exporterNamed(format))->make(file, {});
    for (quint64 i = 0; file.pos() < most; ++i) {
        Exchange exchange = exchanges[i % exchanges.size()];
        exchange.id = {i + 1};
        *exchange.arrival += std::chrono::seconds(60 * (i / exchanges.size()));
        (void)writer->write(exchange);
    }
    (void)writer->finish();
    return path;
}

void importing(benchmark::State &state, const char *format)
{
    const QString path = large(QString::fromLatin1(format));
    qint64 bytes = 0;
    for ([[maybe_unused]] auto round : state) {
        forgetPeak();
        const double before = residentMiB();
        qint64 read = 0;
        const auto source = TrafficSource::open(path);
        const auto summary = source->forEach([&](Exchange &&exchange) {
            read += exchange.body.length;
            return true;
        });
        if (!summary || summary->skipped != 0 || read == 0)
            state.SkipWithError("not read");
        bytes += QFileInfo(path).size();
        state.counters["MiB more at most"] = residentPeakMiB() - before;
        state.counters["exchanges"] = static_cast<double>(summary->read);
    }
    state.SetBytesProcessed(bytes);
    QFile::remove(path);
}
BENCHMARK_CAPTURE(importing, ndjson, "ndjson")->Unit(benchmark::kMillisecond)->Iterations(1);
BENCHMARK_CAPTURE(importing, har, "har")->Unit(benchmark::kMillisecond)->Iterations(1);
BENCHMARK_CAPTURE(importing, gor, "gor")->Unit(benchmark::kMillisecond)->Iterations(1);

} // namespace

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    benchmark::Initialize(&argc, argv);
    benchmark::RunSpecifiedBenchmarks();
}
