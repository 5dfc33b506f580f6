// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compare/sidehead.h"

#include "ui/theme/metrics.h"
#include "ui/theme/theme.h"
#include "ui/widgets/iconlabel.h"
#include "ui/widgets/label.h"

#include <QHBoxLayout>

using parallax::theme::Role;
using parallax::theme::TextStyle;

namespace parallax::ui {

SideHead::SideHead(const theme::Theme &theme, QWidget *parent)
    : QWidget(parent)
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(12, 0, 14, 0);
    row->setSpacing(theme::metrics::kIconGap);
    m_shape = new widgets::IconLabel(theme, {}, Role::Muted, theme::metrics::kSmallIconSize);
    m_name = new widgets::Label(theme, {}, TextStyle::Name);
    m_deployment = new widgets::Label(theme, {}, TextStyle::Caption, Role::Text2);
    m_deployment->setElideMode(Qt::ElideRight);
    m_status = new widgets::Label(theme, {}, TextStyle::Body);
    m_duration = new widgets::Label(theme, {}, TextStyle::Body, Role::Text2);
    row->addWidget(m_shape);
    row->addWidget(m_name);
    row->addWidget(m_deployment, 1);
    row->addWidget(m_status);
    row->addWidget(m_duration);
    setFixedHeight(30);
    m_shape->hide();
}

void SideHead::setSide(const PairView::Side &side, int identity)
{
    m_shape->setIdentity(identity);
    m_shape->show();
    m_name->setText(side.name);
    m_deployment->setText(side.deployment);
    m_status->setText(side.status);
    m_duration->setText(side.duration);
}

} // namespace parallax::ui
