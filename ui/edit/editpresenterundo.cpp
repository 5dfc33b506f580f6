// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The one history over texts and the list of endpoints: what was done last, and what may be taken back.
#include "ui/edit/editpresenter.h"

#include <QElapsedTimer>

namespace parallax::ui {

/// One change of a document's text and its inverse. What is typed without a pause becomes one.
class TextCommand final : public QUndoCommand
{
public:
    TextCommand(EditPresenter &presenter, const EditPresenter::History &history, endpoints::TextChange change,
                const QString &text, bool isTyped = false)
        : QUndoCommand(text)
        , m_presenter(presenter)
        , m_history(history)
        , m_change(std::move(change))
        , m_isTyped(isTyped)
    {
        m_age.start();
    }

    [[nodiscard]] int id() const override { return m_isTyped ? 1 : -1; }

    bool mergeWith(const QUndoCommand *other) override
    {
        constexpr qint64 kPauseMs = 1'000;
        const auto *next = static_cast<const TextCommand *>(other);
        const EditPresenter::Document *document = m_presenter.document(m_history.name);
        if (document == nullptr || m_age.elapsed() > kPauseMs)
            return false;
        const QByteArray &now = document->file.bytes();
        const std::optional<QByteArray> between = next->m_change.inverse().appliedTo(now);
        const std::optional<QByteArray> before = between ? m_change.inverse().appliedTo(*between) : std::nullopt;
        if (!before)
            return false;
        m_change = endpoints::TextChange::between(*before, now);
        m_age.restart();
        m_stamp = next->m_stamp;
        return true;
    }

    void redo() override { run(m_change); }
    void undo() override { run(m_change.inverse()); }
    /// When it was done or undone last.
    [[nodiscard]] quint64 stamp() const { return m_stamp; }

private:
    void run(const endpoints::TextChange &change)
    {
        m_stamp = ++m_presenter.m_clock;
        m_presenter.change(m_history.name, change);
    }

    EditPresenter &m_presenter;
    const EditPresenter::History &m_history; ///< owns this
    endpoints::TextChange m_change;
    bool m_isTyped;
    quint64 m_stamp = 0;
    QElapsedTimer m_age; ///< since the last of what became this step
};

quint64 EditPresenter::textStamp(const QString &name, bool isUndo) const
{
    const Document *found = document(name);
    if (found == nullptr || !found->history)
        return 0;
    const QUndoStack &stack = found->history->stack;
    const int at = isUndo ? stack.index() - 1 : stack.index();
    return at < 0 || at >= stack.count() ? 0 : static_cast<const TextCommand *>(stack.command(at))->stamp();
}

QUndoStack *EditPresenter::undoStack(const QString &name)
{
    Document *found = document(name);
    return found == nullptr ? nullptr : &historyOf(name, *found).stack;
}

EditPresenter::History &EditPresenter::historyOf(const QString &name, Document &document)
{
    if (!document.history) {
        document.history = std::make_unique<History>();
        document.history->name = name;
    }
    return *document.history;
}

void EditPresenter::pushText(const QString &name, Document &document, const endpoints::TextChange &change,
                             const QString &text, bool isTyped)
{
    forgetUndone();
    History &history = historyOf(name, document);
    history.stack.push(new TextCommand(*this, history, change, text, isTyped));
}

/// One history: whatever is done anew ends what could have been done again.
void EditPresenter::forgetUndone()
{
    if (m_isChangingList) // the step under way is one of them
        m_waiting.push_back([this] { forgetUndone(); });
    else
        m_steps.erase(m_steps.begin() + static_cast<std::ptrdiff_t>(m_stepsDone), m_steps.end());
}

void EditPresenter::addStep(ListStep::Kind kind, const QString &text, const QStringList &names)
{
    forgetUndone();
    ListStep step;
    step.kind = kind;
    step.text = text;
    step.names = names;
    step.stamp = ++m_clock;
    m_steps.push_back(std::move(step));
    m_stepsDone = m_steps.size();
}

/// What was saved since it was made is not taken away by an undo: that is what deleting is for. Nor is another
/// document than the one the user is in, only brought back. `later` are the names of what was done since.
bool EditPresenter::mayUndo(const ListStep &step, const QString &name, const QStringList &later) const
{
    const auto isThere = [this](const QString &one) { return document(one) != nullptr; };
    if (step.kind == ListStep::Kind::Delete)
        return std::any_of(step.kept.begin(), step.kept.end(), [&](const auto &one) { return !isThere(one.first); });
    const QString &now = step.names.last();
    if (!isThere(now) || (!name.isEmpty() && name != now) ||
        std::any_of(step.names.begin(), step.names.end(), [&](const QString &one) { return later.contains(one); }))
        return false;
    if (step.kind == ListStep::Kind::Suffix)
        return !m_unsaved.contains(now);
    if (step.kind == ListStep::Kind::Rename)
        return !isThere(step.names.first());
    return !document(now)->saved && textStamp(now, true) <= step.stamp;
}

/// The newest step that may be undone from there; steps that are of no other's business commute.
std::optional<std::size_t> EditPresenter::undoableStep(const QString &name) const
{
    QStringList later;
    for (std::size_t i = m_stepsDone; i-- > 0;) {
        if (mayUndo(m_steps[i], name, later))
            return i;
        later += m_steps[i].names;
    }
    return std::nullopt;
}

quint64 EditPresenter::listStamp(const QString &name, bool isUndo) const
{
    if (m_isChangingList)
        return 0;
    if (!isUndo)
        return m_stepsDone == m_steps.size() ? 0 : m_steps[m_stepsDone].stamp;
    const std::optional<std::size_t> step = undoableStep(name);
    return step ? m_steps[*step].stamp : 0;
}

bool EditPresenter::canUndo(const QString &name) const
{
    return textStamp(name, true) > 0 || listStamp(name, true) > 0;
}

bool EditPresenter::canRedo(const QString &name) const
{
    return textStamp(name, false) > 0 || listStamp(name, false) > 0;
}

void EditPresenter::undo(const QString &name)
{
    if (const quint64 stamp = listStamp(name, true); stamp > textStamp(name, true))
        takeBack(stamp, name);
    else if (QUndoStack *stack = undoStack(name))
        stack->undo();
}

void EditPresenter::redo(const QString &name)
{
    if (const quint64 stamp = listStamp(name, false); stamp > textStamp(name, false))
        takeBack(stamp, name);
    else if (QUndoStack *stack = undoStack(name))
        stack->redo();
}

bool EditPresenter::canTakeBack(quint64 stamp) const
{
    const std::optional<std::size_t> step = undoableStep({});
    return (step && m_steps[*step].stamp == stamp) ||
           (m_stepsDone < m_steps.size() && m_steps[m_stepsDone].stamp == stamp);
}

void EditPresenter::takeBack(quint64 stamp)
{
    takeBack(stamp, {});
}

/// Only that step, whatever else was done until the disk is free.
void EditPresenter::takeBack(quint64 stamp, const QString &name)
{
    if (waits([this, stamp, name] { takeBack(stamp, name); }))
        return;
    if (m_stepsDone < m_steps.size() && m_steps[m_stepsDone].stamp == stamp)
        return runStep(false);
    const std::optional<std::size_t> step = undoableStep(name);
    if (!step || m_steps[*step].stamp != stamp)
        return;
    const auto at = m_steps.begin() + static_cast<std::ptrdiff_t>(*step);
    std::rotate(at, at + 1, m_steps.begin() + static_cast<std::ptrdiff_t>(m_stepsDone));
    runStep(true);
}

} // namespace parallax::ui
