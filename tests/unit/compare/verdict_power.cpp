// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Draws docs/statistics-power.svg: how likely each verdict is, over the truth, for several numbers of requests.
//     cmake --build build/release --target verdict_power && build/release/tests/unit/compare/verdict_power
//     docs/statistics-power.svg
// The upper panels are exact (every possible count by its binomial probability), the lower ones simulated.
#include "base/files.h"
#include "simulation.h"

#include <QStringList>

#include <array>
#include <cstdio>

using namespace Qt::StringLiterals;
using namespace parallax;
using namespace parallax::test;

namespace {

constexpr int kPanelWidth = 340;
constexpr int kPanelHeight = 200;
constexpr int kRuns = 400;
constexpr std::array<std::int64_t, 4> kSizes{100, 500, 2'000, 10'000};
// Distinct in light and dark, and by dash for those who see no colour.
constexpr std::array kColours{u"#9467bd", u"#1f77b4", u"#2a9d55", u"#d9822b"};
constexpr std::array kDashes{u"2 3", u"6 3", u"10 3 2 3", u"none"};

struct Point
{
    double x = 0.0; // 0 to 1 within the panel
    double y = 0.0; // probability
};

struct Panel
{
    QString title;
    QString axis;
    QStringList ticks; // evenly spread from left to right
    std::vector<std::vector<Point>> curves;
    double mark = 0.0; // dashed upright line: the target or the margin
};

QString number(double value)
{
    return QString::number(value, 'f', 1);
}

QString curvePath(const std::vector<Point> &curve)
{
    QString path;
    for (const Point &point : curve)
        path += (path.isEmpty() ? u"M"_s : u" L"_s) + number(point.x * kPanelWidth) + u' ' +
                number((1.0 - point.y) * kPanelHeight);
    return path;
}

QString drawn(const Panel &panel, int left, int top)
{
    QString svg = u"<g transform=\"translate(%1 %2)\">\n"_s.arg(left).arg(top);
    svg += u"<text x=\"0\" y=\"-10\" font-weight=\"600\">%1</text>\n"_s.arg(panel.title);
    for (int percent = 0; percent <= 100; percent += 25) {
        const double y = (1.0 - percent / 100.0) * kPanelHeight;
        svg +=
            u"<path class=\"grid\" d=\"M0 %1 H%2\"/><text class=\"tick\" x=\"-6\" y=\"%3\" text-anchor=\"end\">%4%</text>\n"_s
                .arg(number(y))
                .arg(kPanelWidth)
                .arg(number(y + 4.0))
                .arg(percent);
    }
    for (qsizetype i = 0; i < panel.ticks.size(); ++i) {
        const double x = static_cast<double>(i) / static_cast<double>(panel.ticks.size() - 1) * kPanelWidth;
        svg += u"<text class=\"tick\" x=\"%1\" y=\"%2\" text-anchor=\"middle\">%3</text>\n"_s.arg(number(x))
                   .arg(kPanelHeight + 16)
                   .arg(panel.ticks.at(i));
    }
    svg += u"<text class=\"tick\" x=\"%1\" y=\"%2\" text-anchor=\"middle\">%3</text>\n"_s.arg(kPanelWidth / 2)
               .arg(kPanelHeight + 34)
               .arg(panel.axis);
    svg += u"<path class=\"mark\" d=\"M%1 0 V%2\"/>\n"_s.arg(number(panel.mark * kPanelWidth)).arg(kPanelHeight);
    for (std::size_t i = 0; i < panel.curves.size(); ++i)
        svg += u"<path fill=\"none\" stroke-width=\"2\" stroke=\"%1\" stroke-dasharray=\"%2\" d=\"%3\"/>\n"_s
                   .arg(QStringView(kColours.at(i)))
                   .arg(QStringView(kDashes.at(i)))
                   .arg(curvePath(panel.curves.at(i)));
    return svg + u"</g>\n"_s;
}

QString legend(int left, int top)
{
    QString svg = u"<g transform=\"translate(%1 %2)\">\n"_s.arg(left).arg(top);
    for (std::size_t i = 0; i < kSizes.size(); ++i) {
        const int x = static_cast<int>(i) * 150;
        svg +=
            u"<path stroke-width=\"2\" stroke=\"%1\" stroke-dasharray=\"%2\" d=\"M%3 0 h32\"/><text class=\"tick\" x=\"%4\" y=\"4\">%L5 requests</text>\n"_s
                .arg(QStringView(kColours.at(i)))
                .arg(QStringView(kDashes.at(i)))
                .arg(x)
                .arg(x + 38)
                .arg(kSizes.at(i));
    }
    return svg + u"</g>\n"_s;
}

// Over the true share of close requests, 96% to 100%, the target at 99%.
std::pair<Panel, Panel> sharePanels()
{
    const QStringList ticks{u"96%"_s, u"97%"_s, u"98%"_s, u"99%"_s, u"100%"_s};
    Panel equivalent{u"Called equivalent, target 99%"_s, u"true share of close requests"_s, ticks, {}, 0.75};
    Panel different = equivalent;
    different.title = u"Called different, target 99%"_s;
    for (const std::int64_t n : kSizes) {
        std::vector<Point> &rising = equivalent.curves.emplace_back();
        std::vector<Point> &falling = different.curves.emplace_back();
        for (int step = 0; step <= 160; ++step) {
            const double x = step / 160.0;
            const Verdicts verdicts = enumerate(n, std::min(0.96 + 0.04 * x, 1.0 - 1e-9));
            rising.push_back({x, verdicts.equivalent});
            falling.push_back({x, verdicts.different});
        }
    }
    return {equivalent, different};
}

// Over the bias of a number in margins, 0 to 1.5; the noise is one margin, the target so low that the mean decides.
std::pair<Panel, Panel> biasPanels()
{
    const QStringList ticks{u"0"_s, u"0.5"_s, u"1"_s, u"1.5"_s};
    Panel equivalent{
        u"Called equivalent, one noisy number"_s, u"true mean difference, in margins"_s, ticks, {}, 2.0 / 3.0};
    Panel different = equivalent;
    different.title = u"Called different, one noisy number"_s;
    for (const std::int64_t n : kSizes) {
        std::vector<Point> &falling = equivalent.curves.emplace_back();
        std::vector<Point> &rising = different.curves.emplace_back();
        for (int step = 0; step <= 30; ++step) {
            const double bias = 0.05 * step;
            const Verdicts verdicts = simulate(kRuns, static_cast<std::uint64_t>(step), [n, bias](Noise &noise) {
                return drawnRun(noise, static_cast<std::size_t>(n), 1, 0.2,
                                [bias](Noise &each) { return bias + each.normal(); });
            });
            falling.push_back({step / 30.0, verdicts.equivalent});
            rising.push_back({step / 30.0, verdicts.different});
        }
    }
    return {equivalent, different};
}

QString picture()
{
    const auto [shareEquivalent, shareDifferent] = sharePanels();
    const auto [biasEquivalent, biasDifferent] = biasPanels();
    QString svg =
        u"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 840 640\" role=\"img\" font-family=\"sans-serif\" font-size=\"13\">\n"_s;
    svg += u"<title>How likely each verdict is, over the truth</title>\n"_s;
    svg += u"<style>svg{background:#fff} text{fill:#1c1c1c} .tick{fill:#555;font-size:11px} .grid{stroke:#ddd} "_s;
    svg += u".mark{stroke:#888;stroke-dasharray:3 3}</style>\n"_s;
    svg += drawn(shareEquivalent, 60, 50) + drawn(shareDifferent, 470, 50);
    svg += drawn(biasEquivalent, 60, 340) + drawn(biasDifferent, 470, 340);
    return svg + legend(120, 615) + u"</svg>\n"_s;
}

} // namespace

int main(int argc, char **argv)
{
    if (argc != 2) {
        std::fprintf(stderr, "usage: verdict_power FILE.svg\n");
        return 2;
    }
    return base::saveFile(QString::fromLocal8Bit(argv[1]), picture().toUtf8()) ? 0 : 3;
}
