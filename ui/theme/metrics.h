// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Sizes of the visual language in device-independent pixels, on the 4 px grid. Heights that hold text go through
// Theme::height(), so that a large system font grows them.
#pragma once

namespace parallax::theme::metrics {

inline constexpr int kMenuBarHeight = 34;
inline constexpr int kStatusBarHeight = 28;
inline constexpr int kRailWidth = 64;
inline constexpr int kRailButtonWidth = 56;
inline constexpr int kRailButtonHeight = 52;
inline constexpr int kSideBarWidth = 244;
inline constexpr int kSideBarMinimum = 180;
inline constexpr int kSideBarMaximum = 360;
inline constexpr int kYamlPaneWidth = 424;
inline constexpr int kYamlPaneMinimum = 320;
inline constexpr int kCompareColumnWidth = 424;
inline constexpr int kToolBarHeight = 44;
inline constexpr int kPaneHeaderHeight = 36;
inline constexpr int kTableHeaderHeight = 26;
inline constexpr int kListRowHeight = 28;
inline constexpr int kTableRowHeight = 24;
inline constexpr int kFieldTableRowHeight = 27;
inline constexpr int kFormRowHeight = 36;
inline constexpr int kButtonHeight = 28;
inline constexpr int kSmallButtonHeight = 22;
inline constexpr int kLargeButtonHeight = 32;
inline constexpr int kPlusButtonSize = 24;
inline constexpr int kFieldHeight = 28;
inline constexpr int kFilterHeight = 26;
inline constexpr int kSegmentHeight = 22;
inline constexpr int kTabHeight = 34;
inline constexpr int kMenuItemHeight = 28;
inline constexpr int kMessageBarHeight = 36;
inline constexpr int kPillHeight = 20;
inline constexpr int kCountPillHeight = 17;
inline constexpr int kKeyCapHeight = 18;
inline constexpr int kOverviewStripWidth = 14;
inline constexpr int kCodeLineHeight = 20;
inline constexpr int kToastHeight = 40;

inline constexpr int kFormGutter = 24;
inline constexpr int kPaneInset = 16;
inline constexpr int kListInset = 6;
inline constexpr int kRowPadding = 10;
inline constexpr int kIconGap = 8;
inline constexpr int kIconSize = 16;
inline constexpr int kSmallIconSize = 14;
inline constexpr int kRailIconSize = 20;
inline constexpr int kScrollBarWidth = 10;
inline constexpr int kShadowMargin = 44; ///< room a popup inside the window keeps for its shadow

inline constexpr double kRadiusMark = 3;
inline constexpr double kRadiusItem = 4;
inline constexpr double kRadiusSmall = 5;
inline constexpr double kRadiusControl = 6;
inline constexpr double kRadiusTile = 8;
inline constexpr double kRadiusPopover = 10;
inline constexpr double kRadiusPalette = 12;

/// Below this width the YAML pane becomes a tab of the form.
inline constexpr int kYamlTabBreakpoint = 1200;
/// Below this width the side bar folds to icons.
inline constexpr int kSideBarFoldBreakpoint = 1100;
inline constexpr int kMinimumWindowWidth = 1024;
inline constexpr int kMinimumWindowHeight = 640;

} // namespace parallax::theme::metrics
