// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The body that a detail shows: as it was sent, all of it, in a file.
#include "base/files.h"
#include "ui/commands/catalogue.h"
#include "ui/commands/commandregistry.h"
#include "ui/live/detailpane.h"
#include "ui/live/detailsource.h"
#include "ui/models/displaytext.h"
#include "ui/widgets/messagebar.h"
#include "ui/wording/wording.h"

#include <QFileDialog>
#include <QPointer>
#include <QPushButton>
#include <QThreadPool>

using namespace Qt::StringLiterals;
using parallax::widgets::MessageBar;
namespace ids = parallax::commands::ids;

namespace parallax::ui {

using Kind = DetailView::Kind;

void DetailPane::bindBodyCommands()
{
    using commands::Availability;
    m_registry.bind(
        ids::kRawBody, this,
        [this] {
            m_view.isRaw = !m_view.isRaw;
            m_registry.setChecked(ids::kRawBody, m_view.isRaw);
            ask();
        },
        [this] {
            m_registry.setChecked(ids::kRawBody, m_view.isRaw);
            return Availability::when(m_exchange && m_detail && !m_detail->document && !m_other,
                                      tr("Show the request or an answer first"));
        });
    m_registry.bind(
        ids::kSaveBody, this, [this] { saveBody(); },
        [this] {
            const QString why = bodyObstacle();
            return Availability::when(why.isEmpty(), why);
        });
}

QString DetailPane::bodyObstacle() const
{
    if (!m_detail || m_detail->exchange != m_exchange || m_detail->document || m_other ||
        m_detail->view.kind == Kind::Differences)
        return tr("Show the request or an answer first");
    return m_detail->bodyBytes > 0 ? QString() : tr("It has no body");
}

// A long body is shown by its beginning; the user decides about the rest.
void DetailPane::showSize()
{
    if (!m_detail || !m_detail->isCut) {
        m_size->clear();
        return;
    }
    const bool fits = m_detail->bodyBytes <= ExchangeDetail::kMostWhole;
    const QString size = display::byteCount(m_detail->bodyBytes);
    m_size->showMessage(MessageBar::Kind::Info,
                        fits ? tr("The body has %1; only its beginning is shown.").arg(size)
                             : tr("The body has %1, too much to be shown: save it to a file.").arg(size));
    if (fits) {
        QPushButton *all = m_size->addButton(tr("Show all of it"), u"showWholeBody"_s, true);
        connect(all, &QPushButton::clicked, this, [this] {
            m_view.isWhole = true;
            ask();
        });
    }
    QPushButton *save = m_size->addButton(tr("Save…"), u"saveWholeBody"_s, !fits);
    save->setAccessibleName(tr("Save the whole body"));
    connect(save, &QPushButton::clicked, this, &DetailPane::saveBody);
}

void DetailPane::saveBody()
{
    const bool isJson = m_detail->text.contains(u"json"_s, Qt::CaseInsensitive);
    const QString name = m_view.kind == Kind::Request ? u"request"_s : u"answer"_s;
    auto *dialog = new QFileDialog(window(), tr("Save body"), name + (isJson ? u".json"_s : u".txt"_s));
    dialog->setObjectName(u"saveBodyDialog"_s);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QFileDialog::fileSelected, this, &DetailPane::writeBody);
    dialog->open();
}

void DetailPane::writeBody(const QString &file)
{
    if (!m_detail)
        return;
    QThreadPool::globalInstance()->start(
        [self = QPointer<DetailPane>(this), exchange = m_detail->exchange, view = m_detail->view, file] {
            const Status saved = base::saveFile(file, shownBody(*exchange, view));
            QMetaObject::invokeMethod(qApp, [self, saved] {
                if (self && !saved)
                    self->m_size->showMessage(MessageBar::Kind::Error, wording::text(saved.error()));
            });
        });
}

} // namespace parallax::ui
