// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/edit/targetlist.h"

#include "ui/theme/metrics.h"
#include "ui/theme/theme.h"
#include "ui/widgets/iconlabel.h"
#include "ui/widgets/label.h"
#include "ui/widgets/surface.h"

#include <QHBoxLayout>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;
using parallax::theme::Role;
using parallax::theme::TextStyle;
namespace metrics = parallax::theme::metrics;

namespace parallax::ui {

namespace {

constexpr int kNameWidth = 124; ///< where the second column of the tables above begins
constexpr int kRowHeight = 31;

struct Mark
{
    QString icon;
    Role role;
    QString text;
};

Mark markOf(const TargetState &state)
{
    using Kind = TargetState::Kind;
    switch (state.kind) {
    case Kind::Missing:
        return {u"warning"_s, Role::Warning, TargetList::tr("No target matches")};
    case Kind::Invalid:
    case Kind::Unreachable:
        return {u"error"_s, Role::Error, state.text};
    case Kind::Fixed:
        return {u"check"_s, Role::Ok, TargetList::tr("Answered by the router")};
    case Kind::StartedByUs:
        return {u"clock"_s, Role::Muted, TargetList::tr("Starts with the router")};
    case Kind::NotChecked:
        return {u"globe"_s, Role::Muted, TargetList::tr("Beyond this machine, not tried")};
    case Kind::Checking:
        return {u"clock"_s, Role::Muted, TargetList::tr("Looking")};
    case Kind::Reachable:
        return {u"check"_s, Role::Ok,
                state.milliseconds < 1 ? TargetList::tr("Takes connections, under 1 ms")
                                       : TargetList::tr("Takes connections, %1 ms").arg(qRound(state.milliseconds))};
    }
    return {};
}

} // namespace

TargetList::TargetList(const theme::Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_rows(new QVBoxLayout(this))
{
    setObjectName(u"localTargets"_s);
    m_rows->setContentsMargins(0, 0, 0, 0);
    m_rows->setSpacing(0);
}

void TargetList::setStates(const QList<TargetState> &states)
{
    if (states == m_states)
        return;
    m_states = states;
    while (QLayoutItem *item = m_rows->takeAt(0)) {
        if (item->widget() != nullptr) {
            item->widget()->hide();
            item->widget()->deleteLater();
        }
        delete item;
    }
    m_rows->addWidget(widgets::hairline(m_theme, Qt::Horizontal));
    for (const TargetState &state : m_states)
        addRow(state);
}

void TargetList::addRow(const TargetState &state)
{
    auto *line = new QWidget;
    theme::follow(m_theme, line, [this, line] { line->setFixedHeight(m_theme.height(kRowHeight) - 1); });
    auto *row = new QHBoxLayout(line);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(metrics::kIconGap);
    auto *shape = new widgets::IconLabel(m_theme, {}, Role::Muted, metrics::kSmallIconSize);
    shape->setIdentity(state.identity);
    row->addWidget(shape);
    auto *name = new widgets::Label(m_theme, state.name);
    name->setElideMode(Qt::ElideRight);
    theme::follow(m_theme, name, [this, name] {
        name->setFixedWidth(m_theme.width(kNameWidth) - m_theme.scaled(metrics::kSmallIconSize) -
                            2 * metrics::kIconGap);
    });
    name->setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Preferred);
    row->addWidget(name);
    auto *place = new widgets::Label(m_theme, state.place, TextStyle::Code, Role::Text2);
    place->setElideMode(Qt::ElideMiddle);
    row->addWidget(place, 3);
    const Mark mark = markOf(state);
    row->addWidget(new widgets::IconLabel(m_theme, mark.icon, mark.role, metrics::kSmallIconSize));
    auto *says = new widgets::Label(m_theme, mark.text, TextStyle::Body, Role::Text2);
    if (mark.role == Role::Error) {
        says->setElideMode(Qt::ElideRight);
        row->addWidget(says, 2);
    } else {
        row->addWidget(says);
    }
    m_rows->addWidget(line);
    m_rows->addWidget(widgets::hairline(m_theme, Qt::Horizontal));
}

} // namespace parallax::ui
