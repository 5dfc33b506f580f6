// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The form and the YAML beside it: switching the type asks, rows move, problems stand at their place with a way to mend
// them, what only the local router honours stands apart, and the text completes, folds and explains itself.
#include "base/files.h"
#include "endpoints/errors.h"
#include "resources/resources.h"
#include "support/testmain.h"
#include "ui/commands/catalogue.h"
#include "ui/commands/commandregistry.h"
#include "ui/edit/branchdialog.h"
#include "ui/edit/deploymentpicker.h"
#include "ui/edit/editpage.h"
#include "ui/edit/editpresenter.h"
#include "ui/edit/keepdialog.h"
#include "ui/edit/problemlist.h"
#include "ui/edit/rowproblems.h"
#include "ui/edit/sidefiledialog.h"
#include "ui/edit/yamlhelp.h"
#include "ui/edit/yamlpane.h"
#include "ui/theme/theme.h"
#include "ui/widgets/code/codeview.h"
#include "ui/widgets/segmentedcontrol.h"

#include <QAbstractItemModelTester>
#include <QLabel>
#include <QListView>
#include <QMimeData>
#include <QPushButton>
#include <QSignalSpy>
#include <QTableView>

using namespace Qt::StringLiterals;
using namespace parallax;

namespace {

const QByteArray kSplit =
    "# Who answers\nbackends:\n  control:\n    deployment:\n      branch: main\n      name: price\n"
    "      version: latest\n    weight: 1\n  experiment:\n    deployment:\n      branch: main\n"
    "      name: price\n      version: latest\n    weight: 2\nschemaVersion: 1\n";
const QByteArray kBroken = "backends:\n  alias:\n    deployment:\n      branch: main\n      name: nobody\n"
                           "      version: latest\nmirrors:\n  alias:\n    deployment:\n      branch: main\n"
                           "      name: price\n      version: latest\nsticky: true\n";

} // namespace

class TestUiEditForm : public test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { resources::initialise(); }

    void init()
    {
        TestCase::init();
        m_folder = test::freshFolder(u"form"_s);
        write(u"endpoints/split.yaml"_s, kSplit);
        write(u"endpoints/broken.yaml"_s, kBroken);
        for (const QString &name : {u"price"_s, u"churn"_s})
            write(u"deployments/%1/metadata.yaml"_s.arg(name), "owner: x\nruntimeInfo:\n  mainFunction: predict\n  "
                                                               "mainFunctionArgs:\n    - a:int\nschemaVersion: 2\n");
        write(u".parallax/endpoints/split.yaml"_s,
              "schemaVersion: 1\nassignment: {suppliedKey: user_id}\nroute: {prefix: /v2, methods: [POST]}\n"
              "static: {control: {data: 0}}\n");
        const Result<repository::Repository> repository = repository::Repository::discover(m_folder);
        VERIFY_OK(repository);
        m_presenter = std::make_unique<ui::EditPresenter>(*repository);
        QSignalSpy loaded(m_presenter.get(), &ui::EditPresenter::loaded);
        m_presenter->reload();
        QVERIFY(loaded.wait(20'000));
        m_theme = std::make_unique<theme::Theme>(theme::Theme::Mode::Light);
        m_registry = std::make_unique<commands::CommandRegistry>(*m_theme);
        m_registry->addAll(commands::catalogue());
        m_page = std::make_unique<ui::EditPage>(*m_theme, *m_registry, *m_presenter);
        m_page->resize(1376, 800);
        m_page->show();
        m_page->selectEndpoint(u"split"_s);
        m_registry->refreshNow();
    }

    void cleanup()
    {
        m_page.reset();
        m_registry.reset();
        m_presenter.reset();
    }

    void becomingAnAliasAsksWhatToKeep()
    {
        auto *type = m_page->findChild<widgets::SegmentedControl *>(u"endpointType"_s);
        QCOMPARE(type->current(), 1);
        type->setCurrent(0);
        Q_EMIT type->chosen(0);
        auto *dialog = m_page->findChild<ui::KeepDialog *>();
        QVERIFY(dialog != nullptr);
        QCOMPARE(type->current(), 1); // nothing happened yet
        QCOMPARE(m_presenter->file(u"split"_s)->bytes(), kSplit);
        auto *list = dialog->findChild<QListView *>(u"keepBackends"_s);
        QCOMPARE(list->model()->rowCount(), 2);
        QCOMPARE(list->currentIndex().row(), 1); // the heavier one
        list->setCurrentIndex(list->model()->index(0, 0));
        dialog->findChild<QPushButton *>(u"keepChosen"_s)->click();
        QCOMPARE(type->current(), 0);
        QCOMPARE(m_presenter->file(u"split"_s)->partial().backends.size(), 1);
        QCOMPARE(m_presenter->file(u"split"_s)->partial().backends.first().label, u"control"_s);
        m_presenter->undo(u"split"_s);
        QCOMPARE(m_presenter->file(u"split"_s)->bytes(), kSplit);
    }

    void becomingASplitAsksForTheSecondBackend()
    {
        QVERIFY(m_presenter->apply(u"split"_s, endpoints::KeepOnlyBackend{u"control"_s}, {}));
        auto *type = m_page->findChild<widgets::SegmentedControl *>(u"endpointType"_s);
        type->setCurrent(1);
        Q_EMIT type->chosen(1);
        auto *picker = m_page->findChild<ui::DeploymentPicker *>();
        QVERIFY(picker != nullptr);
        QCOMPARE(type->current(), 0);
        QTest::keyClick(picker->findChild<QWidget *>(u"pickerSearch"_s), Qt::Key_Return);
        QCOMPARE(type->current(), 1);
        QCOMPARE(m_presenter->file(u"split"_s)->partial().backends.size(), 2);
    }

    void sharesAreInPercentWithTheWeight()
    {
        const auto *table = m_page->findChild<QTableView *>(u"backendTable"_s);
        const auto share = [table](int row) {
            return table->model()->index(row, ui::TargetsModel::WeightColumn).data().toString();
        };
        QCOMPARE(share(0), u"1 (33.3%)"_s);
        QCOMPARE(share(1), u"2 (66.7%)"_s);
        QCOMPARE(ui::shareText(1, 4), u"1 (25%)"_s);
        QCOMPARE(ui::shareText(0, 0), u"0 (never)"_s);
    }

    void rowsMoveByKeyboardAndByDragging()
    {
        auto *table = m_page->findChild<QTableView *>(u"backendTable"_s);
        const QAbstractItemModelTester tester(table->model(), QAbstractItemModelTester::FailureReportingMode::Fatal);
        m_page->activateWindow();
        table->setFocus();
        QTRY_VERIFY(table->hasFocus());
        table->setCurrentIndex(table->model()->index(0, 0));
        m_registry->refreshNow();
        QVERIFY(!m_registry->availability(commands::ids::kMoveUp).isEnabled);
        QTest::keyClick(table, Qt::Key_Down, Qt::AltModifier);
        QCOMPARE(labels(), (QStringList{u"experiment"_s, u"control"_s}));
        QCOMPARE(table->currentIndex().row(), 1);
        m_registry->refreshNow();
        QTest::keyClick(table, Qt::Key_Up, Qt::AltModifier);
        QCOMPARE(m_presenter->file(u"split"_s)->bytes(), kSplit);

        QAbstractItemModel *model = table->model();
        const std::unique_ptr<QMimeData> dragged(model->mimeData({model->index(1, 0)}));
        QVERIFY(!model->dropMimeData(dragged.get(), Qt::MoveAction, 0, 0, {})); // the view removes nothing itself
        QCOMPARE(labels(), (QStringList{u"experiment"_s, u"control"_s}));
        const std::unique_ptr<QMimeData> back(model->mimeData({model->index(0, 0)}));
        model->dropMimeData(back.get(), Qt::MoveAction, -1, -1, {}); // below the last
        QCOMPARE(labels(), (QStringList{u"control"_s, u"experiment"_s}));
        QCOMPARE(m_presenter->file(u"split"_s)->bytes(), kSplit);
        auto *mirrors = m_page->findChild<QTableView *>(u"mirrorTable"_s);
        QVERIFY(!mirrors->model()->canDropMimeData(back.get(), Qt::MoveAction, 0, 0, {}));
    }

    void problemsStandAtTheirRowAndAreMended()
    {
        m_page->selectEndpoint(u"broken"_s);
        const auto *backends = m_page->findChild<QTableView *>(u"backendTable"_s);
        auto *pane = m_page->findChild<ui::YamlPane *>();
        QSignalSpy fixes(&pane->problems(), &ui::ProblemList::fixWanted);
        const auto button = [pane](const QString &name) -> QPushButton * {
            for (QPushButton *one : pane->problems().findChildren<QPushButton *>()) {
                if (one->accessibleName() == name && one->isVisibleTo(pane))
                    return one;
            }
            return nullptr;
        };
        QTRY_VERIFY(button(u"Add schemaVersion: 1"_s) != nullptr);
        button(u"Add schemaVersion: 1"_s)->click();
        QCOMPARE(m_presenter->file(u"broken"_s)->bytes(), kBroken + "schemaVersion: 1\n");
        QVERIFY(backends->model()->index(0, 1).data(Qt::ToolTipRole).toString().contains(u"nobody"_s));
        QTRY_VERIFY(button(u"Call the mirror mirror_1"_s) != nullptr);
        button(u"Call the mirror mirror_1"_s)->click();
        QCOMPARE(m_presenter->file(u"broken"_s)->partial().mirrors.first().name, u"mirror_1"_s);
        QTRY_VERIFY(button(u"Pick deployment for alias"_s) != nullptr);
        button(u"Pick deployment for alias"_s)->click();
        QVERIFY(m_page->findChild<ui::DeploymentPicker *>() != nullptr);
        QCOMPARE(fixes.size(), 3);
        while (m_presenter->canUndo(u"broken"_s))
            m_presenter->undo(u"broken"_s);
        QCOMPARE(m_presenter->file(u"broken"_s)->bytes(), kBroken);
    }

    void aFindingKnowsItsRow()
    {
        const endpoints::Endpoint endpoint = m_presenter->file(u"broken"_s)->partial();
        Error error{endpoints::kVersionAboveNewest, {{u"name"_s, u"price"_s}, {u"version"_s, u"latest"_s}}, {}, {}};
        QCOMPARE(ui::rowsOf(error, endpoint), QStringList{u"alias"_s});
        QCOMPARE(ui::partOf(error), ui::RowPart::Version);
        error = {endpoints::kBranchMissing, {{u"key"_s, u"backends.alias.deployment"_s}}, {}, {}};
        QCOMPARE(ui::rowsOf(error, endpoint), QStringList{u"alias"_s});
        QCOMPARE(ui::rowsOf({endpoints::kEmpty, {}, {}, {}}, endpoint), QStringList());
    }

    void whatIsLocalAndWhatIsUnknownStandsApart()
    {
        const auto texts = [this] {
            QStringList all;
            const QWidget *section = m_page->findChild<QWidget *>(u"localSection"_s);
            for (const QLabel *label : section->findChildren<QLabel *>()) {
                if (label->isVisibleTo(section))
                    all += label->text();
            }
            return all;
        };
        QVERIFY(texts().contains(u"The same backend for the same user_id"_s));
        QVERIFY(texts().contains(u"Below /v2, POST"_s));
        QVERIFY(texts().contains(u"control: {\"data\":0}"_s));
        QVERIFY(!texts().contains(u"Unknown settings"_s));
        m_page->selectEndpoint(u"broken"_s);
        QTRY_VERIFY(texts().contains(u"Unknown settings"_s));
        QVERIFY(texts().contains(u"sticky"_s));
        auto *go = m_page->findChild<QPushButton *>(u"unknownSetting1"_s);
        go->click();
        QCOMPARE(m_page->findChild<widgets::CodeView *>(u"yamlViewTextView"_s)->currentLine(), 12);
    }

    void localSettingsAreEditedAsTextAndChecked()
    {
        QVERIFY(m_registry->run(commands::ids::kEditLocal));
        auto *dialog = m_page->findChild<ui::SideFileDialog *>();
        QVERIFY(dialog != nullptr);
        auto *save = dialog->findChild<QPushButton *>(u"sideFileSave"_s);
        auto *text = dialog->findChild<widgets::CodeView *>(u"sideFileTextView"_s);
        QTRY_VERIFY(text->text().contains(u"user_id"_s));
        QVERIFY(!save->isEnabled());
        text->setText(u"schemaVersion: 1\nroute: {prefix: nowhere}\n"_s);
        Q_EMIT text->edited();
        QVERIFY(!save->isEnabled());
        text->setText(u"schemaVersion: 1\nassignment: {suppliedKey: region}\n"_s);
        Q_EMIT text->edited();
        QVERIFY(save->isEnabled());
        save->click();
        QTRY_COMPARE(m_presenter->workspace()->local.value(u"split"_s).suppliedKey, u"region"_s);
        QCOMPARE(base::readFile(m_folder + u"/.parallax/endpoints/split.yaml"_s, 1'000).value_or(QByteArray()),
                 QByteArray("schemaVersion: 1\nassignment: {suppliedKey: region}\n"));
    }

    void targetsChangedMeanwhileAreNotOverwritten()
    {
        QVERIFY(m_registry->run(commands::ids::kEditTargets));
        auto *dialog = m_page->findChild<ui::SideFileDialog *>();
        auto *save = dialog->findChild<QPushButton *>(u"sideFileSave"_s);
        QTRY_VERIFY(save->isEnabled()); // there is no such file: the proposal can be saved
        write(u".parallax/targets.yaml"_s, "schemaVersion: 1\ntargets: []\n");
        save->click();
        QTRY_VERIFY(dialog->findChild<QWidget *>(u"sideFileBar"_s)->isVisible());
        QVERIFY(dialog->isVisible());
        QCOMPARE(base::readFile(m_folder + u"/.parallax/targets.yaml"_s, 1'000).value_or(QByteArray()),
                 QByteArray("schemaVersion: 1\ntargets: []\n"));
    }

    void aSideFileKeepsItsBytes()
    {
        const QByteArray latin = "schemaVersion: 1 # f\xFCr\ntargets: []\n";
        write(u".parallax/targets.yaml"_s, latin);
        QVERIFY(m_registry->run(commands::ids::kEditTargets));
        QPointer<ui::SideFileDialog> dialog = m_page->findChild<ui::SideFileDialog *>();
        QTRY_VERIFY(dialog->findChild<QWidget *>(u"sideFileBar"_s)->isVisible());
        auto *text = dialog->findChild<widgets::CodeView *>(u"sideFileTextView"_s);
        Q_EMIT text->edited();
        QVERIFY(!dialog->findChild<QPushButton *>(u"sideFileSave"_s)->isEnabled());
        dialog->reject();
        QTRY_VERIFY(!dialog);
        const QByteArray mark = "\xEF\xBB\xBF";
        write(u".parallax/targets.yaml"_s, mark + "schemaVersion: 1\ntargets: []\n");
        QVERIFY(m_registry->run(commands::ids::kEditTargets));
        dialog = m_page->findChild<ui::SideFileDialog *>();
        text = dialog->findChild<widgets::CodeView *>(u"sideFileTextView"_s);
        QTRY_VERIFY(!text->text().isEmpty());
        auto *save = dialog->findChild<QPushButton *>(u"sideFileSave"_s);
        QVERIFY(!save->isEnabled()); // as it is on disk
        text->setText(u"schemaVersion: 1\ntargets: [] # mine\n"_s);
        Q_EMIT text->edited();
        save->click();
        QTRY_VERIFY(!dialog);
        QCOMPARE(base::readFile(m_folder + u"/.parallax/targets.yaml"_s, 1'000).value_or(QByteArray()),
                 mark + "schemaVersion: 1\ntargets: [] # mine\n");
    }

    void whatIsWrittenInADialogOutlivesItsFolder()
    {
        theme::Theme theme(theme::Theme::Mode::Light);
        QWidget window;
        window.show();
        ui::SideFileDialog::File file{u".parallax/targets.yaml"_s, u"t"_s, u"e"_s, "schemaVersion: 1\n",
                                      [](const QByteArray &) { return QList<Finding>(); }};
        auto presenter = std::make_unique<ui::EditPresenter>(m_presenter->repository());
        QPointer<ui::SideFileDialog> untouched = new ui::SideFileDialog(theme, *presenter, file, &window);
        QPointer<ui::SideFileDialog> written = new ui::SideFileDialog(theme, *presenter, file, &window);
        QPointer<ui::BranchDialog> branches = new ui::BranchDialog(theme, *presenter, &window);
        for (QDialog *dialog : {static_cast<QDialog *>(untouched), static_cast<QDialog *>(written)}) {
            dialog->open();
            QTRY_VERIFY(dialog->findChild<QPushButton *>(u"sideFileSave"_s)->isEnabled());
        }
        branches->show();
        auto *text = written->findChild<widgets::CodeView *>(u"sideFileTextView"_s);
        text->setText(u"schemaVersion: 1\n# mine\n"_s);
        Q_EMIT text->edited();
        presenter.reset();
        QTRY_VERIFY(!untouched);
        QVERIFY(!branches->isVisible());
        QVERIFY(written && written->isVisible() && !written->findChild<QPushButton *>(u"sideFileSave"_s)->isEnabled());
        QVERIFY(written->findChild<QWidget *>(u"sideFileBar"_s)->isVisible());
        text->setText(u"schemaVersion: 1\n# mine, and more\n"_s);
        Q_EMIT text->edited(); // nobody is asked any more
        QVERIFY(!written->findChild<QPushButton *>(u"sideFileSave"_s)->isEnabled());
        QVERIFY(text->text().contains(u"and more"_s));
    }

    void theThreeViewsOfTheText()
    {
        auto *pane = m_page->findChild<ui::YamlPane *>();
        auto *code = m_page->findChild<widgets::CodeView *>(u"yamlViewTextView"_s);
        QCOMPARE(pane->view(), ui::YamlPane::View::Both);
        for (const QLatin1StringView id :
             {commands::ids::kYamlText, commands::ids::kYamlDifference, commands::ids::kYamlBoth}) {
            QVERIFY(m_registry->run(id));
            QCOMPARE(code->text().toUtf8(), kSplit); // always the whole text
            m_registry->run(commands::ids::kToggleFold);
        }
        QCOMPARE(code->text().toUtf8(), kSplit);
    }

    void completionKnowsKeysAndCatalogue_data()
    {
        QTest::addColumn<QString>("text"); // the cursor is the |
        QTest::addColumn<QStringList>("words");
        QTest::newRow("top") << u"|"_s << QStringList{u"backends:"_s, u"mirrors:"_s, u"schemaVersion:"_s};
        QTest::newRow("top, typed") << u"backends:\n  a:\nsch|"_s << QStringList{u"schemaVersion:"_s};
        QTest::newRow("not twice") << u"backends:\n|\nmirrors:\n"_s << QStringList{u"schemaVersion:"_s};
        QTest::newRow("backend") << u"backends:\n  a:\n    |"_s << QStringList{u"deployment:"_s, u"weight:"_s};
        QTest::newRow("mirror") << u"mirrors:\n  m:\n    d|"_s << QStringList{u"deployment:"_s};
        QTest::newRow("deployment") << u"backends:\n  a:\n    deployment:\n      branch: main\n      |"_s
                                    << QStringList{u"name:"_s, u"version:"_s};
        QTest::newRow("names") << u"backends:\n  a:\n    deployment:\n      branch: main\n      name: |"_s
                               << QStringList{u"churn"_s, u"price"_s};
        QTest::newRow("name typed") << u"mirrors:\n  a:\n    deployment:\n      name: pr|\n      branch: main\n"_s
                                    << QStringList{u"price"_s};
        QTest::newRow("other branch") << u"mirrors:\n  a:\n    deployment:\n      name: |\n      branch: dev\n"_s
                                      << QStringList();
        QTest::newRow("version") << u"mirrors:\n  a:\n    deployment:\n      name: price\n      version: |"_s
                                 << QStringList{u"latest"_s};
        QTest::newRow("schema") << u"schemaVersion: |"_s << QStringList{u"1"_s};
        QTest::newRow("comment") << u"backends: # b|"_s << QStringList();
        QTest::newRow("unknown") << u"other:\n  |"_s << QStringList();
    }
    void completionKnowsKeysAndCatalogue()
    {
        QFETCH(QString, text);
        QFETCH(QStringList, words);
        const QString before = text.left(text.indexOf(u'|'));
        const int line = static_cast<int>(before.count(u'\n'));
        const int at = static_cast<int>(before.size() - before.lastIndexOf(u'\n') - 1);
        const widgets::CodeCompletion found =
            ui::completeYaml(text.remove(u'|'), line, at, m_presenter->workspace()->catalogue.get());
        QCOMPARE(found.words, words);
    }

    void theTextExplainsItself()
    {
        const auto *catalogue = m_presenter->workspace()->catalogue.get();
        const QString text = QString::fromUtf8(kSplit);
        QVERIFY(ui::yamlHelp(text, 1, 3, catalogue).contains(u"Who answers"_s));
        QVERIFY(ui::yamlHelp(text, 5, 14, catalogue).contains(u"predict(a:int)"_s));
        QVERIFY(ui::yamlHelp(text, 7, 5, catalogue).contains(u"share"_s));
        QCOMPARE(ui::yamlHelp(text, 0, 2, catalogue), QString());
        QCOMPARE(ui::yamlHelp(text, 99, 0, nullptr), QString());
    }

    void typingCompletesInTheEditor()
    {
        QWidget window;
        window.resize(500, 300);
        widgets::CodeView *code = widgets::makeCodeView(*m_theme, u"code"_s, u"Code"_s, &window);
        code->setGeometry(0, 0, 500, 300);
        code->setLanguage(widgets::Language::Yaml);
        code->setText(QString::fromUtf8(kSplit) + u'\n');
        code->setCompleter(
            [](const QString &text, int line, int at) { return ui::completeYaml(text, line, at, nullptr); });
        window.show();
        window.activateWindow();
        QWidget *editor = code->focusProxy();
        code->goTo(15, 0);
        editor->setFocus();
        QTRY_VERIFY(editor->hasFocus());
        QTest::keyClicks(editor, u"mi"_s);
        QCoreApplication::processEvents();
        QTest::keyClick(editor, Qt::Key_Tab);
        QCOMPARE(code->text().toUtf8(), kSplit + "mirrors:\n");
    }

    void aCaretOutsideOfEveryScreenOffersNothing()
    {
        QWidget window;
        window.setGeometry(20'000, 20'000, 500, 300);
        widgets::CodeView *code = widgets::makeCodeView(*m_theme, u"code"_s, u"Code"_s, &window);
        code->setGeometry(0, 0, 500, 300);
        code->setCompleter([](const QString &, int, int) { return widgets::CodeCompletion{0, {u"word"_s}}; });
        window.show();
        QTest::keyClicks(code->focusProxy(), u"x"_s);
        QCoreApplication::processEvents();
        QCOMPARE(code->text(), u"x"_s);
    }

private:
    void write(const QString &path, const QByteArray &bytes)
    {
        const QString full = m_folder + u'/' + path;
        QVERIFY(QDir().mkpath(QFileInfo(full).path()));
        VERIFY_OK(base::saveFile(full, bytes));
    }
    QStringList labels() const
    {
        QStringList all;
        const endpoints::EndpointFile file = *m_presenter->file(u"split"_s);
        for (const endpoints::Backend &backend : file.partial().backends)
            all += backend.label;
        return all;
    }

    QString m_folder;
    std::unique_ptr<ui::EditPresenter> m_presenter;
    std::unique_ptr<theme::Theme> m_theme;
    std::unique_ptr<commands::CommandRegistry> m_registry;
    std::unique_ptr<ui::EditPage> m_page;
};

PARALLAX_TEST_MAIN(TestUiEditForm)
#include "tst_ui_edit_form.moc"
