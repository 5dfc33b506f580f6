// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/wording/wording.h"

#include <span>

namespace parallax::wording {

// One table a room, each in a file of its own.
[[nodiscard]] std::span<const Sentence> baseSentences();
[[nodiscard]] std::span<const Sentence> yamlSentences();
[[nodiscard]] std::span<const Sentence> endpointsSentences();
[[nodiscard]] std::span<const Sentence> repositorySentences();
[[nodiscard]] std::span<const Sentence> targetsSentences();
[[nodiscard]] std::span<const Sentence> httpSentences();
[[nodiscard]] std::span<const Sentence> routerSentences();
[[nodiscard]] std::span<const Sentence> trafficSentences();
[[nodiscard]] std::span<const Sentence> replaySentences();
[[nodiscard]] std::span<const Sentence> compareSentences();
[[nodiscard]] std::span<const Sentence> reportSentences();
[[nodiscard]] std::span<const Sentence> cliSentences();

} // namespace parallax::wording
