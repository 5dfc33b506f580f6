// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/edit/endpointlistmodel.h"

#include "ui/models/displaytext.h"

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parallax::ui {

namespace {

/// More than these come and go by a reset.
constexpr int kMostSteps = 64;

bool isBefore(const EndpointListModel::Row &row, const QString &name)
{
    return row.name < name;
}

} // namespace

int EndpointListModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_shown.size());
}

QString EndpointListModel::marks(const EndpointState &state)
{
    QStringList marks;
    if (state.hasErrors)
        marks += tr("has errors");
    if (state.isUnsaved)
        marks += tr("not saved");
    else if (state.isModified)
        marks += tr("modified since the last commit");
    if (state.isReadOnly)
        marks += tr("read-only");
    return marks.join(u", "_s);
}

QVariant EndpointListModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row &row = m_shown[index.row()];
    switch (role) {
    case Qt::DisplayRole:
    case Qt::UserRole:
        return row.name;
    case Qt::AccessibleTextRole:
        return QString(row.name + u' ' + marks(row.state)).trimmed();
    case Qt::ToolTipRole: {
        const QString text = marks(row.state);
        return display::plainToolTip(text.isEmpty() ? row.name : row.name + u": "_s + text);
    }
    default:
        return {};
    }
}

int EndpointListModel::rowOf(const QString &name) const
{
    const auto at = std::lower_bound(m_shown.begin(), m_shown.end(), name, isBefore);
    return at == m_shown.end() || at->name != name ? -1 : static_cast<int>(at - m_shown.begin());
}

void EndpointListModel::update(const Row &row)
{
    const auto at = std::lower_bound(m_rows.begin(), m_rows.end(), row.name, isBefore);
    if (at == m_rows.end() || at->name != row.name || *at == row)
        return;
    *at = row;
    if (const int shown = rowOf(row.name); shown >= 0) {
        m_shown[shown] = row;
        Q_EMIT dataChanged(index(shown), index(shown));
    }
}

void EndpointListModel::setRows(const QList<Row> &rows)
{
    m_rows = rows;
    setFilter(m_filter);
}

void EndpointListModel::setFilter(const QString &filter)
{
    m_filter = filter;
    if (filter.isEmpty())
        return show(m_rows);
    QList<Row> rows;
    std::copy_if(m_rows.begin(), m_rows.end(), std::back_inserter(rows),
                 [&](const Row &row) { return row.name.contains(filter, Qt::CaseInsensitive); });
    show(rows);
}

/// Both lists are sorted: a walk over both finds what comes and goes.
void EndpointListModel::show(const QList<Row> &rows)
{
    if (rows == m_shown)
        return;
    QStringList gone;
    QList<Row> fresh;
    QList<Row> other;
    auto old = m_shown.cbegin();
    auto now = rows.cbegin();
    while (old != m_shown.cend() || now != rows.cend()) {
        if (gone.size() + fresh.size() + other.size() > kMostSteps) {
            beginResetModel();
            m_shown = rows;
            endResetModel();
            return;
        }
        if (now == rows.cend() || (old != m_shown.cend() && old->name < now->name)) {
            gone += (old++)->name;
        } else if (old == m_shown.cend() || now->name < old->name) {
            fresh += *now++;
        } else {
            if (old->state != now->state)
                other += *now;
            ++old;
            ++now;
        }
    }
    for (const QString &name : std::as_const(gone)) {
        const int at = rowOf(name);
        beginRemoveRows({}, at, at);
        m_shown.removeAt(at);
        endRemoveRows();
    }
    for (const Row &row : std::as_const(fresh)) {
        const auto at = std::lower_bound(m_shown.cbegin(), m_shown.cend(), row.name, isBefore);
        const int place = static_cast<int>(at - m_shown.cbegin());
        beginInsertRows({}, place, place);
        m_shown.insert(place, row);
        endInsertRows();
    }
    for (const Row &row : std::as_const(other)) {
        const int at = rowOf(row.name);
        m_shown[at] = row;
        Q_EMIT dataChanged(index(at), index(at));
    }
}

} // namespace parallax::ui
