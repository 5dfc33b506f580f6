// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Which names the Modelbit grammar allows (modelbit-endpoints.md 1, 2.1; Q18), and ours where it is silent.
#pragma once

#include "base/error.h"

#include <QList>
#include <QString>
#include <QStringList>

#include <optional>

namespace parallax::endpoints {

inline constexpr int kMaxEndpointName = 64;

/// `^[a-z0-9_]+$`.
[[nodiscard]] bool isEndpointName(QStringView name);
/// CON, NUL, COM1 and so on, which no checkout on Windows can hold.
[[nodiscard]] bool isWindowsDevice(QStringView name);
/// `^[a-zA-Z0-9_]+$`.
[[nodiscard]] bool isDeploymentName(QStringView name);
/// What git-check-ref-format(1) allows for a branch.
[[nodiscard]] bool isBranchName(QStringView name);
/// A custom alias: what may stand as one part of a call's URL, and is no number.
[[nodiscard]] bool isVersionAlias(QStringView name);

/// What forbids this name for a new endpoint; nothing when it may be used.
[[nodiscard]] std::optional<Error> newNameError(const QString &name);

/// Endpoint files, given by name with suffix, that a case-insensitive file system could not hold together.
[[nodiscard]] QList<Finding> nameClashes(const QStringList &fileNames);

/// The next free of `mirror_1`, `mirror_2`, ... or `split_1`, ...: the lowest number not in use.
[[nodiscard]] QString nextFreeName(const QString &prefix, const QStringList &used);

} // namespace parallax::endpoints
