// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The one formatter of what tables and labels show; the user's locale for numbers and times.
#pragma once

#include "base/clock.h"
#include "compare/comparison.h"
#include "traffic/exchange.h"

#include <QString>

namespace parallax::ui::display {

[[nodiscard]] QString timeOfDay(WallTime time);                  ///< local, `12:04:08.144`
[[nodiscard]] QString byteCount(qint64 bytes);                   ///< `1.2 KB`
[[nodiscard]] QString count(qint64 value);                       ///< `5,000`
[[nodiscard]] QString percent(double rate);                      ///< `98.2%`, an en dash for none
[[nodiscard]] QString figure(double value);                      ///< shortest useful form
[[nodiscard]] QString signedFigure(double value);                ///< `+312.4`
[[nodiscard]] QString duration(double milliseconds);             ///< `41 ms`, `1.2 s`, `3 min 12 s`
[[nodiscard]] QString milliseconds(const traffic::Reply &reply); ///< `41 ms`, empty when none
[[nodiscard]] QString age(WallTime time, WallTime now);          ///< `3 h ago`, `yesterday`, `12 May`
/// A tooltip that shows `text` literally: item tooltips guess whether a text is HTML, this leaves nothing to guess.
[[nodiscard]] QString plainToolTip(const QString &text);
/// `text` as buttons and menus show it literally: an ampersand would mark a mnemonic.
[[nodiscard]] QString withoutMnemonic(const QString &text);
/// `200`, `no answer`, `failed`, `dropped`, `waiting`.
[[nodiscard]] QString answer(const traffic::Reply &reply);
[[nodiscard]] QString outcomeName(traffic::Outcome outcome); ///< `equal by rule`
[[nodiscard]] QString verdictName(compare::Verdict verdict); ///< `Not equivalent`
[[nodiscard]] QString kindName(compare::DifferenceKind kind);
[[nodiscard]] QString kindSign(compare::DifferenceKind kind); ///< `~ + − T ⇅`

} // namespace parallax::ui::display
