// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The lists and tables of the Edit mode. Rows are values that are replaced as a whole.
#pragma once

#include "endpoints/endpoint.h"
#include "repository/catalogue.h"
#include "ui/edit/rowproblems.h"
#include "ui/theme/roles.h"

#include <QAbstractListModel>
#include <QAbstractTableModel>

namespace parallax::ui {

/// A list of rows with a name, a right-aligned state and an icon: endpoints, deployments, and the lists of the picker.
/// GUI thread.
class NameListModel final : public QAbstractListModel
{
    Q_OBJECT

public:
    struct Row
    {
        QString name;
        QString text; ///< shown; the name when empty
        QString end;
        QString icon;
        QString endIcon;
        theme::Role endRole = theme::Role::Muted; ///< of the icon
        QString says;                             ///< what the icon means, in words
        bool hasEndColumn = false;                ///< room for an icon is kept
        bool isMuted = false;
        bool isStrong = false;
        int endIdentity = -2;                           ///< -2 none, else an identity
        QList<std::pair<qsizetype, qsizetype>> matches; ///< start and length of what was searched for
        friend bool operator==(const Row &, const Row &) = default;
    };

    explicit NameListModel(QObject *parent = nullptr);
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    /// Display: the text; Qt::UserRole: the name. The accessible text begins with the name.
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;

    void setRows(QList<Row> rows);
    [[nodiscard]] const Row &row(int row) const { return m_rows[row]; }
    [[nodiscard]] const QList<Row> &rows() const { return m_rows; }
    [[nodiscard]] int rowOf(const QString &name) const;

private:
    QList<Row> m_rows;
};

/// `1 (25%)`: a weight and its share of the requests.
[[nodiscard]] QString shareText(int weight, int total);

/// Backends or mirrors of one endpoint. Names and weights can be typed over and rows dragged: renamed(), weighed() and
/// moved() say what was wanted, and the rows change when the document did. GUI thread.
class TargetsModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { NameColumn, DeploymentColumn, BranchColumn, VersionColumn, WeightColumn, RemoveColumn, ColumnCount };
    struct Row
    {
        QString name;
        endpoints::DeploymentRef deployment;
        int newest = 0; ///< of the branch; 0 when not known
        int weight = 0; ///< of a split's backend
        int total = 0;  ///< of the weights of all backends
        bool canRemove = true;
        QString problem; ///< what is wrong with it, in words; empty when nothing is
        RowPart part = RowPart::Whole;
        bool isError = false;
        friend bool operator==(const Row &, const Row &) = default;
    };

    explicit TargetsModel(bool areMirrors, QObject *parent = nullptr);
    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;
    bool setData(const QModelIndex &index, const QVariant &value, int role) override;
    // A row dragged to another place of its own table.
    [[nodiscard]] Qt::DropActions supportedDropActions() const override { return Qt::MoveAction; }
    [[nodiscard]] QStringList mimeTypes() const override;
    [[nodiscard]] QMimeData *mimeData(const QModelIndexList &indexes) const override;
    bool canDropMimeData(const QMimeData *data, Qt::DropAction action, int row, int column,
                         const QModelIndex &parent) const override;
    /// False: the view must not take the old row away, the document does.
    bool dropMimeData(const QMimeData *data, Qt::DropAction action, int row, int column,
                      const QModelIndex &parent) override;

    void setRows(QList<Row> rows);
    [[nodiscard]] const Row &row(int row) const { return m_rows[row]; }
    [[nodiscard]] int rowOf(const QString &name) const;
    [[nodiscard]] bool areMirrors() const { return m_areMirrors; }
    /// Nothing can be typed, dragged, chosen or removed.
    void setReadOnly(bool isReadOnly);
    [[nodiscard]] bool isReadOnly() const { return m_isReadOnly; }

Q_SIGNALS:
    void renamed(const QString &name, const QString &newName);
    void weighed(const QString &name, int weight);
    void moved(const QString &name, int index);

private:
    QList<Row> m_rows;
    bool m_areMirrors;
    bool m_isReadOnly = false;
};

} // namespace parallax::ui
