// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Speed of the comparison. Aims: two equal documents of 2 KiB and 200 KiB at least 4 times as fast as QJsonDocument
// with
// == (8 aimed), two different ones of 1 MiB under 150 ms, 50,000 pairs summarised in under 2 s.
#include "compare/comparisonbuilder.h"
#include "compare/diff.h"
#include "compare/outcome.h"
#include "compare/sidebyside.h"

#include <QJsonDocument>

#include <benchmark/benchmark.h>

using namespace Qt::StringLiterals;
using namespace parallax;
using namespace parallax::compare;

namespace {

// Orders with rows; in every seventh the keys stand in another order when `isReordered`.
QByteArray document(qsizetype bytes, bool isReordered, double shift = 0.0)
{
    QByteArray out = R"({"model": "pricing_model", "version": 4, "rows": [)";
    for (int i = 0; out.size() < bytes; ++i) {
        if (i > 0)
            out += ',';
        const QByteArray id = R"("id": )" + QByteArray::number(1'000'000 + i);
        const QByteArray price = R"("price": )" + QByteArray::number(i * 3.17 + 0.01 + shift, 'f', 2);
        const QByteArray rest = R"("cut": "Ideal", "in_stock": true, "tags": ["diamond", "round"], "discount": null)";
        if (isReordered && i % 7 == 0)
            out += '{' + price + ", " + rest + ", " + id + '}';
        else
            out += '{' + id + ", " + price + ", " + rest + '}';
    }
    return out + "]}";
}

void qJsonDocument(benchmark::State &state)
{
    const QByteArray left = document(state.range(0), false);
    const QByteArray right = document(state.range(0), true);
    for ([[maybe_unused]] auto _ : state) {
        const bool isEqual = QJsonDocument::fromJson(left) == QJsonDocument::fromJson(right);
        if (!isEqual)
            state.SkipWithError("not equal");
    }
    state.SetBytesProcessed(state.iterations() * (left.size() + right.size()));
}
BENCHMARK(qJsonDocument)->Arg(2 << 10)->Arg(200 << 10);

void parseOne(benchmark::State &state)
{
    const QByteArray bytes = document(state.range(0), false);
    for ([[maybe_unused]] auto _ : state)
        benchmark::DoNotOptimize(JsonTree::parse(bytes));
    state.SetBytesProcessed(state.iterations() * bytes.size());
}
BENCHMARK(parseOne)->Arg(2 << 10)->Arg(200 << 10);

traffic::Exchange exchange(quint64 id, const QByteArray &left, const QByteArray &right)
{
    traffic::Exchange out;
    out.id = {id};
    out.endpoint = u"pricing"_s;
    out.method = "POST";
    out.target = "/v1/endpoint/pricing";
    out.body = traffic::Body::whole(R"({"data": {"carat": )" + QByteArray::number(static_cast<double>(id) * 0.01) +
                                    R"(, "cut": "Ideal"}})");
    out.primary.name = u"alias"_s;
    out.primary.state = traffic::AnswerState::Complete;
    out.primary.status = 200;
    out.primary.body = traffic::Body::whole(left);
    out.primary.timings.sent = Nanoseconds(1'000);
    out.primary.timings.done = Nanoseconds(40'000'000 + static_cast<qint64>(id));
    out.mirrors.push_back(out.primary);
    out.mirrors.back().name = u"mirror_1"_s;
    out.mirrors.back().role = traffic::Role::Mirror;
    out.mirrors.back().body = traffic::Body::whole(right);
    return out;
}

void judgeEqualValues(benchmark::State &state)
{
    const traffic::Exchange pair = exchange(1, document(state.range(0), false), document(state.range(0), true));
    for ([[maybe_unused]] auto _ : state) {
        if (judge(pair, {}).front().outcome != traffic::Outcome::Equal)
            state.SkipWithError("not equal");
    }
    state.SetBytesProcessed(state.iterations() * (pair.primary.body.length + pair.mirrors[0].body.length));
}
BENCHMARK(judgeEqualValues)->Arg(2 << 10)->Arg(200 << 10);

void judgeEqualBytes(benchmark::State &state)
{
    const traffic::Exchange pair = exchange(1, document(state.range(0), false), document(state.range(0), false));
    for ([[maybe_unused]] auto _ : state)
        benchmark::DoNotOptimize(judge(pair, {}).front().outcome);
    state.SetBytesProcessed(state.iterations() * (pair.primary.body.length + pair.mirrors[0].body.length));
}
BENCHMARK(judgeEqualBytes)->Arg(2 << 10)->Arg(200 << 10);

void diffDifferent(benchmark::State &state)
{
    const QByteArray left = document(state.range(0), false);
    const QByteArray right = document(state.range(0), true, 0.05);
    for ([[maybe_unused]] auto _ : state)
        benchmark::DoNotOptimize(diff(left, right).real);
}
BENCHMARK(diffDifferent)->Arg(1 << 20)->Arg(10 << 20)->Unit(benchmark::kMillisecond);

void sideBySideDifferent(benchmark::State &state)
{
    const DecodedBody left = decodeBody(document(state.range(0), false));
    const DecodedBody right = decodeBody(document(state.range(0), true, 0.05));
    for ([[maybe_unused]] auto _ : state)
        benchmark::DoNotOptimize(sideBySide(left, right).lines());
}
BENCHMARK(sideBySideDifferent)->Arg(64 << 10)->Arg(1 << 20)->Unit(benchmark::kMillisecond);

// Half of the pairs differ in every price, the others are equal bytes.
void summarize50000(benchmark::State &state)
{
    const QByteArray left = document(state.range(0), false);
    const QByteArray right = document(state.range(0), true, 0.05);
    std::vector<traffic::Exchange> exchanges;
    for (quint64 i = 1; i <= 50'000; ++i)
        exchanges.push_back(exchange(i, left, i % 2 == 0 ? left : right));
    Rules rules;
    rules.margin = 0.01;
    for ([[maybe_unused]] auto _ : state) {
        ComparisonBuilder builder(rules);
        for (const traffic::Exchange &each : exchanges)
            builder.add(each);
        benchmark::DoNotOptimize(builder.summary().mirrors.size());
    }
}
BENCHMARK(summarize50000)->Arg(300)->Arg(2 << 10)->Unit(benchmark::kMillisecond)->Iterations(1);

} // namespace

BENCHMARK_MAIN();
