// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wording/tables.h"

#include <QCoreApplication>

namespace parallax::wording {

std::span<const Sentence> baseSentences()
{
    static constexpr Sentence kSentences[] = {
        {"file-not-found", QT_TRANSLATE_NOOP("parallax::wording", "There is no such file or folder"), nullptr},
        {"file-unreadable", QT_TRANSLATE_NOOP("parallax::wording", "Cannot be read: {detail}"), nullptr},
        {"file-too-large",
         QT_TRANSLATE_NOOP("parallax::wording", "Is larger than {limit} bytes, the most that is read"), nullptr},
        {"file-not-written",
         QT_TRANSLATE_NOOP("parallax::wording", "Could not be saved, the old content is intact: {detail}"), nullptr},
        {"file-not-created", QT_TRANSLATE_NOOP("parallax::wording", "Could not be created: {detail}"), nullptr},
        {"file-not-synced",
         QT_TRANSLATE_NOOP("parallax::wording", "Was saved, but may not outlast a power failure: {detail}"), nullptr},
        {"file-exists", QT_TRANSLATE_NOOP("parallax::wording", "Exists already"),
         QT_TRANSLATE_NOOP("parallax::wording", "Use --force to replace it")},
        {"bad-duration", QT_TRANSLATE_NOOP("parallax::wording", "“{text}” is no duration"),
         QT_TRANSLATE_NOOP("parallax::wording", "Write 250ms, 1.5s, 2m or 1m30s")},
        {"cancelled", QT_TRANSLATE_NOOP("parallax::wording", "Stopped"), nullptr},
    };
    return kSentences;
}

} // namespace parallax::wording
