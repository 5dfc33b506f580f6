// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/desktop.h"
#include "app/desktop/singleinstance.h"
#include "app/desktop/startrequest.h"
#include "base/memory.h"
#include "base/signalwatcher.h"
#include "resources/resources.h"

#include <QApplication>
#include <QCommandLineParser>
#include <QTemporaryDir>
#include <QThreadPool>
#include <QTranslator>

#include <memory>
#include <optional>

using namespace Qt::StringLiterals;

namespace {

/// Ends the program once the window it filters is painted.
class FirstPaint final : public QObject
{
public:
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (event->type() == QEvent::Paint)
            QMetaObject::invokeMethod(qApp, &QApplication::quit, Qt::QueuedConnection);
        return QObject::eventFilter(watched, event);
    }
};

} // namespace

int main(int argc, char **argv)
{
    parallax::base::keepFreedMemory();
    QApplication application(argc, argv);
    QApplication::setApplicationName(u"Parallax"_s);
    QApplication::setApplicationVersion(QStringLiteral(PARALLAX_VERSION));
    QGuiApplication::setDesktopFileName(u"io.github.parallax.Parallax"_s);
    parallax::resources::initialise();
    QTranslator plurals;
    if (plurals.load(u":/translations/parallax_en.qm"_s))
        QCoreApplication::installTranslator(&plurals);

    QCommandLineParser parser;
    parser.setApplicationDescription(u"Mirrors, captures, replays and compares requests to the versions of a model."_s);
    parser.addHelpOption();
    parser.addVersionOption();
    parser.addOptions({{u"workspace"_s, u"Open this Modelbit repository."_s, u"DIR"_s},
                       {u"example"_s, u"Open the example workspace."_s},
                       {u"new-window"_s, u"Open a window of its own beside one that is open."_s},
                       {u"light"_s, u"Light colours, whatever the system says."_s},
                       {u"dark"_s, u"Dark colours, whatever the system says."_s},
                       {u"safe-mode"_s, u"Start without preferences, recent folders, approvals and recovered texts."_s},
                       {u"config-dir"_s, u"Preferences and recent folders live here."_s, u"DIR"_s},
                       {u"exit-after-startup"_s, u"Leave once the first window is painted."_s}});
    parser.addPositionalArgument(u"FILE"_s, u"A repository, or a file in one."_s, u"[FILE...]"_s);
    parser.process(application);
    std::optional<QTemporaryDir> nothing;
    if (parser.isSet(u"safe-mode"_s)) {
        nothing.emplace();
        for (const char *variable : {"XDG_CONFIG_HOME", "XDG_STATE_HOME"})
            qputenv(variable, QFile::encodeName(nothing->path()));
    }
    if (parser.isSet(u"config-dir"_s))
        qputenv("XDG_CONFIG_HOME", QFile::encodeName(parser.value(u"config-dir"_s)));

    using parallax::desktop::SingleInstance;
    const auto request = parallax::desktop::StartRequest::fromCommandLine(parser);
    auto instance = std::make_unique<SingleInstance>(SingleInstance::runtimeFolder(), SingleInstance::profile());
    const bool isOwnWindow =
        parser.isSet(u"new-window"_s) || parser.isSet(u"safe-mode"_s) || parser.isSet(u"exit-after-startup"_s);
    if (!isOwnWindow && !instance->begin() && instance->forward(request))
        return 0;

    using parallax::theme::Theme;
    Theme theme;
    if (parser.isSet(u"light"_s))
        theme.setMode(Theme::Mode::Light);
    else if (parser.isSet(u"dark"_s))
        theme.setMode(Theme::Mode::Dark);
    parallax::theme::install(application, theme);
    using parallax::desktop::Desktop;
    auto desktop =
        std::make_unique<Desktop>(theme, Desktop::Options{parser.isSet(u"light"_s) || parser.isSet(u"dark"_s)});
    // Whoever ends the session ends the router and the runs too, and what was answered is kept.
    const parallax::base::SignalWatcher signalWatcher;
    QObject::connect(&signalWatcher, &parallax::base::SignalWatcher::stopRequested, &desktop->window(),
                     &QWidget::close);
    QObject::connect(&signalWatcher, &parallax::base::SignalWatcher::reloadRequested, &desktop->window(),
                     &QWidget::close);
    FirstPaint firstPaint;
    if (parser.isSet(u"exit-after-startup"_s))
        desktop->window().installEventFilter(&firstPaint);
    if (!isOwnWindow)
        desktop->takeUpSession();
    desktop->show();
    QObject::connect(instance.get(), &SingleInstance::requested, desktop.get(), &Desktop::serve);
    desktop->start(request);
    const int code = QApplication::exec();
    // The window is gone: the next start gets one of its own, while a router and saves that were asked for end here.
    instance.reset();
    desktop.reset();
    QThreadPool::globalInstance()->waitForDone();
    return code;
}
