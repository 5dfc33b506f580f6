// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/testenvironment.h"

#include <QDirIterator>
#include <QFile>

namespace parallax::test {

/// One case of yaml-test-suite.
struct SuiteCase
{
    QString name; ///< 229Q, or VJP3/00
    QByteArray bytes;
    bool mustFail = false;
    QString folder;
};

/// All cases, sorted by name; empty when the corpus is absent.
inline QList<SuiteCase> suiteCases()
{
    QList<SuiteCase> cases;
    const QString root = corpusPath(QStringLiteral("yaml-test-suite"));
    if (root.isEmpty())
        return cases;
    QDirIterator it(root, {QStringLiteral("in.yaml")}, QDir::Files, QDirIterator::Subdirectories);
    while (it.hasNext()) {
        QFile file(it.next());
        if (!file.open(QIODevice::ReadOnly))
            continue;
        const QString folder = it.fileInfo().absolutePath();
        cases.append({folder.mid(root.size() + 1), file.read(1'000'000),
                      QFile::exists(folder + QStringLiteral("/error")), folder});
    }
    std::sort(cases.begin(), cases.end(), [](const SuiteCase &a, const SuiteCase &b) { return a.name < b.name; });
    return cases;
}

} // namespace parallax::test
