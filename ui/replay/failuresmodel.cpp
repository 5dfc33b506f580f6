// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/replay/failuresmodel.h"

#include "ui/models/displaytext.h"

using namespace Qt::StringLiterals;

namespace parallax::ui {

namespace {

bool isSameReason(const FailureRow &a, const FailureRow &b)
{
    return a.kind == b.kind && a.status == b.status && a.detail == b.detail && a.identity == b.identity;
}

QString dropText(const QString &reason)
{
    if (reason == u"queue-full")
        return FailuresModel::tr("the queue was full");
    if (reason == u"breaker-open")
        return FailuresModel::tr("it kept failing and was left alone for a while");
    if (reason == u"too-large")
        return FailuresModel::tr("the body was too large");
    if (reason == u"lag")
        return FailuresModel::tr("it fell too far behind");
    if (reason == u"stopped" || reason == u"interrupted")
        return FailuresModel::tr("the run was stopped");
    return reason;
}

} // namespace

void FailuresModel::setRows(const QList<FailureRow> &rows)
{
    if (rows == m_rows)
        return;
    bool isSameShape = rows.size() >= m_rows.size();
    for (qsizetype i = 0; isSameShape && i < m_rows.size(); ++i)
        isSameShape = isSameReason(rows[i], m_rows[i]);
    if (!isSameShape) {
        beginResetModel();
        m_rows = rows;
        endResetModel();
        return;
    }
    const auto known = static_cast<int>(m_rows.size());
    for (int i = 0; i < known; ++i)
        m_rows[i] = rows[i];
    if (known > 0)
        Q_EMIT dataChanged(index(0, 0), index(known - 1, ColumnCount - 1));
    if (rows.size() > known) {
        beginInsertRows({}, known, static_cast<int>(rows.size()) - 1);
        m_rows = rows;
        endInsertRows();
    }
}

int FailuresModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

int FailuresModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : ColumnCount;
}

QString FailuresModel::reason(const FailureRow &row)
{
    switch (row.kind) {
    case FailureRow::Kind::Answered:
        return tr("Answered %1").arg(row.status);
    case FailureRow::Kind::NoAnswer:
        return tr("No answer");
    case FailureRow::Kind::Timeout:
        return tr("No answer in time");
    case FailureRow::Kind::Dropped:
        return tr("Dropped");
    }
    Q_UNREACHABLE();
}

QString FailuresModel::detail(const FailureRow &row)
{
    return row.kind == FailureRow::Kind::Dropped ? dropText(row.detail) : row.detail;
}

QString FailuresModel::firstSeen(const FailureRow &row)
{
    const qint64 seconds = std::chrono::duration_cast<std::chrono::seconds>(row.firstAt).count();
    const QString at = u"%1:%2"_s.arg(seconds / 60).arg(seconds % 60, 2, 10, QLatin1Char('0'));
    return row.first.value == 0 ? at : u"#%1, %2"_s.arg(display::count(static_cast<qint64>(row.first.value)), at);
}

QVariant FailuresModel::data(const QModelIndex &index, int role) const
{
    if (!index.isValid() || index.row() >= m_rows.size())
        return {};
    const FailureRow &row = m_rows[index.row()];
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(Qt::Alignment(index.column() == RequestsColumn || index.column() == ActionColumn
                                                     ? Qt::AlignRight
                                                     : Qt::AlignLeft) |
                                   Qt::AlignVCenter);
    if (role == Qt::ToolTipRole && index.column() == ReasonColumn && !row.detail.isEmpty())
        return display::plainToolTip(detail(row));
    if (role == Qt::AccessibleTextRole && index.column() == ReasonColumn)
        return row.detail.isEmpty() ? reason(row) : reason(row) + u", "_s + detail(row);
    if (role != Qt::DisplayRole)
        return {};
    switch (index.column()) {
    case ReasonColumn:
        return reason(row);
    case WhereColumn:
        return row.where;
    case RequestsColumn:
        return display::count(row.count);
    case FirstColumn:
        return firstSeen(row);
    default:
        return tr("Show requests");
    }
}

QVariant FailuresModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == Qt::TextAlignmentRole)
        return QVariant::fromValue(
            Qt::Alignment(section == RequestsColumn || section == ActionColumn ? Qt::AlignRight : Qt::AlignLeft) |
            Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case ReasonColumn:
        return tr("Reason");
    case WhereColumn:
        return tr("Where");
    case RequestsColumn:
        return tr("Requests");
    case FirstColumn:
        return tr("First seen");
    default:
        return QString();
    }
}

} // namespace parallax::ui
