// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What is said when the command line itself is wrong, in words that name what was typed.
#pragma once

#include <CLI/CLI.hpp>

#include <QString>

namespace parallax::cli {

/// One line about what the parser refused. Where a command was expected and an unknown word stood there, it says so and
/// names the nearest command.
[[nodiscard]] QString usageFault(const CLI::App &parser, const CLI::ParseError &error);

/// Accepts integers from `least` on; CLI11's own validators print the largest double there is.
[[nodiscard]] CLI::Validator wholeNumber(qint64 least);
/// Accepts numbers from 0 on.
[[nodiscard]] CLI::Validator notNegative();

} // namespace parallax::cli
