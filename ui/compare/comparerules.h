// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "compare/comparison.h"
#include "compare/rules.h"

#include <QObject>

#include <functional>
#include <optional>

class QPoint;
class QTableView;

namespace parallax::commands {
class CommandRegistry;
struct Availability;
} // namespace parallax::commands
namespace parallax::theme {
class Theme;
}

namespace parallax::ui {

class ComparePresenter;
class RulesEditor;

/// The commands of the Compare mode that make rules out of the difference that is selected, with the dialogs they
/// need, and the menu over the table of differences. Owned by the page, GUI thread.
class CompareRules final : public QObject
{
    Q_OBJECT

public:
    /// What the page has selected.
    struct Selection
    {
        std::function<std::optional<compare::FieldSummary>()> field;
        std::function<int()> mirror;
    };

    /// `page` is the context of the commands and the parent of the dialogs.
    CompareRules(const theme::Theme &theme, commands::CommandRegistry &registry, ComparePresenter &presenter,
                 RulesEditor &editor, Selection selection, QWidget &page);

    void showMenu(QTableView &table, const QPoint &place);
    /// Tells the registry what holds now.
    void update();

Q_SIGNALS:
    void textAsked(const QString &endpoint);

private:
    void bind();
    void bindRule(QLatin1StringView id, compare::RuleKind kind, bool needsInput);
    /// Where a rule of this kind would apply for the selected field; none: it makes no sense there.
    [[nodiscard]] std::optional<QString> pathFor(compare::RuleKind kind) const;
    [[nodiscard]] commands::Availability availability(compare::RuleKind kind) const;
    void add(const compare::Rule &rule);
    void ask(compare::RuleKind kind, const QString &path);

    const theme::Theme &m_theme;
    commands::CommandRegistry &m_registry;
    ComparePresenter &m_presenter;
    RulesEditor &m_editor;
    Selection m_selection;
    QWidget &m_page;
};

} // namespace parallax::ui
