// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Reading and writing in memory, for the tests of formats.
#pragma once

#include "samples.h"
#include "support/testenvironment.h"
#include "traffic/exporter.h"
#include "traffic/importer.h"
#include "traffic/ndjson.h"

#include <QBuffer>
#include <QFile>

namespace parallax::test {

struct Imported
{
    Result<traffic::ImportSummary> summary;
    std::vector<traffic::Exchange> exchanges;
};

inline Imported import(const char *format, const QByteArray &text, traffic::ImportOptions options = {})
{
    QBuffer buffer;
    buffer.setData(text);
    buffer.open(QIODevice::ReadOnly);
    if (options.file.isEmpty())
        options.file = QStringLiteral("in");
    Imported out;
    out.summary = traffic::importerNamed(QString::fromLatin1(format))
                      ->read(
                          buffer,
                          [&](traffic::Exchange &&exchange) {
                              out.exchanges.push_back(std::move(exchange));
                              return true;
                          },
                          options);
    return out;
}

inline QByteArray exported(const char *format, const std::vector<traffic::Exchange> &exchanges)
{
    QBuffer buffer;
    buffer.open(QIODevice::WriteOnly);
    auto exporter = traffic::exporterNamed(QString::fromLatin1(format));
    auto writer = (*exporter)->make(buffer, {});
    for (const traffic::Exchange &exchange : exchanges)
        (void)writer->write(exchange);
    (void)writer->finish();
    return buffer.data();
}

inline QString detected(const QByteArray &head, const QString &name = {})
{
    const auto found = traffic::detectImporter(head, name);
    return found ? QString((*found)->name) : found.error().code.toString();
}

/// A file of tests/data/traffic.
inline QByteArray dataFile(const QString &name)
{
    QFile file(sourcePath(QStringLiteral("tests/data/traffic/") + name));
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

} // namespace parallax::test
