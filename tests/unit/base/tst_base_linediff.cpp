// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/linediff.h"
#include "support/testmain.h"

#include <QElapsedTimer>
#include <QRandomGenerator>

using namespace Qt::StringLiterals;
using namespace parallax;
using base::DiffLine;

namespace {

QByteArray side(const base::LineDiff &diff, DiffLine::Kind leftOut)
{
    QByteArray text;
    for (const DiffLine &line : diff.lines) {
        if (line.kind != leftOut)
            text += line.text;
    }
    return text;
}

int longestCommon(const QByteArrayList &a, const QByteArrayList &b)
{
    std::vector<std::vector<int>> table(static_cast<std::size_t>(a.size()) + 1,
                                        std::vector<int>(static_cast<std::size_t>(b.size()) + 1, 0));
    for (std::size_t i = 1; i < table.size(); ++i) {
        for (std::size_t j = 1; j < table[0].size(); ++j) {
            table[i][j] = a[static_cast<qsizetype>(i) - 1] == b[static_cast<qsizetype>(j) - 1]
                              ? table[i - 1][j - 1] + 1
                              : std::max(table[i - 1][j], table[i][j - 1]);
        }
    }
    return table.back().back();
}

} // namespace

class TestBaseLineDiff : public test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void unified_data()
    {
        QTest::addColumn<QByteArray>("before");
        QTest::addColumn<QByteArray>("after");
        QTest::addColumn<QByteArray>("expected");
        QTest::newRow("same") << QByteArray("a\n") << QByteArray("a\n") << QByteArray();
        QTest::newRow("change") << QByteArray("a\nb\nc\n") << QByteArray("a\nB\nc\n")
                                << QByteArray("--- a/f\n+++ b/f\n@@ -1,3 +1,3 @@\n a\n-b\n+B\n c\n");
        QTest::newRow("new file") << QByteArray() << QByteArray("a\n")
                                  << QByteArray("--- a/f\n+++ b/f\n@@ -0,0 +1 @@\n+a\n");
        QTest::newRow("emptied") << QByteArray("a\nb\n") << QByteArray()
                                 << QByteArray("--- a/f\n+++ b/f\n@@ -1,2 +0,0 @@\n-a\n-b\n");
        QTest::newRow("no newline")
            << QByteArray("a\nb") << QByteArray("a\nb\n")
            << QByteArray("--- a/f\n+++ b/f\n@@ -1,2 +1,2 @@\n a\n-b\n\\ No newline at end of file\n+b\n");
        QTest::newRow("two hunks")
            << QByteArray("1\n2\n3\n4\n5\n6\n7\n8\n9\n") << QByteArray("x\n2\n3\n4\n5\n6\n7\n8\ny\n")
            << QByteArray(
                   "--- a/f\n+++ b/f\n@@ -1,4 +1,4 @@\n-1\n+x\n 2\n 3\n 4\n@@ -6,4 +6,4 @@\n 6\n 7\n 8\n-9\n+y\n");
        QTest::newRow("one hunk") << QByteArray("1\n2\n3\n4\n5\n6\n7\n8\n") << QByteArray("x\n2\n3\n4\n5\n6\n7\ny\n")
                                  << QByteArray(
                                         "--- a/f\n+++ b/f\n@@ -1,8 +1,8 @@\n-1\n+x\n 2\n 3\n 4\n 5\n 6\n 7\n-8\n+y\n");
    }
    void unified()
    {
        QFETCH(QByteArray, before);
        QFETCH(QByteArray, after);
        QTEST(base::unifiedDiff(base::diffLines(before, after), u"a/f"_s, u"b/f"_s), "expected");
    }

    void numbersLines()
    {
        const base::LineDiff diff = base::diffLines("a\nb\n", "b\nc\n");
        QCOMPARE(diff.lines, (QList<DiffLine>{{DiffLine::Kind::Removed, 1, 0, "a\n"},
                                              {DiffLine::Kind::Same, 2, 1, "b\n"},
                                              {DiffLine::Kind::Added, 0, 2, "c\n"}}));
    }

    void isShortestAndGivesBothSidesBack()
    {
        QRandomGenerator random(7);
        for (int round = 0; round < 500; ++round) {
            QByteArrayList a;
            QByteArrayList b;
            for (int i = random.bounded(30); i > 0; --i)
                a.append(QByteArray(1, static_cast<char>('a' + random.bounded(4))) + '\n');
            for (int i = random.bounded(30); i > 0; --i)
                b.append(QByteArray(1, static_cast<char>('a' + random.bounded(4))) + '\n');
            const base::LineDiff diff = base::diffLines(a.join(), b.join());
            QCOMPARE(side(diff, DiffLine::Kind::Added), a.join());
            QCOMPARE(side(diff, DiffLine::Kind::Removed), b.join());
            QVERIFY(diff.isShortest);
            QCOMPARE(diff.lines.size() - diff.added - diff.removed, longestCommon(a, b));
        }
    }

    void isBounded()
    {
        QByteArray a;
        QByteArray b;
        for (int i = 0; i < 50'000; ++i) {
            a += "left " + QByteArray::number(i) + '\n';
            b += "right " + QByteArray::number(i) + '\n';
        }
        QElapsedTimer timer;
        timer.start();
        const base::LineDiff diff = base::diffLines(a, b);
        QVERIFY(!diff.isShortest);
        QCOMPARE(diff.added, 50'000);
        QCOMPARE(side(diff, DiffLine::Kind::Added), a);
        QCOMPARE(side(diff, DiffLine::Kind::Removed), b);
        QVERIFY(timer.elapsed() < 3000);
    }
};

PARALLAX_TEST_MAIN(TestBaseLineDiff)
#include "tst_base_linediff.moc"
