// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/outcomeglyph.h"

#include "ui/theme/theme.h"

using namespace Qt::StringLiterals;

namespace parallax::widgets {

using theme::Role;

QString outcomeIconName(OutcomeGlyph glyph)
{
    switch (glyph) {
    case OutcomeGlyph::None:
        return u"out-none"_s;
    case OutcomeGlyph::Equal:
        return u"out-equal"_s;
    case OutcomeGlyph::ByRule:
        return u"out-rule"_s;
    case OutcomeGlyph::Different:
        return u"out-different"_s;
    case OutcomeGlyph::Error:
        return u"out-error"_s;
    case OutcomeGlyph::Timeout:
        return u"out-timeout"_s;
    case OutcomeGlyph::Dropped:
        return u"out-dropped"_s;
    }
    return {};
}

Role outcomeRole(OutcomeGlyph glyph)
{
    switch (glyph) {
    case OutcomeGlyph::Equal:
    case OutcomeGlyph::ByRule:
        return Role::Equal;
    case OutcomeGlyph::Different:
        return Role::Different;
    case OutcomeGlyph::Error:
    case OutcomeGlyph::Timeout:
        return Role::Error;
    case OutcomeGlyph::Dropped:
        return Role::Dropped;
    case OutcomeGlyph::None:
        return Role::Muted;
    }
    return Role::Muted;
}

Role outcomeChartRole(OutcomeGlyph glyph)
{
    switch (glyph) {
    case OutcomeGlyph::Equal:
        return Role::ChartEqual;
    case OutcomeGlyph::ByRule:
        return Role::ChartRule;
    case OutcomeGlyph::Different:
        return Role::ChartDiff;
    case OutcomeGlyph::Error:
    case OutcomeGlyph::Timeout:
        return Role::ChartError;
    case OutcomeGlyph::Dropped:
        return Role::ChartDropped;
    case OutcomeGlyph::None:
        return Role::Pressed;
    }
    return Role::Pressed;
}

void paintOutcome(QPainter &painter, const QRectF &rect, const theme::Theme &theme, OutcomeGlyph glyph)
{
    theme.paintIcon(painter, rect, outcomeIconName(glyph), outcomeRole(glyph));
}

} // namespace parallax::widgets
