// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "replay/source.h"

#include "replay/errors.h"
#include "traffic/trafficsource.h"

#include <QJsonDocument>

using namespace Qt::StringLiterals;

namespace parallax::replay {

namespace {

constexpr qsizetype kShownReasons = 3;

Status narrow(const traffic::CaptureReader &capture, ReplayPlan &plan)
{
    if (plan.endpoint.isEmpty() || !plan.sourceEndpoint.isEmpty())
        return {};
    const Result<QStringList> names = capture.endpoints();
    if (!names)
        return tl::unexpected(names.error());
    if (names->size() > 1 && names->contains(plan.endpoint))
        plan.sourceEndpoint = plan.endpoint;
    return {};
}

} // namespace

std::vector<Finding> ReplaySource::findings() const
{
    std::vector<Finding> found;
    if (!summary || summary->skipped == 0)
        return found;
    for (const Error &reason : summary->reasons.first(std::min(kShownReasons, summary->reasons.size())))
        found.push_back({Severity::Warning, reason});
    if (summary->skipped > kShownReasons)
        found.push_back({Severity::Warning,
                         Error{kRecordsSkipped, {{u"count"_s, summary->skipped}, {u"read"_s, summary->read}}, {}, {}}});
    return found;
}

Result<ReplaySource> openSource(ReplayPlan &plan, const QString &format)
{
    Result<traffic::TrafficSource> opened = traffic::TrafficSource::open(plan.source, format);
    if (!opened)
        return tl::unexpected(opened.error());
    if (opened->isCapture()) {
        if (const Status status = narrow(*opened->capture(), plan); !status)
            return tl::unexpected(status.error());
    }
    // Shared, because a std::function must be copyable; the replay thread alone reads it.
    const auto source = std::make_shared<const traffic::TrafficSource>(std::move(*opened));
    const auto summary = std::make_shared<traffic::ImportSummary>();
    traffic::ImportOptions options;
    options.file = plan.source;
    options.endpoint = plan.endpoint;
    SourceReader reader = [source, summary, options](const std::function<bool(traffic::Exchange &&)> &take,
                                                     const std::stop_token &stop) -> Status {
        traffic::ImportOptions how = options;
        how.stop = stop;
        Result<traffic::ImportSummary> read = source->forEach(take, how);
        if (!read)
            return tl::unexpected(read.error());
        *summary = std::move(*read);
        return {};
    };
    return ReplaySource{std::move(reader), summary};
}

QByteArray planText(const ReplayPlan &plan)
{
    return QJsonDocument(plan.toJson()).toJson(QJsonDocument::Compact);
}

Result<ReplayPlan> planOfRun(const QString &capture)
{
    const Result<std::unique_ptr<traffic::CaptureReader>> reader = traffic::CaptureReader::open(capture);
    if (!reader)
        return tl::unexpected(reader.error());
    const Result<QByteArray> text = (*reader)->property(kPlanProperty);
    if (!text)
        return tl::unexpected(text.error());
    if (text->isEmpty())
        return tl::unexpected(Error{kNoPlan, {{u"file"_s, capture}}, {capture, 0, 0}, {}});
    return ReplayPlan::fromJson(QJsonDocument::fromJson(*text).object());
}

} // namespace parallax::replay
