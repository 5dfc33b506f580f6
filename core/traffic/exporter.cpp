// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "traffic/exporter.h"

#include "traffic/errors.h"
#include "traffic/formats.h"

#include <array>

using namespace Qt::StringLiterals;

namespace parallax::traffic {

std::span<const Exporter> exporters()
{
    static constexpr std::array kExporters{kNdjsonExporter, kHarExporter, kGorExporter, kCurlExporter, kPairsExporter};
    return kExporters;
}

Result<const Exporter *> exporterNamed(QStringView name)
{
    QStringList known;
    for (const Exporter &exporter : exporters()) {
        if (exporter.name == name)
            return &exporter;
        known.append(exporter.name);
    }
    return fail(kUnknownExport, {{u"format"_s, name.toString()}, {u"known"_s, known.join(u", "_s)}});
}

Status writeAll(QIODevice &device, const QByteArray &bytes)
{
    qint64 done = 0;
    while (done < bytes.size()) {
        const qint64 now = device.write(bytes.constData() + done, bytes.size() - done);
        if (now <= 0)
            return fail(kExportFailed, {}, device.errorString());
        done += now;
    }
    return {};
}

} // namespace parallax::traffic
