// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "report/reportinput.h"

namespace parallax::report {

/// A reason, note or error as the face that asks for the report words it; its code without a wording.
[[nodiscard]] inline QString words(const ReportInput &input, const Error &error)
{
    return input.wording ? input.wording(error) : error.code.toString();
}

} // namespace parallax::report
