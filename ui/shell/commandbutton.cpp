// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/commandbutton.h"

#include "ui/commands/palettemodel.h"
#include "ui/theme/controls.h"
#include "ui/theme/metrics.h"
#include "ui/theme/paint.h"
#include "ui/theme/theme.h"
#include "ui/widgets/keycap.h"

#include <QAction>
#include <QPainter>
#include <QStyleOptionButton>

using namespace Qt::StringLiterals;

namespace parallax::shell {

using theme::Role;
using theme::TextStyle;
namespace metrics = theme::metrics;

CommandButton::CommandButton(const theme::Theme &theme, QAction *action, QWidget *parent)
    : QPushButton(tr("Search or run a command"), parent)
    , m_theme(theme)
    , m_caps{commands::keyCaps(action->shortcut()).join(u' ')}
{
    theme::setNames(this, u"commandButton"_s, text());
    setToolTip(text()); // the field shows what it has room for
    setFocusPolicy(Qt::TabFocus);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Fixed);
    connect(this, &QPushButton::clicked, action, &QAction::trigger);
}

QSize CommandButton::sizeHint() const
{
    return {300, m_theme.height(24, TextStyle::Caption)};
}

QSize CommandButton::minimumSizeHint() const
{
    return {180, sizeHint().height()};
}

void CommandButton::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    QStyleOptionButton option;
    initStyleOption(&option);
    theme::panel(painter, rect(), metrics::kRadiusControl, m_theme.color(Role::Base),
                 m_theme.color(underMouse() ? Role::BorderStrong : Role::Border));
    const int size = m_theme.scaled(metrics::kSmallIconSize);
    m_theme.paintIcon(painter, QRectF(9, (height() - size) / 2, size, size), u"search"_s, Role::Muted);
    const double caps = widgets::keyCapsWidth(m_theme, m_caps);
    widgets::paintKeyCaps(painter, QRectF(width() - caps - 5, 0, caps, height()), m_theme, m_caps);
    theme::text(painter, QRectF(size + 15, 0, width() - size - 15 - caps - 12, height()), text(),
                m_theme.font(TextStyle::Caption), m_theme.color(Role::Muted));
    if (option.state & QStyle::State_HasFocus && option.state & QStyle::State_KeyboardFocusChange)
        theme::focusRing(painter, rect(), metrics::kRadiusControl, m_theme);
}

} // namespace parallax::shell
