// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/code/diffview.h"

#include "ui/theme/metrics.h"
#include "ui/theme/paint.h"
#include "ui/theme/theme.h"
#include "ui/widgets/surface.h"

#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>

#include <algorithm>
#include <tuple>

using namespace Qt::StringLiterals;

namespace parallax::widgets {

using theme::Role;
namespace metrics = theme::metrics;

namespace {

constexpr int kTopPadding = 4;
constexpr int kBottomPadding = 12;

} // namespace

DiffView::DiffView(const theme::Theme &theme, const QString &objectName, const QString &leftName,
                   const QString &rightName, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_left(new DiffPane(theme, DiffSide::Left, objectName + u"Left"_s, leftName, this))
    , m_right(new DiffPane(theme, DiffSide::Right, objectName + u"Right"_s, rightName, this))
    , m_strip(new OverviewStrip(theme, this))
    , m_line(hairline(theme, Qt::Vertical, this))
{
    setObjectName(objectName);
    setMinimumSize(240, 80);
    QScrollBar *bar = m_right->verticalScrollBar();
    connect(bar, &QScrollBar::valueChanged, m_left->verticalScrollBar(), &QScrollBar::setValue);
    connect(m_left->verticalScrollBar(), &QScrollBar::valueChanged, bar, &QScrollBar::setValue);
    connect(bar, &QScrollBar::valueChanged, this, &DiffView::onScrolled);
    // Sideways too: what one looks at stands at the same column on both sides.
    connect(m_left->horizontalScrollBar(), &QScrollBar::valueChanged, m_right->horizontalScrollBar(),
            &QScrollBar::setValue);
    connect(m_right->horizontalScrollBar(), &QScrollBar::valueChanged, m_left->horizontalScrollBar(),
            &QScrollBar::setValue);
    connect(m_strip, &OverviewStrip::asked, this,
            [this, bar](int y) { bar->setValue(y - m_right->viewport()->height() / 2); });
    for (DiffPane *pane : {m_left, m_right}) {
        pane->viewport()->installEventFilter(this);
        pane->installEventFilter(this);
        connect(pane, &DiffPane::rowRevealed, this, [this](int row) { reveal(row, false); });
        connect(pane, &DiffPane::rowPressed, this, [this, pane](int, int difference) {
            (pane == m_left ? m_right : m_left)->clearSelection();
            if (difference >= 0)
                setCurrentDifference(difference);
        });
    }
    connect(&theme, &theme::Theme::changed, this, &DiffView::updateRange);
    setFocusProxy(m_right);
    m_lastFocus = m_right;
    addFindBar(objectName, tr("%1 and %2").arg(leftName, rightName));
}

void DiffView::setHeaders(QWidget *left, QWidget *right)
{
    m_leftHeader = left;
    m_rightHeader = right;
    left->setParent(this);
    right->setParent(this);
    left->show();
    right->show();
    layOut();
}

void DiffView::setDocument(const DiffDocumentPtr &document)
{
    m_document = document;
    m_stops = document ? document->firstRows() : std::vector<int>();
    m_current = -1;
    m_left->setDocument(document);
    m_right->setDocument(document);
    m_find->textChanged();
    updateRange();
    m_right->verticalScrollBar()->setValue(0);
    setCurrentDifference(m_stops.empty() ? -1 : 0);
}

void DiffView::setCurrentDifference(int difference)
{
    if (difference >= differenceCount())
        return;
    m_left->setCurrentDifference(difference);
    m_right->setCurrentDifference(difference);
    if (difference >= 0)
        reveal(m_stops[static_cast<std::size_t>(difference)], true);
    if (std::exchange(m_current, difference) != difference)
        Q_EMIT currentDifferenceChanged(difference);
}

bool DiffView::nextDifference()
{
    if (m_current + 1 >= differenceCount())
        return false;
    setCurrentDifference(m_current + 1);
    return true;
}

bool DiffView::previousDifference()
{
    if (m_current <= 0)
        return false;
    setCurrentDifference(m_current - 1);
    return true;
}

void DiffView::setWrapped(bool isWrapped)
{
    if (std::exchange(m_isWrapped, isWrapped) != isWrapped)
        updateRange();
}

void DiffView::addFindBar(const QString &objectName, const QString &name)
{
    FindBar::Pane pane;
    pane.objectName = objectName;
    pane.name = name;
    pane.search = [this](const FindQuery &query, FindStep step) { return find(query, step); };
    pane.hasText = [this] { return m_document && m_document->rows() > 0; };
    pane.selectedText = [this] {
        const QString left = m_left->selectedText();
        return left.isEmpty() ? m_right->selectedText() : left;
    };
    pane.takeFocus = [this] { m_lastFocus->setFocus(Qt::OtherFocusReason); };
    m_find = new FindBar(m_theme, std::move(pane), this);
    connect(m_find, &FindBar::toggled, this, &DiffView::layOut);
}

FindAnswer DiffView::find(const FindQuery &query, FindStep step)
{
    using Place = std::tuple<int, int, qsizetype>; // row, side, column
    FindAnswer answer;
    std::vector<Place> places;
    std::vector<DiffPane::Found> found[2];
    const Qt::CaseSensitivity cases = query.isCaseSensitive ? Qt::CaseSensitive : Qt::CaseInsensitive;
    const int rows = m_document && !query.text.isEmpty() ? m_document->rows() : 0;
    for (int row = 0; row < rows && !answer.isMore; ++row) {
        for (const int side : {0, 1}) {
            const auto &lines = side == 0 ? m_document->left : m_document->right;
            const QString &text = lines[static_cast<std::size_t>(row)].text;
            for (qsizetype at = text.indexOf(query.text, 0, cases); at >= 0 && !answer.isMore;
                 at = text.indexOf(query.text, at + query.text.size(), cases)) {
                places.emplace_back(row, side, at);
                found[side].push_back({row, at, query.text.size()});
                answer.isMore = places.size() >= kMostFound;
            }
        }
    }
    m_left->setFound(std::move(found[0]));
    m_right->setFound(std::move(found[1]));
    answer.count = static_cast<int>(places.size());
    const bool isLeft = !m_left->selectedText().isEmpty();
    const bool hasSelection = isLeft || !m_right->selectedText().isEmpty();
    // Nothing selected: from what shows on.
    Place from{std::max(0, m_right->rowAt(m_right->verticalScrollBar()->value())), 0, 0};
    if (hasSelection) {
        const DiffPane::Found start = (isLeft ? m_left : m_right)->selectionStart();
        from = {start.row, isLeft ? 0 : 1, start.column};
    }
    std::tie(answer.place, answer.hasWrapped) = foundPlace(places, from, hasSelection, step);
    if (step != FindStep::Count && answer.place >= 0) {
        const auto [row, side, column] = places[static_cast<std::size_t>(answer.place)];
        (side == 0 ? m_right : m_left)->clearSelection();
        (side == 0 ? m_left : m_right)->select({row, column, query.text.size()});
    }
    return answer;
}

void DiffView::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    layOut();
}

void DiffView::layOut()
{
    const int strip = m_strip->sizeHint().width();
    const int header = m_leftHeader != nullptr ? std::max(m_leftHeader->sizeHint().height(), m_theme.height(32)) : 0;
    const int rest = width() - strip - 1;
    const int half = rest / 2;
    const int find = m_find->isOpen() ? m_find->sizeHint().height() : 0;
    const int bottom = height() - find;
    m_find->setGeometry(0, bottom, width(), find);
    m_left->setGeometry(0, header, half, bottom - header);
    m_line->setGeometry(half, 0, 1, bottom);
    m_right->setGeometry(half + 1, header, rest - half, bottom - header);
    m_strip->setGeometry(width() - strip, 0, strip, bottom);
    if (m_leftHeader != nullptr) {
        m_leftHeader->setGeometry(0, 0, half, header);
        m_rightHeader->setGeometry(half + 1, 0, rest - half, header);
    }
    updateRange();
}

void DiffView::updateRange()
{
    const int rows = m_document ? m_document->rows() : 0;
    const int line = m_right->lineHeight();
    auto tops = std::make_shared<std::vector<int>>();
    tops->reserve(static_cast<std::size_t>(rows));
    int y = kTopPadding;
    for (int row = 0; row < rows; ++row) {
        tops->push_back(y);
        y += line * (m_isWrapped ? std::max(m_left->wrappedLines(row), m_right->wrappedLines(row)) : 1);
    }
    m_tops = tops;
    m_contentHeight = y + kBottomPadding;
    for (DiffPane *pane : {m_left, m_right}) {
        pane->setRowTops(m_tops, m_isWrapped);
        QScrollBar *bar = pane->verticalScrollBar();
        bar->setPageStep(pane->viewport()->height());
        bar->setSingleStep(line);
        bar->setRange(0, std::max(0, m_contentHeight - pane->viewport()->height()));
    }
    QList<OverviewStrip::Mark> marks;
    for (int row = 0; row < rows; ++row) {
        const DiffLine &left = m_document->left[static_cast<std::size_t>(row)];
        const DiffLine &right = m_document->right[static_cast<std::size_t>(row)];
        const DiffKind kind = left.kind == DiffKind::Void ? right.kind : left.kind;
        if (kind == DiffKind::Same || kind == DiffKind::Void)
            continue;
        Role role = Role::ChartDiff;
        if (kind == DiffKind::Hidden)
            role = Role::BorderStrong;
        else if (kind == DiffKind::Moved)
            role = Role::DiffMoveMark;
        else if (left.kind == DiffKind::Void)
            role = Role::DiffRightMark;
        marks.append({(*tops)[static_cast<std::size_t>(row)], role, kind == DiffKind::Hidden});
    }
    m_strip->setMarks(std::move(marks), m_contentHeight);
    onScrolled();
}

void DiffView::reveal(int row, bool isCentred)
{
    if (!m_tops || row < 0 || row >= static_cast<int>(m_tops->size()))
        return;
    QScrollBar *bar = m_right->verticalScrollBar();
    const int top = (*m_tops)[static_cast<std::size_t>(row)];
    const int height = m_right->viewport()->height();
    const int line = m_right->lineHeight();
    if (height < 3 * line)
        return; // not laid out yet
    if (top >= bar->value() && top + line <= bar->value() + height)
        return; // it shows already
    if (isCentred)
        bar->setValue(top - height / 3);
    else
        bar->setValue(top < bar->value() ? top : top + line - height);
}

// The panes lay themselves out later than this view; the range follows their viewports.
bool DiffView::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Resize && watched == m_right->viewport())
        updateRange();
    if (event->type() == QEvent::FocusIn && (watched == m_left || watched == m_right))
        m_lastFocus = watched == m_left ? m_left : m_right;
    if (event->type() == QEvent::KeyPress && (watched == m_left || watched == m_right) &&
        m_find->takeKey(*static_cast<QKeyEvent *>(event)))
        return true;
    return QWidget::eventFilter(watched, event);
}

void DiffView::onScrolled()
{
    m_strip->setView(m_right->verticalScrollBar()->value(), m_right->viewport()->height());
}

OverviewStrip::OverviewStrip(const theme::Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
{
    setObjectName(u"overviewStrip"_s);
    setAccessibleName(tr("Overview of the differences"));
    setCursor(Qt::ArrowCursor);
}

QSize OverviewStrip::sizeHint() const
{
    return {metrics::kOverviewStripWidth, 80};
}

void OverviewStrip::setMarks(QList<Mark> marks, int contentHeight)
{
    m_marks = std::move(marks);
    m_contentHeight = contentHeight;
    update();
}

void OverviewStrip::setView(int top, int height)
{
    m_viewTop = top;
    m_viewHeight = height;
    update();
}

// A document that fits is not stretched over the strip.
double OverviewStrip::scale() const
{
    const int content = std::max(m_contentHeight, m_viewHeight);
    return content > 0 ? static_cast<double>(height()) / content : 1;
}

void OverviewStrip::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), m_theme.color(Role::Sunken));
    if (m_contentHeight > m_viewHeight)
        painter.fillRect(QRectF(1, m_viewTop * scale(), width() - 1, m_viewHeight * scale()),
                         m_theme.color(Role::Hover));
    painter.fillRect(0, 0, 1, height(), m_theme.color(Role::Border));
    for (const Mark &mark : std::as_const(m_marks)) {
        const double y = std::min(std::round(mark.top * scale()), height() - 6.0);
        theme::fillRounded(painter, QRectF(4, y, width() - 7, mark.isHidden ? 2 : 6), 1, m_theme.color(mark.role));
    }
}

void OverviewStrip::mousePressEvent(QMouseEvent *event)
{
    Q_EMIT asked(static_cast<int>(event->position().y() / scale()));
}

void OverviewStrip::mouseMoveEvent(QMouseEvent *event)
{
    if (event->buttons() & Qt::LeftButton)
        Q_EMIT asked(static_cast<int>(event->position().y() / scale()));
}

} // namespace parallax::widgets
