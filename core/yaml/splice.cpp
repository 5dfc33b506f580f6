// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "yaml/splice.h"

#include <algorithm>

namespace parallax::yaml {

QByteArray spliced(const QByteArray &bytes, QList<Splice> splices)
{
    std::stable_sort(splices.begin(), splices.end(),
                     [](const Splice &a, const Splice &b) { return a.span.begin < b.span.begin; });
    QByteArray out;
    out.reserve(bytes.size() + 256);
    qsizetype at = 0;
    for (const Splice &splice : std::as_const(splices)) {
        Q_ASSERT(splice.span.begin >= at && splice.span.end >= splice.span.begin && splice.span.end <= bytes.size());
        out += QByteArrayView(bytes).sliced(at, splice.span.begin - at);
        out += splice.text;
        at = splice.span.end;
    }
    return out += QByteArrayView(bytes).sliced(at);
}

} // namespace parallax::yaml
