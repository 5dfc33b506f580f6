// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/commands/catalogue.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace parallax::commands {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Commands", text);
}

QList<QKeySequence> keys(std::initializer_list<const char *> texts)
{
    QList<QKeySequence> sequences;
    for (const char *text : texts)
        sequences.append(QKeySequence(QString::fromLatin1(text), QKeySequence::PortableText));
    return sequences;
}

QList<QKeySequence> standard(QKeySequence::StandardKey key, const char *otherwise)
{
    const QList<QKeySequence> bindings = QKeySequence::keyBindings(key);
    return bindings.isEmpty() ? keys({otherwise}) : QList<QKeySequence>{bindings.constFirst()};
}

/// Names one column of the tables below.
struct Row
{
    QLatin1StringView id;
    const char *text;
    const char *icon;
    QList<QKeySequence> keys;
    int section;
    const char *description = "";
    bool isCheckable = false;
};

QList<Command> menu(MenuId menu, const QList<Row> &rows)
{
    QList<Command> commands;
    for (const Row &row : rows) {
        Command command;
        command.id = row.id;
        command.text = tr(row.text);
        if (*row.description != '\0')
            command.description = tr(row.description);
        command.icon = QString::fromLatin1(row.icon);
        command.keys = row.keys;
        command.menu = menu;
        command.section = row.section;
        command.isCheckable = row.isCheckable;
        commands.append(command);
    }
    return commands;
}

QList<Command> fileMenu()
{
    QList<Command> commands =
        menu(MenuId::File,
             {
                 {ids::kOpenFolder, QT_TRANSLATE_NOOP("Commands", "Open folder…"), "folder",
                  standard(QKeySequence::Open, "Ctrl+O"), 0,
                  QT_TRANSLATE_NOOP("Commands", "Opens a Modelbit repository or the folder of an endpoint file")},
                 {ids::kOpenExample,
                  QT_TRANSLATE_NOOP("Commands", "Try the example"),
                  "",
                  {},
                  0,
                  QT_TRANSLATE_NOOP("Commands", "Opens a small repository whose two deployments run on this machine")},
                 {ids::kNewWindow, QT_TRANSLATE_NOOP("Commands", "New window"), "", keys({"Ctrl+Shift+N"}), 0},
                 {ids::kSave, QT_TRANSLATE_NOOP("Commands", "Save"), "save", standard(QKeySequence::Save, "Ctrl+S"), 1},
                 {ids::kSaveAll, QT_TRANSLATE_NOOP("Commands", "Save all"), "", keys({"Ctrl+Shift+S"}), 1},
                 {ids::kRevert,
                  QT_TRANSLATE_NOOP("Commands", "Revert changes"),
                  "",
                  {},
                  1,
                  QT_TRANSLATE_NOOP("Commands", "Goes back to the file as it is on disk")},
                 {ids::kSwitchBranch,
                  QT_TRANSLATE_NOOP("Commands", "Switch branch…"),
                  "branch",
                  {},
                  1,
                  QT_TRANSLATE_NOOP("Commands", "Checks out another branch of this folder")},
                 {ids::kCommit, QT_TRANSLATE_NOOP("Commands", "Commit…"), "commit", keys({"Ctrl+Shift+K"}), 1,
                  QT_TRANSLATE_NOOP("Commands", "Commits the changed endpoint files to git")},
                 {ids::kImportTraffic, QT_TRANSLATE_NOOP("Commands", "Import traffic…"), "import", keys({"Ctrl+I"}), 2,
                  QT_TRANSLATE_NOOP("Commands", "Reads a capture, HAR file, log or curl command")},
                 {ids::kExportTraffic, QT_TRANSLATE_NOOP("Commands", "Export traffic…"), "export", {}, 2},
                 {ids::kExportSelection,
                  QT_TRANSLATE_NOOP("Commands", "Export selected requests…"),
                  "",
                  {},
                  2,
                  QT_TRANSLATE_NOOP("Commands", "Writes the chosen rows of the traffic table")},
                 {ids::kSaveBody,
                  QT_TRANSLATE_NOOP("Commands", "Save body…"),
                  "save",
                  {},
                  2,
                  QT_TRANSLATE_NOOP("Commands", "Writes the body that is shown to a file, secrets replaced")},
                 {ids::kPreferences, QT_TRANSLATE_NOOP("Commands", "Preferences…"), "settings", keys({"Ctrl+,"}), 3},
                 {ids::kCloseFolder, QT_TRANSLATE_NOOP("Commands", "Close folder"), "",
                  standard(QKeySequence::Close, "Ctrl+W"), 4},
                 {ids::kQuit, QT_TRANSLATE_NOOP("Commands", "Quit"), "", standard(QKeySequence::Quit, "Ctrl+Q"), 4},
             });
    for (Command &command : commands) {
        if (command.id == ids::kPreferences)
            command.role = QAction::PreferencesRole;
        else if (command.id == ids::kQuit)
            command.role = QAction::QuitRole;
    }
    return commands;
}

QList<Command> editMenu()
{
    return menu(
        MenuId::Edit,
        {
            {ids::kUndo, QT_TRANSLATE_NOOP("Commands", "Undo"), "", standard(QKeySequence::Undo, "Ctrl+Z"), 0},
            {ids::kRedo, QT_TRANSLATE_NOOP("Commands", "Redo"), "", keys({"Ctrl+Shift+Z"}), 0},
            {ids::kCopyRows, QT_TRANSLATE_NOOP("Commands", "Copy rows"), "copy", standard(QKeySequence::Copy, "Ctrl+C"),
             1, QT_TRANSLATE_NOOP("Commands", "Copies the selected rows of the list or table with the focus")},
            {ids::kIndent, QT_TRANSLATE_NOOP("Commands", "Indent lines"), "", keys({"Ctrl+]"}), 2,
             QT_TRANSLATE_NOOP("Commands",
                               "Moves the selected lines of the YAML text to the right; Tab leaves the text")},
            {ids::kUnindent, QT_TRANSLATE_NOOP("Commands", "Unindent lines"), "", keys({"Ctrl+["}), 2},
            {ids::kFind, QT_TRANSLATE_NOOP("Commands", "Find…"), "search", standard(QKeySequence::Find, "Ctrl+F"), 1,
             QT_TRANSLATE_NOOP("Commands", "Looks for something in the text of this pane")},
            {ids::kFindNext, QT_TRANSLATE_NOOP("Commands", "Find next"), "arrow-down", keys({"F3"}), 1},
            {ids::kFindPrevious, QT_TRANSLATE_NOOP("Commands", "Find previous"), "arrow-up", keys({"Shift+F3"}), 1},
            {ids::kFilter, QT_TRANSLATE_NOOP("Commands", "Filter"), "filter", keys({"Ctrl+L"}), 1,
             QT_TRANSLATE_NOOP("Commands", "Goes to the filter field of this view")},
        });
}

QList<Command> viewMenu()
{
    QList<Command> commands = menu(
        MenuId::View,
        {
            {ids::kPalette, QT_TRANSLATE_NOOP("Commands", "Search or run a command…"), "search",
             keys({"Ctrl+K", "Ctrl+Shift+P"}), 0},
            {ids::kModeEdit, QT_TRANSLATE_NOOP("Commands", "Edit"), "mode-edit", keys({"Ctrl+1"}), 1,
             QT_TRANSLATE_NOOP("Commands", "Goes to the endpoints and their files"), true},
            {ids::kModeLive, QT_TRANSLATE_NOOP("Commands", "Live"), "mode-live", keys({"Ctrl+2"}), 1,
             QT_TRANSLATE_NOOP("Commands", "Goes to the router and its traffic"), true},
            {ids::kModeReplay, QT_TRANSLATE_NOOP("Commands", "Replay"), "mode-replay", keys({"Ctrl+3"}), 1,
             QT_TRANSLATE_NOOP("Commands", "Goes to the replay of recorded requests"), true},
            {ids::kModeCompare, QT_TRANSLATE_NOOP("Commands", "Compare"), "mode-compare", keys({"Ctrl+4"}), 1,
             QT_TRANSLATE_NOOP("Commands", "Goes to the comparison of two answers"), true},
            {ids::kNextPane, QT_TRANSLATE_NOOP("Commands", "Next pane"), "", keys({"F6"}), 2},
            {ids::kPreviousPane, QT_TRANSLATE_NOOP("Commands", "Previous pane"), "", keys({"Shift+F6"}), 2},
            {ids::kMenuBar, QT_TRANSLATE_NOOP("Commands", "Menu bar"), "", keys({"F10"}), 2,
             QT_TRANSLATE_NOOP("Commands", "Opens the first menu; arrow keys go on from there")},
            {ids::kMoveDivider, QT_TRANSLATE_NOOP("Commands", "Move a divider"), "", keys({"F8"}), 2,
             QT_TRANSLATE_NOOP("Commands", "Arrow keys move the line between two panes; again for the next line")},
            {ids::kSideBar, QT_TRANSLATE_NOOP("Commands", "Side bar"), "sidebar", keys({"F9"}), 2,
             QT_TRANSLATE_NOOP("Commands", "Folds the lists to a strip of icons, or unfolds them"), true},
            {ids::kYamlText, QT_TRANSLATE_NOOP("Commands", "YAML text"), "", keys({"Ctrl+Shift+1"}), 3},
            {ids::kYamlDifference, QT_TRANSLATE_NOOP("Commands", "YAML difference to HEAD"), "", keys({"Ctrl+Shift+2"}),
             3},
            {ids::kYamlBoth, QT_TRANSLATE_NOOP("Commands", "YAML with its difference"), "", keys({"Ctrl+Shift+3"}), 3},
            {ids::kToggleFold, QT_TRANSLATE_NOOP("Commands", "Fold or unfold"), "chevron-down", keys({"Ctrl+Shift+F"}),
             3, QT_TRANSLATE_NOOP("Commands", "Folds what lies below the line of the cursor")},
            {ids::kWrapLines, QT_TRANSLATE_NOOP("Commands", "Wrap lines"), "wrap", keys({"Alt+Z"}), 3, "", true},
            {ids::kRawBody,
             QT_TRANSLATE_NOOP("Commands", "Raw text"),
             "",
             {},
             3,
             QT_TRANSLATE_NOOP("Commands", "Shows the body as it was sent, not indented"),
             true},
            {ids::kAppearanceSystem, QT_TRANSLATE_NOOP("Commands", "Like the system"), "", {}, 4, "", true},
            {ids::kAppearanceLight, QT_TRANSLATE_NOOP("Commands", "Light"), "", {}, 4, "", true},
            {ids::kAppearanceDark, QT_TRANSLATE_NOOP("Commands", "Dark"), "", {}, 4, "", true},
            {ids::kZoomIn, QT_TRANSLATE_NOOP("Commands", "Larger text"), "", keys({"Ctrl++", "Ctrl+="}), 5},
            {ids::kZoomOut, QT_TRANSLATE_NOOP("Commands", "Smaller text"), "", keys({"Ctrl+-"}), 5},
            {ids::kZoomReset, QT_TRANSLATE_NOOP("Commands", "Usual text size"), "", keys({"Ctrl+0"}), 5},
            {ids::kFullScreen, QT_TRANSLATE_NOOP("Commands", "Full screen"), "",
             standard(QKeySequence::FullScreen, "F11"), 6, "", true},
            {ids::kResetLayout,
             QT_TRANSLATE_NOOP("Commands", "Reset layout"),
             "",
             {},
             6,
             QT_TRANSLATE_NOOP("Commands", "Puts the window, its panes and the text size back as they were made")},
        });
    for (Command &command : commands) {
        if (command.id.startsWith("view.yaml"_L1) || command.id == ids::kToggleFold)
            command.submenu = tr(QT_TRANSLATE_NOOP("Commands", "YAML pane"));
        if (command.section == 2)
            command.submenu = tr(QT_TRANSLATE_NOOP("Commands", "Panes"));
        if (command.section == 4)
            command.submenu = tr(QT_TRANSLATE_NOOP("Commands", "Appearance"));
    }
    return commands;
}

QList<Command> endpointMenu()
{
    QList<Command> commands =
        menu(MenuId::Endpoint,
             {
                 {ids::kNewEndpoint, QT_TRANSLATE_NOOP("Commands", "New endpoint…"), "plus",
                  standard(QKeySequence::New, "Ctrl+N"), 0},
                 {ids::kDuplicateEndpoint, QT_TRANSLATE_NOOP("Commands", "Duplicate endpoint…"), "copy",
                  keys({"Ctrl+Shift+D"}), 0},
                 {ids::kRenameEndpoint, QT_TRANSLATE_NOOP("Commands", "Rename endpoint…"), "", keys({"F2"}), 0},
                 {ids::kDeleteEndpoint, QT_TRANSLATE_NOOP("Commands", "Delete endpoint"), "trash", keys({"Del"}), 0,
                  QT_TRANSLATE_NOOP("Commands", "Removes the file; Undo brings it back byte for byte")},
                 {ids::kAddMirror, QT_TRANSLATE_NOOP("Commands", "Add mirror…"), "plus", keys({"Ctrl+Shift+M"}), 1,
                  QT_TRANSLATE_NOOP("Commands", "Copies every request to another version; its answers are recorded")},
                 {ids::kRemoveMirror, QT_TRANSLATE_NOOP("Commands", "Remove mirror"), "trash", keys({"Del"}), 1},
                 {ids::kAddBackend, QT_TRANSLATE_NOOP("Commands", "Add backend…"), "plus", keys({"Ctrl+Shift+B"}), 1,
                  QT_TRANSLATE_NOOP("Commands", "Splits the requests between several backends")},
                 {ids::kMoveUp, QT_TRANSLATE_NOOP("Commands", "Move up"), "arrow-up", keys({"Alt+Up"}), 1,
                  QT_TRANSLATE_NOOP("Commands", "Moves the selected backend or mirror one row up in the file")},
                 {ids::kMoveDown, QT_TRANSLATE_NOOP("Commands", "Move down"), "arrow-down", keys({"Alt+Down"}), 1,
                  QT_TRANSLATE_NOOP("Commands", "Moves the selected backend or mirror one row down in the file")},
                 {ids::kCopyUrl, QT_TRANSLATE_NOOP("Commands", "Copy URL"), "copy", keys({"Ctrl+Shift+U"}), 2},
                 {ids::kCopyCurl, QT_TRANSLATE_NOOP("Commands", "Copy as curl"), "terminal", keys({"Ctrl+Shift+C"}), 2,
                  QT_TRANSLATE_NOOP("Commands", "The selected request, or one to try the endpoint with")},
                 {ids::kTryEndpoint, QT_TRANSLATE_NOOP("Commands", "Try it…"), "play", keys({"Ctrl+T"}), 2,
                  QT_TRANSLATE_NOOP("Commands", "Sends one request to the endpoint as it is edited")},
                 {ids::kSendTry, QT_TRANSLATE_NOOP("Commands", "Send the request"), "arrow-right",
                  keys({"Ctrl+Shift+Return"}), 2, QT_TRANSLATE_NOOP("Commands", "Sends what stands in Try it")},
                 {ids::kCheckTargets, QT_TRANSLATE_NOOP("Commands", "Check targets again"), "retry", keys({"F5"}), 3,
                  QT_TRANSLATE_NOOP("Commands", "Asks every deployment whether it answers")},
                 {ids::kEditTargets,
                  QT_TRANSLATE_NOOP("Commands", "Edit targets…"),
                  "",
                  {},
                  3,
                  QT_TRANSLATE_NOOP("Commands", "Opens .parallax/targets.yaml: how this machine reaches a deployment")},
                 {ids::kEditLocal,
                  QT_TRANSLATE_NOOP("Commands", "Edit local settings…"),
                  "",
                  {},
                  3,
                  QT_TRANSLATE_NOOP("Commands", "Opens what only the local router honours for this endpoint")},
             });
    for (Command &command : commands)
        command.isLocal = command.id == ids::kRemoveMirror || command.id == ids::kRenameEndpoint ||
                          command.id == ids::kDeleteEndpoint || command.id == ids::kMoveUp ||
                          command.id == ids::kMoveDown;
    return commands;
}

QList<Command> trafficMenus()
{
    return menu(MenuId::Router,
                {
                    {ids::kToggleRouter, QT_TRANSLATE_NOOP("Commands", "Start router"), "play", keys({"Ctrl+Shift+R"}),
                     0},
                    {ids::kPauseCapture, QT_TRANSLATE_NOOP("Commands", "Pause capture"), "pause", {}, 1, "", true},
                    {ids::kFollowTraffic, QT_TRANSLATE_NOOP("Commands", "Follow new rows"), "tail", {}, 1, "", true},
                    {ids::kClearTraffic,
                     QT_TRANSLATE_NOOP("Commands", "Clear traffic"),
                     "clear",
                     {},
                     1,
                     QT_TRANSLATE_NOOP("Commands", "Empties the table; the capture keeps every request")},
                    {ids::kChooseCapture,
                     QT_TRANSLATE_NOOP("Commands", "Record to…"),
                     "capture",
                     {},
                     2,
                     QT_TRANSLATE_NOOP("Commands", "Chooses the capture that the next start of the router records to")},
                    {ids::kCompareCapture,
                     QT_TRANSLATE_NOOP("Commands", "Open capture in Compare"),
                     "mode-compare",
                     {},
                     2,
                     QT_TRANSLATE_NOOP("Commands", "Compares everything that the router has recorded last")},
                    {ids::kSendSample, QT_TRANSLATE_NOOP("Commands", "Send a sample request"), "arrow-right", {}, 3},
                    {ids::kSendSamples, QT_TRANSLATE_NOOP("Commands", "Send 50 sample requests"), "", {}, 3},
                }) +
           menu(MenuId::Replay,
                {
                    {ids::kStartReplay, QT_TRANSLATE_NOOP("Commands", "Start replay"), "play", keys({"Ctrl+R"}), 0},
                    {ids::kPauseReplay, QT_TRANSLATE_NOOP("Commands", "Pause replay"), "pause", {}, 0},
                    {ids::kStopReplay, QT_TRANSLATE_NOOP("Commands", "Stop replay"), "stop", keys({"Ctrl+."}), 0},
                    {ids::kStepReplay, QT_TRANSLATE_NOOP("Commands", "Send next request"), "arrow-right",
                     keys({"Ctrl+Shift+."}), 0},
                    {ids::kReplaySelected, QT_TRANSLATE_NOOP("Commands", "Replay selected requests"), "mode-replay",
                     keys({"Ctrl+Return"}), 1},
                    {ids::kRetryFailed, QT_TRANSLATE_NOOP("Commands", "Retry failed"), "retry", {}, 1},
                    {ids::kReplayDifferent,
                     QT_TRANSLATE_NOOP("Commands", "Replay only what differed"),
                     "mode-replay",
                     {},
                     1},
                    {ids::kCompareRun, QT_TRANSLATE_NOOP("Commands", "Compare the run"), "mode-compare", {}, 1},
                    {ids::kOpenReplaySource, QT_TRANSLATE_NOOP("Commands", "Choose replay source…"), "capture", {}, 2},
                    {ids::kRepeatRun,
                     QT_TRANSLATE_NOOP("Commands", "Repeat an earlier run…"),
                     "retry",
                     {},
                     2,
                     QT_TRANSLATE_NOOP("Commands", "Takes the plan of a run out of its capture")},
                    {ids::kCompareVersions,
                     QT_TRANSLATE_NOOP("Commands", "Compare versions…"),
                     "deployment",
                     {},
                     2,
                     QT_TRANSLATE_NOOP("Commands", "Replays to versions of a deployment without an endpoint file")},
                });
}

QList<Command> compareMenu()
{
    return menu(
        MenuId::Compare,
        {
            {ids::kCompareSelected, QT_TRANSLATE_NOOP("Commands", "Compare selected"), "mode-compare", keys({"Ctrl+D"}),
             0},
            {ids::kNextDifference, QT_TRANSLATE_NOOP("Commands", "Next difference"), "arrow-down",
             keys({"Alt+Down", "F7"}), 1},
            {ids::kPreviousDifference, QT_TRANSLATE_NOOP("Commands", "Previous difference"), "arrow-up",
             keys({"Alt+Up", "Shift+F7"}), 1},
            {ids::kIgnorePath,
             QT_TRANSLATE_NOOP("Commands", "Ignore this path"),
             "eye-off",
             {},
             2,
             QT_TRANSLATE_NOOP("Commands", "Adds a rule: neither its value nor its presence matters")},
            {ids::kPresenceOnly,
             QT_TRANSLATE_NOOP("Commands", "Ignore the value here"),
             "",
             {},
             2,
             QT_TRANSLATE_NOOP("Commands", "Adds a rule: it must be there on both sides, with any value")},
            {ids::kIgnoreOrder,
             QT_TRANSLATE_NOOP("Commands", "Ignore order here"),
             "",
             {},
             2,
             QT_TRANSLATE_NOOP("Commands", "Adds a rule: the elements of the array may come in any order")},
            {ids::kMatchByKey,
             QT_TRANSLATE_NOOP("Commands", "Match by key…"),
             "",
             {},
             2,
             QT_TRANSLATE_NOOP("Commands", "Adds a rule: elements of the array are paired by one of their members")},
            {ids::kSetTolerance,
             QT_TRANSLATE_NOOP("Commands", "Tolerance…"),
             "",
             {},
             2,
             QT_TRANSLATE_NOOP("Commands", "Adds a rule: numbers that lie close enough are equal")},
            {ids::kApplyRules,
             QT_TRANSLATE_NOOP("Commands", "Apply rules"),
             "",
             {},
             3,
             QT_TRANSLATE_NOOP("Commands", "Without them the comparison shows what they hide"),
             true},
            {ids::kShowRules, QT_TRANSLATE_NOOP("Commands", "Rules…"), "rule", {}, 3},
            {ids::kCompareEarlier,
             QT_TRANSLATE_NOOP("Commands", "Compare with an earlier run…"),
             "clock",
             {},
             4,
             QT_TRANSLATE_NOOP("Commands", "Says what is new, fixed and still different since then")},
            {ids::kReplayAgain,
             QT_TRANSLATE_NOOP("Commands", "Replay again"),
             "retry",
             {},
             4,
             QT_TRANSLATE_NOOP("Commands", "Makes these requests, and the plan of the run, the next replay")},
            {ids::kExportReport, QT_TRANSLATE_NOOP("Commands", "Export report…"), "export", keys({"Ctrl+E"}), 5},
        });
}

QList<Command> helpMenu()
{
    QList<Command> commands = menu(
        MenuId::Help,
        {
            {ids::kManual, QT_TRANSLATE_NOOP("Commands", "Manual"), "help", standard(QKeySequence::HelpContents, "F1"),
             0},
            {ids::kShortcuts, QT_TRANSLATE_NOOP("Commands", "Keyboard shortcuts"), "", keys({"Ctrl+?"}), 0},
            {ids::kFirstSteps,
             QT_TRANSLATE_NOOP("Commands", "First steps"),
             "",
             {},
             0,
             QT_TRANSLATE_NOOP("Commands", "Shows the four steps from a folder to a comparison, and how far you are"),
             true},
            {ids::kAbout, QT_TRANSLATE_NOOP("Commands", "About Parallax"), "info", {}, 1},
        });
    commands.last().role = QAction::AboutRole;
    return commands;
}

} // namespace

QList<Command> catalogue()
{
    return fileMenu() + editMenu() + viewMenu() + endpointMenu() + trafficMenus() + compareMenu() + helpMenu();
}

} // namespace parallax::commands
