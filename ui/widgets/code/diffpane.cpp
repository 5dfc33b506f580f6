// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/code/diffpane.h"

#include "ui/theme/controls.h"
#include "ui/theme/metrics.h"
#include "ui/theme/paint.h"
#include "ui/theme/theme.h"
#include "ui/widgets/code/diffpaneaccessible.h"

#include <QAccessible>
#include <QApplication>
#include <QClipboard>
#include <QContextMenuEvent>
#include <QKeyEvent>
#include <QMenu>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <QTextLayout>

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace parallax::widgets {

using theme::Role;
using theme::TextStyle;
namespace metrics = theme::metrics;

namespace {

constexpr int kNumberWidth = 30;
constexpr int kSignWidth = 22;
constexpr int kCurrentMark = 3;
constexpr int kRightPadding = 24;
constexpr int kFoundFill = 36;     ///< of 255
constexpr int kFoundOutline = 150; ///< of 255

QTextLayout::FormatRange range(qsizetype start, qsizetype length, const QTextCharFormat &format)
{
    return {static_cast<int>(start), static_cast<int>(length), format};
}

} // namespace

DiffPane::DiffPane(const theme::Theme &theme, DiffSide side, const QString &objectName, const QString &accessibleName,
                   QWidget *parent)
    : QAbstractScrollArea(parent)
    , m_theme(theme)
    , m_side(side)
{
    installDiffPaneAccessible();
    theme::setNames(this, objectName, accessibleName);
    setFrameShape(QFrame::NoFrame);
    setFocusPolicy(Qt::StrongFocus);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAsNeeded);
    viewport()->setCursor(Qt::IBeamCursor);
    viewport()->setBackgroundRole(QPalette::Base);
    applyFont();
    connect(&theme, &theme::Theme::changed, this, &DiffPane::applyFont);
}

void DiffPane::applyFont()
{
    setFont(m_theme.font(TextStyle::Code));
    m_charWidth = QFontMetricsF(font()).horizontalAdvance(u'0');
    updateHorizontalBar();
    viewport()->update();
}

int DiffPane::lineHeight() const
{
    return std::max(metrics::kCodeLineHeight, QFontMetrics(font()).height() + 4);
}

void DiffPane::setDocument(const DiffDocumentPtr &document)
{
    m_document = document;
    m_anchor = m_cursor = {};
    m_longest = 0;
    if (document) {
        for (const DiffLine &line : document->side(m_side))
            m_longest = std::max(m_longest, static_cast<int>(line.text.size()));
    }
    updateHorizontalBar();
    horizontalScrollBar()->setValue(0);
    viewport()->update();
    QAccessibleEvent event(this, QAccessible::VisibleDataChanged);
    QAccessible::updateAccessibility(&event);
}

void DiffPane::setCurrentDifference(int difference)
{
    m_current = difference;
    viewport()->update();
}

void DiffPane::setRowTops(std::shared_ptr<const std::vector<int>> tops, bool isWrapped)
{
    m_tops = std::move(tops);
    m_isWrapped = isWrapped;
    updateHorizontalBar();
    viewport()->update();
}

const DiffLine *DiffPane::line(int row) const
{
    if (!m_document || row < 0 || row >= m_document->rows())
        return nullptr;
    return &m_document->side(m_side)[static_cast<std::size_t>(row)];
}

int DiffPane::textLeft() const
{
    // Four digits fit the design's column; longer numbers widen it.
    const int digits = m_document ? static_cast<int>(QString::number(m_document->rows()).size()) : 1;
    const double wide = QFontMetricsF(m_theme.font(TextStyle::CodeSmall)).horizontalAdvance(u'0') * (digits + 1);
    return std::max(kNumberWidth, static_cast<int>(std::ceil(wide))) + kSignWidth;
}

int DiffPane::wrapColumns() const
{
    return std::max(16, static_cast<int>((viewport()->width() - textLeft() - 8) / m_charWidth));
}

int DiffPane::wrappedLines(int row) const
{
    const DiffLine *shown = line(row);
    if (shown == nullptr || shown->text.isEmpty())
        return 1;
    return static_cast<int>((shown->text.size() + wrapColumns() - 1) / wrapColumns());
}

int DiffPane::top(int row) const
{
    if (m_tops && row < static_cast<int>(m_tops->size()))
        return (*m_tops)[static_cast<std::size_t>(row)];
    return row * lineHeight();
}

int DiffPane::rowAt(int y) const
{
    if (!m_tops || m_tops->empty())
        return y / lineHeight();
    const auto after = std::upper_bound(m_tops->cbegin(), m_tops->cend(), y);
    return static_cast<int>(after - m_tops->cbegin()) - 1;
}

void DiffPane::updateHorizontalBar()
{
    const int content =
        m_isWrapped ? 0 : static_cast<int>(std::min(m_longest * m_charWidth, 1e8)) + textLeft() + kRightPadding;
    horizontalScrollBar()->setRange(0, std::max(0, content - viewport()->width()));
    horizontalScrollBar()->setPageStep(viewport()->width());
    horizontalScrollBar()->setSingleStep(static_cast<int>(m_charWidth * 4));
}

void DiffPane::resizeEvent(QResizeEvent *event)
{
    QAbstractScrollArea::resizeEvent(event);
    updateHorizontalBar();
}

void DiffPane::paintEvent(QPaintEvent *event)
{
    QPainter painter(viewport());
    painter.fillRect(event->rect(), m_theme.color(Role::Base));
    if (!m_document)
        return;
    const int scrolled = verticalScrollBar()->value();
    const int rows = m_document->rows();
    for (int row = std::max(0, rowAt(scrolled)); row < rows; ++row) {
        const int y = top(row) - scrolled;
        if (y > viewport()->height())
            break;
        const int height =
            (row + 1 < rows ? top(row + 1) : top(row) + lineHeight() * (m_isWrapped ? wrappedLines(row) : 1)) -
            top(row);
        paintRow(painter, row, y, height);
    }
}

void DiffPane::paintRow(QPainter &painter, int row, int top, int height) const
{
    const DiffLine *shown = line(row);
    const QRect rect(0, top, viewport()->width(), height);
    if (shown->kind == DiffKind::Void) {
        paintVoid(painter, rect);
        return;
    }
    if (const std::optional<Role> tint = diffTint(shown->kind, m_side))
        painter.fillRect(rect, m_theme.color(*tint));
    painter.save();
    painter.setClipRect(QRect(textLeft(), top, viewport()->width() - textLeft(), height));
    paintText(painter, row, *shown, top);
    painter.restore();
    paintGutter(painter, *shown, top);
    if (m_current >= 0 && shown->difference == m_current)
        painter.fillRect(QRect(0, top, kCurrentMark, height), m_theme.color(diffSignRole(shown->kind, m_side)));
}

void DiffPane::paintVoid(QPainter &painter, const QRect &rect) const
{
    const theme::PainterScope scope(painter);
    painter.setClipRect(rect);
    QPen stripe(m_theme.color(Role::DiffVoid), 5.5);
    stripe.setCapStyle(Qt::FlatCap);
    painter.setPen(stripe);
    // 45 degrees, 8 px apart across the stripe, in step with the neighbours above and below.
    constexpr double kStep = 8 * 1.41421356;
    const double phase = std::fmod(rect.top() + verticalScrollBar()->value(), kStep);
    for (double x = rect.left() - rect.height() - kStep - phase; x < rect.right() + kStep; x += kStep)
        painter.drawLine(QPointF(x, rect.bottom() + 1 + 4), QPointF(x + rect.height() + 8, rect.top() - 4));
}

void DiffPane::paintGutter(QPainter &painter, const DiffLine &line, int top) const
{
    const int left = textLeft();
    const int height = lineHeight();
    theme::text(painter, QRectF(0, top, left - kSignWidth, height), QString::number(line.number),
                m_theme.font(TextStyle::CodeSmall), m_theme.color(Role::Muted), Qt::AlignRight | Qt::AlignVCenter);
    const bool isBold = line.kind != DiffKind::Hidden;
    theme::text(painter, QRectF(left - kSignWidth, top, kSignWidth - 1, height), diffSign(line.kind, m_side),
                m_theme.font(isBold ? TextStyle::CodeStrong : TextStyle::Code),
                m_theme.color(diffSignRole(line.kind, m_side)), Qt::AlignCenter);
}

void DiffPane::paintText(QPainter &painter, int row, const DiffLine &line, int top) const
{
    const int left = textLeft();
    if (m_isWrapped) {
        const int columns = wrapColumns();
        for (qsizetype from = 0; from < line.text.size(); from += columns) {
            paintStretch(painter, row, line, from, std::min<qsizetype>(columns, line.text.size() - from), left, top);
            top += lineHeight();
        }
        return;
    }
    const int scrolled = horizontalScrollBar()->value();
    if (line.text.size() <= kLongLine) {
        paintStretch(painter, row, line, 0, line.text.size(), left - scrolled, top);
        return;
    }
    // A stretch of a very long line: laying out all of it would take seconds.
    const auto first = std::min<qsizetype>(static_cast<qsizetype>(scrolled / m_charWidth), line.text.size());
    const auto shown = static_cast<qsizetype>(viewport()->width() / m_charWidth) + 2;
    paintStretch(painter, row, line, first, std::min(shown, line.text.size() - first),
                 left - scrolled + static_cast<double>(first) * m_charWidth, top);
}

void DiffPane::paintStretch(QPainter &painter, int row, const DiffLine &line, qsizetype from, qsizetype length,
                            double x, int top) const
{
    if (length <= 0)
        return;
    const int height = lineHeight();
    QTextLayout layout(line.text.mid(from, length), font());
    QTextOption option;
    option.setWrapMode(QTextOption::NoWrap);
    option.setTextDirection(Qt::LeftToRight); // code reads from the left, whatever script is inside
    option.setFlags(QTextOption::IncludeTrailingSpaces);
    layout.setTextOption(option);
    QList<QTextLayout::FormatRange> formats;
    const bool isHidden = line.kind == DiffKind::Hidden;
    QTextCharFormat format;
    format.setForeground(m_theme.color(isHidden ? Role::Muted : Role::Text));
    formats.append(range(0, length, format));
    // Tokens come from the whole line unless it is too long to look at on every paint.
    const bool isLong = line.text.size() > kLongLine;
    const QList<SyntaxSpan> spans =
        isHidden ? QList<SyntaxSpan>()
                 : tokenize(m_document->language, isLong ? QStringView(line.text).mid(from, length) : line.text);
    for (const SyntaxSpan &span : spans) {
        const qsizetype start = std::max<qsizetype>(0, span.start - (isLong ? 0 : from));
        const qsizetype end = std::min(length, span.start - (isLong ? 0 : from) + span.length);
        if (end <= start)
            continue;
        format.setForeground(m_theme.color(syntaxRole(span.kind)));
        format.setFontWeight(span.kind == Syntax::Key ? QFont::Medium : QFont::Normal);
        formats.append(range(start, end - start, format));
    }
    layout.setFormats(formats);
    layout.beginLayout();
    QTextLine laid = layout.createLine();
    laid.setNumColumns(static_cast<int>(length));
    laid.setPosition({0, 0});
    layout.endLayout();
    const double y = top + (height - laid.height()) / 2.0;
    const auto box = [&](qsizetype start, qsizetype end, const QColor &color, double radius) {
        const double a = laid.cursorToX(static_cast<int>(std::clamp<qsizetype>(start - from, 0, length)));
        const double b = laid.cursorToX(static_cast<int>(std::clamp<qsizetype>(end - from, 0, length)));
        if (b > a)
            theme::fillRounded(painter, QRectF(x + a, top + 1, b - a, height - 2), radius, color);
    };
    if (line.kind != DiffKind::Hidden) {
        for (const DiffSpan &span : line.changed)
            box(span.start, span.start + span.length,
                m_theme.color(m_side == DiffSide::Left ? Role::DiffLeftIn : Role::DiffRightIn), metrics::kRadiusMark);
    }
    paintFound(painter, row, from, length, [&](qsizetype start, qsizetype end) {
        const double a = laid.cursorToX(static_cast<int>(start));
        return QRectF(x + a, top + 1, laid.cursorToX(static_cast<int>(end)) - a, height - 2);
    });
    const auto [start, end] = selection();
    if (start < end && row >= start.row && row <= end.row)
        box(row == start.row ? start.column : 0, row == end.row ? end.column : line.text.size(),
            m_theme.color(Role::TextSelection), 0);
    layout.draw(&painter, QPointF(x, y));
}

void DiffPane::paintFound(QPainter &painter, int row, qsizetype from, qsizetype length,
                          const std::function<QRectF(qsizetype, qsizetype)> &box) const
{
    const auto first =
        std::lower_bound(m_found.begin(), m_found.end(), row, [](const Found &one, int at) { return one.row < at; });
    QColor fill = m_theme.color(Role::Accent);
    fill.setAlpha(kFoundFill);
    QColor outline = m_theme.color(Role::Accent);
    outline.setAlpha(kFoundOutline);
    for (auto at = first; at != m_found.end() && at->row == row; ++at) {
        const qsizetype start = std::max<qsizetype>(0, at->column - from);
        const qsizetype end = std::min(length, at->column + at->length - from);
        if (start < end)
            theme::panel(painter, box(start, end), metrics::kRadiusMark, fill, outline);
    }
}

std::pair<DiffPane::Place, DiffPane::Place> DiffPane::selection() const
{
    return m_anchor < m_cursor ? std::pair{m_anchor, m_cursor} : std::pair{m_cursor, m_anchor};
}

DiffPane::Place DiffPane::placeAt(const QPoint &at) const
{
    if (!m_document || m_document->rows() == 0)
        return {};
    const int y = at.y() + verticalScrollBar()->value();
    const int row = std::clamp(rowAt(std::max(0, y)), 0, m_document->rows() - 1);
    const QString &text = line(row)->text;
    double column = (at.x() - textLeft() + (m_isWrapped ? 0 : horizontalScrollBar()->value())) / m_charWidth;
    if (m_isWrapped)
        column = std::clamp(column, 0.0, static_cast<double>(wrapColumns())) +
                 static_cast<double>(wrapColumns()) * ((y - top(row)) / lineHeight());
    return {row, std::clamp<qsizetype>(static_cast<qsizetype>(std::lround(column)), 0, text.size())};
}

void DiffPane::mousePressEvent(QMouseEvent *event)
{
    if (event->button() != Qt::LeftButton)
        return;
    m_cursor = placeAt(event->position().toPoint());
    if (!(event->modifiers() & Qt::ShiftModifier))
        m_anchor = m_cursor;
    viewport()->update();
    const DiffLine *pressed = line(m_cursor.row);
    Q_EMIT rowPressed(m_cursor.row, pressed != nullptr ? pressed->difference : -1);
}

void DiffPane::mouseMoveEvent(QMouseEvent *event)
{
    if (!(event->buttons() & Qt::LeftButton))
        return;
    m_cursor = placeAt(event->position().toPoint());
    Q_EMIT rowRevealed(m_cursor.row);
    viewport()->update();
}

void DiffPane::mouseDoubleClickEvent(QMouseEvent *event)
{
    const Place place = placeAt(event->position().toPoint());
    const DiffLine *shown = line(place.row);
    if (shown == nullptr)
        return;
    const auto isPart = [&](qsizetype at) {
        const QChar character = shown->text.at(at);
        return character.isLetterOrNumber() || character == u'_' || character == u'.' || character == u'-';
    };
    qsizetype from = place.column;
    qsizetype to = place.column;
    while (from > 0 && isPart(from - 1))
        --from;
    while (to < shown->text.size() && isPart(to))
        ++to;
    m_anchor = {place.row, from};
    m_cursor = {place.row, to};
    viewport()->update();
}

void DiffPane::contextMenuEvent(QContextMenuEvent *event)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    QAction *copyAction = menu->addAction(m_theme.icon(u"copy"_s), tr("&Copy"), this, &DiffPane::copy);
    copyAction->setEnabled(m_anchor != m_cursor);
    menu->addAction(tr("Select &all"), this, &DiffPane::selectAll);
    menu->popup(event->globalPos());
}

void DiffPane::keyPressEvent(QKeyEvent *event)
{
    QScrollBar *bar = verticalScrollBar();
    if (event->matches(QKeySequence::Copy))
        copy();
    else if (event->matches(QKeySequence::SelectAll))
        selectAll();
    else if (event->key() == Qt::Key_Up && event->modifiers() == Qt::NoModifier)
        bar->triggerAction(QScrollBar::SliderSingleStepSub);
    else if (event->key() == Qt::Key_Down && event->modifiers() == Qt::NoModifier)
        bar->triggerAction(QScrollBar::SliderSingleStepAdd);
    else if (event->key() == Qt::Key_PageUp)
        bar->triggerAction(QScrollBar::SliderPageStepSub);
    else if (event->key() == Qt::Key_PageDown)
        bar->triggerAction(QScrollBar::SliderPageStepAdd);
    else if (event->key() == Qt::Key_Home)
        bar->triggerAction(QScrollBar::SliderToMinimum);
    else if (event->key() == Qt::Key_End)
        bar->triggerAction(QScrollBar::SliderToMaximum);
    else if (event->key() == Qt::Key_Left)
        horizontalScrollBar()->triggerAction(QScrollBar::SliderSingleStepSub);
    else if (event->key() == Qt::Key_Right)
        horizontalScrollBar()->triggerAction(QScrollBar::SliderSingleStepAdd);
    else
        QAbstractScrollArea::keyPressEvent(event);
}

// Keys of the pane are not shortcuts of the window while it has the focus.
bool DiffPane::event(QEvent *event)
{
    if (event->type() == QEvent::ShortcutOverride) {
        const auto *key = static_cast<QKeyEvent *>(event);
        if (key->matches(QKeySequence::Copy) || key->matches(QKeySequence::SelectAll)) {
            event->accept();
            return true;
        }
    }
    return QAbstractScrollArea::event(event);
}

void DiffPane::focusInEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusInEvent(event);
    viewport()->update();
}

void DiffPane::focusOutEvent(QFocusEvent *event)
{
    QAbstractScrollArea::focusOutEvent(event);
    viewport()->update();
}

QString DiffPane::plainText() const
{
    return m_document ? m_document->plainText(m_side) : QString();
}

QString DiffPane::selectedText() const
{
    const auto [start, end] = selection();
    QStringList lines;
    for (int row = start.row; m_document && row <= end.row && row < m_document->rows(); ++row) {
        const DiffLine *shown = line(row);
        if (shown->kind == DiffKind::Void)
            continue;
        const qsizetype from = row == start.row ? start.column : 0;
        const qsizetype to = row == end.row ? end.column : shown->text.size();
        lines.append(shown->text.mid(from, to - from));
    }
    return start == end ? QString() : lines.join(u'\n');
}

void DiffPane::selectAll()
{
    if (!m_document || m_document->rows() == 0)
        return;
    m_anchor = {};
    m_cursor = {m_document->rows() - 1, line(m_document->rows() - 1)->text.size()};
    viewport()->update();
}

void DiffPane::clearSelection()
{
    m_anchor = m_cursor;
    viewport()->update();
}

void DiffPane::copy()
{
    if (const QString text = selectedText(); !text.isEmpty()) {
        QGuiApplication::clipboard()->setText(text);
        Q_EMIT copied();
    }
}

void DiffPane::setFound(std::vector<Found> found)
{
    m_found = std::move(found);
    viewport()->update();
}

void DiffPane::select(const Found &found)
{
    m_anchor = {found.row, found.column};
    m_cursor = {found.row, found.column + found.length};
    Q_EMIT rowRevealed(found.row);
    QScrollBar *bar = horizontalScrollBar();
    const auto start = static_cast<int>(static_cast<double>(found.column) * m_charWidth);
    const auto end = static_cast<int>(static_cast<double>(found.column + found.length) * m_charWidth);
    const int room = viewport()->width() - textLeft() - kRightPadding;
    if (start < bar->value() || end > bar->value() + room)
        bar->setValue(end <= room ? 0 : start - room / 3);
    viewport()->update();
}

DiffPane::Found DiffPane::selectionStart() const
{
    const auto [start, end] = selection();
    return {start.row, start.column, start.row == end.row ? end.column - start.column : 1};
}

} // namespace parallax::widgets
