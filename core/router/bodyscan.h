// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Looks into a request's body for the few top-level keys that concern a router (modelbit-endpoints.md 4), without
// judging or changing anything else of it.
#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <optional>
#include <vector>

namespace parallax::router {

struct BodyFacts
{
    std::optional<int> timeoutSeconds; ///< a positive integer, the last one when the key comes twice
    struct Cut
    {
        qsizetype start = 0;
        qsizetype end = 0;
    };
    std::vector<Cut> webhooks; ///< what to leave out so that `response_webhook*` is gone, in order
};

/// Nothing is found in what is no JSON object.
[[nodiscard]] BodyFacts scanBody(QByteArrayView body);
/// The same bytes but for the cuts.
[[nodiscard]] QByteArray withoutCuts(const QByteArray &body, const std::vector<BodyFacts::Cut> &cuts);

} // namespace parallax::router
