// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "traffic/trafficsource.h"

#include "traffic/errors.h"
#include "traffic/gzipdevice.h"

#include "base/errors.h"

#include <QFile>
#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace parallax::traffic {

namespace {

constexpr QByteArrayView kSqliteMagic("SQLite format 3\0", 16);

bool isUtf16Or32(QByteArrayView head)
{
    if (head.startsWith("\xff\xfe") || head.startsWith("\xfe\xff"))
        return true;
    // No BOM, but every other byte of the beginning is zero.
    return head.size() >= 4 && ((head[0] == '\0' && head[1] != '\0') || (head[0] != '\0' && head[1] == '\0'));
}

} // namespace

Result<std::unique_ptr<QIODevice>> openForImport(const QString &path)
{
    if (!QFileInfo::exists(path))
        return fail({base::kFileNotFound, {{u"file"_s, path}}, {path}, {}});
    if (QFileInfo(path).isDir())
        return fail({base::kFileUnreadable, {{u"file"_s, path}}, {path}, u"Is a directory"_s});
    std::unique_ptr<QIODevice> device = std::make_unique<QFile>(path);
    if (!device->open(QIODevice::ReadOnly))
        return fail({base::kFileUnreadable, {{u"file"_s, path}}, {path}, device->errorString()});
    if (GzipDevice::isGzip(device->peek(2))) {
        device = std::make_unique<GzipDevice>(std::move(device));
        if (!device->open(QIODevice::ReadOnly))
            return fail({kCompressedInput, {}, {path}, device->errorString()});
    }
    const QByteArray head = device->peek(4);
    if (isUtf16Or32(head))
        return fail({kWrongEncoding, {{u"encoding"_s, u"UTF-16"_s}}, {path}, {}});
    if (head.startsWith("\xef\xbb\xbf"))
        device->skip(3);
    return device;
}

Result<TrafficSource> TrafficSource::open(const QString &path, const QString &format)
{
    TrafficSource source;
    source.m_path = path;
    if (format.isEmpty() || format == u"capture") {
        QFile file(path);
        if (format == u"capture" || (file.open(QIODevice::ReadOnly) && file.peek(16) == kSqliteMagic)) {
            file.close();
            auto capture = CaptureReader::open(path);
            if (!capture)
                return tl::unexpected(capture.error());
            source.m_capture = *std::move(capture);
            return source;
        }
    }
    Result<std::unique_ptr<QIODevice>> device = openForImport(path);
    if (!device)
        return tl::unexpected(device.error());
    if (!format.isEmpty()) {
        source.m_importer = importerNamed(format);
        if (source.m_importer == nullptr)
            return fail({kUnknownFormat, {{u"file"_s, path}}, {path}, format});
        return source;
    }
    const Result<const Importer *> found = detectImporter((*device)->peek(kDetectBytes), path);
    if (!found)
        return tl::unexpected(found.error());
    source.m_importer = *found;
    return source;
}

QString TrafficSource::format() const
{
    return m_capture != nullptr ? u"capture"_s : QString(m_importer->name);
}

Result<ImportSummary> TrafficSource::forEach(const ExchangeConsumer &consumer, ImportOptions options) const
{
    if (options.file.isEmpty())
        options.file = m_path;
    if (m_capture == nullptr) {
        Result<std::unique_ptr<QIODevice>> device = openForImport(m_path);
        if (!device)
            return tl::unexpected(device.error());
        return m_importer->read(**device, consumer, options);
    }
    ImportSummary summary;
    summary.format = u"capture"_s;
    const qint64 total = m_capture->count().value_or(-1);
    const Status walked = m_capture->forEach(
        [&](Exchange &&exchange) {
            summary.hasTimes = summary.hasTimes && exchange.arrival.has_value();
            ++summary.read;
            if (options.progress && summary.read % 256 == 0)
                options.progress(summary.read, total);
            summary.wasStopped = !consumer(std::move(exchange));
            return !summary.wasStopped;
        },
        options.stop);
    if (!walked)
        return tl::unexpected(walked.error());
    summary.wasStopped = summary.wasStopped || options.stop.stop_requested();
    return summary;
}

} // namespace parallax::traffic
