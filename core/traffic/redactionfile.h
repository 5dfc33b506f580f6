// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// `.parallax/redaction.yaml`: what a project counts as secret.
//
//   schemaVersion: 1
//   headers: ["x-internal-*"]         # beside the defaults; fields, queryKeys and keep likewise
//   fields: [ssn, card_number]
//   keep: [token_budget]
//   endpoints:
//     public_demo: {enabled: false}   # nothing is masked there
//     billing: {fields: [iban]}       # beside what holds for all
//
// `defaults: false` starts from nothing in place of the defaults. A name is a pattern as in RedactionRules.
#pragma once

#include "base/result.h"
#include "traffic/redaction.h"

namespace parallax::traffic {

/// The path of the file in a repository.
[[nodiscard]] QString redactionPath(const QString &repositoryRoot);
/// Strict, since a misspelt key would let a secret through: every unknown key or wrong value is an error with its place
/// (kBadRedaction, or what YAML has to say).
[[nodiscard]] Result<RedactionRules> parseRedactionRules(const QByteArray &bytes, const QString &file);
/// The defaults when the repository (or "") has no such file.
[[nodiscard]] Result<RedactionRules> redactionRulesOf(const QString &repositoryRoot);

} // namespace parallax::traffic
