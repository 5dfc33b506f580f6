// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "compare/calibration.h"
#include "compare/comparisonbuilder.h"
#include "compare/errors.h"
#include "compare/rulesedit.h"
#include "comparetesting.h"
#include "support/testcase.h"
#include "support/testmain.h"

#include <QJsonArray>

#include <random>

using namespace Qt::StringLiterals;
using namespace parallax;
using namespace parallax::compare;

namespace {

constexpr int kRequests = 300;

// A deployment with every kind of noise. Each call gives another answer to the same request.
class NoisyModel
{
public:
    explicit NoisyModel(quint64 seed)
        : m_engine(seed)
    {}

    QByteArray answer(int request, double bias = 0.0)
    {
        const double score = 10.0 + request % 50 + bias + (uniform() - 0.5) * 2e-6;
        QByteArray out =
            R"({"score": @s, "id": "@i", "at": "2026-01-01T00:00:@tZ", "digit": @d, "rare": "@r", "same": "x", "tags": @g, "n": @n})";
        out.replace("@s", QByteArray::number(score, 'f', 9));
        out.replace("@i", QByteArray::number(m_engine(), 16));
        out.replace("@t", QByteArray::number(10 + static_cast<int>(uniform() * 3.0)));
        out.replace("@d", QByteArray::number(static_cast<int>(uniform() * 10.0)));
        out.replace("@r", uniform() < 0.02 ? "b" : "a");
        out.replace("@g", uniform() < 0.5 ? R"(["p", "q"])" : R"(["q", "p"])");
        out.replace("@n", QByteArray::number(request));
        return out;
    }

private:
    double uniform() { return static_cast<double>(m_engine() >> 11U) * 0x1p-53; }
    std::mt19937_64 m_engine;
};

traffic::Exchange asked(NoisyModel &model, int request)
{
    return test::exchange(quint64(request + 1), QByteArray::number(request), test::reply(u"p"_s, model.answer(request)),
                          test::reply(u"again"_s, model.answer(request)));
}

const FieldNoise *field(const Calibration &calibration, const QString &path)
{
    const auto found = std::find_if(calibration.fields.begin(), calibration.fields.end(),
                                    [&path](const FieldNoise &each) { return each.path == path; });
    return found == calibration.fields.end() ? nullptr : &*found;
}

} // namespace

class TestCompareNoise : public test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void classifiesEveryField()
    {
        NoisyModel model(1);
        CalibrationBuilder builder;
        for (int i = 0; i < kRequests; ++i)
            builder.add(asked(model, i));
        const Calibration calibration = builder.result();
        QCOMPARE(calibration.requests, kRequests);
        QVERIFY(calibration.notes.empty());
        const auto stability = [&calibration](const QString &path) {
            const FieldNoise *found = field(calibration, path);
            return found == nullptr ? u"missing"_s : compare::toString(found->stability);
        };
        QCOMPARE(stability(u"/score"_s), u"jitter"_s);
        QCOMPARE(stability(u"/id"_s), u"volatile"_s);
        QCOMPARE(stability(u"/at"_s), u"volatile"_s);
        QCOMPARE(stability(u"/digit"_s), u"volatile"_s); // though it agrees by luck once in ten times
        QCOMPARE(stability(u"/rare"_s), u"unsteady"_s);
        QCOMPARE(stability(u"/same"_s), u"stable"_s);
        QCOMPARE(stability(u"/tags"_s), u"order-volatile"_s);
        QCOMPARE(stability(u"/n"_s), u"stable"_s);
        const FieldNoise *score = field(calibration, u"/score"_s);
        QVERIFY(score->largest < 2.1e-6 && score->p999 > 1e-6);
        QVERIFY(*score->proposal->tolerance.abs > 3e-6 && *score->proposal->tolerance.abs < 5e-6);
        QVERIFY(field(calibration, u"/at"_s)->proposal->kind == RuleKind::DatetimeWithin);
        QVERIFY(!field(calibration, u"/rare"_s)->proposal);
        QVERIFY(field(calibration, u"/same"_s)->differingShare.high > 0.0); // three hundred are not all
    }

    void theRulesThatFollowMakeItQuiet()
    {
        NoisyModel model(2);
        CalibrationBuilder builder;
        for (int i = 0; i < kRequests; ++i)
            builder.add(asked(model, i));
        const RulesFile file = readRules(builder.result().rulesFile(), u"proposed.yaml"_s);
        QVERIFY(file.findings.empty());
        QCOMPARE(file.rules.rules.size(), 5U);
        ComparisonBuilder comparison(file.rules);
        for (int i = 0; i < kRequests; ++i)
            comparison.add(asked(model, i));
        const MirrorSummary mirror = comparison.summary().mirrors[0];
        QVERIFY2(mirror.agreement.rate > 0.9, qPrintable(QString::number(mirror.agreement.rate)));
        for (const FieldSummary &each : mirror.fields)
            QVERIFY2(each.path == u"/rare", qPrintable(each.path));
        // What the rules hide is not proposed again.
        CalibrationBuilder again(file.rules);
        for (int i = 0; i < kRequests; ++i)
            again.add(asked(model, i));
        QVERIFY(again.result().proposals().empty());
    }

    void fewRequestsAreSaidToBeFew()
    {
        NoisyModel model(3);
        CalibrationBuilder builder;
        for (int i = 0; i < 20; ++i)
            builder.add(asked(model, i));
        traffic::Exchange failed = asked(model, 21);
        failed.mirrors[0].state = traffic::AnswerState::Timeout;
        builder.add(failed);
        const Calibration calibration = builder.result();
        QCOMPARE(calibration.failed, 1);
        QCOMPARE(calibration.notes.size(), 2U);
        QCOMPARE(calibration.notes[0].code, kCalibrationTooFew);
        const QJsonObject json = toJson(calibration, wording::text);
        QCOMPARE(json[u"requests"_s].toInt(), 20);
        QVERIFY(!json[u"notes"_s][0].toString().contains(u'{'));
        QVERIFY(CalibrationBuilder().result().fields.empty());
        QCOMPARE(CalibrationBuilder().result().rulesFile(), "schemaVersion: 1\nrules: []\n");
    }

    void wrongEverywhereIsFoundWhereNoiseIsOften()
    {
        // Diffy hides a field that differs in 1,000 of 1,000 answers when it is noisy in 700 of them.
        ExcessBuilder builder({}, u"again"_s);
        for (int i = 0; i < 1'000; ++i) {
            const auto answer = [](int value) {
                return QByteArray(R"({"word": "w0"})").replace('0', QByteArray::number(value));
            };
            traffic::Exchange exchange =
                test::exchange(quint64(i + 1), QByteArray::number(i), test::reply(u"p"_s, answer(0)),
                               test::reply(u"again"_s, answer(i < 700 ? 1 : 0)));
            exchange.mirrors.push_back(test::reply(u"wrong"_s, answer(2)));
            exchange.mirrors.push_back(test::reply(u"alike"_s, answer(i % 10 < 7 ? 3 : 0)));
            builder.add(exchange);
        }
        const std::vector<FieldExcess> wrong = builder.result(u"wrong"_s);
        QCOMPARE(wrong.size(), 1U);
        QCOMPARE(wrong[0].onlyMirror, 300);
        QCOMPARE(wrong[0].onlyNoise, 0);
        QVERIFY(wrong[0].p < 1e-10);
        QVERIFY(builder.result(u"alike"_s)[0].p > 0.5);
    }

    void excessIsFoundUnderNoise()
    {
        // The mirror is off by one jitter in the score and wrong in every third "same"; the rest is the model's own
        // noise.
        NoisyModel model(4);
        ExcessBuilder builder({}, u"again"_s);
        for (int i = 0; i < kRequests; ++i) {
            traffic::Exchange exchange = asked(model, i);
            QByteArray body = model.answer(i, 2e-6);
            if (i % 3 == 0)
                body.replace("\"x\"", "\"y\"");
            exchange.mirrors.push_back(test::reply(u"mirror_1"_s, body));
            builder.add(exchange);
        }
        const std::vector<FieldExcess> excess = builder.result(u"mirror_1"_s);
        QStringList significant;
        for (const FieldExcess &each : excess) {
            if (each.p < 0.01)
                significant.append(each.path);
        }
        significant.sort();
        QCOMPARE(significant, (QStringList{u"/same"_s, u"/score"_s}));
        for (const FieldExcess &each : excess) {
            if (each.path == u"/same")
                QCOMPARE(each.onlyMirror, kRequests / 3);
            if (each.path == u"/score")
                QVERIFY(each.isNumeric && each.meanMirror > 1.5 * each.meanNoise);
        }
        QVERIFY(builder.result(u"nobody"_s).empty());
    }
};

PARALLAX_TEST_MAIN(TestCompareNoise)
#include "tst_compare_noise.moc"
