// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/statusstrip.h"

#include "ui/theme/controls.h"
#include "ui/theme/metrics.h"
#include "ui/theme/paint.h"
#include "ui/theme/theme.h"
#include "ui/widgets/label.h"

#include <QAccessible>
#include <QAction>
#include <QHBoxLayout>
#include <QPainter>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace parallax::shell {

using theme::Role;
using theme::TextStyle;
namespace metrics = theme::metrics;

StatusItem::StatusItem(const theme::Theme &theme, const QString &objectName, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_text(new widgets::Label(theme, {}, TextStyle::Caption, Role::Text2, this))
    , m_code(new widgets::Label(theme, {}, TextStyle::Code, Role::Text2, this))
    , m_row(new QHBoxLayout(this))
{
    setObjectName(objectName);
    m_row->setContentsMargins(12, 0, 12, 0);
    m_row->setSpacing(6);
    m_row->addWidget(m_text);
    m_row->addWidget(m_code);
    m_code->hide();
    connect(&theme, &theme::Theme::changed, this, [this] { setIcon(m_icon, m_isOk); });
}

void StatusItem::setIcon(const QString &name, bool isOk)
{
    m_icon = name;
    m_isOk = isOk;
    m_row->setContentsMargins(name.isEmpty() ? 12 : 12 + m_theme.scaled(metrics::kSmallIconSize) + 6, 0, 12, 0);
    update();
}

void StatusItem::setText(const QString &text)
{
    m_text->setText(text);
    m_text->setVisible(!text.isEmpty());
    updateName();
}

void StatusItem::announce(const QString &text)
{
    setText(text);
    QAccessibleEvent event(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&event);
}

void StatusItem::setCode(const QString &code)
{
    m_code->setText(code);
    m_code->setVisible(!code.isEmpty());
    updateName();
}

void StatusItem::setAction(QAction *action, const QString &text)
{
    disconnect(m_linkFollows);
    delete std::exchange(m_link, nullptr);
    if (action == nullptr)
        return;
    m_link = new QToolButton(this);
    const QString shown = text.isEmpty() ? action->iconText() : text;
    m_link->setText(shown);
    m_link->setToolButtonStyle(Qt::ToolButtonTextOnly);
    m_link->setFocusPolicy(Qt::TabFocus);
    theme::setKind(m_link, theme::ButtonKind::Link, theme::ButtonSize::Small);
    theme::setNames(m_link, objectName() + u"Link"_s, shown + u", "_s + tr("status bar"));
    const auto follow = [this, action] {
        m_link->setEnabled(action->isEnabled());
        m_link->setVisible(action->isVisible());
        m_link->setToolTip(action->toolTip());
    };
    follow();
    m_linkFollows = connect(action, &QAction::changed, this, follow);
    connect(m_link, &QToolButton::clicked, action, &QAction::trigger);
    m_row->addWidget(m_link);
}

void StatusItem::setHasSeparator(bool hasSeparator)
{
    m_hasSeparator = hasSeparator;
    update();
}

QString StatusItem::text() const
{
    return m_code->text().isEmpty() ? m_text->text() : m_text->text() + u' ' + m_code->text();
}

void StatusItem::updateName()
{
    setAccessibleName(text());
}

void StatusItem::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    if (m_hasSeparator)
        painter.fillRect(0, (height() - 16) / 2, 1, 16, m_theme.color(Role::Border));
    if (!m_icon.isEmpty()) {
        const int size = m_theme.scaled(metrics::kSmallIconSize);
        m_theme.paintIcon(painter, QRectF(12, (height() - size) / 2, size, size), m_icon,
                          m_isOk ? Role::Ok : Role::Muted);
    }
}

StatusStrip::StatusStrip(const theme::Theme &theme, QWidget *parent)
    : QStatusBar(parent)
    , m_theme(theme)
{
    setObjectName(u"statusBar"_s);
    setSizeGripEnabled(false);
    theme::follow(theme, this,
                  [this, &theme] { setFixedHeight(theme.height(metrics::kStatusBarHeight, TextStyle::Caption)); });
    setContentsMargins(0, 0, 0, 0);
    auto *content = new QWidget;
    m_row = new QHBoxLayout(content);
    m_row->setContentsMargins(0, 1, 4, 0);
    m_row->setSpacing(0);
    m_row->addStretch(1);
    m_said = new widgets::Label(theme, {}, TextStyle::Caption, Role::Text2);
    m_said->setObjectName(u"statusSaid"_s);
    m_said->setContentsMargins(12, 0, 8, 0);
    m_row->addWidget(m_said);
    addPermanentWidget(content, 1);
    if (layout() != nullptr)
        layout()->setContentsMargins(0, 0, 0, 0);
}

StatusItem *StatusStrip::item(const QString &id)
{
    StatusItem *&known = m_items[id];
    if (known == nullptr) {
        known = new StatusItem(m_theme, u"status"_s + id, this);
        m_row->insertWidget(static_cast<int>(m_order.size()), known);
        m_order.append(known);
        updateSeparators();
    }
    return known;
}

void StatusStrip::updateSeparators()
{
    for (qsizetype i = 0; i < m_order.size(); ++i)
        m_order.at(i)->setHasSeparator(i > 0);
}

void StatusStrip::say(const QString &fact)
{
    m_fact = fact;
    m_said->setText(fact);
    setAccessibleName(fact);
}

void StatusStrip::announce(const QString &fact)
{
    say(fact);
    QAccessibleEvent event(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&event);
}

void StatusStrip::setHint(const QString &hint)
{
    m_said->setText(hint.isEmpty() ? m_fact : hint);
}

} // namespace parallax::shell
