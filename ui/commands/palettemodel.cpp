// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/commands/palettemodel.h"

#include "ui/commands/catalogue.h"
#include "ui/commands/commandregistry.h"

#include <QKeySequence>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parallax::commands {

namespace {

constexpr qsizetype kMostInGroup = 60;

} // namespace

QStringList keyCaps(const QKeySequence &keys)
{
    if (keys.isEmpty())
        return {};
    const QString text = QKeySequence(keys[0]).toString(QKeySequence::NativeText);
    QStringList caps;
    QString cap;
    for (qsizetype i = 0; i < text.size(); ++i) {
        // A plus that ends the text is the key itself.
        if (text.at(i) == u'+' && i + 1 < text.size() && !cap.isEmpty()) {
            caps.append(cap);
            cap.clear();
        } else {
            cap += text.at(i);
        }
    }
    caps.append(cap);
    return caps;
}

PaletteModel::PaletteModel(CommandRegistry &registry, QObject *parent)
    : QAbstractListModel(parent)
    , m_registry(registry)
{
    addSource({tr("Commands"), u'>', [this](const QString &) { return commandItems(); }, false});
}

void PaletteModel::addSource(PaletteSource source)
{
    m_sources.append(std::move(source));
}

QList<PaletteItem> PaletteModel::commandItems() const
{
    QList<PaletteItem> items;
    for (const Command &command : m_registry.commands()) {
        if (command.id == ids::kPalette || !m_registry.isBound(command.id))
            continue;
        const Availability availability = m_registry.availability(command.id);
        PaletteItem item;
        item.text = command.text;
        item.detail = CommandRegistry::menuTitle(command.menu);
        if (!command.submenu.isEmpty())
            item.detail += u", "_s + command.submenu;
        if (!availability.isEnabled && !availability.reason.isEmpty())
            item.detail += u". "_s + availability.reason;
        item.icon = m_registry.action(command.id)->icon();
        item.keys = command.keys.isEmpty() ? QStringList() : keyCaps(command.keys.constFirst());
        item.isEnabled = availability.isEnabled;
        item.run = [this, id = command.id] { m_registry.run(id); };
        items.append(item);
    }
    return items;
}

void PaletteModel::appendGroup(const PaletteSource &source, const QString &query)
{
    QList<Row> found;
    for (const PaletteItem &item : source.items(query)) {
        const std::optional<FuzzyMatch> match = fuzzyMatch(query, item.text);
        if (match || source.isFiltered)
            found.append({false, item, match.value_or(FuzzyMatch{})});
    }
    if (found.isEmpty())
        return;
    if (!source.isFiltered)
        std::stable_sort(found.begin(), found.end(), [](const Row &a, const Row &b) {
            if (a.item.isEnabled != b.item.isEnabled)
                return a.item.isEnabled;
            return a.match.score > b.match.score;
        });
    found.resize(std::min(found.size(), kMostInGroup));
    Row heading;
    heading.isHeading = true;
    heading.item.text = source.title;
    m_rows.append(heading);
    m_rows += found;
}

void PaletteModel::setQuery(const QString &query)
{
    m_registry.refreshNow();
    beginResetModel();
    m_rows.clear();
    const auto asked = std::find_if(m_sources.cbegin(), m_sources.cend(), [&query](const PaletteSource &source) {
        return !source.prefix.isNull() && query.startsWith(source.prefix);
    });
    if (asked != m_sources.cend()) {
        appendGroup(*asked, query.mid(1).trimmed());
    } else {
        for (const PaletteSource &source : std::as_const(m_sources))
            appendGroup(source, query.trimmed());
    }
    endResetModel();
}

int PaletteModel::resultCount() const
{
    return static_cast<int>(
        std::count_if(m_rows.cbegin(), m_rows.cend(), [](const Row &row) { return !row.isHeading; }));
}

int PaletteModel::firstRow() const
{
    return nextRow(-1, 1);
}

int PaletteModel::nextRow(int row, int step) const
{
    for (int next = row + step; next >= 0 && next < m_rows.size(); next += step) {
        if (!m_rows.at(next).isHeading && m_rows.at(next).item.isEnabled)
            return next;
    }
    return row >= 0 && row < m_rows.size() ? row : -1;
}

bool PaletteModel::run(int row)
{
    if (row < 0 || row >= m_rows.size())
        return false;
    const PaletteItem item = m_rows.at(row).item;
    if (m_rows.at(row).isHeading || !item.isEnabled || !item.run)
        return false;
    item.run();
    return true;
}

int PaletteModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_rows.size());
}

QVariant PaletteModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row &row = m_rows.at(index.row());
    switch (role) {
    case Qt::DisplayRole:
        return row.item.text;
    case Qt::AccessibleTextRole:
        return row.item.detail.isEmpty() ? row.item.text : row.item.text + u", "_s + row.item.detail;
    case Qt::DecorationRole:
        return row.isHeading ? QVariant() : QVariant(row.item.icon);
    case IsHeadingRole:
        return row.isHeading;
    case DetailRole:
        return row.item.detail;
    case KeysRole:
        return row.item.keys;
    case MatchesRole:
        return QVariant::fromValue(row.match.ranges);
    case IsAvailableRole:
        return row.item.isEnabled;
    default:
        return {};
    }
}

Qt::ItemFlags PaletteModel::flags(const QModelIndex &index) const
{
    if (!index.isValid())
        return Qt::NoItemFlags;
    const Row &row = m_rows.at(index.row());
    if (row.isHeading)
        return Qt::ItemNeverHasChildren;
    return row.item.isEnabled ? Qt::ItemIsEnabled | Qt::ItemIsSelectable | Qt::ItemNeverHasChildren
                              : Qt::ItemIsSelectable | Qt::ItemNeverHasChildren;
}

} // namespace parallax::commands
