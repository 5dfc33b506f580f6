// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "compare/rules.h"

#include "compare/json.h"

#include <bit>
#include <cmath>
#include <limits>

using namespace Qt::StringLiterals;

namespace parallax::compare {

namespace {

// Floats in an order in which neighbours differ by 1 (B. Dawson, Comparing floating point numbers, 2012).
qint64 orderedBits(float value)
{
    const auto bits = std::bit_cast<qint32>(value);
    return bits < 0 ? qint64(std::numeric_limits<qint32>::min()) - bits : qint64(bits);
}

} // namespace

bool isWithinLimit(double difference, double a, double b, double limit)
{
    constexpr double kMostOfLimit = 1e-9; // differences of great integers are exact and need no leeway
    const double rounding =
        std::min(std::numeric_limits<double>::epsilon() * std::max(std::abs(a), std::abs(b)), kMostOfLimit * limit);
    return std::abs(difference) <= limit + rounding;
}

bool isWithin(const Tolerance &tolerance, QByteArrayView a, QByteArrayView b)
{
    if (isSameNumber(a, b))
        return true;
    const double difference = numberDifference(a, b);
    if (std::isnan(difference))
        return false;
    const double x = jsonNumber(a);
    const double y = jsonNumber(b);
    if (tolerance.abs && isWithinLimit(difference, x, y, *tolerance.abs))
        return true;
    if (tolerance.rel && isWithinLimit(difference, x, y, *tolerance.rel * std::max(std::abs(x), std::abs(y))))
        return true;
    if (!tolerance.ulps32)
        return false;
    const auto left = static_cast<float>(x);
    const auto right = static_cast<float>(y);
    return std::isfinite(left) && std::isfinite(right) &&
           std::abs(orderedBits(left) - orderedBits(right)) <= *tolerance.ulps32;
}

QString toString(RuleKind kind)
{
    switch (kind) {
    case RuleKind::Exact:
        return u"exact"_s;
    case RuleKind::Ignore:
        return u"ignore"_s;
    case RuleKind::PresenceOnly:
        return u"presenceOnly"_s;
    case RuleKind::Tolerance:
        return u"tolerance"_s;
    case RuleKind::Unordered:
        return u"unordered"_s;
    case RuleKind::KeyedBy:
        return u"keyedBy"_s;
    case RuleKind::DatetimeWithin:
        return u"datetimeWithin"_s;
    case RuleKind::Normalize:
        return u"normalize"_s;
    case RuleKind::Header:
        return u"header"_s;
    }
    Q_UNREACHABLE();
}

QString describe(const Rule &rule)
{
    if (rule.kind == RuleKind::Header)
        return u"header "_s + QString::fromLatin1(rule.header);
    return rule.path + u' ' + toString(rule.kind);
}

bool RulesFile::hasErrors() const
{
    return std::any_of(findings.begin(), findings.end(),
                       [](const Finding &finding) { return finding.severity == Severity::Error; });
}

QString rulesPath(const QString &repository, const QString &endpoint)
{
    return repository + u"/.parallax/compare/"_s + endpoint + u".yaml"_s;
}

} // namespace parallax::compare
