// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// A large repository (tests/bench/large-repository: 5,000 endpoints, 1,000 deployments, 20,000 commits): how long until
// there is a list, and what deriving the versions costs the first time, the next time, and after one more commit.
//   tests/bench/large-repository /tmp/large && PARALLAX_LARGE_REPOSITORY=/tmp/large
//   build/bench/tests/bench/bench_repository
// The repository gets a commit by the last of them.
#include "base/files.h"
#include "endpoints/check.h"
#include "endpoints/endpointfile.h"
#include "repository/catalogue.h"

#include <benchmark/benchmark.h>

#include <QCoreApplication>
#include <QDir>
#include <QProcess>
#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using namespace parallax;
using repository::CatalogueLoader;
using repository::HistoryCache;
using repository::Repository;

namespace {

/// Nothing, and the benchmark skipped, when there is none.
std::optional<Repository> openLarge(benchmark::State &state)
{
    const QString folder = qEnvironmentVariable("PARALLAX_LARGE_REPOSITORY");
    Result<Repository> repository = Repository::discover(folder);
    if (folder.isEmpty() || !repository) {
        state.SkipWithError("PARALLAX_LARGE_REPOSITORY names no repository");
        return {};
    }
    return *repository;
}

qsizetype readEndpoints(const Repository &repository, QList<endpoints::EndpointFile> *files = nullptr)
{
    qsizetype count = 0;
    for (const repository::EndpointFile &entry : repository.endpointFiles()) {
        const Result<QByteArray> bytes = repository.readFile(entry.path);
        if (!bytes)
            continue;
        const endpoints::EndpointFile file = endpoints::EndpointFile::read(*bytes, entry.path, entry.name);
        count += file.hasErrors() ? 0 : 1;
        if (files != nullptr)
            files->append(file);
    }
    return count;
}

void usableList(benchmark::State &state)
{
    qsizetype count = 0;
    for ([[maybe_unused]] auto _ : state) {
        const std::optional<Repository> repository = openLarge(state);
        if (!repository)
            return;
        count = readEndpoints(*repository);
    }
    state.counters["endpoints"] = static_cast<double>(count);
}

void statusAndHead(benchmark::State &state)
{
    const std::optional<Repository> repository = openLarge(state);
    if (!repository)
        return;
    QStringList paths;
    for (const repository::EndpointFile &entry : repository->endpointFiles())
        paths += entry.path;
    for ([[maybe_unused]] auto _ : state) {
        benchmark::DoNotOptimize(repository->status());
        benchmark::DoNotOptimize(repository->headFiles(paths));
    }
}

void catalogue(benchmark::State &state, bool isCached, bool hasNewCommit)
{
    const std::optional<Repository> repository = openLarge(state);
    if (!repository)
        return;
    const QTemporaryDir folder;
    if (isCached)
        static_cast<void>(CatalogueLoader(*repository, HistoryCache(folder.path())).load());
    qsizetype versions = 0;
    for ([[maybe_unused]] auto _ : state) {
        state.PauseTiming();
        const QTemporaryDir empty;
        if (hasNewCommit) {
            QProcess git;
            git.start(u"git"_s, {u"-C"_s, repository->root(), u"-c"_s, u"user.name=A"_s, u"-c"_s, u"user.email=a@b.c"_s,
                                 u"commit"_s, u"--quiet"_s, u"--allow-empty"_s, u"-m"_s, u"One more"_s});
            git.waitForFinished();
        }
        state.ResumeTiming();
        // A loader of its own: what a new process knows.
        const auto loaded = CatalogueLoader(*repository, HistoryCache(isCached ? folder.path() : empty.path())).load();
        if (!loaded)
            return state.SkipWithError("the catalogue cannot be read");
        versions = 0;
        for (const repository::Deployment &deployment : (*loaded)->deployments())
            versions += deployment.versions.size();
    }
    state.counters["versions"] = static_cast<double>(versions);
}

void validation(benchmark::State &state)
{
    const std::optional<Repository> repository = openLarge(state);
    if (!repository)
        return;
    QList<endpoints::EndpointFile> files;
    readEndpoints(*repository, &files);
    const QTemporaryDir folder;
    const auto loaded = CatalogueLoader(*repository, HistoryCache(folder.path())).load();
    qsizetype findings = 0;
    for ([[maybe_unused]] auto _ : state) {
        findings = 0;
        for (const endpoints::EndpointFile &file : files)
            findings += endpoints::checkAgainst(file, **loaded).size();
    }
    state.counters["findings"] = static_cast<double>(findings);
}

} // namespace

BENCHMARK(usableList)->Unit(benchmark::kMillisecond)->UseRealTime()->Iterations(3);
BENCHMARK(statusAndHead)->Unit(benchmark::kMillisecond)->UseRealTime()->Iterations(3);
BENCHMARK_CAPTURE(catalogue, first, false, false)->Unit(benchmark::kMillisecond)->UseRealTime()->Iterations(3);
BENCHMARK_CAPTURE(catalogue, cached, true, false)->Unit(benchmark::kMillisecond)->UseRealTime()->Iterations(3);
BENCHMARK_CAPTURE(catalogue, oneMoreCommit, true, true)->Unit(benchmark::kMillisecond)->UseRealTime()->Iterations(3);
BENCHMARK(validation)->Unit(benchmark::kMillisecond)->UseRealTime()->Iterations(3);

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    benchmark::Initialize(&argc, argv);
    benchmark::RunSpecifiedBenchmarks();
    return 0;
}
