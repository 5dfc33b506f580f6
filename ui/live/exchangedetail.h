// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// One exchange made readable: the detail below the traffic table.
#pragma once

#include "compare/rules.h"
#include "traffic/exchange.h"
#include "ui/widgets/code/diffdocument.h"

#include <QMetaType>
#include <QString>

#include <memory>

namespace parallax::ui {

/// What is looked at.
struct DetailView
{
    enum class Kind {
        Request,
        Primary,
        Mirror,
        Differences, ///< the primary and a mirror side by side
        Two,         ///< the primary answers to two requests side by side
    };
    Kind kind = Kind::Request;
    QString mirror;               ///< of Mirror and Differences
    traffic::ExchangePtr other{}; ///< of Two: the one on the right
    friend bool operator==(const DetailView &, const DetailView &) = default;
};

/// Ready to be shown. Text is that of a message: start line, header fields, an empty line, the body indented when it is
/// JSON. Secrets are replaced as in a capture.
struct ExchangeDetail
{
    static constexpr qsizetype kMostText = 256 * 1024; ///< characters of a message

    traffic::ExchangePtr exchange;
    DetailView view;
    QString text;
    widgets::DiffDocumentPtr document; ///< of Differences and Two, when both answered
    QString missing;                   ///< of them: why there are no two answers to show
};
using ExchangeDetailPtr = std::shared_ptr<const ExchangeDetail>;

/// Pure, any thread; the pool's.
[[nodiscard]] ExchangeDetailPtr makeDetail(const traffic::ExchangePtr &exchange, const DetailView &view,
                                           const compare::Rules &rules);

} // namespace parallax::ui

Q_DECLARE_METATYPE(parallax::ui::ExchangeDetailPtr)
