// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/label.h"

#include <QFontMetrics>
#include <QPainter>
#include <QTextDocument>
#include <QTextLayout>

using namespace Qt::StringLiterals;

namespace parallax::widgets {

QString literalToolTip(const QString &text)
{
    return Qt::mightBeRichText(text) ? u"<span>"_s + text.toHtmlEscaped() + u"</span>"_s : text;
}

Label::Label(const theme::Theme &theme, const QString &text, theme::TextStyle style, theme::Role role, QWidget *parent)
    : QLabel(text, parent)
    , m_theme(theme)
    , m_style(style)
    , m_role(role)
{
    setTextFormat(Qt::PlainText);
    // Otherwise the role would follow the surface it stands on.
    setForegroundRole(QPalette::WindowText);
    apply();
    connect(&theme, &theme::Theme::changed, this, &Label::apply);
}

void Label::setRole(theme::Role role)
{
    if (std::exchange(m_role, role) != role)
        apply();
}

void Label::setTextStyle(theme::TextStyle style)
{
    if (std::exchange(m_style, style) != style)
        apply();
}

void Label::setElideMode(Qt::TextElideMode mode)
{
    m_elide = mode;
    setSizePolicy(mode == Qt::ElideNone ? QSizePolicy::Preferred : QSizePolicy::Ignored, QSizePolicy::Preferred);
    updateGeometry();
}

void Label::setLineHeight(int pixels)
{
    m_lineHeight = pixels;
    setWordWrap(true);
    updateGeometry();
}

void Label::setSelectable(bool isSelectable)
{
    setTextInteractionFlags(isSelectable ? Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard
                                         : Qt::NoTextInteraction);
}

void Label::apply()
{
    setFont(m_theme.font(m_style));
    QPalette palette = m_theme.palette();
    palette.setColor(QPalette::WindowText, m_theme.color(m_role));
    palette.setColor(QPalette::Disabled, QPalette::WindowText, m_theme.color(theme::Role::Disabled));
    setPalette(palette);
}

QSize Label::sizeHint() const
{
    const QSize plain = QLabel::sizeHint();
    if (m_elide != Qt::ElideNone)
        return {QFontMetrics(font()).horizontalAdvance(text()) + 2, plain.height()};
    // A wrapped label asks for the height of its text at the width it likes; with a fixed width that is another one.
    if (wordWrap() && minimumWidth() == maximumWidth())
        return {minimumWidth(), heightForWidth(minimumWidth())};
    return plain;
}

QSize Label::minimumSizeHint() const
{
    if (m_elide != Qt::ElideNone)
        return {0, QLabel::minimumSizeHint().height()};
    return wordWrap() && minimumWidth() == maximumWidth() ? sizeHint() : QLabel::minimumSizeHint();
}

bool Label::hasHeightForWidth() const
{
    // A layout would ask for the height at its own width, not at the fixed one.
    return minimumWidth() != maximumWidth() && (m_lineHeight > 0 || QLabel::hasHeightForWidth());
}

int Label::heightForWidth(int width) const
{
    if (m_lineHeight <= 0)
        return QLabel::heightForWidth(width);
    const QMargins margins = contentsMargins();
    return layOut(width - margins.left() - margins.right(), nullptr) + margins.top() + margins.bottom();
}

// Lays the lines out on their own pitch and paints them when there is a painter. Returns the height.
int Label::layOut(int width, QPainter *painter) const
{
    const QFontMetrics metrics(font());
    const int pitch = std::max(m_lineHeight, metrics.height());
    QTextLayout layout(text(), font());
    QTextOption option(alignment() & Qt::AlignHorizontal_Mask);
    option.setWrapMode(QTextOption::WordWrap);
    layout.setTextOption(option);
    layout.beginLayout();
    int y = 0;
    for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
        line.setLineWidth(width);
        line.setPosition(QPointF(0, y + (pitch - metrics.height()) / 2.0));
        y += pitch;
    }
    layout.endLayout();
    if (painter != nullptr)
        layout.draw(painter, contentsRect().topLeft());
    return y;
}

void Label::paintEvent(QPaintEvent *event)
{
    if (m_elide == Qt::ElideNone && m_lineHeight <= 0) {
        QLabel::paintEvent(event);
        return;
    }
    QPainter painter(this);
    painter.setFont(font());
    painter.setPen(palette().color(isEnabled() ? QPalette::Active : QPalette::Disabled, QPalette::WindowText));
    if (m_lineHeight > 0) {
        layOut(contentsRect().width(), &painter);
        return;
    }
    updateToolTip();
    const QFontMetrics metrics(font());
    painter.drawText(contentsRect(), static_cast<int>(alignment()) | Qt::TextSingleLine,
                     metrics.elidedText(text(), m_elide, contentsRect().width()));
}

void Label::resizeEvent(QResizeEvent *event)
{
    QLabel::resizeEvent(event);
    updateToolTip();
}

// A tooltip somebody else has set stays.
void Label::updateToolTip()
{
    if (m_elide == Qt::ElideNone || (!m_ownsToolTip && !toolTip().isEmpty()))
        return;
    const bool isCut = QFontMetrics(font()).horizontalAdvance(text()) > contentsRect().width();
    m_ownsToolTip = isCut;
    const QString tip = isCut ? literalToolTip(text()) : QString();
    if (toolTip() != tip)
        setToolTip(tip);
}

} // namespace parallax::widgets
