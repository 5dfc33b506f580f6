// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The rules of the house, checked on its source: who may include whom, what stays out of core, and that every code has
// words.
#include "base/errors.h"
#include "compare/errors.h"
#include "endpoints/errors.h"
#include "http/errors.h"
#include "replay/errors.h"
#include "report/errors.h"
#include "repository/errors.h"
#include "router/errors.h"
#include "support/testmain.h"
#include "targets/errors.h"
#include "traffic/errors.h"
#include "yaml/errors.h"

#include <QDirIterator>
#include <QRegularExpression>
#include <QSet>

using namespace Qt::StringLiterals;
using namespace parallax;

namespace {

// A room may include itself and what stands here; the same list as in each room's CMakeLists.txt, closed downwards.
const QHash<QString, QStringList> &rooms()
{
    static const QHash<QString, QStringList> kRooms{
        {u"base"_s, {}},
        {u"yaml"_s, {u"base"_s}},
        {u"http"_s, {u"base"_s}},
        {u"endpoints"_s, {u"base"_s, u"yaml"_s}},
        {u"repository"_s, {u"base"_s, u"yaml"_s, u"endpoints"_s}},
        {u"traffic"_s, {u"base"_s, u"yaml"_s, u"http"_s}},
        {u"targets"_s, {u"base"_s, u"yaml"_s, u"endpoints"_s, u"repository"_s, u"http"_s}},
        {u"compare"_s, {u"base"_s, u"yaml"_s, u"http"_s, u"traffic"_s}},
        {u"router"_s, {u"base"_s, u"yaml"_s, u"endpoints"_s, u"repository"_s, u"http"_s, u"traffic"_s, u"targets"_s}},
        {u"report"_s, {u"base"_s, u"yaml"_s, u"http"_s, u"traffic"_s, u"compare"_s}},
        {u"replay"_s,
         {u"base"_s, u"yaml"_s, u"endpoints"_s, u"repository"_s, u"http"_s, u"traffic"_s, u"targets"_s, u"compare"_s,
          u"router"_s}},
    };
    return kRooms;
}

struct Include
{
    QString place;
    QString header;
    bool isQuoted = false;
};

QList<Include> includesBelow(const QString &folder)
{
    QList<Include> found;
    static const QRegularExpression pattern(u"^\\s*#\\s*include\\s*([<\"])([^>\"]+)[>\"]"_s);
    QDirIterator it(test::sourcePath(folder), {u"*.h"_s, u"*.cpp"_s}, QDir::Files, QDirIterator::Subdirectories);
    while (it.hasNext()) {
        QFile file(it.next());
        if (!file.open(QIODevice::ReadOnly))
            continue;
        int number = 0;
        while (!file.atEnd()) {
            ++number;
            const QRegularExpressionMatch match = pattern.match(QString::fromUtf8(file.readLine()));
            if (match.hasMatch())
                found.append(
                    {u"%1:%2"_s.arg(it.filePath()).arg(number), match.captured(2), match.captured(1) == u"\""});
        }
    }
    return found;
}

} // namespace

class TestHouse : public test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void aRoomIncludesOnlyWhatIsBelowIt()
    {
        for (auto it = rooms().begin(); it != rooms().end(); ++it) {
            const QList<Include> includes = includesBelow(u"core/"_s + it.key());
            QVERIFY2(!includes.isEmpty(), qPrintable(it.key()));
            for (const Include &include : includes) {
                if (!include.isQuoted)
                    continue;
                const QString room = include.header.section(u'/', 0, 0);
                QVERIFY2(room == it.key() || it.value().contains(room),
                         qPrintable(include.place + u" includes "_s + include.header));
            }
        }
    }

    void coreNeverReachesForTheScreen()
    {
        static const QRegularExpression screen(
            u"^(QtGui|QtWidgets|QWidget|QApplication|QGuiApplication|QAction|QPixmap|QImage|QIcon|QColor|QPainter|QFont|QPalette)"_s);
        for (const QString &folder : {u"core"_s, u"app/cli"_s, u"app/example"_s, u"ui/wording"_s}) {
            for (const Include &include : includesBelow(folder)) {
                QVERIFY2(!screen.match(include.header).hasMatch(), qPrintable(include.place));
                QVERIFY2(folder != u"core" || !include.header.startsWith(u"ui/wording/"), qPrintable(include.place));
            }
        }
    }

    void theRequestPathKnowsNoNetworkAccessManager()
    {
        for (const Include &include : includesBelow(u"core"_s))
            QVERIFY2(!include.header.contains(u"QNetworkAccessManager"), qPrintable(include.place));
    }

    void uiKnowsNoApp()
    {
        for (const Include &include : includesBelow(u"ui"_s)) {
            QVERIFY2(!include.isQuoted || !include.header.startsWith(u"app/"), qPrintable(include.place));
        }
    }

    /// What blocks stands in a place where no window is drawn, by name.
    void theWindowNeverWaits()
    {
        static const QRegularExpression waits(
            u"processEvents|QEventLoop|\\bexec\\(\\)|msleep|waitFor(Done|Finished|Started|Connected|ReadyRead)|(->|\\.)wait\\("_s);
        static const QHash<QString, QString> allowed{
            {u"main.cpp"_s, u"the application's own loop, and the end of the process"_s},
            {u"singleinstance.cpp"_s, u"before there is a window"_s},
        };
        for (const QString &top : {u"ui"_s, u"app/desktop"_s}) {
            QDirIterator it(test::sourcePath(top), {u"*.cpp"_s, u"*.h"_s}, QDir::Files, QDirIterator::Subdirectories);
            while (it.hasNext()) {
                QFile file(it.next());
                QVERIFY(file.open(QIODevice::ReadOnly));
                const QRegularExpressionMatch match = waits.match(QString::fromUtf8(file.readAll()));
                QVERIFY2(!match.hasMatch() || allowed.contains(it.fileName()),
                         qPrintable(it.filePath() + u": "_s + match.captured()));
            }
        }
    }

    void looksAreTheThemes()
    {
        for (const QString &top : {u"ui"_s, u"app/desktop"_s}) {
            QDirIterator it(test::sourcePath(top), {u"*.cpp"_s}, QDir::Files, QDirIterator::Subdirectories);
            while (it.hasNext()) {
                QFile file(it.next());
                QVERIFY(file.open(QIODevice::ReadOnly));
                QVERIFY2(!file.readAll().contains("setStyleSheet"), qPrintable(it.filePath()));
            }
        }
    }

    void everyCodeHasWordsAndIsUnique()
    {
        QSet<QString> seen;
        const auto check = [&seen](const auto &codes) {
            for (const ErrorCode code : codes) {
                QVERIFY2(wording::hasText(code), qPrintable(u"no sentence for "_s + code.toString()));
                QVERIFY2(!seen.contains(code.toString()), qPrintable(u"twice: "_s + code.toString()));
                seen.insert(code.toString());
            }
        };
        check(base::kErrorCodes);
        check(yaml::kErrorCodes);
        check(endpoints::kErrorCodes);
        check(repository::kErrorCodes);
        check(targets::kErrorCodes);
        check(http::kErrorCodes);
        check(router::kErrorCodes);
        check(traffic::kErrorCodes);
        check(compare::kErrorCodes);
        check(report::kErrorCodes);
        check(replay::kErrorCodes);
    }

    void sourcesCarryTheirLicence()
    {
        for (const QString &top : {u"core"_s, u"ui"_s, u"app"_s, u"tests"_s, u"installer"_s}) {
            QDirIterator it(test::sourcePath(top), {u"*.h"_s, u"*.cpp"_s, u"*.py"_s, u"*.cmake"_s, u"CMakeLists.txt"_s},
                            QDir::Files, QDirIterator::Subdirectories);
            while (it.hasNext()) {
                QFile file(it.next());
                QVERIFY(file.open(QIODevice::ReadOnly));
                QVERIFY2(file.read(400).contains("SPDX-License-Identifier: "), qPrintable(it.filePath()));
            }
        }
    }
};

PARALLAX_TEST_MAIN(TestHouse)
#include "tst_house.moc"
