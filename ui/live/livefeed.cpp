// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/live/livefeed.h"

#include "compare/outcome.h"
#include "compare/requestsummary.h"
#include "ui/models/displaytext.h"

#include <QLocale>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace parallax::ui {

namespace {

constexpr qsizetype kMostValue = 40; ///< characters of a value in the table

/// The first thing in which a mirror differs, in a few words: `/data/price  2757.41 → 2811.06`, and behind it
/// `+1.9%  and 4 more`.
struct DifferenceText
{
    QString text;
    QString note;
};

qint64 bytesOf(const traffic::Exchange &exchange)
{
    qint64 bytes = exchange.body.bytes.size() + exchange.primary.body.bytes.size();
    for (const traffic::Reply &mirror : exchange.mirrors)
        bytes += mirror.body.bytes.size();
    return bytes;
}

QString shortened(const QString &value)
{
    return value.size() <= kMostValue ? value : value.left(kMostValue - 1) + u'\u2026';
}

/// Of a pair in which both answered and differ.
DifferenceText ofDifferences(const compare::PairResult &pair)
{
    const auto first = std::find_if(pair.diff.differences.begin(), pair.diff.differences.end(),
                                    [](const compare::Difference &one) { return !one.isHidden(); });
    if (first == pair.diff.differences.end())
        return {};
    DifferenceText text;
    const QString absent = u"\u2013"_s;
    text.text = (first->path.isEmpty() ? LiveFeed::tr("body") : first->path) + u"  "_s +
                (first->left.isEmpty() ? absent : shortened(first->left)) + u" \u2192 "_s +
                (first->right.isEmpty() ? absent : shortened(first->right));
    QStringList notes;
    if (std::isfinite(first->delta) && std::isfinite(first->leftNumber) && first->leftNumber != 0.0) {
        const double percent = 100.0 * first->delta / std::abs(first->leftNumber);
        notes += (percent > 0 ? u"+"_s : QString()) + QLocale().toString(percent, 'f', 1) + u'%';
    }
    if (pair.diff.real > 1)
        notes += LiveFeed::tr("and %1 more").arg(pair.diff.real - 1);
    text.note = notes.join(u"  "_s);
    return text;
}

DifferenceText ofPair(const compare::PairResult &pair, const traffic::Reply &mirror)
{
    using traffic::Outcome;
    switch (pair.outcome) {
    case Outcome::Different:
    case Outcome::BothErrorDifferent:
        return ofDifferences(pair);
    case Outcome::Timeout:
        return {mirror.name, LiveFeed::tr("no answer after %1").arg(display::milliseconds(mirror))};
    case Outcome::MirrorError:
        return mirror.failure.isEmpty() ? DifferenceText{mirror.name, LiveFeed::tr("answered %1").arg(mirror.status)}
                                        : DifferenceText{mirror.name, shortened(mirror.failure)};
    default:
        return {};
    }
}

} // namespace

LiveFeed::LiveFeed(std::shared_ptr<const compare::RulesBook> rules, QObject *parent)
    : QObject(parent)
    , m_rules(std::move(rules))
    , m_timer(this)
{
    m_timer.setInterval(kInterval);
    connect(&m_timer, &QTimer::timeout, this, &LiveFeed::deliver);
}

void LiveFeed::begin()
{
    m_timer.start();
}

void LiveFeed::reset()
{
    const std::lock_guard lock(m_mutex);
    m_agreement.clear();
    m_unshown = m_told = 0;
}

void LiveFeed::put(const traffic::ExchangePtr &exchange, bool isFinal)
{
    // Without an id it is complete, and nothing later belongs to it.
    if (exchange->requestId.isEmpty()) {
        m_waitingBytes += bytesOf(*exchange);
        m_waiting.push_back({exchange, isFinal});
        return;
    }
    const auto place = m_places.constFind(exchange->requestId);
    if (place != m_places.constEnd()) {
        Entry &entry = m_waiting[static_cast<std::size_t>(*place - m_first)];
        m_waitingBytes += bytesOf(*exchange) - bytesOf(*entry.exchange);
        entry = {exchange, isFinal};
        return;
    }
    m_places.insert(exchange->requestId, m_first + m_waiting.size());
    m_waitingBytes += bytesOf(*exchange);
    m_waiting.push_back({exchange, isFinal});
}

void LiveFeed::answered(const traffic::ExchangePtr &exchange)
{
    const std::lock_guard lock(m_mutex);
    if (m_waiting.size() >= kMostWaiting || m_waitingBytes > kMostWaitingBytes) {
        ++m_unshown;
        return;
    }
    if (exchange->requestId.isEmpty())
        return put(exchange, true);
    m_known.insert(exchange->requestId);
    put(exchange, false);
}

void LiveFeed::mirrorAnswered(const traffic::ExchangePtr &exchange, std::size_t)
{
    const std::lock_guard lock(m_mutex);
    if (m_known.contains(exchange->requestId))
        put(exchange, false);
}

void LiveFeed::finished(const traffic::ExchangePtr &exchange)
{
    const std::lock_guard lock(m_mutex);
    if (m_known.remove(exchange->requestId))
        put(exchange, true);
}

std::vector<LiveFeed::Entry> LiveFeed::takeEntries()
{
    const std::lock_guard lock(m_mutex);
    const std::size_t count = std::min(m_waiting.size(), kMostRows);
    std::vector<Entry> entries;
    entries.reserve(count);
    for (std::size_t i = 0; i < count; ++i) {
        Entry &entry = m_waiting.front();
        m_waitingBytes -= bytesOf(*entry.exchange);
        m_places.remove(entry.exchange->requestId);
        entries.push_back(std::move(entry));
        m_waiting.pop_front();
        ++m_first;
    }
    return entries;
}

void LiveFeed::count(const traffic::Reply &mirror)
{
    const std::lock_guard lock(m_mutex);
    auto at = std::find_if(m_agreement.begin(), m_agreement.end(),
                           [&mirror](const MirrorAgreement &one) { return one.mirror == mirror.name; });
    if (at == m_agreement.end())
        at = m_agreement.insert(m_agreement.end(), {mirror.name, {}});
    at->outcomes.add(mirror.outcome);
}

TrafficItem LiveFeed::made(const Entry &entry)
{
    TrafficItem item{entry.exchange, compare::requestSummary(entry.exchange->body.bytes), {}, {}};
    if (!entry.isFinal || entry.exchange->mirrors.empty())
        return item;
    auto judged = std::make_shared<traffic::Exchange>(*entry.exchange);
    const auto pairs = compare::judge(*judged, *m_rules->rules(judged->endpoint));
    for (const compare::PairResult &pair : pairs) {
        const auto mirror = std::find_if(judged->mirrors.begin(), judged->mirrors.end(),
                                         [&pair](const traffic::Reply &one) { return one.name == pair.mirror; });
        if (mirror == judged->mirrors.end())
            continue;
        mirror->outcome = pair.outcome;
        mirror->differences = pair.diff.real;
        count(*mirror);
        if (item.firstDifference.isEmpty()) {
            const DifferenceText text = ofPair(pair, *mirror);
            item.firstDifference = text.text;
            item.differenceNote = text.note;
        }
    }
    item.exchange = std::move(judged);
    return item;
}

void LiveFeed::deliver()
{
    if (m_isOut.load(std::memory_order_acquire))
        return;
    const std::vector<Entry> entries = takeEntries();
    auto batch = std::make_shared<LiveBatch>();
    batch->items.reserve(entries.size());
    for (const Entry &entry : entries)
        batch->items.push_back(made(entry));
    {
        const std::lock_guard lock(m_mutex);
        if (entries.empty() && m_told == m_unshown)
            return;
        batch->unshown = m_told = m_unshown;
        batch->agreement = m_agreement;
    }
    m_isOut.store(true, std::memory_order_release);
    Q_EMIT batchReady(batch);
}

} // namespace parallax::ui
