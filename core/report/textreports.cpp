// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "report/errors.h"
#include "report/figures.h"
#include "report/report.h"

#include "base/text.h"

#include <QFileInfo>
#include <QJsonDocument>
#include <QXmlStreamWriter>

using namespace Qt::StringLiterals;
using namespace parallax::compare;

namespace parallax::report {

namespace {

/// Text from data inside a Markdown table: one line, nothing that Markdown or HTML would take for markup.
QString plain(const QString &text)
{
    QString out;
    for (const QChar c : base::escapeControls(text)) {
        if (u"\\`*_{}[]<>()#+-!|~&"_s.contains(c))
            out += u'\\';
        out += c;
    }
    return out;
}

QString words(const ReportInput &input, const Error &error)
{
    return input.wording ? input.wording(error) : error.code.toString();
}

/// XML 1.0 cannot hold most control characters at all, so they are shown as escapes.
QString xmlText(const QString &text)
{
    return base::escapeControls(text);
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

QByteArray toMarkdown(const ReportInput &input)
{
    const Comparison &comparison = input.comparison;
    QString out = u"# %1\n\n%2 requests, %3 distinct, from %4, %5.\n"_s.arg(
        plain(comparison.endpoint), count(comparison.requests), count(comparison.distinctRequests), plain(input.source),
        toRfc3339(input.made));
    if (!comparison.gates.empty()) {
        out += u"\n| gate | actual | mirror | |\n| --- | --- | --- | --- |\n"_s;
        for (const GateResult &gate : comparison.gates)
            out += u"| %1 | %2 | %3 | %4 |\n"_s.arg(
                plain(gate.expression), gate.actual.isEmpty() ? u"no such figure"_s : plain(gate.actual),
                plain(gate.mirror), gate.holds ? u"holds"_s : u"**does not hold**"_s);
    }
    for (const MirrorSummary &mirror : comparison.mirrors) {
        out += u"\n## %1: %2\n\n%3 agree (%4 to %5).\n"_s.arg(
            plain(mirror.name), verdictName(mirror.verdict), percent(mirror.agreement.rate),
            percent(mirror.agreement.low), percent(mirror.agreement.high));
        for (const Error &reason : mirror.reasons)
            out += u"- "_s + plain(words(input, reason)) + u'\n';
        out += u"\n| outcome | pairs |\n| --- | ---: |\n"_s;
        for (const traffic::Outcome outcome : kOutcomeOrder) {
            if (mirror.outcomes[outcome] > 0)
                out += u"| %1 | %2 |\n"_s.arg(toString(outcome), count(mirror.outcomes[outcome]));
        }
        if (!mirror.fields.empty()) {
            out += u"\n| path | kind | pairs | share | worst |\n| --- | --- | ---: | ---: | ---: |\n"_s;
            for (const FieldSummary &field : mirror.fields)
                out +=
                    u"| %1 | %2 | %3 | %4 | %5 |\n"_s.arg(plain(field.path), toString(field.kind), count(field.pairs),
                                                          percent(field.share), number(field.worst));
        }
        if (mirror.latency.primary.count > 0) {
            out += u"\n| latency, ms | p50 | p95 | p99 |\n| --- | ---: | ---: | ---: |\n"_s;
            for (const auto &[name, side] :
                 {std::pair{comparison.primary, mirror.latency.primary}, std::pair{mirror.name, mirror.latency.mirror}})
                out += u"| %1 | %2 | %3 | %4 |\n"_s.arg(plain(name), milliseconds(side.p50), milliseconds(side.p95),
                                                        milliseconds(side.p99));
        }
    }
    return out.toUtf8();
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
    const Comparison &comparison = input.comparison;
    struct Case
    {
        QString name;
        QString failure;
    };
    std::vector<Case> cases;
    for (const GateResult &gate : comparison.gates)
        cases.push_back(
            {gate.expression,
             gate.holds ? QString()
                        : u"%1: actual %2"_s.arg(gate.expression, gate.actual.isEmpty() ? u"missing"_s : gate.actual)});
    if (comparison.gates.empty()) {
        for (const MirrorSummary &mirror : comparison.mirrors) {
            QStringList reasons;
            for (const Error &reason : mirror.reasons)
                reasons += words(input, reason);
            cases.push_back({mirror.name, mirror.verdict == Verdict::Different ? reasons.join(u"; "_s) : QString()});
        }
    }
    const auto failures = std::count_if(cases.begin(), cases.end(), [](const Case &c) { return !c.failure.isNull(); });
    QByteArray out;
    QXmlStreamWriter xml(&out);
    xml.setAutoFormatting(true);
    xml.writeStartDocument();
    xml.writeStartElement(u"testsuites"_s);
    xml.writeStartElement(u"testsuite"_s);
    xml.writeAttribute(u"name"_s, xmlText(u"parallax."_s + comparison.endpoint));
    xml.writeAttribute(u"tests"_s, QString::number(cases.size()));
    xml.writeAttribute(u"failures"_s, QString::number(failures));
    xml.writeAttribute(u"errors"_s, u"0"_s);
    xml.writeAttribute(u"timestamp"_s, toRfc3339(input.made).left(19));
    for (const Case &one : cases) {
        xml.writeStartElement(u"testcase"_s);
        xml.writeAttribute(u"classname"_s, xmlText(u"parallax."_s + comparison.endpoint));
        xml.writeAttribute(u"name"_s, xmlText(one.name));
        xml.writeAttribute(u"time"_s, u"0"_s);
        if (!one.failure.isNull()) {
            xml.writeStartElement(u"failure"_s);
            xml.writeAttribute(u"message"_s, xmlText(one.failure));
            xml.writeAttribute(u"type"_s, u"difference"_s);
            xml.writeCharacters(xmlText(one.failure));
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
