// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Every edit at every place of every valid file of yaml-test-suite: it either does exactly what was intended, keeps
// every comment and can be taken back, or it is refused and says where.
#include "suite.h"
#include "support/testmain.h"
#include "yaml/comments.h"
#include "yaml/document.h"
#include "yaml/errors.h"

using namespace Qt::StringLiterals;
using namespace parallax;
using yaml::Document;
using yaml::Node;
using Value = Document::Value;

namespace {

/// Path -> what stands there, without any knowledge of how edits are made.
using Flat = QMap<QString, QString>;

void flatten(const Node &node, const QString &path, Flat &out)
{
    if (node.isMapping()) {
        out.insert(path, u"map"_s);
        for (const yaml::Entry &entry : node.entries)
            flatten(entry.value, path + u'\x01' + entry.key.text, out);
    } else if (node.isSequence()) {
        out.insert(path, u"list"_s);
        for (qsizetype i = 0; i < node.items.size(); ++i)
            flatten(node.items[i], path + u'\x01' + QString::number(i), out);
    } else {
        const bool isPlain = node.style == yaml::ScalarStyle::Plain;
        out.insert(path, (node.kind == yaml::Kind::Null ? u"null "_s
                          : isPlain                     ? u"plain "_s
                                                        : u"text "_s) +
                             node.tag + u' ' + node.text);
    }
}

Flat flat(const Document &document)
{
    Flat out;
    flatten(document.root(), {}, out);
    return out;
}

QString joined(const QStringList &path)
{
    QString out;
    for (const QString &step : path)
        out += u'\x01' + step;
    return out;
}

Flat without(Flat all, const QString &prefix)
{
    for (auto it = all.begin(); it != all.end();)
        it = it.key() == prefix || it.key().startsWith(prefix + u'\x01') ? all.erase(it) : std::next(it);
    return all;
}

QStringList comments(const Document &document)
{
    QStringList out;
    for (const yaml::Comment &comment : yaml::commentsOf(document))
        out.append(QString::fromUtf8(comment.text));
    out.sort();
    return out;
}

/// What stands between the longest common start and end of two texts.
QByteArray changedPart(const QByteArray &of, const QByteArray &against)
{
    const qsizetype most = qMin(of.size(), against.size());
    qsizetype begin = 0;
    while (begin < most && of[begin] == against[begin])
        ++begin;
    qsizetype end = 0;
    while (end < most - begin && of[of.size() - 1 - end] == against[against.size() - 1 - end])
        ++end;
    return of.sliced(begin, of.size() - begin - end);
}

/// Blanks and line ends, and what flow style is held together with.
bool isOnlyLayout(const QByteArray &text)
{
    return std::all_of(text.begin(), text.end(), [](char c) { return QByteArray(" \t\r\n{},[]").contains(c); });
}

struct Place
{
    QStringList path;
    const Node *node;
    const Node *parent;
    qsizetype index;
};

void collect(const Node &node, const QStringList &path, const Node *parent, qsizetype index, QList<Place> &out)
{
    out.append({path, &node, parent, index});
    if (node.isAlias)
        return;
    for (qsizetype i = 0; i < node.entries.size(); ++i)
        collect(node.entries[i].value, path + QStringList{node.entries[i].key.text}, &node, i, out);
    for (qsizetype i = 0; i < node.items.size(); ++i)
        collect(node.items[i], path + QStringList{QString::number(i)}, &node, i, out);
}

const QStringList &awkward()
{
    static const QStringList kTexts{
        u"changed"_s, u"yes"_s, u"it's: a #b"_s, u"two\nlines\n"_s, u"\u00e4\U0001f600 \u2028"_s, u""_s, u"- x"_s};
    return kTexts;
}

} // namespace

class TestYamlProperties : public test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void everyEdit_data()
    {
        QTest::addColumn<QByteArray>("bytes");
        const QList<test::SuiteCase> cases = test::suiteCases();
        for (const test::SuiteCase &one : cases) {
            if (one.mustFail)
                continue;
            QTest::newRow(qPrintable(one.name)) << one.bytes;
            QTest::newRow(qPrintable(one.name + u" crlf"_s))
                << QByteArray(one.bytes).replace("\r", "").replace("\n", "\r\n");
        }
        const QByteArray endpoint =
            "# head\nbackends: # who\n  a:\n    deployment: {branch: main, name: d, version: 1}\n    weight: 2 # w\n\n"
            "  # b\n  'b': {deployment: &x {branch: main, # m\n        name: e, version: '3'}}\nother: [1, {k: v}, "
            "*x]\n"
            "schemaVersion: 1 # last";
        QTest::newRow("endpoint") << endpoint;
    }

    void everyEdit()
    {
        QFETCH(QByteArray, bytes);
        const Result<Document> document = Document::parse(bytes, u"f.yaml"_s);
        if (!document)
            return;
        QList<Place> places;
        collect(document->root(), {}, nullptr, 0, places);
        for (const Place &place : std::as_const(places)) {
            if (!place.node->isMapping() && !place.node->isSequence())
                setScalars(*document, place);
            if (place.node->isMapping() || place.node->kind == yaml::Kind::Null)
                addEntries(*document, place);
            if (place.parent != nullptr) {
                remove(*document, place);
                move(*document, place);
            }
            if (place.parent != nullptr && place.parent->isMapping())
                rename(*document, place);
            if (QTest::currentTestFailed())
                return;
        }
    }

    void mostEditsAreDone()
    {
        if (m_done == 0)
            QSKIP("corpora/yaml-test-suite is absent");
        qInfo("done %d, refused %d", m_done, m_refused);
        for (auto it = m_refusedBy.begin(); it != m_refusedBy.end(); ++it)
            qInfo("refused %d: %s", it.value(), qPrintable(it.key()));
        QVERIFY(m_refused < m_done / 5);
    }

private:
    /// True when there is a result to look at; a refusal has to name its place.
    bool accepted(const char *what, const Result<Document> &result)
    {
        if (result) {
            ++m_done;
            return true;
        }
        ++m_refused;
        ++m_refusedBy[QString::fromLatin1(what)];
        const bool hasPlace = result.error().code == yaml::kEditUnsafe && result.error().where.line >= 1 &&
                              result.error().where.column >= 1;
        if (!hasPlace)
            QTest::qFail(qPrintable(wording::line(result.error())), __FILE__, __LINE__);
        return false;
    }

    void setScalars(const Document &document, const Place &place)
    {
        for (const QString &text : awkward()) {
            const Result<Document> result = document.withScalar(place.path, Value::of(text));
            if (!accepted("scalar", result))
                continue;
            const QString path = joined(place.path);
            QCOMPARE(without(flat(*result), path), without(flat(document), path));
            const QString now = flat(*result).value(path);
            QVERIFY2(now.endsWith(u' ' + text) && !now.startsWith(u"null"), qPrintable(now));
            QCOMPARE(comments(*result), comments(document));
            const yaml::Span span = place.node->outer;
            QCOMPARE(result->bytes().first(span.begin), document.bytes().first(span.begin));
            QVERIFY(result->bytes().endsWith(document.bytes().sliced(span.end)));
        }
        const Result<Document> number = document.withScalar(place.path, Value::of(42));
        if (accepted("integer", number)) {
            QVERIFY(flat(*number).value(joined(place.path)).startsWith(u"plain "));
            QVERIFY(flat(*number).value(joined(place.path)).endsWith(u" 42"));
        }
    }

    void addEntries(const Document &document, const Place &place)
    {
        const Value value =
            Value::of({{u"deployment"_s, Value::of({{u"name"_s, Value::of(u"x"_s)}, {u"version"_s, Value::of(3)}})}});
        QStringList behind{QString()};
        for (const yaml::Entry &entry : place.node->entries) {
            if (!entry.key.text.isEmpty())
                behind.append(entry.key.text);
        }
        const QString key = u"added: 1"_s;
        for (const QString &after : std::as_const(behind)) {
            const Result<Document> result = document.withEntry(place.path, key, value, after);
            if (!accepted(place.node->isMapping() ? "add" : "fill", result))
                continue;
            const QStringList path = place.path + QStringList{key};
            Flat expected = flat(document);
            expected.insert(joined(place.path), u"map"_s);
            QCOMPARE(without(flat(*result), joined(path)), expected);
            QCOMPARE(comments(*result), comments(document));
            // Nothing of the file makes way for it, but for the text of a null that becomes a mapping.
            if (place.node->isMapping())
                QVERIFY2(isOnlyLayout(changedPart(document.bytes(), result->bytes())), result->bytes().constData());
            if (!place.node->isMapping() || place.node->entries.isEmpty())
                continue;
            const Result<Document> back = result->withoutEntry(path);
            if (accepted("take back", back))
                QCOMPARE(flat(*back), flat(document));
            if (back && after.isEmpty() && comments(document).isEmpty())
                QCOMPARE(back->bytes(), document.bytes());
        }
    }

    void remove(const Document &document, const Place &place)
    {
        const Result<Document> result = document.withoutEntry(place.path);
        if (!accepted("remove", result) || place.parent->isSequence())
            return;
        QCOMPARE(flat(*result), without(flat(document), joined(place.path)));
        // Only takes away; an emptied mapping is left as {}.
        QVERIFY2(isOnlyLayout(changedPart(result->bytes(), document.bytes())), result->bytes().constData());
        for (const QString &comment : comments(*result))
            QVERIFY(comments(document).contains(comment));
    }

    void rename(const Document &document, const Place &place)
    {
        const Result<Document> result = document.withRenamedKey(place.path, u"renamed"_s);
        if (!accepted("rename", result))
            return;
        const QString before = joined(place.path);
        const QString after = joined(place.path.first(place.path.size() - 1) + QStringList{u"renamed"_s});
        QCOMPARE(without(flat(*result), after), without(flat(document), before));
        QCOMPARE(flat(*result).value(after), flat(document).value(before));
        QCOMPARE(comments(*result), comments(document));
        const yaml::Span span = place.parent->entries[place.index].key.outer;
        QCOMPARE(result->bytes().first(span.begin), document.bytes().first(span.begin));
        QVERIFY(result->bytes().endsWith(document.bytes().sliced(span.end)));
    }

    void move(const Document &document, const Place &place)
    {
        const qsizetype size = place.parent->isMapping() ? place.parent->entries.size() : place.parent->items.size();
        for (const qsizetype index : {qsizetype{0}, size - 1}) {
            const Result<Document> result = document.withMovedEntry(place.path, static_cast<int>(index));
            if (!accepted("move", result))
                continue;
            QCOMPARE(comments(*result), comments(document));
            if (place.parent->isMapping())
                QCOMPARE(flat(*result), flat(document));
            QStringList path = place.path;
            if (place.parent->isSequence())
                path.last() = QString::number(index);
            const Result<Document> back = result->withMovedEntry(path, static_cast<int>(place.index));
            if (accepted("move back", back))
                QCOMPARE(flat(*back), flat(document));
        }
    }

    int m_done = 0;
    int m_refused = 0;
    QMap<QString, int> m_refusedBy;
};

PARALLAX_TEST_MAIN(TestYamlProperties)
#include "tst_yaml_properties.moc"
