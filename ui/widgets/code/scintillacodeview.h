// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/code/codeview.h"

class QsciScintilla;

namespace parallax::widgets {

class ScintillaLexer;

/// CodeView over QScintilla. Traps met here: a lexer's colours know no palette, so they are set again on every change
/// of theme; positions are bytes; setting a lexer resets every style; its own shortcuts would take those of the window.
class ScintillaCodeView : public CodeView
{
    Q_OBJECT

public:
    ScintillaCodeView(const theme::Theme &theme, const QString &objectName, const QString &accessibleName,
                      QWidget *parent);

    void setLanguage(Language language) override;
    void setReadOnly(bool isReadOnly) override;
    void setText(const QString &text) override;
    [[nodiscard]] QString text() const override;
    [[nodiscard]] QString selectedText() const override;
    void setDiff(const CodeDiff &diff) override;
    void clearDiff() override;
    void setProblems(const QList<CodeProblem> &problems) override;
    void setWrapped(bool isWrapped) override;
    void setContextOnly(int lines) override;
    void setFolding(bool isFolding) override;
    void toggleFold() override;
    void indentLines(bool isLess) override;
    void setCompleter(Completer completer) override;
    void setHelp(Help help) override;
    void goTo(int line, int column) override;
    [[nodiscard]] int currentLine() const override;
    FindAnswer find(const FindQuery &query, FindStep step) override;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void applyTheme();
    void complete();
    [[nodiscard]] bool isCaretOnScreen() const;
    void onTyped(int character);
    void applyContext();
    void applyStyle(int style, const QFont &font, const QColor &text, const QColor &paper);
    void applyMargins();
    void removeForeignShortcuts();
    void addFindBar(const QString &objectName, const QString &accessibleName);
    void showHelpAt(int position, int x, int y);
    void replaceMiddle(const QByteArray &now);
    [[nodiscard]] QByteArray bytes() const;
    [[nodiscard]] int position(int line, int column) const;

    const theme::Theme &m_theme;
    QsciScintilla *m_editor = nullptr;
    ScintillaLexer *m_lexer = nullptr;
    FindBar *m_find = nullptr;
    CodeDiff m_diff;
    QList<CodeProblem> m_problems;
    QString m_long; ///< the text as it is, while the view shows its long lines broken
    Completer m_completer;
    Help m_help;
    int m_context = -1;
    bool m_hasDiff = false;
    bool m_isSetting = false;
};

} // namespace parallax::widgets
