// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What is done with the rows that are selected.
#include "ui/commands/catalogue.h"
#include "ui/commands/commandregistry.h"
#include "ui/live/detailpane.h"
#include "ui/live/livepage.h"
#include "ui/live/livepresenter.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QTableView>

#include <algorithm>

namespace ids = parallax::commands::ids;

namespace parallax::ui {

void LivePage::bindSelectionCommands()
{
    using commands::Availability;
    const auto hasSelection = [this] { return Availability::when(selectedCount() > 0, tr("No request is selected")); };
    m_registry.bind(
        ids::kExportSelection, this, [this] { Q_EMIT exportRequested(selectedExchanges()); }, hasSelection);
    m_registry.bind(
        ids::kCopyCurl, this, [this] { copyCurl(); },
        [this] {
            return Availability::when(selectedCount() > 0 || !m_presenter.urlOf().isEmpty(),
                                      tr("No request is selected, and the router is not running"));
        });
    m_registry.bind(
        ids::kReplaySelected, this, [this] { Q_EMIT replayRequested(selectedExchanges()); }, hasSelection);
    m_registry.bind(
        ids::kCompareSelected, this, [this] { compareSelected(); },
        [this] {
            const int count = selectedCount();
            return Availability::when(count == 2, count == 0
                                                      ? tr("Select two requests first")
                                                      : tr("Select exactly two requests, not %n", nullptr, count));
        });
    connect(m_detail, &DetailPane::twoClosed, this, &LivePage::leaveTwo);
    connect(m_table->selectionModel(), &QItemSelectionModel::selectionChanged, this, &LivePage::leaveTwo);
}

/// The selected requests as they came, or else one that can be tried.
void LivePage::copyCurl()
{
    const std::vector<traffic::ExchangePtr> selected = selectedExchanges();
    const QString text = selected.empty() ? QString() : m_presenter.curlOf(selected);
    QGuiApplication::clipboard()->setText(text.isEmpty() ? m_presenter.curlOf(endpointInView()) : text);
}

void LivePage::compareSelected()
{
    const std::vector<traffic::ExchangePtr> two = selectedExchanges();
    if (two.size() == 2)
        m_detail->compareTwo(two.front(), two.back());
}

void LivePage::leaveTwo()
{
    if (m_detail->isComparingTwo()) {
        const QModelIndex current = m_table->currentIndex();
        m_detail->setExchange(current.isValid() ? m_presenter.traffic().exchangeAt(current.row()) : nullptr);
    }
}

/// Of rows, without a list of them: there may be a hundred thousand.
int LivePage::selectedCount() const
{
    int count = 0;
    for (const QItemSelectionRange &range : m_table->selectionModel()->selection())
        count += range.left() == 0 ? range.height() : 0;
    return count;
}

// The detail follows its row: an answer that came meanwhile belongs in it.
void LivePage::onSelected()
{
    const QModelIndex current = m_table->currentIndex();
    const traffic::ExchangePtr exchange = current.isValid() ? m_presenter.traffic().exchangeAt(current.row()) : nullptr;
    if (exchange != m_detail->exchange() && !m_detail->isComparingTwo())
        m_detail->setExchange(exchange);
}

std::vector<traffic::ExchangePtr> LivePage::selectedExchanges() const
{
    QList<int> rows;
    for (const QModelIndex &index : m_table->selectionModel()->selectedRows())
        rows.append(index.row());
    std::ranges::sort(rows);
    std::vector<traffic::ExchangePtr> exchanges;
    for (const int row : std::as_const(rows)) {
        if (traffic::ExchangePtr exchange = m_presenter.traffic().exchangeAt(row))
            exchanges.push_back(std::move(exchange));
    }
    return exchanges;
}

} // namespace parallax::ui
