// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"
#include "targets/target.h"

#include <QByteArray>
#include <QList>

namespace parallax::targets {

/// `.parallax/targets.yaml` as it was read: the targets in order and what is to be said about the file, each at line
/// and column. With an error among the findings there are no targets: were a broken one left out, another could match
/// in its place and requests go where nobody meant them to. Format: docs/manual, "Targets". A value.
struct TargetsFile
{
    QList<Target> targets;
    QList<Finding> findings;

    [[nodiscard]] static TargetsFile read(const QByteArray &bytes, const QString &file);

    [[nodiscard]] bool hasErrors() const;
    /// The first that matches, or null. Files as they lie on disk can only be run from source: for `worktree` other
    /// kinds are passed over. Valid as long as this value is.
    [[nodiscard]] const Target *find(const endpoints::DeploymentRef &ref) const;

    /// From the repository's root.
    [[nodiscard]] static QString path() { return QStringLiteral(".parallax/targets.yaml"); }

    friend bool operator==(const TargetsFile &, const TargetsFile &) = default;
};

} // namespace parallax::targets
