// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "support/testcase.h"
#include "support/testenvironment.h"

#include <QCoreApplication>
#ifdef QT_WIDGETS_LIB
#include <QApplication>
#endif

#ifndef PARALLAX_TEST_APPLICATION
#define PARALLAX_TEST_APPLICATION QCoreApplication
#endif

/// The main of a test program. A warning that no QTest::ignoreMessage announced fails it.
#define PARALLAX_TEST_MAIN(TestClass)                                                                                  \
    int main(int argc, char **argv)                                                                                    \
    {                                                                                                                  \
        const parallax::test::TestEnvironment environment;                                                             \
        PARALLAX_TEST_APPLICATION application(argc, argv);                                                             \
        TestClass test;                                                                                                \
        const int failures = QTest::qExec(&test, argc, argv);                                                          \
        return failures != 0 ? failures : parallax::test::TestEnvironment::unexpectedWarnings() != 0 ? 1 : 0;          \
    }
