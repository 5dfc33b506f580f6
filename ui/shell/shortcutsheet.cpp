// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/shortcutsheet.h"

#include "ui/commands/commandregistry.h"
#include "ui/commands/palettemodel.h"
#include "ui/theme/controls.h"
#include "ui/theme/theme.h"
#include "ui/widgets/keycap.h"
#include "ui/widgets/label.h"

#include <QDialogButtonBox>
#include <QGridLayout>
#include <QPushButton>
#include <QScrollArea>

using namespace Qt::StringLiterals;

namespace parallax::shell {

using theme::Role;
using theme::TextStyle;

namespace {

constexpr int kColumns = 2;

/// The commands of one menu that have keys, as a column of text and caps.
QWidget *group(const theme::Theme &theme, const QString &title, const QList<commands::Command> &commands)
{
    auto *group = new QWidget;
    auto *grid = new QGridLayout(group);
    grid->setContentsMargins(0, 0, 0, 0);
    grid->setVerticalSpacing(4);
    grid->setHorizontalSpacing(24);
    grid->setColumnStretch(0, 1);
    grid->addWidget(new widgets::Label(theme, title, TextStyle::CaptionStrong, Role::Text2), 0, 0, 1, 2);
    int row = 1;
    for (const commands::Command &command : commands) {
        grid->addWidget(new widgets::Label(theme, command.text), row, 0);
        for (const QKeySequence &keys : command.keys) {
            auto *hint = new widgets::KeyHint(theme, commands::keyCaps(keys));
            hint->setAccessibleName(keys.toString(QKeySequence::NativeText));
            grid->addWidget(hint, row++, 1, Qt::AlignRight);
        }
    }
    grid->setRowStretch(row, 1);
    return group;
}

} // namespace

ShortcutSheet::ShortcutSheet(const theme::Theme &theme, const commands::CommandRegistry &registry, QWidget *parent)
    : QDialog(parent)
{
    setObjectName(u"shortcutSheet"_s);
    setWindowTitle(tr("Keyboard shortcuts"));
    auto *content = new QWidget;
    auto *columns = new QGridLayout(content);
    columns->setContentsMargins(24, 20, 24, 20);
    columns->setHorizontalSpacing(48);
    columns->setVerticalSpacing(20);
    int place = 0;
    for (int i = 0; i < commands::kMenuCount; ++i) {
        const auto menu = static_cast<commands::MenuId>(i);
        QList<commands::Command> shown;
        for (const commands::Command &command : registry.commands()) {
            if (command.menu == menu && !command.keys.isEmpty() && registry.isBound(command.id))
                shown.append(command);
        }
        if (shown.isEmpty())
            continue;
        columns->addWidget(group(theme, commands::CommandRegistry::menuTitle(menu), shown), place / kColumns,
                           place % kColumns);
        ++place;
    }
    auto *area = new QScrollArea;
    area->setObjectName(u"shortcutArea"_s);
    area->setAccessibleName(tr("Shortcuts by menu"));
    area->setFrameShape(QFrame::NoFrame);
    area->setWidgetResizable(true);
    area->setWidget(content);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    theme::setNames(buttons->button(QDialogButtonBox::Close), u"shortcutClose"_s, tr("Close shortcuts"));
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 16, 16);
    column->addWidget(area, 1);
    column->addWidget(buttons);
    resize(760, 560);
}

} // namespace parallax::shell
