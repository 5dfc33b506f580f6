// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/fieldsmodel.h"

#include "ui/models/displaytext.h"

#include <cmath>

using namespace Qt::StringLiterals;

namespace parallax::ui {

FieldsModel::FieldsModel(QObject *parent)
    : QAbstractTableModel(parent)
{}

int FieldsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_fields.size());
}

int FieldsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant FieldsModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const compare::FieldSummary &field = m_fields[static_cast<std::size_t>(index.row())];
    switch (role) {
    case PathRole:
        return field.path;
    case KindRole:
        return static_cast<int>(field.kind);
    case ShareRole:
        return field.share;
    case CountRole:
        return field.pairs;
    case Qt::TextAlignmentRole:
        return index.column() >= PairsColumn ? QVariant(Qt::AlignRight | Qt::AlignVCenter) : QVariant();
    case Qt::ToolTipRole:
        return index.column() == PathColumn ? QVariant(display::plainToolTip(field.path)) : QVariant();
    case Qt::DisplayRole:
        break;
    default:
        return {};
    }
    switch (index.column()) {
    case PathColumn:
        return field.path.isEmpty() ? tr("(whole body)") : field.path;
    case KindColumn:
        return QString(display::kindSign(field.kind) + u' ' + display::kindName(field.kind));
    case PairsColumn:
        return tr("%1 (%2)").arg(display::percent(field.share), display::count(field.pairs));
    case WorstColumn:
        return std::isfinite(field.worst) ? display::signedFigure(field.worst) : QString();
    default:
        return {};
    }
}

QVariant FieldsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return section >= PairsColumn ? QVariant(Qt::AlignRight | Qt::AlignVCenter)
                                      : QVariant(Qt::AlignLeft | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case PathColumn:
        return tr("Path");
    case KindColumn:
        return tr("Kind");
    case PairsColumn:
        return tr("Pairs");
    case WorstColumn:
        return tr("Worst");
    default:
        return {};
    }
}

void FieldsModel::setFields(std::vector<compare::FieldSummary> fields)
{
    beginResetModel();
    m_fields = std::move(fields);
    endResetModel();
}

} // namespace parallax::ui
