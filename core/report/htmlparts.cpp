// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/htmlparts.h"

#include "base/text.h"
#include "report/figures.h"

#include <array>
#include <cmath>

using namespace Qt::StringLiterals;

namespace parallax::report {

namespace {

QString outcomeClass(traffic::Outcome outcome)
{
    using traffic::Outcome;
    switch (outcome) {
    case Outcome::Equal:
    case Outcome::BothErrorSame:
        return u"equal"_s;
    case Outcome::EqualByRule:
        return u"rule"_s;
    case Outcome::Different:
    case Outcome::BothErrorDifferent:
        return u"diff"_s;
    case Outcome::PrimaryError:
    case Outcome::MirrorError:
    case Outcome::Timeout:
        return u"error"_s;
    case Outcome::Dropped:
    case Outcome::NotComparable:
    case Outcome::Pending:
        return u"drop"_s;
    }
    Q_UNREACHABLE();
}

QString coordinate(double value)
{
    return QString::number(value, 'f', 1);
}

QString lineHtml(const PairLine &line, bool isLeft)
{
    using Kind = PairLine::Kind;
    QString kind;
    switch (line.kind) {
    case Kind::Same:
        break;
    case Kind::Changed:
    case Kind::Only:
        kind = isLeft ? u" l"_s : u" r"_s;
        break;
    case Kind::Moved:
        kind = u" o"_s;
        break;
    case Kind::Hidden:
        kind = u" h"_s;
        break;
    case Kind::Void:
        kind = u" v"_s;
        break;
    }
    QString text;
    int at = 0;
    for (const auto &[begin, end] : line.spans) {
        text += escaped(line.text.mid(at, begin - at)) + u"<mark>"_s + escaped(line.text.mid(begin, end - begin)) +
                u"</mark>"_s;
        at = end;
    }
    text += escaped(line.text.mid(at));
    return u"<div class=\"ln"_s + kind + u"\"><span class=\"no\">"_s +
           (line.number > 0 ? QString::number(line.number) : QString()) + u"</span><span class=\"sg\">"_s +
           escaped(line.sign) + u"</span><span>"_s + text + u"</span></div>"_s;
}

QString sideHtml(const PairSide &side, int identity, bool isLeft)
{
    QString html = u"<div class=\"side\"><div class=\"head\">"_s + glyph(identity) + u"<b>"_s + escaped(side.name) +
                   u"</b><span class=\"muted\">"_s + escaped(side.what) + u"</span><span class=\"end\">"_s +
                   escaped(side.status);
    if (std::isfinite(side.milliseconds))
        html += u" "_s + milliseconds(side.milliseconds) + u" ms"_s;
    html += u"</span></div><div class=\"mono\">"_s;
    for (const PairLine &line : side.lines)
        html += lineHtml(line, isLeft);
    return html + u"</div></div>"_s;
}

} // namespace

QString escaped(const QString &text)
{
    // The breaks of pretty-printed bodies are lines of their own already; what is left of controls is data.
    return base::escapeControls(text).toHtmlEscaped().replace(u'\'', u"&#39;"_s);
}

QString glyph(int identity)
{
    static constexpr std::array<const char *, 6> kShapes{
        "M8 3.25A4.75 4.75 0 1 0 8 12.75A4.75 4.75 0 1 0 8 3.25Z",
        "M4.6 3.75H11.4A.85.85 0 0 1 12.25 4.6V11.4A.85.85 0 0 1 11.4 12.25H4.6A.85.85 0 0 1 3.75 11.4V4.6A.85.85 0 0 "
        "1 4.6 3.75Z",
        "M8 2.9L13.4 12.4H2.6Z",
        "M8 2.4L13.6 8L8 13.6L2.4 8Z",
        "M2.75 10.75A5.25 5.25 0 0 1 13.25 10.75Z",
        "M8 1.9L9.7 6.3L14.1 8L9.7 9.7L8 14.1L6.3 9.7L1.9 8L6.3 6.3Z",
    };
    if (identity < 0)
        return u"<svg class=\"g cP\" viewBox=\"0 0 16 16\" aria-hidden=\"true\"><circle cx=\"8\" cy=\"8\" r=\"4.25\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"1.5\"/></svg>"_s;
    const auto shape = static_cast<std::size_t>(identity) % kShapes.size();
    return u"<svg class=\"g c%1\" viewBox=\"0 0 16 16\" aria-hidden=\"true\"><path fill=\"currentColor\" d=\"%2\"/></svg>"_s
        .arg(QChar(static_cast<char16_t>(u'A' + shape)), QLatin1StringView(kShapes[shape]));
}

QString intervalChart(const compare::Share &share, double target, compare::Verdict verdict)
{
    if (!std::isfinite(share.low) || !std::isfinite(share.high))
        return {};
    constexpr double kWidth = 380;
    // The scale begins at a round figure below everything that is shown and always ends at 100%.
    const double lowest = std::min({share.low, share.rate, target});
    double floor = 0.0;
    for (const double candidate : {0.99, 0.98, 0.95, 0.9, 0.8, 0.5, 0.0}) {
        floor = candidate;
        if (lowest > candidate)
            break;
    }
    const auto x = [floor](double rate) { return 4 + (rate - floor) / (1 - floor) * (kWidth - 8); };
    QString svg =
        u"<svg width=\"380\" height=\"44\" viewBox=\"0 0 380 44\" role=\"img\" aria-label=\"%1 agree, between %2 and %3; asked for %4\">"_s
            .arg(percent(share.rate), percent(share.low), percent(share.high), percent(target));
    svg += u"<path class=\"track\" d=\"M4 14H376\"/>"_s;
    svg += u"<path class=\"range%1\" d=\"M%2 14H%3\"/>"_s.arg(
        verdict == compare::Verdict::Equivalent ? u" equivalent"_s : QString(), coordinate(x(share.low)),
        coordinate(std::max(x(share.high), x(share.low) + 0.1)));
    svg += u"<path class=\"tick\" d=\"M%1 5V23\"/>"_s.arg(coordinate(x(target)));
    svg += u"<circle class=\"ring\" cx=\"%1\" cy=\"14\" r=\"5\"/>"_s.arg(coordinate(x(share.rate)));
    svg += u"<text x=\"4\" y=\"38\">%1</text><text x=\"376\" y=\"38\" text-anchor=\"end\">100%</text></svg>"_s.arg(
        percent(floor, 0));
    return svg;
}

QString latencyChart(const compare::LatencySummary &latency, int mirrorIdentity)
{
    const std::vector<double> &left = latency.primary.percentiles;
    const std::vector<double> &right = latency.mirror.percentiles;
    if (left.size() < 2 || right.size() < 2)
        return {};
    constexpr double kLeft = 34;
    constexpr double kRight = 336;
    constexpr double kTop = 8;
    constexpr double kBottom = 92;
    const double lowest = std::max(1e-3, std::min(left.front(), right.front()));
    const double highest = std::max({lowest * 1.01, left.back(), right.back()});
    const double from = std::log(lowest);
    const double span = std::log(highest) - from;
    const auto x = [&](double ms) { return kLeft + (std::log(std::max(ms, lowest)) - from) / span * (kRight - kLeft); };
    const auto y = [&](double share) { return kBottom - share * (kBottom - kTop); };
    const auto curve = [&](const std::vector<double> &percentiles) {
        QString path;
        const auto last = static_cast<double>(percentiles.size() - 1);
        for (std::size_t i = 0; i < percentiles.size(); ++i)
            path += (i == 0 ? u"M"_s : u"L"_s) + coordinate(x(percentiles[i])) + u' ' +
                    coordinate(y(static_cast<double>(i) / last));
        return path;
    };
    QString svg =
        u"<svg width=\"344\" height=\"112\" viewBox=\"0 0 344 112\" role=\"img\" aria-label=\"Share of answers within a time\">"_s;
    for (const double share : {0.0, 0.5, 1.0})
        svg += u"<path class=\"grid\" d=\"M%1 %2H%3\"/><text x=\"%4\" y=\"%5\" text-anchor=\"end\">%6</text>"_s.arg(
            coordinate(kLeft), coordinate(y(share)), coordinate(kRight), coordinate(kLeft - 5),
            coordinate(y(share) + 4), percent(share, 0));
    svg += u"<text x=\"%1\" y=\"108\">%2 ms</text><text x=\"%3\" y=\"108\" text-anchor=\"end\">%4 ms</text>"_s.arg(
        coordinate(kLeft), milliseconds(lowest), coordinate(kRight), milliseconds(highest));
    svg += u"<g class=\"cP\"><path class=\"line\" d=\"%1\"/></g>"_s.arg(curve(left));
    svg += u"<g class=\"c%1\"><path class=\"line\" stroke-dasharray=\"6 3\" d=\"%2\"/></g></svg>"_s.arg(
        QChar(static_cast<char16_t>(u'A' + mirrorIdentity % 6)), curve(right));
    return svg;
}

QString outcomeBar(const compare::OutcomeCounts &counts)
{
    QString html = u"<div class=\"bar\">"_s;
    for (const traffic::Outcome outcome : compare::kOutcomeOrder) {
        if (counts[outcome] > 0)
            html += u"<span class=\"b-%1\" style=\"flex:%2\"></span>"_s.arg(outcomeClass(outcome)).arg(counts[outcome]);
    }
    html += u"</div><table>"_s;
    const auto total = static_cast<double>(counts.total());
    for (const traffic::Outcome outcome : compare::kOutcomeOrder) {
        if (counts[outcome] == 0)
            continue;
        html +=
            u"<tr><td><span class=\"sw b-%1\"></span></td><td class=\"mono\">%2</td><td>%3</td><td class=\"n\"><b>%4</b></td><td class=\"n muted\">%5</td></tr>"_s
                .arg(outcomeClass(outcome), outcomeSign(outcome), outcomeName(outcome), count(counts[outcome]),
                     percent(static_cast<double>(counts[outcome]) / total));
    }
    return html + u"</table>"_s;
}

QString pairDetails(const PairSection &pair, int mirrorIdentity)
{
    QString html =
        u"<details><summary><span class=\"muted\">#%1</span><span>%2</span><span class=\"%3\">%4 %5</span><span class=\"muted\">%6</span></summary>"_s
            .arg(QString::number(pair.id.value), escaped(pair.summary),
                 pair.outcome == traffic::Outcome::Different ? u"diff"_s : u"err"_s, outcomeSign(pair.outcome),
                 outcomeName(pair.outcome),
                 pair.differences == 0   ? QString()
                 : pair.differences == 1 ? u"1 difference"_s
                                         : u"%1 differences"_s.arg(pair.differences));
    html += u"<div class=\"pair\">"_s + sideHtml(pair.left, -1, true) + sideHtml(pair.right, mirrorIdentity, false) +
            u"</div>"_s;
    if (pair.isCut)
        html += u"<p class=\"muted small\">Further lines were left out.</p>"_s;
    return html + u"</details>"_s;
}

} // namespace parallax::report
