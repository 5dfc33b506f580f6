// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/rowcopier.h"

#include "ui/commands/catalogue.h"
#include "ui/commands/commandregistry.h"

#include <QApplication>
#include <QClipboard>
#include <QHeaderView>
#include <QListView>
#include <QMenu>
#include <QMenuBar>
#include <QMimeData>
#include <QTableView>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parallax::shell {

namespace {

QList<int> columnsOf(const QAbstractItemView &view)
{
    QList<int> columns;
    if (const auto *table = qobject_cast<const QTableView *>(&view)) {
        for (int at = 0; at < table->horizontalHeader()->count(); ++at) {
            const int column = table->horizontalHeader()->logicalIndex(at);
            if (!table->isColumnHidden(column))
                columns += column;
        }
    } else if (const auto *list = qobject_cast<const QListView *>(&view)) {
        columns += list->modelColumn();
    }
    return columns;
}

QList<int> rowsOf(const QAbstractItemView &view)
{
    QList<int> rows;
    for (const QModelIndex &index : view.selectionModel()->selectedIndexes())
        rows += index.row();
    if (rows.isEmpty() && view.currentIndex().isValid())
        rows += view.currentIndex().row();
    std::sort(rows.begin(), rows.end());
    rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
    return rows.first(std::min<qsizetype>(rows.size(), kMostCopied));
}

QString textOf(const QModelIndex &index)
{
    const QString text = index.data(Qt::DisplayRole).toString();
    return text.isEmpty() ? index.data(Qt::AccessibleTextRole).toString() : text;
}

QString cells(const QStringList &texts, const QString &tag)
{
    QString html = u"<tr>"_s;
    for (const QString &text : texts)
        html += u"<%1>%2</%1>"_s.arg(tag, text.toHtmlEscaped());
    return html + u"</tr>"_s;
}

} // namespace

std::unique_ptr<QMimeData> rowsAsMimeData(const QAbstractItemView &view)
{
    const QAbstractItemModel *model = view.model();
    if (model == nullptr || view.selectionModel() == nullptr)
        return nullptr;
    const QList<int> columns = columnsOf(view);
    const QList<int> rows = rowsOf(view);
    if (columns.isEmpty() || rows.isEmpty())
        return nullptr;
    QString html = u"<meta charset=\"utf-8\"><table>"_s;
    if (qobject_cast<const QTableView *>(&view) != nullptr) {
        QStringList names;
        for (const int column : columns)
            names += model->headerData(column, Qt::Horizontal).toString();
        html += cells(names, u"th"_s);
    }
    QStringList lines;
    for (const int row : rows) {
        QStringList texts;
        for (const int column : columns)
            texts += textOf(model->index(row, column)).simplified();
        lines += texts.join(u'\t');
        html += cells(texts, u"td"_s);
    }
    auto data = std::make_unique<QMimeData>();
    data->setText(lines.join(u'\n'));
    data->setHtml(html + u"</table>"_s);
    return data;
}

RowCopier::RowCopier(commands::CommandRegistry &registry, QWidget &window, const QWidget *palette)
    : QObject(&window)
    , m_registry(registry)
    , m_window(window)
    , m_palette(palette)
{
    registry.bind(
        commands::ids::kCopyRows, this,
        [this] {
            if (std::unique_ptr<QMimeData> data = m_view ? rowsAsMimeData(*m_view) : nullptr)
                QGuiApplication::clipboard()->setMimeData(data.release());
        },
        [this] {
            const bool hasRow = m_view && m_view->isVisible() && m_view->selectionModel() != nullptr &&
                                (m_view->currentIndex().isValid() || m_view->selectionModel()->hasSelection());
            return commands::Availability::when(hasRow, tr("No row of a list or table is selected"));
        });
    connect(qApp, &QApplication::focusChanged, this, [this](QWidget *, QWidget *now) { onFocus(now); });
}

/// Other texts copy themselves: the command must not take the keys from them.
void RowCopier::onFocus(QWidget *now)
{
    const bool isPassing = now == nullptr || qobject_cast<QMenuBar *>(now) != nullptr ||
                           qobject_cast<QMenu *>(now) != nullptr || m_palette == now || m_palette->isAncestorOf(now);
    if (isPassing)
        return;
    auto *view = qobject_cast<QAbstractItemView *>(now);
    if (view != nullptr && view->window() != &m_window)
        view = nullptr;
    if (std::exchange(m_view, view) != view)
        m_registry.refresh();
}

} // namespace parallax::shell
