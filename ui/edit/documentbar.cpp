// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/edit/documentbar.h"

#include "ui/edit/differencedialog.h"
#include "ui/edit/editpresenter.h"

#include <QDateTime>
#include <QLocale>
#include <QPushButton>

using namespace Qt::StringLiterals;

namespace parallax::ui {

namespace {

QString localTime(WallTime time)
{
    const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(time.time_since_epoch()).count();
    return QLocale().toString(QDateTime::fromMSecsSinceEpoch(ms), QLocale::ShortFormat);
}

} // namespace

DocumentBar::DocumentBar(const theme::Theme &theme, EditPresenter &presenter, QWidget *parent)
    : MessageBar(theme, u"documentBar"_s, parent)
    , m_theme(theme)
    , m_presenter(presenter)
{
    for (auto signal : {&EditPresenter::conflicted, &EditPresenter::documentChanged})
        connect(&presenter, signal, this, &DocumentBar::ask);
    connect(&presenter, &EditPresenter::loaded, this, &DocumentBar::ask);
    connect(&presenter, &EditPresenter::recoveriesChanged, this, &DocumentBar::ask);
    ask();
}

void DocumentBar::setEndpoint(const QString &name)
{
    m_current = name;
    ask();
}

void DocumentBar::ask()
{
    if (m_presenter.hasConflict(m_current))
        return askConflict(m_current);
    const QStringList lost = m_presenter.recoveries();
    if (!lost.isEmpty()) {
        const auto own = std::find_if(lost.begin(), lost.end(), [this](const QString &which) {
            return EditPresenter::endpointOf(which) == m_current;
        });
        return askRecovery(own == lost.end() ? lost.first() : *own);
    }
    m_asked.clear();
    clear();
}

void DocumentBar::offer(QPushButton *button, const QString &name, const std::function<void()> &answer)
{
    connect(button, &QPushButton::clicked, this, [this, name, answer] {
        answer();
        Q_EMIT answered(name);
    });
}

void DocumentBar::askConflict(const QString &name)
{
    const bool isGone = m_presenter.isDeletedOutside(name);
    const QString text = isGone ? tr("%1 was deleted by another program while you edited it").arg(name)
                                : tr("%1 was changed by another program while you edited it").arg(name);
    if (std::exchange(m_asked, text) == text)
        return;
    clear();
    showMessage(Kind::Warning, text);
    offer(addButton(tr("Keep mine"), u"conflictKeep"_s, true), name, [this, name] { m_presenter.keepMine(name); });
    offer(addButton(isGone ? tr("Delete here too") : tr("Take theirs"), u"conflictTake"_s), name,
          [this, name] { m_presenter.takeTheirs(name); });
    connect(addButton(tr("Show difference"), u"conflictShow"_s), &QPushButton::clicked, this,
            [this, name] { showConflict(name); });
}

void DocumentBar::askRecovery(const QString &which)
{
    const std::optional<repository::Recovery> recovery = m_presenter.recovery(which);
    const QString name = EditPresenter::endpointOf(which);
    const QString text =
        tr("Changes to %1 of %2 were not saved when Parallax ended").arg(name, localTime(recovery->time));
    const QString question = which + u' ' + text;
    if (std::exchange(m_asked, question) == question)
        return;
    clear();
    showMessage(Kind::Info, text);
    offer(addButton(tr("Restore"), u"recoveryRestore"_s, true), name, [this, which] { m_presenter.restore(which); });
    offer(addButton(tr("Discard"), u"recoveryDiscard"_s), name, [this, which] { m_presenter.discardRecovery(which); });
    connect(addButton(tr("Show difference"), u"recoveryShow"_s), &QPushButton::clicked, this,
            [this, which] { showRecovery(which); });
}

void DocumentBar::showConflict(const QString &name)
{
    (new DifferenceDialog(m_theme, tr("%1: theirs and yours").arg(name),
                          tr("Added lines are only in your text, removed lines only in the file on disk."),
                          m_presenter.conflictDiff(name), window()))
        ->open();
}

void DocumentBar::showRecovery(const QString &which)
{
    const std::optional<repository::Recovery> recovery = m_presenter.recovery(which);
    if (!recovery)
        return;
    const QString since = m_presenter.isRecoveryBaseChanged(which)
                              ? tr(" The file has changed since; restoring brings the older lines back.")
                              : QString();
    (new DifferenceDialog(m_theme, tr("%1: what was not saved").arg(EditPresenter::endpointOf(which)),
                          tr("Added lines are only in what was not saved, removed lines only in the file as it is.") +
                              since,
                          m_presenter.recoveryDiff(which), window()))
        ->open();
}

} // namespace parallax::ui
