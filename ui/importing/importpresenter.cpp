// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/importing/importpresenter.h"

#include "base/errors.h"
#include "base/files.h"
#include "traffic/redactionfile.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QPointer>
#include <QThreadPool>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace parallax::ui {

namespace {

constexpr auto kTyping = 200ms;

/// Runs `work` on the pool and hands its result to `done` on the GUI thread, unless the context is gone by then.
template<class Work, class Done>
void onPool(QObject *context, Work work, Done done)
{
    QThreadPool::globalInstance()->start(
        [context = QPointer<QObject>(context), work = std::move(work), done = std::move(done)]() mutable {
            auto result = work();
            QMetaObject::invokeMethod(qApp, [context, result = std::move(result), done = std::move(done)] {
                if (context)
                    done(result);
            });
        });
}

} // namespace

ImportPresenter::ImportPresenter(QString repositoryRoot, QObject *parent)
    : QObject(parent)
    , m_root(std::move(repositoryRoot))
{
    m_soon.setSingleShot(true);
    m_soon.setInterval(kTyping);
    connect(&m_soon, &QTimer::timeout, this, &ImportPresenter::look);
}

ImportPresenter::~ImportPresenter()
{
    m_stop.request_stop();
}

void ImportPresenter::setFiles(const QStringList &files)
{
    m_isPasted = false;
    m_job.files = files;
    look();
}

void ImportPresenter::setPasted(const QString &text)
{
    m_isPasted = true;
    m_job.files.clear();
    if (!text.trimmed().isEmpty()) {
        const QString path = m_pastedFolder.filePath(u"pasted"_s);
        if (const Status saved = base::saveFile(path, text.toUtf8()); !saved) {
            m_error = saved.error();
            Q_EMIT changed();
            return;
        }
        m_job.files = {path};
    }
    lookSoon();
}

void ImportPresenter::setFormat(const QString &format)
{
    m_job.format = format;
    lookSoon();
}

void ImportPresenter::setEndpoint(const QString &endpoint)
{
    m_job.how.endpoint = endpoint;
    lookSoon();
}

void ImportPresenter::setMapping(const traffic::InputMapping &mapping)
{
    m_job.how.mapping = mapping;
    lookSoon();
}

void ImportPresenter::lookSoon()
{
    m_soon.start();
}

void ImportPresenter::look()
{
    if (m_state == State::Importing)
        return;
    m_soon.stop();
    m_stop.request_stop();
    m_stop = std::stop_source();
    const quint64 generation = ++m_generation;
    m_error.reset();
    m_preview = {};
    m_state = m_job.files.isEmpty() ? State::Empty : State::Looking;
    Q_EMIT changed();
    if (m_state == State::Empty)
        return;
    traffic::ImportJob job = m_job;
    job.how.stop = m_stop.get_token();
    onPool(
        this,
        [job = std::move(job), root = m_root]() mutable -> Result<traffic::ImportReport> {
            Result<traffic::RedactionRules> rules = traffic::redactionRulesOf(root);
            if (!rules)
                return fail(rules.error());
            job.capture.redaction = *std::move(rules);
            return traffic::previewImport(job, kShown, kPreviewed);
        },
        [this, generation](const Result<traffic::ImportReport> &report) { onPreview(generation, report); });
}

void ImportPresenter::onPreview(quint64 generation, const Result<traffic::ImportReport> &report)
{
    if (generation != m_generation)
        return;
    m_state = State::Ready;
    if (report)
        m_preview = *report;
    else
        m_error = report.error();
    Q_EMIT changed();
}

void ImportPresenter::start(const QString &out, bool replaces)
{
    if (m_state != State::Ready || m_preview.read == 0)
        return;
    m_state = State::Importing;
    m_error.reset();
    ++m_generation;
    m_stop = std::stop_source();
    m_job.out = out;
    m_job.replaces = replaces;
    traffic::ImportJob job = m_job;
    job.how.stop = m_stop.get_token();
    job.how.progress = [self = QPointer<ImportPresenter>(this)](qint64 done, qint64 total) {
        QMetaObject::invokeMethod(qApp, [self, done, total] {
            if (self)
                Q_EMIT self->progressed(done, total);
        });
    };
    Q_EMIT changed();
    onPool(
        this,
        [job = std::move(job), root = m_root]() mutable -> Result<traffic::ImportReport> {
            Result<traffic::RedactionRules> rules = traffic::redactionRulesOf(root);
            if (!rules)
                return fail(rules.error());
            job.capture.redaction = *std::move(rules);
            return traffic::importIntoCapture(job);
        },
        [this](const Result<traffic::ImportReport> &report) { onImported(report); });
}

void ImportPresenter::onImported(const Result<traffic::ImportReport> &report)
{
    m_state = State::Ready;
    if (!report && report.error().code != base::kCancelled)
        m_error = report.error();
    Q_EMIT changed();
    if (report && report->read > 0)
        Q_EMIT imported(m_job.out, report->read, report->skipped);
}

void ImportPresenter::stop()
{
    m_stop.request_stop();
}

bool ImportPresenter::hasColumns() const
{
    const QString format = m_job.format.isEmpty() ? m_preview.formats.value(0) : m_job.format;
    return format == "csv"_L1 || format == "inputs"_L1;
}

QString ImportPresenter::suggestedOut() const
{
    if (m_job.files.isEmpty() || m_isPasted)
        return base::dataFolder() + u"/pasted.parallax"_s;
    const QFileInfo first(m_job.files.first());
    return first.absolutePath() + u'/' + first.completeBaseName() + u".parallax"_s;
}

QStringList ImportPresenter::formats()
{
    QStringList names;
    for (const traffic::Importer &importer : traffic::importers())
        names.append(importer.name);
    return names;
}

} // namespace parallax::ui
