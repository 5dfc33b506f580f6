// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wording/tables.h"

#include <QCoreApplication>

namespace parallax::wording {

std::span<const Sentence> yamlSentences()
{
    static constexpr Sentence kSentences[] = {
        {"yaml-too-large",
         QT_TRANSLATE_NOOP("parallax::wording", "Is larger than {limit} bytes, the most that is read as YAML"),
         nullptr},
        {"yaml-encoding", QT_TRANSLATE_NOOP("parallax::wording", "Is not UTF-8 text"),
         QT_TRANSLATE_NOOP("parallax::wording", "Save the file as UTF-8")},
        {"yaml-foreign-encoding", QT_TRANSLATE_NOOP("parallax::wording", "Is {encoding} text; only UTF-8 is read"),
         QT_TRANSLATE_NOOP("parallax::wording", "Save the file as UTF-8")},
        {"yaml-control-character",
         QT_TRANSLATE_NOOP("parallax::wording", "Has the character {character}, which YAML does not allow"), nullptr},
        {"yaml-syntax", QT_TRANSLATE_NOOP("parallax::wording", "Is not valid YAML: {detail}"), nullptr},
        {"yaml-tab", QT_TRANSLATE_NOOP("parallax::wording", "A tab indents this line; YAML allows only spaces there"),
         QT_TRANSLATE_NOOP("parallax::wording", "Replace the tab by spaces")},
        {"yaml-several-documents",
         QT_TRANSLATE_NOOP("parallax::wording", "A second YAML document begins here; only one is read"), nullptr},
        {"yaml-too-deep", QT_TRANSLATE_NOOP("parallax::wording", "Is nested deeper than {limit} levels"), nullptr},
        {"yaml-too-many-nodes",
         QT_TRANSLATE_NOOP("parallax::wording", "Has more than {limit} values when its aliases are followed"), nullptr},
        {"yaml-duplicate-key",
         QT_TRANSLATE_NOOP("parallax::wording",
                           "The key \"{key}\" stands here a second time; the first is in line {firstLine}"),
         nullptr},
        {"yaml-complex-key",
         QT_TRANSLATE_NOOP("parallax::wording", "A key here is empty, an alias, a list or a mapping"), nullptr},
        {"yaml-unknown-alias", QT_TRANSLATE_NOOP("parallax::wording", "Nothing above is named \"&{alias}\""), nullptr},
        {"yaml-cycle", QT_TRANSLATE_NOOP("parallax::wording", "The alias \"*{alias}\" contains itself"), nullptr},
        {"yaml-parsers-disagree",
         QT_TRANSLATE_NOOP("parallax::wording", "Two YAML parsers read this differently, so it is not edited by form"),
         QT_TRANSLATE_NOOP("parallax::wording", "Write this part in a simpler way")},
        {"yaml-edit-unsafe",
         QT_TRANSLATE_NOOP("parallax::wording", "Is written in a way that cannot be edited by form without risk"),
         QT_TRANSLATE_NOOP("parallax::wording", "Edit it as text")},
        {"yaml-no-such-path", QT_TRANSLATE_NOOP("parallax::wording", "Has no \"{path}\""), nullptr},
        {"yaml-key-exists", QT_TRANSLATE_NOOP("parallax::wording", "Has a key \"{key}\" already"), nullptr},
        {"yaml-key-invalid", QT_TRANSLATE_NOOP("parallax::wording", "\"{key}\" cannot be a key"), nullptr},
        {"yaml-no-block-form",
         QT_TRANSLATE_NOOP("parallax::wording", "Anchors, aliases, tags and merge keys have no canonical form"),
         QT_TRANSLATE_NOOP("parallax::wording", "Write out what they stand for")},
    };
    return kSentences;
}

} // namespace parallax::wording
