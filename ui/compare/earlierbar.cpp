// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compare/earlierbar.h"

#include "ui/models/displaytext.h"
#include "ui/theme/controls.h"
#include "ui/theme/metrics.h"
#include "ui/theme/theme.h"
#include "ui/widgets/iconlabel.h"
#include "ui/widgets/label.h"
#include "ui/widgets/segmentedcontrol.h"

#include <QHBoxLayout>
#include <QToolButton>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;
using parallax::theme::Role;
using parallax::theme::TextStyle;
namespace metrics = parallax::theme::metrics;

namespace parallax::ui {

namespace {

constexpr std::array kChoices{replay::PairChange::New, replay::PairChange::Fixed, replay::PairChange::Differs};

} // namespace

EarlierBar::EarlierBar(const theme::Theme &theme, QWidget *parent)
    : Surface(theme, Role::Window, Qt::BottomEdge, parent)
{
    setObjectName(u"earlierBar"_s);
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(metrics::kPaneInset, 5, 8, 6);
    row->setSpacing(8);
    row->addWidget(new widgets::IconLabel(theme, u"clock"_s, Role::Text2, metrics::kSmallIconSize));
    m_name = new widgets::Label(theme, {}, TextStyle::Caption, Role::Text2);
    row->addWidget(m_name);
    m_choice = new widgets::SegmentedControl(theme, u"sinceFilter"_s, tr("Which pairs since the earlier run"));
    for (const QString &text : {tr("All pairs"), tr("New"), tr("Fixed"), tr("Still different")})
        m_choice->addSegment(text);
    connect(m_choice, &widgets::SegmentedControl::chosen, this, &EarlierBar::chosenChanged);
    row->addWidget(m_choice);
    m_rest = new widgets::Label(theme, {}, TextStyle::Caption, Role::Muted);
    m_rest->setElideMode(Qt::ElideRight);
    row->addWidget(m_rest, 1);
    auto *close = new QToolButton;
    close->setIcon(theme.icon(u"close"_s));
    close->setToolTip(tr("Compare without the earlier run"));
    theme::setNames(close, u"forgetEarlier"_s, tr("Forget the earlier run"));
    connect(close, &QToolButton::clicked, this, &EarlierBar::dismissed);
    row->addWidget(close);
}

void EarlierBar::setChange(const QString &earlier, const replay::RunComparison &comparison, const QString &mirror)
{
    m_name->setText(tr("Since %1").arg(earlier));
    const auto found = std::find_if(comparison.mirrors.begin(), comparison.mirrors.end(),
                                    [&mirror](const replay::MirrorChange &change) { return change.mirror == mirror; });
    const bool isKnown = found != comparison.mirrors.end();
    const replay::MirrorChange change = isKnown ? *found : replay::MirrorChange{};
    m_choice->setCurrent(0);
    const std::array counts{change.broken, change.fixed, change.differ};
    for (std::size_t i = 0; i < counts.size(); ++i) {
        const int segment = static_cast<int>(i) + 1;
        m_choice->setSegmentCount(segment, isKnown ? counts[i] : -1);
        m_choice->setSegmentEnabled(segment, counts[i] > 0, tr("No pair of this mirror is like that"));
    }
    QStringList rest;
    if (isKnown)
        rest += tr("%1 still agree").arg(display::count(change.agree));
    else
        rest += tr("no request of the earlier run went to %1").arg(mirror);
    if (change.unknown > 0)
        rest += tr("%1 cannot tell").arg(display::count(change.unknown));
    if (comparison.onlyBefore > 0)
        rest += tr("%1 requests only in the earlier run").arg(display::count(comparison.onlyBefore));
    if (comparison.onlyAfter > 0)
        rest += tr("%1 only in this one").arg(display::count(comparison.onlyAfter));
    m_rest->setText(rest.join(u", "_s));
}

std::optional<replay::PairChange> EarlierBar::chosen() const
{
    const int current = m_choice->current();
    if (current < 1)
        return std::nullopt;
    return kChoices[static_cast<std::size_t>(current) - 1];
}

} // namespace parallax::ui
