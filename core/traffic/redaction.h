// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Secrets are replaced before an exchange reaches the disk, an export or the clipboard.
#pragma once

#include "traffic/exchange.h"

#include <QHash>
#include <QStringList>

#include <memory>
#include <optional>
#include <set>

namespace parallax::traffic {

/// What counts as a secret, by name. Patterns are compared without case, `*` stands for any characters; `-` and `_` are
/// the same. A name that matches `keep` is left alone whatever else it matches.
struct RedactionRules
{
    bool isEnabled = true;
    QStringList headers;
    QStringList fields;    ///< of JSON bodies at any depth, and of forms
    QStringList queryKeys; ///< of targets and URLs; `fields` count there as well
    QStringList keep;
    /// Endpoints with rules of their own, which stand in place of these.
    QHash<QString, std::shared_ptr<const RedactionRules>> perEndpoint;

    /// Authorization, cookies, API keys, tokens, secrets, passwords.
    [[nodiscard]] static RedactionRules defaults();
    /// Nothing is replaced.
    [[nodiscard]] static RedactionRules none();
};

/// Replaces the values of secrets by `<redacted:0123456789ab>`, a keyed hash of the value: equal secrets stay equal, so
/// that comparison and sessions still work, and nobody without the key can try out guesses. What is replaced:
/// values of headers (after `Bearer`, `Basic` and so on); strings, and containers with their strings, of JSON fields;
/// numbers too, except under `*token*` names, which count tokens (`max_tokens`); values in queries, forms and
/// `user:password@` of URLs. JSON is read leniently: cut-off bodies, several documents and JSON inside JSON strings
/// are covered. Bodies encoded with gzip or deflate are decoded, redacted and encoded again.
/// Remembers the names it has met; one thread at a time.
class Redactor
{
public:
    /// `key` should come from redactionKey() or be random.
    Redactor(RedactionRules rules, QByteArray key);
    ~Redactor();
    Redactor(const Redactor &) = delete;
    Redactor &operator=(const Redactor &) = delete;

    /// The exchange with its secrets replaced; nothing when there are none, which is cheap to find out.
    [[nodiscard]] std::optional<Exchange> redacted(const Exchange &exchange);
    /// One late answer, by the rules of its endpoint.
    [[nodiscard]] std::optional<Reply> redacted(const Reply &reply, const QString &endpoint);

    /// For a dry run: the places where something would be replaced, `request header authorization`,
    /// `mirror_1 body /data/token`.
    [[nodiscard]] std::set<QString> wouldReplace(const Exchange &exchange);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

/// The user's own key for the hashes, 32 bytes in the state folder (0600), made on first use. When it cannot be kept
/// there, a random one for this run.
[[nodiscard]] QByteArray redactionKey();

} // namespace parallax::traffic
