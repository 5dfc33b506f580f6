// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Every limit of core/http in one place (contract 4); all of them can be set.
#pragma once

#include <QtGlobal>

#include <chrono>

namespace parallax::http {

struct Limits
{
    qsizetype requestLine = 16 * 1024;    ///< bytes; 414
    qsizetype methodLength = 32;          ///< bytes; 400: no method is longer
    qsizetype headerBytes = 64 * 1024;    ///< all fields of a message, and its trailers; 431
    int headerFields = 100;               ///< 431
    qint64 bodyBytes = 64 * 1024 * 1024;  ///< 413
    qsizetype chunkExtensionBytes = 4096; ///< of one message; 400
};

struct ServerLimits
{
    Limits message;
    int connections = 10'000;                         ///< 503
    std::chrono::milliseconds idle{75'000};           ///< between requests and before the first byte
    std::chrono::milliseconds headerComplete{10'000}; ///< from a head's first byte; 408
    std::chrono::milliseconds bodyGrace{10'000};      ///< then a body must have come at `bodyRate` on average; 408
    qint64 bodyRate = 1'000;                          ///< bytes a second
    std::chrono::milliseconds lingering{2'000};       ///< how long a refused caller may go on sending
};

} // namespace parallax::http
