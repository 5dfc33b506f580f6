// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "traffic/importer.h"

#include "traffic/errors.h"
#include "traffic/formats.h"

#include <array>

using namespace Qt::StringLiterals;

namespace parallax::traffic {

void ImportSummary::skip(Error reason)
{
    ++skipped;
    ++counts[reason.code.toString()];
    if (reasons.size() < kKeptReasons)
        reasons.append(std::move(reason));
}

QByteArray ImportOptions::defaultTarget() const
{
    if (!target.isEmpty())
        return target;
    return endpoint.isEmpty() ? QByteArray("/") : "/v1/endpoint/" + endpoint.toUtf8();
}

std::span<const Importer> importers()
{
    static constexpr std::array kImporters{kNdjsonImporter,   kHarImporter,       kGorImporter, kCurlImporter,
                                           kModelbitImporter, kSagemakerImporter, kCsvImporter, kInputsImporter};
    return kImporters;
}

const Importer *importerNamed(QStringView name)
{
    for (const Importer &importer : importers()) {
        if (importer.name == name)
            return &importer;
    }
    return nullptr;
}

namespace {

/// mitmproxy's flow files are tnetstrings: a length, a colon, a payload.
bool isMitmproxyFlow(QByteArrayView head)
{
    const qsizetype colon = head.indexOf(':');
    if (colon < 1 || colon > 12)
        return false;
    return std::all_of(head.begin(), head.begin() + colon, [](char c) { return c >= '0' && c <= '9'; });
}

} // namespace

Result<const Importer *> detectImporter(QByteArrayView head, const QString &fileName)
{
    const Importer *best = nullptr;
    int most = 0;
    for (const Importer &importer : importers()) {
        const int sure = importer.detect(head, fileName);
        if (sure > most) {
            most = sure;
            best = &importer;
        }
    }
    if (best != nullptr)
        return best;
    if (isMitmproxyFlow(head))
        return fail({kFormatByConversion,
                     {{u"format"_s, u"mitmproxy"_s}, {u"command"_s, u"mitmdump -nr FILE --set hardump=out.har"_s}},
                     {fileName},
                     {}});
    return fail({kUnknownFormat, {{u"file"_s, fileName}}, {fileName}, {}});
}

} // namespace parallax::traffic
