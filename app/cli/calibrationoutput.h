// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "compare/calibration.h"

#include <QJsonObject>
#include <QString>

#include <vector>

namespace parallax::cli {

/// How far one mirror strays from the primary, against how far the primary strays from itself.
struct MirrorExcess
{
    QString mirror;
    QString deployment;
    std::vector<compare::FieldExcess> fields;
};

/// What `calibrate` found.
struct CalibrationResult
{
    QString deployment; ///< asked twice
    compare::Calibration calibration;
    std::vector<MirrorExcess> mirrors;
    QJsonObject replay;
    QString rulesFile; ///< as shown; empty when no file was asked for
    bool isWritten = false;
};

/// For the terminal: noisy fields, how sure the stable ones are, the rules that follow, the mirrors beyond the noise.
[[nodiscard]] QString toTable(const CalibrationResult &result);
[[nodiscard]] QJsonObject toJson(const CalibrationResult &result);

} // namespace parallax::cli
