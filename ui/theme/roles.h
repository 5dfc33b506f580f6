// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The colour roles of the visual language: what a colour is for, in light and in dark. The table in roles.cpp is the
// only place of the program where a colour has a value.
#pragma once

#include <QColor>
#include <QString>

#include <array>

namespace parallax::theme {

/// What a colour is for. Widgets name a role, never a value.
enum class Role {
    Window,
    Rail,
    Base,
    Sunken,
    Raised,
    Hover,
    Pressed,
    Button,
    Track,
    Thumb,
    Border,
    BorderStrong,
    Field,
    Text,
    Text2,
    Muted,
    Disabled,
    Accent,
    AccentFill,
    AccentHover,
    AccentPressed,
    OnAccent,
    AccentSoft,
    Focus,
    Selection,
    SelectionOff,
    TextSelection,
    Equal,
    Different,
    Error,
    Dropped,
    Warning,
    Ok,
    DifferentSoft,
    ErrorSoft,
    WarningSoft,
    OkSoft,
    InfoSoft,
    DiffLeft,
    DiffLeftIn,
    DiffLeftMark,
    DiffRight,
    DiffRightIn,
    DiffRightMark,
    DiffMove,
    DiffMoveMark,
    DiffVoid,
    SynKey,
    SynString,
    SynNumber,
    SynWord,
    SynPunct,
    Primary,
    MirrorA,
    MirrorB,
    MirrorC,
    MirrorD,
    MirrorE,
    MirrorF,
    ChartGrid,
    ChartAxis,
    ChartEqual,
    ChartRule,
    ChartDiff,
    ChartError,
    ChartDropped,
};

inline constexpr int kRoleCount = 66;

/// Every role, in the order of the enum.
[[nodiscard]] std::array<Role, kRoleCount> allRoles();
[[nodiscard]] QLatin1StringView roleName(Role role);
[[nodiscard]] QColor lightColor(Role role);
[[nodiscard]] QColor darkColor(Role role);

} // namespace parallax::theme
