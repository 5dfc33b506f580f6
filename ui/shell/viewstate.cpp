// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/shell/viewstate.h"

#include "ui/widgets/panesplitter.h"
#include "ui/widgets/segmentedcontrol.h"

#include <QAbstractItemView>
#include <QJsonArray>
#include <QMetaProperty>
#include <QRadioButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QTimer>

#include <algorithm>
#include <array>

using namespace Qt::StringLiterals;

namespace parallax::shell {

namespace {

constexpr int kPatienceMs = 10'000;
constexpr int kMostRows = 20'000; ///< looked through for the one that was selected

/// On the page: what no widget has taken up yet.
constexpr auto kPending = "parallaxPendingViews";

/// The property by which a widget says itself what there is to keep, as a number; 0 is as it was made.
constexpr auto kOwnState = "viewState";

/// Views of something; others of these controls are values of a document or a form, which are not the shell's.
constexpr std::array kViews{"editPane", "yamlView", "trafficShow", "pairFilter", "pairPart"};

bool isView(const QString &name)
{
    return std::any_of(kViews.begin(), kViews.end(), [&name](const char *view) { return name == QLatin1String(view); });
}

QString keyOf(const QModelIndex &index)
{
    return index.siblingAtColumn(0).data(Qt::DisplayRole).toString();
}

/// Waits for a row to come, then selects it and scrolls. Goes with the view.
class RowToCome : public QObject
{
public:
    RowToCome(QAbstractItemView *view, QString key, int scroll)
        : QObject(view)
        , m_view(view)
        , m_key(std::move(key))
        , m_scroll(scroll)
    {
        QTimer::singleShot(kPatienceMs, this, &QObject::deleteLater);
        view->viewport()->installEventFilter(this);
        view->installEventFilter(this);
        const QAbstractItemModel *model = view->model();
        connect(model, &QAbstractItemModel::modelReset, this, &RowToCome::look, Qt::QueuedConnection);
        connect(model, &QAbstractItemModel::rowsInserted, this, &RowToCome::look, Qt::QueuedConnection);
        look();
    }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        // The user has chosen something else.
        if (event->type() == QEvent::MouseButtonPress || event->type() == QEvent::Wheel ||
            event->type() == QEvent::KeyPress)
            deleteLater();
        return QObject::eventFilter(watched, event);
    }

private:
    void look()
    {
        const QAbstractItemModel *model = m_view->model();
        if (model == nullptr)
            return;
        for (int row = 0; row < std::min(model->rowCount(), kMostRows); ++row) {
            const QModelIndex index = model->index(row, 0);
            if (keyOf(index) != m_key)
                continue;
            m_view->setCurrentIndex(index);
            m_view->verticalScrollBar()->setValue(m_scroll);
            deleteLater();
            return;
        }
    }

    QAbstractItemView *m_view;
    QString m_key;
    int m_scroll;
};

/// Scrolls when there is enough to scroll.
void scrollTo(QScrollArea *area, int value)
{
    QScrollBar *bar = area->verticalScrollBar();
    bar->setValue(value);
    if (bar->value() == value)
        return;
    auto *waiting = new QObject(area);
    QTimer::singleShot(kPatienceMs, waiting, &QObject::deleteLater);
    QObject::connect(bar, &QScrollBar::rangeChanged, waiting, [bar, value, waiting](int, int maximum) {
        if (maximum < value)
            return;
        bar->setValue(value);
        waiting->deleteLater();
    });
}

void putBack(QWidget &widget, const QJsonObject &kept)
{
    if (kept.contains("state"_L1)) {
        widget.setProperty(kOwnState, kept.value("state"_L1).toInt());
    } else if (auto *splitter = qobject_cast<widgets::PaneSplitter *>(&widget)) {
        QList<int> sizes;
        for (const QJsonValue &size : kept.value("sizes"_L1).toArray())
            sizes += std::clamp(size.toInt(), 0, 20'000);
        if (sizes.size() == splitter->count() && std::any_of(sizes.begin(), sizes.end(), [](int s) { return s > 0; }))
            splitter->moveTo(sizes);
    } else if (auto *control = qobject_cast<widgets::SegmentedControl *>(&widget)) {
        const int view = kept.value("view"_L1).toInt(-1);
        const QList<QRadioButton *> segments = control->findChildren<QRadioButton *>();
        if (isView(widget.objectName()) && view >= 0 && view < segments.size() && view != control->current())
            segments.at(view)->click(); // the page hears of it as it does of the user's
    } else if (auto *view = qobject_cast<QAbstractItemView *>(&widget)) {
        if (view->model() != nullptr && kept.contains("row"_L1))
            new RowToCome(view, kept.value("row"_L1).toString(), kept.value("scroll"_L1).toInt());
    } else if (auto *area = qobject_cast<QScrollArea *>(&widget)) {
        scrollTo(area, kept.value("scroll"_L1).toInt());
    }
}

} // namespace

QJsonObject takenViewState(const QWidget &page)
{
    QJsonObject state = page.property(kPending).toJsonObject();
    for (const QWidget *widget : page.findChildren<QWidget *>()) {
        const QString name = widget->objectName();
        if (name.isEmpty() || name.startsWith("qt_"_L1) || widget->window() != page.window())
            continue;
        QJsonObject kept;
        if (const QVariant own = widget->property(kOwnState); own.isValid()) {
            if (own.toInt() != 0)
                kept.insert(u"state"_s, own.toInt());
        } else if (const auto *splitter = qobject_cast<const widgets::PaneSplitter *>(widget)) {
            if (!splitter->isMoved())
                continue;
            QJsonArray sizes;
            for (const int size : splitter->keptSizes())
                sizes += size;
            kept.insert(u"sizes"_s, sizes);
        } else if (const auto *control = qobject_cast<const widgets::SegmentedControl *>(widget)) {
            if (isView(name))
                kept.insert(u"view"_s, control->current());
        } else if (const auto *view = qobject_cast<const QAbstractItemView *>(widget)) {
            // Traffic does not outlive the program; a capture has it.
            // The tiles of the folded side bar are rows of its list.
            if (name != "trafficTable"_L1 && name != "endpointTiles"_L1 && view->currentIndex().isValid() &&
                !keyOf(view->currentIndex()).isEmpty()) {
                kept.insert(u"row"_s, keyOf(view->currentIndex()));
                kept.insert(u"scroll"_s, view->verticalScrollBar()->value());
            }
        } else if (const auto *area = qobject_cast<const QScrollArea *>(widget)) {
            if (area->verticalScrollBar()->value() > 0)
                kept.insert(u"scroll"_s, area->verticalScrollBar()->value());
        }
        if (!kept.isEmpty())
            state.insert(name, kept);
    }
    return state;
}

void restoreViewState(QWidget &page, const QJsonObject &state)
{
    QJsonObject pending;
    for (auto at = state.begin(); at != state.end(); ++at) {
        if (auto *widget = page.findChild<QWidget *>(at.key()))
            putBack(*widget, at->toObject());
        else
            pending.insert(at.key(), at.value());
    }
    page.setProperty(kPending, pending);
}

void takeUpViewState(QWidget &part)
{
    for (QWidget *page = part.parentWidget(); page != nullptr; page = page->parentWidget()) {
        QJsonObject pending = page->property(kPending).toJsonObject();
        if (pending.isEmpty())
            continue;
        for (const QString &name : pending.keys()) {
            if (auto *widget = part.findChild<QWidget *>(name))
                putBack(*widget, pending.take(name).toObject());
        }
        page->setProperty(kPending, pending);
    }
}

void resetViewState(QWidget &page)
{
    page.setProperty(kPending, {});
    for (widgets::PaneSplitter *splitter : page.findChildren<widgets::PaneSplitter *>())
        splitter->reset();
    for (QWidget *widget : page.findChildren<QWidget *>()) {
        const int at = widget->metaObject()->indexOfProperty(kOwnState);
        if (at >= 0)
            widget->metaObject()->property(at).reset(widget);
    }
    for (const QScrollArea *area : page.findChildren<QScrollArea *>())
        area->verticalScrollBar()->setValue(0);
}

} // namespace parallax::shell
