// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/charts/partsbar.h"

#include "ui/theme/controls.h"
#include "ui/theme/metrics.h"
#include "ui/theme/paint.h"
#include "ui/theme/theme.h"

#include <QHelpEvent>
#include <QLocale>
#include <QPainter>
#include <QPainterPath>
#include <QToolTip>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parallax::widgets {

using theme::Role;

namespace {

constexpr double kGap = 2;
constexpr double kThinnest = 4;

QString describe(const QList<BarPart> &parts)
{
    const QLocale locale;
    QStringList texts;
    for (const BarPart &part : parts) {
        if (part.value > 0)
            texts.append(part.name + u' ' + locale.toString(part.value));
    }
    return texts.join(u", "_s);
}

} // namespace

BarLayout layOutParts(const QList<BarPart> &parts, qint64 total, double width)
{
    QList<std::pair<qsizetype, qint64>> shown;
    qint64 sum = 0;
    for (qsizetype i = 0; i < parts.size(); ++i) {
        const qint64 value = std::max<qint64>(0, parts.at(i).value);
        sum += value;
        if (value > 0)
            shown.append({i, value});
    }
    total = std::max(total, sum);
    if (total > sum)
        shown.append({parts.size(), total - sum});
    BarLayout layout;
    if (shown.isEmpty() || width <= 0)
        return layout;
    const double room = width - kGap * static_cast<double>(shown.size() - 1);
    QList<double> widths;
    double debt = 0;
    qsizetype widest = 0;
    for (qsizetype i = 0; i < shown.size(); ++i) {
        const double fair = room * static_cast<double>(shown.at(i).second) / static_cast<double>(total);
        widths.append(std::max(fair, kThinnest));
        debt += widths.constLast() - fair;
        if (widths.at(i) > widths.at(widest))
            widest = i;
    }
    widths[widest] = std::max(kThinnest, widths.at(widest) - debt);
    double x = 0;
    for (qsizetype i = 0; i < shown.size(); ++i) {
        layout.pieces.append({shown.at(i).first, x, widths.at(i)});
        x += widths.at(i) + kGap;
    }
    return layout;
}

void paintParts(QPainter &painter, const QRectF &rect, const theme::Theme &theme, const QList<BarPart> &parts,
                qint64 total)
{
    const BarLayout layout = layOutParts(parts, total, rect.width());
    const theme::PainterScope scope(painter);
    if (layout.pieces.isEmpty()) {
        theme::fillRounded(painter, rect, theme::metrics::kRadiusMark, theme.color(Role::Pressed));
        return;
    }
    // The outer ends are round, those between parts straight.
    QPainterPath outline;
    outline.addRoundedRect(rect, theme::metrics::kRadiusMark, theme::metrics::kRadiusMark);
    painter.setClipPath(outline);
    painter.setPen(Qt::NoPen);
    for (const BarLayout::Piece &piece : layout.pieces) {
        const Role role = piece.part < parts.size() ? parts.at(piece.part).role : Role::Pressed;
        painter.fillRect(QRectF(rect.left() + piece.left, rect.top(), piece.width, rect.height()), theme.color(role));
    }
}

OutcomeBar::OutcomeBar(const theme::Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
{
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
}

void OutcomeBar::setParts(const QList<BarPart> &parts)
{
    m_parts = parts;
    m_total = 0;
    for (const BarPart &part : parts)
        m_total += std::max<qint64>(0, part.value);
    setAccessibleDescription(describe(parts));
    update();
}

void OutcomeBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paintParts(painter, rect(), m_theme, m_parts, m_total);
}

bool OutcomeBar::event(QEvent *event)
{
    if (event->type() != QEvent::ToolTip)
        return QWidget::event(event);
    const auto *help = static_cast<QHelpEvent *>(event);
    for (const BarLayout::Piece &piece : layOutParts(m_parts, m_total, width()).pieces) {
        if (piece.part < m_parts.size() && help->pos().x() >= piece.left &&
            help->pos().x() <= piece.left + piece.width) {
            const BarPart &part = m_parts.at(piece.part);
            QToolTip::showText(help->globalPos(), tr("%1: %2").arg(part.name, QLocale().toString(part.value)), this);
            return true;
        }
    }
    QToolTip::hideText();
    return true;
}

PartsProgress::PartsProgress(const theme::Theme &theme, const QString &objectName, const QString &accessibleName,
                             QWidget *parent)
    : QProgressBar(parent)
    , m_theme(theme)
{
    theme::setNames(this, objectName, accessibleName);
    setRange(0, 100);
    setTextVisible(false);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setMinimumHeight(14);
}

void PartsProgress::setParts(const QList<BarPart> &parts, qint64 total)
{
    m_parts = parts;
    m_total = total;
    qint64 done = 0;
    for (const BarPart &part : parts)
        done += std::max<qint64>(0, part.value);
    setAccessibleDescription(describe(parts));
    setValue(total > 0 ? static_cast<int>(std::min<qint64>(100, done * 100 / total)) : 0);
    update();
}

void PartsProgress::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    const double top = (height() - 14) / 2.0;
    paintParts(painter, QRectF(0, top, width(), 14), m_theme, m_parts, m_total);
}

} // namespace parallax::widgets
