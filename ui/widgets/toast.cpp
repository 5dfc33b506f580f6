// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/toast.h"

#include "ui/theme/controls.h"
#include "ui/theme/metrics.h"
#include "ui/theme/theme.h"
#include "ui/widgets/iconlabel.h"
#include "ui/widgets/label.h"

#include <QAccessible>
#include <QEvent>
#include <QHBoxLayout>
#include <QPushButton>
#include <QToolButton>

#include <chrono>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace parallax::widgets {

namespace metrics = theme::metrics;

namespace {

constexpr auto kShown = 8s;
constexpr int kRight = 24;
constexpr int kBottom = metrics::kStatusBarHeight + 20;

} // namespace

Toast::Toast(const theme::Theme &theme, QWidget *window)
    : PopupFrame(theme, metrics::kRadiusTile, window)
    , m_text(new Label(theme))
    , m_undo(new QPushButton(tr("Undo")))
{
    setObjectName(u"toast"_s);
    auto *row = new QHBoxLayout;
    row->setContentsMargins(13, 0, 7, 0);
    row->setSpacing(10);
    auto *icon = new IconLabel(theme, u"check"_s, theme::Role::Ok);
    auto *close = new QToolButton;
    close->setIcon(theme.icon(u"close"_s));
    close->setIconSize({metrics::kSmallIconSize, metrics::kSmallIconSize});
    theme::setKind(close, theme::ButtonKind::Ghost, theme::ButtonSize::Small);
    theme::setNames(close, u"toastClose"_s, tr("Close message"));
    close->setToolTip(tr("Close"));
    theme::setKind(m_undo, theme::ButtonKind::Ghost, theme::ButtonSize::Small);
    theme::setNames(m_undo, u"toastUndo"_s, tr("Undo"));
    row->addWidget(icon);
    row->addWidget(m_text, 1);
    row->addWidget(m_undo);
    row->addWidget(close);
    body()->addLayout(row);
    m_timer.setSingleShot(true);
    m_timer.setInterval(kShown);
    connect(&m_timer, &QTimer::timeout, this, &Toast::leave);
    connect(close, &QToolButton::clicked, this, &Toast::hide);
    connect(m_undo, &QPushButton::clicked, this, [this] {
        hide();
        if (m_run)
            m_run();
    });
    window->installEventFilter(this);
}

void Toast::showMessage(const QString &text, std::function<void()> undo, const QString &button)
{
    m_text->setText(text);
    m_undo->setText(button.isEmpty() ? tr("Undo") : button);
    m_undo->setAccessibleName(m_undo->text());
    m_undo->setVisible(static_cast<bool>(undo));
    m_run = std::move(undo);
    m_isReleased = false;
    setAccessibleName(text);
    place();
    show();
    raise();
    m_timer.start();
    QAccessibleEvent event(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&event);
}

void Toast::release()
{
    m_isReleased = true;
    if (!m_timer.isActive())
        hide();
}

void Toast::leave()
{
    if (m_isReleased)
        hide();
}

QString Toast::text() const
{
    return m_text->text();
}

void Toast::place()
{
    const QWidget *window = parentWidget();
    const int width = std::clamp(m_text->sizeHint().width() + 150, 300, std::max(300, window->width() - 2 * kRight));
    const int height = metrics::kToastHeight;
    setFrameGeometry({window->width() - width - kRight, window->height() - height - kBottom, width, height});
}

bool Toast::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Resize && watched == parent() && isVisible())
        place();
    return PopupFrame::eventFilter(watched, event);
}

} // namespace parallax::widgets
