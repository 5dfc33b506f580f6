// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/code/findbar.h"

#include "ui/theme/controls.h"
#include "ui/theme/metrics.h"
#include "ui/theme/theme.h"
#include "ui/widgets/filterfield.h"
#include "ui/widgets/label.h"
#include "ui/widgets/surface.h"

#include <QAccessible>
#include <QApplication>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLocale>
#include <QToolButton>

#include <chrono>

using namespace Qt::StringLiterals;

namespace parallax::widgets {

using theme::Role;
using theme::TextStyle;
namespace metrics = theme::metrics;

namespace {

constexpr std::chrono::milliseconds kTypingPause{60};
constexpr qsizetype kLongestSeed = 200; ///< a selection longer than that is not what is looked for

} // namespace

FindBar::FindBar(const theme::Theme &theme, Pane pane, QWidget *parent)
    : QFrame(parent)
    , m_theme(theme)
    , m_pane(std::move(pane))
    , m_delay(this)
{
    setObjectName(m_pane.objectName + u"Find"_s);
    setAccessibleName(tr("Find in %1").arg(m_pane.name));
    m_delay.setSingleShot(true);
    m_delay.setInterval(kTypingPause);
    connect(&m_delay, &QTimer::timeout, this, [this] { look(FindStep::Here); });
    hide();
}

void FindBar::build()
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    auto *area = new PaneHeader(m_theme, nullptr, Role::Window, Qt::TopEdge);
    area->row()->setContentsMargins(8, 1, 6, 0);
    area->row()->setSpacing(2);
    column->addWidget(area);
    const QString &at = m_pane.objectName;
    m_field = new FilterField(m_theme, at + u"FindField"_s, tr("Find in %1").arg(m_pane.name));
    m_field->setIconName(u"search"_s);
    m_field->setDesignHeight(metrics::kFilterHeight);
    m_field->setPlaceholderText(tr("Find"));
    m_field->setMinimumWidth(96);
    m_field->setMaximumWidth(360);
    m_field->installEventFilter(this);
    connect(m_field, &QLineEdit::textChanged, this, [this] { m_delay.start(); });
    m_said = new Label(m_theme, {}, TextStyle::Caption, Role::Muted);
    m_said->setObjectName(at + u"FindResult"_s);
    const auto button = [&](const QString &name, const QString &icon, const QString &text, const QString &tip) {
        auto *made = new QToolButton;
        theme::setKind(made, theme::ButtonKind::Ghost, theme::ButtonSize::Small);
        theme::setNames(made, at + name, text);
        made->setToolTip(tip);
        if (!icon.isEmpty())
            made->setIcon(m_theme.icon(icon));
        return made;
    };
    m_case = button(u"FindCase"_s, {}, tr("Match case in %1").arg(m_pane.name), tr("Match case"));
    m_case->setText(u"Aa"_s);
    m_case->setCheckable(true);
    connect(m_case, &QToolButton::clicked, this, [this] { look(FindStep::Here); });
    auto *previous = button(u"FindPrevious"_s, u"arrow-up"_s, tr("Previous match in %1").arg(m_pane.name),
                            tr("Previous match (Shift+Enter)"));
    auto *next =
        button(u"FindNext"_s, u"arrow-down"_s, tr("Next match in %1").arg(m_pane.name), tr("Next match (Enter)"));
    m_steps = {previous, next};
    connect(previous, &QToolButton::clicked, this, [this] { look(FindStep::Previous); });
    connect(next, &QToolButton::clicked, this, [this] { look(FindStep::Next); });
    auto *closing = button(u"FindClose"_s, u"close"_s, tr("Close find in %1").arg(m_pane.name), tr("Close (Esc)"));
    connect(closing, &QToolButton::clicked, this, &FindBar::close);
    area->row()->addWidget(m_field, 1);
    area->row()->addSpacing(4);
    area->row()->addWidget(m_case);
    area->row()->addWidget(previous);
    area->row()->addWidget(next);
    area->row()->addSpacing(4);
    area->row()->addWidget(m_said);
    area->row()->addStretch(0);
    area->row()->addWidget(closing);
    for (QToolButton *one : {m_case, previous, next, closing})
        one->installEventFilter(this);
}

bool FindBar::canFind() const
{
    return parentWidget()->isVisible() && m_pane.hasText();
}

void FindBar::open()
{
    if (m_field == nullptr)
        build();
    const QString selected = m_pane.selectedText();
    if (!selected.isEmpty() && selected.size() <= kLongestSeed && !selected.contains(u'\n'))
        m_field->setText(selected);
    const bool wasOpen = isOpen();
    show();
    if (!wasOpen)
        Q_EMIT toggled();
    m_field->setFocus(Qt::ShortcutFocusReason);
    m_field->selectAll();
    m_delay.stop();
    say(m_pane.search(query(), FindStep::Count), false);
}

void FindBar::close()
{
    if (!isOpen())
        return;
    m_delay.stop();
    // Before it hides: Qt would give the focus to what comes next.
    if (isAncestorOf(QApplication::focusWidget()))
        m_pane.takeFocus();
    hide();
    m_pane.search({}, FindStep::Count);
    Q_EMIT toggled();
}

void FindBar::step(FindStep step)
{
    if (!isOpen() || m_field->text().isEmpty())
        open();
    else
        look(step);
}

void FindBar::textChanged()
{
    if (isOpen())
        say(m_pane.search(query(), FindStep::Count), false);
}

FindQuery FindBar::query() const
{
    return {m_field->text(), m_case->isChecked()};
}

void FindBar::look(FindStep step)
{
    m_delay.stop();
    say(m_pane.search(query(), step), true);
}

// What came of it stands beside the field and is read out.
void FindBar::say(const FindAnswer &answer, bool isAsked)
{
    const bool isMissing = answer.count == 0 && !m_field->text().isEmpty();
    const QLocale locale;
    const QString count = locale.toString(answer.count) + (answer.isMore ? u"+"_s : QString());
    QString text;
    if (isMissing)
        text = tr("Not found");
    else if (answer.count > 0 && answer.place < 0)
        text = answer.isMore ? tr("More than %Ln match(es)", nullptr, answer.count)
                             : tr("%Ln match(es)", nullptr, answer.count);
    else if (answer.count > 0)
        text = (answer.hasWrapped ? tr("%1 of %2, past the end") : tr("%1 of %2"))
                   .arg(locale.toString(answer.place + 1), count);
    theme::setInvalid(m_field, isMissing);
    m_said->setRole(isMissing ? Role::Error : Role::Muted);
    m_said->setText(text);
    m_said->setAccessibleName(text);
    for (QToolButton *button : std::as_const(m_steps))
        button->setEnabled(answer.count > 0);
    if (!isAsked || text.isEmpty())
        return;
    QAccessibleEvent event(m_said, QAccessible::Alert);
    QAccessible::updateAccessibility(&event);
}

bool FindBar::takeKey(const QKeyEvent &event)
{
    if (event.matches(QKeySequence::Find) && canFind()) {
        open();
    } else if (event.key() == Qt::Key_F3 && !(event.modifiers() & ~Qt::ShiftModifier) && canFind()) {
        step(event.modifiers() & Qt::ShiftModifier ? FindStep::Previous : FindStep::Next);
    } else if (event.key() == Qt::Key_Escape && event.modifiers() == Qt::NoModifier && isOpen()) {
        close();
    } else {
        return false;
    }
    return true;
}

bool FindBar::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::KeyPress)
        return QFrame::eventFilter(watched, event);
    const auto &key = *static_cast<QKeyEvent *>(event);
    const bool isEnter = key.key() == Qt::Key_Return || key.key() == Qt::Key_Enter;
    if (watched == m_field && isEnter && !(key.modifiers() & ~(Qt::ShiftModifier | Qt::KeypadModifier))) {
        // The first Enter behind typing goes where typing would have gone.
        const bool isPending = m_delay.isActive();
        if (key.modifiers() & Qt::ShiftModifier)
            look(FindStep::Previous);
        else
            look(isPending ? FindStep::Here : FindStep::Next);
        return true;
    }
    return takeKey(key) || QFrame::eventFilter(watched, event);
}

FindBar *FindBar::around(QWidget *widget)
{
    for (; widget != nullptr; widget = widget->parentWidget()) {
        if (auto *bar = widget->findChild<FindBar *>({}, Qt::FindDirectChildrenOnly))
            return bar;
    }
    return nullptr;
}

} // namespace parallax::widgets
