// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What came of a pair, as the signs show it.
#pragma once

#include "traffic/exchange.h"
#include "ui/widgets/outcomeglyph.h"

namespace parallax::widgets {

/// None while an answer is awaited and for what cannot be compared.
[[nodiscard]] OutcomeGlyph glyphOf(traffic::Outcome outcome);

} // namespace parallax::widgets
