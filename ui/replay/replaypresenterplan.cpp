// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Plans that come from elsewhere: an earlier run, versions of a deployment, requests that were selected.
#include "base/files.h"
#include "replay/errors.h"
#include "traffic/exportjob.h"
#include "traffic/redactionfile.h"
#include "ui/replay/filenames.h"
#include "ui/replay/replaypresenter.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parallax::ui {

void ReplayPresenter::repeatRun(const QString &capture)
{
    readPlan(capture, false);
}

void ReplayPresenter::replayAgain(const QString &capture)
{
    readPlan(capture, true);
}

void ReplayPresenter::readPlan(const QString &capture, bool isAnyCapture)
{
    m_starting.run([this, capture, isAnyCapture]() -> base::TaskQueue::Answer {
        return [this, capture, isAnyCapture, plan = replay::planOfRun(capture)] {
            if (plan) {
                setPlan(*plan);
                m_repeats = capture;
            } else if (isAnyCapture && plan.error().code == replay::kNoPlan) {
                setSource(capture);
            } else {
                Q_EMIT failed(plan.error());
            }
        };
    });
}

void ReplayPresenter::compareVersions(const endpoints::DeploymentRef &primary,
                                      const QList<endpoints::DeploymentRef> &mirrors)
{
    replay::ReplayPlan plan = m_plan;
    // Versions of what an endpoint serves are held against each other under that endpoint's rules.
    const QList<RunTarget> served = targets();
    const bool isServed = std::any_of(served.begin(), served.end(),
                                      [&](const RunTarget &target) { return target.deployment.name == primary.name; });
    const bool hasStatic = m_workspace && !m_workspace->local.value(plan.endpoint).staticValues.isEmpty();
    if (!isServed || hasStatic) // a static answer would stand in for the version
        plan.endpoint.clear();
    plan.withoutMirrors.clear();
    plan.to.clear();
    plan.primary = primary;
    plan.mirrors.assign(mirrors.begin(), mirrors.end());
    setPlan(plan);
}

void ReplayPresenter::takeRequests(const std::vector<traffic::ExchangePtr> &requests)
{
    if (requests.empty())
        return;
    const QString endpoint = requests.front()->endpoint;
    const bool isOne = std::all_of(requests.begin(), requests.end(), [&endpoint](const traffic::ExchangePtr &request) {
        return request->endpoint == endpoint;
    });
    traffic::ExportJob job;
    job.exchanges = requests;
    job.format = u"ndjson"_s;
    m_starting.run([this, job, folder = m_options.captureFolder, root = m_repository.root(),
                    endpoint = isOne ? endpoint : QString()]() mutable -> base::TaskQueue::Answer {
        Status written = base::makePath(folder, base::Privacy::OwnerOnly);
        job.out = newFileIn(folder, u"Selected"_s, QDateTime::currentDateTime(), u".ndjson"_s);
        Result<traffic::RedactionRules> rules = traffic::redactionRulesOf(root);
        if (written && !rules)
            written = fail(rules.error());
        if (written) {
            job.redaction = *std::move(rules);
            if (const Result<traffic::ExportReport> report = traffic::exportTraffic(job); !report)
                written = fail(report.error());
        }
        return [this, written, file = job.out, endpoint] {
            if (written)
                planRequests(file, endpoint);
            else
                Q_EMIT failed(written.error());
        };
    });
}

/// All of the file, and nothing but what is in it.
void ReplayPresenter::planRequests(const QString &file, const QString &endpoint)
{
    replay::ReplayPlan plan = m_plan;
    plan.source = file;
    plan.sourceEndpoint.clear();
    plan.repeat = 1;
    plan.limit = 0;
    plan.warmup = {};
    plan.filter.clear();
    plan.onlyDifferent = false;
    plan.sampling = {};
    if (plan.to.isEmpty() && endpointNames().contains(endpoint)) {
        if (plan.endpoint != endpoint)
            plan.withoutMirrors.clear();
        plan.endpoint = endpoint;
        plan.primary.reset();
        plan.mirrors.clear();
    }
    setPlan(plan);
}

} // namespace parallax::ui
