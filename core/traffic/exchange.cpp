// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "traffic/exchange.h"

#include <array>

using namespace Qt::StringLiterals;

namespace parallax::traffic {

namespace {

template<class Enum, std::size_t N>
using Names = std::array<std::pair<Enum, QLatin1StringView>, N>;

constexpr Names<Outcome, 11> kOutcomes{{
    {Outcome::Pending, "pending"_L1},
    {Outcome::Equal, "equal"_L1},
    {Outcome::EqualByRule, "equal-by-rule"_L1},
    {Outcome::Different, "different"_L1},
    {Outcome::PrimaryError, "primary-error"_L1},
    {Outcome::MirrorError, "mirror-error"_L1},
    {Outcome::BothErrorSame, "both-error-same"_L1},
    {Outcome::BothErrorDifferent, "both-error-different"_L1},
    {Outcome::Timeout, "timeout"_L1},
    {Outcome::Dropped, "dropped"_L1},
    {Outcome::NotComparable, "not-comparable"_L1},
}};

constexpr Names<DropReason, 7> kDropReasons{{
    {DropReason::None, ""_L1},
    {DropReason::QueueFull, "queue-full"_L1},
    {DropReason::BreakerOpen, "breaker-open"_L1},
    {DropReason::TooLarge, "too-large"_L1},
    {DropReason::Lag, "lag"_L1},
    {DropReason::Stopped, "stopped"_L1},
    {DropReason::Interrupted, "interrupted"_L1},
}};

constexpr Names<AnswerState, 5> kAnswerStates{{
    {AnswerState::Pending, "pending"_L1},
    {AnswerState::Complete, "complete"_L1},
    {AnswerState::Failed, "failed"_L1},
    {AnswerState::Timeout, "timeout"_L1},
    {AnswerState::Dropped, "dropped"_L1},
}};

template<class Enum, std::size_t N>
QString nameOf(const Names<Enum, N> &names, Enum value)
{
    for (const auto &[candidate, name] : names) {
        if (candidate == value)
            return name;
    }
    Q_UNREACHABLE();
}

template<class Enum, std::size_t N>
std::optional<Enum> valueOf(const Names<Enum, N> &names, QStringView text)
{
    for (const auto &[value, name] : names) {
        if (name == text)
            return value;
    }
    return std::nullopt;
}

} // namespace

QString toString(Outcome outcome)
{
    return nameOf(kOutcomes, outcome);
}
std::optional<Outcome> outcomeFromString(QStringView text)
{
    return valueOf(kOutcomes, text);
}
QString toString(DropReason reason)
{
    return nameOf(kDropReasons, reason);
}
std::optional<DropReason> dropReasonFromString(QStringView text)
{
    return valueOf(kDropReasons, text);
}
QString toString(AnswerState state)
{
    return nameOf(kAnswerStates, state);
}
std::optional<AnswerState> answerStateFromString(QStringView text)
{
    return valueOf(kAnswerStates, text);
}

} // namespace parallax::traffic
