// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wording/tables.h"

#include <QCoreApplication>

namespace parallax::wording {

std::span<const Sentence> trafficSentences()
{
    static constexpr Sentence kSentences[] = {
        {"capture-not-one", QT_TRANSLATE_NOOP("parallax::wording", "Is no Parallax capture"), nullptr},
        {"capture-newer",
         QT_TRANSLATE_NOOP("parallax::wording",
                           "Was made by a newer Parallax: its format is {version}, this one reads up to {supported}"),
         QT_TRANSLATE_NOOP("parallax::wording", "Update Parallax, or export the capture as NDJSON with the newer one")},
        {"capture-corrupt", QT_TRANSLATE_NOOP("parallax::wording", "The capture is damaged: {detail}"),
         QT_TRANSLATE_NOOP("parallax::wording", "`sqlite3 FILE .recover` may save what can still be read")},
        {"capture-busy", QT_TRANSLATE_NOOP("parallax::wording", "Is being written by another process ({pid})"),
         QT_TRANSLATE_NOOP("parallax::wording", "Stop that one first, or record into another file")},
        {"capture-not-opened", QT_TRANSLATE_NOOP("parallax::wording", "Cannot be opened: {detail}"), nullptr},
        {"capture-not-written",
         QT_TRANSLATE_NOOP("parallax::wording", "Could not be written, what was recorded before is intact: {detail}"),
         nullptr},
        {"capture-disk-full",
         QT_TRANSLATE_NOOP("parallax::wording", "The disk is full; recording pauses, the traffic goes on"),
         QT_TRANSLATE_NOOP("parallax::wording", "Free some space: recording goes on by itself")},
        {"capture-no-exchange", QT_TRANSLATE_NOOP("parallax::wording", "Has no exchange {id}"), nullptr},
        {"redaction-bad-key",
         QT_TRANSLATE_NOOP("parallax::wording", "`{key}` is not known in the rules for secrets, or has a wrong value"),
         QT_TRANSLATE_NOOP("parallax::wording",
                           "headers, fields, queryKeys and keep are lists of names; enabled and defaults are true or "
                           "false")},
        {"import-unknown-format", QT_TRANSLATE_NOOP("parallax::wording", "Is in no format that can be imported"),
         QT_TRANSLATE_NOOP("parallax::wording", "Name the format with --from if you know it")},
        {"import-convert", QT_TRANSLATE_NOOP("parallax::wording", "Is a file of {format}, which is not read directly"),
         QT_TRANSLATE_NOOP("parallax::wording", "Convert it first: {command}")},
        {"import-wrong-format", QT_TRANSLATE_NOOP("parallax::wording", "Is not {format}: {what}"), nullptr},
        {"import-encoding", QT_TRANSLATE_NOOP("parallax::wording", "Is written in {encoding}; only UTF-8 is read"),
         QT_TRANSLATE_NOOP("parallax::wording", "Convert it with `iconv -t UTF-8`")},
        {"import-truncated", QT_TRANSLATE_NOOP("parallax::wording", "Ends in the middle of a record"), nullptr},
        {"import-compressed", QT_TRANSLATE_NOOP("parallax::wording", "The compressed data are damaged: {detail}"),
         nullptr},
        {"import-bomb", QT_TRANSLATE_NOOP("parallax::wording", "Unpacks to more than {ratio} times its size"), nullptr},
        {"import-read-failed", QT_TRANSLATE_NOOP("parallax::wording", "Could not be read to its end: {detail}"),
         nullptr},
        {"import-bad-json", QT_TRANSLATE_NOOP("parallax::wording", "No valid JSON: {detail}"), nullptr},
        {"import-bad-field", QT_TRANSLATE_NOOP("parallax::wording", "`{field}` should be {expected}"), nullptr},
        {"import-missing-field", QT_TRANSLATE_NOOP("parallax::wording", "`{field}` is missing"), nullptr},
        {"import-record-too-large", QT_TRANSLATE_NOOP("parallax::wording", "The record is larger than {limit} bytes"),
         nullptr},
        {"import-no-request", QT_TRANSLATE_NOOP("parallax::wording", "The record has no request: {what}"), nullptr},
        {"import-needs-file",
         QT_TRANSLATE_NOOP("parallax::wording", "The command sends the file `{name}`, which is not read unasked"),
         QT_TRANSLATE_NOOP("parallax::wording", "Allow the folder it lies in, or put the content into the command")},
        {"import-bad-message", QT_TRANSLATE_NOOP("parallax::wording", "Is no HTTP message: {what}"), nullptr},
        {"export-unknown-format",
         QT_TRANSLATE_NOOP("parallax::wording", "There is no export to `{format}`; known are {known}"), nullptr},
        {"export-not-possible",
         QT_TRANSLATE_NOOP("parallax::wording", "Exchange {id} does not fit this format: {what}"), nullptr},
        {"export-failed", QT_TRANSLATE_NOOP("parallax::wording", "Could not be written: {detail}"), nullptr},
    };
    return kSentences;
}

} // namespace parallax::wording
