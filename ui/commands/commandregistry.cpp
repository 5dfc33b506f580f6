// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/commands/commandregistry.h"

#include "ui/theme/theme.h"

#include <QEvent>
#include <QMenu>
#include <QMenuBar>
#include <QWidget>

using namespace Qt::StringLiterals;

namespace parallax::commands {

CommandRegistry::CommandRegistry(const theme::Theme &theme, QObject *parent)
    : QObject(parent)
    , m_theme(theme)
{
    m_refreshTimer.setSingleShot(true);
    m_refreshTimer.setInterval(0);
    connect(&m_refreshTimer, &QTimer::timeout, this, &CommandRegistry::refreshNow);
}

CommandRegistry::~CommandRegistry() = default;

QAction *CommandRegistry::add(const Command &command)
{
    Q_ASSERT_X(!m_byId.contains(command.id), "CommandRegistry", qPrintable(u"declared twice: "_s + command.id));
    auto entry = std::make_unique<Entry>();
    entry->command = command;
    auto *action = new QAction(command.text, this);
    entry->action = action;
    action->setObjectName(command.id);
    action->setShortcuts(command.keys);
    action->setShortcutContext(command.isLocal ? Qt::WidgetWithChildrenShortcut : Qt::WindowShortcut);
    action->setMenuRole(command.role);
    action->setCheckable(command.isCheckable);
    action->setVisible(false);
    action->setEnabled(false);
    if (!command.icon.isEmpty())
        action->setIcon(m_theme.icon(command.icon));
    connect(action, &QAction::triggered, this, [this, id = command.id] { onTriggered(id); });
    m_byId.insert(command.id, entry.get());
    updateTexts(*entry);
    m_entries.push_back(std::move(entry));
    return action;
}

void CommandRegistry::addAll(const QList<Command> &commands)
{
    for (const Command &command : commands)
        add(command);
}

void CommandRegistry::bind(const QString &id, QObject *context, Run run, Predicate predicate)
{
    Entry *entry = m_byId.value(id);
    Q_ASSERT_X(entry != nullptr, "CommandRegistry::bind", qPrintable(u"not declared: "_s + id));
    Q_ASSERT(context != nullptr && run);
    entry->bindings.append({context, std::move(run), std::move(predicate)});
    if (context != this)
        connect(context, &QObject::destroyed, this, [this] { refresh(); });
    if (context->isWidgetType())
        context->installEventFilter(this);
    update(*entry);
    refresh();
}

QAction *CommandRegistry::action(const QString &id) const
{
    const Entry *entry = m_byId.value(id);
    return entry != nullptr ? entry->action : nullptr;
}

QList<Command> CommandRegistry::commands() const
{
    QList<Command> commands;
    commands.reserve(static_cast<qsizetype>(m_entries.size()));
    for (const auto &entry : m_entries)
        commands.append(entry->command);
    return commands;
}

const Command *CommandRegistry::command(const QString &id) const
{
    const Entry *entry = m_byId.value(id);
    return entry != nullptr ? &entry->command : nullptr;
}

Availability CommandRegistry::availability(const QString &id) const
{
    const Entry *entry = m_byId.value(id);
    return entry != nullptr ? entry->availability : Availability::no({});
}

bool CommandRegistry::isBound(const QString &id) const
{
    const Entry *entry = m_byId.value(id);
    return entry != nullptr && entry->action->isVisible();
}

bool CommandRegistry::run(const QString &id)
{
    Entry *entry = m_byId.value(id);
    if (entry == nullptr)
        return false;
    update(*entry);
    if (!entry->action->isEnabled())
        return false;
    entry->action->trigger();
    return true;
}

void CommandRegistry::setText(const QString &id, const QString &text, const QString &icon)
{
    Entry *entry = m_byId.value(id);
    if (entry == nullptr || (entry->command.text == text && (icon.isEmpty() || entry->command.icon == icon)))
        return;
    entry->command.text = text;
    if (!icon.isEmpty()) {
        entry->command.icon = icon;
        entry->action->setIcon(m_theme.icon(icon));
    }
    entry->action->setText(text);
    updateTexts(*entry);
    if (QMenu *owner = menu(entry->command.menu))
        assignMnemonics(*owner);
    Q_EMIT changed();
}

void CommandRegistry::setChecked(const QString &id, bool isChecked)
{
    if (QAction *known = action(id))
        known->setChecked(isChecked);
}

void CommandRegistry::refresh()
{
    if (!m_refreshTimer.isActive())
        m_refreshTimer.start();
}

void CommandRegistry::refreshNow()
{
    m_refreshTimer.stop();
    for (const auto &entry : m_entries)
        update(*entry);
    Q_EMIT changed();
}

bool CommandRegistry::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Show || event->type() == QEvent::Hide)
        refresh();
    return QObject::eventFilter(watched, event);
}

const CommandRegistry::Binding *CommandRegistry::activeBinding(const Entry &entry) const
{
    for (auto it = entry.bindings.crbegin(); it != entry.bindings.crend(); ++it) {
        if (!it->context)
            continue;
        const auto *widget = qobject_cast<const QWidget *>(it->context.data());
        if (widget == nullptr || widget->isWindow() || widget->isVisible())
            return &*it;
    }
    return nullptr;
}

void CommandRegistry::update(Entry &entry)
{
    entry.bindings.removeIf([](const Binding &binding) { return binding.context.isNull(); });
    const Binding *binding = activeBinding(entry);
    entry.action->setVisible(!entry.bindings.isEmpty());
    if (binding == nullptr)
        entry.availability = Availability::no(tr("Not in this view"));
    else
        entry.availability = binding->predicate ? binding->predicate() : Availability::yes();
    entry.action->setEnabled(entry.availability.isEnabled);
    updateTexts(entry);
}

// The tooltip adds what the button does not say: the keys, what it does, and why it cannot run.
void CommandRegistry::updateTexts(Entry &entry)
{
    const Command &command = entry.command;
    QString plain = command.text;
    if (plain.endsWith(u'…'))
        plain.chop(1);
    QString tip = plain;
    if (!command.keys.isEmpty())
        tip += u" (%1)"_s.arg(command.keys.constFirst().toString(QKeySequence::NativeText));
    if (!command.description.isEmpty())
        tip += u'\n' + command.description;
    if (!entry.availability.isEnabled && !entry.availability.reason.isEmpty() && entry.action->isVisible())
        tip += u'\n' + entry.availability.reason;
    entry.action->setIconText(plain);
    entry.action->setToolTip(tip);
    entry.action->setStatusTip(command.description);
}

void CommandRegistry::onTriggered(const QString &id)
{
    Entry *entry = m_byId.value(id);
    if (const Binding *binding = activeBinding(*entry)) {
        const Run run = binding->run; // running may change the bindings
        run();
        Q_EMIT ran(id);
    }
    refresh();
}

QString CommandRegistry::menuTitle(MenuId menu)
{
    switch (menu) {
    case MenuId::File:
        return tr("File");
    case MenuId::Edit:
        return tr("Edit");
    case MenuId::View:
        return tr("View");
    case MenuId::Endpoint:
        return tr("Endpoint");
    case MenuId::Router:
        return tr("Router");
    case MenuId::Replay:
        return tr("Replay");
    case MenuId::Compare:
        return tr("Compare");
    case MenuId::Help:
        return tr("Help");
    }
    return {};
}

void CommandRegistry::buildMenus(QMenuBar &bar)
{
    static constexpr std::array<qsizetype, kMenuCount> kAccessKey{0, 0, 0, 1, 0, 2, 0, 0};
    for (int i = 0; i < kMenuCount; ++i) {
        const auto id = static_cast<MenuId>(i);
        QString title = menuTitle(id);
        title.insert(std::min(kAccessKey[static_cast<std::size_t>(i)], title.size() - 1), u'&');
        QMenu *menu = bar.addMenu(title);
        menu->setObjectName(u"menu"_s + menuTitle(id));
        m_menus[static_cast<std::size_t>(i)] = menu;
        QHash<QString, QMenu *> submenus;
        int section = -1;
        for (const auto &entry : m_entries) {
            const Command &command = entry->command;
            if (command.menu != id)
                continue;
            if (section >= 0 && command.section != section)
                menu->addSeparator();
            section = command.section;
            if (command.submenu.isEmpty()) {
                menu->addAction(entry->action);
                continue;
            }
            QMenu *&submenu = submenus[command.submenu];
            if (submenu == nullptr) {
                submenu = menu->addMenu(command.submenu);
                submenu->setObjectName(menu->objectName() + command.submenu);
            }
            submenu->addAction(entry->action);
        }
        menu->setSeparatorsCollapsible(true);
        for (QMenu *submenu : std::as_const(submenus))
            assignMnemonics(*submenu);
        assignMnemonics(*menu);
        connect(menu, &QMenu::aboutToShow, this, &CommandRegistry::refreshNow);
    }
}

namespace {

QString withoutMnemonic(QString text)
{
    // "&&" is a literal one.
    text.replace(u"&&"_s, QString(QChar(1)));
    text.remove(u'&');
    text.replace(QChar(1), u"&&"_s);
    return text;
}

qsizetype mnemonicPlace(const QString &text, const QString &taken)
{
    for (const bool onlyStarts : {true, false}) {
        for (qsizetype i = 0; i < text.size(); ++i) {
            const bool isStart = i == 0 || text.at(i - 1).isSpace();
            if (text.at(i).isLetterOrNumber() && (isStart || !onlyStarts) && !taken.contains(text.at(i).toLower()))
                return i;
        }
    }
    return -1;
}

} // namespace

void assignMnemonics(QMenu &menu)
{
    QString taken;
    for (QAction *action : menu.actions()) {
        if (action->isSeparator())
            continue;
        QString text = withoutMnemonic(action->text());
        const qsizetype place = mnemonicPlace(text, taken);
        if (place >= 0) {
            taken += text.at(place).toLower();
            text.insert(place, u'&');
        }
        action->setText(text);
    }
}

} // namespace parallax::commands
