// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// How the code view helps: folding, completion, what stands under the pointer, and the lines around a difference.
#include "ui/theme/theme.h"
#include "ui/widgets/code/scintillacodeview.h"
#include "ui/widgets/code/scintillalexer.h"
#include "ui/widgets/label.h"

#include <QGuiApplication>
#include <QKeyEvent>
#include <QToolTip>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parallax::widgets {

using theme::Role;
using Base = QsciScintillaBase;

namespace {

constexpr int kFoldMargin = 1;
constexpr int kFoldWidth = 14;

} // namespace

void ScintillaCodeView::showHelpAt(int at, int x, int y)
{
    if (at < 0)
        return;
    const auto say = [&](const QString &text) {
        QToolTip::showText(m_editor->viewport()->mapToGlobal(QPoint(x, y)), literalToolTip(text), m_editor);
    };
    for (const CodeProblem &problem : std::as_const(m_problems)) {
        if (at >= position(problem.line, problem.column) && at <= position(problem.endLine, problem.endColumn))
            return say(problem.text);
    }
    if (!m_help)
        return;
    int line = 0;
    int column = 0;
    m_editor->lineIndexFromPosition(at, &line, &column);
    if (const QString text = m_help(m_editor->text(), line, column); !text.isEmpty())
        say(text);
}

void ScintillaCodeView::setFolding(bool isFolding)
{
    m_lexer->isFolding = isFolding;
    m_editor->setFolding(isFolding ? QsciScintilla::PlainFoldStyle : QsciScintilla::NoFoldStyle, kFoldMargin);
    m_editor->setMarginWidth(kFoldMargin, isFolding ? kFoldWidth : 0);
    applyMargins();
    if (!isFolding)
        return;
    const QColor base = m_theme.color(Role::Base);
    m_editor->setFoldMarginColors(base, base);
    for (unsigned long marker = Base::SC_MARKNUM_FOLDEREND; marker <= Base::SC_MARKNUM_FOLDEROPEN; ++marker) {
        m_editor->SendScintilla(Base::SCI_MARKERSETFORE, marker, scintillaColor(base));
        m_editor->SendScintilla(Base::SCI_MARKERSETBACK, marker, scintillaColor(m_theme.color(Role::Muted)));
    }
    for (const auto &[marker, shape] : {std::pair{Base::SC_MARKNUM_FOLDER, Base::SC_MARK_ARROW},
                                        std::pair{Base::SC_MARKNUM_FOLDEROPEN, Base::SC_MARK_ARROWDOWN}})
        m_editor->SendScintilla(Base::SCI_MARKERDEFINE, static_cast<unsigned long>(marker), static_cast<long>(shape));
    m_editor->SendScintilla(Base::SCI_COLOURISE, 0UL, -1L);
}

void ScintillaCodeView::toggleFold()
{
    auto line = static_cast<unsigned long>(currentLine());
    if ((m_editor->SendScintilla(Base::SCI_GETFOLDLEVEL, line) & Base::SC_FOLDLEVELHEADERFLAG) == 0) {
        const long parent = m_editor->SendScintilla(Base::SCI_GETFOLDPARENT, line);
        if (parent < 0)
            return;
        line = static_cast<unsigned long>(parent);
    }
    m_editor->setCursorPosition(static_cast<int>(line), 0);
    m_editor->SendScintilla(Base::SCI_TOGGLEFOLD, line);
}

void ScintillaCodeView::setContextOnly(int lines)
{
    if (std::exchange(m_context, lines) == lines && lines < 0)
        return;
    applyContext();
}

void ScintillaCodeView::applyContext()
{
    const int lines = m_editor->lines();
    m_editor->SendScintilla(Base::SCI_SHOWLINES, 0UL, static_cast<long>(lines - 1));
    if (m_context < 0 || !m_hasDiff)
        return;
    QList<bool> isShown(lines, false);
    const auto show = [&](int line) {
        for (int i = std::max(0, line - m_context); i <= std::min(lines - 1, line + m_context); ++i)
            isShown[i] = true;
    };
    for (int line = 0; line < std::min<int>(lines, static_cast<int>(m_diff.oldNumbers.size())); ++line) {
        if (m_diff.oldNumbers.at(line) == 0)
            show(line);
    }
    for (const CodeDiff::Removed &removed : std::as_const(m_diff.removed))
        show(std::clamp(removed.afterLine, 0, lines - 1));
    for (int line = 0; line < lines; ++line) {
        if (!isShown.at(line))
            m_editor->SendScintilla(Base::SCI_HIDELINES, static_cast<unsigned long>(line), static_cast<long>(line));
    }
}

void ScintillaCodeView::setCompleter(Completer completer)
{
    m_completer = std::move(completer);
}

void ScintillaCodeView::setHelp(Help help)
{
    m_help = std::move(help);
}

void ScintillaCodeView::onTyped(int character)
{
    // Behind the colon at once; in a word from its first letter on.
    if (m_completer && character != '\n' && character != '\r')
        QMetaObject::invokeMethod(this, &ScintillaCodeView::complete, Qt::QueuedConnection);
}

/// QScintilla asks the screen under the caret for its size, and there may be none: half of a window outside of it.
bool ScintillaCodeView::isCaretOnScreen() const
{
    const long at = m_editor->SendScintilla(Base::SCI_GETCURRENTPOS);
    const QPoint caret(static_cast<int>(m_editor->SendScintilla(Base::SCI_POINTXFROMPOSITION, 0UL, at)),
                       static_cast<int>(m_editor->SendScintilla(Base::SCI_POINTYFROMPOSITION, 0UL, at)));
    return QGuiApplication::screenAt(m_editor->mapToGlobal(caret)) != nullptr &&
           QGuiApplication::screenAt(m_editor->viewport()->mapToGlobal(caret)) != nullptr;
}

void ScintillaCodeView::complete()
{
    if (!m_completer || m_editor->isReadOnly())
        return;
    int line = 0;
    int column = 0;
    m_editor->getCursorPosition(&line, &column);
    const CodeCompletion found = m_completer(m_editor->text(), line, column);
    if (found.words.isEmpty() || !isCaretOnScreen()) {
        m_editor->SendScintilla(Base::SCI_AUTOCCANCEL);
        return;
    }
    const QString typed = m_editor->text(line).mid(column - found.typed, found.typed);
    const QByteArray words = found.words.join(u'\n').toUtf8();
    m_editor->SendScintilla(Base::SCI_AUTOCSHOW, static_cast<unsigned long>(typed.toUtf8().size()), words.constData());
}

bool ScintillaCodeView::eventFilter(QObject *watched, QEvent *event)
{
    if (watched != m_editor || (event->type() != QEvent::KeyPress && event->type() != QEvent::ShortcutOverride))
        return CodeView::eventFilter(watched, event);
    auto *key = static_cast<QKeyEvent *>(event);
    const bool isOpen = m_editor->SendScintilla(Base::SCI_AUTOCACTIVE) != 0;
    const bool wantsWords = key->key() == Qt::Key_Space && key->modifiers() == Qt::ControlModifier && m_completer;
    const bool closes = key->key() == Qt::Key_Escape && isOpen;
    // Tab goes on to the next control, here too: in a text it would be a key that changes what is only passed by.
    const bool isTab = (key->key() == Qt::Key_Tab || key->key() == Qt::Key_Backtab) && !isOpen &&
                       !(key->modifiers() & (Qt::ControlModifier | Qt::AltModifier));
    if (isTab && event->type() == QEvent::KeyPress)
        return focusNextPrevChild(key->key() == Qt::Key_Tab && !(key->modifiers() & Qt::ShiftModifier));
    if (!wantsWords && !closes)
        return (event->type() == QEvent::KeyPress && m_find->takeKey(*key)) || CodeView::eventFilter(watched, event);
    event->accept();
    if (event->type() == QEvent::ShortcutOverride)
        return true;
    if (wantsWords)
        complete();
    else
        m_editor->SendScintilla(Base::SCI_AUTOCCANCEL);
    return true;
}

} // namespace parallax::widgets
