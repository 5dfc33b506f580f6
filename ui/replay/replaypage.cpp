// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/replay/replaypage.h"

#include "ui/commands/catalogue.h"
#include "ui/commands/commandregistry.h"
#include "ui/models/displaytext.h"
#include "ui/replay/replayform.h"
#include "ui/replay/runview.h"
#include "ui/theme/controls.h"
#include "ui/theme/metrics.h"

#include <QDragEnterEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QMessageBox>
#include <QMimeData>
#include <QPushButton>
#include <QResizeEvent>
#include <QUrl>

using namespace Qt::StringLiterals;
namespace ids = parallax::commands::ids;
namespace metrics = parallax::theme::metrics;

namespace parallax::ui {

namespace {

constexpr int kFormWidth = 364;
constexpr int kNarrowFormWidth = 304;

/// The first file among what is dropped; folders are the window's.
QString droppedFile(const QMimeData &data)
{
    for (const QUrl &url : data.urls()) {
        if (url.isLocalFile() && QFileInfo(url.toLocalFile()).isFile())
            return url.toLocalFile();
    }
    return {};
}

} // namespace

ReplayPage::ReplayPage(const theme::Theme &theme, commands::CommandRegistry &registry, ReplayPresenter &presenter,
                       QWidget *parent)
    : QWidget(parent)
    , m_registry(registry)
    , m_presenter(presenter)
    , m_form(new ReplayForm(theme, presenter))
    , m_run(new RunView(theme, presenter))
{
    setObjectName(u"replayPage"_s);
    setAcceptDrops(true);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(0);
    row->addWidget(m_form);
    row->addWidget(m_run, 1);
    m_form->setFixedWidth(kFormWidth);
    connect(m_form, &ReplayForm::chooseSourceAsked, this, &ReplayPage::chooseSource);
    connect(m_form, &ReplayForm::repeatRunAsked, this, &ReplayPage::chooseRun);
    connect(m_form, &ReplayForm::chooseOutputAsked, this, &ReplayPage::chooseOutput);
    connect(m_form, &ReplayForm::startAsked, &presenter, &ReplayPresenter::start);
    connect(m_form, &ReplayForm::readinessChanged, &registry, &commands::CommandRegistry::refresh);
    connect(m_run, &RunView::chooseSourceAsked, this, &ReplayPage::chooseSource);
    connect(m_run, &RunView::compareAsked, this, &ReplayPage::compareAsked);
    connect(m_run, &RunView::readOut, this, &ReplayPage::readOut);
    connect(&presenter, &ReplayPresenter::hostsAsked, this, &ReplayPage::askForHosts);
    connect(&presenter, &ReplayPresenter::phaseChanged, &registry, [&registry, &presenter] {
        registry.setText(ids::kPauseReplay,
                         presenter.phase() == ReplayPhase::Paused ? tr("Resume replay") : tr("Pause replay"),
                         presenter.phase() == ReplayPhase::Paused ? u"play"_s : u"pause"_s);
        registry.refresh();
    });
    bindCommands();
}

// A run goes on in the other modes, so its commands count wherever the user is: their context is the presenter, and
// nothing in them is the page's.
void ReplayPage::bindCommands()
{
    using commands::Availability;
    ReplayPresenter *presenter = &m_presenter;
    const auto isRunning = [presenter] {
        return Availability::when(presenter->isActive(), tr("No replay is running"));
    };
    const auto afterRun = [presenter](bool (*has)(const ReplayPresenter &), const QString &otherwise) {
        return presenter->phase() == ReplayPhase::Done ? Availability::when(has(*presenter), otherwise)
                                                       : Availability::no(tr("No replay has ended yet"));
    };
    m_registry.bind(
        ids::kStartReplay, presenter, [presenter] { presenter->start(); },
        [presenter] {
            if (presenter->isActive())
                return Availability::no(tr("A replay is running"));
            const QString obstacle = presenter->obstacle();
            return Availability::when(obstacle.isEmpty(), obstacle);
        });
    m_registry.bind(
        ids::kPauseReplay, presenter,
        [presenter] {
            if (presenter->phase() == ReplayPhase::Paused)
                presenter->resume();
            else
                presenter->pause();
        },
        isRunning);
    m_registry.bind(
        ids::kStepReplay, presenter, [presenter] { presenter->step(); },
        [presenter] {
            return Availability::when(presenter->phase() == ReplayPhase::Running &&
                                          presenter->view().plan.pace.kind == replay::PaceKind::Step,
                                      tr("No replay goes step by step"));
        });
    m_registry.bind(
        ids::kStopReplay, presenter, [presenter] { presenter->stop(); }, isRunning);
    m_registry.bind(
        ids::kRetryFailed, presenter, [presenter] { presenter->retryFailed(); },
        [afterRun] {
            return afterRun([](const ReplayPresenter &one) { return one.failedRequests() > 0; },
                            tr("Every request was answered"));
        });
    m_registry.bind(
        ids::kReplayDifferent, presenter, [presenter] { presenter->retryDifferent(); },
        [afterRun] {
            return afterRun([](const ReplayPresenter &one) { return one.differentPairs() > 0; }, tr("No pair differs"));
        });
    m_registry.bind(
        ids::kCompareRun, this, [this] { Q_EMIT compareAsked(m_presenter.view().capture); },
        [afterRun] { return afterRun([](const ReplayPresenter &) { return true; }, {}); });
    m_registry.bind(ids::kOpenReplaySource, this, [this] { chooseSource(); });
    m_registry.bind(ids::kRepeatRun, this, [this] { chooseRun(); });
    m_registry.bind(ids::kFilter, this, [this] { m_form->focusFilter(); });
}

void ReplayPage::chooseSource()
{
    auto *dialog = new QFileDialog(window(), tr("Choose the traffic to replay"));
    dialog->setObjectName(u"replaySourceDialog"_s);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QFileDialog::fileSelected, &m_presenter, &ReplayPresenter::setSource);
    dialog->open();
}

void ReplayPage::chooseRun()
{
    auto *dialog =
        new QFileDialog(window(), tr("Choose the run whose plan to repeat"), {}, tr("Captures (*.parallax)"));
    dialog->setObjectName(u"replayRunDialog"_s);
    dialog->setFileMode(QFileDialog::ExistingFile);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QFileDialog::fileSelected, &m_presenter, &ReplayPresenter::repeatRun);
    dialog->open();
}

void ReplayPage::chooseOutput()
{
    auto *dialog = new QFileDialog(window(), tr("Keep the answers in"), {}, tr("Captures (*.parallax)"));
    dialog->setObjectName(u"replayOutputDialog"_s);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(u"parallax"_s);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QFileDialog::fileSelected, &m_presenter, &ReplayPresenter::setOutput);
    dialog->open();
}

void ReplayPage::askForHosts(const QStringList &hosts, qint64 count)
{
    auto *box = new QMessageBox(window());
    box->setObjectName(u"replayHosts"_s);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setIcon(QMessageBox::Warning);
    box->setTextFormat(Qt::PlainText);
    box->setWindowTitle(tr("Replay beyond this machine"));
    box->setText(tr("Send %1 requests to %2?").arg(display::count(count), hosts.join(u", "_s)));
    box->setInformativeText(tr("It is not this machine. Whatever these requests do there, they do again."));
    QPushButton *send = box->addButton(tr("Send"), QMessageBox::AcceptRole);
    theme::setNames(send, u"replaySendToHosts"_s, tr("Send"));
    QPushButton *keep = box->addButton(tr("Do not send"), QMessageBox::RejectRole);
    theme::setNames(keep, u"replayDoNotSend"_s, tr("Do not send"));
    box->setDefaultButton(keep);
    box->setEscapeButton(keep);
    connect(send, &QPushButton::clicked, &m_presenter, [this, hosts] { m_presenter.allowHosts(hosts); });
    box->open();
}

void ReplayPage::dragEnterEvent(QDragEnterEvent *event)
{
    if (!droppedFile(*event->mimeData()).isEmpty())
        event->acceptProposedAction();
    else
        event->ignore();
}

void ReplayPage::dropEvent(QDropEvent *event)
{
    const QString file = droppedFile(*event->mimeData());
    if (file.isEmpty()) {
        event->ignore();
        return;
    }
    event->acceptProposedAction();
    m_presenter.setSource(file);
}

void ReplayPage::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    const bool isNarrow = event->size().width() + metrics::kRailWidth < metrics::kSideBarFoldBreakpoint;
    m_form->setFixedWidth(isNarrow ? kNarrowFormWidth : kFormWidth);
}

} // namespace parallax::ui
