// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What can go wrong, as a value. Core never words an error: it gives a code with arguments, and ui/wording turns both
// into a sentence for the desktop and the command line alike.
#pragma once

#include <QString>
#include <QVariantMap>

#include <string_view>

namespace parallax {

/// Names one kind of error or finding. Stable: scripts match on it, `parallax-cli` prints it in brackets.
/// Every room lists its codes in `<room>/errors.h`, and ui/wording has a sentence for each (a test compares the two).
class ErrorCode
{
public:
    constexpr ErrorCode() = default;
    constexpr explicit ErrorCode(std::string_view id)
        : m_id(id)
    {}
    [[nodiscard]] constexpr std::string_view id() const { return m_id; }
    [[nodiscard]] QString toString() const
    {
        return QString::fromLatin1(m_id.data(), static_cast<qsizetype>(m_id.size()));
    }
    friend constexpr bool operator==(ErrorCode a, ErrorCode b) { return a.m_id == b.m_id; }

private:
    std::string_view m_id; // always a string literal
};

/// A place in a text file. Lines and columns count from 1, columns in characters; 0 means that there is none.
struct SourceLocation
{
    QString file;
    int line = 0;
    int column = 0;

    friend bool operator==(const SourceLocation &, const SourceLocation &) = default;
};

/// One thing that went wrong. `args` fill the sentence of `code` by name; `detail` is the literal word of the system or
/// a library (an errno text, git's stderr) and is shown as it is, if at all.
struct Error
{
    ErrorCode code;
    QVariantMap args;
    SourceLocation where;
    QString detail;

    friend bool operator==(const Error &, const Error &) = default;
};

enum class Severity { Error, Warning, Info };

/// An error, a warning or a remark about a file that was read, at its place.
struct Finding
{
    Severity severity = Severity::Error;
    Error error;

    friend bool operator==(const Finding &, const Finding &) = default;
};

} // namespace parallax

Q_DECLARE_METATYPE(parallax::Error)
