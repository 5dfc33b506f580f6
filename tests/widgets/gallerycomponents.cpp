// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/gallerypages.h"

#include "ui/theme/controls.h"
#include "ui/theme/metrics.h"
#include "ui/theme/paint.h"
#include "ui/theme/theme.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/filterfield.h"
#include "ui/widgets/identity.h"
#include "ui/widgets/keycap.h"
#include "ui/widgets/label.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/outcomeglyph.h"
#include "ui/widgets/pill.h"
#include "ui/widgets/segmentedcontrol.h"
#include "ui/widgets/spinner.h"
#include "ui/widgets/surface.h"
#include "ui/widgets/toast.h"

#include <QCheckBox>
#include <QGridLayout>
#include <QLineEdit>
#include <QPainter>
#include <QPainterPath>
#include <QProgressBar>
#include <QPushButton>
#include <QRadioButton>
#include <QStyleOptionButton>
#include <QTabBar>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace parallax::gallery {

namespace {

using theme::ButtonKind;
using theme::ButtonSize;
using theme::Role;
using theme::TextStyle;
using widgets::Label;

/// A button held in a state, as if the pointer or the focus were there.
class PosedButton : public QPushButton
{
public:
    PosedButton(const QString &text, QStyle::State state, QWidget *parent)
        : QPushButton(text, parent)
        , m_state(state)
    {}

protected:
    void initStyleOption(QStyleOptionButton *option) const override
    {
        QPushButton::initStyleOption(option);
        option->state |= m_state;
    }
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        QStyleOptionButton option;
        initStyleOption(&option);
        style()->drawControl(QStyle::CE_PushButton, &option, &painter, this);
    }

private:
    QStyle::State m_state;
};

class Painted : public QWidget
{
public:
    Painted(int width, int height, std::function<void(QPainter &)> paint, QWidget *parent)
        : QWidget(parent)
        , m_paint(std::move(paint))
    {
        setFixedSize(width, height);
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        m_paint(painter);
    }

private:
    std::function<void(QPainter &)> m_paint;
};

/// Fills one column from the top.
class Column
{
public:
    Column(theme::Theme &theme, QWidget *parent, int x, int width)
        : m_theme(theme)
        , m_parent(parent)
        , m_x(x + 24)
        , m_width(width - 48)
    {}

    void heading(const QString &text)
    {
        if (m_y > 16)
            m_y += 16;
        auto *label = new Label(m_theme, text, TextStyle::CaptionStrong, Role::Text2, m_parent);
        label->setGeometry(m_x, m_y, m_width, 16);
        m_y += 24;
    }
    void put(QWidget *widget, int height, int gap = 0, int width = 0)
    {
        widget->setParent(m_parent);
        widget->setGeometry(m_x, m_y, width > 0 ? width : m_width, height);
        m_y += height + gap;
    }
    QHBoxLayout *row(int height, int gap, int spacing)
    {
        auto *holder = new QWidget;
        auto *row = new QHBoxLayout(holder);
        row->setContentsMargins(0, 0, 0, 0);
        row->setSpacing(spacing);
        put(holder, height, gap);
        return row;
    }
    [[nodiscard]] int width() const { return m_width; }
    [[nodiscard]] int y() const { return m_y; }
    [[nodiscard]] int x() const { return m_x; }
    [[nodiscard]] QWidget *parent() const { return m_parent; }

private:
    theme::Theme &m_theme;
    QWidget *m_parent;
    int m_x;
    int m_width;
    int m_y = 16;
};

void buttons(theme::Theme &theme, Column &column)
{
    column.heading(u"Buttons: rest, hover, pressed, focus, disabled"_s);
    const QList<std::tuple<QString, QString, ButtonKind>> kinds{{u"Primary"_s, u"Save"_s, ButtonKind::Primary},
                                                                {u"Secondary"_s, u"Pause"_s, ButtonKind::Secondary},
                                                                {u"Ghost"_s, u"Copy"_s, ButtonKind::Ghost},
                                                                {u"Plus"_s, QString(), ButtonKind::Plus}};
    const QList<QStyle::State> states{QStyle::State_None, QStyle::State_MouseOver, QStyle::State_Sunken,
                                      QStyle::State_HasFocus | QStyle::State_KeyboardFocusChange, QStyle::State_None};
    for (const auto &[name, text, kind] : kinds) {
        QHBoxLayout *row = column.row(24, 4, 2);
        auto *caption = new Label(theme, name, TextStyle::Small, Role::Muted);
        caption->setFixedWidth(62);
        row->addWidget(caption);
        for (qsizetype i = 0; i < states.size(); ++i) {
            auto *button = new PosedButton(text, states.at(i), nullptr);
            if (kind == ButtonKind::Plus)
                button->setIcon(theme.icon(u"plus"_s));
            button->setEnabled(i < 4);
            theme::setKind(button, kind, kind == ButtonKind::Plus ? ButtonSize::Normal : ButtonSize::Small);
            button->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
            auto *cell = new QHBoxLayout;
            cell->addWidget(button, 0, Qt::AlignLeft);
            row->addLayout(cell, 1);
        }
    }
}

void rows(theme::Theme &theme, Column &column)
{
    column.heading(u"Rows: rest, hover, selected, selected without focus"_s);
    const QList<std::optional<Role>> fills{std::nullopt, Role::Hover, Role::Selection, Role::SelectionOff};
    for (const std::optional<Role> fill : fills) {
        column.put(
            new Painted(
                column.width(), 28,
                [&theme, fill, width = column.width()](QPainter &painter) {
                    const QRectF row(0, 0, width, 28);
                    const bool isChosen = fill == Role::Selection;
                    if (fill)
                        theme::fillRounded(painter, row, 5, theme.color(*fill));
                    theme.paintIcon(painter, {10, 6, 16, 16}, u"endpoint"_s, isChosen ? Role::Accent : Role::Muted);
                    theme::text(painter, row.adjusted(34, 0, -30, 0), u"pricing_optimizer"_s, theme.font(),
                                theme.color(Role::Text));
                    if (isChosen)
                        theme::text(painter, row.adjusted(0, 0, -8, 0), u"M"_s, theme.font(TextStyle::SmallStrong),
                                    theme.color(Role::Accent), Qt::AlignRight);
                },
                nullptr),
            28);
    }
}

void fields(theme::Theme &theme, Column &column)
{
    column.heading(u"Fields"_s);
    QHBoxLayout *row = column.row(28, 0, 8);
    auto *filter = new QLineEdit;
    filter->setPlaceholderText(u"Filter"_s);
    auto *focused = new QLineEdit(u"pric"_s);
    auto *invalid = new QLineEdit(u"v0"_s);
    theme::setInvalid(invalid, true);
    auto *disabled = new QLineEdit(u"latest"_s);
    disabled->setEnabled(false);
    disabled->setFixedWidth(62);
    for (QWidget *field : {filter, focused, invalid, disabled})
        row->addWidget(field);
    focused->setFocus();

    column.heading(u"Segments, tabs, checks"_s);
    row = column.row(34, 4, 12);
    auto *segments = new widgets::SegmentedControl(theme, u"segments"_s, u"Shown"_s);
    segments->addSegment(u"Body"_s);
    segments->addSegment(u"Headers"_s);
    auto *tabs = new QTabBar;
    tabs->setDrawBase(false);
    tabs->setExpanding(false);
    tabs->addTab(u"Differences"_s);
    tabs->addTab(u"Request"_s);
    row->addWidget(segments);
    row->addWidget(tabs);
    row->addStretch(1);
    row = column.row(20, 0, 16);
    auto *on = new QCheckBox(u"On"_s);
    on->setChecked(true);
    auto *one = new QRadioButton(u"One"_s);
    one->setChecked(true);
    row->addWidget(on);
    row->addWidget(new QCheckBox(u"Off"_s));
    row->addWidget(one);
    row->addWidget(new QRadioButton(u"Other"_s));
    row->addStretch(1);
}

void states(theme::Theme &theme, Column &column)
{
    using widgets::PillKind;
    column.heading(u"Pills and badges"_s);
    QHBoxLayout *row = column.row(20, 6, 6);
    row->addWidget(new widgets::Pill(theme, {u"Modified"_s, PillKind::Accent, {}, false}));
    row->addWidget(new widgets::Pill(theme, {u"Equivalent"_s, PillKind::Ok, {}, false}));
    row->addWidget(new widgets::Pill(theme, {u"90"_s, PillKind::Different, u"out-different"_s, false}));
    row->addWidget(new widgets::Pill(theme, {u"17"_s, PillKind::Error, u"out-error"_s, false}));
    row->addStretch(1);
    row = column.row(20, 0, 6);
    row->addWidget(new widgets::Pill(theme, {u"Beyond this machine"_s, PillKind::Warning, {}, false}));
    row->addWidget(new widgets::Pill(theme, {u"archived"_s, PillKind::Neutral, {}, false}));
    row->addWidget(new widgets::KeyHint(theme, {u"Ctrl K"_s}));
    row->addStretch(1);
    column.heading(u"Progress"_s);
    auto *progress = new QProgressBar;
    progress->setValue(62);
    column.put(progress, 6, 10);
    row = column.row(22, 0, 8);
    auto *spinner = new widgets::Spinner(theme, u"Reading"_s);
    spinner->start();
    auto *cancel = new QPushButton(u"Cancel"_s);
    theme::setKind(cancel, ButtonKind::Ghost, ButtonSize::Small);
    row->addWidget(spinner);
    row->addWidget(new Label(theme, u"Reading 5,000 pairs"_s, TextStyle::Body, Role::Text2), 1);
    row->addWidget(cancel);
    column.heading(u"Empty state"_s);
    auto *frame = new QFrame;
    frame->setFrameShape(QFrame::StyledPanel);
    auto *inside = new QVBoxLayout(frame);
    auto *sentence = new Label(theme, u"No mirrors. Add one to compare a new version with live traffic."_s,
                               TextStyle::Body, Role::Text2);
    sentence->setWordWrap(true);
    sentence->setAlignment(Qt::AlignCenter);
    auto *add = new QPushButton(theme.icon(u"plus"_s), u"Add mirror"_s);
    theme::setKind(add, ButtonKind::Secondary, ButtonSize::Small);
    inside->addWidget(sentence);
    inside->addWidget(add, 0, Qt::AlignHCenter);
    column.put(frame, 102);
}

void messages(theme::Theme &theme, Column &column)
{
    using widgets::MessageBar;
    column.heading(u"Message bars"_s);
    const auto bar = [&](MessageBar::Kind kind, const QString &text) {
        auto *shown = new MessageBar(theme, u"bar"_s);
        column.put(shown, 36, 6);
        shown->showMessage(kind, text);
        return shown;
    };
    MessageBar *info = bar(MessageBar::Kind::Info, u"The file changed on disk."_s);
    info->addButton(u"Reload"_s, u"reload"_s);
    info->addButton(u"Compare"_s, u"compare"_s);
    bar(MessageBar::Kind::Warning, u"churn is reached beyond this machine."_s)->addButton(u"Review"_s, u"review"_s);
    bar(MessageBar::Kind::Error, u"Port 8080 is used by nginx (pid 812)."_s)->addButton(u"Use 8081"_s, u"use"_s, true);
    column.heading(u"Toast"_s);
    auto *place = new QWidget;
    column.put(place, 40, 8);
    auto *toast = new widgets::Toast(theme, column.parent());
    toast->showMessage(u"Removed mirror_2"_s, [] {});
    toast->setFrameGeometry({column.x(), column.y() - 48, 300, 40});
}

void glyphs(theme::Theme &theme, Column &column)
{
    column.heading(u"Identity: ring is the primary, filled shapes are mirrors"_s);
    column.put(new Painted(
                   column.width(), 18,
                   [&theme](QPainter &painter) {
                       double x = 0;
                       for (int i = widgets::kPrimary; i < widgets::kMirrorShapes; ++i) {
                           widgets::paintIdentity(painter, {x, 1, 16, 16}, theme, i);
                           const QString name = i < 0 ? u"alias"_s : widgets::identityLetter(i);
                           x += 21 +
                                theme::text(painter, {x + 21, 0, 60, 18}, name, theme.font(), theme.color(Role::Text)) +
                                14;
                       }
                   },
                   nullptr),
               18, 6);
    column.put(new Painted(
                   344, 92,
                   [&theme](QPainter &painter) {
                       const theme::PainterScope scope(painter);
                       for (int i = widgets::kPrimary; i < widgets::kMirrorShapes; ++i) {
                           QPainterPath path(QPointF(0, 22 + i * 12));
                           path.cubicTo(100, 14 + i * 12, 220, 32 + i * 12, 344, 20 + i * 12);
                           painter.setBrush(Qt::NoBrush);
                           painter.setPen(widgets::identityPen(theme, i));
                           painter.drawPath(path);
                       }
                   },
                   nullptr),
               92, 0, 344);
    column.heading(u"Outcomes: agreement is quiet"_s);
    const QList<std::pair<widgets::OutcomeGlyph, QString>> outcomes{
        {widgets::OutcomeGlyph::Equal, u"equal"_s},         {widgets::OutcomeGlyph::ByRule, u"equal by rule"_s},
        {widgets::OutcomeGlyph::Different, u"different"_s}, {widgets::OutcomeGlyph::Error, u"error"_s},
        {widgets::OutcomeGlyph::Timeout, u"timeout"_s},     {widgets::OutcomeGlyph::Dropped, u"dropped"_s}};
    column.put(new Painted(
                   column.width(), 44,
                   [&theme, outcomes](QPainter &painter) {
                       double x = 0;
                       double y = 0;
                       for (const auto &[glyph, text] : outcomes) {
                           if (glyph == widgets::OutcomeGlyph::Timeout) {
                               x = 0;
                               y = 24;
                           }
                           widgets::paintOutcome(painter, {x, y + 2, 14, 14}, theme, glyph);
                           x +=
                               20 +
                               theme::text(painter, {x + 20, y, 120, 18}, text, theme.font(), theme.color(Role::Text)) +
                               16;
                       }
                   },
                   nullptr),
               44);
}

void icons(theme::Theme &theme, Column &column)
{
    column.heading(u"Icons, 16 px grid, 1.5 px stroke (20 px in the rail)"_s);
    const QStringList names = theme::IconSet::names();
    const int rowsNeeded = static_cast<int>((names.size() + 3) / 4);
    column.put(new Painted(
                   column.width(), rowsNeeded * 24,
                   [&theme, names, width = column.width()](QPainter &painter) {
                       for (qsizetype i = 0; i < names.size(); ++i) {
                           const double x = static_cast<double>(i % 4) * width / 4.0;
                           const double y = static_cast<double>(i / 4) * 24;
                           theme.paintIcon(painter, {std::round(x), y + 4, 16, 16}, names.at(i), Role::Text);
                           theme::text(painter, {x + 24, y, width / 4.0 - 24, 24}, names.at(i),
                                       theme.font(TextStyle::Header), theme.color(Role::Text2));
                       }
                   },
                   nullptr),
               rowsNeeded * 24);
    column.heading(u"Type"_s);
    const QList<std::tuple<QString, TextStyle, Role, int>> lines{
        {u"98.2%"_s, TextStyle::Display, Role::Text, 38},
        {u"pricing_optimizer, title 18"_s, TextStyle::Title, Role::Text, 26},
        {u"Request Mirroring, section 14"_s, TextStyle::Section, Role::Text, 20},
        {u"Body 13. Each mirror gets a copy of every request."_s, TextStyle::Body, Role::Text, 18},
        {u"Caption 12. How this machine reaches each deployment."_s, TextStyle::Caption, Role::Muted, 16},
        {u"\"price\": 2757.41, code 12 on 20"_s, TextStyle::Code, Role::Text, 20}};
    for (const auto &[text, style, role, height] : lines)
        column.put(new Label(theme, text, style, role), height);
    column.heading(u"Roles"_s);
    column.put(new Painted(
                   column.width(), 220,
                   [&theme, width = column.width()](QPainter &painter) {
                       int i = 0;
                       for (const Role role : theme::allRoles()) {
                           const double x = (i % 9) * width / 9.0;
                           const double y = static_cast<int>(i / 9) * 30;
                           theme::panel(painter, {std::round(x), y, width / 9.0 - 8, 14}, 4, theme.color(role),
                                        theme.color(Role::Border));
                           theme::text(painter, {x, y + 15, width / 9.0 - 4, 14}, theme::roleName(role),
                                       theme.font(TextStyle::Small), theme.color(Role::Text2));
                           ++i;
                       }
                   },
                   nullptr),
               220);
}

} // namespace

QWidget *componentsPage(theme::Theme &theme)
{
    auto *page = new widgets::Surface(theme, Role::Base);
    Column first(theme, page, 0, 388);
    buttons(theme, first);
    rows(theme, first);
    fields(theme, first);
    states(theme, first);
    Column second(theme, page, 388, 440);
    messages(theme, second);
    glyphs(theme, second);
    Column third(theme, page, 828, 612);
    icons(theme, third);
    for (const int x : {387, 827})
        widgets::hairline(theme, Qt::Vertical, page)->setGeometry(x, 0, 1, 900);
    return page;
}

} // namespace parallax::gallery
