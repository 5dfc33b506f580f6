// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "traffic/exchange.h"

#include <QAbstractTableModel>
#include <QHash>
#include <QTimer>

#include <deque>
#include <functional>
#include <vector>

namespace parallax::ui {

/// One row, prepared off the GUI thread.
struct TrafficItem
{
    traffic::ExchangePtr exchange;
    QString summary;          ///< the request in a few words
    QString firstDifference;  ///< `/data/price  2757.41 → 2811.06`, of the first mirror that differs
    QString differenceNote{}; ///< behind it: `+1.9%  and 4 more`
};

/// The last exchanges of a router or a capture, newest last: the traffic table. Holds at most kCapacity of at most
/// kByteCapacity; older ones leave and are counted. Rows come in batches (append) and are replaced when a mirror
/// answers or a pair is judged (same requestId). GUI thread. Columns: time, endpoint, request, the primary, one per
/// mirror name in order of first appearance, first difference, size.
class TrafficModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum FixedColumn { TimeColumn, EndpointColumn, RequestColumn, PrimaryColumn, FirstMirrorColumn };
    enum Role {
        ExchangeRole = Qt::UserRole + 1, ///< traffic::ExchangePtr
        OutcomeRole,                     ///< int of traffic::Outcome, of a mirror cell
        StatusTextRole,                  ///< `200`, `timeout`, `dropped`, `waiting`
        LatencyRole,                     ///< double, milliseconds; invalid when none
        IdentityRole,                    ///< int: -1 primary, 0.. mirror
        SortRole,
        MutedRole, ///< bool: not the point of the row
        NoteRole,  ///< what follows the first difference
    };
    enum class Show { All, Different, Errors };

    static constexpr int kCapacity = 100'000;
    static constexpr qint64 kByteCapacity = 256 * 1024 * 1024; ///< bodies and headers of all rows

    explicit TrafficModel(QObject *parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    /// Adds new exchanges and replaces those already there by their requestId.
    void append(const std::vector<TrafficItem> &items);
    void clear();

    using Matcher = std::function<bool(const traffic::Exchange &)>;
    /// Which rows are shown: text is looked for in endpoint, target, request and differences, case does not count; a
    /// matcher stands in for it. The first rows are there at once; of a long table the rest comes behind them while
    /// the event loop runs (scanned()), until the next filter.
    void setFilter(const QString &text, Show show, Matcher matches = {});
    [[nodiscard]] bool isScanning() const { return m_scanned < end(); }
    /// 0 to 100, of the rows that are there.
    [[nodiscard]] int scannedPercent() const;
    [[nodiscard]] const QString &filterText() const { return m_filter; }
    [[nodiscard]] Show show() const { return m_show; }

    [[nodiscard]] qint64 total() const { return static_cast<qint64>(m_rows.size()); }
    [[nodiscard]] qint64 removed() const { return m_removed; } ///< left because of a capacity
    [[nodiscard]] qint64 differentCount() const { return m_different; }
    [[nodiscard]] qint64 errorCount() const { return m_errors; }
    [[nodiscard]] traffic::ExchangePtr exchangeAt(int row) const;
    /// The row of that request, or -1 when it is not shown.
    [[nodiscard]] int rowOf(const QString &requestId) const;
    [[nodiscard]] const QStringList &mirrorNames() const { return m_mirrors; }
    [[nodiscard]] int differenceColumn() const { return FirstMirrorColumn + static_cast<int>(m_mirrors.size()); }
    [[nodiscard]] int sizeColumn() const { return differenceColumn() + 1; }

Q_SIGNALS:
    void countsChanged();
    /// The filter has been held against more rows.
    void scanned();

private:
    struct Row
    {
        TrafficItem item;
        bool isDifferent = false;
        bool isError = false;
        qint64 bytes = 0;
    };

    static Row makeRow(const TrafficItem &item);

    [[nodiscard]] const Row &rowAt(int visibleRow) const;
    [[nodiscard]] bool isVisible(const Row &row) const;
    void addColumnsFor(const traffic::Exchange &exchange);
    void replace(qint64 number, const TrafficItem &item);
    void count(const Row &row, int sign);
    void trim(std::size_t incoming, qint64 incomingBytes);
    [[nodiscard]] qint64 end() const { return m_first + static_cast<qint64>(m_rows.size()); }
    [[nodiscard]] std::vector<qint64> scan(qint64 atLeast);
    void scanOn();
    [[nodiscard]] QVariant mirrorData(const Row &row, int mirror, int role) const;
    [[nodiscard]] QVariant primaryData(const Row &row, int role) const;
    [[nodiscard]] QVariant displayData(const Row &row, int column) const;

    // Rows are numbered for ever; m_first is the number of m_rows.front(), and m_visible holds numbers.
    std::deque<Row> m_rows;
    std::deque<qint64> m_visible;
    QHash<QString, qint64> m_numbers;
    QStringList m_mirrors;
    QString m_filter;
    Matcher m_matches;
    QTimer m_scanning;
    qint64 m_scanned = 0; ///< rows below this number are in m_visible if they belong there
    Show m_show = Show::All;
    qint64 m_first = 0;
    qint64 m_removed = 0;
    qint64 m_different = 0;
    qint64 m_errors = 0;
    qint64 m_bytes = 0;
    QString m_primary; ///< the label of all primaries so far; empty when they differ
    bool m_hasPrimary = false;
};

} // namespace parallax::ui

Q_DECLARE_METATYPE(parallax::traffic::ExchangePtr)
