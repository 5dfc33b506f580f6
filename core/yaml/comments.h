// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "yaml/document.h"

#include <QByteArray>
#include <QList>

namespace parallax::yaml {

/// One comment of a document, from its `#` to the end of the line without trailing space.
struct Comment
{
    qsizetype begin = 0;
    QByteArray text;
    bool hasOwnLine = false; ///< nothing but spaces before it
    int column = 0;          ///< in bytes, from 1
};

/// All comments in the order of the file. Any thread.
[[nodiscard]] QList<Comment> commentsOf(const Document &document);

} // namespace parallax::yaml
