// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wording/tables.h"

#include <QCoreApplication>

namespace parallax::wording {

#define WORDS(text) QT_TRANSLATE_NOOP("parallax::wording", text)

std::span<const Sentence> routerSentences()
{
    static constexpr Sentence kSentences[] = {
        {"router-port-in-use", WORDS("Port {port} of {address} is in use by {process} (process {pid})"),
         WORDS("Stop that program, or choose another port; port 0 takes a free one")},
        {"router-port-in-use-unknown", WORDS("Port {port} of {address} is in use by another program"),
         WORDS("Stop that program, or choose another port; port 0 takes a free one")},
        {"router-listen-failed", WORDS("Cannot listen on {address}, port {port}: {detail}"), nullptr},
        {"router-file-bad", WORDS("{key} has a value that cannot be used, or is no setting of the router"), nullptr},
        {"router-method-not-allowed", WORDS("The method {method} is not allowed here"), nullptr},
        {"router-foreign-host", WORDS("This router does not answer for the host {host}"),
         WORDS("Allow the name with --allow-name")},
        {"router-foreign-origin", WORDS("Requests from web pages of {origin} are not allowed"),
         WORDS("Allow the origin with --allow-origin")},
        {"router-unknown-path", WORDS("Nothing answers at {path}"), nullptr},
        {"router-unknown-endpoint", WORDS("There is no endpoint {endpoint}"), nullptr},
        {"router-unknown-version", WORDS("The deployment {deployment} has no version or branch {version}"), nullptr},
        {"router-unknown-backend", WORDS("The endpoint {endpoint} has no backend {backend}"), nullptr},
        {"router-no-backend", WORDS("The endpoint {endpoint} has no backend with a weight above 0"), nullptr},
        {"router-invalid-request", WORDS("The request cannot be sent: its {what} is not valid"), nullptr},
        {"router-wrong-secret", WORDS("The logs do not come with the secret that was agreed on"),
         WORDS("Set the webhook's secret as PARALLAX_SECRET_MODELBIT_WEBHOOK, or name it in .parallax/router.yaml")},
        {"router-sink-full", WORDS("Logs come faster than they can be read"), nullptr},
        {"router-loop", WORDS("The request came back to the router that sent it"),
         WORDS("A target's URL leads to this router; see .parallax/targets.yaml")},
        {"router-body-not-json",
         WORDS("The endpoint {endpoint} splits by a supplied key, and the body is not the JSON for it"), nullptr},
        {"router-missing-key", WORDS("Missing supplied key '{key}'"), nullptr},
        {"router-no-target", WORDS("The deployment {deployment} cannot be reached: {detail}"),
         WORDS("Say where it answers in .parallax/targets.yaml")},
        {"router-deadline", WORDS("The deployment {deployment} did not answer within {seconds} seconds"), nullptr},
        {"router-call-failed", WORDS("The deployment {deployment} gave no valid answer: {detail}"), nullptr},
        {"router-parts-do-not-fit",
         WORDS("The batch to {endpoint} was split by row, and an answer does not have a row for each"), nullptr},
        {"router-caller-left", WORDS("The caller left before the answer"), nullptr},
        {"router-stopped", WORDS("Given up because the router was stopped"), nullptr},
    };
    return kSentences;
}

#undef WORDS

} // namespace parallax::wording
