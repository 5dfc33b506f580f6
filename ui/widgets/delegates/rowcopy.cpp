// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/delegates/rowcopy.h"

#include <QClipboard>
#include <QCoreApplication>
#include <QGuiApplication>
#include <QHeaderView>
#include <QKeyEvent>
#include <QMimeData>
#include <QTableView>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parallax::widgets {

namespace {

/// What a screen reader says of a cell is all of it; what is painted may be signs.
QString textOf(const QModelIndex &index)
{
    const QVariant said = index.data(Qt::AccessibleTextRole);
    return (said.isValid() ? said : index.data(Qt::DisplayRole)).toString().simplified();
}

class RowCopy : public QObject
{
public:
    explicit RowCopy(QTableView *table)
        : QObject(table)
        , m_table(table)
    {
        table->installEventFilter(this);
    }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (event->type() != QEvent::KeyPress || !static_cast<QKeyEvent *>(event)->matches(QKeySequence::Copy))
            return QObject::eventFilter(watched, event);
        copy();
        return true;
    }

private:
    [[nodiscard]] QList<int> rows(qsizetype &count) const
    {
        QList<int> rows;
        count = 0;
        for (const QItemSelectionRange &range : m_table->selectionModel()->selection()) {
            for (int row = range.top(); row <= range.bottom() && rows.size() < 2 * kMostCopiedRows; ++row)
                rows.append(row);
            count += range.height();
        }
        if (rows.isEmpty() && m_table->currentIndex().isValid())
            rows.append(m_table->currentIndex().row());
        std::sort(rows.begin(), rows.end());
        rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
        if (rows.size() <= kMostCopiedRows)
            count = rows.size();
        rows.resize(std::min<qsizetype>(rows.size(), kMostCopiedRows));
        return rows;
    }

    /// As they stand, without those that hold nothing but a button.
    [[nodiscard]] QList<int> columns() const
    {
        const QHeaderView *header = m_table->horizontalHeader();
        QList<int> columns;
        for (int place = 0; place < header->count(); ++place) {
            const int column = header->logicalIndex(place);
            if (!header->isSectionHidden(column) && !heading(column).isEmpty())
                columns.append(column);
        }
        return columns;
    }

    [[nodiscard]] QString heading(int column) const
    {
        return m_table->model()->headerData(column, Qt::Horizontal).toString().simplified();
    }

    void copy() const
    {
        qsizetype count = 0;
        const QList<int> rows = this->rows(count);
        const QList<int> columns = this->columns();
        if (rows.isEmpty() || columns.isEmpty())
            return;
        QString plain;
        QString html = u"<table>"_s;
        const auto add = [&](const QStringList &cells, const QString &tag) {
            plain += cells.join(u'\t') + u'\n';
            html += u"<tr>"_s;
            for (const QString &cell : cells)
                html += u'<' + tag + u'>' + cell.toHtmlEscaped() + u"</"_s + tag + u'>';
            html += u"</tr>\n"_s;
        };
        QStringList cells;
        for (const int column : columns)
            cells += heading(column);
        add(cells, u"th"_s);
        for (const int row : rows) {
            cells.clear();
            for (const int column : columns)
                cells += textOf(m_table->model()->index(row, column));
            add(cells, u"td"_s);
        }
        if (count > rows.size())
            add({QCoreApplication::translate("parallax::widgets::RowCopy", "%Ln more row(s) were left out", nullptr,
                                             static_cast<int>(count - rows.size()))},
                u"td"_s);
        auto *data = new QMimeData;
        data->setText(plain);
        data->setHtml(html + u"</table>"_s);
        QGuiApplication::clipboard()->setMimeData(data);
    }

    QTableView *m_table;
};

} // namespace

void copyRowsOnRequest(QTableView *table)
{
    new RowCopy(table);
}

} // namespace parallax::widgets
