// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/desktop.h"

#include "app/desktop/commandapproval.h"
#include "app/desktop/notifier.h"
#include "app/example/example.h"
#include "base/files.h"
#include "repository/repository.h"
#include "ui/commands/catalogue.h"
#include "ui/compare/comparepage.h"
#include "ui/compare/comparepresenter.h"
#include "ui/compare/ruleseditor.h"
#include "ui/edit/editpage.h"
#include "ui/edit/editpresenter.h"
#include "ui/edit/trypresenter.h"
#include "ui/importing/exporttraffic.h"
#include "ui/importing/importdialog.h"
#include "ui/live/livecommands.h"
#include "ui/live/livepage.h"
#include "ui/live/livepresenter.h"
#include "ui/models/displaytext.h"
#include "ui/replay/replaypresenter.h"
#include "ui/shell/homepage.h"
#include "ui/shell/statusstrip.h"
#include "ui/wording/wording.h"

#include <QApplication>
#include <QDir>
#include <QFileDialog>
#include <QFileInfo>
#include <QPointer>
#include <QScreen>
#include <QSettings>
#include <QThreadPool>
#include <QTime>

using namespace Qt::StringLiterals;
namespace ids = parallax::commands::ids;

namespace parallax::desktop {

namespace {

constexpr qsizetype kMostRecent = 8;

} // namespace

QString Desktop::settingsFile()
{
    return base::configFolder() + u"/parallax.conf"_s;
}

Desktop::Desktop(theme::Theme &theme, Options options)
    : m_theme(theme)
    , m_options(options)
    , m_preferences(settingsFile())
    , m_registry((applyPreferences(), theme))
    , m_window((m_registry.addAll(commands::catalogue()), m_registry), theme)
{
    m_compare = std::make_unique<ui::ComparePresenter>();
    connect(m_compare.get(), &ui::ComparePresenter::reportWritten, this,
            [this](const QString &path) { m_window.status().say(tr("Report written to %1").arg(path)); });
    connect(m_compare.get(), &ui::ComparePresenter::failed, this,
            [this](const Error &error) { m_window.status().say(wording::text(error)); });
    m_rules = std::make_unique<ui::RulesEditor>();
    connect(m_rules.get(), &ui::RulesEditor::saved, this, [this] {
        if (m_live)
            m_live->rereadRules();
    });
    m_window.setPageFactory(shell::Mode::Compare, [this] { return makeComparePage(); });
    bindCommands();
    bindView();
    bindTools();
    m_window.home().setRecent(recent());
    connect(&m_window.home(), &shell::HomePage::recentChosen, this, [this](const QString &path) { openFolder(path); });
    connect(&m_window, &shell::MainWindow::dropped, this, &Desktop::takeDrop);
    connect(&m_window, &shell::MainWindow::textDropped, this, [this](const QString &text) { importTraffic({}, text); });
    m_export = std::make_unique<ui::TrafficExport>();
    connect(m_export.get(), &ui::TrafficExport::written, this,
            [this](const QString &file, qint64 count, qint64 skipped) {
                m_window.status().say(tr("%1 requests written to %2, %3 skipped").arg(count).arg(file).arg(skipped));
            });
    connect(m_export.get(), &ui::TrafficExport::failed, this,
            [this](const Error &error) { m_window.status().say(wording::text(error)); });
    for (const QString &id : {u"router"_s, u"rate"_s})
        m_window.status().item(id)->hide();
    showNoFolder();
    m_window.resize(kUsualSize);
    connect(&m_preferences, &preferences::Preferences::changed, this, [this] {
        applyPreferences();
        m_window.showAppearance();
        m_registry.refresh();
        updateTools();
    });
    connect(&m_window, &shell::MainWindow::pageAdded, this, &Desktop::restoreViews);
}

Desktop::~Desktop() = default;

void Desktop::showNoFolder()
{
    shell::StatusItem *folder = m_window.status().item(u"folder"_s);
    folder->setIcon({});
    folder->setText(tr("No folder open"));
    folder->setHasSeparator(false);
}

void Desktop::show()
{
    const QSize room = m_window.screen()->availableSize();
    if (m_window.width() > room.width() || m_window.height() > room.height())
        m_window.showMaximized(); // its edges would lie where nobody gets at them
    else
        m_window.show();
}

void Desktop::bindCommands()
{
    m_registry.bind(ids::kOpenFolder, this, [this] { chooseFolder(); });
    m_registry.bind(ids::kOpenExample, this, [this] { openExample(); });
    m_registry.bind(ids::kImportTraffic, this, [this] { importTraffic({}); });
    m_registry.bind(
        ids::kExportTraffic, this, [this] { exportTraffic(); },
        [this] { return commands::Availability::when(!m_capture.isEmpty(), tr("Open a capture first")); });
    m_registry.bind(ids::kNewWindow, this, [this] { openNewWindow(); });
    m_registry.bind(
        ids::kCloseFolder, this, [this] { closeFolder(); },
        [this] { return commands::Availability::when(!m_root.isEmpty(), tr("Open a folder first")); });
    m_registry.bind(ids::kQuit, this, [this] { m_window.close(); });
    m_registry.refresh();
}

void Desktop::bindView()
{
    using Mode = theme::Theme::Mode;
    for (const auto &[id, mode] :
         {std::pair{ids::kAppearanceSystem, Mode::System}, std::pair{ids::kAppearanceLight, Mode::Light},
          std::pair{ids::kAppearanceDark, Mode::Dark}}) {
        m_registry.bind(id, this, [this, mode = mode] {
            preferences::Values values = m_preferences.values();
            values.appearance = mode;
            m_preferences.set(values);
            m_theme.setMode(mode); // also where the command line had fixed another
            m_window.showAppearance();
        });
    }
    m_registry.bind(
        ids::kZoomIn, this, [this] { zoomBy(preferences::kZoomStep); },
        [this] {
            return commands::Availability::when(m_theme.zoom() < preferences::kMaxZoom, tr("As large as it gets"));
        });
    m_registry.bind(
        ids::kZoomOut, this, [this] { zoomBy(-preferences::kZoomStep); },
        [this] {
            return commands::Availability::when(m_theme.zoom() > preferences::kMinZoom, tr("As small as it gets"));
        });
    m_registry.bind(ids::kZoomReset, this, [this] { zoomBy(100 - m_theme.zoom()); });
    m_registry.bind(ids::kResetLayout, this, [this] { resetLayout(); });
}

void Desktop::zoomBy(int percent)
{
    preferences::Values values = m_preferences.values();
    values.zoom = m_theme.zoom() + percent;
    m_preferences.set(values);
    m_window.status().say(tr("Text size %1%").arg(m_theme.zoom()));
}

void Desktop::applyPreferences()
{
    const preferences::Values &values = m_preferences.values();
    m_theme.setFonts(values.zoom, values.uiFont, values.codeFont);
    if (!m_options.isAppearanceFixed)
        m_theme.setMode(values.appearance);
}

void Desktop::chooseFolder()
{
    auto *dialog = new QFileDialog(&m_window, tr("Open folder"));
    dialog->setFileMode(QFileDialog::Directory);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &path) { openFolder(path); });
    dialog->open();
}

void Desktop::importTraffic(const QStringList &files, const QString &pasted)
{
    auto *dialog = new ui::ImportDialog(m_theme, m_root, &m_window);
    connect(dialog, &ui::ImportDialog::imported, this, [this](const QString &capture, qint64 read, qint64 skipped) {
        m_window.status().say(tr("%1 requests imported, %2 skipped").arg(read).arg(skipped));
        openCapture(capture);
    });
    const QSize size(qMin(680, m_window.width() - 64), qMin(600, m_window.height() - 64));
    dialog->openAt(QRect(QPoint((m_window.width() - size.width()) / 2, (m_window.height() - size.height()) / 2), size));
    if (!files.isEmpty())
        dialog->setFiles(files);
    else if (!pasted.isEmpty())
        dialog->setPasted(pasted);
}

void Desktop::takeDrop(const QStringList &paths)
{
    const QFileInfo first(paths.first());
    const QString suffix = first.suffix().toLower();
    if (first.isDir() || suffix == "yaml"_L1 || suffix == "yml"_L1)
        openFolder(paths.first());
    else if (suffix == "parallax"_L1)
        openCapture(paths.first());
    else
        importTraffic(paths);
}

void Desktop::exportTraffic()
{
    traffic::ExportJob job;
    job.source = m_capture;
    m_export->ask(&m_window, job, m_root);
}

void Desktop::exportSelection(const std::vector<traffic::ExchangePtr> &exchanges)
{
    traffic::ExportJob job;
    job.exchanges = exchanges;
    m_export->ask(&m_window, job, m_root);
}

void Desktop::openCapture(const QString &path)
{
    if (!m_edit) {
        // Rules belong to a repository: the one the capture lies in or beside, or the folder itself.
        m_pendingCapture = path;
        if (m_isOpening)
            return;
        openFolder(QFileInfo(path).absolutePath());
        return;
    }
    m_compare->open(path, m_root);
    m_capture = path;
    m_registry.refresh();
    m_window.setMode(shell::Mode::Compare);
}

void Desktop::takeUpLive()
{
    const QString example = base::dataFolder() + u"/example"_s;
    ui::LivePresenter::Options options;
    options.runnerScript = [] { return example::runnerScript(); };
    options.approved = [this] { return m_approval->approved(); };
    options.approve = [this](const QStringList &commands) { m_approval->approve(commands); };
    options.captureFolder = captureFolder() + u'/' + QDir(m_edit->repository().root()).dirName();
    // The example came with the program.
    options.isTrusted = m_edit->repository().root() == QFileInfo(example + u"/workspace"_s).canonicalFilePath();
    if (options.isTrusted)
        options.sampleTraffic = example + u"/traffic/diamonds.ndjson"_s;
    m_live = std::make_unique<ui::LivePresenter>(m_edit->repository(), options);
    ui::bindRouterCommands(m_registry, *m_live);
    const auto makePage = [this] {
        auto *page = new ui::LivePage(m_theme, m_registry, *m_live);
        connect(page, &ui::LivePage::compareRequested, this, &Desktop::openCapture);
        connect(page, &ui::LivePage::exportRequested, this, &Desktop::exportSelection);
        connect(page, &ui::LivePage::replayRequested, this, &Desktop::replaySelection);
        return page;
    };
    if (m_window.page(shell::Mode::Live) != nullptr)
        m_window.setPage(shell::Mode::Live, makePage());
    else
        m_window.setPageFactory(shell::Mode::Live, makePage);
    using ui::LivePresenter;
    connect(m_live.get(), &LivePresenter::stateChanged, this, &Desktop::updateRouterStatus);
    connect(m_live.get(), &LivePresenter::figuresChanged, this, &Desktop::updateRouterStatus);
    connect(m_live.get(), &LivePresenter::stateChanged, this, &Desktop::updateBeyond);
    connect(m_live.get(), &LivePresenter::beyondChanged, this, &Desktop::updateBeyond);
    // Asked or failed while another mode shows: the page has the words and the buttons.
    connect(m_live.get(), &LivePresenter::approvalNeeded, this, [this] { m_window.setMode(shell::Mode::Live); });
    connect(m_live.get(), &LivePresenter::failed, this, [this](const Error &error) {
        m_window.setMode(shell::Mode::Live);
        m_window.status().say(wording::text(error));
    });
    m_window.status().item(u"folder"_s)->setHasSeparator(true);
    updateRouterStatus();
    updateBeyond();
}

void Desktop::updateRouterStatus()
{
    const bool isRunning = m_live->isRunning();
    m_window.setRouterRunning(isRunning);
    shell::StatusItem *router = m_window.status().item(u"router"_s);
    router->setIcon(u"mode-live"_s, isRunning);
    router->setText(isRunning                                   ? tr("Router on")
                    : m_live->state() == ui::LiveState::Stopped ? tr("Router stopped")
                                                                : tr("Router is busy"));
    router->setCode(isRunning ? m_live->url().section(u'/', 2) : QString());
    router->show();
    shell::StatusItem *rate = m_window.status().item(u"rate"_s);
    const ui::LiveFigures &figures = m_live->figures();
    rate->setText(tr("%1 requests/s").arg(ui::display::count(qRound64(figures.rate))));
    rate->setVisible(isRunning);
    if (figures.capture.recorded > 0 && m_window.mode() == shell::Mode::Live)
        m_window.status().say(tr("Capture %1, %2 requests, %3")
                                  .arg(QFileInfo(figures.capture.path).completeBaseName(),
                                       ui::display::count(figures.capture.recorded),
                                       ui::display::byteCount(figures.capture.bytes)));
}

/// What leaves this machine, or lets others in, shows in whatever mode one is.
void Desktop::updateBeyond()
{
    QStringList what = m_live ? m_live->beyond() : QStringList();
    if (m_replay && m_replay->isActive())
        what += m_replay->view().plan.allowedHosts;
    what.removeDuplicates();
    m_window.setBeyondThisMachine(what);
}

void Desktop::updateStatus()
{
    shell::StatusItem *item = m_window.status().item(u"folder"_s);
    item->setIcon(u"branch"_s);
    const QString branch = m_edit->branch().isEmpty() ? tr("no branch") : m_edit->branch();
    const int modified = m_edit->modifiedCount();
    item->setText(modified == 0 ? branch : tr("%1, %2 modified").arg(branch).arg(modified));
}

QList<shell::RecentFolder> Desktop::recent() const
{
    QList<shell::RecentFolder> folders;
    for (const QString &path : QSettings(settingsFile(), QSettings::IniFormat).value(u"recent"_s).toStringList()) {
        if (QDir(path).exists())
            folders.append({QDir(path).dirName(), path});
    }
    return folders;
}

void Desktop::remember(const QString &path)
{
    if (!base::makePath(base::configFolder(), base::Privacy::OwnerOnly))
        return;
    QSettings settings(settingsFile(), QSettings::IniFormat);
    QStringList paths = settings.value(u"recent"_s).toStringList();
    paths.removeAll(path);
    paths.prepend(path);
    settings.setValue(u"recent"_s, paths.mid(0, kMostRecent));
}

} // namespace parallax::desktop
