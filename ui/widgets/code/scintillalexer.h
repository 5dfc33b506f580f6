// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// For the two files of ScintillaCodeView only.
#pragma once

#include "ui/theme/theme.h"
#include "ui/widgets/code/syntax.h"

// Its headers use the keywords that this project does without.
#define signals Q_SIGNALS
#define slots Q_SLOTS
#include <Qsci/qscicommandset.h>
#include <Qsci/qscilexercustom.h>
#include <Qsci/qsciscintilla.h>
#undef signals
#undef slots

#include <algorithm>

namespace parallax::widgets {

inline constexpr int kFoundIndicator = 10;
inline constexpr int kMostFoldedLines = 5'000; ///< their levels are looked at anew with every change

inline long scintillaColor(const QColor &color)
{
    return color.red() | color.green() << 8 | color.blue() << 16;
}

/// Colours by tokenize(), a style for every Syntax.
class ScintillaLexer : public QsciLexerCustom
{
public:
    ScintillaLexer(const theme::Theme &theme, QObject *parent)
        : QsciLexerCustom(parent)
        , m_theme(theme)
    {}

    Language shown = Language::Plain;
    bool isFolding = false;

    const char *language() const override { return "Parallax"; }
    QString description(int style) const override
    {
        return style <= static_cast<int>(Syntax::Comment) ? QString::number(style) : QString();
    }
    QColor defaultColor(int style) const override { return m_theme.color(syntaxRole(static_cast<Syntax>(style))); }
    QColor defaultPaper(int) const override { return m_theme.color(theme::Role::Base); }
    QFont defaultFont(int style) const override
    {
        return m_theme.font(style == static_cast<int>(Syntax::Key) ? theme::TextStyle::CodeMedium
                                                                   : theme::TextStyle::Code);
    }

    void styleText(int start, int end) override
    {
        QsciScintilla *view = editor();
        if (view == nullptr || end <= start)
            return;
        // Whole lines: a token needs what stands before it.
        const auto line = view->SendScintilla(QsciScintillaBase::SCI_LINEFROMPOSITION, start);
        start = static_cast<int>(view->SendScintilla(QsciScintillaBase::SCI_POSITIONFROMLINE, line));
        QByteArray text(end - start + 1, '\0');
        view->SendScintilla(QsciScintillaBase::SCI_GETTEXTRANGE, start, end, text.data());
        text.chop(1);
        startStyling(start);
        qsizetype from = 0;
        while (from < text.size()) {
            qsizetype to = text.indexOf('\n', from);
            to = to < 0 ? text.size() : to + 1;
            styleLine(QString::fromUtf8(text.constData() + from, to - from), to - from);
            from = to;
        }
        if (isFolding)
            setFoldLevels(*view);
    }

private:
    // What is indented more than the line above it lies below that line; blank lines belong to what follows.
    static void setFoldLevels(QsciScintilla &view)
    {
        const int lines = view.lines();
        if (lines > kMostFoldedLines)
            return;
        int below = 0;
        for (int line = lines - 1; line >= 0; --line) {
            const bool isBlank = view.text(line).trimmed().isEmpty();
            const int indent = isBlank ? below : view.indentation(line);
            long level = QsciScintillaBase::SC_FOLDLEVELBASE + indent;
            if (isBlank)
                level |= QsciScintillaBase::SC_FOLDLEVELWHITEFLAG;
            else if (below > indent)
                level |= QsciScintillaBase::SC_FOLDLEVELHEADERFLAG;
            if (view.SendScintilla(QsciScintillaBase::SCI_GETFOLDLEVEL, static_cast<unsigned long>(line)) != level)
                view.SendScintilla(QsciScintillaBase::SCI_SETFOLDLEVEL, static_cast<unsigned long>(line), level);
            below = indent;
        }
    }

    // Spans count UTF-16 units, styles bytes.
    void styleLine(const QString &line, qsizetype bytes)
    {
        const auto size = [&line](qsizetype from, qsizetype length) {
            return static_cast<int>(QStringView(line).mid(from, length).toUtf8().size());
        };
        QStringView bare(line);
        while (!bare.isEmpty() && (bare.back() == u'\n' || bare.back() == u'\r'))
            bare.chop(1);
        int styled = 0;
        qsizetype at = 0;
        for (const SyntaxSpan &span : tokenize(shown, bare)) {
            const int plain = size(at, span.start - at);
            const int token = size(span.start, span.length);
            setStyling(plain, static_cast<int>(Syntax::Plain));
            setStyling(token, static_cast<int>(span.kind));
            styled += plain + token;
            at = span.start + span.length;
        }
        // Broken UTF-8 has another length than its text: the line's own bytes count.
        setStyling(std::max(0, static_cast<int>(bytes) - styled), static_cast<int>(Syntax::Plain));
    }

    const theme::Theme &m_theme;
};

} // namespace parallax::widgets
