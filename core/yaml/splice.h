// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "yaml/node.h"

#include <QByteArray>
#include <QList>

namespace parallax::yaml {

/// Replaces the bytes of `span` by `text`; an empty span inserts.
struct Splice
{
    Span span;
    QByteArray text;
};

/// All splices at once; they must not overlap. Those at one place keep their order. Every byte outside of them stays.
[[nodiscard]] QByteArray spliced(const QByteArray &bytes, QList<Splice> splices);

} // namespace parallax::yaml
