// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/testmain.h"
#include "ui/models/displaytext.h"
#include "ui/models/fieldsmodel.h"
#include "ui/models/pairsmodel.h"

#include <QAbstractItemModelTester>

using namespace Qt::StringLiterals;
using namespace parallax;

class TestComparisonModels : public test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void fieldsShowShareAndWorst()
    {
        ui::FieldsModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
        compare::FieldSummary field;
        field.path = u"/data/price"_s;
        field.pairs = 71;
        field.share = 0.0142;
        field.worst = 312.4;
        model.setFields({field, {}});
        QCOMPARE(model.rowCount(), 2);
        QCOMPARE(model.index(0, ui::FieldsModel::PairsColumn).data().toString(), u"1.4% (71)"_s);
        QCOMPARE(model.index(0, ui::FieldsModel::WorstColumn).data().toString(), u"+312.4"_s);
        QCOMPARE(model.index(1, ui::FieldsModel::PathColumn).data().toString(), u"(whole body)"_s);
        QCOMPARE(model.index(1, ui::FieldsModel::WorstColumn).data().toString(), QString());
    }

    void pairsFilterByOutcomeAndField()
    {
        ui::PairsModel model;
        QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
        model.setPairs({
            {{1}, u"a"_s, traffic::Outcome::Equal, 0, 0, {}, {}},
            {{2}, u"b"_s, traffic::Outcome::Different, 2, 1, u"+1%"_s, {u"/data/price"_s}},
            {{3}, u"c"_s, traffic::Outcome::MirrorError, 0, 0, {}, {u"status"_s}},
        });
        QCOMPARE(model.rowCount(), 1);
        model.setFilter(ui::PairsModel::Show::All, {});
        QCOMPARE(model.rowCount(), 3);
        model.setFilter(ui::PairsModel::Show::All, u"status"_s);
        QCOMPARE(model.rowCount(), 1);
        QCOMPARE(model.rowOf({3}), 0);
        QCOMPARE(model.rowOf({1}), -1);
        model.setFilter(ui::PairsModel::Show::Errors, {});
        QCOMPARE(model.pairAt(0).id.value, 3U);
    }

    void figuresReadNaturally()
    {
        QCOMPARE(ui::display::duration(41.2), u"41 ms"_s);
        QCOMPARE(ui::display::duration(1234), u"1.2 s"_s);
        QCOMPARE(ui::display::duration(192'000), u"3 min 12 s"_s);
        QCOMPARE(ui::display::plainToolTip(u"<b>x"_s), u"<qt>&lt;b&gt;x</qt>"_s);
        const WallTime now = std::chrono::sys_days{std::chrono::year{2026} / 5 / 20} + std::chrono::hours(12);
        QCOMPARE(ui::display::age(now - std::chrono::minutes(5), now), u"5 min ago"_s);
        QCOMPARE(ui::display::age(now - std::chrono::hours(3), now), u"3 h ago"_s);
        QCOMPARE(ui::display::age(now - std::chrono::hours(24), now), u"yesterday"_s);
        QCOMPARE(ui::display::age(now - std::chrono::hours(24 * 8), now), u"12 May"_s);
    }
};

PARALLAX_TEST_MAIN(TestComparisonModels)
#include "tst_models_comparison.moc"
