// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The whole yaml-test-suite (corpora): what must fail is refused with its place; what is valid parses, or is refused
// with a reason; what parses says what the suite's own event list says.
#include "suite.h"
#include "support/testmain.h"
#include "yaml/document.h"
#include "yaml/errors.h"

#include <QFile>

using namespace Qt::StringLiterals;
using namespace parallax;

namespace {

QString escaped(const QString &text)
{
    QString out = text;
    return out.replace(u'\\', "\\\\"_L1)
        .replace(u'\n', "\\n"_L1)
        .replace(u'\t', "\\t"_L1)
        .replace(u'\r', "\\r"_L1)
        .replace(u'\b', "\\b"_L1);
}

/// The values of a tree as the suite's events write them, without styles, anchors and tags.
void tell(const yaml::Node &node, QStringList &out)
{
    if (node.kind == yaml::Kind::Mapping) {
        out.append(u"+MAP"_s);
        for (const yaml::Entry &entry : node.entries) {
            tell(entry.key, out);
            tell(entry.value, out);
        }
        out.append(u"-MAP"_s);
    } else if (node.kind == yaml::Kind::Sequence) {
        out.append(u"+SEQ"_s);
        for (const yaml::Node &item : node.items)
            tell(item, out);
        out.append(u"-SEQ"_s);
    } else {
        out.append(u"="_s + escaped(node.text));
    }
}

/// The suite's event list in the same form, aliases replaced by what they stand for; empty when there is no document.
QStringList expected(const QString &folder)
{
    QFile file(folder + u"/test.event"_s);
    if (!file.open(QIODevice::ReadOnly))
        return {};
    QStringList out;
    QHash<QString, QStringList> anchors;
    QList<std::pair<QString, qsizetype>> open;
    for (const QString &line : QString::fromUtf8(file.readAll()).split(u'\n', Qt::SkipEmptyParts)) {
        const QString type = line.left(4);
        static const QRegularExpression anchorPattern(u"^(?:\\+MAP(?: \\{\\})?|\\+SEQ(?: \\[\\])?|=VAL) &(\\S+)"_s);
        const QString anchor = anchorPattern.match(line).captured(1);
        if (type == u"+MAP" || type == u"+SEQ") {
            open.append({anchor, out.size()});
            out.append(type);
        } else if (type == u"-MAP" || type == u"-SEQ") {
            out.append(type);
            const auto [name, from] = open.takeLast();
            anchors.insert(name, out.mid(from));
        } else if (type == u"=ALI") {
            out.append(anchors.value(line.mid(6)));
        } else if (type == u"=VAL") {
            static const QRegularExpression valuePattern(u"^=VAL(?: &\\S+)?(?: <[^>]*>)? [:'\"|>](.*)$"_s);
            const QString value = u"="_s + valuePattern.match(line).captured(1);
            anchors.insert(anchor, {value});
            out.append(value);
        }
    }
    return out;
}

/// Every span shows what it should: quotes at both ends of a quoted scalar, the text itself for a simple plain one.
void checkSpans(const yaml::Node &node, const QByteArray &bytes)
{
    const yaml::Span span = node.span;
    QVERIFY(span.begin >= 0 && span.begin <= span.end && span.end <= bytes.size());
    QVERIFY(node.outer.begin <= span.begin && node.outer.end == span.end);
    const QByteArray raw = bytes.mid(span.begin, span.end - span.begin);
    if (node.isAlias) {
        QVERIFY(raw.startsWith('*'));
        return;
    }
    if (node.isScalar() && node.style == yaml::ScalarStyle::Plain && !raw.contains('\n'))
        QCOMPARE(QString::fromUtf8(raw), node.text);
    if (node.style == yaml::ScalarStyle::SingleQuoted)
        QVERIFY(raw.size() >= 2 && raw.startsWith('\'') && raw.endsWith('\''));
    if (node.style == yaml::ScalarStyle::DoubleQuoted)
        QVERIFY(raw.size() >= 2 && raw.startsWith('"') && raw.endsWith('"'));
    if (node.style == yaml::ScalarStyle::Literal)
        QVERIFY(raw.startsWith('|'));
    if (node.style == yaml::ScalarStyle::Folded)
        QVERIFY(raw.startsWith('>'));
    for (const yaml::Entry &entry : node.entries) {
        QVERIFY(entry.colon < 0 || (bytes[entry.colon] == ':' && entry.colon >= entry.key.span.end));
        QVERIFY(entry.colon < 0 || entry.colon < entry.value.outer.begin);
        checkSpans(entry.key, bytes);
        checkSpans(entry.value, bytes);
    }
    for (const yaml::Node &item : node.items)
        checkSpans(item, bytes);
}

} // namespace

class TestYamlSuite : public test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void cases_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<bool>("mustFail");
        QTest::addColumn<QString>("folder");
        const QList<test::SuiteCase> cases = test::suiteCases();
        for (const test::SuiteCase &one : cases)
            QTest::newRow(qPrintable(one.name)) << one.bytes << one.mustFail << one.folder;
        if (cases.isEmpty())
            QTest::newRow("absent") << QByteArray() << false << QString();
    }

    void cases()
    {
        QFETCH(QByteArray, bytes);
        QFETCH(bool, mustFail);
        QFETCH(QString, folder);
        if (folder.isEmpty())
            QSKIP("corpora/yaml-test-suite is absent");
        const Result<yaml::Document> document = yaml::Document::parse(bytes, u"in.yaml"_s);
        if (!document) {
            const Error &error = document.error();
            QVERIFY2(error.code.toString().startsWith(u"yaml-"), qPrintable(wording::line(error)));
            QCOMPARE(error.where.file, u"in.yaml"_s);
            QVERIFY2(error.where.line >= 1 && error.where.column >= 1, qPrintable(wording::line(error)));
            if (!mustFail) {
                QVERIFY2(error.code != yaml::kSyntax && error.code != yaml::kTab, qPrintable(wording::line(error)));
                ++m_refused[error.code.toString()];
            }
            return;
        }
        QVERIFY2(!mustFail, "accepted what must fail");
        ++m_accepted;
        QCOMPARE(document->bytes(), bytes);
        QStringList actual;
        tell(document->root(), actual);
        QStringList wanted = expected(folder);
        if (wanted.isEmpty())
            wanted = {u"="_s};
        QCOMPARE(actual, wanted);
        checkSpans(document->root(), bytes);
    }

    void mostValidCasesAreAccepted()
    {
        if (m_accepted == 0)
            QSKIP("corpora/yaml-test-suite is absent");
        for (auto it = m_refused.begin(); it != m_refused.end(); ++it)
            qInfo("valid but refused: %d %s", it.value(), qPrintable(it.key()));
        qInfo("valid and accepted: %d", m_accepted);
        QVERIFY(m_accepted >= 240);
    }

private:
    int m_accepted = 0;
    QMap<QString, int> m_refused;
};

PARALLAX_TEST_MAIN(TestYamlSuite)
#include "tst_yaml_suite.moc"
