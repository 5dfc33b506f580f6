// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What is changed in a recorded request before it is sent again.
#pragma once

#include "base/result.h"
#include "http/message.h"
#include "traffic/exchange.h"

#include <QHash>
#include <QJsonObject>
#include <QRegularExpression>
#include <QString>

#include <functional>
#include <optional>
#include <vector>

namespace parallax::replay {

/// One change. Values may hold `{{now}}`, `{{uuid}}`, `{{env.NAME}}`, `{{NAME}}` (taken from an earlier answer of the
/// session) and `${secret:NAME}`, which is resolved at the start of a run and never stored.
struct RewriteRule
{
    enum class Kind {
        SetHeader,    ///< `name`: `value`, replacing what was there
        RemoveHeader, ///< `name`
        RenameHeader, ///< `name` to `value`
        ReplaceUrl,   ///< regular expression `name` in the path and query, `value` with \1 for groups
        SetJson,      ///< the field at pointer `name` becomes `value`: JSON, or else a string
        RemoveJson,   ///< the field at pointer `name`
        SetMethod,    ///< `value`
    };
    Kind kind = Kind::SetHeader;
    QString name;
    QString value;

    [[nodiscard]] QJsonObject toJson() const;
    [[nodiscard]] static Result<RewriteRule> fromJson(const QJsonObject &object);
    friend bool operator==(const RewriteRule &, const RewriteRule &) = default;
};

/// A value to be taken out of every answer of a session, known as `{{name}}` from then on. What the recording answered
/// at the same place is replaced by it wherever it stands in later requests of the session.
struct Extraction
{
    QString name;
    QByteArray header;  ///< of the answer, or
    QByteArray pointer; ///< into its JSON body

    [[nodiscard]] std::optional<QByteArray> from(const http::Headers &headers, const QByteArray &body) const;
    [[nodiscard]] QJsonObject toJson() const;
    [[nodiscard]] static Result<Extraction> fromJson(const QJsonObject &object);
    friend bool operator==(const Extraction &, const Extraction &) = default;
};

/// What a session has learnt from the answers so far. Grows with the number of names, never with the requests.
struct SessionState
{
    QHash<QString, QByteArray> variables;
    QHash<QByteArray, QByteArray> remapped; ///< recorded value -> the one in force now
    QHash<QByteArray, QByteArray> cookies;  ///< set by answers

    [[nodiscard]] bool isEmpty() const { return variables.isEmpty() && remapped.isEmpty() && cookies.isEmpty(); }
};

/// Applies the rules of a plan to one request after the other. Built once at the start of a run, which is when secrets
/// and patterns are checked; then immutable, any thread. What it always does: credentials (Authorization,
/// Proxy-Authorization, Cookie) are taken out unless they are to be kept, values that a capture has replaced by
/// `<redacted:...>` never leave, `Expect` goes.
class Rewriter
{
public:
    using SecretLookup = std::function<std::optional<QByteArray>(const QString &name)>;

    [[nodiscard]] static Result<Rewriter> make(std::vector<RewriteRule> rules, std::vector<Extraction> extractions,
                                               bool keepsCredentials, const SecretLookup &secrets = {});

    [[nodiscard]] http::Request request(const traffic::Exchange &source, const SessionState &session) const;
    /// Takes cookies and extracted values out of an answer. `recorded` is what the recording answered, if it is known.
    void learn(const traffic::Reply &answer, const traffic::Reply *recorded, SessionState &session) const;
    /// Whether answers matter to later requests at all.
    [[nodiscard]] bool learnsFromAnswers() const { return !m_extractions.empty(); }

private:
    struct Step
    {
        RewriteRule rule;
        QByteArray name;
        QByteArray value; ///< secrets filled in
        QRegularExpression pattern;
        bool hasTemplates = false;
    };
    void apply(const Step &step, const SessionState &session, http::Request &request) const;

    std::vector<Step> m_steps;
    std::vector<Extraction> m_extractions;
    bool m_keepsCredentials = false;
};

} // namespace parallax::replay
