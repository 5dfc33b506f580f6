// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wording/tables.h"

#include <QCoreApplication>

namespace parallax::wording {

std::span<const Sentence> repositorySentences()
{
    static constexpr Sentence kSentences[] = {
        {"git-missing", QT_TRANSLATE_NOOP("parallax::wording", "The git program was not found"),
         QT_TRANSLATE_NOOP("parallax::wording",
                           "Install git to see history and versions; everything else works without it")},
        {"git-failed", QT_TRANSLATE_NOOP("parallax::wording", "git {command} failed: {detail}"), nullptr},
        {"git-timeout",
         QT_TRANSLATE_NOOP("parallax::wording", "git {command} did not finish within {seconds} s and was stopped"),
         nullptr},
        {"git-output-too-large",
         QT_TRANSLATE_NOOP("parallax::wording", "git {command} gave more than {limit} bytes, the most that is read"),
         nullptr},
        {"no-repository",
         QT_TRANSLATE_NOOP("parallax::wording",
                           "Is not inside a Modelbit repository: neither it nor a folder above it has endpoints/, "
                           "deployments/ or .workspace"),
         nullptr},
        {"no-git-repository",
         QT_TRANSLATE_NOOP("parallax::wording", "Is not under git: history and versions are not available"),
         QT_TRANSLATE_NOOP("parallax::wording", "Run git init and commit to get history and versions")},
        {"no-commits",
         QT_TRANSLATE_NOOP("parallax::wording", "Has no commit yet: history and versions are not available"), nullptr},
        {"shallow-history",
         QT_TRANSLATE_NOOP("parallax::wording", "Is a shallow clone: version numbers cannot be derived"),
         QT_TRANSLATE_NOOP("parallax::wording", "Run git fetch --unshallow to get the whole history")},
        {"repository-bare", QT_TRANSLATE_NOOP("parallax::wording", "Is a bare git repository, which has no files"),
         QT_TRANSLATE_NOOP("parallax::wording", "Clone it and open the clone")},
        {"repository-not-trusted", QT_TRANSLATE_NOOP("parallax::wording", "git refuses this repository: {detail}"),
         QT_TRANSLATE_NOOP("parallax::wording",
                           "If you trust it, run: git config --global --add safe.directory '{folder}'")},
        {"repository-locked",
         QT_TRANSLATE_NOOP("parallax::wording", "Another git is at work in this repository (it holds {file})"),
         QT_TRANSLATE_NOOP("parallax::wording",
                           "Try again when it is done; if none is running, remove the file by hand")},
        {"identity-missing",
         QT_TRANSLATE_NOOP("parallax::wording", "A commit needs your name and e-mail address, and git knows neither"),
         QT_TRANSLATE_NOOP("parallax::wording",
                           "Run git config --global user.name \"Your Name\" and git config --global user.email "
                           "you@example.com")},
        {"nothing-to-commit", QT_TRANSLATE_NOOP("parallax::wording", "Nothing has changed since the last commit"),
         nullptr},
        {"commit-refused", QT_TRANSLATE_NOOP("parallax::wording", "The commit was refused: {detail}"), nullptr},
        {"switch-refused", QT_TRANSLATE_NOOP("parallax::wording", "Could not switch to branch {branch}: {detail}"),
         nullptr},
        {"no-such-branch", QT_TRANSLATE_NOOP("parallax::wording", "There is no branch {branch}"), nullptr},
        {"file-changed-outside",
         QT_TRANSLATE_NOOP("parallax::wording", "Was changed by another program since it was read; nothing was saved"),
         QT_TRANSLATE_NOOP("parallax::wording", "Compare both, then keep yours or take theirs")},
        {"workspace-read-only",
         QT_TRANSLATE_NOOP("parallax::wording", "This folder is open for reading only: another window writes to it"),
         QT_TRANSLATE_NOOP("parallax::wording", "Close the other window and try again")},
        {"path-outside-repository",
         QT_TRANSLATE_NOOP("parallax::wording", "Leads out of the repository and is neither read nor written"),
         nullptr},
        {"not-a-file", QT_TRANSLATE_NOOP("parallax::wording", "Is no regular file"), nullptr},
        {"endpoint-subfolder", QT_TRANSLATE_NOOP("parallax::wording", "Folders below endpoints/ are not read"),
         nullptr},
        {"no-such-deployment",
         QT_TRANSLATE_NOOP("parallax::wording", "There is no deployment {deployment} on branch {branch}"), nullptr},
        {"no-such-version",
         QT_TRANSLATE_NOOP("parallax::wording",
                           "Deployment {deployment} has no version {version} on branch {branch}; the newest is "
                           "{newest}"),
         nullptr},
        {"versions-unknown",
         QT_TRANSLATE_NOOP("parallax::wording",
                           "Which commit is version {version} of {deployment} on branch {branch} is not known: the "
                           "history is not complete"),
         QT_TRANSLATE_NOOP("parallax::wording", "Run git fetch --unshallow, or use latest or worktree")},
        {"version-alias-unknown",
         QT_TRANSLATE_NOOP("parallax::wording",
                           "The alias {version} of {deployment} exists only at the service, not in the repository"),
         QT_TRANSLATE_NOOP("parallax::wording", "Use a number, latest, or a target with a url")},
        {"source-unsafe",
         QT_TRANSLATE_NOOP("parallax::wording", "{file} leads out of the repository; this version is not run"),
         nullptr},
        {"source-submodule", QT_TRANSLATE_NOOP("parallax::wording", "{file} is a submodule; this version is not run"),
         nullptr},
        {"source-too-large",
         QT_TRANSLATE_NOOP("parallax::wording",
                           "The files of {deployment} are more than {limit} bytes or too many to be checked out"),
         nullptr},
        {"folder-not-empty", QT_TRANSLATE_NOOP("parallax::wording", "The folder is not empty"), nullptr},
        {"repository-description-invalid",
         QT_TRANSLATE_NOOP("parallax::wording", "Does not describe a repository: {reason}"), nullptr},
    };
    return kSentences;
}

} // namespace parallax::wording
