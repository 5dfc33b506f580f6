// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/example/example.h"

#include "base/errors.h"
#include "base/files.h"
#include "repository/repository.h"
#include "repository/repositorybuilder.h"
#include "resources/resources.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QFileInfo>

using namespace Qt::StringLiterals;

namespace parallax::example {

namespace {

constexpr qint64 kMaxResource = 16 * 1024 * 1024;
constexpr auto kMarker = ".parallax-example"_L1; // what may be replaced by the next run

Status copy(const QString &resource, const QString &target)
{
    const Result<QByteArray> bytes = base::readFile(resource, kMaxResource);
    if (!bytes)
        return fail(bytes.error());
    return base::saveFile(target, *bytes);
}

/// Whether something of the user's would be lost with the workspace.
bool hasChanges(const QString &workspace)
{
    if (!QFileInfo::exists(workspace))
        return false;
    const Result<repository::Repository> repository = repository::Repository::discover(workspace);
    const Result<repository::WorkTreeStatus> status = repository ? repository->status() : fail(repository.error());
    return !status || !status->files.isEmpty();
}

} // namespace

Result<Example> create(const QString &folder, bool replacesChanges)
{
    const QDir root(folder);
    const bool isOurs = root.exists(kMarker);
    if (root.exists() && !isOurs && !root.isEmpty(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot))
        return fail({base::kFileExists, {{u"file"_s, folder}}, {folder}, {}});
    if (const Status made = base::makePath(folder, base::Privacy::OwnerOnly); !made)
        return fail(made.error());
    if (const Status marked = base::saveFile(root.filePath(kMarker), "Made by Parallax; replaced by its next demo.\n");
        !marked)
        return fail(marked.error());
    Example example{root.filePath(u"workspace"_s), root.filePath(u"traffic/diamonds.ndjson"_s)};
    if (!replacesChanges && hasChanges(example.workspace))
        return fail({base::kFileExists, {{u"file"_s, example.workspace}}, {example.workspace}, {}});
    QDir(example.workspace).removeRecursively();
    QDir(root.filePath(u"traffic"_s)).removeRecursively();
    if (const Status made = base::makePath(root.filePath(u"traffic"_s)); !made)
        return fail(made.error());
    if (const Status copied = copy(resources::exampleFolder() + u"/traffic/diamonds.ndjson"_s, example.traffic);
        !copied)
        return fail(copied.error());
    const Result<repository::BuildDescription> history =
        repository::BuildDescription::read(resources::exampleFolder() + u"/history.json"_s);
    if (!history)
        return fail(history.error());
    if (const Status built = repository::buildRepository(*history, example.workspace); !built)
        return fail(built.error());
    return example;
}

Result<Example> createOnce(const QString &folder)
{
    const QDir root(folder);
    const Example present{root.filePath(u"workspace"_s), root.filePath(u"traffic/diamonds.ndjson"_s)};
    if (root.exists(kMarker) && QFileInfo::exists(present.workspace + u"/.git/HEAD"_s) &&
        QFileInfo::exists(present.traffic))
        return present;
    return create(folder);
}

Result<QString> runnerScript()
{
    const Result<QByteArray> script = base::readFile(resources::runnerScript(), kMaxResource);
    if (!script)
        return fail(script.error());
    const QString folder =
        base::cacheFolder() + u"/runner-"_s +
        QString::fromLatin1(QCryptographicHash::hash(*script, QCryptographicHash::Sha256).toHex().left(16));
    const QString path = folder + u"/parallax_runner.py"_s;
    if (const Result<QByteArray> present = base::readFile(path, kMaxResource); present && *present == *script)
        return path;
    if (const Status made = base::makePath(folder, base::Privacy::OwnerOnly); !made)
        return fail(made.error());
    if (const Status saved = base::saveFile(path, *script); !saved)
        return fail(saved.error());
    return path;
}

} // namespace parallax::example
