// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "traffic/exportjob.h"

#include <QObject>

class QWidget;

namespace parallax::ui {

/// "Export traffic": asks for file and format, then writes on the thread pool. GUI thread; owned by the composition
/// root.
class TrafficExport final : public QObject
{
    Q_OBJECT

public:
    explicit TrafficExport(QObject *parent = nullptr);

    /// `job` says what: a capture, some of its exchanges, or exchanges at hand. Its format and file are asked for.
    /// What counts as secret is read from the repository, if one is named.
    void ask(QWidget *window, traffic::ExportJob job, const QString &repositoryRoot = {});
    /// The same without asking; the format follows from the file's ending when it is empty.
    void write(traffic::ExportJob job, const QString &repositoryRoot = {});
    /// `har` for `a.har`; `curl` for `.sh`; empty when no format ends so.
    [[nodiscard]] static QString formatOf(const QString &file);

Q_SIGNALS:
    void written(const QString &file, qint64 count, qint64 skipped);
    void failed(const parallax::Error &error);
};

} // namespace parallax::ui
