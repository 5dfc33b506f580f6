// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/edit/editpresenter.h"

#include <QAbstractListModel>

namespace parallax::ui {

/// The endpoints of the side bar with their marks, filtered by name. Holds thousands: one that changes costs one row, a
/// few that come or go leave the others where they are, so that selection and position stay. GUI thread.
class EndpointListModel final : public QAbstractListModel
{
    Q_OBJECT

public:
    struct Row
    {
        QString name;
        EndpointState state;
        friend bool operator==(const Row &, const Row &) = default;
    };

    using QAbstractListModel::QAbstractListModel;
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    /// Display and Qt::UserRole: the name. The accessible text begins with it and goes on with the marks in words.
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;

    /// All endpoints, sorted by name.
    void setRows(const QList<Row> &rows);
    void update(const Row &row);
    void setFilter(const QString &filter);
    [[nodiscard]] const QString &filter() const { return m_filter; }
    /// How many the filter keeps from being seen.
    [[nodiscard]] int hiddenCount() const { return static_cast<int>(m_rows.size() - m_shown.size()); }
    [[nodiscard]] const Row &row(int row) const { return m_shown[row]; }
    /// -1 when it is not there or not shown.
    [[nodiscard]] int rowOf(const QString &name) const;
    [[nodiscard]] static QString marks(const EndpointState &state);

private:
    void show(const QList<Row> &rows);

    QList<Row> m_rows; ///< all
    QList<Row> m_shown;
    QString m_filter;
};

} // namespace parallax::ui
