// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QTranslator>

namespace parallax::wording {

/// What a translation does for its own language, for the English of the sources: `%n request(s) are` becomes
/// `1 request is` or `2 requests are`. Knows the endings (s) and (es), and the verbs are, were and have behind them.
/// For a program without another translation. GUI thread.
class EnglishPlurals final : public QTranslator
{
    Q_OBJECT

public:
    using QTranslator::QTranslator;

    [[nodiscard]] bool isEmpty() const override { return false; }
    [[nodiscard]] QString translate(const char *context, const char *sourceText, const char *disambiguation,
                                    int n) const override;
};

} // namespace parallax::wording
