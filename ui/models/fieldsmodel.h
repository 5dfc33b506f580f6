// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "compare/comparison.h"

#include <QAbstractTableModel>

namespace parallax::ui {

/// Differences by field of one mirror, most pairs first, from an immutable summary. GUI thread.
class FieldsModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { PathColumn, KindColumn, PairsColumn, WorstColumn, ColumnCount };
    enum Role {
        PathRole = Qt::UserRole + 1, ///< the pattern, for filtering pairs
        KindRole,                    ///< int of compare::DifferenceKind
        ShareRole,                   ///< double
        CountRole,                   ///< qint64, pairs
    };

    explicit FieldsModel(QObject *parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    void setFields(std::vector<compare::FieldSummary> fields);
    [[nodiscard]] const std::vector<compare::FieldSummary> &fields() const { return m_fields; }

private:
    std::vector<compare::FieldSummary> m_fields;
};

} // namespace parallax::ui
