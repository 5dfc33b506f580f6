// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/live/figuresrow.h"

#include "compare/intervals.h"
#include "ui/models/displaytext.h"
#include "ui/theme/theme.h"
#include "ui/widgets/charts/linechart.h"
#include "ui/widgets/iconlabel.h"
#include "ui/widgets/identity.h"
#include "ui/widgets/label.h"

#include <QHBoxLayout>
#include <QLocale>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parallax::ui {

using theme::Role;
using theme::TextStyle;

namespace {

constexpr int kHeight = 66;
constexpr int kTileWidth = 180;  ///< least, so that a figure with its note fits
constexpr int kWholeWidth = 236; ///< for a line or a second figure beside them
constexpr qsizetype kMostMirrors = 6;

QString oneDecimal(double share)
{
    return QLocale().toString(share * 100.0, 'f', 1);
}

QString reasonText(traffic::DropReason reason)
{
    switch (reason) {
    case traffic::DropReason::QueueFull:
        return FiguresRow::tr("queue full");
    case traffic::DropReason::BreakerOpen:
        return FiguresRow::tr("mirror keeps failing");
    case traffic::DropReason::TooLarge:
        return FiguresRow::tr("too large");
    case traffic::DropReason::Lag:
        return FiguresRow::tr("lagging");
    case traffic::DropReason::Stopped:
        return FiguresRow::tr("stopped");
    case traffic::DropReason::Interrupted:
        return FiguresRow::tr("interrupted");
    case traffic::DropReason::None:
        break;
    }
    return {};
}

} // namespace

FigureTile::FigureTile(const theme::Theme &theme, const QString &objectName, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_icon(new widgets::IconLabel(theme, {}, Role::Muted, 14))
    , m_name(new widgets::Label(theme, {}, TextStyle::Header, Role::Muted))
    , m_figure(new widgets::Label(theme, {}, TextStyle::Title))
    , m_note(new widgets::Label(theme, {}, TextStyle::Caption, Role::Muted))
    , m_asideName(new widgets::Label(theme, {}, TextStyle::Caption, Role::Muted))
    , m_aside(new widgets::Label(theme, {}, TextStyle::Caption, Role::Text2))
{
    setObjectName(objectName);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(16, 10, 18, 6);
    column->setSpacing(0);
    auto *head = new QHBoxLayout;
    head->setSpacing(6);
    head->addWidget(m_icon);
    head->addWidget(m_name, 1);
    m_icon->hide();
    m_name->setElideMode(Qt::ElideRight);
    m_note->setElideMode(Qt::ElideRight);
    column->addLayout(head);
    m_foot = new QHBoxLayout;
    m_foot->setSpacing(4);
    m_foot->addWidget(m_figure);
    // On one baseline with the figure, whose descent is the larger one.
    const int drop = theme.metrics(TextStyle::Title).descent() - theme.metrics(TextStyle::Caption).descent();
    for (widgets::Label *label : {m_note, m_asideName, m_aside})
        label->setContentsMargins(0, 0, 0, drop);
    m_foot->addWidget(m_note, 1, Qt::AlignBottom);
    m_foot->addWidget(m_asideName, 0, Qt::AlignBottom);
    m_foot->addWidget(m_aside, 0, Qt::AlignBottom);
    column->addLayout(m_foot);
    column->addStretch(1);
    m_asideName->hide();
    m_aside->hide();
}

void FigureTile::updateName()
{
    setAccessibleName(m_name->text() + u' ' + m_figure->text() + u' ' + m_note->text());
}

void FigureTile::setIdentity(int index)
{
    m_icon->setIdentity(index);
    m_icon->show();
}

void FigureTile::setName(const QString &name)
{
    m_name->setText(name);
}

void FigureTile::setFigure(const QString &figure, const QString &note)
{
    m_figure->setText(figure);
    m_note->setText(note);
    updateName();
}

void FigureTile::setValues(const QList<double> &values, Role role)
{
    if (m_line == nullptr) {
        m_line = new widgets::Sparkline(m_theme, role);
        m_foot->addWidget(m_line);
    }
    m_line->setValues(values);
    fit();
}

void FigureTile::setAside(const QString &name, const QString &figure)
{
    m_asideName->setText(name);
    m_aside->setText(figure);
    fit();
}

// What stands aside gives way to the figure and its note.
void FigureTile::fit()
{
    const bool isWhole = width() >= kWholeWidth;
    m_asideName->setVisible(isWhole && !m_aside->text().isEmpty());
    m_aside->setVisible(isWhole && !m_aside->text().isEmpty());
    if (m_line != nullptr)
        m_line->setVisible(isWhole);
}

void FigureTile::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fit();
}

FiguresRow::FiguresRow(const theme::Theme &theme, QWidget *parent)
    : Surface(theme, Role::Base, Qt::BottomEdge, parent)
    , m_theme(theme)
    , m_row(new QHBoxLayout(this))
{
    setObjectName(u"liveFigures"_s);
    setFixedHeight(std::max(kHeight, theme.height(16, TextStyle::Header) + theme.height(26, TextStyle::Title) + 18));
    m_row->setContentsMargins(0, 0, 0, 1);
    m_row->setSpacing(0);
    m_requests = addTile(u"figureRequests"_s);
    m_requests->setName(tr("Requests"));
    m_primary = addTile(u"figurePrimary"_s);
    m_primary->setIdentity(widgets::kPrimary);
    m_dropped = addTile(u"figureDropped"_s);
    m_dropped->setName(tr("Not mirrored"));
}

// A hairline stands before every tile but the first.
FigureTile *FiguresRow::addTile(const QString &objectName, int at)
{
    auto *tile = new FigureTile(m_theme, objectName, this);
    auto *box = new QWidget(this);
    auto *row = new QHBoxLayout(box);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    if (m_row->count() > 0)
        row->addWidget(widgets::hairline(m_theme, Qt::Vertical, box));
    row->addWidget(tile, 1);
    box->setMinimumWidth(0);
    box->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_row->insertWidget(at < 0 ? m_row->count() : at, box, 1);
    return tile;
}

void FiguresRow::show(const LiveFigures &figures, const QList<MirrorAgreement> &agreement, const QStringList &mirrors)
{
    m_requests->setFigure(QLocale().toString(figures.rate, 'f', figures.rate > 0 && figures.rate < 10 ? 1 : 0),
                          tr("per second"));
    m_requests->setValues(figures.rates, Role::ChartAxis);
    showPrimary(figures);
    showMirrors(figures, agreement, mirrors);
    const QString reason = reasonText(figures.reason);
    m_dropped->setFigure(display::count(static_cast<qint64>(figures.notMirrored)),
                         figures.notMirrored == 0
                             ? tr("of %1").arg(display::count(static_cast<qint64>(figures.pairs)))
                             : tr("of %1, %2").arg(display::count(static_cast<qint64>(figures.pairs)), reason));
    fit();
}

void FiguresRow::showPrimary(const LiveFigures &figures)
{
    // With several backends, those of most calls stand for all.
    const TargetFigures *primary = nullptr;
    int backends = 0;
    for (const TargetFigures &target : figures.targets) {
        if (target.isMirror)
            continue;
        ++backends;
        if (primary == nullptr || target.total > primary->total)
            primary = &target;
    }
    m_primary->setName(primary == nullptr ? tr("Primary, p95") : tr("%1, p95").arg(primary->name));
    m_primary->setFigure(primary == nullptr ? u"\u2013"_s : display::duration(primary->p95),
                         primary == nullptr ? QString() : tr("median %1").arg(display::duration(primary->median)));
    m_primary->setValues(primary == nullptr ? QList<double>() : primary->history, Role::Primary);
}

void FiguresRow::showMirrors(const LiveFigures &figures, const QList<MirrorAgreement> &agreement,
                             const QStringList &mirrors)
{
    m_shown = std::min(mirrors.size(), kMostMirrors);
    while (m_mirrors.size() < m_shown) {
        const auto index = static_cast<int>(m_mirrors.size());
        m_mirrors.append(addTile(u"figureMirror%1"_s.arg(index + 1), 2 + index));
        m_mirrors.last()->setIdentity(index);
    }
    for (qsizetype i = 0; i < m_shown; ++i) {
        FigureTile *tile = m_mirrors.at(i);
        tile->setName(tr("%1 agrees").arg(mirrors.at(i)));
        const auto judged = std::find_if(agreement.begin(), agreement.end(),
                                         [&](const MirrorAgreement &one) { return one.mirror == mirrors.at(i); });
        const qint64 pairs = judged == agreement.end() ? 0 : judged->outcomes.judged();
        if (pairs == 0) {
            tile->setFigure(u"\u2013"_s, {});
        } else {
            const auto agreeing = static_cast<double>(judged->outcomes.agreeing());
            const auto interval = compare::wilsonInterval(agreeing, pairs);
            tile->setFigure(display::percent(agreeing / static_cast<double>(pairs)),
                            interval ? tr("%1 to %2").arg(oneDecimal(interval->low), oneDecimal(interval->high))
                                     : QString());
        }
        const auto target = std::find_if(figures.targets.begin(), figures.targets.end(), [&](const TargetFigures &one) {
            return one.isMirror && one.name == mirrors.at(i);
        });
        tile->setAside(tr("p95"), target == figures.targets.end() || target->p95 <= 0 ? QString()
                                                                                      : display::duration(target->p95));
    }
}

void FiguresRow::fit()
{
    const qsizetype room = std::max<qsizetype>(1, width() / kTileWidth - 3);
    for (qsizetype i = 0; i < m_mirrors.size(); ++i)
        m_mirrors.at(i)->parentWidget()->setVisible(i < std::min(m_shown, room));
}

void FiguresRow::resizeEvent(QResizeEvent *event)
{
    Surface::resizeEvent(event);
    fit();
}

} // namespace parallax::ui
