// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/replay/runcollector.h"

#include <QAbstractTableModel>

namespace parallax::ui {

/// What was not answered, a row for each reason and target. Rows are replaced whenever the figures are read; a row
/// keeps its place's identity as long as its reason does, so a selection survives new counts.
class FailuresModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { ReasonColumn, WhereColumn, RequestsColumn, FirstColumn, ActionColumn, ColumnCount };

    using QAbstractTableModel::QAbstractTableModel;

    void setRows(const QList<FailureRow> &rows);
    [[nodiscard]] const FailureRow &row(int index) const { return m_rows[index]; }

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    /// `Answered 500`, `No answer after 5 s`.
    [[nodiscard]] static QString reason(const FailureRow &row);
    /// `KeyError: 'region'`, `the queue was full`.
    [[nodiscard]] static QString detail(const FailureRow &row);
    /// `#331, 0:02`.
    [[nodiscard]] static QString firstSeen(const FailureRow &row);

private:
    QList<FailureRow> m_rows;
};

} // namespace parallax::ui
