// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "repository/objects.h"

#include "repository/errors.h"

#include <QRegularExpression>

using namespace Qt::StringLiterals;

namespace parallax::repository {

namespace {

std::optional<TreeEntry> parseEntry(QByteArrayView record)
{
    // "MODE TYPE ID\tPATH", or "MODE TYPE ID SIZE\tPATH" with the size padded with blanks
    const qsizetype tab = record.indexOf('\t');
    if (tab < 0)
        return {};
    const QList<QByteArray> words = record.first(tab).toByteArray().simplified().split(' ');
    if (words.size() < 3)
        return {};
    TreeEntry entry;
    const QByteArray &mode = words.at(0);
    if (mode == "120000")
        entry.type = TreeEntry::Type::SymbolicLink;
    else if (mode == "160000")
        entry.type = TreeEntry::Type::Submodule;
    else if (mode == "040000")
        entry.type = TreeEntry::Type::Folder;
    else if (mode.startsWith("100"))
        entry.type = mode.endsWith("755") ? TreeEntry::Type::Executable : TreeEntry::Type::File;
    else
        return {};
    entry.id = words.at(2);
    entry.bytes = words.value(3).toLongLong(); // "-" for what is no blob gives 0
    entry.path = QString::fromUtf8(record.sliced(tab + 1));
    return entry;
}

} // namespace

bool isObjectId(const QString &text)
{
    static const QRegularExpression pattern(u"\\A[0-9a-f]{40}(?:[0-9a-f]{24})?\\z"_s);
    return pattern.match(text).hasMatch();
}

Result<QList<TreeEntry>> listTree(const Git &git, const QString &commit, const QStringList &paths, Depth depth,
                                  std::stop_token stop)
{
    Q_ASSERT(isObjectId(commit));
    GitCall call{{u"ls-tree"_s, u"-z"_s}};
    call.maxOutputBytes = 512LL * 1024 * 1024;
    if (depth != Depth::Entries)
        call.arguments << u"-r"_s;
    if (depth == Depth::RecursiveWithSizes)
        call.arguments << u"-l"_s;
    call.arguments << commit << u"--"_s << paths;
    const Result<QByteArray> out = git.output(call, stop);
    if (!out)
        return fail(out.error());
    QList<TreeEntry> entries;
    qsizetype begin = 0;
    while (begin < out->size()) {
        qsizetype end = out->indexOf('\0', begin);
        if (end < 0)
            end = out->size();
        if (std::optional<TreeEntry> entry = parseEntry(QByteArrayView(*out).sliced(begin, end - begin)))
            entries.append(*std::move(entry));
        begin = end + 1;
    }
    return entries;
}

Result<QHash<QByteArray, QByteArray>> readBlobs(const Git &git, const QList<QByteArray> &ids, qint64 maxBytes,
                                                std::stop_token stop)
{
    QHash<QByteArray, QByteArray> blobs;
    if (ids.isEmpty())
        return blobs;
    GitCall call{{u"cat-file"_s, u"--batch"_s}};
    call.maxOutputBytes = maxBytes + 128 * ids.size();
    for (const QByteArray &id : ids)
        call.input += id + '\n';
    const Result<QByteArray> out = git.output(call, stop);
    if (!out)
        return fail(out.error());
    // "ID TYPE SIZE\nCONTENT\n" or "ID missing\n"
    qsizetype at = 0;
    while (at < out->size()) {
        const qsizetype end = out->indexOf('\n', at);
        if (end < 0)
            break;
        const QList<QByteArray> words = out->mid(at, end - at).split(' ');
        at = end + 1;
        if (words.size() != 3)
            continue;
        const qsizetype size = words.at(2).toLongLong();
        if (words.at(1) == "blob")
            blobs.insert(words.at(0), out->mid(at, size));
        at += size + 1;
    }
    return blobs;
}

Result<QString> headCommit(const Git &git, std::stop_token stop)
{
    const GitCall call{{u"rev-parse"_s, u"--quiet"_s, u"--verify"_s, u"HEAD^{commit}"_s}};
    const Result<GitOutput> output = git.run(call, stop);
    if (!output)
        return fail(output.error());
    if (output->exitCode == 0)
        return QString::fromLatin1(output->out).trimmed();
    if (output->err.trimmed().isEmpty())
        return QString(); // unborn
    return fail(git.errorOf(call, *output));
}

} // namespace parallax::repository
