// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Precompiled for every test that needs no GUI package.
#pragma once

#include "base/pch.h"

#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
