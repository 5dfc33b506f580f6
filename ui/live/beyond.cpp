// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/live/beyond.h"

#include "replay/address.h"
#include "targets/placeholders.h"

#include <QUrl>

using namespace Qt::StringLiterals;

namespace parallax::ui {

namespace {

/// Empty: of this machine.
QString hostOf(const targets::Target &target, const endpoints::DeploymentRef &deployment)
{
    if (const auto *modelbit = std::get_if<targets::ModelbitTarget>(&target.kind))
        return modelbit->workspace + u'.' + modelbit->region + u".modelbit.com"_s;
    const auto *url = std::get_if<targets::UrlTarget>(&target.kind);
    if (url == nullptr)
        return {};
    const QString host = QUrl(targets::filled(url->url, targets::urlValues(deployment))).host().toLower();
    return replay::isLoopbackHost(host) ? QString() : host;
}

} // namespace

QStringList hostsBeyond(const targets::Workspace &workspace)
{
    QStringList hosts;
    const auto add = [&](const endpoints::DeploymentRef &deployment) {
        if (const targets::Target *target = workspace.targets.find(deployment)) {
            if (const QString host = hostOf(*target, deployment); !host.isEmpty())
                hosts.append(host);
        }
    };
    for (const endpoints::Endpoint &endpoint : workspace.servable()) {
        const endpoints::LocalSettings local = workspace.local.value(endpoint.name);
        for (const endpoints::Backend &backend : endpoint.backends) {
            if (!local.staticValues.contains(backend.label))
                add(backend.deployment);
        }
        for (const endpoints::Mirror &mirror : endpoint.mirrors)
            add(mirror.deployment);
    }
    hosts.sort();
    hosts.removeDuplicates();
    return hosts;
}

} // namespace parallax::ui
