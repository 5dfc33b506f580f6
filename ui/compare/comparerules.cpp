// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compare/comparerules.h"

#include "ui/commands/catalogue.h"
#include "ui/commands/commandregistry.h"
#include "ui/compare/comparepresenter.h"
#include "ui/compare/ruledialog.h"
#include "ui/compare/rulesdialog.h"
#include "ui/compare/ruleseditor.h"

#include <QMenu>
#include <QTableView>

using namespace Qt::StringLiterals;
using parallax::commands::Availability;
namespace ids = parallax::commands::ids;

namespace parallax::ui {

namespace {

struct RuleCommand
{
    QLatin1StringView id;
    compare::RuleKind kind;
    bool needsInput; ///< more than the path
};

constexpr std::array kRuleCommands{
    RuleCommand{ids::kIgnorePath, compare::RuleKind::Ignore, false},
    RuleCommand{ids::kPresenceOnly, compare::RuleKind::PresenceOnly, false},
    RuleCommand{ids::kIgnoreOrder, compare::RuleKind::Unordered, false},
    RuleCommand{ids::kMatchByKey, compare::RuleKind::KeyedBy, true},
    RuleCommand{ids::kSetTolerance, compare::RuleKind::Tolerance, true},
};

/// `/items` of `/items/*/price`: the innermost array on the way.
std::optional<QString> arrayOf(const QString &path)
{
    const qsizetype star = path.lastIndexOf(u"/*"_s);
    const bool isSegment = star >= 0 && (star + 2 == path.size() || path.at(star + 2) == u'/');
    return isSegment ? std::optional(path.left(star)) : std::nullopt;
}

} // namespace

CompareRules::CompareRules(const theme::Theme &theme, commands::CommandRegistry &registry, ComparePresenter &presenter,
                           RulesEditor &editor, Selection selection, QWidget &page)
    : QObject(&page)
    , m_theme(theme)
    , m_registry(registry)
    , m_presenter(presenter)
    , m_editor(editor)
    , m_selection(std::move(selection))
    , m_page(page)
{
    for (const RuleCommand &command : kRuleCommands)
        bindRule(command.id, command.kind, command.needsInput);
    bind();
    connect(&editor, &RulesEditor::saved, this, [this](const QString &endpoint) {
        if (m_presenter.view() && m_presenter.view()->comparison.endpoint == endpoint)
            m_presenter.reload();
        m_registry.refresh();
    });
    connect(&presenter, &ComparePresenter::loaded, this, &CompareRules::update);
    update();
}

void CompareRules::bindRule(QLatin1StringView id, compare::RuleKind kind, bool needsInput)
{
    m_registry.bind(
        id, &m_page,
        [this, kind, needsInput] {
            const std::optional<QString> path = pathFor(kind);
            if (!path)
                return;
            if (needsInput) {
                ask(kind, *path);
                return;
            }
            compare::Rule rule;
            rule.kind = kind;
            rule.path = *path;
            rule.pattern = compare::PathPattern::parse(*path).value_or(compare::PathPattern());
            add(rule);
        },
        [this, kind] { return availability(kind); });
}

void CompareRules::bind()
{
    const auto hasView = [this] { return Availability::when(m_presenter.view() != nullptr, tr("No capture is open")); };
    m_registry.bind(
        ids::kShowRules, &m_page,
        [this] {
            auto *dialog = new RulesDialog(m_theme, m_presenter, m_editor, m_selection.mirror(), m_page.window());
            connect(dialog, &RulesDialog::textAsked, this, &CompareRules::textAsked);
            dialog->open();
        },
        hasView);
    m_registry.bind(
        ids::kApplyRules, &m_page, [this] { m_presenter.setRulesApplied(!m_presenter.appliesRules()); },
        [this] {
            return Availability::when(m_presenter.view() && !m_presenter.view()->fileRules.rules.empty(),
                                      tr("This endpoint has no rules"));
        });
    m_registry.bind(
        ids::kUndo, &m_page, [this] { m_editor.undo(); },
        [this] { return Availability::when(m_editor.canUndo(), tr("No rule was changed")); });
    m_registry.bind(
        ids::kRedo, &m_page, [this] { m_editor.redo(); },
        [this] { return Availability::when(m_editor.canRedo(), tr("Nothing was undone")); });
}

std::optional<QString> CompareRules::pathFor(compare::RuleKind kind) const
{
    const std::optional<compare::FieldSummary> field = m_selection.field();
    using compare::DifferenceKind;
    if (!field || field->kind == DifferenceKind::Status || field->kind == DifferenceKind::Header ||
        !compare::PathPattern::parse(field->path))
        return std::nullopt;
    switch (kind) {
    case compare::RuleKind::Unordered:
    case compare::RuleKind::KeyedBy:
        return field->kind == DifferenceKind::Order ? std::optional(field->path) : arrayOf(field->path);
    case compare::RuleKind::Tolerance:
        return std::isfinite(field->worst) ? std::optional(field->path) : std::nullopt;
    case compare::RuleKind::PresenceOnly:
        return field->kind == DifferenceKind::Added || field->kind == DifferenceKind::Removed
                   ? std::nullopt
                   : std::optional(field->path);
    default:
        return field->path;
    }
}

Availability CompareRules::availability(compare::RuleKind kind) const
{
    if (!m_presenter.view() || !m_editor.hasRepository())
        return Availability::no(tr("Rules belong to a folder; open the one of this endpoint"));
    if (m_editor.isReadOnly())
        return Availability::no(tr("The folder is open read-only"));
    if (!m_editor.isFor(m_presenter.view()->comparison.endpoint))
        return Availability::no(tr("This capture names no endpoint"));
    if (m_presenter.view()->rulesProblem)
        return Availability::no(tr("The file of the rules has errors"));
    if (!m_selection.field())
        return Availability::no(tr("Select a difference first"));
    if (pathFor(kind))
        return Availability::yes();
    switch (kind) {
    case compare::RuleKind::Unordered:
    case compare::RuleKind::KeyedBy:
        return Availability::no(tr("This difference lies in no array"));
    case compare::RuleKind::Tolerance:
        return Availability::no(tr("These are no numbers"));
    case compare::RuleKind::PresenceOnly:
        return Availability::no(tr("It is missing on one side"));
    default:
        return Availability::no(tr("Status and named headers always count"));
    }
}

void CompareRules::add(const compare::Rule &rule)
{
    if (m_presenter.view())
        m_editor.add(m_presenter.view()->comparison.endpoint, rule);
}

void CompareRules::ask(compare::RuleKind kind, const QString &path)
{
    const std::optional<compare::FieldSummary> field = m_selection.field();
    auto *dialog = new RuleDialog(m_theme, kind, path, field ? field->worst : compare::kNoFigure, m_page.window());
    connect(dialog, &RuleDialog::chosen, this, &CompareRules::add);
    dialog->open();
}

void CompareRules::showMenu(QTableView &table, const QPoint &place)
{
    m_registry.refreshNow();
    auto *menu = new QMenu(&table);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const RuleCommand &command : kRuleCommands)
        menu->addAction(m_registry.action(command.id));
    menu->addSeparator();
    menu->addAction(m_registry.action(ids::kShowRules));
    menu->popup(table.viewport()->mapToGlobal(place));
}

void CompareRules::update()
{
    m_registry.setChecked(ids::kApplyRules, m_presenter.appliesRules());
    m_registry.refresh();
}

} // namespace parallax::ui
