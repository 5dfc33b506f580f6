// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wording/tables.h"

#include <QCoreApplication>

namespace parallax::wording {

std::span<const Sentence> targetsSentences()
{
    static constexpr Sentence kSentences[] = {
        {"targets-not-a-list", QT_TRANSLATE_NOOP("parallax::wording", "\"targets\" has to be a list"), nullptr},
        {"target-kind-missing", QT_TRANSLATE_NOOP("parallax::wording", "This target does not say where it answers"),
         QT_TRANSLATE_NOOP("parallax::wording", "Give it one of url, process, source, static or modelbit")},
        {"target-kind-several",
         QT_TRANSLATE_NOOP("parallax::wording", "This target answers in more than one way: {kinds}"), nullptr},
        {"target-value-invalid", QT_TRANSLATE_NOOP("parallax::wording", "\"{text}\" is no value for \"{key}\""),
         nullptr},
        {"target-value-missing", QT_TRANSLATE_NOOP("parallax::wording", "\"{key}\" is missing or empty"), nullptr},
        {"target-duration-invalid", QT_TRANSLATE_NOOP("parallax::wording", "\"{text}\" is no duration for \"{key}\""),
         QT_TRANSLATE_NOOP("parallax::wording", "Write it as 500ms, 30s or 2m, at most 24h")},
        {"target-url-invalid", QT_TRANSLATE_NOOP("parallax::wording", "\"{url}\" is no http or https address"),
         nullptr},
        {"target-url-credentials",
         QT_TRANSLATE_NOOP("parallax::wording", "A user name or password does not belong in an address"),
         QT_TRANSLATE_NOOP("parallax::wording", "Set a header: Authorization: \"${secret:NAME}\"")},
        {"target-placeholder-unknown",
         QT_TRANSLATE_NOOP("parallax::wording", "Nothing is known to fill in for {placeholder}"),
         QT_TRANSLATE_NOOP("parallax::wording",
                           "Known are {deployment}, {branch}, {version}, ${secret:NAME} and ${env:NAME}")},
        {"target-header-invalid", QT_TRANSLATE_NOOP("parallax::wording", "\"{name}\" or its value is no HTTP header"),
         nullptr},
        {"target-header-reserved",
         QT_TRANSLATE_NOOP("parallax::wording", "The header {name} belongs to the connection and cannot be set"),
         nullptr},
        {"target-literal-secret",
         QT_TRANSLATE_NOOP("parallax::wording", "{name} holds a key in a file that is made to be committed"),
         QT_TRANSLATE_NOOP("parallax::wording", "Write \"${secret:NAME}\" or \"${env:NAME}\" instead")},
        {"target-tls-unverified",
         QT_TRANSLATE_NOOP("parallax::wording",
                           "The certificate is not verified: anybody on the way can read and change what is sent"),
         nullptr},
        {"target-tls-unused", QT_TRANSLATE_NOOP("parallax::wording", "\"tls\" has no effect: the address is no https"),
         nullptr},
        {"target-shadowed",
         QT_TRANSLATE_NOOP("parallax::wording", "This target is never used: the one at line {line} matches before it"),
         nullptr},
        {"target-not-configured", QT_TRANSLATE_NOOP("parallax::wording", "No target says where {target} answers"),
         QT_TRANSLATE_NOOP("parallax::wording", "Add one to .parallax/targets.yaml")},
        {"secret-missing", QT_TRANSLATE_NOOP("parallax::wording", "The secret {name} is not known"),
         QT_TRANSLATE_NOOP("parallax::wording", "Set the environment variable {variable}")},
        {"environment-missing", QT_TRANSLATE_NOOP("parallax::wording", "The environment variable {name} is not set"),
         nullptr},
        {"target-no-python",
         QT_TRANSLATE_NOOP("parallax::wording", "{target} runs from its source and needs {python}, which is not there"),
         QT_TRANSLATE_NOOP("parallax::wording",
                           "Install Python 3, or try it against the built-in model of parallax-cli simulate")},
        {"target-program-missing",
         QT_TRANSLATE_NOOP("parallax::wording", "{target} is started by {program}, which is not there"), nullptr},
        {"target-no-source", QT_TRANSLATE_NOOP("parallax::wording", "{target} has no source.py"), nullptr},
        {"target-no-main-function",
         QT_TRANSLATE_NOOP("parallax::wording", "The metadata.yaml of {target} does not name a mainFunction"), nullptr},
        {"target-did-not-start", QT_TRANSLATE_NOOP("parallax::wording", "{target} did not start ({exit}): {lines}"),
         nullptr},
        {"target-not-ready",
         QT_TRANSLATE_NOOP("parallax::wording", "{target} was not ready within {seconds} s: {lines}"), nullptr},
        {"target-ended", QT_TRANSLATE_NOOP("parallax::wording", "{target} ended ({exit}): {lines}"), nullptr},
    };
    return kSentences;
}

} // namespace parallax::wording
