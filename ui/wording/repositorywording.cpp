// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wording/tables.h"

namespace parallax::wording {

std::span<const Sentence> repositorySentences()
{
    return {};
}

} // namespace parallax::wording
