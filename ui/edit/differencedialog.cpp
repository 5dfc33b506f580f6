// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/edit/differencedialog.h"

#include "ui/edit/codediff.h"
#include "ui/theme/controls.h"
#include "ui/widgets/label.h"

#include <QDialogButtonBox>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace parallax::ui {

DifferenceDialog::DifferenceDialog(const theme::Theme &theme, const QString &title, const QString &explanation,
                                   const base::LineDiff &diff, QWidget *parent)
    : QDialog(parent)
{
    setObjectName(u"differenceDialog"_s);
    setWindowTitle(title);
    setAttribute(Qt::WA_DeleteOnClose);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(16, 16, 16, 16);
    column->setSpacing(10);
    auto *text = new widgets::Label(theme, explanation, theme::TextStyle::Body, theme::Role::Text2);
    text->setWordWrap(true);
    column->addWidget(text);
    auto *code = widgets::makeCodeView(theme, u"differenceText"_s, title);
    code->setLanguage(widgets::Language::Yaml);
    code->setText(newerText(diff));
    code->setDiff(toCodeDiff(diff));
    code->setReadOnly(true);
    column->addWidget(code, 1);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    theme::setNames(buttons->button(QDialogButtonBox::Close), u"differenceClose"_s, tr("Close"));
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    column->addWidget(buttons);
    resize(760, 520);
}

} // namespace parallax::ui
