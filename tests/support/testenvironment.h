// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What every test program stands on: a private home, and a message handler that turns unexpected warnings into
// failures.
#pragma once

#include "base/result.h"
#include "ui/wording/wording.h"

#include <QString>
#include <QTemporaryDir>
#include <QTest>

namespace parallax::test {

/// Made before the application object. HOME and all XDG folders point into a fresh folder "Parallax tést XXXXXX", whose
/// path has a space and a non-ASCII letter; git gets an identity and ignores the machine's configuration. Removed at
/// the end.
class TestEnvironment
{
public:
    TestEnvironment();
    ~TestEnvironment();
    TestEnvironment(const TestEnvironment &) = delete;
    TestEnvironment &operator=(const TestEnvironment &) = delete;

    /// Number of warnings so far that no QTest::ignoreMessage announced.
    [[nodiscard]] static int unexpectedWarnings();

private:
    QTemporaryDir m_home;
};

/// A fresh folder below the private home, with a space and a non-ASCII letter in its path.
[[nodiscard]] QString freshFolder(const QString &name);
/// tests/data, or any path below the project's root.
[[nodiscard]] QString sourcePath(const QString &below);
/// A file below shared test corpora (PARALLAX_CORPORA, default ../shared/corpora seen from the root); empty when
/// absent.
[[nodiscard]] QString corpusPath(const QString &below);
/// Path of a built program below the build folder, for instance "app/parallax-cli".
[[nodiscard]] QString binaryPath(const QString &below);
/// Compares with tests/golden/NAME; with UPDATE_GOLDEN=1 in the environment it rewrites the file instead.
[[nodiscard]] bool matchesGolden(const QString &name, const QByteArray &actual);

} // namespace parallax::test

/// Fails with the error's own line when the Result holds one.
#define VERIFY_OK(result)                                                                                              \
    do {                                                                                                               \
        const auto &verifyOkResult = (result);                                                                         \
        QVERIFY2(verifyOkResult.has_value(),                                                                           \
                 verifyOkResult.has_value() ? "" : qPrintable(parallax::wording::line(verifyOkResult.error())));       \
    } while (false)
