// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "resources/resources.h"

#include <QtGlobal>

// Must stand outside of any namespace.
static void initialiseResources()
{
    Q_INIT_RESOURCE(parallax_example);
    Q_INIT_RESOURCE(parallax_python);
    Q_INIT_RESOURCE(parallax_manual);
    Q_INIT_RESOURCE(parallax_licence);
}

namespace parallax::resources {

void initialise()
{
    initialiseResources();
}

QString exampleFolder()
{
    return QStringLiteral(":/example");
}

QString manualFolder()
{
    return QStringLiteral(":/manual");
}

QString licenceFile()
{
    return QStringLiteral(":/licence/LICENSE");
}

QString runnerScript()
{
    return QStringLiteral(":/python/parallax_runner.py");
}

} // namespace parallax::resources
