// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/pairsmodel.h"

#include "ui/models/displaytext.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parallax::ui {

namespace {

bool isFailure(traffic::Outcome outcome)
{
    using traffic::Outcome;
    return outcome == Outcome::MirrorError || outcome == Outcome::PrimaryError || outcome == Outcome::Timeout ||
           outcome == Outcome::BothErrorDifferent || outcome == Outcome::NotComparable || outcome == Outcome::Dropped;
}

} // namespace

PairsModel::PairsModel(QObject *parent)
    : QAbstractTableModel(parent)
{}

int PairsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_visible.size());
}

int PairsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

const PairItem &PairsModel::pairAt(int row) const
{
    return m_pairs[m_visible[static_cast<std::size_t>(row)]];
}

int PairsModel::rowOf(traffic::ExchangeId id) const
{
    const auto at =
        std::find_if(m_visible.begin(), m_visible.end(), [this, id](std::size_t i) { return m_pairs[i].id == id; });
    return at == m_visible.end() ? -1 : static_cast<int>(at - m_visible.begin());
}

QVariant PairsModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const PairItem &pair = pairAt(index.row());
    switch (role) {
    case IdRole:
        return QVariant::fromValue(pair.id.value);
    case OutcomeRole:
        return static_cast<int>(pair.outcome);
    case DifferencesRole:
        return pair.differences;
    case Qt::TextAlignmentRole:
        return index.column() >= WorstColumn ? QVariant(Qt::AlignRight | Qt::AlignVCenter) : QVariant();
    case Qt::ToolTipRole:
        return index.column() == RequestColumn ? QVariant(display::plainToolTip(pair.summary)) : QVariant();
    case Qt::AccessibleTextRole:
        if (index.column() == DifferencesColumn)
            return QString(display::outcomeName(pair.outcome) + u' ' + QString::number(pair.differences));
        [[fallthrough]];
    case Qt::DisplayRole:
        break;
    default:
        return {};
    }
    switch (index.column()) {
    case IdColumn:
        return u"#%1"_s.arg(pair.id.value);
    case RequestColumn:
        return pair.summary;
    case WorstColumn:
        return pair.worstText;
    case DifferencesColumn:
        return pair.differences > 0 ? QString::number(pair.differences) : QString();
    default:
        return {};
    }
}

QVariant PairsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal || role != Qt::DisplayRole)
        return {};
    switch (section) {
    case IdColumn:
        return tr("Pair");
    case RequestColumn:
        return tr("Request");
    case WorstColumn:
        return tr("Largest");
    case DifferencesColumn:
        return tr("Differences");
    default:
        return {};
    }
}

bool PairsModel::isVisible(const PairItem &pair) const
{
    if (m_show == Show::Different && pair.outcome != traffic::Outcome::Different)
        return false;
    if (m_show == Show::Errors && !isFailure(pair.outcome))
        return false;
    if (m_change && pair.change != m_change)
        return false;
    return m_pattern.isEmpty() || pair.patterns.contains(m_pattern);
}

void PairsModel::rebuild()
{
    m_visible.clear();
    for (std::size_t i = 0; i < m_pairs.size(); ++i) {
        if (isVisible(m_pairs[i]))
            m_visible.push_back(i);
    }
}

void PairsModel::setPairs(std::vector<PairItem> pairs)
{
    beginResetModel();
    if (pairs.size() > kCapacity)
        pairs.resize(kCapacity);
    m_pairs = std::move(pairs);
    rebuild();
    endResetModel();
}

void PairsModel::setFilter(Show show, const QString &pattern, std::optional<replay::PairChange> change)
{
    if (m_show == show && m_pattern == pattern && m_change == change)
        return;
    beginResetModel();
    m_show = show;
    m_pattern = pattern;
    m_change = change;
    rebuild();
    endResetModel();
}

} // namespace parallax::ui
