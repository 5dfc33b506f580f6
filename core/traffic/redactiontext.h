// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "traffic/namescan.h"
#include "traffic/redaction.h"

#include <array>
#include <cstdint>
#include <functional>
#include <vector>

namespace parallax::traffic {

/// Finds and replaces secrets in single texts: header values, URLs, forms and JSON. The part of Redactor that knows
/// bytes and no exchanges. Every function gives the changed text, or nothing when it stays. One thread at a time.
class TextRedactor
{
public:
    /// Hears of each place where something is replaced; may be empty.
    using Note = std::function<void(const QString &)>;

    TextRedactor(const RedactionRules &rules, QByteArray key);

    [[nodiscard]] bool isEnabled() const { return m_isEnabled; }
    [[nodiscard]] std::optional<QByteArray> header(const QByteArray &name, const QByteArray &value, const Note &note);
    /// A target or a whole URL: its query and its user info.
    [[nodiscard]] std::optional<QByteArray> url(const QByteArray &url, const Note &note);
    [[nodiscard]] std::optional<QByteArray> body(const QByteArray &bytes, const http::Headers &headers,
                                                 const Note &note);

    /// Whether this very field, or head, shared with an exchange before, was found to hold no secret.
    [[nodiscard]] bool isKnownPlain(const QByteArray &name, const QByteArray &value) const
    {
        const PlainField &known = m_plainFields[placeOf(name, value)];
        return isSameText(known.value, value) && isSameText(known.name, name);
    }
    [[nodiscard]] bool isKnownPlain(const http::Headers &headers) const;
    void rememberPlain(const http::Headers &headers);

private:
    enum class Sort : quint8 { Plain, Secret, SecretText }; ///< SecretText: its numbers are none
    /// Patterns, and the names that were held against them before: every header and field of every exchange is asked
    /// for, so the table hashes a few bytes only, takes no more than kNames and forgets nothing.
    struct Names
    {
        struct Known
        {
            QByteArray name; ///< null = free
            Sort sort = Sort::Plain;
        };
        static constexpr std::size_t kNames = 2048;
        static constexpr std::size_t kSlots = 2 * kNames;
        static constexpr std::size_t kProbes = 8;
        QList<QByteArray> patterns;
        std::vector<Known> known = std::vector<Known>(kSlots);
        std::size_t count = 0;
    };
    struct JsonWalk;
    struct PlainField
    {
        QByteArray name;
        QByteArray value;
    };

    static constexpr std::size_t kPlainFields = 64;
    static constexpr std::size_t kPlainHeads = 16;
    [[nodiscard]] static bool isSameText(const QByteArray &kept, const QByteArray &text)
    {
        return kept.constData() == text.constData() && kept.size() == text.size();
    }
    [[nodiscard]] static std::size_t placeOf(const QByteArray &name, const QByteArray &value)
    {
        constexpr std::uintptr_t kAlignment = 16;
        const auto number = [](const char *bytes) { return reinterpret_cast<std::uintptr_t>(bytes) / kAlignment; };
        return (number(name.constData()) ^ (number(value.constData()) * 7)) % kPlainFields;
    }
    Sort sortOf(Names &names, QByteArrayView name) const;
    Sort sortByPatterns(const Names &names, QByteArrayView name) const;
    QByteArray digest(QByteArrayView secret) const;
    QByteArray textInstead(QByteArrayView secret) const;
    QByteArray urlTextInstead(QByteArrayView secret) const;
    std::optional<QByteArray> json(QByteArrayView text, const Note &note, int depth);
    std::optional<QByteArray> form(QByteArrayView text, Names &names, const Note &note, QLatin1StringView what);
    std::optional<QByteArray> multipart(QByteArrayView text, const Note &note);
    std::optional<QByteArray> decodedBody(const QByteArray &bytes, const http::Headers &headers, const Note &note);

    bool m_isEnabled;
    QByteArray m_key;
    QList<QByteArray> m_keep;
    Names m_headers;
    Names m_fields;
    Names m_query;
    NameScan m_fieldScan;
    /// Header fields that were met and hold no secret. Parsers share the texts that repeat, so that comparing pointers
    /// is enough; holding on to them keeps anybody from changing them in place.
    std::array<PlainField, kPlainFields> m_plainFields;
    /// Likewise of whole heads, which a caller or a target shares between messages.
    std::array<http::Headers, kPlainHeads> m_plainHeads;
    /// The last JSON that stays as it is: a mirror's answer tends to be the primary's.
    QByteArray m_plainBody;
};

} // namespace parallax::traffic
