// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The window in a language that does not exist: every text longer and with marks, so that what is not translated and
// what is cut off shows. And lupdate on the sources.
#include "app/desktop/desktop.h"
#include "app/example/example.h"
#include "resources/resources.h"
#include "support/pseudolocale.h"
#include "support/testmain.h"
#include "ui/commands/catalogue.h"
#include "ui/edit/editpresenter.h"
#include "ui/theme/theme.h"
#include "ui/widgets/label.h"

#include <QAbstractButton>
#include <QDialog>
#include <QDirIterator>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>
#include <QMenuBar>
#include <QProcess>
#include <QRegularExpression>

using namespace Qt::StringLiterals;
using namespace parallax;
using desktop::Desktop;
namespace ids = commands::ids;

namespace {

using test::kBegin;
using test::kEnd;

/// Words that a person reads, and not one of them translated. What comes from files has no spaces but in paths.
bool isUntranslated(const QString &text)
{
    if (text.contains(kBegin) || text.contains(kEnd) || text.contains(u'\u2026'))
        return false;
    static const QRegularExpression words(u"[A-Za-z]{3,} [a-z]{2,}"_s);
    static const QRegularExpression data(u"[/\\\\_@:]|parallax|Parallax|curl"_s);
    return words.match(text).hasMatch() && !data.match(text).hasMatch();
}

QString nameOf(const QWidget *widget)
{
    return QLatin1String(widget->metaObject()->className()) + u' ' + widget->objectName();
}

/// What shows below root and is cut off or not translated.
QStringList faults(QWidget *root)
{
    QStringList found;
    for (QWidget *widget : root->findChildren<QWidget *>()) {
        if (!widget->isVisibleTo(root) || widget->visibleRegion().isEmpty())
            continue;
        QString text;
        bool isCut = false;
        if (const auto *label = qobject_cast<QLabel *>(widget)) {
            text = label->text();
            // One that ends in an ellipsis has the whole text as its tooltip.
            isCut = !label->wordWrap() && label->sizePolicy().horizontalPolicy() != QSizePolicy::Ignored &&
                    label->sizeHint().width() > label->width() + 1;
            isCut = isCut || (label->wordWrap() && label->heightForWidth(label->width()) > label->height() + 1);
        } else if (const auto *button = qobject_cast<QAbstractButton *>(widget)) {
            text = button->text();
            isCut = !text.isEmpty() && button->sizeHint().width() > button->width() + 1 && button->toolTip().isEmpty();
        } else {
            continue;
        }
        if (text.isEmpty())
            continue;
        if (isUntranslated(text))
            found += u"not translated: "_s + nameOf(widget) + u": "_s + text;
        if (isCut)
            found += u"cut off: %1, %2 of %3: %4"_s.arg(nameOf(widget))
                         .arg(widget->width())
                         .arg(widget->sizeHint().width())
                         .arg(text);
        if (isUntranslated(widget->toolTip()))
            found += u"tooltip not translated: "_s + nameOf(widget) + u": "_s + widget->toolTip();
    }
    return found;
}

} // namespace

class TestDesktopLanguage : public test::TestCase
{
    Q_OBJECT

    test::PseudoLocale m_locale;
    QString m_workspace;

private Q_SLOTS:
    void initTestCase()
    {
        resources::initialise();
        const Result<example::Example> made = example::create(test::freshFolder(u"example"_s));
        VERIFY_OK(made);
        m_workspace = made->workspace;
        QVERIFY(QCoreApplication::installTranslator(&m_locale));
    }
    void cleanupTestCase() { QCoreApplication::removeTranslator(&m_locale); }

    void nothingIsCutOffOrLeftInEnglish_data()
    {
        QTest::addColumn<QSize>("size");
        QTest::newRow("usual") << Desktop::kUsualSize;
        QTest::newRow("smallest") << QSize(1024, 640);
    }
    void nothingIsCutOffOrLeftInEnglish()
    {
        QFETCH(const QSize, size);
        theme::Theme theme(theme::Theme::Mode::Light);
        theme::install(*qApp, theme);
        {
            Desktop desktop(theme);
            shell::MainWindow &window = desktop.window();
            desktop.show();
            window.showNormal(); // the screen of the tests is smaller
            window.resize(size);
            QVERIFY(QTest::qWaitForWindowExposed(&window));
            QTRY_COMPARE(window.size(), size);
            QStringList found = faults(&window);
            desktop.openFolder(m_workspace);
            QTRY_VERIFY(desktop.editor() != nullptr && desktop.editor()->endpointNames().size() == 3);
            for (const shell::Mode mode :
                 {shell::Mode::Edit, shell::Mode::Live, shell::Mode::Replay, shell::Mode::Compare}) {
                window.setMode(mode);
                QTest::qWait(0);
                found += faults(&window);
            }
            for (const auto &id : {ids::kPreferences, ids::kAbout, ids::kManual, ids::kShortcuts}) {
                desktop.command(id)->trigger();
                QTest::qWait(0);
                for (QDialog *dialog : window.findChildren<QDialog *>()) {
                    if (!dialog->isVisible())
                        continue;
                    if (id != ids::kManual) // the manual has translations of its own
                        found += faults(dialog);
                    dialog->close();
                }
                QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
            }
            found.removeDuplicates();
            QVERIFY2(found.isEmpty(), qPrintable(found.join(u'\n')));
        }
        qApp->setStyle(u"Fusion"_s);
    }

    void everyCommandAndMenuIsTranslated()
    {
        theme::Theme theme(theme::Theme::Mode::Light);
        Desktop desktop(theme);
        QStringList found;
        for (const QAction *menu : desktop.window().menuBar()->actions()) {
            QList<QAction *> actions = menu->menu()->actions();
            for (qsizetype i = 0; i < actions.size(); ++i) {
                if (actions.at(i)->menu() != nullptr)
                    actions += actions.at(i)->menu()->actions();
                const QString text = actions.at(i)->text();
                if (!actions.at(i)->isSeparator() && !text.contains(kBegin))
                    found += text;
            }
            if (!menu->text().contains(kBegin))
                found += menu->text();
        }
        QVERIFY2(found.isEmpty(), qPrintable(found.join(u'\n')));
    }

    void lupdateReadsEverySourceWithoutComplaint()
    {
        const QString lupdate = u"/usr/lib/qt6/bin/lupdate"_s;
        if (!QFileInfo::exists(lupdate))
            QSKIP("qt6-l10n-tools is not installed");
        const QString file = test::freshFolder(u"language"_s) + u"/parallax.ts"_s;
        QProcess process;
        process.setProcessChannelMode(QProcess::MergedChannels);
        process.start(lupdate, {test::sourcePath(u"ui"_s), test::sourcePath(u"app/desktop"_s), u"-I"_s,
                                test::sourcePath({}), u"-ts"_s, file});
        QVERIFY(process.waitForFinished(50'000));
        const QByteArray said = process.readAll();
        QVERIFY2(process.exitCode() == 0 && !said.contains("cannot be called without context") &&
                     !said.contains("Discarding"),
                 said.constData());
        // Functions that say tr() themselves ask in the namespace they stand in, which is no class.
        for (const QByteArray &line : said.split('\n')) {
            const bool isFine = !line.contains("lacks Q_OBJECT") || line.contains("'parallax::ui'") ||
                                line.contains("'parallax::ui::display'");
            QVERIFY2(isFine, line.constData());
        }
        QFile texts(file);
        QVERIFY(texts.open(QIODevice::ReadOnly));
        QVERIFY(texts.readAll().count("<source>") > 700);
    }

    void everyPluralHasItsForms()
    {
        const QString lupdate = u"/usr/lib/qt6/bin/lupdate"_s;
        if (!QFileInfo::exists(lupdate))
            QSKIP("qt6-l10n-tools is not installed");
        const QString file = test::freshFolder(u"plurals"_s) + u"/parallax_en.ts"_s;
        QVERIFY(QFile::copy(test::sourcePath(u"resources/translations/parallax_en.ts"_s), file));
        QProcess process;
        process.start(lupdate, {u"-pluralonly"_s, u"-locations"_s, u"none"_s, test::sourcePath(u"ui"_s),
                                test::sourcePath(u"app/desktop"_s), u"-I"_s, test::sourcePath({}), u"-ts"_s, file});
        QVERIFY(process.waitForFinished(50'000));
        QCOMPARE(process.exitCode(), 0);
        QFile texts(file);
        QVERIFY(texts.open(QIODevice::ReadOnly));
        const QByteArray all = texts.readAll();
        QVERIFY(all.count("<source>") >= 13);
        QVERIFY2(!all.contains("unfinished") && !all.contains("<numerusform></numerusform>"),
                 "a plural is new: add its forms to resources/translations/parallax_en.ts");
    }

    void wordsStandInTr()
    {
        static const QRegularExpression literal(
            u"(?:setText|setWindowTitle|setToolTip|setPlaceholderText|setStatusTip|setTitle|addButton|showMessage|say|announce|setSentence)\\((?:[^()\"]*, )?u\"[A-Za-z]+ [a-z]"_s);
        QStringList found;
        for (const QString &top : {u"ui"_s, u"app/desktop"_s}) {
            QDirIterator it(test::sourcePath(top), {u"*.cpp"_s}, QDir::Files, QDirIterator::Subdirectories);
            while (it.hasNext()) {
                QFile source(it.next());
                QVERIFY(source.open(QIODevice::ReadOnly));
                for (auto match = literal.globalMatch(QString::fromUtf8(source.readAll())); match.hasNext();)
                    found += it.fileName() + u": "_s + match.next().captured();
            }
        }
        QVERIFY2(found.isEmpty(), qPrintable(found.join(u'\n')));
    }
};

PARALLAX_TEST_MAIN(TestDesktopLanguage)
#include "tst_desktop_language.moc"
