// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The import dialog as a user drives it, and exports of what is at hand.
#include "base/files.h"
#include "resources/resources.h"
#include "support/accessiblewalk.h"
#include "support/testmain.h"
#include "traffic/capturestore.h"
#include "ui/importing/exporttraffic.h"
#include "ui/importing/importdialog.h"
#include "ui/theme/theme.h"

#include <QComboBox>
#include <QLineEdit>
#include <QMainWindow>
#include <QPlainTextEdit>
#include <QPointer>
#include <QPushButton>
#include <QSignalSpy>

using namespace Qt::StringLiterals;
using namespace parallax;
using ui::ImportDialog;
using ui::ImportPresenter;

class TestUiImporting : public test::TestCase
{
    Q_OBJECT

private:
    std::unique_ptr<theme::Theme> m_theme;
    std::unique_ptr<QMainWindow> m_window;
    QPointer<ImportDialog> m_dialog;
    QString m_folder;

    template<class T>
    T *find(const char *name) const
    {
        return m_dialog->findChild<T *>(QString::fromLatin1(name));
    }

    QString file(const QString &name, const QByteArray &bytes) const
    {
        [[maybe_unused]] const Status saved = base::saveFile(m_folder + u'/' + name, bytes);
        return m_folder + u'/' + name;
    }

    void open()
    {
        m_dialog = new ImportDialog(*m_theme, {}, m_window.get());
        m_dialog->openAt(QRect(100, 60, 640, 560));
    }

private Q_SLOTS:
    void initTestCase() { resources::initialise(); }

    void init()
    {
        TestCase::init();
        m_theme = std::make_unique<theme::Theme>(theme::Theme::Mode::Light);
        m_window = std::make_unique<QMainWindow>();
        m_window->resize(1000, 760);
        m_window->show();
        m_folder = test::freshFolder(u"import"_s);
        open();
    }

    void cleanup()
    {
        m_window.reset();
        m_theme.reset();
    }

    void showsWhatWouldBeReadAndMasked()
    {
        QVERIFY(!find<QPushButton>("importStart")->isEnabled());
        m_dialog->setFiles({file(u"in.ndjson"_s, "{\"token\": \"x\"}\nnot json\n{\"data\": \"<b>\"}\n")});
        QTRY_VERIFY(find<QPushButton>("importStart")->isEnabled());
        const QString preview = find<QPlainTextEdit>("importPreview")->toPlainText();
        QVERIFY2(preview.contains(u"request field token (in 1)"_s), qPrintable(preview));
        QVERIFY(preview.contains(u"line 2"_s));
        QVERIFY(preview.contains(u"POST /  {\"data\": \"<b>\"}"_s));
        QVERIFY(!preview.contains(u"\"x\""_s));
        QCOMPARE(find<QLineEdit>("importOut")->text(), m_folder + u"/in.parallax"_s);
        QVERIFY(!find<QLineEdit>("importColumns")->isVisible());
    }

    void importsAndCloses()
    {
        m_dialog->setFiles({file(u"in.ndjson"_s, "{\"data\": 1}\n{\"data\": 2}\n")});
        find<QLineEdit>("importEndpoint")->setText(u"pricing"_s);
        QSignalSpy imported(m_dialog, &ImportDialog::imported);
        QTRY_VERIFY(find<QPlainTextEdit>("importPreview")->toPlainText().contains(u"/v1/endpoint/pricing"_s));
        QTRY_VERIFY(find<QPushButton>("importStart")->isEnabled());
        find<QPushButton>("importStart")->click();
        QTRY_COMPARE(imported.size(), 1);
        QCOMPARE(imported[0][1].toLongLong(), 2);
        QTRY_VERIFY(m_dialog.isNull());
        auto in = traffic::CaptureReader::open(imported[0][0].toString());
        VERIFY_OK(in);
        QCOMPARE((*in)->exchange({2})->endpoint, u"pricing"_s);
    }

    void takesPastedCommands()
    {
        find<QPlainTextEdit>("importPaste")
            ->setPlainText(u"curl http://localhost:8080/p -H 'Authorization: Bearer abc' -d '{\"data\": 1}'"_s);
        QTRY_VERIFY(find<QPushButton>("importStart")->isEnabled());
        const QString preview = find<QPlainTextEdit>("importPreview")->toPlainText();
        QVERIFY2(preview.contains(u"POST /p  {\"data\": 1}"_s), qPrintable(preview));
        QVERIFY(preview.contains(u"request header Authorization"_s));
    }

    void mapsColumns()
    {
        m_dialog->setFiles({file(u"in.csv"_s, "id,weight\n1,0.5\n2,0.7\n")});
        QTRY_VERIFY(find<QLineEdit>("importColumns")->isVisible());
        find<QLineEdit>("importColumns")->setText(u"weight"_s);
        find<QLineEdit>("importRename")->setText(u"weight = carat"_s);
        find<QLineEdit>("importWrap")->setText(u"inputs"_s);
        QTRY_VERIFY2(find<QPlainTextEdit>("importPreview")->toPlainText().simplified().contains(u"\"carat\""_s),
                     qPrintable(find<QPlainTextEdit>("importPreview")->toPlainText()));
        QVERIFY(find<QPlainTextEdit>("importPreview")->toPlainText().contains(u"\"inputs\""_s));
    }

    void saysWhyNothingCanBeRead()
    {
        m_dialog->setFiles({file(u"x.bin"_s, QByteArray(100, '\x01'))});
        QTRY_COMPARE(m_dialog->presenter().state(), ImportPresenter::State::Ready);
        QVERIFY(m_dialog->presenter().error().has_value());
        QVERIFY(!find<QPushButton>("importStart")->isEnabled());
    }

    void asksBeforeItReplaces()
    {
        const QString kept = file(u"in.parallax"_s, "something else");
        m_dialog->setFiles({file(u"in.ndjson"_s, "{\"data\": 1}\n")});
        QTRY_VERIFY(find<QPushButton>("importStart")->isEnabled());
        QCOMPARE(find<QPushButton>("importStart")->text(), u"Replace"_s);
        find<QLineEdit>("importOut")->selectAll();
        find<QLineEdit>("importOut")->insert(m_folder + u"/other.parallax"_s);
        QCOMPARE(find<QPushButton>("importStart")->text(), u"Import"_s);
        QCOMPARE(*base::readFile(kept, 100), QByteArray("something else"));
    }

    void everythingHasAName() { QCOMPARE(test::accessibilityFaults(m_dialog), QStringList()); }

    void exportsWhatIsAtHand()
    {
        ui::TrafficExport exporter;
        QSignalSpy written(&exporter, &ui::TrafficExport::written);
        QSignalSpy failed(&exporter, &ui::TrafficExport::failed);
        traffic::Exchange exchange;
        exchange.arrival = WallTime(std::chrono::seconds(1'700'000'000));
        exchange.primary.state = traffic::AnswerState::Complete;
        exchange.primary.status = 200;
        exchange.mirrors = {exchange.primary};
        exchange.mirrors[0].name = u"mirror_1"_s;
        exchange.method = "POST";
        exchange.target = "/p";
        exchange.headers = {{"Cookie", "abc"}};
        exchange.body = traffic::Body::whole("{}");
        traffic::ExportJob job;
        job.exchanges = {std::make_shared<traffic::Exchange>(exchange)};
        for (const char *name : {"a.har", "a.gor", "a.sh", "a.ndjson", "a.csv"}) {
            job.out = m_folder + u'/' + QString::fromLatin1(name);
            exporter.write(job);
            QVERIFY2(written.wait(10'000), name);
            QVERIFY(QFileInfo(job.out).size() > 0);
            QVERIFY(!base::readFile(job.out, 10'000)->contains("abc"));
        }
        job.out = u"/proc/none.har"_s;
        exporter.write(job);
        QVERIFY(failed.wait(10'000));
    }
};

PARALLAX_TEST_MAIN(TestUiImporting)
#include "tst_ui_importing.moc"
