// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/commands/fuzzy.h"

#include <QAbstractListModel>
#include <QIcon>

#include <functional>

namespace parallax::commands {

class CommandRegistry;

/// One entry of the palette: a command, an endpoint, a setting.
struct PaletteItem
{
    QString text;
    QString detail; ///< muted, behind the text
    QIcon icon;
    QStringList keys; ///< one key cap each
    bool isEnabled = true;
    std::function<void()> run;
};

/// Where entries come from beside the commands. The items are asked for at each query, so a source may look them up.
struct PaletteSource
{
    QString title; ///< the heading of its group
    QChar prefix;  ///< typing it first asks this source alone; null for none
    std::function<QList<PaletteItem>(const QString &query)> items;
    /// The source has filtered and sorted by itself (a search over many requests).
    bool isFiltered = false;
};

/// What the palette shows for a query: groups with a heading each, the best first. Headings are rows that cannot be
/// chosen. GUI thread; the registry outlives it.
class PaletteModel : public QAbstractListModel
{
    Q_OBJECT

public:
    enum Role {
        IsHeadingRole = Qt::UserRole + 1,
        DetailRole,
        KeysRole,
        MatchesRole, ///< QList<TextRange>
        IsAvailableRole,
    };

    explicit PaletteModel(CommandRegistry &registry, QObject *parent = nullptr);

    void addSource(PaletteSource source);
    void setQuery(const QString &query);
    [[nodiscard]] int resultCount() const;
    /// First row that can run, or -1.
    [[nodiscard]] int firstRow() const;
    [[nodiscard]] int nextRow(int row, int step) const;
    /// Runs an entry that can run; false otherwise.
    bool run(int row);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] Qt::ItemFlags flags(const QModelIndex &index) const override;

private:
    struct Row
    {
        bool isHeading = false;
        PaletteItem item;
        FuzzyMatch match;
    };

    [[nodiscard]] QList<PaletteItem> commandItems() const;
    void appendGroup(const PaletteSource &source, const QString &query);

    CommandRegistry &m_registry;
    QList<PaletteSource> m_sources;
    QList<Row> m_rows;
};

/// "Ctrl+Shift+M" as the caps Ctrl, Shift, M.
[[nodiscard]] QStringList keyCaps(const QKeySequence &keys);

} // namespace parallax::commands

Q_DECLARE_METATYPE(parallax::commands::TextRange)
