// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/segmentedcontrol.h"

#include "ui/theme/controls.h"
#include "ui/theme/metrics.h"
#include "ui/theme/paint.h"
#include "ui/theme/theme.h"

#include <QHBoxLayout>
#include <QLocale>
#include <QPainter>
#include <QStyleOptionButton>

#include <cmath>

using namespace Qt::StringLiterals;

namespace parallax::widgets {

using theme::Role;
using theme::TextStyle;
namespace metrics = theme::metrics;

namespace {

constexpr int kPadding = 10;
constexpr int kGap = 6;

} // namespace

/// One choice. Paints itself; a radio button in everything else.
class SegmentedControl::Segment : public QRadioButton
{
public:
    Segment(const theme::Theme &theme, QWidget *parent)
        : QRadioButton(parent)
        , m_theme(theme)
    {
        setFocusPolicy(Qt::TabFocus);
        setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
        setAttribute(Qt::WA_Hover);
    }

    QString count;

    [[nodiscard]] QSize sizeHint() const override
    {
        // As wide as when it is chosen.
        double width = 2 * kPadding +
                       QFontMetricsF(m_theme.font(TextStyle::CaptionStrong)).size(Qt::TextShowMnemonic, text()).width();
        if (!icon().isNull())
            width += m_theme.scaled(metrics::kSmallIconSize) + kGap;
        if (!count.isEmpty())
            width += kGap + theme::numberWidth(count, m_theme.font(TextStyle::Caption));
        return {static_cast<int>(std::ceil(width)), m_theme.height(metrics::kSegmentHeight, TextStyle::Caption)};
    }
    [[nodiscard]] QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    [[nodiscard]] bool hitButton(const QPoint &at) const override { return rect().contains(at); }

    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        QStyleOptionButton option;
        initStyleOption(&option);
        const bool isOn = isChecked();
        if (isOn) {
            theme::fillRounded(painter, rect(), metrics::kRadiusSmall, m_theme.color(Role::Thumb));
            if (!m_theme.isDark())
                theme::strokeRounded(painter, rect(), metrics::kRadiusSmall,
                                     m_theme.color(Role::BorderStrong).lighter(106));
        }
        const Role role = !isEnabled() ? Role::Disabled : isOn || underMouse() ? Role::Text : Role::Text2;
        const QFont font = m_theme.font(isOn ? TextStyle::CaptionStrong : TextStyle::Caption);
        const double textWidth = QFontMetricsF(font).size(Qt::TextShowMnemonic, text()).width();
        double whole = textWidth;
        if (!icon().isNull())
            whole += m_theme.scaled(metrics::kSmallIconSize) + kGap;
        if (!count.isEmpty())
            whole += kGap + theme::numberWidth(count, m_theme.font(TextStyle::Caption));
        double x = std::max(4.0, (width() - whole) / 2);
        if (!icon().isNull()) {
            const int size = m_theme.scaled(metrics::kSmallIconSize);
            icon().paint(&painter, QRect(static_cast<int>(std::round(x)), (height() - size) / 2, size, size),
                         Qt::AlignCenter, isEnabled() ? QIcon::Normal : QIcon::Disabled);
            x += size + kGap;
        }
        painter.setFont(font);
        painter.setPen(m_theme.color(role));
        painter.drawText(QRectF(x, 0, textWidth + 1, height()), Qt::AlignVCenter | Qt::AlignLeft | Qt::TextShowMnemonic,
                         text());
        if (!count.isEmpty())
            theme::numberText(painter, QRectF(x + textWidth + kGap, 0, width(), height()), count,
                              m_theme.font(TextStyle::Caption),
                              m_theme.color(isEnabled() ? Role::Muted : Role::Disabled), Qt::AlignLeft);
        if (option.state & QStyle::State_HasFocus && option.state & QStyle::State_KeyboardFocusChange)
            theme::focusRing(painter, rect(), metrics::kRadiusSmall, m_theme);
    }

private:
    const theme::Theme &m_theme;
};

SegmentedControl::SegmentedControl(const theme::Theme &theme, const QString &objectName, const QString &accessibleName,
                                   QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_row(new QHBoxLayout(this))
{
    theme::setNames(this, objectName, accessibleName);
    m_row->setContentsMargins(2, 2, 2, 2);
    m_row->setSpacing(2);
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    connect(&theme, &theme::Theme::changed, this, [this] { updateGeometry(); });
}

int SegmentedControl::addSegment(const QString &text, const QIcon &icon, const QString &accessibleName)
{
    auto *segment = new Segment(m_theme, this);
    segment->setText(text);
    segment->setIcon(icon);
    theme::setNames(segment, objectName() + u"Segment%1"_s.arg(m_segments.size()),
                    accessibleName.isEmpty() ? text : accessibleName);
    const int index = static_cast<int>(m_segments.size());
    m_segments.append(segment);
    m_row->addWidget(segment, m_isStretched ? 1 : 0);
    if (index == 0)
        segment->setChecked(true);
    connect(segment, &QRadioButton::clicked, this,
            [this, segment] { Q_EMIT chosen(static_cast<int>(m_segments.indexOf(segment))); });
    setStretched(m_isStretched);
    return index;
}

void SegmentedControl::clear()
{
    qDeleteAll(m_segments);
    m_segments.clear();
    updateGeometry();
}

int SegmentedControl::current() const
{
    for (int i = 0; i < count(); ++i) {
        if (m_segments.at(i)->isChecked())
            return i;
    }
    return -1;
}

void SegmentedControl::setCurrent(int index)
{
    if (index >= 0 && index < count())
        m_segments.at(index)->setChecked(true);
}

void SegmentedControl::setSegmentText(int index, const QString &text)
{
    m_segments.at(index)->setText(text);
    m_segments.at(index)->setAccessibleName(text);
}

void SegmentedControl::setSegmentCount(int index, qint64 count)
{
    Segment *segment = m_segments.at(index);
    segment->count = count < 0 ? QString() : QLocale().toString(count);
    segment->setAccessibleDescription(segment->count);
    segment->updateGeometry();
    segment->update();
}

void SegmentedControl::setSegmentEnabled(int index, bool isEnabled, const QString &reason)
{
    m_segments.at(index)->setEnabled(isEnabled);
    m_segments.at(index)->setToolTip(isEnabled ? QString() : reason);
}

void SegmentedControl::setStretched(bool isStretched)
{
    m_isStretched = isStretched;
    setSizePolicy(isStretched ? QSizePolicy::Expanding : QSizePolicy::Fixed, QSizePolicy::Fixed);
    for (int i = 0; i < count(); ++i) {
        m_segments.at(i)->setSizePolicy(isStretched ? QSizePolicy::Expanding : QSizePolicy::Fixed, QSizePolicy::Fixed);
        m_row->setStretchFactor(m_segments.at(i), isStretched ? 1 : 0);
    }
}

QSize SegmentedControl::sizeHint() const
{
    return m_row->sizeHint();
}

void SegmentedControl::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    theme::fillRounded(painter, rect(), 7, m_theme.color(Role::Track));
}

} // namespace parallax::widgets
