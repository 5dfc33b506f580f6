// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wording/tables.h"

#include <QCoreApplication>

namespace parallax::wording {

std::span<const Sentence> compareSentences()
{
    static constexpr Sentence kSentences[] = {
        {"verdict-close-enough",
         QT_TRANSLATE_NOOP("parallax::wording", "{rate}% of {requests} distinct requests are close; with 95% "
                                                "confidence at least {low}%, and {target}% are asked for"),
         nullptr},
        {"verdict-not-close",
         QT_TRANSLATE_NOOP("parallax::wording", "{rate}% of {requests} distinct requests are close; with 95% "
                                                "confidence at most {high}%, and {target}% are asked for"),
         nullptr},
        {"verdict-close-undecided",
         QT_TRANSLATE_NOOP("parallax::wording", "{rate}% of {requests} distinct requests are close; the 95% interval "
                                                "from {low}% to {high}% does not settle whether {target}% are"),
         nullptr},
        {"verdict-means-inside",
         QT_TRANSLATE_NOOP("parallax::wording",
                           "The mean difference of every numeric field ({count}) lies inside the margin of {margin}"),
         nullptr},
        {"verdict-field-differs",
         QT_TRANSLATE_NOOP(
             "parallax::wording",
             "{path} differs by {mean} on average (interval {low} to {high}), more than the margin of {margin}"),
         nullptr},
        {"verdict-field-undecided",
         QT_TRANSLATE_NOOP("parallax::wording", "{path} differs by {mean} on average; its 90% interval from {low} to "
                                                "{high} does not lie inside the margin of {margin}"),
         nullptr},
        {"verdict-field-rare",
         QT_TRANSLATE_NOOP("parallax::wording", "{path} is in only {requests} distinct requests, fewer than {least}, "
                                                "and differs by up to {worst}, more than the margin of {margin}"),
         nullptr},
        {"verdict-more-fields",
         QT_TRANSLATE_NOOP("parallax::wording", "{count} more fields are different or undecided"), nullptr},
        {"verdict-too-few",
         QT_TRANSLATE_NOOP("parallax::wording",
                           "There are {requests} distinct requests; a verdict needs at least {least}"),
         QT_TRANSLATE_NOOP("parallax::wording", "Replay or record more different requests: repeated ones count once")},
        {"verdict-dropped",
         QT_TRANSLATE_NOOP("parallax::wording", "{dropped} of {pairs} pairs ({share}%) were dropped, more than "
                                                "{limit}%: what is left may not stand for the whole"),
         QT_TRANSLATE_NOOP("parallax::wording", "Replay at a lower rate or concurrency")},
        {"verdict-more-needed",
         QT_TRANSLATE_NOOP("parallax::wording",
                           "About {requests} more distinct requests would decide it at the present rate"),
         nullptr},
        {"verdict-more-will-not-do",
         QT_TRANSLATE_NOOP(
             "parallax::wording",
             "More requests are not expected to decide it: the rates lie too near to the target or the margin"),
         QT_TRANSLATE_NOOP("parallax::wording",
                           "Change the margin or the target in the comparison rules, if they are not what you need")},
        {"verdict-peeked",
         QT_TRANSLATE_NOOP("parallax::wording", "The result was looked at {looks} times while it grew: stopping when "
                                                "it pleases makes a false verdict likelier"),
         QT_TRANSLATE_NOOP("parallax::wording", "Decide on the number of requests beforehand")},
        {"verdict-impossible",
         QT_TRANSLATE_NOOP("parallax::wording", "The counts do not fit together, so there is no verdict"), nullptr},
        {"json-invalid", QT_TRANSLATE_NOOP("parallax::wording", "Is no JSON from byte {offset} on"), nullptr},
        {"json-too-deep", QT_TRANSLATE_NOOP("parallax::wording", "Is nested deeper than {limit} levels"), nullptr},
        {"json-too-large",
         QT_TRANSLATE_NOOP("parallax::wording", "Is too large to be compared value by value (limit {limit})"), nullptr},
        {"body-coding",
         QT_TRANSLATE_NOOP("parallax::wording", "The content coding {coding} cannot be undone, or the body is damaged"),
         nullptr},
        {"nothing-recorded",
         QT_TRANSLATE_NOOP("parallax::wording", "No answer was recorded for this request, so there is no baseline"),
         QT_TRANSLATE_NOOP("parallax::wording", "Compare with the primary instead")},
        {"note-other-spelling",
         QT_TRANSLATE_NOOP("parallax::wording",
                           "In {pairs} pairs equal numbers are written differently, like 1 and 1.0"),
         nullptr},
        {"note-duplicate-keys",
         QT_TRANSLATE_NOOP("parallax::wording", "In {pairs} pairs an object has a key more than once"), nullptr},
        {"note-not-finite",
         QT_TRANSLATE_NOOP("parallax::wording",
                           "In {pairs} pairs there is NaN or Infinity, which is no JSON but is read"),
         nullptr},
        {"note-pending",
         QT_TRANSLATE_NOOP("parallax::wording", "{pairs} pairs are still waiting for an answer and are not counted"),
         nullptr},
        {"note-repeated",
         QT_TRANSLATE_NOOP("parallax::wording", "{pairs} pairs come from {requests} distinct requests; intervals and "
                                                "tests count every request once"),
         nullptr},
        {"note-partial",
         QT_TRANSLATE_NOOP("parallax::wording", "There are too many fields or requests: some figures of fields stand "
                                                "for the first part only"),
         nullptr},
        {"calibration-too-few",
         QT_TRANSLATE_NOOP("parallax::wording",
                           "{requests} distinct requests are few to tell noise from luck; {enough} "
                           "or more make the classes reliable"),
         nullptr},
        {"calibration-failed",
         QT_TRANSLATE_NOOP("parallax::wording", "{pairs} pairs are left out because one of the two answers failed"),
         nullptr},
        {"gate-syntax",
         QT_TRANSLATE_NOOP("parallax::wording", "The gate \"{expression}\" cannot be read at \"{part}\""),
         QT_TRANSLATE_NOOP("parallax::wording",
                           "For instance agreement>=99.5%, different==0, mirror.p95<=1.2*primary.p95")},
        {"gate-unknown",
         QT_TRANSLATE_NOOP("parallax::wording", "The gate \"{expression}\" asks for \"{part}\", which is no figure"),
         QT_TRANSLATE_NOOP("parallax::wording", "Figures are agreement, close, errors, an outcome like different or "
                                                "dropped, verdict, mirror.p50, primary.p95 and the like")},
        {"gate-unit",
         QT_TRANSLATE_NOOP("parallax::wording", "The gate \"{expression}\" compares with \"{part}\", which is not in "
                                                "the unit of its figure"),
         QT_TRANSLATE_NOOP("parallax::wording", "Shares are written like 99.5% or 0.995, times like 250ms or 1.5s")},
        {"rules-not-mapping",
         QT_TRANSLATE_NOOP("parallax::wording",
                           "{what} has the wrong form: rules are a list, everything else a mapping"),
         QT_TRANSLATE_NOOP("parallax::wording", "For instance: rules: [{path: /requestId, ignore: true}]")},
        {"rules-schema-version",
         QT_TRANSLATE_NOOP("parallax::wording", "A rules file says schemaVersion: 1, this one \"{value}\""), nullptr},
        {"rules-unknown-key", QT_TRANSLATE_NOOP("parallax::wording", "\"{key}\" is not known here"), nullptr},
        {"rules-bad-path",
         QT_TRANSLATE_NOOP("parallax::wording", "\"{path}\" is no path: it begins with / and is written like "
                                                "/data/*/score, with ~0 for ~ and ~1 for /"),
         nullptr},
        {"rules-bad-flag", QT_TRANSLATE_NOOP("parallax::wording", "{key} is true or false, not \"{value}\""), nullptr},
        {"rules-bad-number",
         QT_TRANSLATE_NOOP("parallax::wording", "{key} is a number that is not negative, not \"{value}\""), nullptr},
        {"rules-bad-duration",
         QT_TRANSLATE_NOOP("parallax::wording", "{key} is a time like 5s, 250ms or 2m, not \"{value}\""), nullptr},
        {"rules-bad-name", QT_TRANSLATE_NOOP("parallax::wording", "{key} takes a name, and \"{value}\" is none"),
         nullptr},
        {"rules-bad-target",
         QT_TRANSLATE_NOOP("parallax::wording", "{key} is a share above 0 and below 1, not \"{value}\""), nullptr},
        {"rules-bad-pattern",
         QT_TRANSLATE_NOOP("parallax::wording", "\"{pattern}\" is no regular expression: {detail}"), nullptr},
        {"rules-no-effect",
         QT_TRANSLATE_NOOP("parallax::wording", "The rule needs a path and one thing to do there, or a header"),
         nullptr},
        {"rules-two-effects",
         QT_TRANSLATE_NOOP("parallax::wording", "A rule does one thing, this one {first} and {second}"),
         QT_TRANSLATE_NOOP("parallax::wording", "Make two rules; the first that matches decides alone")},
        {"rules-not-editable",
         QT_TRANSLATE_NOOP("parallax::wording", "The rules file is written in a way that cannot be edited safely; "
                                                "nothing was changed"),
         QT_TRANSLATE_NOOP("parallax::wording", "Edit the file by hand")},
        {"rules-never-decides",
         QT_TRANSLATE_NOOP("parallax::wording",
                           "The rule {rule} never decides: the rule on line {line} matches all its paths before it"),
         QT_TRANSLATE_NOOP("parallax::wording", "Put the narrower rule first")},
    };
    return kSentences;
}

} // namespace parallax::wording
