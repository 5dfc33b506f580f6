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
    bool isRaw = false;           ///< the body as it was sent, not indented
    bool isWhole = false;         ///< all of a long body, as far as kMostWhole
    friend bool operator==(const DetailView &, const DetailView &) = default;
};

/// Ready to be shown. Text is that of a message: start line, header fields, an empty line, the body indented when it is
/// JSON. Secrets are replaced as in a capture.
struct ExchangeDetail
{
    static constexpr qsizetype kMostText = 256 * 1024;     ///< characters of a message, until all of it is asked for
    static constexpr qint64 kMostWhole = 50 * 1024 * 1024; ///< bytes of a body; a longer one can only be saved

    traffic::ExchangePtr exchange;
    DetailView view;
    QString text;
    widgets::DiffDocumentPtr document; ///< of Differences and Two, when both answered
    qint64 bodyBytes = 0;              ///< of a message, on the wire
    bool isCut = false;                ///< the rest of a message is not in the text
    bool isKept = true;                ///< false: the recording has its beginning only
    QString missing;                   ///< of them: why there are no two answers to show
};
using ExchangeDetailPtr = std::shared_ptr<const ExchangeDetail>;

/// The body of the message that the view shows, as it was sent, secrets replaced; null when there is none. Any thread.
[[nodiscard]] QByteArray shownBody(const traffic::Exchange &exchange, const DetailView &view);

/// Pure, any thread; the pool's.
[[nodiscard]] ExchangeDetailPtr makeDetail(const traffic::ExchangePtr &exchange, const DetailView &view,
                                           const compare::Rules &rules);

} // namespace parallax::ui

Q_DECLARE_METATYPE(parallax::ui::ExchangeDetailPtr)
