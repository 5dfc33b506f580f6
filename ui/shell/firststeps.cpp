// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/firststeps.h"

#include "ui/theme/controls.h"
#include "ui/theme/metrics.h"
#include "ui/theme/theme.h"
#include "ui/widgets/label.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QPushButton>
#include <QToolButton>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parallax::shell {

using theme::Role;
using theme::TextStyle;

FirstSteps::FirstSteps(const theme::Theme &theme, QWidget *parent)
    : Surface(theme, Role::Window, Qt::TopEdge, parent)
    , m_theme(theme)
{
    setObjectName(u"firstSteps"_s);
    setAccessibleName(tr("First steps"));
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(12, 1, 8, 0);
    row->setSpacing(4);
    m_title = new widgets::Label(theme, {}, TextStyle::CaptionStrong);
    row->addWidget(m_title);
    row->addSpacing(8);
    for (int i = 0; i < kFirstStepCount; ++i) {
        const auto step = static_cast<FirstStep>(i);
        auto *button = new QToolButton;
        button->setObjectName(u"firstStep%1"_s.arg(i + 1));
        button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
        button->setFocusPolicy(Qt::TabFocus);
        theme::setKind(button, theme::ButtonKind::Ghost, theme::ButtonSize::Small);
        connect(button, &QToolButton::clicked, this, [this, step] { Q_EMIT chosen(step); });
        m_buttons[static_cast<std::size_t>(i)] = button;
        row->addWidget(button);
    }
    row->addStretch(1);
    auto *hide = new QPushButton(tr("Hide"));
    theme::setKind(hide, theme::ButtonKind::Ghost, theme::ButtonSize::Small);
    theme::setNames(hide, u"hideFirstSteps"_s, tr("Hide the first steps"));
    connect(hide, &QPushButton::clicked, this, &FirstSteps::hideAsked);
    row->addWidget(hide);
    theme::follow(theme, this, [this] { setFixedHeight(m_theme.height(theme::metrics::kPaneHeaderHeight)); });
    showState();
}

QString FirstSteps::textOf(FirstStep step)
{
    switch (step) {
    case FirstStep::Open:
        return tr("Open a folder");
    case FirstStep::AddMirror:
        return tr("Add a mirror");
    case FirstStep::SendRequests:
        return tr("Send 50 requests");
    case FirstStep::Compare:
        return tr("Compare the answers");
    }
    return {};
}

int FirstSteps::doneCount() const
{
    return static_cast<int>(std::count(m_isDone.begin(), m_isDone.end(), true));
}

int FirstSteps::bits() const
{
    int bits = 0;
    for (int i = 0; i < kFirstStepCount; ++i)
        bits |= m_isDone[static_cast<std::size_t>(i)] ? 1 << i : 0;
    return bits;
}

void FirstSteps::setBits(int bits)
{
    for (int i = 0; i < kFirstStepCount; ++i)
        m_isDone[static_cast<std::size_t>(i)] = (bits >> i & 1) != 0;
    showState();
}

void FirstSteps::setDone(FirstStep step)
{
    if (std::exchange(m_isDone[static_cast<std::size_t>(step)], true))
        return;
    showState();
    QAccessibleEvent event(m_buttons[static_cast<std::size_t>(step)], QAccessible::NameChanged);
    QAccessible::updateAccessibility(&event);
    Q_EMIT stepDone();
}

void FirstSteps::showState()
{
    const auto next = std::find(m_isDone.begin(), m_isDone.end(), false);
    for (int i = 0; i < kFirstStepCount; ++i) {
        const auto at = static_cast<std::size_t>(i);
        QToolButton *button = m_buttons[at];
        const QString text = textOf(static_cast<FirstStep>(i));
        const bool isNext = next != m_isDone.end() && next - m_isDone.begin() == i;
        button->setText(m_isDone[at] ? text : tr("%1. %2").arg(i + 1).arg(text));
        button->setToolTip(text);
        button->setAccessibleName(m_isDone[at] ? tr("Step %1, done: %2").arg(i + 1).arg(text)
                                               : tr("Step %1: %2").arg(i + 1).arg(text));
        button->setIcon(m_isDone[at] ? m_theme.icon(u"check"_s) : isNext ? m_theme.icon(u"arrow-right"_s) : QIcon());
    }
    fitTitle();
}

/// Where the steps need the room it says only how many are done.
void FirstSteps::fitTitle()
{
    const bool areAllDone = doneCount() == kFirstStepCount;
    m_title->setText(areAllDone ? tr("All four steps are done") : tr("First steps, %1 of 4").arg(doneCount()));
    if (!areAllDone && layout()->minimumSize().width() > width())
        m_title->setText(tr("%1 of 4").arg(doneCount()));
}

void FirstSteps::resizeEvent(QResizeEvent *event)
{
    Surface::resizeEvent(event);
    fitTitle();
}

} // namespace parallax::shell
