// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/rail.h"

#include "ui/theme/controls.h"
#include "ui/theme/metrics.h"
#include "ui/theme/paint.h"
#include "ui/theme/theme.h"

#include <QAction>
#include <QCoreApplication>
#include <QPainter>
#include <QRadioButton>
#include <QStyleOptionButton>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;

namespace parallax::shell {

using theme::Role;
using theme::TextStyle;
namespace metrics = theme::metrics;

/// One mode: icon over label. A radio button that paints itself.
class RailButton : public QRadioButton
{
public:
    RailButton(const theme::Theme &theme, const QString &icon, const QString &name, QWidget *parent)
        : QRadioButton(name, parent)
        , m_theme(theme)
        , m_icon(icon)
    {
        setAttribute(Qt::WA_Hover);
        setFocusPolicy(Qt::TabFocus);
        theme::setNames(this, u"mode"_s + name, name);
        setToolTip(name); // the tile shows what it has room for
    }

    void setTileWidth(int width)
    {
        const int content = iconSize() + 14 + m_theme.metrics(TextStyle::Small).height();
        setFixedSize(width, std::max(metrics::kRailButtonHeight, content));
    }

    void setBadge(bool isShown)
    {
        m_hasBadge = isShown;
        setAccessibleDescription(isShown ? QCoreApplication::translate("Rail", "The router runs") : QString());
        update();
    }

protected:
    [[nodiscard]] bool hitButton(const QPoint &at) const override { return rect().contains(at); }

    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        QStyleOptionButton option;
        initStyleOption(&option);
        const bool isOn = isChecked() && isEnabled();
        const bool isUnder = isEnabled() && underMouse();
        Role tile = Role::Rail;
        if (isOn)
            tile = Role::Selection;
        else if (isUnder)
            tile = m_theme.isDark() ? Role::Hover : Role::Pressed;
        if (tile != Role::Rail)
            theme::fillRounded(painter, rect(), metrics::kRadiusTile, m_theme.color(tile));
        const Role role = !isEnabled() ? Role::Disabled : isOn ? Role::Accent : isUnder ? Role::Text : Role::Muted;
        // In a wide font the heavier label would not fit the tile.
        const bool fits = m_theme.metrics(TextStyle::SmallStrong).horizontalAdvance(text()) <= width() - 2;
        const QFont font = m_theme.font(isOn && fits ? TextStyle::SmallStrong : TextStyle::Small);
        const int line = std::max(14, QFontMetrics(font).height());
        const int icon = iconSize();
        const int content = icon + 3 + line;
        const int top = (height() - content + 1) / 2;
        m_theme.paintIcon(painter, QRectF((width() - icon) / 2, top, icon, icon), m_icon, role);
        theme::text(painter, QRectF(0, top + icon + 3, width(), line), text(), font, m_theme.color(role),
                    Qt::AlignCenter);
        if (m_hasBadge) {
            const QRectF dot(width() - 14 - 9, 7, 9, 9);
            theme::fillRounded(painter, dot, 4.5, m_theme.color(tile));
            theme::fillRounded(painter, dot.adjusted(2, 2, -2, -2), 2.5, m_theme.color(Role::Ok));
        }
        if (option.state & QStyle::State_HasFocus && option.state & QStyle::State_KeyboardFocusChange)
            theme::focusRing(painter, rect(), metrics::kRadiusTile, m_theme);
    }

private:
    [[nodiscard]] int iconSize() const { return m_theme.scaled(metrics::kRailIconSize); }

    const theme::Theme &m_theme;
    QString m_icon;
    bool m_hasBadge = false;
};

Rail::Rail(const theme::Theme &theme, QWidget *parent)
    : Surface(theme, Role::Rail, Qt::RightEdge, parent)
    , m_theme(theme)
    , m_preferences(new QToolButton(this))
{
    setObjectName(u"rail"_s);
    setAccessibleName(tr("Modes"));
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 8, 0, 6);
    column->setSpacing(4);
    static constexpr std::array kIcons{"mode-edit", "mode-live", "mode-replay", "mode-compare"};
    for (int i = 0; i < kModeCount; ++i) {
        const auto mode = static_cast<Mode>(i);
        auto *button =
            new RailButton(theme, QString::fromLatin1(kIcons[static_cast<std::size_t>(i)]), modeName(mode), this);
        m_buttons[static_cast<std::size_t>(i)] = button;
        column->addWidget(button, 0, Qt::AlignHCenter);
        connect(button, &QRadioButton::clicked, this, [this, mode] { Q_EMIT chosen(mode); });
    }
    column->addStretch(1);
    theme::setNames(m_preferences, u"preferencesButton"_s, tr("Preferences"));
    theme::follow(theme, this, [this, &theme] {
        const int width = tileWidth();
        for (RailButton *button : m_buttons)
            button->setTileWidth(width);
        setFixedWidth(width + theme.scaled(metrics::kRailWidth - metrics::kRailButtonWidth));
        m_preferences->setIconSize(QSize(1, 1) * theme.scaled(metrics::kRailIconSize));
        m_preferences->setFixedSize(theme.scaled(metrics::kRailButtonWidth), theme.scaled(40));
    });
    m_preferences->setFocusPolicy(Qt::TabFocus);
    m_preferences->hide();
    column->addWidget(m_preferences, 0, Qt::AlignHCenter);
}

/// As wide as the longest name, in whatever language and font, needs it; an unreasonable one is cut.
int Rail::tileWidth() const
{
    const int designed = m_theme.scaled(metrics::kRailButtonWidth);
    int widest = 0;
    for (const RailButton *button : m_buttons)
        widest = std::max(widest, m_theme.metrics(TextStyle::SmallStrong).horizontalAdvance(button->text()));
    return std::clamp(widest + 4, designed, 2 * designed);
}

QString Rail::modeName(Mode mode)
{
    switch (mode) {
    case Mode::Edit:
        return tr("Edit");
    case Mode::Live:
        return tr("Live");
    case Mode::Replay:
        return tr("Replay");
    case Mode::Compare:
        return tr("Compare");
    }
    return {};
}

void Rail::setCurrent(Mode mode)
{
    button(mode)->setChecked(true);
}

void Rail::clearCurrent()
{
    for (RailButton *button : m_buttons) {
        // Exclusive buttons refuse to be all off.
        button->setAutoExclusive(false);
        button->setChecked(false);
        button->setAutoExclusive(true);
    }
}

void Rail::setModeEnabled(Mode mode, bool isEnabled, const QString &reason)
{
    button(mode)->setEnabled(isEnabled);
    button(mode)->setToolTip(isEnabled ? modeName(mode) : reason);
}

void Rail::setRouterRunning(bool isRunning)
{
    button(Mode::Live)->setBadge(isRunning);
}

void Rail::setPreferencesAction(QAction *action)
{
    m_preferences->setDefaultAction(action);
    m_preferences->setToolButtonStyle(Qt::ToolButtonIconOnly);
    m_preferences->setAccessibleName(tr("Preferences"));
    // The button follows the action: it shows once somebody has bound it.
    m_preferences->setVisible(action->isVisible());
    connect(action, &QAction::changed, m_preferences,
            [this, action] { m_preferences->setVisible(action->isVisible()); });
}

} // namespace parallax::shell
