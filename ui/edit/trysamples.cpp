// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/edit/trysamples.h"

#include "traffic/trafficsource.h"

#include <QDir>

using namespace Qt::StringLiterals;

namespace parallax::ui {

namespace {

constexpr qsizetype kMostCaptures = 3;
constexpr qint64 kMostExchanges = 2'000; ///< of one file
constexpr qsizetype kMostBytes = 64 * 1024;

/// The first whole body of a request to this endpoint, or to any.
std::optional<QByteArray> firstBody(const QString &path, const QString &endpoint)
{
    const Result<traffic::TrafficSource> source = traffic::TrafficSource::open(path);
    if (!source)
        return std::nullopt;
    std::optional<QByteArray> found;
    qint64 count = 0;
    [[maybe_unused]] const auto summary = source->forEach([&](traffic::Exchange &&exchange) {
        const bool fits = endpoint.isEmpty() || exchange.endpoint == endpoint;
        if (fits && !exchange.body.bytes.isEmpty() && !exchange.body.isTruncated &&
            exchange.body.bytes.size() <= kMostBytes)
            found = exchange.body.bytes;
        return !found && ++count < kMostExchanges;
    });
    return found;
}

std::optional<QByteArray> search(const TrySamples::Places &places, const QString &endpoint)
{
    if (!places.captureFolder.isEmpty()) {
        const QFileInfoList captures =
            QDir(places.captureFolder).entryInfoList({u"*.parallax"_s}, QDir::Files, QDir::Time);
        for (const QFileInfo &capture : captures.mid(0, kMostCaptures)) {
            if (std::optional<QByteArray> body = firstBody(capture.filePath(), endpoint))
                return body;
        }
    }
    if (places.sampleTraffic.isEmpty())
        return std::nullopt;
    std::optional<QByteArray> body = firstBody(places.sampleTraffic, endpoint);
    return body ? body : firstBody(places.sampleTraffic, {});
}

} // namespace

TrySamples::TrySamples(Places places, QObject *parent)
    : QObject(parent)
    , m_places(std::move(places))
{}

void TrySamples::find(const QString &endpoint, std::function<void(const std::optional<QByteArray> &)> then)
{
    m_queue.clear();
    m_queue.run(
        [this, places = m_places, endpoint, asked = ++m_asked, then = std::move(then)]() -> base::TaskQueue::Answer {
            return [this, body = search(places, endpoint), asked, then] {
                if (asked == m_asked)
                    then(body);
            };
        });
}

} // namespace parallax::ui
