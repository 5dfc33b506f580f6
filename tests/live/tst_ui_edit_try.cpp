// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Try it: one request to the endpoint as it is edited, without a port, every answer beside the others, and nothing run
// or sent beyond this machine without a yes.
#include "livesupport.h"
#include "resources/resources.h"
#include "support/testmain.h"
#include "ui/commands/catalogue.h"
#include "ui/commands/commandregistry.h"
#include "ui/edit/editpage.h"
#include "ui/edit/editpresenter.h"
#include "ui/edit/trypane.h"
#include "ui/edit/trypresenter.h"
#include "ui/live/samplebody.h"
#include "ui/theme/theme.h"
#include "ui/widgets/code/codeview.h"
#include "ui/widgets/messagebar.h"

#include <QLabel>
#include <QPushButton>
#include <QSignalSpy>
#include <QTabBar>

using namespace Qt::StringLiterals;
using namespace parallax;
using test::FakeUpstream;
using State = ui::TryPresenter::State;

class TestUiEditTry : public test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { resources::initialise(); }

    void cleanup()
    {
        m_page.reset();
        m_registry.reset();
        m_try.reset();
        m_edit.reset();
    }

    void everyAnswerComesWithoutARouter()
    {
        FakeUpstream primary;
        FakeUpstream other(
            [](const FakeUpstream::Received &) { return FakeUpstream::Answer{FakeUpstream::ok("{\"data\":2}")}; });
        open(test::liveRepository({"other"},
                                  test::urlTarget("primary", primary.port()) + test::urlTarget("other", other.port())));
        QVERIFY(m_registry->run(commands::ids::kTryEndpoint));
        auto *pane = m_page->findChild<ui::TryPane *>();
        QVERIFY(pane != nullptr && pane->isVisible());
        QVERIFY(!m_page->findChild<QWidget *>(u"mirrorTable"_s)->isVisible());
        auto *body = pane->findChild<widgets::CodeView *>(u"tryBodyView"_s);
        QVERIFY(body->text().contains(u"\"data\""_s)); // the sample
        pane->findChild<QPushButton *>(u"trySend"_s)->click();
        QTRY_COMPARE(m_try->state(), State::Idle);
        QTRY_VERIFY(m_try->exchange());
        const traffic::ExchangePtr exchange = m_try->exchange();
        QCOMPARE(exchange->primary.status, 200);
        QCOMPARE(exchange->mirrors.size(), 1U);
        QVERIFY(exchange->mirrors.front().outcome == traffic::Outcome::Different);
        QCOMPARE(primary.requests().size(), 1U);
        QTRY_VERIFY(pane->findChild<QLabel *>(u"trySays"_s)->text().contains(u"mirror_1 200"_s));
        const auto *tabs = pane->findChild<QTabBar *>(u"detailTabs"_s);
        QCOMPARE(tabs->count(), 4); // request, primary, mirror, differences
        pane->findChild<QPushButton *>(u"tryClose"_s)->click();
        QVERIFY(!pane->isVisible());
        QVERIFY(m_page->findChild<QWidget *>(u"addMirror"_s)->isVisible());
    }

    void whatIsNotSavedIsTriedToo()
    {
        FakeUpstream primary;
        FakeUpstream fresh;
        open(test::liveRepository({},
                                  test::urlTarget("primary", primary.port()) + test::urlTarget("fresh", fresh.port())));
        QVERIFY(m_registry->run(commands::ids::kTryEndpoint));
        QVERIFY(m_edit->apply(u"price"_s, endpoints::AddMirror{{}, {u"fresh"_s, u"main"_s, {}}}, {}));
        QVERIFY(m_registry->run(commands::ids::kSendTry));
        QTRY_COMPARE(fresh.requests().size(), 1U);
        QCOMPARE(primary.requests().size(), 1U);
        QTRY_COMPARE(m_try->state(), State::Idle);
        QVERIFY(m_edit->isModified(u"price"_s));
    }

    void aDeadTargetIsSaidAndNothingHangs()
    {
        open(test::liveRepository({"nobody"}, test::staticTarget("primary", "1")));
        QVERIFY(m_registry->run(commands::ids::kTryEndpoint));
        QVERIFY(m_registry->run(commands::ids::kSendTry));
        QTRY_COMPARE(m_try->state(), State::Idle);
        QTRY_VERIFY(m_try->exchange());
        QCOMPARE(m_try->exchange()->primary.status, 200);
        QVERIFY(m_try->exchange()->mirrors.front().outcome == traffic::Outcome::MirrorError);
    }

    void aSlowAnswerCanBeGivenUp()
    {
        FakeUpstream slow(FakeUpstream::hanging());
        open(test::liveRepository({}, test::urlTarget("primary", slow.port())));
        QVERIFY(m_registry->run(commands::ids::kTryEndpoint));
        auto *send = m_page->findChild<QPushButton *>(u"trySend"_s);
        send->click();
        QTRY_COMPARE(slow.requests().size(), 1U);
        QTRY_COMPARE(send->accessibleName(), u"Stop request"_s);
        send->click();
        QTRY_COMPARE(m_try->state(), State::Idle);
        QCOMPARE(send->accessibleName(), u"Send request"_s);
    }

    void commandsOfARepositoryAreAskedAbout()
    {
        QStringList asked{u"python3 serve.py"_s};
        ui::TryPresenter::Options options;
        options.unapproved = [&asked](const targets::Workspace &, const QList<endpoints::DeploymentRef> &) {
            return asked;
        };
        options.approve = [&asked](const QStringList &commands) {
            QCOMPARE(commands, asked);
            asked.clear();
        };
        open(test::liveRepository({}, test::staticTarget("primary", "1")), options);
        QVERIFY(m_registry->run(commands::ids::kTryEndpoint));
        QVERIFY(m_registry->run(commands::ids::kSendTry));
        QCOMPARE(m_try->state(), State::Asking);
        auto *bar = m_page->findChild<widgets::MessageBar *>(u"tryBar"_s);
        QVERIFY(bar->text().contains(u"python3 serve.py"_s));
        m_page->findChild<QPushButton *>(u"tryDeny"_s)->click();
        QCOMPARE(m_try->state(), State::Idle);
        QVERIFY(!m_try->exchange());
        QVERIFY(m_registry->run(commands::ids::kSendTry));
        QTRY_VERIFY(visible(u"tryAllow"_s) != nullptr);
        visible(u"tryAllow"_s)->click();
        QTRY_VERIFY(m_try->exchange());
        QVERIFY(asked.isEmpty());
    }

    void aHostBeyondThisMachineIsAskedAbout()
    {
        open(test::liveRepository({},
                                  "  - match: {deployment: primary}\n    url: http://192.0.2.1:9/\n    timeout: 1s\n"));
        QVERIFY(m_registry->run(commands::ids::kTryEndpoint));
        QVERIFY(m_registry->run(commands::ids::kSendTry));
        QCOMPARE(m_try->state(), State::Asking);
        QCOMPARE(m_try->question().hosts, QStringList{u"192.0.2.1"_s});
        m_page->findChild<QPushButton *>(u"tryDeny"_s)->click();
        QVERIFY(!m_try->exchange());
    }

    void theBodyOfEachEndpointIsKept()
    {
        const QString root = test::liveRepository({}, test::staticTarget("primary", "1"));
        test::writeFile(root + u"/endpoints/second.yaml"_s, test::endpointWith({}));
        open(root);
        QVERIFY(m_registry->run(commands::ids::kTryEndpoint));
        auto *body = m_page->findChild<widgets::CodeView *>(u"tryBodyView"_s);
        body->setText(u"{\"data\": 7}"_s);
        Q_EMIT body->edited();
        m_page->selectEndpoint(u"second"_s);
        QVERIFY(!body->text().contains(u'7'));
        m_page->selectEndpoint(u"price"_s);
        QCOMPARE(body->text(), u"{\"data\": 7}"_s);
        body->setText(u"no json"_s);
        Q_EMIT body->edited();
        QVERIFY(m_page->findChild<QLabel *>(u"trySays"_s)->text().startsWith(u"No JSON"_s));
    }

    void aSampleFollowsTheArguments() { QCOMPARE(ui::sampleBody({}, nullptr), QByteArray("{\"data\":{}}")); }

private:
    void open(const QString &root, ui::TryPresenter::Options options = {})
    {
        const Result<repository::Repository> repository = repository::Repository::discover(root);
        VERIFY_OK(repository);
        if (!options.runnerScript)
            options.runnerScript = [] { return Result<QString>(QString()); };
        m_edit = std::make_unique<ui::EditPresenter>(*repository);
        QSignalSpy loaded(m_edit.get(), &ui::EditPresenter::loaded);
        m_edit->reload();
        QVERIFY(loaded.wait(20'000));
        m_try = std::make_unique<ui::TryPresenter>(*repository, options);
        m_registry = std::make_unique<commands::CommandRegistry>(m_theme);
        m_registry->addAll(commands::catalogue());
        m_page = std::make_unique<ui::EditPage>(m_theme, *m_registry, *m_edit);
        m_page->setTryPresenter(*m_try);
        m_page->resize(1376, 800);
        m_page->show();
        m_page->selectEndpoint(u"price"_s);
        m_registry->refreshNow();
    }
    QPushButton *visible(const QString &name) const
    {
        for (QPushButton *button : m_page->findChildren<QPushButton *>(name)) {
            if (button->isVisible())
                return button;
        }
        return nullptr;
    }

    theme::Theme m_theme{theme::Theme::Mode::Light};
    std::unique_ptr<ui::EditPresenter> m_edit;
    std::unique_ptr<ui::TryPresenter> m_try;
    std::unique_ptr<commands::CommandRegistry> m_registry;
    std::unique_ptr<ui::EditPage> m_page;
};

PARALLAX_TEST_MAIN(TestUiEditTry)
#include "tst_ui_edit_try.moc"
