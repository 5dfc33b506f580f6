// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wording/tables.h"

#include <QCoreApplication>

namespace parallax::wording {

std::span<const Sentence> cliSentences()
{
    static constexpr Sentence kSentences[] = {
        {"usage", QT_TRANSLATE_NOOP("parallax::wording", "{detail}"),
         QT_TRANSLATE_NOOP("parallax::wording", "See parallax-cli --help")},
        {"no-repository",
         QT_TRANSLATE_NOOP(
             "parallax::wording",
             "{folder} is not inside a Modelbit repository (a folder with endpoints, deployments or .workspace)"),
         QT_TRANSLATE_NOOP("parallax::wording", "Name one with --repo")},
        {"unknown-endpoint", QT_TRANSLATE_NOOP("parallax::wording", "There is no endpoint {endpoint}"), nullptr},
        {"several-endpoints", QT_TRANSLATE_NOOP("parallax::wording", "The capture has several endpoints: {endpoints}"),
         QT_TRANSLATE_NOOP("parallax::wording", "Choose one with --endpoint")},
        {"nothing-readable", QT_TRANSLATE_NOOP("parallax::wording", "Nothing in it could be read as traffic"), nullptr},
        {"source-empty",
         QT_TRANSLATE_NOOP("parallax::wording", "The file is empty, so there is nothing to send or compare"), nullptr},
        {"host-not-allowed", QT_TRANSLATE_NOOP("parallax::wording", "{host} is not this machine"),
         QT_TRANSLATE_NOOP("parallax::wording", "Allow it with --allow-host {host}")},
        {"unknown-format", QT_TRANSLATE_NOOP("parallax::wording", "There is no format {format}; known are {formats}"),
         nullptr},
        {"no-target-reachable",
         QT_TRANSLATE_NOOP("parallax::wording", "The primary could not be reached for any of {count} requests"),
         nullptr},
        {"report-place", QT_TRANSLATE_NOOP("parallax::wording", "The report cannot be written there: {detail}"),
         nullptr},
    };
    return kSentences;
}

} // namespace parallax::wording
