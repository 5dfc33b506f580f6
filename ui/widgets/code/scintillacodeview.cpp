// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/code/scintillacodeview.h"

#include "ui/theme/controls.h"
#include "ui/theme/metrics.h"
#include "ui/theme/theme.h"
#include "ui/widgets/code/scintillalexer.h"

#include <QToolTip>
#include <QVBoxLayout>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parallax::widgets {

using theme::Role;
using theme::TextStyle;

namespace {

using Base = QsciScintillaBase;

// Styles behind those of the lexer; 32 to 39 are Scintilla's own.
enum ExtraStyle {
    NumberStyle = 40,
    NewNumberStyle,
    NewSignStyle,
    RemovedStyle,
};
enum Marker {
    AddedMarker = 1,
};
enum Indicator {
    WarningIndicator = 8,
    ErrorIndicator = 9,
};

constexpr int kNumbersMargin = 0;
constexpr int kNumberColumn = 4; ///< characters of one column of numbers
constexpr int kLongestLine = 20'000;
constexpr int kTopPadding = 8;
constexpr long kTextGap = 10;
constexpr long kFoundFill = 36;             ///< of 255
constexpr long kFoundOutline = 150;         ///< of 255
constexpr double kFontSizeMultiplier = 100; ///< SC_FONT_SIZE_MULTIPLIER

// A line of a megabyte would freeze the view: shown broken, kept whole.
QString broken(const QString &text)
{
    QString shown;
    shown.reserve(text.size() + text.size() / kLongestLine);
    qsizetype sinceBreak = 0;
    for (const QChar character : text) {
        sinceBreak = character == u'\n' ? 0 : sinceBreak + 1;
        shown += character;
        if (sinceBreak >= kLongestLine && !character.isHighSurrogate()) {
            shown += u'\n';
            sinceBreak = 0;
        }
    }
    return shown;
}

bool hasLongLine(const QString &text)
{
    qsizetype start = 0;
    while (start < text.size()) {
        const qsizetype end = text.indexOf(u'\n', start);
        if ((end < 0 ? text.size() : end) - start > kLongestLine)
            return true;
        if (end < 0)
            break;
        start = end + 1;
    }
    return false;
}

} // namespace

ScintillaCodeView::ScintillaCodeView(const theme::Theme &theme, const QString &objectName,
                                     const QString &accessibleName, QWidget *parent)
    : CodeView(parent)
    , m_theme(theme)
    , m_editor(new QsciScintilla(this))
    , m_lexer(new ScintillaLexer(theme, this))
{
    setObjectName(objectName + u"View"_s);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, kTopPadding, 0, 0);
    setBackgroundRole(QPalette::Base);
    setAutoFillBackground(true);
    column->setSpacing(0);
    column->addWidget(m_editor);
    setFocusProxy(m_editor);
    theme::setNames(m_editor, objectName, accessibleName);
    addFindBar(objectName, accessibleName);
    column->addWidget(m_find);
    m_editor->setFrameShape(QFrame::NoFrame);
    m_editor->setUtf8(true);
    m_editor->setEolMode(QsciScintilla::EolUnix);
    m_editor->setIndentationsUseTabs(false);
    m_editor->setTabWidth(2);
    m_editor->setAutoIndent(true);
    m_editor->setWrapMode(QsciScintilla::WrapNone);
    m_editor->SendScintilla(Base::SCI_SETUNDOCOLLECTION, 0);
    m_editor->SendScintilla(Base::SCI_EMPTYUNDOBUFFER);
    m_editor->SendScintilla(Base::SCI_SETSCROLLWIDTH, 1);
    m_editor->SendScintilla(Base::SCI_SETSCROLLWIDTHTRACKING, 1);
    m_editor->SendScintilla(Base::SCI_SETENDATLASTLINE, 1);
    m_editor->SendScintilla(Base::SCI_SETMOUSEDWELLTIME, 400);
    m_editor->SendScintilla(Base::SCI_SETPASTECONVERTENDINGS, 1);
    removeForeignShortcuts();
    applyTheme();
    connect(&theme, &theme::Theme::changed, this, &ScintillaCodeView::applyTheme);
    connect(m_editor, &QsciScintilla::textChanged, this, [this] {
        if (!m_isSetting)
            Q_EMIT edited();
        m_find->textChanged();
    });
    connect(m_editor, &QsciScintilla::linesChanged, this, &ScintillaCodeView::applyMargins);
    connect(m_editor, &QsciScintilla::cursorPositionChanged, this, &CodeView::cursorMoved);
    connect(m_editor, &QsciScintilla::SCN_CHARADDED, this, &ScintillaCodeView::onTyped);
    m_editor->installEventFilter(this);
    m_editor->SendScintilla(Base::SCI_AUTOCSETSEPARATOR, static_cast<unsigned long>('\n'));
    m_editor->SendScintilla(Base::SCI_AUTOCSETIGNORECASE, 1UL);
    m_editor->SendScintilla(Base::SCI_AUTOCSETMAXHEIGHT, 9UL);
    m_editor->SendScintilla(Base::SCI_AUTOCSETORDER, Base::SC_ORDER_CUSTOM);
    connect(m_editor, &QsciScintilla::SCN_DWELLSTART, this, &ScintillaCodeView::showHelpAt);
    connect(m_editor, &QsciScintilla::SCN_DWELLEND, this, [] { QToolTip::hideText(); });
}

// Only movement, selection and the clipboard stay; everything else belongs to the window, undo above all.
void ScintillaCodeView::removeForeignShortcuts()
{
    const auto isOurs = [](int key) {
        const int plain = key & ~static_cast<int>(Qt::KeyboardModifierMask);
        const bool isLetter = plain >= Qt::Key_Space && plain <= Qt::Key_AsciiTilde;
        const bool hasAlt = (key & Qt::AltModifier) != 0;
        const bool isClipboard =
            key == (Qt::CTRL | Qt::Key_A).toCombined() || key == (Qt::CTRL | Qt::Key_C).toCombined() ||
            key == (Qt::CTRL | Qt::Key_V).toCombined() || key == (Qt::CTRL | Qt::Key_X).toCombined();
        return key == 0 || isClipboard || (!isLetter && !hasAlt && plain != Qt::Key_Escape);
    };
    for (QsciCommand *command : m_editor->standardCommands()->commands()) {
        if (!isOurs(command->key()))
            command->setKey(0);
        if (!isOurs(command->alternateKey()))
            command->setAlternateKey(0);
    }
}

void ScintillaCodeView::applyStyle(int style, const QFont &font, const QColor &text, const QColor &paper)
{
    m_editor->SendScintilla(Base::SCI_STYLESETFONT, style, font.family().toUtf8().constData());
    m_editor->SendScintilla(Base::SCI_STYLESETSIZEFRACTIONAL, style,
                            static_cast<long>(font.pointSizeF() * kFontSizeMultiplier));
    m_editor->SendScintilla(Base::SCI_STYLESETWEIGHT, style, static_cast<long>(font.weight()));
    m_editor->SendScintilla(Base::SCI_STYLESETFORE, style, scintillaColor(text));
    m_editor->SendScintilla(Base::SCI_STYLESETBACK, style, scintillaColor(paper));
}

void ScintillaCodeView::applyTheme()
{
    const QColor base = m_theme.color(Role::Base);
    m_lexer->setDefaultFont(m_theme.font(TextStyle::Code));
    m_lexer->setDefaultColor(m_theme.color(Role::Text));
    m_lexer->setDefaultPaper(base);
    for (int style = 0; style <= static_cast<int>(Syntax::Comment); ++style) {
        m_lexer->setColor(m_lexer->defaultColor(style), style);
        m_lexer->setPaper(base, style);
        m_lexer->setFont(m_lexer->defaultFont(style), style);
    }
    m_editor->setLexer(m_lexer);
    m_editor->setPaper(base);
    m_editor->setColor(m_theme.color(Role::Text));
    m_editor->setCaretForegroundColor(m_theme.color(Role::Text));
    m_editor->SendScintilla(Base::SCI_SETSELBACK, 1UL, scintillaColor(m_theme.color(Role::TextSelection)));
    m_editor->SendScintilla(Base::SCI_SETSELFORE, 0UL, 0L);
    const QFont numbers = m_theme.font(TextStyle::CodeSmall);
    applyStyle(Base::STYLE_LINENUMBER, numbers, m_theme.color(Role::Muted), base);
    applyStyle(NumberStyle, numbers, m_theme.color(Role::Muted), base);
    applyStyle(NewNumberStyle, numbers, m_theme.color(Role::Muted), m_theme.color(Role::DiffRight));
    applyStyle(NewSignStyle, m_theme.font(TextStyle::CodeStrong), m_theme.color(Role::DiffRightMark),
               m_theme.color(Role::DiffRight));
    applyStyle(RemovedStyle, m_theme.font(TextStyle::Code), m_theme.color(Role::DiffLeftMark),
               m_theme.color(Role::DiffLeft));
    m_editor->SendScintilla(Base::SCI_MARKERDEFINE, AddedMarker, Base::SC_MARK_BACKGROUND);
    m_editor->SendScintilla(Base::SCI_MARKERSETBACK, AddedMarker, scintillaColor(m_theme.color(Role::DiffRight)));
    for (const auto &[indicator, role] :
         {std::pair{WarningIndicator, Role::Warning}, std::pair{ErrorIndicator, Role::Error}}) {
        m_editor->SendScintilla(Base::SCI_INDICSETSTYLE, indicator, Base::INDIC_SQUIGGLE);
        m_editor->SendScintilla(Base::SCI_INDICSETFORE, indicator, scintillaColor(m_theme.color(role)));
    }
    m_editor->SendScintilla(Base::SCI_INDICSETSTYLE, kFoundIndicator, Base::INDIC_ROUNDBOX);
    m_editor->SendScintilla(Base::SCI_INDICSETFORE, kFoundIndicator, scintillaColor(m_theme.color(Role::Accent)));
    m_editor->SendScintilla(Base::SCI_INDICSETALPHA, kFoundIndicator, kFoundFill);
    m_editor->SendScintilla(Base::SCI_INDICSETOUTLINEALPHA, kFoundIndicator, kFoundOutline);
    const int line = theme::metrics::kCodeLineHeight - m_theme.metrics(TextStyle::Code).height();
    m_editor->setExtraAscent(std::max(1, (line + 1) / 2));
    m_editor->setExtraDescent(std::max(1, line / 2));
    for (int margin = 1; margin < 5; ++margin)
        m_editor->setMarginWidth(margin, 0);
    // A background marker tints the line only where no margin shows it.
    for (int margin = 0; margin < 5; ++margin)
        m_editor->setMarginMarkerMask(margin, 0);
    setFolding(m_lexer->isFolding);
    m_editor->setMarginSensitivity(kNumbersMargin, false);
    applyMargins();
}

void ScintillaCodeView::setLanguage(Language language)
{
    m_lexer->shown = language;
    m_editor->SendScintilla(Base::SCI_COLOURISE, 0UL, -1L);
}

void ScintillaCodeView::setReadOnly(bool isReadOnly)
{
    m_editor->setReadOnly(isReadOnly);
    m_editor->setCaretWidth(isReadOnly ? 0 : 1);
}

QByteArray ScintillaCodeView::bytes() const
{
    return m_editor->text().toUtf8();
}

int ScintillaCodeView::position(int line, int column) const
{
    return m_editor->positionFromLineIndex(line, column);
}

void ScintillaCodeView::setText(const QString &text)
{
    if (text == this->text())
        return;
    m_isSetting = true;
    const bool wasReadOnly = m_editor->isReadOnly();
    m_editor->setReadOnly(false);
    if (m_editor->text().isEmpty())
        m_editor->setEolMode(text.contains(u"\r\n"_s) ? QsciScintilla::EolWindows : QsciScintilla::EolUnix);
    const bool isLong = wasReadOnly && hasLongLine(text);
    m_long = isLong ? text : QString();
    replaceMiddle((isLong ? broken(text) : text).toUtf8());
    m_editor->setReadOnly(wasReadOnly);
    m_isSetting = false;
    applyMargins();
}

// Replaces only what differs, so that cursor, selection and position stay where nothing changed.
void ScintillaCodeView::replaceMiddle(const QByteArray &now)
{
    const QByteArray before = bytes();
    const qsizetype shorter = std::min(before.size(), now.size());
    qsizetype start = 0;
    while (start < shorter && before.at(start) == now.at(start))
        ++start;
    qsizetype end = 0;
    while (end < shorter - start && before.at(before.size() - 1 - end) == now.at(now.size() - 1 - end))
        ++end;
    // Never in the middle of a character.
    const auto isInside = [](char byte) { return (static_cast<unsigned char>(byte) & 0xC0) == 0x80; };
    while (start > 0 && start < now.size() && isInside(now.at(start)))
        --start;
    while (end > 0 && isInside(now.at(now.size() - end)))
        --end;
    const QByteArray middle = now.mid(start, now.size() - start - end);
    m_editor->SendScintilla(Base::SCI_SETTARGETRANGE, static_cast<unsigned long>(start),
                            static_cast<long>(before.size() - end));
    m_editor->SendScintilla(Base::SCI_REPLACETARGET, static_cast<unsigned long>(middle.size()), middle.constData());
}

QString ScintillaCodeView::text() const
{
    return m_long.isEmpty() ? m_editor->text() : m_long;
}

QString ScintillaCodeView::selectedText() const
{
    return m_editor->selectedText();
}

void ScintillaCodeView::setDiff(const CodeDiff &diff)
{
    m_diff = diff;
    m_hasDiff = true;
    m_editor->SendScintilla(Base::SCI_MARKERDELETEALL, AddedMarker);
    m_editor->clearAnnotations();
    // QScintilla adds only markers it has defined itself, and it cannot define one that is a background.
    const int lines = m_editor->lines();
    for (int line = 0; line < std::min<int>(lines, static_cast<int>(diff.oldNumbers.size())); ++line) {
        if (diff.oldNumbers.at(line) == 0)
            m_editor->SendScintilla(Base::SCI_MARKERADD, static_cast<unsigned long>(line),
                                    static_cast<long>(AddedMarker));
    }
    m_editor->SendScintilla(Base::SCI_ANNOTATIONSETVISIBLE, Base::ANNOTATION_STANDARD);
    for (const CodeDiff::Removed &removed : diff.removed) {
        const int line = std::clamp(removed.afterLine, 0, std::max(0, lines - 1));
        QString text = m_editor->annotation(line);
        for (const QString &gone : removed.lines)
            text += (text.isEmpty() ? u"\u2212 "_s : u"\n\u2212 "_s) + gone;
        m_editor->annotate(line, text, RemovedStyle);
    }
    applyMargins();
    if (m_context >= 0)
        applyContext();
}

void ScintillaCodeView::clearDiff()
{
    m_hasDiff = false;
    m_diff = {};
    m_editor->SendScintilla(Base::SCI_MARKERDELETEALL, AddedMarker);
    m_editor->clearAnnotations();
    m_editor->clearMarginText();
    applyMargins();
}

void ScintillaCodeView::applyMargins()
{
    const int lines = m_editor->lines();
    const double digit = QFontMetricsF(m_theme.font(TextStyle::CodeSmall)).horizontalAdvance(u'0');
    const int column = std::max(kNumberColumn, static_cast<int>(QString::number(lines).size()) + 1);
    // The signs of a difference, or of a fold, keep numbers and text apart; else this does.
    m_editor->SendScintilla(Base::SCI_SETMARGINLEFT, 0UL, m_hasDiff || m_lexer->isFolding ? 0L : kTextGap);
    if (!m_hasDiff) {
        m_editor->setMarginType(kNumbersMargin, QsciScintilla::NumberMargin);
        m_editor->setMarginWidth(kNumbersMargin, static_cast<int>(std::ceil(digit * (column + 1))));
        return;
    }
    const double sign = QFontMetricsF(m_theme.font(TextStyle::CodeStrong)).horizontalAdvance(u' ');
    m_editor->setMarginType(kNumbersMargin, QsciScintilla::TextMargin);
    m_editor->setMarginWidth(kNumbersMargin, static_cast<int>(std::ceil(digit * (2 * column + 1) + 3 * sign)));
    for (int line = 0; line < lines; ++line) {
        const int old = line < m_diff.oldNumbers.size() ? m_diff.oldNumbers.at(line) : line + 1;
        // The line behind the last line end is no line of the file.
        if (line == lines - 1 && line > 0 && m_editor->lineLength(line) == 0) {
            m_editor->clearMarginText(line);
            continue;
        }
        const QByteArray before = old > 0 ? QByteArray::number(old) : QByteArray();
        const QByteArray numbers =
            before.rightJustified(column) + QByteArray::number(line + 1).rightJustified(column + 1);
        const QByteArray text = numbers + (old == 0 ? " + " : "   ");
        const char numberStyle = static_cast<char>(old == 0 ? NewNumberStyle : NumberStyle);
        QByteArray styles(numbers.size(), numberStyle);
        styles += QByteArray(3, static_cast<char>(old == 0 ? NewSignStyle : NumberStyle));
        m_editor->SendScintilla(Base::SCI_MARGINSETTEXT, static_cast<unsigned long>(line), text.constData());
        m_editor->SendScintilla(Base::SCI_MARGINSETSTYLES, static_cast<unsigned long>(line), styles.constData());
    }
}

void ScintillaCodeView::setProblems(const QList<CodeProblem> &problems)
{
    m_problems = problems;
    const auto length = m_editor->SendScintilla(Base::SCI_GETLENGTH);
    for (const int indicator : {WarningIndicator, ErrorIndicator}) {
        m_editor->SendScintilla(Base::SCI_SETINDICATORCURRENT, indicator);
        m_editor->SendScintilla(Base::SCI_INDICATORCLEARRANGE, 0UL, length);
    }
    for (const CodeProblem &problem : problems) {
        if (problem.line < 0 || problem.line >= m_editor->lines())
            continue;
        const int start = position(problem.line, problem.column);
        const int endLine = std::min(problem.endLine, m_editor->lines() - 1);
        const auto lineEnd = static_cast<int>(m_editor->SendScintilla(Base::SCI_GETLINEENDPOSITION, endLine));
        const int end = std::max(start + 1, std::min(lineEnd, position(endLine, problem.endColumn)));
        m_editor->SendScintilla(Base::SCI_SETINDICATORCURRENT, problem.isError ? ErrorIndicator : WarningIndicator);
        m_editor->SendScintilla(Base::SCI_INDICATORFILLRANGE, static_cast<unsigned long>(start),
                                static_cast<long>(end - start));
    }
}

void ScintillaCodeView::setWrapped(bool isWrapped)
{
    m_editor->setWrapMode(isWrapped ? QsciScintilla::WrapCharacter : QsciScintilla::WrapNone);
}

void ScintillaCodeView::goTo(int line, int column)
{
    m_editor->setCursorPosition(line, column);
    m_editor->ensureLineVisible(line);
    m_editor->ensureCursorVisible();
}

void ScintillaCodeView::indentLines(bool isLess)
{
    if (m_editor->isReadOnly())
        return;
    int first = currentLine();
    int last = first;
    if (m_editor->hasSelectedText()) {
        int firstColumn = 0;
        int lastColumn = 0;
        m_editor->getSelection(&first, &firstColumn, &last, &lastColumn);
        if (lastColumn == 0 && last > first)
            --last; // the line behind the last one that is selected
    }
    const QString before = text();
    m_isSetting = true;
    for (int line = first; line <= last; ++line) {
        const int now = m_editor->indentation(line);
        const bool isEmpty = m_editor->text(line).trimmed().isEmpty();
        m_editor->setIndentation(line, isLess                     ? std::max(0, now - m_editor->tabWidth())
                                       : isEmpty && first != last ? now
                                                                  : now + m_editor->tabWidth());
    }
    m_isSetting = false;
    if (text() != before)
        Q_EMIT edited();
}

int ScintillaCodeView::currentLine() const
{
    int line = 0;
    int column = 0;
    m_editor->getCursorPosition(&line, &column);
    return line;
}

CodeView *makeCodeView(const theme::Theme &theme, const QString &objectName, const QString &accessibleName,
                       QWidget *parent)
{
    return new ScintillaCodeView(theme, objectName, accessibleName, parent);
}

} // namespace parallax::widgets
