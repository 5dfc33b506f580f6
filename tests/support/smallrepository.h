// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// A repository without history: one endpoint, a primary and a mirror, and traffic for them.
#pragma once

#include "base/files.h"
#include "support/testenvironment.h"

#include <QDir>

namespace parallax::test {

struct SmallRepository
{
    QString root;
    QString traffic; ///< NDJSON, ten milliseconds between the requests

    /// `oldTarget` and `newTarget` are what stands behind the match in targets.yaml: `static: {body: {data: 1}}`.
    [[nodiscard]] static SmallRepository make(int requests, const QByteArray &oldTarget, const QByteArray &newTarget)
    {
        SmallRepository made;
        made.root = freshFolder(QStringLiteral("small"));
        const QDir folder(made.root);
        for (const char *name : {"endpoints", "deployments/old", "deployments/new", ".parallax"})
            folder.mkpath(QLatin1String(name));
        const auto write = [&](const QString &name, const QByteArray &bytes) {
            return base::saveFile(folder.filePath(name), bytes).has_value();
        };
        bool isWritten =
            write(QStringLiteral("endpoints/pricing.yaml"),
                  "backends:\n  alias:\n    deployment:\n      branch: main\n      name: old\n      version: latest\n"
                  "mirrors:\n  mirror_1:\n    deployment:\n      branch: main\n      name: new\n      version: latest\n"
                  "schemaVersion: 1\n");
        isWritten = isWritten && write(QStringLiteral(".parallax/targets.yaml"),
                                       "schemaVersion: 1\ntargets:\n  - match: {deployment: old}\n    " + oldTarget +
                                           "\n  - match: {deployment: new}\n    " + newTarget + "\n");
        QByteArray lines;
        for (int i = 0; i < requests; ++i)
            lines += "{\"v\":1,\"time\":\"2026-01-02T03:04:" + QByteArray::number(i / 100).rightJustified(2, '0') +
                     '.' + QByteArray::number(i % 100).rightJustified(2, '0') +
                     "Z\",\"req\":{\"method\":\"POST\",\"target\":\"/v1/endpoint/pricing\",\"headers\":[],"
                     "\"body\":\"{\\\"data\\\": " +
                     QByteArray::number(i) + "}\"}}\n";
        made.traffic = folder.filePath(QStringLiteral("traffic.ndjson"));
        isWritten = isWritten && write(QStringLiteral("traffic.ndjson"), lines);
        Q_ASSERT(isWritten);
        return made;
    }
};

} // namespace parallax::test
