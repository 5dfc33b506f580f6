// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/errors.h"
#include "report/figures.h"
#include "report/report.h"
#include "report/words.h"

#include "base/text.h"

#include <QFileInfo>
#include <QJsonDocument>
#include <QXmlStreamWriter>

#include <algorithm>

using namespace Qt::StringLiterals;
using namespace parallax::compare;

namespace parallax::report {

namespace {

/// XML 1.0 cannot hold most control characters at all, so they are shown as escapes.
QString xmlText(const QString &text)
{
    return base::escapeControls(text);
}

/// A gate is a test; without gates a mirror is one, and an inconclusive verdict is neither passed nor failed.
struct TestCase
{
    enum class State { Passed, Failed, Skipped };
    QString name;
    State state = State::Passed;
    QString message;
};

std::vector<TestCase> testCases(const ReportInput &input)
{
    const Comparison &comparison = input.comparison;
    std::vector<TestCase> cases;
    for (const GateResult &gate : comparison.gates) {
        TestCase one{gate.expression, gate.holds ? TestCase::State::Passed : TestCase::State::Failed, {}};
        if (!gate.holds) {
            one.message = u"%1: actual %2"_s.arg(gate.expression, gate.actual.isEmpty() ? u"missing"_s : gate.actual);
            if (!gate.mirror.isEmpty())
                one.message += u" (%1)"_s.arg(gate.mirror);
        }
        cases.push_back(one);
    }
    if (!cases.empty())
        return cases;
    for (const MirrorSummary &mirror : comparison.mirrors) {
        QStringList reasons{verdictName(mirror.verdict)};
        for (const Error &reason : mirror.reasons)
            reasons += words(input, reason);
        TestCase one{mirror.name, TestCase::State::Passed, reasons.join(u"; "_s)};
        if (mirror.verdict == Verdict::Different)
            one.state = TestCase::State::Failed;
        else if (mirror.verdict == Verdict::Inconclusive)
            one.state = TestCase::State::Skipped;
        cases.push_back(one);
    }
    return cases;
}

} // namespace

Result<Format> formatForFile(const QString &path)
{
    const QString ending = QFileInfo(path).suffix().toLower();
    if (ending == "html"_L1 || ending == "htm"_L1)
        return Format::Html;
    if (ending == "md"_L1)
        return Format::Markdown;
    if (ending == "json"_L1)
        return Format::Json;
    if (ending == "xml"_L1)
        return Format::JUnit;
    return fail(kFormatUnknown, {{u"file"_s, path}});
}

QByteArray toJsonReport(const ReportInput &input)
{
    QJsonObject object = compare::toJson(input.comparison, input.wording);
    if (input.replay)
        object.insert(u"replay"_s, *input.replay);
    return QJsonDocument(object).toJson();
}

QByteArray toJUnit(const ReportInput &input)
{
    const std::vector<TestCase> cases = testCases(input);
    const auto number = [&cases](TestCase::State state) {
        return QString::number(
            std::count_if(cases.begin(), cases.end(), [state](const TestCase &one) { return one.state == state; }));
    };
    const QString suite = xmlText(u"parallax."_s + input.comparison.endpoint);
    QByteArray out;
    QXmlStreamWriter xml(&out);
    xml.setAutoFormatting(true);
    xml.writeStartDocument();
    xml.writeStartElement(u"testsuites"_s);
    xml.writeStartElement(u"testsuite"_s);
    xml.writeAttribute(u"name"_s, suite);
    xml.writeAttribute(u"tests"_s, QString::number(cases.size()));
    xml.writeAttribute(u"failures"_s, number(TestCase::State::Failed));
    xml.writeAttribute(u"errors"_s, u"0"_s);
    xml.writeAttribute(u"skipped"_s, number(TestCase::State::Skipped));
    xml.writeAttribute(u"time"_s, u"0"_s);
    xml.writeAttribute(u"timestamp"_s, toRfc3339(input.made).left(19));
    xml.writeAttribute(u"hostname"_s, u"localhost"_s);
    for (const TestCase &one : cases) {
        xml.writeStartElement(u"testcase"_s);
        xml.writeAttribute(u"classname"_s, suite);
        xml.writeAttribute(u"name"_s, xmlText(one.name));
        xml.writeAttribute(u"time"_s, u"0"_s);
        if (one.state == TestCase::State::Failed) {
            xml.writeStartElement(u"failure"_s);
            xml.writeAttribute(u"message"_s, xmlText(one.message));
            xml.writeAttribute(u"type"_s, u"difference"_s);
            xml.writeCharacters(xmlText(one.message));
            xml.writeEndElement();
        } else if (one.state == TestCase::State::Skipped) {
            xml.writeStartElement(u"skipped"_s);
            xml.writeAttribute(u"message"_s, xmlText(one.message));
            xml.writeEndElement();
        }
        xml.writeEndElement();
    }
    xml.writeEndDocument();
    return out;
}

QByteArray write(const ReportInput &input, Format format)
{
    switch (format) {
    case Format::Html:
        return toHtml(input);
    case Format::Markdown:
        return toMarkdown(input);
    case Format::Json:
        return toJsonReport(input);
    case Format::JUnit:
        return toJUnit(input);
    }
    Q_UNREACHABLE();
}

} // namespace parallax::report
