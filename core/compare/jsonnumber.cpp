// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Numbers of JSON by their text: exact at any size.
#include "compare/json.h"

#include <QVarLengthArray>

#include <charconv>
#include <cmath>
#include <limits>
#include <optional>

namespace parallax::compare {

namespace {

/// sign * 0.DIGITS * 10^exponent, digits without zeros at either end; no digits = 0.
struct Decimal
{
    bool isNegative = false;
    QVarLengthArray<char, 48> digits;
    qint64 exponent = 0;

    friend bool operator==(const Decimal &a, const Decimal &b)
    {
        return a.digits == b.digits &&
               (a.digits.isEmpty() || (a.isNegative == b.isNegative && a.exponent == b.exponent));
    }
};

// Beyond this an exponent is only told apart by being beyond it; no double and no sane decimal gets there.
constexpr qint64 kHugeExponent = 1'000'000'000'000'000;

qint64 exponentOf(QByteArrayView text)
{
    bool isNegative = false;
    qint64 value = 0;
    for (const char c : text) {
        if (c == '-')
            isNegative = true;
        else if (c != '+')
            value = qMin(value * 10 + (c - '0'), kHugeExponent);
    }
    return isNegative ? -value : value;
}

bool isFiniteText(QByteArrayView text)
{
    return !text.isEmpty() && text.back() >= '0' && text.back() <= '9';
}

Decimal decimal(QByteArrayView text)
{
    Decimal out;
    qsizetype i = 0;
    if (text.front() == '-') {
        out.isNegative = true;
        i = 1;
    }
    qint64 pointPlace = -1; // number of digits before the point
    qint64 leadingZeros = 0;
    qint64 seen = 0;
    for (; i < text.size() && text[i] != 'e' && text[i] != 'E'; ++i) {
        if (text[i] == '.') {
            pointPlace = seen;
            continue;
        }
        ++seen;
        if (out.digits.isEmpty() && text[i] == '0')
            ++leadingZeros;
        else
            out.digits.append(text[i]);
    }
    if (pointPlace < 0)
        pointPlace = seen;
    while (!out.digits.isEmpty() && out.digits.last() == '0')
        out.digits.removeLast();
    out.exponent = pointPlace - leadingZeros;
    if (i < text.size())
        out.exponent += exponentOf(text.sliced(i + 1));
    return out;
}

__extension__ using Wide = __int128;

// Integers of up to 38 digits, by their text.
std::optional<Wide> wideInteger(QByteArrayView text)
{
    constexpr qsizetype kMaxDigits = 38;
    qsizetype i = text.front() == '-' ? 1 : 0;
    if (text.size() - i > kMaxDigits)
        return std::nullopt;
    Wide value = 0;
    for (; i < text.size(); ++i) {
        if (text[i] < '0' || text[i] > '9')
            return std::nullopt;
        value = value * 10 + (text[i] - '0');
    }
    return text.front() == '-' ? -value : value;
}

// Of two values that round to the same double: whether b is the greater.
bool isGreater(const Decimal &a, const Decimal &b)
{
    const auto compareAmounts = [](const Decimal &x, const Decimal &y) {
        if (x.exponent != y.exponent)
            return x.exponent < y.exponent;
        return std::lexicographical_compare(x.digits.begin(), x.digits.end(), y.digits.begin(), y.digits.end());
    };
    if (a.isNegative != b.isNegative)
        return a.isNegative;
    return a.isNegative ? compareAmounts(b, a) : compareAmounts(a, b);
}

} // namespace

double jsonNumber(QByteArrayView text)
{
    double value = 0.0;
    if (text.isEmpty())
        return std::numeric_limits<double>::quiet_NaN();
    if (!isFiniteText(text)) {
        if (text.front() == 'N')
            return std::numeric_limits<double>::quiet_NaN();
        return text.front() == '-' ? -std::numeric_limits<double>::infinity() : std::numeric_limits<double>::infinity();
    }
    const auto result = std::from_chars(text.begin(), text.end(), value);
    if (result.ec == std::errc::result_out_of_range) {
        const Decimal exact = decimal(text);
        const double amount = exact.exponent > 0 ? std::numeric_limits<double>::infinity() : 0.0;
        return exact.isNegative ? -amount : amount;
    }
    return value;
}

bool isSameNumber(QByteArrayView a, QByteArrayView b)
{
    if (a == b)
        return true;
    if (!isFiniteText(a) || !isFiniteText(b))
        return false;
    return decimal(a) == decimal(b);
}

double numberDifference(QByteArrayView a, QByteArrayView b)
{
    if (!isFiniteText(a) || !isFiniteText(b))
        return std::numeric_limits<double>::quiet_NaN();
    if (a == b)
        return 0.0;
    const auto exactA = wideInteger(a);
    const auto exactB = wideInteger(b);
    if (exactA && exactB)
        return static_cast<double>(*exactB - *exactA);
    const double x = jsonNumber(a);
    const double y = jsonNumber(b);
    if (!std::isfinite(x) || !std::isfinite(y))
        return std::numeric_limits<double>::quiet_NaN();
    if (x != y)
        return y - x;
    const Decimal decimalA = decimal(a);
    const Decimal decimalB = decimal(b);
    if (decimalA == decimalB)
        return 0.0;
    const double amount = std::abs(x);
    const double ulp = std::nextafter(amount, std::numeric_limits<double>::infinity()) - amount;
    return isGreater(decimalA, decimalB) ? ulp : -ulp;
}

QByteArray canonicalNumber(QByteArrayView text)
{
    if (!isFiniteText(text))
        return text.toByteArray();
    const Decimal exact = decimal(text);
    if (exact.digits.isEmpty())
        return QByteArrayLiteral("0");
    QByteArray out;
    out.reserve(exact.digits.size() + 24);
    if (exact.isNegative)
        out += '-';
    out.append(exact.digits.constData(), exact.digits.size());
    out += 'e';
    out += QByteArray::number(exact.exponent);
    return out;
}

} // namespace parallax::compare
