// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The commands of the desktop, declared once. A mode binds what each does (CommandRegistry::bind).
#pragma once

#include "ui/commands/command.h"

#include <QList>

namespace parallax::commands {

class CommandRegistry;

namespace ids {

inline constexpr QLatin1StringView kOpenFolder("file.openFolder");
inline constexpr QLatin1StringView kOpenExample("file.openExample");
inline constexpr QLatin1StringView kImportTraffic("file.importTraffic");
inline constexpr QLatin1StringView kExportTraffic("file.exportTraffic");
inline constexpr QLatin1StringView kExportSelection("file.exportSelection");
inline constexpr QLatin1StringView kSaveBody("file.saveBody");
inline constexpr QLatin1StringView kSave("file.save");
inline constexpr QLatin1StringView kSaveAll("file.saveAll");
inline constexpr QLatin1StringView kRevert("file.revert");
inline constexpr QLatin1StringView kCommit("file.commit");
inline constexpr QLatin1StringView kSwitchBranch("file.switchBranch");
inline constexpr QLatin1StringView kNewWindow("file.newWindow");
inline constexpr QLatin1StringView kCloseFolder("file.closeFolder");
inline constexpr QLatin1StringView kPreferences("file.preferences");
inline constexpr QLatin1StringView kQuit("file.quit");

inline constexpr QLatin1StringView kUndo("edit.undo");
inline constexpr QLatin1StringView kCopyRows("edit.copyRows");
inline constexpr QLatin1StringView kIndent("edit.indent");
inline constexpr QLatin1StringView kUnindent("edit.unindent");
inline constexpr QLatin1StringView kRedo("edit.redo");
inline constexpr QLatin1StringView kFind("edit.find");
inline constexpr QLatin1StringView kFindNext("edit.findNext");
inline constexpr QLatin1StringView kFindPrevious("edit.findPrevious");
inline constexpr QLatin1StringView kFilter("edit.filter");

inline constexpr QLatin1StringView kPalette("view.palette");
inline constexpr QLatin1StringView kModeEdit("view.edit");
inline constexpr QLatin1StringView kModeLive("view.live");
inline constexpr QLatin1StringView kModeReplay("view.replay");
inline constexpr QLatin1StringView kModeCompare("view.compare");
inline constexpr QLatin1StringView kNextPane("view.nextPane");
inline constexpr QLatin1StringView kPreviousPane("view.previousPane");
inline constexpr QLatin1StringView kMenuBar("view.menuBar");
inline constexpr QLatin1StringView kMoveDivider("view.moveDivider");
inline constexpr QLatin1StringView kSideBar("view.sideBar");
inline constexpr QLatin1StringView kYamlText("view.yamlText");
inline constexpr QLatin1StringView kYamlDifference("view.yamlDifference");
inline constexpr QLatin1StringView kYamlBoth("view.yamlBoth");
inline constexpr QLatin1StringView kToggleFold("view.toggleFold");
inline constexpr QLatin1StringView kWrapLines("view.wrapLines");
inline constexpr QLatin1StringView kRawBody("view.rawBody");
inline constexpr QLatin1StringView kAppearanceSystem("view.appearanceSystem");
inline constexpr QLatin1StringView kAppearanceLight("view.appearanceLight");
inline constexpr QLatin1StringView kAppearanceDark("view.appearanceDark");
inline constexpr QLatin1StringView kFullScreen("view.fullScreen");
inline constexpr QLatin1StringView kZoomIn("view.zoomIn");
inline constexpr QLatin1StringView kZoomOut("view.zoomOut");
inline constexpr QLatin1StringView kZoomReset("view.zoomReset");
inline constexpr QLatin1StringView kResetLayout("view.resetLayout");

inline constexpr QLatin1StringView kNewEndpoint("endpoint.new");
inline constexpr QLatin1StringView kDuplicateEndpoint("endpoint.duplicate");
inline constexpr QLatin1StringView kRenameEndpoint("endpoint.rename");
inline constexpr QLatin1StringView kDeleteEndpoint("endpoint.delete");
inline constexpr QLatin1StringView kAddMirror("endpoint.addMirror");
inline constexpr QLatin1StringView kRemoveMirror("endpoint.removeMirror");
inline constexpr QLatin1StringView kAddBackend("endpoint.addBackend");
inline constexpr QLatin1StringView kMoveUp("endpoint.moveUp");
inline constexpr QLatin1StringView kMoveDown("endpoint.moveDown");
inline constexpr QLatin1StringView kTryEndpoint("endpoint.try");
inline constexpr QLatin1StringView kSendTry("endpoint.sendTry");
inline constexpr QLatin1StringView kEditTargets("endpoint.editTargets");
inline constexpr QLatin1StringView kEditLocal("endpoint.editLocal");
inline constexpr QLatin1StringView kCopyUrl("endpoint.copyUrl");
inline constexpr QLatin1StringView kCopyCurl("endpoint.copyCurl");
inline constexpr QLatin1StringView kCheckTargets("endpoint.checkTargets");

inline constexpr QLatin1StringView kToggleRouter("router.toggle");
inline constexpr QLatin1StringView kPauseCapture("router.pauseCapture");
inline constexpr QLatin1StringView kFollowTraffic("router.followTraffic");
inline constexpr QLatin1StringView kClearTraffic("router.clearTraffic");
inline constexpr QLatin1StringView kSendSample("router.sendSample");
inline constexpr QLatin1StringView kSendSamples("router.sendSamples");
inline constexpr QLatin1StringView kChooseCapture("router.chooseCapture");
inline constexpr QLatin1StringView kCompareCapture("router.compareCapture");

inline constexpr QLatin1StringView kStartReplay("replay.start");
inline constexpr QLatin1StringView kPauseReplay("replay.pause");
inline constexpr QLatin1StringView kStopReplay("replay.stop");
inline constexpr QLatin1StringView kReplaySelected("replay.selected");
inline constexpr QLatin1StringView kRetryFailed("replay.retryFailed");
inline constexpr QLatin1StringView kStepReplay("replay.step");
inline constexpr QLatin1StringView kReplayDifferent("replay.different");
inline constexpr QLatin1StringView kOpenReplaySource("replay.openSource");
inline constexpr QLatin1StringView kRepeatRun("replay.repeatRun");
inline constexpr QLatin1StringView kCompareVersions("replay.compareVersions");
inline constexpr QLatin1StringView kCompareRun("replay.compareRun");

inline constexpr QLatin1StringView kCompareSelected("compare.selected");
inline constexpr QLatin1StringView kNextDifference("compare.nextDifference");
inline constexpr QLatin1StringView kPreviousDifference("compare.previousDifference");
inline constexpr QLatin1StringView kCompareEarlier("compare.earlierRun");
inline constexpr QLatin1StringView kReplayAgain("compare.replayAgain");
inline constexpr QLatin1StringView kIgnorePath("compare.ignorePath");
inline constexpr QLatin1StringView kPresenceOnly("compare.presenceOnly");
inline constexpr QLatin1StringView kIgnoreOrder("compare.ignoreOrder");
inline constexpr QLatin1StringView kMatchByKey("compare.matchByKey");
inline constexpr QLatin1StringView kSetTolerance("compare.tolerance");
inline constexpr QLatin1StringView kApplyRules("compare.applyRules");
inline constexpr QLatin1StringView kShowRules("compare.rules");
inline constexpr QLatin1StringView kExportReport("compare.exportReport");

inline constexpr QLatin1StringView kManual("help.manual");
inline constexpr QLatin1StringView kShortcuts("help.shortcuts");
inline constexpr QLatin1StringView kFirstSteps("help.firstSteps");
inline constexpr QLatin1StringView kAbout("help.about");

} // namespace ids

/// Every command of the desktop in the order of its menus.
[[nodiscard]] QList<Command> catalogue();

} // namespace parallax::commands
