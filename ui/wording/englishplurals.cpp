// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wording/englishplurals.h"

#include <array>
#include <utility>

using namespace Qt::StringLiterals;

namespace parallax::wording {

QString EnglishPlurals::translate(const char *, const char *sourceText, const char *, int n) const
{
    static constexpr std::array kEndings{"(s)"_L1, "(es)"_L1};
    static constexpr std::array kVerbs{std::pair{" are"_L1, " is"_L1}, std::pair{" were"_L1, " was"_L1},
                                       std::pair{" have"_L1, " has"_L1}};
    if (n < 0 || sourceText == nullptr)
        return {};
    QString text = QString::fromUtf8(sourceText);
    bool isPlural = false;
    for (const QLatin1StringView ending : kEndings) {
        for (qsizetype at = text.indexOf(ending); at >= 0; at = text.indexOf(ending, at)) {
            isPlural = true;
            if (n != 1) {
                text.replace(at, ending.size(), ending.sliced(1, ending.size() - 2));
                continue;
            }
            text.remove(at, ending.size());
            for (const auto &[many, one] : kVerbs) {
                if (QStringView(text).sliced(at).startsWith(many)) {
                    text.replace(at, many.size(), one);
                    break;
                }
            }
        }
    }
    return isPlural ? text : QString();
}

} // namespace parallax::wording
