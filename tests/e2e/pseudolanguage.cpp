// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Linked into the program itself for the journeys: all its texts in the language that does not exist.
#include "support/pseudolocale.h"

#include <QCoreApplication>

namespace {

void speak()
{
    QCoreApplication::installTranslator(new parallax::test::PseudoLocale(QCoreApplication::instance()));
}

} // namespace

Q_COREAPP_STARTUP_FUNCTION(speak)
