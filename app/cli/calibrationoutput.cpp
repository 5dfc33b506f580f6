// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/calibrationoutput.h"

#include "base/text.h"
#include "compare/rulesedit.h"
#include "report/figures.h"
#include "ui/wording/wording.h"

#include <QJsonArray>
#include <QStringList>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;
using namespace parallax::compare;

namespace parallax::cli {

namespace {

constexpr std::size_t kFieldsShown = 20;
constexpr double kSignificant = 0.05;
constexpr qsizetype kWidestPath = 48;

QString shownPathOf(const QString &path)
{
    return path.isEmpty() ? u"(whole body)"_s : path;
}

template<typename Fields>
int pathWidth(const Fields &fields)
{
    qsizetype width = 10;
    for (const auto &field : fields)
        width = std::max(width, shownPathOf(field.path).size());
    return static_cast<int>(std::min(width, kWidestPath));
}

QString amount(double value)
{
    return std::isfinite(value) ? report::number(value) : QString();
}

QStringList noiseLines(const Calibration &calibration)
{
    std::vector<FieldNoise> noisy;
    qint64 stable = 0;
    double mostUnseen = 0.0;
    for (const FieldNoise &field : calibration.fields) {
        if (field.stability != Stability::Stable) {
            noisy.push_back(field);
        } else {
            ++stable;
            if (std::isfinite(field.differingShare.high))
                mostUnseen = std::max(mostUnseen, field.differingShare.high);
        }
    }
    QStringList lines;
    const std::size_t shown = std::min(noisy.size(), kFieldsShown);
    if (shown > 0) {
        const std::size_t rest = noisy.size() - shown;
        noisy.resize(shown);
        const int width = pathWidth(noisy);
        lines += u"  "_s + u"noisy"_s.leftJustified(width) +
                 u"  class           differs         95%                p99.9    largest"_s;
        for (const FieldNoise &field : noisy) {
            const QString bounds =
                report::percent(field.differingShare.low) + u" to "_s + report::percent(field.differingShare.high);
            lines += u"  "_s + shownPathOf(field.path).leftJustified(width) + u"  "_s +
                     toString(field.stability).leftJustified(14) +
                     u"%1/%2"_s.arg(field.differing).arg(field.requests).rightJustified(10) + u"  "_s +
                     bounds.leftJustified(16) + amount(field.p999).rightJustified(11) +
                     amount(field.largest).rightJustified(11);
        }
        if (rest > 0)
            lines += u"  and %1 further noisy fields"_s.arg(rest);
    }
    if (stable > 0) {
        lines += u"  stable fields: %1; with 95% confidence none differs in more than %2 of the requests"_s.arg(
            report::count(stable), report::percent(mostUnseen));
    }
    return lines;
}

QStringList excessLines(const MirrorExcess &mirror)
{
    QStringList lines;
    lines += u"%1  %2, beyond the noise of the primary"_s.arg(mirror.mirror, mirror.deployment);
    if (mirror.fields.empty()) {
        lines += u"  no field differs, neither in the mirror nor in the noise"_s;
        return lines;
    }
    const std::size_t shown = std::min(mirror.fields.size(), kFieldsShown);
    const std::vector<FieldExcess> fields(mirror.fields.begin(),
                                          mirror.fields.begin() + static_cast<std::ptrdiff_t>(shown));
    const int width = pathWidth(fields);
    lines +=
        u"  "_s + u"field"_s.leftJustified(width) + u"  only mirror  only noise  mean mirror   mean noise         p"_s;
    for (const FieldExcess &field : fields) {
        lines += u"  "_s + shownPathOf(field.path).leftJustified(width) +
                 report::count(field.onlyMirror).rightJustified(13) +
                 report::count(field.onlyNoise).rightJustified(12) + amount(field.meanMirror).rightJustified(13) +
                 amount(field.meanNoise).rightJustified(13) + report::pValue(field.p).rightJustified(10) +
                 (field.p < kSignificant ? u"  strays further than the noise"_s : QString());
    }
    if (shown < mirror.fields.size())
        lines += u"  and %1 further fields"_s.arg(mirror.fields.size() - shown);
    lines += u"  p is adjusted for the %1 fields tested (Holm)"_s.arg(mirror.fields.size());
    return lines;
}

} // namespace

QString toTable(const CalibrationResult &result)
{
    const Calibration &calibration = result.calibration;
    QStringList lines;
    lines += u"%1  %2 distinct requests, each answered twice by %3"_s.arg(
        calibration.endpoint, report::count(calibration.distinctRequests), result.deployment);
    lines += noiseLines(calibration);
    for (const Error &note : calibration.notes)
        lines += u"  note: "_s + wording::text(note);
    const std::vector<Rule> rules = calibration.proposals();
    lines += QString();
    if (rules.empty()) {
        lines += u"No rule follows from it."_s;
    } else {
        lines += result.isWritten             ? u"Rules that follow, written to %1:"_s.arg(result.rulesFile)
                 : result.rulesFile.isEmpty() ? u"Rules that follow (--write adds them to the rules file):"_s
                                              : u"Rules that follow, for %1:"_s.arg(result.rulesFile);
        for (const Rule &rule : rules)
            lines += u"  - "_s + ruleText(rule);
    }
    for (const MirrorExcess &mirror : result.mirrors) {
        lines += QString();
        lines += excessLines(mirror);
    }
    for (QString &line : lines)
        line = base::escapeControls(line);
    return lines.join(u'\n');
}

QJsonObject toJson(const CalibrationResult &result)
{
    QJsonObject object = compare::toJson(result.calibration, [](const Error &error) { return wording::text(error); });
    object.insert(u"deployment"_s, result.deployment);
    QJsonObject mirrors;
    for (const MirrorExcess &mirror : result.mirrors) {
        QJsonArray fields;
        for (const FieldExcess &field : mirror.fields)
            fields.append(compare::toJson(field));
        mirrors.insert(mirror.mirror, QJsonObject{{u"deployment"_s, mirror.deployment}, {u"excess"_s, fields}});
    }
    object.insert(u"mirrors"_s, mirrors);
    object.insert(u"replay"_s, result.replay);
    if (!result.rulesFile.isEmpty())
        object.insert(u"rulesFile"_s, result.rulesFile);
    object.insert(u"written"_s, result.isWritten);
    return object;
}

} // namespace parallax::cli
