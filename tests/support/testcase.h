// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>
#include <QRegularExpression>
#include <QTest>

namespace parallax::test {

/// Base of every test class: a warning that no QTest::ignoreMessage announced fails the test function it came in.
/// A test with an init() of its own calls this one first.
class TestCase : public QObject
{
    Q_OBJECT

protected Q_SLOTS:
    void init()
    {
        // The offscreen platform says of every window it shows that it cannot pass its size hints on.
        QTest::failOnWarning(QRegularExpression(QStringLiteral("^(?!This plugin does not support )")));
    }
};

} // namespace parallax::test
