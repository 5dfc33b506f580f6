// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/accessiblewalk.h"
#include "support/testmain.h"
#include "ui/theme/controls.h"
#include "ui/theme/metrics.h"
#include "ui/theme/theme.h"
#include "ui/widgets/charts/intervalbar.h"
#include "ui/widgets/charts/linechart.h"
#include "ui/widgets/charts/partsbar.h"
#include "ui/widgets/delegates/celldelegate.h"
#include "ui/widgets/delegates/rowdelegate.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/filterfield.h"
#include "ui/widgets/identity.h"
#include "ui/widgets/label.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/pill.h"
#include "ui/widgets/popupframe.h"
#include "ui/widgets/routegutter.h"
#include "ui/widgets/segmentedcontrol.h"
#include "ui/widgets/spinner.h"

#include <QApplication>
#include <QListView>
#include <QPushButton>
#include <QRadioButton>
#include <QSet>
#include <QSignalSpy>
#include <QStringListModel>
#include <QTableView>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;
using namespace parallax;
using namespace parallax::widgets;
using theme::Role;

class TestWidgetsBasic : public test::TestCase
{
    Q_OBJECT

    std::unique_ptr<theme::Theme> m_theme;

private Q_SLOTS:
    void initTestCase()
    {
        m_theme = std::make_unique<theme::Theme>(theme::Theme::Mode::Light);
        theme::install(*qApp, *m_theme);
    }
    void cleanupTestCase()
    {
        qApp->setStyle(u"Fusion"_s);
        m_theme.reset();
    }

    void everyIdentityHasItsOwnShapeAndColour()
    {
        QSet<QString> icons;
        QSet<QRgb> colors;
        for (int i = kPrimary; i < kMirrorShapes; ++i) {
            icons.insert(identityIconName(i));
            colors.insert(m_theme->color(identityRole(i)).rgb());
            QVERIFY(m_theme->icons().contains(identityIconName(i)));
        }
        QCOMPARE(icons.size(), 7);
        QCOMPARE(colors.size(), 7);
        QCOMPARE(identityIconName(6), identityIconName(0));
        QCOMPARE(identityLetter(0), u"A"_s);
        QCOMPARE(identityLetter(6), u"A7"_s);
    }

    void segmentsAreRadioButtonsAndTellOnlyTheUser()
    {
        SegmentedControl control(*m_theme, u"shown"_s, u"Shown part"_s);
        QSignalSpy chosen(&control, &SegmentedControl::chosen);
        for (const QString &text : {u"Body"_s, u"Headers"_s, u"Request"_s})
            control.addSegment(text);
        control.show();
        QCOMPARE(control.current(), 0);
        control.setCurrent(2);
        QCOMPARE(control.current(), 2);
        QCOMPARE(chosen.size(), 0);
        auto *headers = control.findChildren<QRadioButton *>().at(1);
        QTest::mouseClick(headers, Qt::LeftButton);
        QCOMPARE(control.current(), 1);
        QCOMPARE(chosen.constFirst().constFirst().toInt(), 1);
        QCOMPARE(QAccessible::queryAccessibleInterface(headers)->role(), QAccessible::RadioButton);
        QCOMPARE(test::accessibleName(headers), u"Headers"_s);
        QVERIFY(test::accessibilityFaults(&control).isEmpty());
        const QSize before = control.sizeHint();
        control.setCurrent(0);
        QCOMPARE(control.sizeHint(), before); // choosing moves nothing
        control.setSegmentCount(1, 1204);
        QVERIFY(control.sizeHint().width() > before.width());
        QCOMPARE(control.height(), std::max(26, m_theme->height(22, theme::TextStyle::Caption) + 4));
    }

    void messageBarSaysItAndOffersWhatHelps()
    {
        QWidget window;
        auto *column = new QVBoxLayout(&window);
        auto *bar = new MessageBar(*m_theme, u"portBar"_s);
        column->addWidget(bar);
        window.show();
        QVERIFY(!bar->isVisible());
        bar->showMessage(MessageBar::Kind::Error, u"Port 8080 is used by nginx (pid 812)."_s);
        int used = 0;
        QPushButton *use = bar->addButton(u"Use 8081"_s, u"usePort"_s, true);
        connect(use, &QPushButton::clicked, bar, [&used, bar] {
            ++used;
            bar->clear(); // while its own button is being clicked
        });
        QVERIFY(bar->isVisible());
        QCOMPARE(test::accessibleName(bar), u"Port 8080 is used by nginx (pid 812)."_s);
        use->click();
        QCOMPARE(used, 1);
        QVERIFY(!bar->isVisible());
        bar->showMessage(MessageBar::Kind::Info, u"The file changed on disk."_s);
        QTRY_COMPARE(bar->findChildren<QPushButton *>().size(), 0);
    }

    void filterFieldClearsWithEscapeAndItsButton()
    {
        FilterField field(*m_theme, u"filter"_s, u"Filter endpoints"_s);
        field.resize(240, field.sizeHint().height());
        field.show();
        QTest::keyClicks(&field, u"abc"_s);
        QTest::keyClick(&field, Qt::Key_Escape);
        QVERIFY(field.text().isEmpty());
        field.setText(u"x"_s);
        auto *clear = field.findChild<QAbstractButton *>(u"filterClear"_s);
        QVERIFY(clear->isVisible());
        clear->click();
        QVERIFY(field.text().isEmpty());
        QVERIFY(!clear->isVisible());
        field.setCountText(u"6,904 of 7,388"_s);
        QCOMPARE(field.accessibleDescription(), u"6,904 of 7,388"_s);
    }

    void cutTextShowsWholeInItsTooltip()
    {
        Label label(*m_theme, u"a rather long name of an endpoint <b>more</b>"_s);
        label.setElideMode(Qt::ElideRight);
        label.resize(80, 20);
        label.show();
        label.grab();
        QCOMPARE(label.toolTip(), u"<span>a rather long name of an endpoint &lt;b&gt;more&lt;/b&gt;</span>"_s);
        label.resize(600, 20);
        label.grab();
        QVERIFY(label.toolTip().isEmpty());
    }

    void spinnerWaitsBeforeItShows()
    {
        QWidget window;
        auto *column = new QVBoxLayout(&window);
        auto *spinner = new Spinner(*m_theme, u"Reading"_s);
        column->addWidget(spinner);
        window.show();
        spinner->start();
        QVERIFY(!spinner->isVisible());
        QTRY_VERIFY(spinner->isVisible());
        spinner->stop();
        QVERIFY(!spinner->isVisible());
    }

    void emptyStateHasOneSentence()
    {
        EmptyState state(*m_theme, u"empty"_s,
                         u"No mirrors. Add one with + to compare a new version with live traffic."_s);
        state.addButton(u"Add"_s, u"emptyAdd"_s);
        state.addLink(u"Why"_s, u"emptyWhy"_s);
        state.resize(900, 600);
        state.show();
        QVERIFY(test::accessibilityFaults(&state).isEmpty());
        const QRect button(state.findChild<QPushButton *>(u"emptyAdd"_s)->geometry());
        QVERIFY(button.center().y() < 300);
        QVERIFY(std::abs(button.center().x() - 450) <= 1);
    }

    void partsAddUpAndNoneVanishes()
    {
        const QList<BarPart> parts{{u"Equal"_s, 4'999'000, Role::ChartEqual},
                                   {u"Rule"_s, 0, Role::ChartRule},
                                   {u"Different"_s, 1, Role::ChartDiff}};
        const BarLayout layout = layOutParts(parts, 5'000'000, 302);
        QCOMPARE(layout.pieces.size(), 3); // the part of nothing is left out, the rest is there
        QCOMPARE(layout.pieces.at(1).part, 2);
        QCOMPARE(layout.pieces.at(2).part, parts.size());
        for (const BarLayout::Piece &piece : layout.pieces)
            QVERIFY(piece.width >= 4);
        QVERIFY(std::abs(layout.pieces.constLast().left + layout.pieces.constLast().width - 302) < 0.01);
        QVERIFY(layOutParts({}, 0, 100).pieces.isEmpty());
        QVERIFY(layOutParts({{u"x"_s, -5, Role::ChartDiff}}, 0, 100).pieces.isEmpty());
        const BarLayout tight = layOutParts({{u"a"_s, 1, Role::ChartDiff}, {u"b"_s, 1, Role::ChartDiff}}, 2, 5);
        QCOMPARE(tight.pieces.size(), 2);
    }

    void replayProgressIsAProgressBar()
    {
        PartsProgress progress(*m_theme, u"progress"_s, u"Replay progress"_s);
        progress.setParts({{u"answered"_s, 3088, Role::AccentFill},
                           {u"failed"_s, 21, Role::ChartError},
                           {u"dropped"_s, 11, Role::ChartDropped}},
                          5000);
        QCOMPARE(progress.value(), 62);
        QAccessibleInterface *interface = QAccessible::queryAccessibleInterface(&progress);
        QCOMPARE(interface->role(), QAccessible::ProgressBar);
        QCOMPARE(interface->text(QAccessible::Name), u"Replay progress"_s);
        QCOMPARE(progress.accessibleDescription(), u"answered 3,088, failed 21, dropped 11"_s);
        progress.setParts({}, 0);
        QCOMPARE(progress.value(), 0);
        progress.grab();
    }

    void intervalScaleFitsWhatItShows_data()
    {
        QTest::addColumn<double>("low");
        QTest::addColumn<double>("gate");
        QTest::addColumn<double>("start");
        QTest::newRow("close to all") << 0.976 << 0.995 << 0.95;
        QTest::newRow("very close") << 0.9985 << 0.999 << 0.99;
        QTest::newRow("low") << 0.2 << 0.99 << 0.0;
        QTest::newRow("gate decides") << 0.99 << 0.6 << 0.5;
        QTest::newRow("on an edge") << 0.95 << 0.99 << 0.9;
        QTest::newRow("nothing") << 0.0 << 1.0 << 0.0;
    }
    void intervalScaleFitsWhatItShows()
    {
        QFETCH(double, low);
        QFETCH(double, gate);
        QFETCH(double, start);
        IntervalBar bar(*m_theme, u"Agreement"_s);
        bar.setInterval({low, 1, (low + 1) / 2, gate, IntervalTone::Open});
        QCOMPARE(bar.scaleStart(), start);
        bar.resize(300, 40);
        bar.grab();
    }

    void ticksAreRoundAndInside()
    {
        QCOMPARE(roundTicks(0, 240, 3), (QList<double>{0, 80, 160, 240}));
        QCOMPARE(roundTicks(0, 1, 2), (QList<double>{0, 0.5, 1}));
        QCOMPARE(doublingTicks(15, 200), (QList<double>{20, 40, 80, 160}));
        QVERIFY(roundTicks(5, 5, 3).isEmpty());
        QVERIFY(roundTicks(std::nan(""), 5, 3).isEmpty());
        QVERIFY(doublingTicks(0, 10).isEmpty());
    }

    void chartsReadOutAndSurviveOddInput()
    {
        LineChart chart(*m_theme, u"latency"_s, u"Latency"_s);
        chart.resize(400, 160);
        chart.show();
        Chart odd;
        odd.x = {0, 0, true, {}};
        odd.series.append({u"empty"_s, {}, 0, Role::Accent, false, true});
        odd.series.append({u"one"_s, {{1, 1}}, kPrimary, Role::Accent, false, true});
        chart.setChart(odd);
        chart.grab();
        Chart many;
        many.x = {0, 999'999, false, {{0, u"0"_s}}};
        many.y = {0, 1, false, {{0, u"0%"_s}, {1, u"100%"_s}}};
        ChartSeries line{u"alias"_s, {}, kPrimary, Role::Accent, false, false};
        for (int i = 0; i < 1'000'000; ++i)
            line.points.emplace_back(i, (i % 97) / 97.0);
        many.series = {line};
        many.description = u"A million points"_s;
        chart.setChart(many);
        QElapsedTimer timer;
        timer.start();
        chart.grab();
        QVERIFY2(timer.elapsed() < 2000, qPrintable(QString::number(timer.elapsed())));
        QSignalSpy read(&chart, &LineChart::readOut);
        QTest::mouseMove(&chart, {100, 60});
        QTest::mouseMove(&chart, {200, 60});
        QTRY_VERIFY(!read.isEmpty());
        QVERIFY(read.constLast().constFirst().toString().startsWith(u"alias "));
    }

    void rowsKeepTheirHeightAndPaintAllTheyAreGiven()
    {
        class Rows : public RowDelegate
        {
        public:
            using RowDelegate::RowDelegate;
            RowContent content(const QModelIndex &index) const override
            {
                RowContent row;
                row.icon = u"deployment"_s;
                row.text = index.data().toString();
                row.end = u"mirror_1"_s;
                row.endIdentity = 0;
                row.endIcon = u"check"_s;
                row.pattern = u"pric"_s;
                row.matchStart = row.text.indexOf(row.pattern);
                return row;
            }
        };
        QListView list;
        QStringListModel model({u"pricing_model_v2"_s, u"churn"_s, QString(300, u'n')});
        list.setModel(&model);
        list.setItemDelegate(new Rows(*m_theme, &list));
        list.resize(260, 200);
        list.show();
        list.setCurrentIndex(model.index(0));
        QCOMPARE(list.visualRect(model.index(1)).height(), m_theme->height(28));
        QVERIFY(!list.grab().isNull());
    }

    void cellsOfATable()
    {
        class Cells : public CellDelegate
        {
        public:
            using CellDelegate::CellDelegate;
            CellContent content(const QModelIndex &index) const override
            {
                CellContent cell;
                cell.outcome = OutcomeGlyph::Different;
                cell.text = index.data().toString();
                cell.isNumber = true;
                cell.isLeft = true;
                cell.trailing = u"1,204 ms"_s;
                cell.hasChooser = true;
                cell.suffix = u"= 7"_s;
                return cell;
            }
        };
        QTableView table;
        QStringListModel model({u"200"_s, u"500"_s});
        table.setModel(&model);
        auto *cells = new Cells(*m_theme, &table);
        cells->setForm(true);
        cells->setDesignHeight(theme::metrics::kFormRowHeight);
        table.setItemDelegate(cells);
        table.setShowGrid(false);
        table.resizeRowsToContents();
        table.show();
        QCOMPARE(table.rowHeight(0), m_theme->height(36));
        QVERIFY(!table.grab().isNull());
    }

    void popupDialogStaysInsideItsWindowAndCloses()
    {
        QWidget window;
        window.setGeometry(100, 100, 800, 600);
        window.show();
        auto *button = new QPushButton(u"Open"_s, &window);
        PopupDialog dialog(*m_theme, 10, button);
        theme::setNames(&dialog, u"picker"_s, u"Add mirror"_s);
        dialog.openAt({500, 500, 400, 200});
        QVERIFY(dialog.isVisible());
        QVERIFY(dialog.windowFlags().testFlag(Qt::Dialog));
        const QRect frame = dialog.geometry().adjusted(44, 44, -44, -44);
        QVERIFY(window.geometry().contains(frame));
        QCOMPARE(frame.size(), QSize(400, 200));
        QTest::keyClick(&dialog, Qt::Key_Escape);
        QVERIFY(!dialog.isVisible());
    }

    void routeGutterAsksForItsStopsAtEveryPaint()
    {
        QList<RouteGutter::Stop> stops;
        RouteGutter gutter(*m_theme, [&stops] { return stops; });
        gutter.resize(56, 300);
        const auto inked = [&](int y) {
            return gutter.grab().toImage().pixelColor(30, y).rgb() !=
                   QColor(gutter.palette().color(QPalette::Window)).rgb();
        };
        QVERIFY(!inked(50));
        stops = {{100, kPrimary}, {200, 0}};
        QVERIFY(inked(50));
        QVERIFY(inked(200));
        QVERIFY(!inked(250));
    }

    void everythingFollowsTheTheme()
    {
        Label label(*m_theme, u"text"_s, theme::TextStyle::Body, Role::Muted);
        QCOMPARE(label.palette().color(QPalette::WindowText), m_theme->color(Role::Muted));
        m_theme->setMode(theme::Theme::Mode::Dark);
        QCOMPARE(label.palette().color(QPalette::WindowText), m_theme->color(Role::Muted));
        QCOMPARE(qApp->palette().color(QPalette::Base), m_theme->color(Role::Base));
        m_theme->setMode(theme::Theme::Mode::Light);
    }
};

PARALLAX_TEST_MAIN(TestWidgetsBasic)
#include "tst_widgets_basic.moc"
