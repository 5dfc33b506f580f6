// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// A large repository in the Edit mode: how long until the list of endpoints can be used, until everything is there, and
// how long the GUI thread is held by the longest slot of the opening, by making the presenter (which watches the
// files), by adding a mirror until its difference is painted, by a key press until it is painted, and by the worst
// frame of scrolling and filtering. Budgets: desktop.md, 16 ms a frame and a key, 100 ms for the mirror.
//   QT_QPA_PLATFORM=offscreen PARALLAX_LARGE_REPOSITORY=/tmp/large build/bench/tests/bench/bench_edit
#include "ui/commands/catalogue.h"
#include "ui/commands/commandregistry.h"
#include "ui/edit/editpage.h"
#include "ui/edit/editpresenter.h"
#include "ui/theme/theme.h"

#include <benchmark/benchmark.h>

#include <QApplication>
#include <QDir>
#include <QElapsedTimer>
#include <QEventLoop>
#include <QKeyEvent>
#include <QLineEdit>
#include <QListView>
#include <QScrollBar>
#include <QTemporaryDir>
#include <QTimer>

#include <algorithm>
#include <functional>

using namespace Qt::StringLiterals;
using namespace parallax;

namespace {

constexpr int kTickMs = 1;

/// The longest time in which the GUI thread did not come back to its event loop.
class Watch
{
public:
    Watch()
    {
        m_timer.callOnTimeout([this] { m_longest = qMax(m_longest, m_clock.restart()); });
        m_clock.start();
        m_timer.start(kTickMs);
    }
    [[nodiscard]] qint64 longestMs() const { return m_longest; }

private:
    QTimer m_timer;
    QElapsedTimer m_clock;
    qint64 m_longest = 0;
};

double ms(const QElapsedTimer &clock)
{
    return static_cast<double>(clock.nsecsElapsed()) / 1e6;
}

/// What the event loop would do before the next frame, and the frame itself.
double frame(QWidget &page, const std::function<void()> &action)
{
    QElapsedTimer clock;
    clock.start();
    action();
    QCoreApplication::sendPostedEvents();
    QCoreApplication::processEvents();
    page.repaint();
    return ms(clock);
}

double worstScroll(ui::EditPage &page)
{
    auto *list = page.findChild<QListView *>(u"endpointList"_s);
    QScrollBar *bar = list->verticalScrollBar();
    double worst = 0;
    for (int step = 0; step <= 200; ++step)
        worst = std::max(worst, frame(*list, [&] { bar->setValue(bar->maximum() * step / 200); }));
    return worst;
}

double worstFilter(ui::EditPage &page)
{
    auto *filter = page.findChild<QLineEdit *>(u"endpointFilter"_s);
    double worst = 0;
    QString text;
    for (const QChar letter : u"endpoint_0123"_s) {
        text += letter;
        worst = std::max(worst, frame(page, [&] { filter->setText(text); }));
    }
    return std::max(worst, frame(page, [&] { filter->clear(); }));
}

double worstKey(ui::EditPage &page)
{
    QWidget *editor = page.findChild<QWidget *>(u"yamlViewText"_s);
    double worst = 0;
    for (const QChar letter : u"# a comment typed by hand"_s) {
        QKeyEvent press(QEvent::KeyPress, letter.toUpper().unicode(), Qt::NoModifier, QString(letter));
        worst = std::max(worst, frame(page, [&] { QCoreApplication::sendEvent(editor, &press); }));
    }
    return worst;
}

void open(benchmark::State &state, bool isCached)
{
    const Result<repository::Repository> repository =
        repository::Repository::discover(qEnvironmentVariable("PARALLAX_LARGE_REPOSITORY"));
    if (qEnvironmentVariableIsEmpty("PARALLAX_LARGE_REPOSITORY") || !repository)
        return state.SkipWithError("PARALLAX_LARGE_REPOSITORY names no repository");
    const QTemporaryDir home;
    qputenv("XDG_CACHE_HOME", QFile::encodeName(home.path()));
    qputenv("XDG_STATE_HOME", QFile::encodeName(home.path()));
    const theme::Theme theme(theme::Theme::Mode::Light);
    qint64 list = 0;
    qint64 all = 0;
    qint64 longest = 0;
    double made = 0;
    double edit = 0;
    double key = 0;
    double scroll = 0;
    double filter = 0;
    for ([[maybe_unused]] auto _ : state) {
        if (!isCached)
            QDir(home.path() + u"/parallax"_s).removeRecursively();
        commands::CommandRegistry registry(theme);
        registry.addAll(commands::catalogue());
        QElapsedTimer clock;
        clock.start();
        ui::EditPresenter presenter(*repository);
        made = ms(clock);
        ui::EditPage page(theme, registry, presenter);
        page.resize(1376, 800);
        page.show();
        const Watch watch;
        QEventLoop loop;
        QObject::connect(&presenter, &ui::EditPresenter::opened, &loop, [&] { list = clock.elapsed(); });
        QObject::connect(&presenter, &ui::EditPresenter::loaded, &loop, &QEventLoop::quit, Qt::QueuedConnection);
        presenter.reload();
        loop.exec();
        all = clock.elapsed();
        longest = watch.longestMs();
        QCoreApplication::processEvents();
        edit = frame(page, [&] {
            presenter.apply(page.currentEndpoint(), endpoints::AddMirror{{}, {u"model_0001"_s, u"main"_s, {}}}, {});
        });
        key = worstKey(page);
        scroll = worstScroll(page);
        filter = worstFilter(page);
        presenter.undoStack(page.currentEndpoint())->undo();
        state.counters["endpoints"] = page.findChild<QListView *>(u"endpointList"_s)->model()->rowCount();
    }
    state.counters["list_ms"] = static_cast<double>(list);
    state.counters["all_ms"] = static_cast<double>(all);
    state.counters["longest_slot_ms"] = static_cast<double>(longest);
    state.counters["presenter_ms"] = made;
    state.counters["edit_ms"] = edit;
    state.counters["key_ms"] = key;
    state.counters["scroll_ms"] = scroll;
    state.counters["filter_ms"] = filter;
}

} // namespace

BENCHMARK_CAPTURE(open, first, false)->Unit(benchmark::kMillisecond)->UseRealTime()->Iterations(2);
BENCHMARK_CAPTURE(open, cached, true)->Unit(benchmark::kMillisecond)->UseRealTime()->Iterations(3);

int main(int argc, char **argv)
{
    const QApplication application(argc, argv);
    benchmark::Initialize(&argc, argv);
    benchmark::RunSpecifiedBenchmarks();
    return 0;
}
