// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QJsonObject>
#include <QSet>
#include <QString>

namespace parallax::cli {

/// Exit codes of the contract.
enum ExitCode { Done = 0, DoesNotHold = 1, UsageError = 2, CouldNotRun = 3 };

/// `{"code", "text", "file", "line", "column"}`, as every error stands in JSON.
[[nodiscard]] QJsonObject toJson(const Error &error);

/// What a command writes to and how: results on stdout, errors and progress on stderr. Owned by main; main thread.
class Console
{
public:
    bool json = false;  ///< one JSON document on stdout
    bool quiet = false; ///< nothing but results and errors

    /// A line (or more) of the result; control characters from data must have been escaped by the caller.
    void print(const QString &text) const;
    void printJson(const QJsonObject &object) const;
    void printJson(const QJsonArray &array) const;
    /// A remark on stderr, unless quiet.
    void note(const QString &text) const;
    /// One line on stderr, `parallax-cli: FILE:LINE:COLUMN: error: TEXT [code]`, and with --json the object on stdout.
    /// Answers `code`, so that a command can `return console.fail(...)`.
    [[nodiscard]] int fail(const Error &error, ExitCode code = CouldNotRun) const;
    /// A line of the same form; one that was said before is not said again.
    void warn(const Error &error, Severity severity = Severity::Warning) const;
    /// Redraws the progress line, only when stderr is a terminal and not quiet. Empty text removes it.
    void progress(const QString &text) const;

    [[nodiscard]] bool isTerminal() const;

private:
    mutable bool m_hasProgress = false;
    mutable QSet<QByteArray> m_said;
};

} // namespace parallax::cli
