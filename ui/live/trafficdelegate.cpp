// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/live/trafficdelegate.h"

#include "ui/models/displaytext.h"
#include "ui/models/trafficmodel.h"
#include "ui/widgets/identity.h"
#include "ui/widgets/pairoutcome.h"

using namespace Qt::StringLiterals;

namespace parallax::ui {

using theme::Role;
using theme::TextStyle;
using widgets::CellContent;
using widgets::OutcomeGlyph;

namespace {

constexpr int kStatusWidth = 28;
constexpr int kTimeWidth = 52;

/// Status and time of one answer; words where there is no status.
void addAnswer(CellContent &content, const theme::Theme &theme, const QModelIndex &index)
{
    const QString status = index.data(TrafficModel::StatusTextRole).toString();
    bool isNumber = false;
    const int code = status.toInt(&isNumber);
    content.text = status;
    content.role = Role::Text2;
    if (!isNumber)
        return;
    content.isNumber = true;
    content.isLeft = true;
    content.textWidth = theme.width(kStatusWidth);
    if (code >= 400) {
        content.role = Role::Error;
        content.style = TextStyle::Name;
    }
    const QVariant latency = index.data(TrafficModel::LatencyRole);
    if (latency.isValid()) {
        content.trailing = display::duration(latency.toDouble());
        content.trailingWidth = theme.width(kTimeWidth);
    }
}

CellContent mirrorContent(const theme::Theme &theme, const QModelIndex &index)
{
    CellContent content;
    const QVariant outcome = index.data(TrafficModel::OutcomeRole);
    if (!outcome.isValid())
        return content;
    const OutcomeGlyph glyph = widgets::glyphOf(static_cast<traffic::Outcome>(outcome.toInt()));
    content.outcome = glyph;
    addAnswer(content, theme, index);
    if (glyph == OutcomeGlyph::Different)
        content.role = Role::Text;
    if (glyph == OutcomeGlyph::None || glyph == OutcomeGlyph::Dropped)
        content.role = Role::Muted;
    if (glyph == OutcomeGlyph::Timeout) {
        content.text = u"\u2014"_s;
        content.trailing = display::duration(index.data(TrafficModel::LatencyRole).toDouble());
        content.trailingRole = Role::Error;
        content.trailingWidth = theme.width(kTimeWidth);
    }
    return content;
}

} // namespace

CellContent TrafficDelegate::content(const QModelIndex &index) const
{
    const auto *model = qobject_cast<const TrafficModel *>(index.model());
    if (model == nullptr)
        return {};
    const int column = index.column();
    CellContent content;
    if (column == TrafficModel::PrimaryColumn) {
        addAnswer(content, theme(), index);
        return content;
    }
    if (column >= TrafficModel::FirstMirrorColumn && column < model->differenceColumn())
        return mirrorContent(theme(), index);
    content.text = index.data(Qt::DisplayRole).toString();
    if (column == TrafficModel::TimeColumn) {
        content.isNumber = content.isLeft = true;
        content.role = Role::Muted;
    } else if (column == TrafficModel::RequestColumn) {
        content.role = Role::Text2;
    } else if (column == model->differenceColumn()) {
        content.style = TextStyle::Code;
        content.suffix = index.data(TrafficModel::NoteRole).toString();
    } else if (column == model->sizeColumn()) {
        content.isNumber = true;
        content.role = Role::Muted;
    }
    return content;
}

TrafficHeader::TrafficHeader(const theme::Theme &theme, QWidget *parent)
    : QHeaderView(Qt::Horizontal, parent)
    , m_theme(theme)
{
    setHighlightSections(false);
    setSectionsClickable(false);
}

void TrafficHeader::initStyleOptionForIndex(QStyleOptionHeader *option, int logicalIndex) const
{
    QHeaderView::initStyleOptionForIndex(option, logicalIndex);
    const QVariant identity = model()->headerData(logicalIndex, Qt::Horizontal, TrafficModel::IdentityRole);
    if (identity.isValid())
        option->icon = widgets::identityIcon(m_theme, identity.toInt());
}

} // namespace parallax::ui
