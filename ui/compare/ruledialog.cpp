// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compare/ruledialog.h"

#include "compare/rulesedit.h"
#include "ui/models/displaytext.h"
#include "ui/theme/controls.h"
#include "ui/theme/theme.h"
#include "ui/widgets/label.h"

#include <QDialogButtonBox>
#include <QGridLayout>
#include <QLineEdit>
#include <QPushButton>
#include <QVBoxLayout>

#include <cmath>

using namespace Qt::StringLiterals;
using parallax::theme::Role;
using parallax::theme::TextStyle;

namespace parallax::ui {

namespace {

/// Nothing typed is no limit; what is no amount is `isBad`.
std::optional<double> limitIn(const QLineEdit &field, bool &isBad)
{
    const QString text = field.text().trimmed();
    if (text.isEmpty())
        return std::nullopt;
    bool isNumber = false;
    const double value = text.toDouble(&isNumber); // as in the file: with a point
    if (isNumber && std::isfinite(value) && value >= 0.0)
        return value;
    isBad = true;
    return std::nullopt;
}

} // namespace

RuleDialog::RuleDialog(const theme::Theme &theme, compare::RuleKind kind, const QString &path, double worst,
                       QWidget *parent)
    : QDialog(parent)
    , m_theme(theme)
    , m_kind(kind)
    , m_path(path)
{
    const bool isTolerance = kind == compare::RuleKind::Tolerance;
    setObjectName(u"ruleDialog"_s);
    setWindowTitle(isTolerance ? tr("Tolerance") : tr("Match by key"));
    setAttribute(Qt::WA_DeleteOnClose);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(16, 16, 16, 16);
    column->setSpacing(10);
    auto *place = new widgets::Label(theme, path.isEmpty() ? tr("(whole body)") : path, TextStyle::Code);
    place->setElideMode(Qt::ElideMiddle);
    column->addWidget(place);
    auto *says = new widgets::Label(
        theme,
        isTolerance ? tr("Numbers are equal when either limit holds.")
                    : tr("Elements of the array belong together when this member of theirs has the same value."),
        TextStyle::Body, Role::Text2);
    says->setWordWrap(true);
    column->addWidget(says);
    auto *grid = new QGridLayout;
    grid->setHorizontalSpacing(10);
    if (isTolerance) {
        m_abs = addField(*grid, u"ruleAbs"_s, tr("Difference at most"), tr("such as 0.01"));
        m_rel = addField(*grid, u"ruleRel"_s, tr("Share of the greater amount at most"), tr("such as 0.001"));
    } else {
        m_key = addField(*grid, u"ruleKey"_s, tr("Member"), tr("such as id"));
    }
    column->addLayout(grid);
    if (isTolerance && std::isfinite(worst))
        column->addWidget(new widgets::Label(theme,
                                             tr("The largest difference seen is %1.").arg(display::signedFigure(worst)),
                                             TextStyle::Caption, Role::Muted));
    m_text = new widgets::Label(theme, {}, TextStyle::Code, Role::Text2);
    m_text->setObjectName(u"ruleText"_s);
    m_text->setElideMode(Qt::ElideMiddle);
    column->addWidget(m_text);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Cancel);
    m_add = buttons->addButton(tr("Add rule"), QDialogButtonBox::AcceptRole);
    theme::setKind(m_add, theme::ButtonKind::Primary);
    theme::setNames(m_add, u"addRule"_s, tr("Add rule"));
    theme::setNames(buttons->button(QDialogButtonBox::Cancel), u"cancelRule"_s, tr("Cancel"));
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(buttons, &QDialogButtonBox::accepted, this, [this] {
        if (const std::optional<compare::Rule> made = rule()) {
            Q_EMIT chosen(*made);
            accept();
        }
    });
    column->addWidget(buttons);
    setMinimumWidth(theme.width(440));
    onTyped();
}

QLineEdit *RuleDialog::addField(QGridLayout &grid, const QString &objectName, const QString &name, const QString &hint)
{
    const int row = grid.rowCount();
    auto *label = new widgets::Label(m_theme, name, TextStyle::Body);
    auto *field = new QLineEdit;
    field->setPlaceholderText(hint);
    theme::setNames(field, objectName, name);
    label->setBuddy(field);
    grid.addWidget(label, row, 0);
    grid.addWidget(field, row, 1);
    connect(field, &QLineEdit::textChanged, this, &RuleDialog::onTyped);
    return field;
}

std::optional<compare::Rule> RuleDialog::rule() const
{
    compare::Rule rule;
    rule.kind = m_kind;
    rule.path = m_path;
    const auto pattern = compare::PathPattern::parse(m_path);
    if (!pattern)
        return std::nullopt;
    rule.pattern = *pattern;
    if (m_kind == compare::RuleKind::KeyedBy) {
        rule.keyedBy = m_key->text().trimmed();
        return rule.keyedBy.isEmpty() ? std::nullopt : std::optional(rule);
    }
    bool isBad = false;
    rule.tolerance.abs = limitIn(*m_abs, isBad);
    rule.tolerance.rel = limitIn(*m_rel, isBad);
    if (isBad || (!rule.tolerance.abs && !rule.tolerance.rel))
        return std::nullopt;
    return rule;
}

void RuleDialog::onTyped()
{
    const std::optional<compare::Rule> made = rule();
    for (QLineEdit *field : {m_abs, m_rel}) {
        bool isBad = false;
        if (field != nullptr) {
            (void)limitIn(*field, isBad);
            theme::setInvalid(field, isBad);
        }
    }
    m_add->setEnabled(made.has_value());
    m_add->setToolTip(made                                   ? QString()
                      : m_kind == compare::RuleKind::KeyedBy ? tr("Name the member first")
                                                             : tr("Give a limit first, a number of 0 or more"));
    m_text->setText(made ? compare::ruleText(*made) : QString());
}

} // namespace parallax::ui
