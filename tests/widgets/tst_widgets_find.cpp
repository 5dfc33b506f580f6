// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Looking for something in a pane of text, with the keys a user has.
#include "resources/resources.h"
#include "support/accessiblewalk.h"
#include "support/testmain.h"
#include "ui/commands/catalogue.h"
#include "ui/commands/commandregistry.h"
#include "ui/shell/findcommands.h"
#include "ui/theme/controls.h"
#include "ui/theme/theme.h"
#include "ui/widgets/code/codeview.h"
#include "ui/widgets/code/diffview.h"
#include "ui/widgets/filterfield.h"

#include <QDialog>
#include <QLabel>
#include <QMenuBar>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;
using namespace parallax;
using namespace parallax::widgets;
namespace ids = parallax::commands::ids;

namespace {

DiffDocumentPtr sides(int rows)
{
    auto document = std::make_shared<DiffDocument>();
    for (int row = 0; row < rows; ++row) {
        document->left.push_back({DiffKind::Same, row + 1, u"price %1"_s.arg(row), {}, -1});
        document->right.push_back({DiffKind::Same, row + 1, u"price %1"_s.arg(row), {}, -1});
    }
    return document;
}

/// A window with the commands and two panes of text, as the Edit mode has them.
struct Window
{
    Window()
        : registry(theme)
    {
        registry.addAll(commands::catalogue());
        auto *column = new QVBoxLayout(&widget);
        auto *bar = new QMenuBar;
        registry.buildMenus(*bar);
        column->setMenuBar(bar);
        yaml = makeCodeView(theme, u"yamlText"_s, u"YAML"_s);
        other = makeCodeView(theme, u"otherText"_s, u"Other"_s);
        column->addWidget(yaml);
        column->addWidget(other);
        shell::bindFindCommands(registry, widget);
        widget.resize(500, 400);
        widget.show();
        widget.activateWindow();
    }
    [[nodiscard]] bool isReady() { return QTest::qWaitForWindowActive(&widget); }
    template<class Widget>
    [[nodiscard]] Widget *find(const QString &name) const
    {
        return widget.findChild<Widget *>(name);
    }
    [[nodiscard]] QString said(const QString &pane = u"yamlText"_s) const
    {
        const auto *label = find<QLabel>(pane + u"FindResult"_s);
        return label == nullptr ? QString() : label->text();
    }

    theme::Theme theme{theme::Theme::Mode::Light};
    commands::CommandRegistry registry;
    QWidget widget;
    CodeView *yaml = nullptr;
    CodeView *other = nullptr;
};

constexpr auto kYaml = "backends:\n  alias:\n    deployment: pricing\nmirrors:\n  one:\n    deployment: Pricing\n";

} // namespace

class TestWidgetsFind : public test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { resources::initialise(); }

    void keysAlone()
    {
        Window window;
        QVERIFY(window.isReady());
        window.registry.refreshNow();
        QVERIFY(!window.registry.availability(ids::kFind).isEnabled);
        QVERIFY(!window.registry.availability(ids::kFind).reason.isEmpty());
        window.yaml->setText(QString::fromLatin1(kYaml));
        window.other->setText(u"nothing of the kind"_s);
        window.registry.refreshNow();
        QVERIFY(window.registry.availability(ids::kFind).isEnabled);

        window.yaml->setFocus();
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_F, Qt::ControlModifier);
        auto *field = window.find<FilterField>(u"yamlTextFindField"_s);
        QVERIFY(field != nullptr);
        QTRY_VERIFY(field->hasFocus());
        QCOMPARE(test::accessibilityFaults(&window.widget), QStringList());
        QTest::keyClicks(field, u"PRICING"_s);
        QTRY_COMPARE(window.said(), u"1 of 2"_s);
        QCOMPARE(window.yaml->selectedText(), u"pricing"_s);
        QTest::keyClick(field, Qt::Key_Return);
        QCOMPARE(window.said(), u"2 of 2"_s);
        QCOMPARE(window.yaml->selectedText(), u"Pricing"_s);
        QTest::keyClick(field, Qt::Key_Return);
        QCOMPARE(window.said(), u"1 of 2, past the end"_s);
        QTest::keyClick(field, Qt::Key_Return, Qt::ShiftModifier);
        QCOMPARE(window.said(), u"2 of 2, past the end"_s);
        QTest::keyClick(field, Qt::Key_F3, Qt::ShiftModifier);
        QCOMPARE(window.said(), u"1 of 2"_s);
        QTest::keyClick(field, Qt::Key_F3);
        QCOMPARE(window.said(), u"2 of 2"_s);
        // It is in the text: F3 goes on there too.
        window.yaml->setFocus();
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_F3);
        QCOMPARE(window.said(), u"1 of 2, past the end"_s);
        QTest::keyClick(QApplication::focusWidget(), Qt::Key_Escape);
        QVERIFY(!field->isVisible());
        QCOMPARE(window.yaml->text(), QString::fromLatin1(kYaml));
        QCOMPARE(test::accessibilityFaults(&window.widget), QStringList());
    }

    void whatIsNotThereIsSaid()
    {
        Window window;
        QVERIFY(window.isReady());
        window.yaml->setText(QString::fromLatin1(kYaml));
        window.yaml->setFocus();
        window.registry.refreshNow();
        QVERIFY(window.registry.run(ids::kFind));
        auto *field = window.find<FilterField>(u"yamlTextFindField"_s);
        field->setText(u"nowhere"_s);
        QTRY_COMPARE(window.said(), u"Not found"_s);
        QVERIFY(theme::isInvalid(field));
        const auto *label = window.find<QLabel>(u"yamlTextFindResult"_s);
        QCOMPARE(label->accessibleName(), u"Not found"_s);
        QVERIFY(!window.find<QToolButton>(u"yamlTextFindNext"_s)->isEnabled());
        // The case counts when it is asked for.
        field->setText(u"Pricing"_s);
        QTRY_COMPARE(window.said(), u"1 of 2"_s);
        QVERIFY(!theme::isInvalid(field));
        QTest::mouseClick(window.find<QToolButton>(u"yamlTextFindCase"_s), Qt::LeftButton);
        QCOMPARE(window.said(), u"1 of 1"_s);
        QCOMPARE(window.yaml->selectedText(), u"Pricing"_s);
        // Another text below it is counted at once.
        window.yaml->setText(u"Pricing Pricing Pricing\n"_s);
        QVERIFY(window.said().contains(u'3'));
        QTest::mouseClick(window.find<QToolButton>(u"yamlTextFindClose"_s), Qt::LeftButton);
        QVERIFY(!field->isVisible());
        QVERIFY(window.yaml->isAncestorOf(QApplication::focusWidget()));
    }

    void thePaneWithTheFocusIsSearched()
    {
        Window window;
        QVERIFY(window.isReady());
        window.yaml->setText(u"one\n"_s);
        window.other->setText(u"two\n"_s);
        window.other->setFocus();
        window.registry.refreshNow();
        QVERIFY(window.registry.run(ids::kFind));
        QVERIFY(window.find<FilterField>(u"otherTextFindField"_s) != nullptr);
        QVERIFY(window.find<FilterField>(u"yamlTextFindField"_s) == nullptr);
        window.other->hide();
        window.registry.refreshNow();
        QVERIFY(window.registry.run(ids::kFindNext));
        QVERIFY(window.find<FilterField>(u"yamlTextFindField"_s) != nullptr);
    }

    void aSelectionIsWhatIsLookedFor()
    {
        Window window;
        QVERIFY(window.isReady());
        window.yaml->setText(QString::fromLatin1(kYaml));
        window.yaml->setFocus();
        QCOMPARE(window.yaml->find({u"mirrors"_s}, FindStep::Here).count, 1);
        window.registry.refreshNow();
        QVERIFY(window.registry.run(ids::kFind));
        QCOMPARE(window.find<FilterField>(u"yamlTextFindField"_s)->text(), u"mirrors"_s);
        QCOMPARE(window.said(), u"1 of 1"_s);
    }

    // There no command of the window reaches; and Esc must not close the dialog.
    void inADialog()
    {
        theme::Theme theme{theme::Theme::Mode::Dark};
        QDialog dialog;
        auto *column = new QVBoxLayout(&dialog);
        auto *view = new DiffView(theme, u"diff"_s, u"Left"_s, u"Right"_s);
        column->addWidget(view);
        view->setDocument(sides(60));
        dialog.resize(700, 300);
        dialog.open();
        QVERIFY(QTest::qWaitForWindowActive(&dialog));
        view->left()->setFocus();
        const int before = view->right()->height();
        QTest::keyClick(view->left(), Qt::Key_F, Qt::ControlModifier);
        auto *field = dialog.findChild<FilterField *>(u"diffFindField"_s);
        QVERIFY(field != nullptr);
        QTRY_VERIFY(field->hasFocus());
        QVERIFY(view->right()->height() < before);
        QCOMPARE(test::accessibilityFaults(&dialog), QStringList());
        QTest::keyClicks(field, u"price 5"_s);
        const auto *said = dialog.findChild<QLabel *>(u"diffFindResult"_s);
        QTRY_COMPARE(said->text(), u"1 of 22"_s); // 5 and 50 to 59, on both sides
        QCOMPARE(view->left()->selectedText(), u"price 5"_s);
        QTest::keyClick(field, Qt::Key_Return);
        QCOMPARE(view->right()->selectedText(), u"price 5"_s);
        QTest::keyClick(field, Qt::Key_Escape);
        QVERIFY(dialog.isVisible());
        QVERIFY(!field->isVisible());
        QVERIFY(view->left()->hasFocus());
        QCOMPARE(view->right()->height(), before);
    }

    void moreThanIsCountedIsSaid()
    {
        Window window;
        QVERIFY(window.isReady());
        window.yaml->setText(u"aaaa\n"_s.repeated(5'000));
        const FindAnswer answer = window.yaml->find({u"a"_s}, FindStep::Here);
        QCOMPARE(answer.count, static_cast<int>(kMostFound));
        QVERIFY(answer.isMore);
    }
};

PARALLAX_TEST_MAIN(TestWidgetsFind)
#include "tst_widgets_find.moc"
