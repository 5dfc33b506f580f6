// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "compare/distributions.h"

#include <boost/math/distributions/binomial.hpp>
#include <boost/math/distributions/chi_squared.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <boost/math/special_functions/erf.hpp>
#include <boost/math/special_functions/gamma.hpp>

#include <cmath>
#include <limits>
#include <numbers>

namespace parallax::compare {

namespace {

namespace policies = boost::math::policies;
// Errors become NaN or infinity: nothing in core throws.
using Quiet =
    policies::policy<policies::domain_error<policies::ignore_error>, policies::pole_error<policies::ignore_error>,
                     policies::overflow_error<policies::ignore_error>,
                     policies::evaluation_error<policies::ignore_error>,
                     policies::rounding_error<policies::ignore_error>,
                     policies::indeterminate_result_error<policies::ignore_error>, policies::promote_double<false>>;

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

bool isOpenShare(double p)
{
    return p > 0.0 && p < 1.0;
}

} // namespace

double normalCdf(double z)
{
    return 0.5 * std::erfc(-z / std::numbers::sqrt2);
}

double normalQuantile(double p)
{
    return isOpenShare(p) ? -std::numbers::sqrt2 * boost::math::erfc_inv(2.0 * p, Quiet()) : kNone;
}

double studentQuantile(double p, double degreesOfFreedom)
{
    if (!isOpenShare(p) || !(degreesOfFreedom > 0.0))
        return kNone;
    return quantile(boost::math::students_t_distribution<double, Quiet>(degreesOfFreedom), p);
}

double chiSquaredSurvival(double x, double degreesOfFreedom)
{
    if (!(x >= 0.0) || !(degreesOfFreedom > 0.0))
        return kNone;
    return cdf(complement(boost::math::chi_squared_distribution<double, Quiet>(degreesOfFreedom), x));
}

double fairBinomialCdf(std::int64_t k, std::int64_t n)
{
    if (n < 0)
        return kNone;
    if (k < 0)
        return 0.0;
    if (k >= n)
        return 1.0;
    const boost::math::binomial_distribution<double, Quiet> fair(static_cast<double>(n), 0.5);
    return cdf(fair, static_cast<double>(k));
}

double logFactorial(std::int64_t n)
{
    return n < 0 ? kNone : boost::math::lgamma(static_cast<double>(n) + 1.0, Quiet());
}

} // namespace parallax::compare
