// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wording/tables.h"

#include <QCoreApplication>

namespace parallax::wording {

std::span<const Sentence> reportSentences()
{
    static constexpr Sentence kSentences[] = {
        {"report-format-unknown",
         QT_TRANSLATE_NOOP("parallax::wording",
                           "No report is written as {file}: its ending is none of .html .md .json .xml"),
         nullptr},
    };
    return kSentences;
}

} // namespace parallax::wording
