// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/edit/sidestrip.h"

#include "ui/commands/catalogue.h"
#include "ui/commands/commandregistry.h"
#include "ui/edit/namedelegate.h"
#include "ui/shell/mainwindow.h"
#include "ui/theme/controls.h"
#include "ui/theme/metrics.h"
#include "ui/theme/paint.h"
#include "ui/theme/parallaxstyle.h"
#include "ui/theme/theme.h"

#include <QListView>
#include <QPainter>
#include <QRegularExpression>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;
using parallax::theme::Role;
using parallax::theme::TextStyle;
namespace ids = parallax::commands::ids;
namespace metrics = parallax::theme::metrics;

namespace parallax::ui {

namespace {

constexpr int kTileHeight = 36;
constexpr int kTileInset = 4;

QStringList wordsOf(const QString &name)
{
    static const QRegularExpression gaps(u"[^\\p{L}\\p{N}]+"_s);
    return name.split(gaps, Qt::SkipEmptyParts);
}

} // namespace

QString TileDelegate::letters(const QString &name, const QStringList &neighbours)
{
    const QStringList words = wordsOf(name);
    if (words.isEmpty())
        return name.left(2);
    qsizetype shared = 0;
    for (const QString &neighbour : neighbours) {
        const QStringList others = wordsOf(neighbour);
        const auto differs = std::mismatch(words.begin(), words.end(), others.begin(), others.end());
        shared = std::max(shared, differs.first - words.begin());
    }
    const QStringList own = words.mid(std::min(shared, words.size() - 1));
    return own.size() == 1 ? own.first().left(2) : QString(own.at(0).left(1) + own.at(1).left(1));
}

widgets::RowContent TileDelegate::content(const QModelIndex &index) const
{
    widgets::RowContent content;
    const auto *model = qobject_cast<const EndpointListModel *>(index.model());
    if (model == nullptr)
        return content;
    const EndpointListModel::Row &row = model->row(index.row());
    QStringList neighbours;
    for (const int at : {index.row() - 1, index.row() + 1}) {
        if (at >= 0 && at < model->rowCount())
            neighbours += model->row(at).name;
    }
    content.text = letters(row.name, neighbours);
    if (row.state.hasErrors)
        content.endIcon = u"error"_s;
    else if (row.state.isUnsaved)
        content.end = u"*"_s;
    else if (row.state.isModified)
        content.end = EndpointListModel::tr("M", "modified");
    else if (row.state.isReadOnly)
        content.endIcon = u"lock"_s;
    content.endIconRole = row.state.hasErrors ? Role::Error : Role::Muted;
    return content;
}

QSize TileDelegate::sizeHint(const QStyleOptionViewItem &, const QModelIndex &) const
{
    return {theme().width(SideStrip::kWidth), theme().height(kTileHeight)};
}

void TileDelegate::paint(QPainter *painter, const QStyleOptionViewItem &option, const QModelIndex &index) const
{
    const widgets::RowContent shown = content(index);
    const QRectF tile = QRectF(option.rect).adjusted(kTileInset, 1, -kTileInset, -1);
    const std::optional<Role> fill = theme::rowFill(option, option.widget);
    if (fill)
        theme::fillRounded(*painter, tile, metrics::kRadiusSmall, theme().color(*fill));
    const bool isSelected = fill == Role::Selection;
    theme::text(*painter, tile, shown.text, theme().font(isSelected ? TextStyle::Strong : TextStyle::Name),
                theme().color(isSelected ? Role::Accent : Role::Text), Qt::AlignCenter);
    const double mark = theme().scaled(10);
    const QRectF corner(tile.right() - mark - 2, tile.top() + 3, mark, mark);
    if (!shown.endIcon.isEmpty())
        theme().paintIcon(*painter, corner, shown.endIcon, shown.endIconRole);
    else if (!shown.end.isEmpty())
        theme::text(*painter, corner.adjusted(-6, -2, 1, 4), shown.end, theme().font(TextStyle::SmallStrong),
                    theme().color(Role::Accent), Qt::AlignRight | Qt::AlignTop);
    if (option.state & QStyle::State_HasFocus && option.state & QStyle::State_KeyboardFocusChange && !fill)
        theme::focusRing(*painter, tile, metrics::kRadiusSmall, theme());
}

SideStrip::SideStrip(const theme::Theme &theme, commands::CommandRegistry &registry, EndpointListModel &model,
                     QItemSelectionModel *selection, QWidget *parent)
    : Surface(theme, Role::Window, {}, parent)
    , m_theme(theme)
{
    setObjectName(u"editSideStrip"_s);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 4, 0, 8);
    column->setSpacing(4);
    QToolButton *unfold = addButton(u"sidebar"_s, u"unfoldSideBar"_s, tr("Unfold side bar"));
    unfold->setToolTip(tr("Shows the endpoints and deployments by name (F9)"));
    connect(unfold, &QToolButton::clicked, this, &SideStrip::unfoldWanted);
    QToolButton *add = addButton(u"plus"_s, u"newEndpointFolded"_s, tr("New endpoint"));
    add->setDefaultAction(registry.action(ids::kNewEndpoint));
    add->setAccessibleName(tr("New endpoint"));
    m_filter = addButton(u"filter"_s, u"filterFolded"_s, tr("Filter the endpoints"));
    connect(m_filter, &QToolButton::clicked, this, &SideStrip::filterWanted);

    m_list = makeRowList(model, new TileDelegate(theme), u"endpointTiles"_s, tr("Endpoints"));
    m_list->setSelectionModel(selection);
    m_list->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_list->viewport()->setAutoFillBackground(false);
    m_list->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff); // it would take a quarter of the tile
    m_list->setContextMenuPolicy(Qt::ActionsContextMenu);
    shell::markPane(m_list);
    column->addWidget(m_list, 1);
    column->addWidget(widgets::hairline(theme, Qt::Horizontal));
    QToolButton *deployments = addButton(u"deployment"_s, u"deploymentsFolded"_s, tr("Show deployments"));
    deployments->setToolTip(tr("Unfolds the side bar and goes to the deployments"));
    connect(deployments, &QToolButton::clicked, this, &SideStrip::deploymentsWanted);
    setFiltered({});
    theme::follow(theme, this, [this, &theme] { setFixedWidth(theme.width(kWidth)); });
}

QToolButton *SideStrip::addButton(const QString &icon, const QString &objectName, const QString &name)
{
    auto *button = new QToolButton;
    button->setIcon(m_theme.icon(icon));
    button->setToolButtonStyle(Qt::ToolButtonIconOnly);
    theme::setNames(button, objectName, name);
    static_cast<QVBoxLayout *>(layout())->addWidget(button, 0, Qt::AlignHCenter);
    return button;
}

void SideStrip::setFiltered(const QString &says)
{
    m_filter->setIcon(says.isEmpty() ? m_theme.icon(u"filter"_s)
                                     : m_theme.icon(u"filter"_s, theme::IconTint::fixed(Role::Accent)));
    m_filter->setToolTip(says.isEmpty() ? tr("Unfolds the side bar and goes to its filter")
                                        : tr("The filter shows %1").arg(says));
    m_filter->setAccessibleDescription(says.isEmpty() ? QString() : m_filter->toolTip());
}

} // namespace parallax::ui
