// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/edit/editmodels.h"

#include "ui/models/displaytext.h"

#include <QLocale>
#include <QMimeData>

using namespace Qt::StringLiterals;

namespace parallax::ui {

NameListModel::NameListModel(QObject *parent)
    : QAbstractListModel(parent)
{}

int NameListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant NameListModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row &row = m_rows[index.row()];
    switch (role) {
    case Qt::DisplayRole:
        return row.text.isEmpty() ? row.name : row.text;
    case Qt::UserRole:
        return row.name;
    case Qt::AccessibleTextRole:
        return QStringList{row.text.isEmpty() ? row.name : row.text, row.end, row.says}.join(u' ').trimmed();
    case Qt::ToolTipRole:
        return display::plainToolTip(row.says.isEmpty() ? row.name : row.name + u": "_s + row.says);
    default:
        return {};
    }
}

void NameListModel::setRows(QList<Row> rows)
{
    if (rows == m_rows)
        return;
    const auto hasName = [](const Row &a, const Row &b) { return a.name == b.name; };
    if (std::equal(rows.begin(), rows.end(), m_rows.begin(), m_rows.end(), hasName)) {
        m_rows = std::move(rows); // the same with other signs: selection and position stay
        Q_EMIT dataChanged(index(0), index(static_cast<int>(m_rows.size()) - 1));
        return;
    }
    beginResetModel();
    m_rows = std::move(rows);
    endResetModel();
}

int NameListModel::rowOf(const QString &name) const
{
    for (int i = 0; i < m_rows.size(); ++i) {
        if (m_rows[i].name == name)
            return i;
    }
    return -1;
}

QString shareText(int weight, int total)
{
    if (total <= 0)
        return TargetsModel::tr("%1 (never)").arg(weight);
    const double share = 100.0 * weight / total;
    const bool isWhole = qFuzzyCompare(share + 1, std::round(share) + 1);
    return TargetsModel::tr("%1 (%2%)").arg(weight).arg(QLocale().toString(share, 'f', isWhole ? 0 : 1));
}

TargetsModel::TargetsModel(bool areMirrors, QObject *parent)
    : QAbstractTableModel(parent)
    , m_areMirrors(areMirrors)
{}

int TargetsModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int TargetsModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QVariant TargetsModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row &row = m_rows[index.row()];
    if (role == Qt::AccessibleTextRole && index.column() == RemoveColumn)
        return row.canRemove && !m_isReadOnly ? tr("Remove %1").arg(row.name) : QString();
    if (role == Qt::EditRole && index.column() == WeightColumn)
        return row.weight;
    if (role == Qt::ToolTipRole && !row.problem.isEmpty())
        return display::plainToolTip(row.problem);
    if (role == Qt::AccessibleDescriptionRole && index.column() == NameColumn)
        return row.problem;
    if (role != Qt::DisplayRole && role != Qt::AccessibleTextRole && role != Qt::EditRole)
        return {};
    switch (index.column()) {
    case NameColumn:
        return row.name;
    case DeploymentColumn:
        return row.deployment.name;
    case BranchColumn:
        return row.deployment.branch;
    case VersionColumn:
        return row.deployment.version.toString();
    case WeightColumn:
        return m_areMirrors ? QString() : shareText(row.weight, row.total);
    default:
        return {};
    }
}

Qt::ItemFlags TargetsModel::flags(const QModelIndex &index) const
{
    if (m_isReadOnly)
        return QAbstractTableModel::flags(index);
    const bool isText = index.column() == NameColumn || (index.column() == WeightColumn && !m_areMirrors);
    const Qt::ItemFlags drag = index.isValid() ? Qt::ItemIsDragEnabled : Qt::ItemIsDropEnabled;
    return QAbstractTableModel::flags(index) | drag | (isText ? Qt::ItemIsEditable : Qt::NoItemFlags);
}

QStringList TargetsModel::mimeTypes() const
{
    return {m_areMirrors ? u"application/x-parallax-mirror"_s : u"application/x-parallax-backend"_s};
}

QMimeData *TargetsModel::mimeData(const QModelIndexList &indexes) const
{
    auto *data = new QMimeData;
    if (!indexes.isEmpty())
        data->setData(mimeTypes().first(), m_rows[indexes.first().row()].name.toUtf8());
    return data;
}

bool TargetsModel::canDropMimeData(const QMimeData *data, Qt::DropAction action, int, int, const QModelIndex &) const
{
    return action == Qt::MoveAction && data != nullptr && data->hasFormat(mimeTypes().first());
}

bool TargetsModel::dropMimeData(const QMimeData *data, Qt::DropAction action, int row, int column,
                                const QModelIndex &parent)
{
    if (!canDropMimeData(data, action, row, column, parent))
        return false;
    const int from = rowOf(QString::fromUtf8(data->data(mimeTypes().first())));
    // Between two rows, on one, or below the last.
    int to = row >= 0 ? row : parent.isValid() ? parent.row() : rowCount();
    if (from < 0)
        return false;
    if (row >= 0 ? from < to : !parent.isValid())
        --to; // it is taken out before it is put in
    if (to != from)
        Q_EMIT moved(m_rows[from].name, to);
    return false;
}

bool TargetsModel::setData(const QModelIndex &index, const QVariant &value, int role)
{
    if (role != Qt::EditRole || !checkIndex(index, CheckIndexOption::IndexIsValid))
        return false;
    const Row row = m_rows[index.row()]; // a copy: what listens replaces the rows
    if (index.column() == NameColumn && value.toString().trimmed() != row.name)
        Q_EMIT renamed(row.name, value.toString().trimmed());
    else if (index.column() == WeightColumn && value.toInt() != row.weight)
        Q_EMIT weighed(row.name, value.toInt());
    return true;
}

QVariant TargetsModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant(Qt::AlignLeft | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case NameColumn:
        return tr("Name");
    case DeploymentColumn:
        return tr("Deployment");
    case BranchColumn:
        return tr("Branch");
    case VersionColumn:
        return tr("Version");
    case WeightColumn:
        return tr("Weight");
    default:
        return {};
    }
}

void TargetsModel::setRows(QList<Row> rows)
{
    if (rows == m_rows)
        return;
    beginResetModel();
    m_rows = std::move(rows);
    endResetModel();
}

void TargetsModel::setReadOnly(bool isReadOnly)
{
    if (std::exchange(m_isReadOnly, isReadOnly) != isReadOnly && !m_rows.isEmpty())
        Q_EMIT dataChanged(index(0, 0), index(rowCount() - 1, ColumnCount - 1));
}

int TargetsModel::rowOf(const QString &name) const
{
    const auto at = std::find_if(m_rows.begin(), m_rows.end(), [&](const Row &row) { return row.name == name; });
    return at == m_rows.end() ? -1 : static_cast<int>(at - m_rows.begin());
}

} // namespace parallax::ui
