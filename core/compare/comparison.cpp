// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "compare/comparison.h"

#include <numeric>

using namespace Qt::StringLiterals;
using parallax::traffic::Outcome;

namespace parallax::compare {

QString toString(Baseline baseline)
{
    return baseline == Baseline::Primary ? u"primary"_s : u"recorded"_s;
}

std::optional<Baseline> baselineFromString(QStringView text)
{
    for (const Baseline baseline : {Baseline::Primary, Baseline::Recorded}) {
        if (text == toString(baseline))
            return baseline;
    }
    return std::nullopt;
}

QString toString(Verdict verdict)
{
    switch (verdict) {
    case Verdict::Equivalent:
        return u"equivalent"_s;
    case Verdict::Different:
        return u"different"_s;
    case Verdict::Inconclusive:
        return u"inconclusive"_s;
    }
    Q_UNREACHABLE();
}

qint64 OutcomeCounts::total() const
{
    return std::accumulate(m_counts.begin(), m_counts.end(), qint64(0));
}

qint64 OutcomeCounts::agreeing() const
{
    return (*this)[Outcome::Equal] + (*this)[Outcome::EqualByRule] + (*this)[Outcome::BothErrorSame];
}

qint64 OutcomeCounts::judged() const
{
    return total() - (*this)[Outcome::Pending] - (*this)[Outcome::Dropped] - (*this)[Outcome::PrimaryError] -
           (*this)[Outcome::NotComparable];
}

qint64 OutcomeCounts::errors() const
{
    return (*this)[Outcome::MirrorError] + (*this)[Outcome::Timeout] + (*this)[Outcome::BothErrorDifferent];
}

const MirrorSummary *Comparison::mirror(QStringView name) const
{
    const auto it =
        std::find_if(mirrors.begin(), mirrors.end(), [name](const MirrorSummary &m) { return m.name == name; });
    return it == mirrors.end() ? nullptr : &*it;
}

} // namespace parallax::compare
