// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <optional>

class QCommandLineParser;

namespace parallax::desktop {

/// What a start of the program asks for, with absolute paths, so that another process can do it. A value. Travels as
/// one line of JSON (`{"v":1,"folder","captures","example","token"}`).
struct StartRequest
{
    QString folder;       ///< a repository or anything in one; empty: none asked for
    QStringList captures; ///< files to show, in order
    bool isExample = false;
    QString token; ///< lets the window come to the front on Wayland

    [[nodiscard]] bool isEmpty() const { return folder.isEmpty() && captures.isEmpty() && !isExample; }
    [[nodiscard]] QByteArray toLine() const;
    /// Nothing when it is no request of this format.
    [[nodiscard]] static std::optional<StartRequest> fromLine(const QByteArray &line);
    /// `--workspace`, `--example` and the files named.
    [[nodiscard]] static StartRequest fromCommandLine(const QCommandLineParser &parser);
    friend bool operator==(const StartRequest &, const StartRequest &) = default;
};

} // namespace parallax::desktop
