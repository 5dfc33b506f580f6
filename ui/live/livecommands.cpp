// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/live/livecommands.h"

#include "ui/commands/catalogue.h"
#include "ui/commands/commandregistry.h"
#include "ui/live/livepresenter.h"

using namespace Qt::StringLiterals;
namespace ids = parallax::commands::ids;

namespace parallax::ui {

namespace {

void follow(commands::CommandRegistry &registry, LivePresenter &presenter)
{
    const bool isStopped = presenter.state() == LiveState::Stopped;
    registry.setText(ids::kToggleRouter,
                     isStopped ? LivePresenter::tr("Start router") : LivePresenter::tr("Stop router"),
                     isStopped ? u"play"_s : u"stop"_s);
    registry.setChecked(ids::kPauseCapture, !presenter.isCapturing());
    registry.refresh();
}

} // namespace

void bindRouterCommands(commands::CommandRegistry &registry, LivePresenter &presenter)
{
    using commands::Availability;
    LivePresenter *live = &presenter;
    const auto isRunning = [live] {
        return Availability::when(live->isRunning(), LivePresenter::tr("The router is not running"));
    };
    registry.bind(
        ids::kToggleRouter, live,
        [live] {
            if (live->state() == LiveState::Stopped)
                live->start();
            else
                live->stop();
        },
        [live] {
            return Availability::when(live->state() != LiveState::Stopping,
                                      LivePresenter::tr("The router is answering its last requests"));
        });
    registry.bind(ids::kPauseCapture, live, [live] { live->setCapturing(!live->isCapturing()); });
    registry.bind(
        ids::kClearTraffic, live, [live] { live->clearTraffic(); },
        [live] { return Availability::when(live->traffic().total() > 0, LivePresenter::tr("There is no traffic")); });
    registry.bind(
        ids::kSendSample, live, [live] { live->sendSamples(1); }, isRunning);
    registry.bind(
        ids::kSendSamples, live, [live] { live->sendSamples(50); }, isRunning);
    commands::CommandRegistry *commands = &registry;
    const auto update = [commands, live] { follow(*commands, *live); };
    QObject::connect(live, &LivePresenter::stateChanged, commands, update);
    QObject::connect(live, &LivePresenter::captureChanged, commands, update);
    QObject::connect(&live->traffic(), &QAbstractItemModel::modelReset, commands, update);
    // Traffic that comes into an empty table makes Clear possible; asking at every batch would cost and tell nothing.
    QObject::connect(live, &LivePresenter::trafficArrived, commands, [commands, update] {
        if (!commands->availability(ids::kClearTraffic).isEnabled)
            update();
    });
    update();
}

} // namespace parallax::ui
