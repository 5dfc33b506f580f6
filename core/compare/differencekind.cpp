// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "compare/differencekind.h"

using namespace Qt::StringLiterals;

namespace parallax::compare {

QString toString(DifferenceKind kind)
{
    switch (kind) {
    case DifferenceKind::Added:
        return u"added"_s;
    case DifferenceKind::Removed:
        return u"removed"_s;
    case DifferenceKind::Changed:
        return u"changed"_s;
    case DifferenceKind::Type:
        return u"type"_s;
    case DifferenceKind::Order:
        return u"order"_s;
    case DifferenceKind::Status:
        return u"status"_s;
    case DifferenceKind::Header:
        return u"header"_s;
    case DifferenceKind::Text:
        return u"text"_s;
    case DifferenceKind::Bytes:
        return u"bytes"_s;
    }
    Q_UNREACHABLE();
}

} // namespace parallax::compare
