// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "yaml/events.h"

namespace parallax::yaml {

/// Lets yaml-cpp read the same bytes and compares what it sees, event by event: kinds, texts, nulls, anchors. Where the
/// two parsers differ no edit could be trusted, so the file is refused at that place. Any thread; yaml-cpp's exceptions
/// end here.
[[nodiscard]] Status secondParserAgrees(const QByteArray &bytes, const QString &file, const EventStream &strict);

} // namespace parallax::yaml
