// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "yaml/node.h"

#include <QByteArray>
#include <QList>

namespace parallax::yaml {

struct Limits;

/// One event of the strict parser (libfyaml), flat and without its memory. Spans are bytes of the file. `text` is
/// UTF-8, unescaped; of an alias the anchor's name.
struct Event
{
    enum class Type { Scalar, Alias, SequenceStart, SequenceEnd, MappingStart, MappingEnd };
    Type type = Type::Scalar;
    QByteArray text;
    ScalarStyle style = ScalarStyle::Plain;
    bool isEmpty = false; ///< a scalar of which nothing is written; `token` is unset
    bool isFlow = false;
    Span token;  ///< as libfyaml marks it: inside of quotes, after `*`, the lines below the header of a block scalar
    Span anchor; ///< with its `&`; empty when there is none
    Span tag;
    QByteArray anchorName;
    QByteArray tagText; ///< as written
};

struct EventStream
{
    QList<Event> events;       ///< of the one document; empty when there is none
    qsizetype contentFrom = 0; ///< where the document's content may begin: after BOM, directives and `---`
};

/// Runs the strict parser over bytes that passed the gate and refuses what it refuses, a second document, and nesting
/// beyond the limit, each with line and column. Any thread.
[[nodiscard]] Result<EventStream> strictEvents(const QByteArray &bytes, const QString &file, const Limits &limits);

} // namespace parallax::yaml
