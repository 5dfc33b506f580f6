// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Everything a form, the picker or the command line can do to an endpoint file, as values. An edit touches only the
// bytes it must; its inverse is the TextChange between both files.
#pragma once

#include "base/result.h"
#include "endpoints/endpointfile.h"
#include "endpoints/textchange.h"

#include <optional>
#include <variant>

namespace parallax::endpoints {

struct AddMirror
{
    QString name; ///< empty: the next free `mirror_N`
    DeploymentRef deployment;
};
struct RemoveMirror
{
    QString name;
};
struct SetMirror
{
    QString name;
    DeploymentRef deployment;
};
struct RenameMirror
{
    QString name;
    QString newName;
};
struct MoveMirror
{
    QString name;
    int index = 0;
};
struct AddBackend
{
    QString label; ///< empty: the next free `split_N`
    DeploymentRef deployment;
    std::optional<int> weight; ///< nothing: no `weight` is written
};
struct RemoveBackend
{
    QString label;
};
struct SetBackend
{
    QString label;
    DeploymentRef deployment;
};
struct RenameBackend
{
    QString label;
    QString newLabel;
};
struct MoveBackend
{
    QString label;
    int index = 0;
};
struct SetWeight
{
    QString label;
    std::optional<int> weight; ///< nothing removes the key, which means 1
};
/// Split to alias: all backends but one go. (Alias to split is AddBackend.)
struct KeepOnlyBackend
{
    QString label;
};

using Edit = std::variant<AddMirror, RemoveMirror, SetMirror, RenameMirror, MoveMirror, AddBackend, RemoveBackend,
                          SetBackend, RenameBackend, MoveBackend, SetWeight, KeepOnlyBackend>;

/// The file after the edit. Fails, and nothing is changed, when the edit makes no sense (no such mirror, a name twice,
/// a weight out of bounds, the last backend) or cannot be done without risk to the rest of the file
/// (`yaml-edit-unsafe`, with the place that is the reason). Any thread.
[[nodiscard]] Result<EndpointFile> applied(const EndpointFile &file, const Edit &edit);

[[nodiscard]] QString nextFreeMirror(const Endpoint &endpoint);
[[nodiscard]] QString nextFreeBackend(const Endpoint &endpoint);

/// What forbids writing this target into a file: characters that the grammar does not allow, or `worktree`.
[[nodiscard]] std::optional<Error> targetError(const DeploymentRef &deployment);

} // namespace parallax::endpoints
