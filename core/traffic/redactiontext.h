// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "traffic/redaction.h"

#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>

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

private:
    enum class Sort : quint8 { Plain, Secret, SecretText }; ///< SecretText: its numbers are none
    struct Hash                                             // looks names up without making a string of them
    {
        using is_transparent = void;
        std::size_t operator()(std::string_view text) const { return std::hash<std::string_view>()(text); }
    };
    struct Names
    {
        QList<QByteArray> patterns;
        std::unordered_map<std::string, Sort, Hash, std::equal_to<>> known;
    };
    struct JsonWalk;

    Sort sortOf(Names &names, QByteArrayView name);
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
};

} // namespace parallax::traffic
