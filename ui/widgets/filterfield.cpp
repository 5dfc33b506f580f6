// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/filterfield.h"

#include "ui/theme/controls.h"
#include "ui/theme/metrics.h"
#include "ui/theme/paint.h"

#include <QKeyEvent>
#include <QPainter>
#include <QToolButton>

#include <cmath>

using namespace Qt::StringLiterals;

namespace parallax::widgets {

using theme::Role;
using theme::TextStyle;
namespace metrics = theme::metrics;

namespace {

constexpr int kInset = 9;
constexpr int kClearButton = 18;

} // namespace

FilterField::FilterField(const theme::Theme &theme, const QString &objectName, const QString &accessibleName,
                         QWidget *parent)
    : QLineEdit(parent)
    , m_theme(theme)
    , m_icon(u"filter"_s)
    , m_clear(new QToolButton(this))
    , m_designHeight(metrics::kFilterHeight)
{
    theme::setNames(this, objectName, accessibleName);
    theme::setNames(m_clear, objectName + u"Clear"_s, tr("Clear %1").arg(accessibleName));
    theme::setKind(m_clear, theme::ButtonKind::Ghost, theme::ButtonSize::Small);
    m_clear->setIcon(theme.icon(u"close"_s));
    m_clear->setCursor(Qt::ArrowCursor);
    m_clear->setFocusPolicy(Qt::NoFocus);
    m_clear->setToolTip(tr("Clear"));
    m_clear->hide();
    setTextStyle(m_style);
    connect(m_clear, &QToolButton::clicked, this, [this] {
        clear();
        setFocus();
    });
    connect(this, &QLineEdit::textChanged, this, &FilterField::place);
    connect(&theme, &theme::Theme::changed, this, [this] { setTextStyle(m_style); });
}

void FilterField::setIconName(const QString &name)
{
    m_icon = name;
    place();
    update();
}

void FilterField::setCountText(const QString &text)
{
    if (std::exchange(m_count, text) == text)
        return;
    setAccessibleDescription(text);
    place();
    update();
}

void FilterField::setDesignHeight(int height)
{
    m_designHeight = height;
    updateGeometry();
}

void FilterField::setTextStyle(TextStyle style)
{
    m_style = style;
    setFont(m_theme.font(style));
    place();
}

QSize FilterField::sizeHint() const
{
    return {QLineEdit::sizeHint().width(), m_theme.height(m_designHeight, m_style)};
}

void FilterField::place()
{
    const bool isBare = theme::isBare(this);
    const int icon = m_theme.scaled(isBare ? metrics::kIconSize : metrics::kSmallIconSize);
    const int button = m_theme.scaled(kClearButton);
    m_clear->setIconSize(QSize(1, 1) * m_theme.scaled(metrics::kSmallIconSize));
    const bool hasText = !text().isEmpty() && !isReadOnly() && !isBare;
    m_clear->setVisible(hasText);
    m_clear->setGeometry(width() - button - 4, (height() - button) / 2, button, button);
    int right = hasText ? button : 0;
    if (!m_count.isEmpty())
        right += static_cast<int>(std::ceil(theme::numberWidth(m_count, m_theme.font(TextStyle::Caption)))) + 6;
    const int left = m_icon.isEmpty() ? 0 : icon + (isBare ? 10 : 6);
    setTextMargins(left, 0, right, 0);
}

void FilterField::resizeEvent(QResizeEvent *event)
{
    QLineEdit::resizeEvent(event);
    place();
}

void FilterField::paintEvent(QPaintEvent *event)
{
    QLineEdit::paintEvent(event);
    QPainter painter(this);
    const bool isBare = theme::isBare(this);
    const int inset = isBare ? 1 : kInset;
    const int size = m_theme.scaled(isBare ? metrics::kIconSize : metrics::kSmallIconSize);
    if (!m_icon.isEmpty())
        m_theme.paintIcon(painter, QRectF(inset, (height() - size) / 2, size, size), m_icon,
                          isEnabled() ? Role::Muted : Role::Disabled);
    if (!m_count.isEmpty()) {
        const int right = m_clear->isHidden() ? inset : m_theme.scaled(kClearButton) + 8;
        theme::numberText(painter, QRectF(0, 0, width() - right, height()), m_count, m_theme.font(TextStyle::Caption),
                          m_theme.color(Role::Muted), Qt::AlignRight | Qt::AlignVCenter);
    }
}

void FilterField::keyPressEvent(QKeyEvent *event)
{
    if (event->key() == Qt::Key_Escape && !text().isEmpty() && !theme::isBare(this)) {
        clear();
        event->accept();
        return;
    }
    QLineEdit::keyPressEvent(event);
}

} // namespace parallax::widgets
