// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "compare/rules.h"

#include <QDialog>

#include <optional>

class QLineEdit;
class QPushButton;

namespace parallax::theme {
class Theme;
}
namespace parallax::widgets {
class Label;
}

namespace parallax::ui {

/// Asks for what a rule needs beyond its path: the limits of a tolerance, or the member by which the elements of an
/// array are paired. What it would write stands below while one types. Window modal, opened with open(), deletes
/// itself. GUI thread.
class RuleDialog final : public QDialog
{
    Q_OBJECT

public:
    /// `worst`: the largest difference that was seen, NaN without one. `kind` is Tolerance or KeyedBy.
    RuleDialog(const theme::Theme &theme, compare::RuleKind kind, const QString &path, double worst, QWidget *parent);

Q_SIGNALS:
    void chosen(const parallax::compare::Rule &rule);

private:
    QLineEdit *addField(class QGridLayout &grid, const QString &objectName, const QString &name, const QString &hint);
    /// None while what was typed is no rule.
    [[nodiscard]] std::optional<compare::Rule> rule() const;
    void onTyped();

    const theme::Theme &m_theme;
    compare::RuleKind m_kind;
    QString m_path;
    QLineEdit *m_abs = nullptr;
    QLineEdit *m_rel = nullptr;
    QLineEdit *m_key = nullptr;
    widgets::Label *m_text = nullptr;
    QPushButton *m_add = nullptr;
};

} // namespace parallax::ui
