// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What may stand next on a command line, read off the parser itself, so that a new command or option is completed
// without a word about it here.
#pragma once

#include <CLI/CLI.hpp>

#include <QList>
#include <QString>

namespace parallax::cli {

/// What the last word may become.
struct Completion
{
    enum class Kind {
        Words,       ///< one of `candidates`
        Files,       ///< a path
        Folders,     ///< a folder
        Endpoints,   ///< the name of an endpoint
        Backends,    ///< a backend of `endpoint`
        Mirrors,     ///< a mirror of `endpoint`
        Deployments, ///< the name of a deployment
        Branches,    ///< a branch
        Versions,    ///< a version of `deployment`, or latest
        Nothing      ///< only the user knows
    };
    struct Candidate
    {
        QString word;
        QString description;
    };
    Kind kind = Kind::Words;
    QList<Candidate> candidates;
    QString endpoint;
    QString deployment;
    QString repository; ///< of `--repo`
};

/// `words` is the line without the program, the last one being the word under the cursor (empty: a new one).
[[nodiscard]] Completion complete(const CLI::App &parser, const QStringList &words);

} // namespace parallax::cli
