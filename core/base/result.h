// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"

#include <tl/expected.hpp>

namespace parallax {

/// A value or the reason why there is none. Nothing in core throws across a room's border.
template<class T>
using Result = tl::expected<T, Error>;

using Status = Result<void>;

[[nodiscard]] inline tl::unexpected<Error> fail(Error error)
{
    return tl::unexpected<Error>(std::move(error));
}

[[nodiscard]] inline tl::unexpected<Error> fail(ErrorCode code, QVariantMap args = {}, QString detail = {})
{
    return tl::unexpected<Error>(Error{code, std::move(args), {}, std::move(detail)});
}

} // namespace parallax
