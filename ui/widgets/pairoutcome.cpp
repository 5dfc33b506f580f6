// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/pairoutcome.h"

namespace parallax::widgets {

OutcomeGlyph glyphOf(traffic::Outcome outcome)
{
    using traffic::Outcome;
    switch (outcome) {
    case Outcome::Pending:
    case Outcome::NotComparable:
        return OutcomeGlyph::None;
    case Outcome::Equal:
    case Outcome::BothErrorSame:
        return OutcomeGlyph::Equal;
    case Outcome::EqualByRule:
        return OutcomeGlyph::ByRule;
    case Outcome::Different:
    case Outcome::BothErrorDifferent:
        return OutcomeGlyph::Different;
    case Outcome::PrimaryError:
    case Outcome::MirrorError:
        return OutcomeGlyph::Error;
    case Outcome::Timeout:
        return OutcomeGlyph::Timeout;
    case Outcome::Dropped:
        return OutcomeGlyph::Dropped;
    }
    Q_UNREACHABLE();
}

} // namespace parallax::widgets
