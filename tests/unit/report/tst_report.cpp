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
    static const QRegularExpression tag(u"(</?[a-zA-Z!][^<> ]*)[^<>]*>"_s);
    QStringList names;
    auto it = tag.globalMatch(QString::fromUtf8(html));
    while (it.hasNext())
        names += it.next().captured(1);
    return names;
}

struct JunitFile
{
    QStringList problems; ///< against the schema
    QStringList names;
    QStringList failures;
    int skipped = 0;
};

JunitFile readJunit(const QByteArray &bytes)
{
    JunitFile out;
    const auto need = [&out](const QXmlStreamReader &xml, std::initializer_list<const char *> attributes) {
        for (const char *name : attributes) {
            if (!xml.attributes().hasAttribute(QString::fromLatin1(name)))
                out.problems += xml.name() + u" lacks "_s + QString::fromLatin1(name);
        }
    };
    QXmlStreamReader xml(bytes);
    if (!xml.readNextStartElement() || xml.name() != u"testsuites")
        out.problems += u"no testsuites"_s;
    qint64 tests = 0;
    qint64 failures = 0;
    qint64 skipped = 0;
    while (xml.readNextStartElement()) {
        if (xml.name() != u"testsuite")
            out.problems += u"unexpected "_s + xml.name();
        need(xml, {"name", "tests", "failures", "errors", "skipped", "time", "timestamp", "hostname"});
        tests += xml.attributes().value(u"tests"_s).toLongLong();
        failures += xml.attributes().value(u"failures"_s).toLongLong();
        skipped += xml.attributes().value(u"skipped"_s).toLongLong();
        static const QRegularExpression isoTime(u"^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d$"_s);
        if (!isoTime.match(xml.attributes().value(u"timestamp"_s)).hasMatch())
            out.problems += u"timestamp"_s;
        while (xml.readNextStartElement()) {
            if (xml.name() != u"testcase")
                out.problems += u"unexpected "_s + xml.name();
            need(xml, {"classname", "name", "time"});
            out.names += xml.attributes().value(u"name"_s).toString();
            while (xml.readNextStartElement()) {
                if (xml.name() == u"failure") {
                    need(xml, {"message", "type"});
                    out.failures += xml.readElementText();
                } else if (xml.name() == u"skipped") {
                    ++out.skipped;
                    xml.skipCurrentElement();
                } else {
                    out.problems += u"unexpected "_s + xml.name();
                }
            }
        }
    }
    if (xml.hasError())
        out.problems += xml.errorString();
    if (tests != out.names.size() || failures != out.failures.size() || skipped != out.skipped)
        out.problems += u"the counts do not fit"_s;
    return out;
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

    // What GitLab reads (docs.gitlab.com, "Unit test reports") and the schema of Ant and Jenkins asks for.
    void junitHasTheFormThatReadersWant()
    {
        report::ReportInput input = sample(u"pricing"_s);
        const JunitFile gated = readJunit(report::toJUnit(input));
        QCOMPARE(gated.problems, QStringList());
        QCOMPARE(gated.names, (QStringList{u"pricing"_s, u"different==0"_s}));
        QCOMPARE(gated.failures, QStringList{u"pricing: actual pricing (pricing)"_s});
        QCOMPARE(gated.skipped, 0);

        // Without gates a mirror is a test; an inconclusive one did not pass and did not fail.
        input.comparison.gates.clear();
        input.comparison.mirrors[0].verdict = Verdict::Inconclusive;
        input.comparison.mirrors.push_back(input.comparison.mirrors[0]);
        input.comparison.mirrors[1].verdict = Verdict::Different;
        input.comparison.mirrors[1].reasons.clear();
        const JunitFile verdicts = readJunit(report::toJUnit(input));
        QCOMPARE(verdicts.problems, QStringList());
        QCOMPARE(verdicts.names.size(), 2);
        QCOMPARE(verdicts.failures.size(), 1);
        QCOMPARE(verdicts.skipped, 1);
        input.comparison.mirrors.clear();
        QCOMPARE(readJunit(report::toJUnit(input)).problems, QStringList());
    }

    void everyFigureStandsInEveryReport()
    {
        report::ReportInput input = sample(u"pricing"_s);
        MirrorSummary &mirror = input.comparison.mirrors[0];
        mirror.vectors.push_back({u"/embedding"_s, 3, 0.98765, 0.5, 0.25, 2});
        mirror.texts.push_back({u"/explanation"_s, 3, 2, 0.75, 0.5, 1.25});
        mirror.slicesTried = 17;
        mirror.latency.medianDifferenceMs = 21.4;
        mirror.latency.ci = {20.9, 22.0};
        for (const QByteArray &text : {report::toHtml(input), report::toMarkdown(input)}) {
            for (const char *part :
                 {"/embedding", "0.98765", "/explanation", "75.0%", "not of meaning", "17", "21.4", "Holm", "kappa"})
                QVERIFY2(text.contains(part), part);
        }
        const QJsonObject json = QJsonDocument::fromJson(report::toJsonReport(input))
                                     .object()
                                     .value(u"mirrors"_s)
                                     .toObject()
                                     .value(u"pricing"_s)
                                     .toObject();
        for (const QString &key : {u"labels"_s, u"numeric"_s, u"vectors"_s, u"texts"_s, u"slices"_s, u"latency"_s})
            QVERIFY2(json.contains(key), qPrintable(key));
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
