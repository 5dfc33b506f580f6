// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Reads the expected values that tests/oracle/statistics_oracle.py committed under tests/data/statistics.
#pragma once

#include "base/files.h"
#include "support/testcase.h"
#include "support/testenvironment.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <vector>

namespace parallax::test {

inline constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
inline constexpr double kInfinity = std::numeric_limits<double>::infinity();

inline std::vector<QJsonObject> cases(const QString &file, const QString &section)
{
    const Result<QByteArray> bytes =
        base::readFile(sourcePath(QStringLiteral("tests/data/statistics/") + file), 4 * 1024 * 1024);
    const QJsonValue value =
        bytes ? QJsonDocument::fromJson(*bytes).object().value(section) : QJsonValue(QJsonValue::Undefined);
    std::vector<QJsonObject> found;
    if (value.isObject())
        found.push_back(value.toObject());
    const QJsonArray array = value.toArray();
    for (const QJsonValue &each : array)
        found.push_back(each.toObject());
    return found;
}

inline std::vector<double> numbers(const QJsonValue &value)
{
    std::vector<double> out;
    const QJsonArray array = value.toArray();
    for (const QJsonValue &each : array)
        out.push_back(each.toDouble());
    return out;
}

inline std::vector<std::uint64_t> items(const QJsonValue &value)
{
    const std::vector<double> plain = numbers(value);
    return {plain.begin(), plain.end()};
}

inline bool isNear(double actual, double expected, double relative, double absolute = 0.0)
{
    if (std::abs(actual - expected) <= std::max(relative * std::abs(expected), absolute))
        return true;
    qInfo().noquote() << QStringLiteral("actual %1 expected %2").arg(actual, 0, 'g', 17).arg(expected, 0, 'g', 17);
    return false;
}

// null in the oracle = no result here.
inline bool isNear(const std::optional<double> &actual, const QJsonValue &expected, double relative,
                   double absolute = 0.0)
{
    if (!actual || expected.isNull())
        return !actual && expected.isNull();
    return isNear(*actual, expected.toDouble(), relative, absolute);
}

inline double spread(const std::vector<double> &values)
{
    const auto [low, high] = std::ranges::minmax(values);
    return high - low;
}

} // namespace parallax::test

/// With a `name` in scope, that of the case.
#define VERIFY_NEAR(...) QVERIFY2(isNear(__VA_ARGS__), qPrintable(name))
