// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/models/trafficmodel.h"

#include "ui/models/displaytext.h"

#include <QElapsedTimer>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parallax::ui {

namespace {

constexpr qint64 kFirstRows = 1'000;           ///< that a filter looks at before anything else happens
constexpr qint64 kScanRows = 100;              ///< between two looks at the clock
constexpr qint64 kScanNanoseconds = 6'000'000; ///< of a frame of 16 ms

bool isDifferent(const traffic::Exchange &exchange)
{
    return std::any_of(exchange.mirrors.begin(), exchange.mirrors.end(), [](const traffic::Reply &mirror) {
        return mirror.outcome == traffic::Outcome::Different || mirror.outcome == traffic::Outcome::BothErrorDifferent;
    });
}

bool isFailure(const traffic::Reply &reply)
{
    return reply.state == traffic::AnswerState::Failed || reply.state == traffic::AnswerState::Timeout ||
           (reply.state == traffic::AnswerState::Complete && reply.status >= 400) ||
           reply.outcome == traffic::Outcome::MirrorError;
}

bool hasFailure(const traffic::Exchange &exchange)
{
    return isFailure(exchange.primary) || std::any_of(exchange.mirrors.begin(), exchange.mirrors.end(), isFailure);
}

/// About what a row takes in memory: bodies, header fields, and the exchange itself.
qint64 bytesOf(const traffic::Exchange &exchange)
{
    constexpr qint64 kFixed = 1024;
    constexpr qint64 kField = 120;
    const auto ofReply = [](const traffic::Reply &reply) {
        return reply.body.bytes.size() + kField * static_cast<qint64>(reply.headers.size()) + kFixed;
    };
    qint64 bytes = kFixed + exchange.body.bytes.size() + kField * static_cast<qint64>(exchange.headers.size()) +
                   ofReply(exchange.primary);
    for (const traffic::Reply &mirror : exchange.mirrors)
        bytes += ofReply(mirror);
    return bytes;
}

QVariant latencyOf(const traffic::Reply &reply)
{
    return reply.timings.done.count() < 0 || reply.state == traffic::AnswerState::Dropped
               ? QVariant()
               : QVariant(toMilliseconds(reply.timings.done));
}

} // namespace

TrafficModel::TrafficModel(QObject *parent)
    : QAbstractTableModel(parent)
    , m_scanning(this)
{
    m_scanning.setSingleShot(true);
    m_scanning.setInterval(0);
    connect(&m_scanning, &QTimer::timeout, this, &TrafficModel::scanOn);
}

int TrafficModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_visible.size());
}

int TrafficModel::columnCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : sizeColumn() + 1;
}

const TrafficModel::Row &TrafficModel::rowAt(int visibleRow) const
{
    const qint64 number = m_visible[static_cast<std::size_t>(visibleRow)];
    return m_rows[static_cast<std::size_t>(number - m_first)];
}

traffic::ExchangePtr TrafficModel::exchangeAt(int row) const
{
    return row >= 0 && row < rowCount() ? rowAt(row).item.exchange : nullptr;
}

int TrafficModel::rowOf(const QString &requestId) const
{
    const auto number = m_numbers.constFind(requestId);
    if (number == m_numbers.constEnd())
        return -1;
    const auto at = std::lower_bound(m_visible.begin(), m_visible.end(), *number);
    return at != m_visible.end() && *at == *number ? static_cast<int>(at - m_visible.begin()) : -1;
}

QVariant TrafficModel::displayData(const Row &row, int column) const
{
    const traffic::Exchange &exchange = *row.item.exchange;
    if (column == TimeColumn)
        return exchange.arrival ? display::timeOfDay(*exchange.arrival) : QString();
    if (column == EndpointColumn)
        return exchange.endpoint;
    if (column == RequestColumn)
        return row.item.summary;
    if (column == differenceColumn())
        return row.item.firstDifference;
    if (column == sizeColumn())
        return display::byteCount(exchange.primary.body.length);
    return {};
}

QVariant TrafficModel::primaryData(const Row &row, int role) const
{
    const traffic::Reply &primary = row.item.exchange->primary;
    switch (role) {
    case Qt::DisplayRole:
        return QString(display::answer(primary) + u' ' + display::milliseconds(primary)).trimmed();
    case StatusTextRole:
        return display::answer(primary);
    case LatencyRole:
        return latencyOf(primary);
    case IdentityRole:
        return -1;
    default:
        return {};
    }
}

QVariant TrafficModel::mirrorData(const Row &row, int mirror, int role) const
{
    const QString &name = m_mirrors[mirror];
    const auto &mirrors = row.item.exchange->mirrors;
    const auto at = std::find_if(mirrors.begin(), mirrors.end(),
                                 [&name](const traffic::Reply &reply) { return reply.name == name; });
    if (role == IdentityRole)
        return mirror;
    if (at == mirrors.end())
        return {};
    switch (role) {
    case Qt::DisplayRole:
    case Qt::AccessibleTextRole:
        return QString(display::outcomeName(at->outcome) + u' ' + display::answer(*at) + u' ' +
                       display::milliseconds(*at))
            .trimmed();
    case StatusTextRole:
        return display::answer(*at);
    case LatencyRole:
        return latencyOf(*at);
    case OutcomeRole:
        return static_cast<int>(at->outcome);
    case Qt::ToolTipRole:
        return at->failure.isEmpty() ? QVariant() : QVariant(display::plainToolTip(at->failure));
    default:
        return {};
    }
}

QVariant TrafficModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const Row &row = rowAt(index.row());
    if (role == ExchangeRole)
        return QVariant::fromValue(row.item.exchange);
    if (index.column() == PrimaryColumn)
        return primaryData(row, role);
    if (index.column() >= FirstMirrorColumn && index.column() < differenceColumn())
        return mirrorData(row, index.column() - FirstMirrorColumn, role);
    switch (role) {
    case Qt::DisplayRole:
        return displayData(row, index.column());
    case Qt::TextAlignmentRole:
        return index.column() == sizeColumn() ? QVariant(Qt::AlignRight | Qt::AlignVCenter) : QVariant();
    case NoteRole:
        return index.column() == differenceColumn() ? QVariant(row.item.differenceNote) : QVariant();
    case MutedRole:
        return index.column() == TimeColumn || index.column() == sizeColumn();
    case Qt::ToolTipRole:
        return index.column() == RequestColumn || index.column() == differenceColumn()
                   ? QVariant(display::plainToolTip(displayData(row, index.column()).toString()))
                   : QVariant();
    default:
        return {};
    }
}

QVariant TrafficModel::headerData(int section, Qt::Orientation orientation, int role) const
{
    if (orientation != Qt::Horizontal)
        return {};
    if (role == IdentityRole) {
        if (section == PrimaryColumn)
            return -1;
        return section >= FirstMirrorColumn && section < differenceColumn() ? QVariant(section - FirstMirrorColumn)
                                                                            : QVariant();
    }
    if (role == Qt::TextAlignmentRole)
        return section == sizeColumn() ? QVariant(Qt::AlignRight | Qt::AlignVCenter)
                                       : QVariant(Qt::AlignLeft | Qt::AlignVCenter);
    if (role != Qt::DisplayRole)
        return {};
    switch (section) {
    case TimeColumn:
        return tr("Time");
    case EndpointColumn:
        return tr("Endpoint");
    case RequestColumn:
        return tr("Request");
    case PrimaryColumn:
        return m_primary.isEmpty() ? tr("Primary") : m_primary;
    default:
        break;
    }
    if (section < differenceColumn())
        return m_mirrors[section - FirstMirrorColumn];
    return section == differenceColumn() ? tr("First difference") : tr("Size");
}

bool TrafficModel::isVisible(const Row &row) const
{
    if ((m_show == Show::Different && !row.isDifferent) || (m_show == Show::Errors && !row.isError))
        return false;
    if (m_matches)
        return m_matches(*row.item.exchange);
    if (m_filter.isEmpty())
        return true;
    const traffic::Exchange &exchange = *row.item.exchange;
    return exchange.endpoint.contains(m_filter, Qt::CaseInsensitive) ||
           row.item.summary.contains(m_filter, Qt::CaseInsensitive) ||
           QString::fromUtf8(exchange.target).contains(m_filter, Qt::CaseInsensitive) ||
           row.item.firstDifference.contains(m_filter, Qt::CaseInsensitive) ||
           row.item.differenceNote.contains(m_filter, Qt::CaseInsensitive);
}

void TrafficModel::count(const Row &row, int sign)
{
    m_different += row.isDifferent ? sign : 0;
    m_errors += row.isError ? sign : 0;
}

TrafficModel::Row TrafficModel::makeRow(const TrafficItem &item)
{
    return {item, ui::isDifferent(*item.exchange), hasFailure(*item.exchange), bytesOf(*item.exchange)};
}

void TrafficModel::addColumnsFor(const traffic::Exchange &exchange)
{
    if (!m_hasPrimary || (!m_primary.isEmpty() && m_primary != exchange.primary.name)) {
        m_primary = m_hasPrimary ? QString() : exchange.primary.name;
        m_hasPrimary = true;
        Q_EMIT headerDataChanged(Qt::Horizontal, PrimaryColumn, PrimaryColumn);
    }
    for (const traffic::Reply &mirror : exchange.mirrors) {
        if (m_mirrors.contains(mirror.name))
            continue;
        beginInsertColumns({}, differenceColumn(), differenceColumn());
        m_mirrors += mirror.name;
        endInsertColumns();
    }
}

void TrafficModel::trim(std::size_t incoming, qint64 incomingBytes)
{
    const std::size_t wanted = m_rows.size() + incoming;
    std::size_t leaving = wanted <= kCapacity ? 0 : std::min(m_rows.size(), wanted - kCapacity);
    qint64 bytes = m_bytes + incomingBytes;
    for (std::size_t i = 0; i < leaving; ++i)
        bytes -= m_rows[i].bytes;
    for (; leaving < m_rows.size() && bytes > kByteCapacity; ++leaving)
        bytes -= m_rows[leaving].bytes;
    if (leaving == 0)
        return;
    const qint64 first = m_first + static_cast<qint64>(leaving);
    const auto visible =
        static_cast<int>(std::lower_bound(m_visible.begin(), m_visible.end(), first) - m_visible.begin());
    if (visible > 0)
        beginRemoveRows({}, 0, visible - 1);
    m_visible.erase(m_visible.begin(), m_visible.begin() + visible);
    for (std::size_t i = 0; i < leaving; ++i) {
        count(m_rows.front(), -1);
        m_bytes -= m_rows.front().bytes;
        m_numbers.remove(m_rows.front().item.exchange->requestId);
        m_rows.pop_front();
    }
    m_first = first;
    m_scanned = std::max(m_scanned, m_first);
    m_removed += static_cast<qint64>(leaving);
    if (visible > 0)
        endRemoveRows();
}

void TrafficModel::replace(qint64 number, const TrafficItem &item)
{
    Row &row = m_rows[static_cast<std::size_t>(number - m_first)];
    count(row, -1);
    m_bytes -= row.bytes;
    row = makeRow(item);
    m_bytes += row.bytes;
    count(row, 1);
    if (number >= m_scanned)
        return; // its turn comes
    const auto at = std::lower_bound(m_visible.begin(), m_visible.end(), number);
    const bool wasVisible = at != m_visible.end() && *at == number;
    const auto position = static_cast<int>(at - m_visible.begin());
    if (wasVisible && isVisible(row)) {
        Q_EMIT dataChanged(index(position, 0), index(position, columnCount() - 1));
    } else if (wasVisible) {
        beginRemoveRows({}, position, position);
        m_visible.erase(at);
        endRemoveRows();
    } else if (isVisible(row)) {
        beginInsertRows({}, position, position);
        m_visible.insert(at, number);
        endInsertRows();
    }
}

void TrafficModel::append(const std::vector<TrafficItem> &items)
{
    std::vector<const TrafficItem *> fresh;
    fresh.reserve(items.size());
    for (const TrafficItem &item : items) {
        addColumnsFor(*item.exchange);
        const auto known = m_numbers.constFind(item.exchange->requestId);
        if (!item.exchange->requestId.isEmpty() && known != m_numbers.constEnd())
            replace(*known, item);
        else
            fresh.push_back(&item);
    }
    if (fresh.size() > kCapacity) {
        m_removed += static_cast<qint64>(fresh.size() - kCapacity);
        fresh.erase(fresh.begin(), fresh.end() - kCapacity);
    }
    std::vector<Row> rows;
    rows.reserve(fresh.size());
    qint64 bytes = 0;
    for (const TrafficItem *item : fresh) {
        rows.push_back(makeRow(*item));
        bytes += rows.back().bytes;
    }
    trim(rows.size(), bytes);
    m_bytes += bytes;
    const bool waits = isScanning(); // then these come behind the others
    std::vector<qint64> visible;
    for (Row &row : rows) {
        const qint64 number = end();
        count(row, 1);
        if (!waits && isVisible(row))
            visible.push_back(number);
        if (!row.item.exchange->requestId.isEmpty())
            m_numbers.insert(row.item.exchange->requestId, number);
        m_rows.push_back(std::move(row));
    }
    if (!waits)
        m_scanned = end();
    if (!visible.empty()) {
        const int first = rowCount();
        beginInsertRows({}, first, first + static_cast<int>(visible.size()) - 1);
        m_visible.insert(m_visible.end(), visible.begin(), visible.end());
        endInsertRows();
    }
    Q_EMIT countsChanged();
}

void TrafficModel::clear()
{
    beginResetModel();
    m_first = m_scanned = end();
    m_scanning.stop();
    m_rows.clear();
    m_visible.clear();
    m_numbers.clear();
    m_mirrors.clear();
    m_removed = m_different = m_errors = m_bytes = 0;
    m_hasPrimary = false;
    m_primary.clear();
    endResetModel();
    Q_EMIT countsChanged();
}

int TrafficModel::scannedPercent() const
{
    return m_rows.empty() ? 100 : static_cast<int>(100 * (m_scanned - m_first) / static_cast<qint64>(m_rows.size()));
}

/// Numbers of rows that belong into the table, from the first that was not looked at; as many as a part of a frame
/// allows, but at least so many.
std::vector<qint64> TrafficModel::scan(qint64 atLeast)
{
    std::vector<qint64> found;
    QElapsedTimer timer;
    timer.start();
    const qint64 enough = m_scanned + atLeast;
    while (isScanning() && (m_scanned < enough || timer.nsecsElapsed() < kScanNanoseconds)) {
        const qint64 stop = std::min(end(), m_scanned + kScanRows);
        for (; m_scanned < stop; ++m_scanned) {
            if (isVisible(m_rows[static_cast<std::size_t>(m_scanned - m_first)]))
                found.push_back(m_scanned);
        }
    }
    if (isScanning())
        m_scanning.start();
    return found;
}

void TrafficModel::scanOn()
{
    const std::vector<qint64> found = scan(0);
    if (!found.empty()) {
        const int first = rowCount();
        beginInsertRows({}, first, first + static_cast<int>(found.size()) - 1);
        m_visible.insert(m_visible.end(), found.begin(), found.end());
        endInsertRows();
    }
    Q_EMIT scanned();
}

void TrafficModel::setFilter(const QString &text, Show show, Matcher matches)
{
    if (m_filter == text && m_show == show && !matches && !m_matches)
        return;
    beginResetModel();
    m_scanning.stop();
    m_filter = text;
    m_show = show;
    m_matches = std::move(matches);
    m_scanned = m_first;
    const std::vector<qint64> found = scan(kFirstRows);
    m_visible.assign(found.begin(), found.end());
    endResetModel();
    Q_EMIT countsChanged();
}

} // namespace parallax::ui
