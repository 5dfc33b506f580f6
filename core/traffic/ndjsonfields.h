// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The fields of an NDJSON exchange, read one after another as simdjson comes to them.
#pragma once

#include "base/error.h"
#include "traffic/exchange.h"

#include <simdjson.h>

#include <optional>

namespace parallax::traffic::ndjson {

/// What is wrong with a field; the first one counts.
struct Trouble
{
    std::optional<Error> error;
    void field(const char *name, const char *expected);
};

/// Empty when it is no valid key.
[[nodiscard]] std::string_view keyOf(simdjson::ondemand::field &field);

/// One field of the line's object. Unknown ones are left alone. `hasRequest` becomes true at `req`.
void readField(std::string_view key, simdjson::ondemand::value value, Exchange &exchange, bool &hasRequest,
               Trouble &trouble);

} // namespace parallax::traffic::ndjson
