// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "support/accessiblewalk.h"
#include "support/testmain.h"
#include "ui/theme/theme.h"
#include "ui/widgets/code/codeview.h"
#include "ui/widgets/code/diffview.h"
#include "ui/widgets/code/sidebysidedocument.h"
#include "ui/widgets/code/syntax.h"

#include <QApplication>
#include <QClipboard>
#include <QElapsedTimer>
#include <QScrollBar>
#include <QSignalSpy>

using namespace Qt::StringLiterals;
using namespace parallax;
using namespace parallax::widgets;

namespace {

DiffDocumentPtr numbered(int rows, const QList<int> &changedRows)
{
    auto document = std::make_shared<DiffDocument>();
    int difference = 0;
    for (int row = 0; row < rows; ++row) {
        const bool isChanged = changedRows.contains(row);
        const DiffKind kind = isChanged ? DiffKind::Changed : DiffKind::Same;
        const int number = isChanged ? difference++ : -1;
        document->left.push_back({kind, row + 1, u"left line %1"_s.arg(row), {{0, 4}}, number});
        document->right.push_back({kind, row + 1, u"right line %1"_s.arg(row), {{0, 5}}, number});
    }
    document->differences = difference;
    return document;
}

QString show(Language language, const QString &line)
{
    static const QHash<Syntax, QString> kLetters{{Syntax::Key, u"k"_s},         {Syntax::String, u"s"_s},
                                                 {Syntax::Number, u"n"_s},      {Syntax::Word, u"w"_s},
                                                 {Syntax::Punctuation, u"p"_s}, {Syntax::Comment, u"c"_s}};
    QStringList parts;
    for (const SyntaxSpan &span : tokenize(language, line))
        parts.append(kLetters.value(span.kind) + u'(' + line.mid(span.start, span.length) + u')');
    return parts.join(u' ');
}

} // namespace

class TestWidgetsCode : public test::TestCase
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

    void linesAreTokenized_data()
    {
        QTest::addColumn<Language>("language");
        QTest::addColumn<QString>("line");
        QTest::addColumn<QString>("expected");
        const auto json = [](const char *name, const QString &line, const QString &expected) {
            QTest::newRow(name) << Language::Json << line << expected;
        };
        json("member", u"  \"price\": 27.5,"_s, u"k(\"price\") p(:) n(27.5)"_s);
        json("string value", u"\"a\" : \"b: c\","_s, u"k(\"a\") p(:) s(\"b: c\")"_s);
        json("escaped quote", u"\"a\\\"b\": null"_s, u"k(\"a\\\"b\") p(:) w(null)"_s);
        json("array", u"[1, -2e3, true, \"x\"]"_s, u"n(1) n(-2e3) w(true) s(\"x\")"_s);
        json("unfinished string", u"\"abc"_s, u"s(\"abc)"_s);
        json("NaN", u"\"x\": NaN"_s, u"k(\"x\") p(:) w(NaN)"_s);
        json("empty", QString(), QString());
        const auto yaml = [](const char *name, const QString &line, const QString &expected) {
            QTest::newRow(name) << Language::Yaml << line << expected;
        };
        yaml("mapping", u"    name: pricing_model_v1"_s, u"k(name) p(:) s(pricing_model_v1)"_s);
        yaml("number", u"version: 9"_s, u"k(version) p(:) n(9)"_s);
        yaml("quoted number", u"version: \"9\""_s, u"k(version) p(:) s(\"9\")"_s);
        yaml("key alone", u"backends:"_s, u"k(backends) p(:)"_s);
        yaml("sequence", u"- a: 1"_s, u"p(-) k(a) p(:) n(1)"_s);
        yaml("scalar item", u"  - main"_s, u"p(-) s(main)"_s);
        yaml("comment", u"a: b # why"_s, u"k(a) p(:) s(b) c(# why)"_s);
        yaml("comment line", u"  # all of it: this"_s, u"c(# all of it: this)"_s);
        yaml("hash inside", u"a: \"b # c\""_s, u"k(a) p(:) s(\"b # c\")"_s);
        yaml("url", u"url: http://127.0.0.1:9001/x"_s, u"k(url) p(:) s(http://127.0.0.1:9001/x)"_s);
        yaml("word", u"a: true"_s, u"k(a) p(:) w(true)"_s);
        yaml("dash alone", u"-"_s, u"p(-)"_s);
        QTest::newRow("plain") << Language::Plain << u"\"a\": 1"_s << QString();
    }
    void linesAreTokenized()
    {
        QFETCH(Language, language);
        QFETCH(QString, line);
        QFETCH(QString, expected);
        QCOMPARE(show(language, line), expected);
    }

    void spansNeverOverlapOrLeaveTheLine()
    {
        const QStringList lines{u"\"\\"_s,        u"\"a\\"_s,      u"-:-:#"_s, u"\'\'\':"_s,
                                u"\"\":\"\":"_s,  u"- - - x: #"_s, u":"_s,     u"{\"a\":{\"b\":[1,2"_s,
                                QString(40, u'"')};
        for (const Language language : {Language::Json, Language::Yaml}) {
            for (const QString &line : lines) {
                qsizetype at = 0;
                for (const SyntaxSpan &span : tokenize(language, line)) {
                    QVERIFY2(span.start >= at && span.length > 0 && span.start + span.length <= line.size(),
                             qPrintable(line));
                    at = span.start + span.length;
                }
            }
        }
    }

    void nextAndPreviousGoFromDifferenceToDifference()
    {
        DiffView view(*m_theme, u"diff"_s, u"Primary response"_s, u"Mirror response"_s);
        view.resize(800, 300);
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view));
        QSignalSpy changed(&view, &DiffView::currentDifferenceChanged);
        view.setDocument(numbered(500, {3, 200, 450}));
        QCOMPARE(view.differenceCount(), 3);
        QCOMPARE(view.currentDifference(), 0);
        QVERIFY(!view.previousDifference());
        QVERIFY(view.nextDifference());
        const auto shows = [&view](int row) {
            const int line = view.right()->lineHeight();
            const int top = view.right()->verticalScrollBar()->value();
            return row * line >= top - line && (row + 1) * line <= top + view.right()->viewport()->height() + line;
        };
        QVERIFY(shows(200));
        QCOMPARE(view.left()->verticalScrollBar()->value(), view.right()->verticalScrollBar()->value());
        QVERIFY(view.nextDifference());
        QVERIFY(shows(450));
        QVERIFY(!view.nextDifference());
        QCOMPARE(view.currentDifference(), 2);
        QCOMPARE(changed.size(), 3);
        view.setDocument(nullptr);
        QCOMPARE(view.differenceCount(), 0);
        QVERIFY(!view.nextDifference());
        QCOMPARE(view.currentDifference(), -1);
    }

    void bothPanesAreReadByTheirNames()
    {
        DiffView view(*m_theme, u"diff"_s, u"Primary response"_s, u"Mirror response"_s);
        auto document = std::make_shared<DiffDocument>();
        document->left = {
            {DiffKind::Same, 1, u"{"_s, {}, -1}, {DiffKind::Void, 0, {}, {}, 0}, {DiffKind::Same, 2, u"}"_s, {}, -1}};
        document->right = {{DiffKind::Same, 1, u"{"_s, {}, -1},
                           {DiffKind::OnlyHere, 2, u"  \"a\": 1"_s, {}, 0},
                           {DiffKind::Same, 3, u"}"_s, {}, -1}};
        document->differences = 1;
        view.setDocument(document);
        QAccessibleInterface *left = QAccessible::queryAccessibleInterface(view.left());
        QAccessibleInterface *right = QAccessible::queryAccessibleInterface(view.right());
        QCOMPARE(left->text(QAccessible::Name), u"Primary response"_s);
        QCOMPARE(left->textInterface()->text(0, left->textInterface()->characterCount()), u"{\n}\n"_s);
        QCOMPARE(right->textInterface()->text(0, 100), u"{\n  \"a\": 1\n}\n"_s);
        QVERIFY(right->state().readOnly);
        QCOMPARE(right->role(), QAccessible::EditableText);
        view.show();
        QVERIFY(test::accessibilityFaults(&view).isEmpty());
    }

    void textIsFoundSelectedAndCopied()
    {
        DiffView view(*m_theme, u"diff"_s, u"Primary response"_s, u"Mirror response"_s);
        view.resize(800, 200);
        view.show();
        view.setDocument(numbered(100, {1}));
        // Row by row, the left side first, and around the end.
        FindAnswer found = view.find({u"LINE 42"_s}, FindStep::Here);
        QCOMPARE(found.count, 2);
        QCOMPARE(found.place, 0);
        QVERIFY(!found.hasWrapped);
        QCOMPARE(view.left()->selectedText(), u"line 42"_s);
        QVERIFY(view.right()->verticalScrollBar()->value() > 0);
        QCOMPARE(view.find({u"LINE 42"_s}, FindStep::Next).place, 1);
        QCOMPARE(view.right()->selectedText(), u"line 42"_s);
        QCOMPARE(view.left()->selectedText(), QString());
        found = view.find({u"LINE 42"_s}, FindStep::Next);
        QCOMPARE(found.place, 0);
        QVERIFY(found.hasWrapped);
        QVERIFY(view.find({u"LINE 42"_s}, FindStep::Previous).hasWrapped);
        QCOMPARE(view.find({u"LINE 42"_s, true}, FindStep::Next).count, 0);
        QCOMPARE(view.find({u"left line 7"_s}, FindStep::Next).count, 11); // 7 and 70 to 79
        QVERIFY(view.left()->selectedText().startsWith(u"left line 7"_s));
        QCOMPARE(view.find({u"nowhere"_s}, FindStep::Next).count, 0);
        QCOMPARE(view.find({}, FindStep::Count).count, 0);
        view.right()->selectAll();
        QTest::keyClick(view.right(), Qt::Key_C, Qt::ControlModifier);
        const QString copied = QGuiApplication::clipboard()->text();
        QVERIFY(copied.startsWith(u"right line 0\nright line 1"));
        QCOMPARE(copied.count(u'\n'), 99);
    }

    void wrappingKeepsTheSidesLevel()
    {
        DiffView view(*m_theme, u"diff"_s, u"Primary response"_s, u"Mirror response"_s);
        view.resize(600, 300);
        view.show();
        auto document = std::make_shared<DiffDocument>();
        document->left = {{DiffKind::Same, 1, QString(400, u'x'), {}, -1}, {DiffKind::Same, 2, u"end"_s, {}, -1}};
        document->right = {{DiffKind::Same, 1, u"short"_s, {}, -1}, {DiffKind::Same, 2, u"end"_s, {}, -1}};
        view.setDocument(document);
        QVERIFY(view.left()->horizontalScrollBar()->maximum() > 0);
        view.setWrapped(true);
        QCOMPARE(view.left()->horizontalScrollBar()->maximum(), 0);
        const int lines = view.left()->wrappedLines(0);
        QVERIFY(lines > 5);
        const int line = view.left()->lineHeight();
        QCOMPARE(view.right()->rowAt(lines * line), 0);
        QCOMPARE(view.right()->rowAt(lines * line + line), 1);
    }

    void hugeDocumentsPaintAtOnce()
    {
        DiffView view(*m_theme, u"diff"_s, u"Primary response"_s, u"Mirror response"_s);
        view.resize(900, 600);
        view.show();
        QVERIFY(QTest::qWaitForWindowExposed(&view));
        auto document = std::make_shared<DiffDocument>(*numbered(200'000, {5, 100'000}));
        document->left[10].text = QString(5'000'000, u'a');
        document->left[10].changed = {{4'000'000, 30}};
        QElapsedTimer timer;
        timer.start();
        view.setDocument(document);
        view.setCurrentDifference(1);
        view.grab();
        view.left()->verticalScrollBar()->setValue(0);
        view.left()->horizontalScrollBar()->setValue(20'000'000);
        view.grab();
        QVERIFY2(timer.elapsed() < 2000, qPrintable(QString::number(timer.elapsed())));
    }

    void sideBySideOfCompareIsShown()
    {
        compare::SideBySide sides;
        using Kind = compare::SideLine::Kind;
        const auto line = [](Kind kind, int number, const QString &text) {
            compare::SideLine made;
            made.kind = kind;
            made.number = number;
            made.text = text;
            return made;
        };
        sides.left = {line(Kind::Same, 1, u"{"_s), line(Kind::Changed, 2, u"\"a\": 1"_s), line(Kind::Void, 0, {}),
                      line(Kind::Hidden, 3, u"\"id\": 1"_s), line(Kind::Changed, 4, u"\"t\": 1"_s)};
        sides.right = {line(Kind::Same, 1, u"{"_s), line(Kind::Changed, 2, u"\"a\": 2"_s),
                       line(Kind::Only, 3, u"\"b\": 2"_s), line(Kind::Hidden, 4, u"\"id\": 2"_s),
                       line(Kind::Changed, 5, u"\"t\": \"1\""_s)};
        sides.left[1].spans = {{5, 6}};
        sides.left[1].tokens = {{compare::LineToken::Kind::Key, {0, 3}}};
        sides.left[4].difference = sides.right[4].difference = compare::DifferenceKind::Type;
        sides.differences = {1, 4};
        const DiffDocumentPtr document = diffDocument(sides);
        QCOMPARE(document->rows(), 5);
        QCOMPARE(document->language, Language::Json);
        QCOMPARE(document->left[1].changed, (QList<DiffSpan>{{5, 1}}));
        QCOMPARE(document->right[2].difference, 0);
        QCOMPARE(document->right[3].difference, -1);
        QCOMPARE(document->left[4].kind, DiffKind::Type);
        QCOMPARE(document->firstRows(), (std::vector<int>{1, 4}));
        for (const DiffKind kind :
             {DiffKind::Changed, DiffKind::OnlyHere, DiffKind::Moved, DiffKind::Type, DiffKind::Hidden})
            QCOMPARE(diffSign(kind, DiffSide::Right).size(), 1);
        QCOMPARE(diffSign(DiffKind::OnlyHere, DiffSide::Left), u"\u2212"_s);
    }

    void codeKeepsEveryByte_data()
    {
        QTest::addColumn<QString>("text");
        QTest::newRow("plain") << u"a: 1\nb: 2\n"_s;
        QTest::newRow("crlf") << u"a: 1\r\nb: 2\r\n"_s;
        QTest::newRow("no final line end") << u"a: 1"_s;
        QTest::newRow("umlauts and beyond") << u"name: \u00fcber \U0001F600 \u0645\u0631\u062d\u0628\u0627\n"_s;
        QTest::newRow("empty") << QString();
    }
    void codeKeepsEveryByte()
    {
        QFETCH(QString, text);
        const std::unique_ptr<CodeView> code(makeCodeView(*m_theme, u"yaml"_s, u"YAML"_s));
        QSignalSpy edited(code.get(), &CodeView::edited);
        code->setLanguage(Language::Yaml);
        code->setText(u"before: \u00e4\n"_s);
        code->setText(text);
        QCOMPARE(code->text(), text);
        code->show();
        code->grab();
        QCOMPARE(code->text(), text);
        QCOMPARE(edited.size(), 0);
    }

    void settingATextKeepsTheCursorWhereNothingChanged()
    {
        const std::unique_ptr<CodeView> code(makeCodeView(*m_theme, u"yaml"_s, u"YAML"_s));
        code->setText(u"a: 1\nb: 2\nc: 3\n"_s);
        code->goTo(2, 1);
        code->setText(u"a: 1\nnew: 9\nb: 2\nc: 3\n"_s);
        QCOMPARE(code->currentLine(), 3);
    }

    void typingIsToldAndUndoIsLeftToTheOwner()
    {
        const std::unique_ptr<CodeView> code(makeCodeView(*m_theme, u"yaml"_s, u"YAML"_s));
        code->setText(u"a: 1\n"_s);
        code->show();
        QVERIFY(QTest::qWaitForWindowExposed(code.get()));
        QSignalSpy edited(code.get(), &CodeView::edited);
        QWidget *text = code->focusProxy();
        text->setFocus();
        QTest::keyClicks(text, u"x"_s);
        QCOMPARE(edited.size(), 1);
        QCOMPARE(code->text(), u"xa: 1\n"_s);
        QTest::keyClick(text, Qt::Key_Z, Qt::ControlModifier);
        QTest::keyClick(text, Qt::Key_D, Qt::ControlModifier);
        QTest::keyClick(text, Qt::Key_L, Qt::ControlModifier);
        QCOMPARE(code->text(), u"xa: 1\n"_s);
        code->setReadOnly(true);
        QTest::keyClicks(text, u"y"_s);
        QCOMPARE(code->text(), u"xa: 1\n"_s);
        QCOMPARE(test::accessibleName(text), u"YAML"_s);
    }

    void diffAndProblemsMayNameLinesThatAreNotThere()
    {
        const std::unique_ptr<CodeView> code(makeCodeView(*m_theme, u"yaml"_s, u"YAML"_s));
        code->setText(u"a: 1\nb: 2\n"_s);
        code->setDiff({{1, 0, 2, 3, 4}, {{-1, {u"gone: 1"_s}}, {0, {u"gone: 2"_s, u"gone: 3"_s}}, {99, {u"far"_s}}}});
        code->setProblems(
            {{1, 0, 1, 400, true, u"wrong"_s}, {77, 0, 80, 0, false, u"far"_s}, {-1, 0, 0, 0, true, u"before"_s}});
        code->resize(400, 200);
        code->show();
        QVERIFY(!code->grab().isNull());
        QCOMPARE(code->text(), u"a: 1\nb: 2\n"_s); // what is gone is shown and not there
        code->clearDiff();
        m_theme->setMode(theme::Theme::Mode::Dark);
        QVERIFY(!code->grab().isNull());
        m_theme->setMode(theme::Theme::Mode::Light);
    }

    void addedLinesAreTinted()
    {
        const std::unique_ptr<CodeView> code(makeCodeView(*m_theme, u"yaml"_s, u"YAML"_s));
        code->setText(u"a: 1\nb: 2\n"_s);
        code->resize(400, 120);
        code->show();
        QVERIFY(QTest::qWaitForWindowExposed(code.get()));
        const auto hasTint = [&] {
            const QImage picture = code->grab().toImage();
            for (int y = 0; y < picture.height(); ++y) {
                if (picture.pixelColor(picture.width() - 20, y).rgb() == m_theme->color(theme::Role::DiffRight).rgb())
                    return true;
            }
            return false;
        };
        QVERIFY(!hasTint());
        code->setDiff({{1, 0, 2}, {}});
        QVERIFY(hasTint());
        code->clearDiff();
        QVERIFY(!hasTint());
    }

    void longLinesAreShownBrokenAndKeptWhole()
    {
        const std::unique_ptr<CodeView> code(makeCodeView(*m_theme, u"body"_s, u"Request"_s));
        code->setReadOnly(true);
        code->setLanguage(Language::Json);
        const QString text = u"{\"data\": \""_s + QString(5'000'000, u'x') + u"\"}"_s;
        QElapsedTimer timer;
        timer.start();
        code->setText(text);
        code->resize(600, 400);
        code->show();
        code->grab();
        QVERIFY2(timer.elapsed() < 3000, qPrintable(QString::number(timer.elapsed())));
        QCOMPARE(code->text(), text);
    }
};

PARALLAX_TEST_MAIN(TestWidgetsCode)
#include "tst_widgets_code.moc"
