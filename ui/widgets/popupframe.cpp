// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/popupframe.h"

#include "ui/theme/metrics.h"
#include "ui/theme/paint.h"
#include "ui/theme/theme.h"

#include <QEvent>
#include <QPainter>
#include <QVBoxLayout>

namespace parallax::widgets {

using theme::Role;
namespace metrics = theme::metrics;

namespace {

constexpr int kMargin = metrics::kShadowMargin;
constexpr double kDim = 0.45;

QPalette raisedPalette(const theme::Theme &theme)
{
    QPalette palette = theme.palette();
    palette.setColor(QPalette::Window, theme.color(Role::Raised));
    palette.setColor(QPalette::Base, theme.color(Role::Raised));
    return palette;
}

void paintPopup(QPainter &painter, const QRect &frame, double radius, const theme::Theme &theme)
{
    theme::shadow(painter, frame, radius, theme.isDark());
    theme::panel(painter, frame, radius, theme.color(Role::Raised), theme.color(Role::BorderStrong));
}

/// A layout of its own within the one that keeps the shadow's room, so that its margins are the popup's to choose.
QVBoxLayout *bodyOf(QWidget *popup)
{
    auto *room = new QVBoxLayout(popup);
    room->setContentsMargins(kMargin + 1, kMargin + 1, kMargin + 1, kMargin + 1);
    room->setSpacing(0);
    auto *body = new QVBoxLayout;
    body->setContentsMargins(0, 0, 0, 0);
    body->setSpacing(0);
    room->addLayout(body);
    return body;
}

} // namespace

PopupFrame::PopupFrame(const theme::Theme &theme, double radius, QWidget *parent)
    : QFrame(parent)
    , m_theme(theme)
    , m_radius(radius)
    , m_body(bodyOf(this))
{
    setPalette(raisedPalette(theme));
    connect(&theme, &theme::Theme::changed, this, [this] { setPalette(raisedPalette(m_theme)); });
    hide();
}

void PopupFrame::setFrameGeometry(const QRect &frame)
{
    setGeometry(frame.adjusted(-kMargin, -kMargin, kMargin, kMargin));
}

QRect PopupFrame::frameRect() const
{
    return rect().adjusted(kMargin, kMargin, -kMargin, -kMargin);
}

void PopupFrame::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paintPopup(painter, frameRect(), m_radius, m_theme);
}

PopupDialog::PopupDialog(const theme::Theme &theme, double radius, QWidget *parent)
    : QDialog(parent, Qt::Dialog | Qt::FramelessWindowHint)
    , m_theme(theme)
    , m_radius(radius)
    , m_body(bodyOf(this))
{
    setPalette(raisedPalette(theme));
    connect(&theme, &theme::Theme::changed, this, [this] {
        setPalette(raisedPalette(m_theme));
        grabBackdrop();
    });
}

QRect PopupDialog::frame() const
{
    return rect().adjusted(kMargin, kMargin, -kMargin, -kMargin);
}

void PopupDialog::openAt(const QRect &frameInWindow)
{
    const QWidget *window = parentWidget()->window();
    QRect frame = frameInWindow;
    const QRect inside = window->rect().adjusted(8, 8, -8, -8);
    // Never smaller than what it holds: the window system would enlarge it and the backdrop would not reach.
    const QSize least = minimumSizeHint() - QSize(2 * kMargin, 2 * kMargin);
    frame.setSize(frame.size().expandedTo(least).boundedTo(inside.size()));
    frame.moveLeft(std::clamp(frame.left(), inside.left(), inside.right() - frame.width() + 1));
    frame.moveTop(std::clamp(frame.top(), inside.top(), inside.bottom() - frame.height() + 1));
    const QRect outer = frame.adjusted(-kMargin, -kMargin, kMargin, kMargin);
    setGeometry(QRect(window->mapToGlobal(outer.topLeft()), outer.size()));
    grabBackdrop();
    open();
}

void PopupDialog::grabBackdrop()
{
    QWidget *window = parentWidget()->window();
    const QRect here(window->mapFromGlobal(geometry().topLeft()), size());
    m_backdrop = window->grab(here);
    update();
}

// A window manager keeps a window on the screen: what is behind it is elsewhere then.
void PopupDialog::moveEvent(QMoveEvent *event)
{
    QDialog::moveEvent(event);
    if (isVisible() && parentWidget() != nullptr)
        grabBackdrop();
}

void PopupDialog::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.color(Role::Base));
    painter.drawPixmap(0, 0, m_backdrop);
    paintPopup(painter, frame(), m_radius, m_theme);
}

DimOverlay::DimOverlay(const theme::Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
{
    parent->installEventFilter(this);
    setGeometry(parent->rect());
    hide();
}

bool DimOverlay::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Resize && watched == parent())
        setGeometry(parentWidget()->rect());
    return QWidget::eventFilter(watched, event);
}

void DimOverlay::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    QColor dim = theme::darkColor(Role::Track);
    dim.setAlphaF(static_cast<float>(m_theme.isDark() ? kDim + 0.1 : kDim));
    painter.fillRect(rect(), dim);
}

void DimOverlay::mousePressEvent(QMouseEvent *)
{
    Q_EMIT pressed();
}

} // namespace parallax::widgets
