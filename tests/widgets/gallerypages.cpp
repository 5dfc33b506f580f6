// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/gallerypages.h"

#include "ui/commands/catalogue.h"
#include "ui/commands/commandregistry.h"
#include "ui/commands/palettemodel.h"
#include "ui/shell/commandpalette.h"
#include "ui/shell/homepage.h"
#include "ui/shell/mainwindow.h"
#include "ui/shell/statusstrip.h"
#include "ui/theme/metrics.h"
#include "ui/theme/theme.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/filterfield.h"
#include "ui/widgets/identity.h"
#include "ui/widgets/surface.h"

#include <QLineEdit>
#include <QMenu>
#include <QTimer>

using namespace Qt::StringLiterals;

namespace parallax::gallery {

namespace {

namespace ids = commands::ids;

std::unique_ptr<shell::MainWindow> frame(theme::Theme &theme, commands::CommandRegistry &registry, const QString &name)
{
    registry.addAll(commands::catalogue());
    auto window = std::make_unique<shell::MainWindow>(registry, theme);
    for (const auto &id : {ids::kOpenExample, ids::kOpenFolder, ids::kImportTraffic, ids::kPreferences, ids::kAddMirror,
                           ids::kCompareSelected, ids::kToggleRouter, ids::kSave, ids::kUndo, ids::kCommit})
        registry.bind(id, window.get(), [] {});
    registry.bind(
        ids::kRemoveMirror, window.get(), [] {}, [] { return commands::Availability::no(u"Select a mirror first"_s); });
    registry.refreshNow();
    if (name == u"home") {
        window->status().item(u"Folder"_s)->setText(u"No folder open"_s);
        window->status().say(u"Version 1.0.0"_s);
        return window;
    }
    for (const auto mode : {shell::Mode::Edit, shell::Mode::Live, shell::Mode::Replay, shell::Mode::Compare}) {
        auto *page = new widgets::EmptyState(theme, u"page"_s,
                                             u"No mirrors. Add one to compare a new version with live traffic."_s);
        page->setAutoFillBackground(true);
        page->setBackgroundRole(QPalette::Base);
        page->addButton(u"Add mirror"_s, u"addMirror"_s, u"plus"_s);
        window->setPage(mode, page);
    }
    window->setPage(shell::Mode::Compare, comparePage(theme));
    window->setPage(shell::Mode::Edit, editPage(theme));
    window->setWorkspace(u"acme-models"_s, u"/home/someone/acme-models"_s);
    window->setMode(name == u"edit" ? shell::Mode::Edit : shell::Mode::Compare);
    window->setRouterRunning(true);
    auto *router = window->status().item(u"Router"_s);
    router->setIcon(u"mode-live"_s, true);
    router->setText(u"Router on"_s);
    router->setCode(u"127.0.0.1:8080"_s);
    window->status().item(u"Rate"_s)->setText(u"0 requests/s"_s);
    auto *git = window->status().item(u"Branch"_s);
    git->setIcon(u"branch"_s);
    git->setText(u"main, 1 modified"_s);
    git->setAction(registry.action(ids::kCommit), u"Commit\u2026"_s);
    window->status().say(u"Compared 5,000 pairs in 1.4 s"_s);
    window->commandPalette().model().addSource(
        {u"pricing_optimizer"_s, u'@',
         [&theme](const QString &) {
             return QList<commands::PaletteItem>{
                 {u"mirror_1"_s,
                  u"pricing_model_v2, main, latest = 7"_s,
                  widgets::identityIcon(theme, 0),
                  {},
                  true,
                  [] {}},
                 {u"mirror_2"_s,
                  u"pricing_model_v2, feat/region_prices, 9"_s,
                  widgets::identityIcon(theme, 1),
                  {},
                  true,
                  [] {}},
                 {u"mirrors:"_s, u"pricing_optimizer.yaml, line 7"_s, theme.icon(u"file"_s), {}, true, [] {}}};
         },
         false});
    return window;
}

} // namespace

Page::Page(theme::Theme &theme, const QString &name)
    : m_registry(std::make_unique<commands::CommandRegistry>(theme))
    , m_name(name)
{
    if (name == u"components")
        m_window.reset(componentsPage(theme));
    else
        m_window = frame(theme, *m_registry, name);
}

Page::~Page() = default;

void Page::show(int width, int height)
{
    m_window->setWindowFlag(Qt::FramelessWindowHint);
    m_window->setGeometry(0, 0, width, height);
    m_window->show();
    auto *window = qobject_cast<shell::MainWindow *>(m_window.get());
    if (window == nullptr)
        return;
    if (m_name == u"palette") {
        QTimer::singleShot(300, window, [window] {
            window->commandPalette().open();
            window->findChild<QLineEdit *>(u"paletteField"_s)->setText(u"mir"_s);
        });
    } else if (m_name == u"shortcuts") {
        QTimer::singleShot(300, window, [this] { m_registry->run(ids::kShortcuts); });
    } else if (m_name == u"menu") {
        QTimer::singleShot(300, window, [this] {
            QMenu *menu = m_registry->menu(commands::MenuId::View);
            menu->popup(QPoint(98, 34));
        });
    }
}

} // namespace parallax::gallery
