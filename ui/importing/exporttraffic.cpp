// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/importing/exporttraffic.h"

#include "traffic/redactionfile.h"

#include <QCoreApplication>
#include <QFileDialog>
#include <QFileInfo>
#include <QPointer>
#include <QThreadPool>

using namespace Qt::StringLiterals;

namespace parallax::ui {

namespace {

struct Kind
{
    const char *format;
    const char *suffix;
    const char *title;
};

constexpr std::array kKinds{
    Kind{"ndjson", "ndjson", QT_TRANSLATE_NOOP("parallax::ui::TrafficExport", "NDJSON, everything (*.ndjson)")},
    Kind{"har", "har", QT_TRANSLATE_NOOP("parallax::ui::TrafficExport", "HAR 1.2 (*.har)")},
    Kind{"gor", "gor", QT_TRANSLATE_NOOP("parallax::ui::TrafficExport", "GoReplay (*.gor)")},
    Kind{"curl", "sh", QT_TRANSLATE_NOOP("parallax::ui::TrafficExport", "curl commands (*.sh)")},
    Kind{"csv", "csv", QT_TRANSLATE_NOOP("parallax::ui::TrafficExport", "Pairs as CSV (*.csv)")},
};

} // namespace

TrafficExport::TrafficExport(QObject *parent)
    : QObject(parent)
{}

QString TrafficExport::formatOf(const QString &file)
{
    const QString suffix = QFileInfo(file).suffix().toLower();
    for (const Kind &kind : kKinds) {
        if (suffix == QLatin1StringView(kind.suffix))
            return QString::fromLatin1(kind.format);
    }
    return {};
}

void TrafficExport::ask(QWidget *window, traffic::ExportJob job, const QString &repositoryRoot)
{
    auto *dialog = new QFileDialog(window, tr("Export traffic"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    QStringList filters;
    for (const Kind &kind : kKinds)
        filters.append(tr(kind.title));
    dialog->setNameFilters(filters);
    dialog->setDefaultSuffix(QString::fromLatin1(kKinds.front().suffix));
    connect(dialog, &QFileDialog::filterSelected, dialog, [dialog, filters](const QString &filter) {
        const auto index = static_cast<std::size_t>(std::max<qsizetype>(0, filters.indexOf(filter)));
        dialog->setDefaultSuffix(QString::fromLatin1(kKinds[index].suffix));
    });
    connect(dialog, &QFileDialog::fileSelected, this,
            [this, job = std::move(job), repositoryRoot](const QString &file) {
                traffic::ExportJob chosen = job;
                chosen.out = file;
                chosen.replaces = true; // the file dialog has asked
                write(std::move(chosen), repositoryRoot);
            });
    dialog->open();
}

void TrafficExport::write(traffic::ExportJob job, const QString &repositoryRoot)
{
    if (job.format.isEmpty())
        job.format = formatOf(job.out);
    if (job.format.isEmpty())
        job.format = QString::fromLatin1(kKinds.front().format);
    QThreadPool::globalInstance()->start(
        [self = QPointer<TrafficExport>(this), job = std::move(job), repositoryRoot]() mutable {
            Result<traffic::ExportReport> report;
            if (Result<traffic::RedactionRules> rules = traffic::redactionRulesOf(repositoryRoot)) {
                job.redaction = *std::move(rules);
                report = traffic::exportTraffic(job);
            } else {
                report = tl::unexpected(rules.error());
            }
            QMetaObject::invokeMethod(qApp, [self, report, file = job.out] {
                if (!self)
                    return;
                if (report)
                    Q_EMIT self->written(file, report->written, report->skipped);
                else
                    Q_EMIT self->failed(report.error());
            });
        });
}

} // namespace parallax::ui
