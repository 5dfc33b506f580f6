// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/commandpalette.h"

#include "ui/commands/commandregistry.h"
#include "ui/commands/palettemodel.h"
#include "ui/theme/controls.h"
#include "ui/theme/metrics.h"
#include "ui/theme/paint.h"
#include "ui/theme/theme.h"
#include "ui/widgets/filterfield.h"
#include "ui/widgets/keycap.h"
#include "ui/widgets/label.h"
#include "ui/widgets/surface.h"

#include <QApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QListView>
#include <QLocale>
#include <QPainter>
#include <QStyledItemDelegate>

#include <cmath>

using namespace Qt::StringLiterals;

namespace parallax::shell {

using commands::PaletteModel;
using theme::Role;
using theme::TextStyle;
namespace metrics = theme::metrics;

namespace {

constexpr int kWidth = 640;
constexpr int kTop = 92;
constexpr int kRow = 34;
constexpr int kHeading = 28;
constexpr int kFieldRow = 48;
constexpr int kFooter = 36;

/// Rows of the palette: headings, and entries with their matches in the accent colour.
class PaletteDelegate : public QStyledItemDelegate
{
public:
    PaletteDelegate(const theme::Theme &theme, QObject *parent)
        : QStyledItemDelegate(parent)
        , m_theme(theme)
    {}

    QSize sizeHint(const QStyleOptionViewItem &, const QModelIndex &index) const override
    {
        const bool isHeading = index.data(PaletteModel::IsHeadingRole).toBool();
        return {0, isHeading ? m_theme.height(kHeading, TextStyle::Header) : m_theme.height(kRow)};
    }

    void paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const override
    {
        if (index.data(PaletteModel::IsHeadingRole).toBool()) {
            theme::text(*painter, QRectF(option.rect).adjusted(16, 6, -16, 0), index.data().toString(),
                        m_theme.font(TextStyle::Header), m_theme.color(Role::Muted));
            return;
        }
        paintEntry(*painter, option, index);
    }

private:
    void paintEntry(QPainter &painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
    {
        const bool isAvailable = index.data(PaletteModel::IsAvailableRole).toBool();
        const bool isChosen = option.state & QStyle::State_Selected;
        const QRectF row = QRectF(option.rect).adjusted(metrics::kListInset, 0, -metrics::kListInset, 0);
        if (isChosen)
            theme::fillRounded(painter, row, metrics::kRadiusSmall, m_theme.color(Role::Selection));
        const auto icon = index.data(Qt::DecorationRole).value<QIcon>();
        const QRectF iconRect(row.left() + metrics::kRowPadding, std::round(row.center().y() - 8), 16, 16);
        const Role iconRole = !isAvailable ? Role::Disabled : isChosen ? Role::Accent : Role::Muted;
        if (const QString name = icon.name();
            !name.isEmpty() && !name.startsWith(u"id-") && m_theme.icons().contains(name))
            m_theme.paintIcon(painter, iconRect, name, iconRole);
        else if (!icon.isNull())
            icon.paint(&painter, iconRect.toRect(), Qt::AlignCenter, isAvailable ? QIcon::Normal : QIcon::Disabled);
        QRectF rest = row.adjusted(metrics::kRowPadding + 16 + metrics::kIconGap, 0, -8, 0);
        const QStringList keys = index.data(PaletteModel::KeysRole).toStringList();
        if (!keys.isEmpty()) {
            const double width = widgets::keyCapsWidth(m_theme, keys);
            widgets::paintKeyCaps(painter, QRectF(rest.right() - width, rest.top(), width, rest.height()), m_theme,
                                  keys);
            rest.setRight(rest.right() - width - 12);
        }
        const double used = paintText(painter, rest, index, isAvailable);
        rest.setLeft(rest.left() + used + metrics::kIconGap);
        theme::text(painter, rest, index.data(PaletteModel::DetailRole).toString(), m_theme.font(TextStyle::Caption),
                    m_theme.color(isAvailable ? Role::Muted : Role::Disabled));
    }

    // Stretch by stretch: what the query hit is bolder and in the accent colour.
    double paintText(QPainter &painter, const QRectF &rect, const QModelIndex &index, bool isAvailable) const
    {
        const QString text = index.data().toString();
        const auto ranges = index.data(PaletteModel::MatchesRole).value<QList<commands::TextRange>>();
        double x = rect.left();
        const auto piece = [&](qsizetype from, qsizetype length, bool isHit) {
            if (length <= 0)
                return;
            const QFont font = m_theme.font(isHit ? TextStyle::Strong : TextStyle::Body);
            x += theme::text(painter, QRectF(x, rect.top(), rect.right() - x, rect.height()), text.mid(from, length),
                             font,
                             m_theme.color(!isAvailable ? Role::Disabled
                                           : isHit      ? Role::Accent
                                                        : Role::Text));
        };
        qsizetype at = 0;
        for (const commands::TextRange &range : ranges) {
            if (!isAvailable || range.start < at)
                continue;
            piece(at, range.start - at, false);
            piece(range.start, range.length, true);
            at = range.start + range.length;
        }
        piece(at, text.size() - at, false);
        return x - rect.left();
    }

    const theme::Theme &m_theme;
};

} // namespace

CommandPalette::CommandPalette(const theme::Theme &theme, commands::CommandRegistry &registry, QWidget *window)
    : PopupFrame(theme, metrics::kRadiusPalette, window)
    , m_theme(theme)
    , m_model(new PaletteModel(registry, this))
    , m_dim(new widgets::DimOverlay(theme, window))
    , m_field(new widgets::FilterField(theme, u"paletteField"_s, tr("Find a command")))
    , m_count(new widgets::Label(theme, {}, TextStyle::Caption, Role::Muted))
    , m_list(new QListView)
{
    setObjectName(u"palette"_s);
    setAccessibleName(tr("Commands"));
    auto *top = new QWidget;
    theme::follow(theme, top, [&theme, top] { top->setFixedHeight(theme.height(kFieldRow)); });
    auto *row = new QHBoxLayout(top);
    row->setContentsMargins(15, 0, 16, 0);
    theme::setBare(m_field, true);
    m_field->setFrame(false);
    m_field->setIconName(u"search"_s);
    m_field->setTextStyle(TextStyle::SectionLead);
    m_field->setPlaceholderText(tr("Search or run a command"));
    row->addWidget(m_field, 1);
    row->addWidget(m_count);
    body()->addWidget(top);
    body()->addWidget(widgets::hairline(theme, Qt::Horizontal));

    theme::setNames(m_list, u"paletteList"_s, tr("Found commands"));
    m_list->setModel(m_model);
    m_list->setItemDelegate(new PaletteDelegate(theme, m_list));
    m_list->setFrameShape(QFrame::NoFrame);
    m_list->setFocusPolicy(Qt::NoFocus);
    m_list->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_list->setVerticalScrollMode(QAbstractItemView::ScrollPerPixel);
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setMouseTracking(true);
    body()->addWidget(m_list, 1);

    auto *footer = new widgets::Surface(theme, Role::Sunken, Qt::TopEdge);
    footer->setFooterRadius(metrics::kRadiusPalette - 1);
    theme::follow(theme, footer,
                  [&theme, footer] { footer->setFixedHeight(theme.height(kFooter, TextStyle::Header)); });
    auto *hints = new QHBoxLayout(footer);
    hints->setContentsMargins(14, 1, 14, 0);
    hints->setSpacing(16);
    hints->addWidget(new widgets::KeyHint(theme, {tr("Enter")}, tr("run")));
    hints->addWidget(new widgets::KeyHint(theme, {u"\u2191"_s, u"\u2193"_s}, tr("choose")));
    hints->addWidget(new widgets::KeyHint(theme, {u">"_s}, tr("commands")));
    hints->addStretch(1);
    hints->addWidget(new widgets::KeyHint(theme, {tr("Esc")}, tr("close")));
    body()->addWidget(footer);

    connect(m_field, &QLineEdit::textChanged, this, &CommandPalette::onTextChanged);
    connect(m_list, &QListView::clicked, this, [this](const QModelIndex &index) { runCurrent(index.row()); });
    connect(m_dim, &widgets::DimOverlay::pressed, this, &CommandPalette::close);
    m_field->installEventFilter(this);
    window->installEventFilter(this);
}

void CommandPalette::open()
{
    if (!isVisible())
        m_focusBefore = QApplication::focusWidget();
    m_field->clear();
    onTextChanged({});
    m_dim->raise();
    m_dim->show();
    place();
    raise();
    show();
    m_field->setFocus(Qt::ShortcutFocusReason);
}

void CommandPalette::close()
{
    if (!isVisible())
        return;
    hide();
    m_dim->hide();
    if (m_focusBefore)
        m_focusBefore->setFocus(Qt::OtherFocusReason);
}

void CommandPalette::onTextChanged(const QString &text)
{
    m_model->setQuery(text);
    const int results = m_model->resultCount();
    m_count->setText(tr("%Ln results", nullptr, results));
    choose(m_model->firstRow());
    m_list->scrollToTop();
    if (isVisible())
        place();
}

void CommandPalette::choose(int row)
{
    const QModelIndex index = m_model->index(row);
    m_list->setCurrentIndex(index);
    if (index.isValid())
        m_list->scrollTo(index);
}

void CommandPalette::runCurrent(int row)
{
    const QModelIndex index = m_model->index(row);
    if (!index.isValid() || !index.data(PaletteModel::IsAvailableRole).toBool())
        return;
    close();
    m_model->run(row);
}

void CommandPalette::place()
{
    const QWidget *window = parentWidget();
    int rows = 8;
    for (int i = 0; i < m_model->rowCount(); ++i)
        rows += m_list->sizeHintForIndex(m_model->index(i)).height();
    const int chrome = m_theme.height(kFieldRow) + m_theme.height(kFooter, TextStyle::Header) + 3;
    const int width = std::min(kWidth, window->width() - 32);
    const int top = std::min(kTop, window->height() / 8);
    const int height = std::min(chrome + std::max(rows, kRow), window->height() - top - 48);
    setFrameGeometry({(window->width() - width) / 2, top, width, std::min(height, 560)});
}

bool CommandPalette::onKey(int key)
{
    const int row = m_list->currentIndex().row();
    switch (key) {
    case Qt::Key_Escape:
        close();
        return true;
    case Qt::Key_Down:
        choose(m_model->nextRow(row, 1));
        return true;
    case Qt::Key_Up:
        choose(m_model->nextRow(row, -1));
        return true;
    case Qt::Key_PageDown:
    case Qt::Key_PageUp: {
        int to = row;
        for (int i = 0; i < 8; ++i)
            to = m_model->nextRow(to, key == Qt::Key_PageDown ? 1 : -1);
        choose(to);
        return true;
    }
    case Qt::Key_Return:
    case Qt::Key_Enter:
        runCurrent(row);
        return true;
    case Qt::Key_Tab:
    case Qt::Key_Backtab:
        return true; // the popup keeps the focus until it closes
    default:
        return false;
    }
}

bool CommandPalette::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_field && event->type() == QEvent::KeyPress && onKey(static_cast<QKeyEvent *>(event)->key()))
        return true;
    if (watched == parent() && event->type() == QEvent::Resize && isVisible())
        place();
    return PopupFrame::eventFilter(watched, event);
}

} // namespace parallax::shell
