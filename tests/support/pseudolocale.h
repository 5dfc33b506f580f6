// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// A language that does not exist: what is not translated and what is cut off shows in it. tests/e2e/driver.py makes the
// same texts.
#pragma once

#include <QTranslator>

namespace parallax::test {

inline constexpr QChar kBegin(u'\u2045'); // no text of ours has these
inline constexpr QChar kEnd(u'\u2046');

/// Accents on the vowels and a third more length.
class PseudoLocale : public QTranslator
{
public:
    using QTranslator::QTranslator;
    [[nodiscard]] bool isEmpty() const override { return false; }
    [[nodiscard]] QString translate(const char *context, const char *source, const char *, int) const override
    {
        if (qstrncmp(context, "Q", 1) == 0 && qstrcmp(context, "Commands") != 0)
            return {}; // Qt's own, whose translations come with Qt
        QString text = QString::fromUtf8(source);
        static const QString kPlain = QStringLiteral("aeiouAEIOU");
        static const QString kMarked = QStringLiteral(u"\u00e0\u00e9\u00ee\u00f6\u00fc\u00c0\u00c9\u00ce\u00d6\u00dc");
        QString marked;
        bool isArgument = false;
        for (const QChar c : text) {
            isArgument = c == u'{' || (isArgument && c != u'}');
            const qsizetype at = isArgument ? -1 : kPlain.indexOf(c);
            marked += at < 0 ? c : kMarked.at(at);
        }
        return kBegin + marked + QString(text.size() / 3, u'~') + kEnd;
    }
};

} // namespace parallax::test
