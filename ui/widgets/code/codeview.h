// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/code/findbar.h"
#include "ui/widgets/code/syntax.h"

#include <QList>
#include <QString>
#include <QStringList>
#include <QWidget>

#include <functional>

namespace parallax::theme {
class Theme;
}

namespace parallax::widgets {

/// How the lines of a text came to be since another version of it. Lines count from 0.
struct CodeDiff
{
    /// For every line its number (from 1) in the other version, or 0 where it is new.
    QList<int> oldNumbers;
    /// Lines of the other version that are gone, shown behind the line they stood behind (-1 for the start).
    struct Removed
    {
        int afterLine = -1;
        QStringList lines;
        friend bool operator==(const Removed &, const Removed &) = default;
    };
    QList<Removed> removed;
    friend bool operator==(const CodeDiff &, const CodeDiff &) = default;
};

/// A finding in the text: underlined, with its sentence as the tooltip. Lines and columns count from 0; a column counts
/// UTF-16 units.
struct CodeProblem
{
    int line = 0;
    int column = 0;
    int endLine = 0;
    int endColumn = 0;
    bool isError = false;
    QString text;
    friend bool operator==(const CodeProblem &, const CodeProblem &) = default;
};

/// Words that fit where the cursor stands.
struct CodeCompletion
{
    qsizetype typed = 0; ///< UTF-16 units before the cursor that a word takes the place of
    QStringList words;   ///< empty: nothing is offered
    friend bool operator==(const CodeCompletion &, const CodeCompletion &) = default;
};

/// A view of code with line numbers: the YAML of an endpoint, editable, and raw bodies. An interface, so that the
/// library behind it stays in one file. It has no undo of its own: the owner keeps one history over form and text. GUI
/// thread.
class CodeView : public QWidget
{
    Q_OBJECT

public:
    using QWidget::QWidget;

    virtual void setLanguage(Language language) = 0;
    virtual void setReadOnly(bool isReadOnly) = 0;
    /// Replaces the text. What is the same at its start and end stays, and with it cursor and position; nothing is
    /// told.
    virtual void setText(const QString &text) = 0;
    /// Byte for byte what was set or typed, line ends included.
    [[nodiscard]] virtual QString text() const = 0;
    [[nodiscard]] virtual QString selectedText() const = 0;
    /// Shows two columns of numbers, signs and tints; takes no longer than the lines it has.
    virtual void setDiff(const CodeDiff &diff) = 0;
    virtual void clearDiff() = 0;
    virtual void setProblems(const QList<CodeProblem> &problems) = 0;
    virtual void setWrapped(bool isWrapped) = 0;
    /// Shows only lines at most this far from what the difference marks; all of them when negative.
    virtual void setContextOnly(int lines) = 0;
    /// What is indented below a line can be folded under it (YAML).
    virtual void setFolding(bool isFolding) = 0;
    /// Folds or unfolds at the cursor.
    virtual void toggleFold() = 0;
    /// The selected lines, or the cursor's, one step to the right or to the left; one edit.
    virtual void indentLines(bool isLess) = 0;
    /// Asked for words while one types and on Ctrl+Space; `line` and `at`, in UTF-16 units, are the cursor's.
    using Completer = std::function<CodeCompletion(const QString &text, int line, int at)>;
    virtual void setCompleter(Completer completer) = 0;
    /// Asked for a sentence about what the pointer rests on, where no problem is underlined.
    using Help = std::function<QString(const QString &text, int line, int at)>;
    virtual void setHelp(Help help) = 0;
    /// Goes there, selects nothing. Counts from 0.
    virtual void goTo(int line, int column) = 0;
    [[nodiscard]] virtual int currentLine() const = 0;
    /// Marks every place of the text and selects the one that the step goes to.
    virtual FindAnswer find(const FindQuery &query, FindStep step) = 0;

Q_SIGNALS:
    /// The user changed the text.
    void edited();
    void cursorMoved(int line, int column);
};

/// The one implementation, over QScintilla. The names are those of the text itself, which has the focus.
[[nodiscard]] CodeView *makeCodeView(const theme::Theme &theme, const QString &objectName,
                                     const QString &accessibleName, QWidget *parent = nullptr);

} // namespace parallax::widgets
