// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The larger widgets: side by side, code, charts and tables, laid out as in compare-light.png and edit-light.png.
#include "widgets/gallerypages.h"

#include "ui/theme/controls.h"
#include "ui/theme/metrics.h"
#include "ui/theme/theme.h"
#include "ui/widgets/charts/intervalbar.h"
#include "ui/widgets/charts/linechart.h"
#include "ui/widgets/charts/partsbar.h"
#include "ui/widgets/code/codeview.h"
#include "ui/widgets/code/diffview.h"
#include "ui/widgets/delegates/celldelegate.h"
#include "ui/widgets/delegates/rowdelegate.h"
#include "ui/widgets/filterfield.h"
#include "ui/widgets/iconlabel.h"
#include "ui/widgets/identity.h"
#include "ui/widgets/label.h"
#include "ui/widgets/pill.h"
#include "ui/widgets/routegutter.h"
#include "ui/widgets/segmentedcontrol.h"
#include "ui/widgets/surface.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QListView>
#include <QMenu>
#include <QPushButton>
#include <QStringListModel>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace parallax::gallery {

namespace {

using theme::ButtonKind;
using theme::ButtonSize;
using theme::Role;
using theme::TextStyle;
using widgets::DiffKind;
using widgets::Label;

struct PairLine
{
    const char16_t *left;
    const char16_t *right;
    DiffKind kind = DiffKind::Same;
};

// What stands between the guillemets is what differs.
widgets::DiffLine diffLine(const char16_t *text, DiffKind kind, int number, int difference)
{
    widgets::DiffLine line{kind, number, QString::fromUtf16(text), {}, difference};
    const qsizetype start = line.text.indexOf(u'\u00ab');
    if (start >= 0) {
        const qsizetype end = line.text.indexOf(u'\u00bb');
        line.text.remove(end, 1).remove(start, 1);
        line.changed.append({start, end - start - 1});
    }
    return line;
}

widgets::DiffDocumentPtr sampleDiff()
{
    static const std::vector<PairLine> kLines{
        {u"{", u"{"},
        {u"  \"data\": {", u"  \"data\": {"},
        {u"    \"price\": \u00ab2757.41\u00bb,", u"    \"price\": \u00ab2811.06\u00bb,", DiffKind::Changed},
        {u"    \"currency\": \"USD\",", u"    \"currency\": \"USD\","},
        {u"    \"interval\": {", u"    \"interval\": {"},
        {u"      \"low\": \u00ab2604.10\u00bb,", u"      \"low\": \u00ab2655.83\u00bb,", DiffKind::Changed},
        {u"      \"high\": \u00ab2910.72\u00bb", u"      \"high\": \u00ab2966.29\u00bb", DiffKind::Changed},
        {u"    },", u"    },"},
        {u"    \"band\": \"2500-3000\",", u"    \"band\": \"2500-3000\","},
        {u"    \"drivers\": [", u"    \"drivers\": ["},
        {u"      { \"feature\": \"carat\", \"effect\": 1480.22 },",
         u"      { \"feature\": \"carat\", \"effect\": 1480.22 },"},
        {u"      { \"feature\": \"clarity\", \"effect\": 402.17 },",
         u"      { \"feature\": \"clarity\", \"effect\": 402.17 },"},
        {u"      { \"feature\": \"color\", \"effect\": 96.05 }",
         u"      { \"feature\": \"color\", \"effect\": 96.05 },"},
        {nullptr, u"      { \"feature\": \"region\", \"effect\": 53.65 }", DiffKind::OnlyHere},
        {u"    ],", u"    ],"},
        {u"    \"confidence\": \u00ab0.92\u00bb,", u"    \"confidence\": \u00ab\"high\"\u00bb,", DiffKind::Type},
        {u"    \"flags\": [],", u"    \"flags\": [],"},
        {u"    \"tags\": [\"a\", \"b\"],", u"    \"tags\": [\"b\", \"a\"],", DiffKind::Moved},
        {u"    \"model\": {", u"    \"model\": {"},
        {u"      \"name\": \"pricing_model\",", u"      \"name\": \"pricing_model\","},
        {u"      \"trained\": \"2024-04-30\"", u"      \"trained\": \"2024-05-11\"", DiffKind::Hidden},
        {u"    },", u"    },"},
        {u"    \"requestId\": \"b-01HX2\"", u"    \"requestId\": \"b-01HX3\"", DiffKind::Hidden},
        {u"    \"rows\": 1", u"    \"rows\": 1"},
        {u"  },", u"  },"},
        {u"  \"timings\": {", u"  \"timings\": {"},
        {u"    \"featuresMs\": 4", u"    \"featuresMs\": 6", DiffKind::Hidden},
        {u"  }", u"  }"},
        {u"}", u"}"},
    };
    auto document = std::make_shared<widgets::DiffDocument>();
    int left = 0;
    int right = 0;
    int difference = -1;
    for (const PairLine &line : kLines) {
        const bool isDifference = line.kind != DiffKind::Same && line.kind != DiffKind::Hidden;
        if (isDifference)
            ++difference;
        const int number = isDifference ? difference : -1;
        document->left.push_back(line.left != nullptr ? diffLine(line.left, line.kind, ++left, number)
                                                      : widgets::DiffLine{DiffKind::Void, 0, {}, {}, number});
        document->right.push_back(line.right != nullptr ? diffLine(line.right, line.kind, ++right, number)
                                                        : widgets::DiffLine{DiffKind::Void, 0, {}, {}, number});
    }
    document->differences = difference + 1;
    return document;
}

QWidget *paneTitle(theme::Theme &theme, int identity, const QString &name, const QString &what, const QString &time)
{
    auto *header = new widgets::PaneHeader(theme, nullptr, Role::Base);
    header->setFixedHeight(32);
    header->row()->setContentsMargins(14, 0, 14, 1);
    auto *glyph = new widgets::IconLabel(theme, {});
    glyph->setIdentity(identity);
    header->row()->addWidget(glyph);
    header->row()->addWidget(new Label(theme, name, TextStyle::Name));
    auto *detail = new Label(theme, what, TextStyle::Caption, Role::Muted);
    detail->setElideMode(Qt::ElideRight);
    header->row()->addWidget(detail, 1);
    header->row()->addWidget(new Label(theme, u"200"_s, TextStyle::Caption, Role::Text2));
    header->row()->addWidget(new Label(theme, time, TextStyle::Caption, Role::Text2));
    return header;
}

widgets::Chart latencyChart()
{
    widgets::Chart chart;
    chart.x = {20, 340, true, {{20, u"20"_s}, {40, u"40"_s}, {80, u"80"_s}, {160, u"160"_s}, {320, u"320 ms"_s}}};
    chart.y = {0, 100, false, {{0, u"0%"_s}, {50, u"50%"_s}, {100, u"100%"_s}}};
    widgets::ChartSeries alias{u"alias"_s, {}, widgets::kPrimary, Role::Accent, false, false};
    widgets::ChartSeries mirror{u"mirror_1"_s, {}, 0, Role::Accent, false, false};
    for (double x = 22; x < 340; x *= 1.04) {
        alias.points.emplace_back(x, 100 / (1 + std::pow(41 / x, 5)));
        mirror.points.emplace_back(x, 100 / (1 + std::pow(63 / x, 4)));
    }
    chart.series = {alias, mirror};
    chart.description = u"Latency of alias and mirror_1"_s;
    return chart;
}

QWidget *summary(theme::Theme &theme)
{
    auto *summary = new widgets::Surface(theme, Role::Base, Qt::BottomEdge);
    summary->setFixedHeight(150);
    auto *row = new QHBoxLayout(summary);
    row->setContentsMargins(16, 13, 12, 12);
    row->setSpacing(16);
    auto *verdict = new QVBoxLayout;
    auto *first = new QHBoxLayout;
    first->addWidget(new Label(theme, u"98.2%"_s, TextStyle::Display));
    first->addWidget(new Label(theme, u"agree"_s, TextStyle::Name));
    first->addStretch(1);
    first->addWidget(
        new widgets::Pill(theme, {u"Not equivalent"_s, widgets::PillKind::Different, u"out-different"_s, false}));
    verdict->addLayout(first);
    verdict->addWidget(new Label(theme, u"97.6 to 98.6, from 2,744 distinct requests"_s, TextStyle::Body, Role::Text2));
    auto *interval = new widgets::IntervalBar(theme, u"Agreement"_s);
    interval->setInterval({0.976, 0.986, 0.982, 0.995, widgets::IntervalTone::Fails});
    verdict->addWidget(interval);
    verdict->addWidget(
        new Label(theme, u"Price is +0.85 on average, outside the margin of 0.01."_s, TextStyle::Caption, Role::Muted));
    auto *holder = new QWidget;
    holder->setLayout(verdict);
    verdict->setContentsMargins(0, 0, 0, 0);
    holder->setFixedWidth(384);
    row->addWidget(holder);
    row->addWidget(widgets::hairline(theme, Qt::Vertical));
    auto *outcomes = new QVBoxLayout;
    auto *bar = new widgets::OutcomeBar(theme);
    bar->setParts({{u"Equal"_s, 4781, Role::ChartEqual},
                   {u"Equal by rule"_s, 112, Role::ChartRule},
                   {u"Different"_s, 90, Role::ChartDiff},
                   {u"Mirror error"_s, 17, Role::ChartError}});
    outcomes->addWidget(new Label(theme, u"Outcome of every pair"_s, TextStyle::Caption, Role::Muted));
    outcomes->addWidget(bar);
    auto *progress = new widgets::PartsProgress(theme, u"progress"_s, u"Replay progress"_s);
    progress->setParts({{u"answered"_s, 3088, Role::AccentFill},
                        {u"failed"_s, 21, Role::ChartError},
                        {u"dropped"_s, 11, Role::ChartDropped}},
                       5000);
    outcomes->addWidget(progress);
    outcomes->addStretch(1);
    row->addLayout(outcomes, 1);
    row->addWidget(widgets::hairline(theme, Qt::Vertical));
    auto *chart = new widgets::LineChart(theme, u"latency"_s, u"Latency"_s);
    chart->setChart(latencyChart());
    row->addWidget(chart, 1);
    return summary;
}

/// A table of made-up cells.
class FieldDelegate : public widgets::CellDelegate
{
public:
    using CellDelegate::CellDelegate;

    widgets::CellContent content(const QModelIndex &index) const override
    {
        static const QList<std::tuple<QString, QString, QString, QString, QString, Role, QString>> kRows{
            {u"/data/price"_s, u"~"_s, u"changed"_s, u"1.4%"_s, u"(71)"_s, Role::Different, u"+312.40"_s},
            {u"/data/interval/high"_s, u"~"_s, u"changed"_s, u"1.4%"_s, u"(71)"_s, Role::Different, u"+344.10"_s},
            {u"/data/drivers/*"_s, u"+"_s, u"added"_s, u"1.3%"_s, u"(66)"_s, Role::DiffRightMark, {}},
            {u"/data/confidence"_s, u"T"_s, u"type"_s, u"0.1%"_s, u"(5)"_s, Role::Different, {}},
            {u"status"_s, u"!"_s, u"error"_s, u"0.3%"_s, u"(17)"_s, Role::Error, {}}};
        const auto &[path, sign, kind, share, count, role, worst] = kRows.at(index.row() % kRows.size());
        widgets::CellContent cell;
        switch (index.column()) {
        case 0:
            cell.text = path;
            cell.style = TextStyle::Code;
            break;
        case 1:
            cell.sign = sign;
            cell.signRole = role;
            cell.text = kind;
            cell.role = Role::Text2;
            break;
        case 2:
            cell.text = share;
            cell.isNumber = true;
            cell.trailing = count;
            cell.trailingRole = Role::Muted;
            cell.trailingWidth = 30;
            break;
        default:
            cell.text = worst;
            cell.isNumber = true;
            cell.role = Role::Text2;
        }
        return cell;
    }
};

class FieldModel : public QAbstractTableModel
{
public:
    using QAbstractTableModel::QAbstractTableModel;
    int rowCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : 5; }
    int columnCount(const QModelIndex &parent = {}) const override { return parent.isValid() ? 0 : 4; }
    QVariant data(const QModelIndex &, int) const override { return {}; }
    QVariant headerData(int section, Qt::Orientation, int role) const override
    {
        static const QStringList kNames{u"Path"_s, u"Kind"_s, u"Pairs"_s, u"Worst"_s};
        if (role == Qt::TextAlignmentRole)
            return QVariant(section < 2 ? Qt::AlignLeft | Qt::AlignVCenter : Qt::AlignRight | Qt::AlignVCenter);
        return role == Qt::DisplayRole ? QVariant(kNames.value(section)) : QVariant();
    }
};

} // namespace

QWidget *comparePage(theme::Theme &theme)
{
    auto *page = new widgets::Surface(theme, Role::Base);
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto *tools = new widgets::ToolRow(theme);
    auto *capture = new QPushButton(theme.icon(u"capture"_s), u"Capture 12:04"_s);
    capture->setMenu(new QMenu(capture));
    auto *segments = new widgets::SegmentedControl(theme, u"mirrors"_s, u"Mirror"_s);
    segments->addSegment(u"mirror_1"_s, widgets::identityIcon(theme, 0));
    segments->addSegment(u"mirror_2"_s, widgets::identityIcon(theme, 1));
    auto *rules = new QPushButton(theme.icon(u"rule"_s), u"3 rules"_s);
    theme::setKind(rules, ButtonKind::Ghost);
    auto *report = new QPushButton(theme.icon(u"export"_s), u"Export report"_s);
    theme::setKind(report, ButtonKind::Primary);
    tools->row()->addWidget(capture);
    tools->row()->addWidget(new Label(theme, u"pricing_optimizer, 5,000 pairs"_s, TextStyle::Caption, Role::Muted));
    tools->row()->addWidget(segments);
    tools->row()->addStretch(1);
    tools->row()->addWidget(rules);
    tools->row()->addWidget(report);
    column->addWidget(tools);
    column->addWidget(summary(theme));

    auto *lower = new QHBoxLayout;
    lower->setSpacing(0);
    column->addLayout(lower, 1);
    auto *left = new widgets::Surface(theme, Role::Base, Qt::RightEdge);
    left->setFixedWidth(424);
    auto *leftColumn = new QVBoxLayout(left);
    leftColumn->setContentsMargins(0, 0, 1, 0);
    leftColumn->setSpacing(0);
    auto *header = new widgets::PaneHeader(theme);
    header->row()->addWidget(new Label(theme, u"Differences by field"_s, TextStyle::Strong), 1);
    auto *hidden = new QPushButton(theme.icon(u"eye-off"_s), u"112 hidden by 3 rules"_s);
    theme::setKind(hidden, ButtonKind::Ghost, ButtonSize::Small);
    header->row()->addWidget(hidden);
    leftColumn->addWidget(header);
    auto *table = new QTableView;
    table->setModel(new FieldModel(table));
    auto *delegate = new FieldDelegate(theme, table);
    delegate->setDesignHeight(theme::metrics::kFieldTableRowHeight);
    theme::setOuterPadding(table, 16);
    table->setItemDelegate(delegate);
    table->setFrameShape(QFrame::NoFrame);
    table->setShowGrid(false);
    table->verticalHeader()->hide();
    table->verticalHeader()->setDefaultSectionSize(theme.height(theme::metrics::kFieldTableRowHeight));
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->horizontalHeader()->setHighlightSections(false);
    for (int i = 0; i < 4; ++i)
        table->setColumnWidth(i, QList<int>{172, 84, 90, 77}.at(i));
    table->selectRow(0);
    leftColumn->addWidget(table, 1);
    lower->addWidget(left);

    auto *right = new QVBoxLayout;
    right->setSpacing(0);
    auto *pair = new widgets::PaneHeader(theme);
    pair->row()->addWidget(new Label(theme, u"Pair #17"_s, TextStyle::Strong));
    pair->row()->addWidget(new Label(theme, u"carat 0.71, Ideal, G, VS1"_s, TextStyle::Caption, Role::Text2), 1);
    for (const QString &icon : {u"arrow-up"_s, u"arrow-down"_s, u"wrap"_s, u"search"_s, u"more"_s}) {
        auto *button = new QToolButton;
        button->setIcon(theme.icon(icon));
        theme::setKind(button, ButtonKind::Ghost, ButtonSize::Small);
        pair->row()->addWidget(button);
    }
    right->addWidget(pair);
    auto *diff = new widgets::DiffView(theme, u"sideBySide"_s, u"Primary response"_s, u"Mirror response"_s);
    diff->setHeaders(
        paneTitle(theme, widgets::kPrimary, u"alias"_s, u"pricing_model_v1, main, latest = 4"_s, u"41 ms"_s),
        paneTitle(theme, 0, u"mirror_1"_s, u"pricing_model_v2, main, latest = 7"_s, u"63 ms"_s));
    diff->setDocument(sampleDiff());
    right->addWidget(diff, 1);
    lower->addLayout(right, 1);
    return page;
}

namespace {

class EndpointRows : public widgets::RowDelegate
{
public:
    using RowDelegate::RowDelegate;
    widgets::RowContent content(const QModelIndex &index) const override
    {
        widgets::RowContent row;
        row.icon = u"endpoint"_s;
        row.text = index.data().toString();
        if (index.row() == 1) {
            row.end = u"M"_s;
            row.endRole = Role::Accent;
            row.isEndStrong = true;
        } else if (index.row() == 3) {
            row.endIcon = u"error"_s;
            row.endIconRole = Role::Error;
        }
        return row;
    }
};

widgets::CodeView *yamlPane(theme::Theme &theme)
{
    auto *yaml = widgets::makeCodeView(theme, u"yaml"_s, u"YAML"_s);
    yaml->setLanguage(widgets::Language::Yaml);
    yaml->setText(
        u"backends:\n  alias:\n    deployment:\n      branch: main\n      name: pricing_model_v1\n      version: "
        u"latest\n"
        "mirrors:\n  mirror_1:\n    deployment:\n      branch: main\n      name: pricing_model_v2\n      version: "
        "latest\n"
        "  mirror_2:\n    deployment:\n      branch: feat/region_prices\n      name: pricing_model_v2\n      version: 9\nschemaVersion: 1\n"_s);
    widgets::CodeDiff diff;
    for (int line = 1; line <= 18; ++line)
        diff.oldNumbers.append(line <= 6 ? line : line == 18 ? 7 : 0);
    diff.oldNumbers.append(8);
    yaml->setDiff(diff);
    yaml->setProblems({{16, 15, 16, 16, false, u"Version 9 is not known on feat/region_prices"_s}});
    return yaml;
}

} // namespace

QWidget *editPage(theme::Theme &theme)
{
    auto *page = new widgets::Surface(theme, Role::Base);
    auto *row = new QHBoxLayout(page);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    auto *side = new widgets::Surface(theme, Role::Window, Qt::RightEdge);
    side->setFixedWidth(theme::metrics::kSideBarWidth);
    auto *sideColumn = new QVBoxLayout(side);
    sideColumn->setContentsMargins(0, 0, 1, 0);
    sideColumn->setSpacing(0);
    auto *title = new widgets::PaneHeader(theme, nullptr, Role::Window, {});
    title->row()->setContentsMargins(14, 0, 8, 0);
    title->row()->addWidget(new Label(theme, u"Endpoints"_s, TextStyle::CaptionStrong, Role::Text2), 1);
    sideColumn->addWidget(title);
    auto *filter = new widgets::FilterField(theme, u"filter"_s, u"Filter endpoints"_s);
    filter->setPlaceholderText(u"Filter"_s);
    auto *filterRow = new QHBoxLayout;
    filterRow->setContentsMargins(10, 0, 10, 6);
    filterRow->addWidget(filter);
    sideColumn->addLayout(filterRow);
    auto *list = new QListView;
    list->setFrameShape(QFrame::NoFrame);
    list->setModel(new QStringListModel({u"churn"_s, u"pricing_optimizer"_s, u"ranker"_s, u"upsell"_s}, list));
    list->setItemDelegate(new EndpointRows(theme, list));
    list->setCurrentIndex(list->model()->index(1, 0));
    list->setFocus();
    sideColumn->addWidget(list, 1);
    row->addWidget(side);
    auto *form = new QWidget;
    auto *gutter = new widgets::RouteGutter(
        theme,
        [] {
            return QList<widgets::RouteGutter::Stop>{{158, widgets::kPrimary}, {295, 0}, {331, 1}};
        },
        form);
    gutter->setGeometry(0, 0, 56, 360);
    row->addWidget(form, 1);
    auto *yaml = yamlPane(theme);
    yaml->setFixedWidth(theme::metrics::kYamlPaneWidth);
    row->addWidget(widgets::hairline(theme, Qt::Vertical));
    row->addWidget(yaml);
    return page;
}

} // namespace parallax::gallery
