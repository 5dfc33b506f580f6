// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/messagebar.h"

#include "ui/theme/controls.h"
#include "ui/theme/metrics.h"
#include "ui/theme/paint.h"
#include "ui/theme/theme.h"
#include "ui/widgets/label.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QPainter>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace parallax::widgets {

using theme::Role;
namespace metrics = theme::metrics;

MessageBar::MessageBar(const theme::Theme &theme, const QString &objectName, QWidget *parent)
    : QFrame(parent)
    , m_theme(theme)
    , m_text(new Label(theme, {}, theme::TextStyle::Body, Role::Text, this))
    , m_row(new QHBoxLayout(this))
{
    setObjectName(objectName);
    theme::follow(theme, this, [this, &theme] {
        setMinimumHeight(theme.height(metrics::kMessageBarHeight));
        // The icon is painted; its room is in the margin.
        m_row->setContentsMargins(12 + theme.scaled(metrics::kIconSize) + 10, 6, 10, 6);
    });
    m_text->setWordWrap(true);
    m_row->setSpacing(6);
    m_row->addWidget(m_text, 1);
    hide();
}

void MessageBar::showMessage(Kind kind, const QString &text)
{
    m_kind = kind;
    m_text->setText(text);
    setAccessibleName(text);
    removeButtons();
    show();
    update();
    QAccessibleEvent event(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&event);
}

void MessageBar::clear()
{
    removeButtons();
    m_text->clear();
    hide();
}

void MessageBar::removeButtons()
{
    for (QPushButton *button : std::as_const(m_buttons)) {
        button->hide();
        button->deleteLater(); // it may be the one being clicked
    }
    m_buttons.clear();
}

QPushButton *MessageBar::addButton(const QString &text, const QString &objectName, bool isMain)
{
    auto *button = new QPushButton(text, this);
    theme::setNames(button, objectName, text);
    theme::setKind(button, isMain ? theme::ButtonKind::Secondary : theme::ButtonKind::Ghost, theme::ButtonSize::Small);
    m_row->addWidget(button);
    m_buttons.append(button);
    return button;
}

QString MessageBar::text() const
{
    return m_text->text();
}

void MessageBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    Role fill = Role::InfoSoft;
    Role mark = Role::Accent;
    QString icon = u"info"_s;
    if (m_kind == Kind::Warning) {
        fill = Role::WarningSoft;
        mark = Role::Warning;
        icon = u"warning"_s;
    } else if (m_kind == Kind::Error) {
        fill = Role::ErrorSoft;
        mark = Role::Error;
        icon = u"error"_s;
    }
    theme::fillRounded(painter, rect(), metrics::kRadiusControl, m_theme.color(fill));
    const int size = m_theme.scaled(metrics::kIconSize);
    m_theme.paintIcon(painter, QRectF(12, (height() - size) / 2, size, size), icon, mark);
}

} // namespace parallax::widgets
