// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/replay/replayparts.h"

#include "ui/models/displaytext.h"
#include "ui/theme/controls.h"
#include "ui/theme/metrics.h"
#include "ui/theme/paint.h"
#include "ui/theme/theme.h"
#include "ui/widgets/iconlabel.h"
#include "ui/widgets/identity.h"
#include "ui/widgets/label.h"

#include <QGridLayout>
#include <QPainter>
#include <QStyleOptionButton>

using namespace Qt::StringLiterals;
using parallax::theme::Role;
using parallax::theme::TextStyle;
namespace metrics = parallax::theme::metrics;

namespace parallax::ui {

namespace {

constexpr int kMarkSize = 10;
constexpr int kLegendLine = 16;

/// The square before the name of a part.
class PartMark final : public QWidget
{
public:
    PartMark(const theme::Theme &theme, Role role)
        : m_theme(theme)
        , m_role(role)
    {
        setFixedSize(kMarkSize, kMarkSize);
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        theme::fillRounded(painter, rect(), 2, m_theme.color(m_role));
    }

private:
    const theme::Theme &m_theme;
    Role m_role;
};

void clearLayout(QLayout &layout)
{
    while (QLayoutItem *item = layout.takeAt(0)) {
        if (item->layout() != nullptr)
            clearLayout(*item->layout());
        delete item->widget();
        delete item;
    }
}

} // namespace

SourceField::SourceField(const theme::Theme &theme, QWidget *parent)
    : QPushButton(parent)
    , m_theme(theme)
{
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    setSource({}, {});
}

void SourceField::setSource(const QString &name, const QString &amount)
{
    m_name = name;
    m_amount = amount;
    const QString said = name.isEmpty() ? tr("nothing chosen") : name;
    setAccessibleDescription(amount.isEmpty() ? said : said + u", "_s + amount);
    update();
}

QSize SourceField::sizeHint() const
{
    return {200, m_theme.height(metrics::kFieldHeight)};
}

QSize SourceField::minimumSizeHint() const
{
    return {120, sizeHint().height()};
}

void SourceField::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    QStyleOptionButton option;
    initStyleOption(&option);
    theme::panel(painter, rect(), metrics::kRadiusControl, m_theme.color(Role::Field),
                 m_theme.color(Role::BorderStrong));
    const int size = metrics::kSmallIconSize;
    const double top = (height() - size) / 2.0;
    m_theme.paintIcon(painter, QRectF(10, top, size, size), u"capture"_s, Role::Muted);
    m_theme.paintIcon(painter, QRectF(width() - 10 - size, top, size, size), u"updown"_s, Role::Muted);
    const double right = width() - 10 - size - metrics::kIconGap;
    const QFont caption = m_theme.font(TextStyle::Caption);
    const double amount = m_amount.isEmpty() ? 0 : theme::numberWidth(m_amount, caption);
    if (amount > 0)
        theme::numberText(painter, QRectF(right - amount, 0, amount, height()), m_amount, caption,
                          m_theme.color(Role::Muted));
    const double left = 10 + size + metrics::kIconGap;
    theme::text(painter, QRectF(left, 0, right - amount - metrics::kIconGap - left, height()),
                m_name.isEmpty() ? tr("Choose traffic") : m_name, m_theme.font(),
                m_theme.color(m_name.isEmpty() ? Role::Muted : Role::Text));
    if (hasFocus())
        theme::focusRing(painter, rect(), metrics::kRadiusControl, m_theme);
}

SumRow::SumRow(const theme::Theme &theme, const QString &objectName, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_grid(new QGridLayout(this))
{
    setObjectName(objectName);
    m_grid->setContentsMargins(0, 0, 0, 0);
    setCompact(false);
    m_grid->setVerticalSpacing(3);
}

void SumRow::setCompact(bool isCompact)
{
    m_grid->setHorizontalSpacing(isCompact ? 6 : 14);
}

void SumRow::addTerm(const QString &objectName, const QString &name, std::optional<Role> mark)
{
    const int term = static_cast<int>(m_figures.size());
    if (term > 0) {
        auto *sign = new widgets::Label(m_theme, term == 1 ? u"="_s : u"+"_s, TextStyle::Section, Role::Muted);
        m_grid->addWidget(sign, 0, 2 * term - 1, Qt::AlignCenter);
    }
    auto *figure = new widgets::Label(m_theme, u"0"_s, TextStyle::Title);
    figure->setObjectName(objectName);
    m_grid->addWidget(figure, 0, 2 * term, Qt::AlignLeft);
    auto *below = new QHBoxLayout;
    below->setSpacing(6);
    if (mark)
        below->addWidget(new PartMark(m_theme, *mark), 0, Qt::AlignVCenter);
    below->addWidget(new widgets::Label(m_theme, name, TextStyle::Caption, Role::Muted));
    below->addStretch(1);
    m_grid->addLayout(below, 1, 2 * term);
    m_names += name;
    m_figures += figure;
}

void SumRow::setValues(const QList<qint64> &values)
{
    QString said;
    for (qsizetype i = 0; i < std::min(values.size(), m_figures.size()); ++i) {
        m_figures[i]->setText(display::count(values[i]));
        said += (i == 0 ? QString() : i == 1 ? u" = "_s : u" + "_s) + m_names[i] + u' ' + display::count(values[i]);
    }
    if (said != accessibleName())
        setAccessibleName(said);
}

LegendKey::LegendKey(const theme::Theme &theme, const QString &text, std::optional<int> identity, Role role,
                     bool isDotted, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_text(text)
    , m_identity(identity)
    , m_role(role)
    , m_isDotted(isDotted)
{
    setAccessibleName(text);
}

QSize LegendKey::sizeHint() const
{
    const QFontMetrics font = m_theme.metrics(TextStyle::Caption);
    return {kLegendLine + 8 + std::min(font.horizontalAdvance(m_text), 140) + 2, font.height()};
}

void LegendKey::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    QPen pen = m_identity ? widgets::identityPen(m_theme, *m_identity, 1.75) : QPen(m_theme.color(m_role), 1.75);
    if (m_isDotted)
        pen.setDashPattern({2, 2});
    painter.setPen(pen);
    painter.drawLine(QPointF(0, height() / 2.0), QPointF(kLegendLine, height() / 2.0));
    theme::text(painter, QRectF(kLegendLine + 8, 0, width() - kLegendLine - 8, height()), m_text,
                m_theme.font(TextStyle::Caption), m_theme.color(Role::Text2));
}

AgreementBar::AgreementBar(const theme::Theme &theme, QWidget *parent)
    : QFrame(parent)
    , m_theme(theme)
{
    setObjectName(u"replayAgreement"_s);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(40, 8, 10, 8);
    row->setSpacing(12);
    m_rows = new QVBoxLayout;
    m_rows->setSpacing(2);
    row->addLayout(m_rows, 1);
    m_button = new QPushButton(tr("Compare now"));
    theme::setNames(m_button, u"compareRun"_s, tr("Compare now"));
    row->addWidget(m_button);
}

void AgreementBar::setLines(const QList<Line> &lines)
{
    if (lines == m_lines)
        return;
    m_lines = lines;
    clearLayout(*m_rows);
    for (const Line &line : lines) {
        auto *row = new QHBoxLayout;
        row->setSpacing(8);
        if (line.identity) {
            auto *shape = new widgets::IconLabel(m_theme, {}, Role::Muted, metrics::kSmallIconSize);
            shape->setIdentity(*line.identity);
            row->addWidget(shape);
            row->addWidget(new widgets::Label(m_theme, line.name, TextStyle::Name));
        }
        row->addWidget(new widgets::Label(m_theme, line.strong, TextStyle::Strong));
        auto *rest = new widgets::Label(m_theme, line.rest, TextStyle::Body, Role::Text2);
        rest->setElideMode(Qt::ElideRight);
        rest->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Preferred);
        row->addWidget(rest);
        if (!line.code.isEmpty())
            row->addWidget(new widgets::Label(m_theme, line.code, TextStyle::Code, Role::Text2));
        row->addStretch(1);
        m_rows->addLayout(row);
    }
}

void AgreementBar::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    theme::fillRounded(painter, rect(), metrics::kRadiusControl, m_theme.color(Role::AccentSoft));
    const int size = metrics::kIconSize;
    m_theme.paintIcon(painter, QRectF(12, (height() - size) / 2.0, size, size), u"mode-compare"_s, Role::Accent);
}

} // namespace parallax::ui
