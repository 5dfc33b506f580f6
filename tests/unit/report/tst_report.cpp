// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/files.h"
#include "report/errors.h"
#include "report/figures.h"
#include "report/report.h"
#include "support/testmain.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QXmlStreamReader>

using namespace Qt::StringLiterals;
using namespace parallax;
using namespace parallax::compare;

namespace {

report::ReportInput sample(const QString &name)
{
    report::ReportInput input;
    input.source = name;
    input.program = u"Parallax"_s;
    input.wording = [](const Error &error) { return wording::text(error); };
    Comparison &comparison = input.comparison;
    comparison.endpoint = name;
    comparison.primary = name;
    comparison.requests = 3;
    comparison.margin = 0.5;
    MirrorSummary mirror;
    mirror.name = name;
    mirror.deployment = name;
    mirror.branch = name;
    mirror.version = name;
    mirror.outcomes.add(traffic::Outcome::Equal, 2);
    mirror.outcomes.add(traffic::Outcome::Different, 1);
    mirror.agreement = {2.0 / 3, 0.2, 0.9, 0.95, 3, 3};
    mirror.close = mirror.agreement;
    mirror.fields.push_back({name, DifferenceKind::Changed, 1, 1.0 / 3, -0.25, {}, {{2}}});
    mirror.rules.push_back({0, name, 3, 1, 1});
    NumericSummary numeric;
    numeric.path = name;
    mirror.numeric.push_back(numeric);
    LabelSummary label;
    label.path = name;
    label.agreement = 0.5;
    label.confusion = {{name, name}, {{1, 2}, {3, 4}}};
    mirror.labels.push_back(label);
    mirror.latency.primary.count = 3;
    mirror.latency.primary.percentiles = {1, 2, 3};
    mirror.latency.mirror = mirror.latency.primary;
    mirror.slices.push_back({name, name, mirror.agreement, 0.9, 0.01});
    mirror.reasons.push_back({ErrorCode("cancelled"), {}, {}, {}});
    comparison.mirrors.push_back(mirror);
    comparison.gates = {{name, false, name, name}, {u"different==0"_s, true, u"0"_s, name}};
    report::PairSection pair;
    pair.mirror = name;
    pair.id = {2};
    pair.outcome = traffic::Outcome::Different;
    pair.summary = name;
    pair.left = {name, name, u"200"_s, 1.5, {{report::PairLine::Kind::Changed, 1, u"~"_s, name, {{0, 1}}}}};
    pair.right = pair.left;
    input.pairs.push_back(pair);
    return input;
}

QStringList tagsOf(const QByteArray &html)
{
    static const QRegularExpression tag(u"</?[a-zA-Z!][^<>]*>"_s);
    QStringList names;
    auto it = tag.globalMatch(QString::fromUtf8(html));
    while (it.hasNext())
        names += it.next().captured(0).section(QRegularExpression(u"[ >]"_s), 0, 0);
    return names;
}

} // namespace

class TestReport : public test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void htmlHoldsItselfTogether()
    {
        const QByteArray html = report::toHtml(sample(u"pricing"_s));
        QVERIFY(html.startsWith("<!DOCTYPE html>"));
        QVERIFY(html.contains("default-src &#39;none&#39;"));
        QVERIFY(!html.contains("<script"));
        QVERIFY(!html.contains("http://") && !html.contains("https://"));
        QVERIFY(html.contains("66.7%"));
        QVERIFY(html.contains("Not mirrored") == false);
        for (const char *element : {"div", "table", "tr", "td", "section", "details", "svg", "span"}) {
            const QByteArray open = '<' + QByteArray(element);
            const QByteArray close = "</" + QByteArray(element) + '>';
            QCOMPARE(html.count(close), html.count(QByteArray(open + '>')) + html.count(QByteArray(open + ' ')));
        }
    }

    void naughtyTextIsShownLiterally()
    {
        const QString corpus = test::corpusPath(u"blns/blns.json"_s);
        if (corpus.isEmpty())
            QSKIP("corpora/blns is not there");
        const QStringList expected = tagsOf(report::toHtml(sample(u"x"_s)));
        const Result<QByteArray> bytes = base::readFile(corpus, 1'000'000);
        VERIFY_OK(bytes);
        const QJsonArray strings = QJsonDocument::fromJson(*bytes).array();
        QVERIFY(strings.size() > 500);
        for (const QJsonValue &value : strings) {
            if (value.toString().isEmpty())
                continue;
            const report::ReportInput input = sample(value.toString());
            QCOMPARE(tagsOf(report::toHtml(input)), expected);
            QXmlStreamReader xml(report::toJUnit(input));
            while (!xml.atEnd())
                xml.readNext();
            QVERIFY2(!xml.hasError(), qPrintable(xml.errorString()));
            QVERIFY(!report::toMarkdown(input).isEmpty());
        }
    }

    void jsonIsTheContractsObject()
    {
        report::ReportInput input = sample(u"pricing"_s);
        input.replay = QJsonObject{{u"planned"_s, 3}};
        const QJsonObject object = QJsonDocument::fromJson(report::toJsonReport(input)).object();
        QCOMPARE(object.value(u"requests"_s).toInt(), 3);
        QCOMPARE(object.value(u"replay"_s).toObject().value(u"planned"_s).toInt(), 3);
        QCOMPARE(object.value(u"mirrors"_s)
                     .toObject()
                     .value(u"pricing"_s)
                     .toObject()
                     .value(u"outcomes"_s)
                     .toObject()
                     .value(u"equal"_s)
                     .toInt(),
                 2);
    }

    void junitCountsGates()
    {
        QXmlStreamReader xml(report::toJUnit(sample(u"pricing"_s)));
        QVERIFY(xml.readNextStartElement());
        QVERIFY(xml.readNextStartElement());
        QCOMPARE(xml.attributes().value(u"tests"_s).toString(), u"2"_s);
        QCOMPARE(xml.attributes().value(u"failures"_s).toString(), u"1"_s);
    }

    void theEndingChoosesTheFormat()
    {
        QCOMPARE(*report::formatForFile(u"a/b.HTML"_s), report::Format::Html);
        QCOMPARE(*report::formatForFile(u"x.xml"_s), report::Format::JUnit);
        QCOMPARE(report::formatForFile(u"x.pdf"_s).error().code, report::kFormatUnknown);
    }

    void figuresAreWrittenPlainly()
    {
        QCOMPARE(report::percent(0.98234), u"98.2%"_s);
        QCOMPARE(report::percent(kNoFigure), u"\u2013"_s);
        QCOMPARE(report::count(1234567), u"1,234,567"_s);
        QCOMPARE(report::pValue(1e-9), u"< 0.0001"_s);
        QCOMPARE(report::milliseconds(0.1234), u"0.123"_s);
    }
};

PARALLAX_TEST_MAIN(TestReport)
#include "tst_report.moc"
