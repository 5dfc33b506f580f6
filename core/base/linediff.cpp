// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/linediff.h"

#include <QHash>

#include <algorithm>
#include <vector>

namespace parallax::base {

namespace {

QList<QByteArray> linesOf(const QByteArray &text)
{
    QList<QByteArray> lines;
    for (qsizetype from = 0; from < text.size();) {
        const qsizetype newline = text.indexOf('\n', from);
        const qsizetype to = newline < 0 ? text.size() : newline + 1;
        lines.append(text.mid(from, to - from));
        from = to;
    }
    return lines;
}

/// Lines as small numbers, so that comparing two is comparing two ints.
class Interner
{
public:
    std::vector<int> intern(const QList<QByteArray> &lines)
    {
        std::vector<int> ids;
        ids.reserve(static_cast<std::size_t>(lines.size()));
        for (const QByteArray &line : lines) {
            const auto known = m_ids.constFind(line);
            ids.push_back(known != m_ids.constEnd() ? *known : *m_ids.insert(line, static_cast<int>(m_ids.size())));
        }
        return ids;
    }

private:
    QHash<QByteArray, int> m_ids;
};

/// What remains of both sides between the common beginning and the common end.
struct Middle
{
    const int *a;
    int n;
    const int *b;
    int m;
};

/// Fills which lines stay (true in both), forwards greedily by diagonals; false when more than `bound` lines differ.
bool myers(const Middle &mid, int bound, std::vector<bool> &keepsA, std::vector<bool> &keepsB)
{
    const int most = std::min(mid.n + mid.m, bound);
    const int offset = most + 1;
    std::vector<int> furthest(static_cast<std::size_t>(2 * most + 3), 0);
    std::vector<std::vector<int>> trace;
    const auto at = [offset](std::vector<int> &v, int k) -> int & { return v[static_cast<std::size_t>(k + offset)]; };
    int found = -1;
    for (int d = 0; d <= most && found < 0; ++d) {
        trace.emplace_back(furthest.begin() + (offset - d - 1), furthest.begin() + (offset + d + 2));
        for (int k = -d; k <= d; k += 2) {
            const bool down = k == -d || (k != d && at(furthest, k - 1) < at(furthest, k + 1));
            int x = down ? at(furthest, k + 1) : at(furthest, k - 1) + 1;
            while (x < mid.n && x - k < mid.m && mid.a[x] == mid.b[x - k])
                ++x;
            at(furthest, k) = x;
            if (x >= mid.n && x - k >= mid.m) {
                found = d;
                break;
            }
        }
    }
    if (found < 0)
        return false;
    int x = mid.n;
    int y = mid.m;
    for (int d = found; d >= 0; --d) {
        const std::vector<int> &v = trace[static_cast<std::size_t>(d)];
        const auto before = [&v, d](int k) { return v[static_cast<std::size_t>(k + d + 1)]; };
        const int k = x - y;
        const bool down = k == -d || (k != d && before(k - 1) < before(k + 1));
        const int previousX = d == 0 ? 0 : before(down ? k + 1 : k - 1);
        const int previousY = d == 0 ? 0 : previousX - (down ? k + 1 : k - 1);
        const int startX = d == 0 ? 0 : (down ? previousX : previousX + 1);
        for (; x > startX; --x, --y) {
            keepsA[static_cast<std::size_t>(x - 1)] = true;
            keepsB[static_cast<std::size_t>(y - 1)] = true;
        }
        x = previousX;
        y = previousY;
    }
    return true;
}

void appendRange(QByteArray &out, int start, int count)
{
    out += QByteArray::number(count == 0 ? start - 1 : start);
    if (count != 1)
        out += ',' + QByteArray::number(count);
}

void appendHunk(QByteArray &out, const QList<DiffLine> &lines, qsizetype from, qsizetype to)
{
    int oldStart = 1;
    int newStart = 1;
    for (qsizetype i = 0; i < from; ++i) {
        oldStart += lines[i].kind != DiffLine::Kind::Added ? 1 : 0;
        newStart += lines[i].kind != DiffLine::Kind::Removed ? 1 : 0;
    }
    int oldCount = 0;
    int newCount = 0;
    QByteArray body;
    for (qsizetype i = from; i < to; ++i) {
        const DiffLine &line = lines[i];
        oldCount += line.kind != DiffLine::Kind::Added ? 1 : 0;
        newCount += line.kind != DiffLine::Kind::Removed ? 1 : 0;
        body += line.kind == DiffLine::Kind::Same ? ' ' : line.kind == DiffLine::Kind::Added ? '+' : '-';
        body += line.text;
        if (!line.text.endsWith('\n'))
            body += "\n\\ No newline at end of file\n";
    }
    out += "@@ -";
    appendRange(out, oldStart, oldCount);
    out += " +";
    appendRange(out, newStart, newCount);
    out += " @@\n" + body;
}

} // namespace

LineDiff diffLines(const QByteArray &oldText, const QByteArray &newText, int maxDifferences)
{
    const QList<QByteArray> a = linesOf(oldText);
    const QList<QByteArray> b = linesOf(newText);
    Interner interner;
    const std::vector<int> ids = interner.intern(a);
    const std::vector<int> others = interner.intern(b);
    const qsizetype shorter = std::min(a.size(), b.size());
    qsizetype head = 0;
    while (head < shorter && ids[static_cast<std::size_t>(head)] == others[static_cast<std::size_t>(head)])
        ++head;
    qsizetype tail = 0;
    while (tail < shorter - head && ids[ids.size() - 1 - static_cast<std::size_t>(tail)] ==
                                        others[others.size() - 1 - static_cast<std::size_t>(tail)])
        ++tail;
    const auto n = static_cast<int>(a.size() - head - tail);
    const auto m = static_cast<int>(b.size() - head - tail);
    std::vector<bool> keepsA(static_cast<std::size_t>(n), false);
    std::vector<bool> keepsB(static_cast<std::size_t>(m), false);
    LineDiff diff;
    if (n > 0 && m > 0)
        diff.isShortest = myers({ids.data() + head, n, others.data() + head, m}, maxDifferences, keepsA, keepsB);

    qsizetype i = 0;
    qsizetype j = 0;
    const auto isKept = [head](const std::vector<bool> &keeps, qsizetype at) {
        return at < head || at - head >= static_cast<qsizetype>(keeps.size()) ||
               keeps[static_cast<std::size_t>(at - head)];
    };
    while (i < a.size() || j < b.size()) {
        const auto oldNumber = static_cast<int>(i + 1);
        const auto newNumber = static_cast<int>(j + 1);
        if (i < a.size() && !isKept(keepsA, i)) {
            diff.lines.append({DiffLine::Kind::Removed, oldNumber, 0, a[i++]});
            ++diff.removed;
        } else if (j < b.size() && !isKept(keepsB, j)) {
            diff.lines.append({DiffLine::Kind::Added, 0, newNumber, b[j++]});
            ++diff.added;
        } else {
            diff.lines.append({DiffLine::Kind::Same, oldNumber, newNumber, a[i++]});
            ++j;
        }
    }
    return diff;
}

QByteArray unifiedDiff(const LineDiff &diff, const QString &oldName, const QString &newName, int context)
{
    if (diff.isEmpty())
        return {};
    QByteArray out = "--- " + oldName.toUtf8() + "\n+++ " + newName.toUtf8() + '\n';
    const QList<DiffLine> &lines = diff.lines;
    const auto nextChange = [&lines](qsizetype from) {
        while (from < lines.size() && lines[from].kind == DiffLine::Kind::Same)
            ++from;
        return from;
    };
    for (qsizetype change = nextChange(0); change < lines.size();) {
        const qsizetype from = std::max<qsizetype>(0, change - context);
        qsizetype end = change;
        while (change < lines.size() && change - end <= 2 * context) {
            end = change + 1;
            change = nextChange(end);
        }
        appendHunk(out, lines, from, std::min(lines.size(), end + context));
    }
    return out;
}

} // namespace parallax::base
