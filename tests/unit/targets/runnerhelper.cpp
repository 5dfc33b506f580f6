// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Prepares the deployments named on its command line and prints their process ids, then runs for ever.
#include "targets/targetrunner.h"

#include <QCoreApplication>
#include <QFile>

#include <cstdio>

using namespace parallax;

int main(int argc, char **argv)
{
    const QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    const QString folder = arguments.value(1);
    const Result<repository::Repository> repository = repository::Repository::discover(folder);
    QFile file(folder + QStringLiteral("/.parallax/targets.yaml"));
    if (!repository || !file.open(QIODevice::ReadOnly))
        return 3;
    const targets::EnvironmentSecretStore secrets;
    targets::TargetRunner runner(*repository, secrets, {arguments.value(2), {}});
    runner.setTargets(targets::TargetsFile::read(file.readAll(), file.fileName()));
    int expected = 0;
    QObject::connect(&runner, &targets::TargetRunner::failed, &runner, [] { QCoreApplication::exit(1); });
    QObject::connect(&runner, &targets::TargetRunner::ready, &runner, [&] {
        if (--expected > 0)
            return;
        for (const qint64 id : runner.processIds())
            std::printf("%lld ", static_cast<long long>(id));
        std::printf("\n");
        std::fflush(stdout);
    });
    QList<endpoints::DeploymentRef> refs;
    for (const QString &text : arguments.mid(3))
        refs.append(endpoints::DeploymentRef::fromString(text));
    expected = static_cast<int>(refs.size());
    runner.prepare(refs);
    return QCoreApplication::exec();
}
