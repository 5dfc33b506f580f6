// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Reports from one comparison value. Formats: contract of `compare --json`; JUnit XML as GitLab and Jenkins read it
// (docs.gitlab.com/ee/ci/testing/unit_test_reports.html); GitHub-flavoured Markdown; one HTML file without script.
#pragma once

#include "base/result.h"
#include "report/reportinput.h"

#include <QByteArray>

namespace parallax::report {

enum class Format { Html, Markdown, Json, JUnit };

/// By the ending of a file name: .html .htm .md .json .xml. `report-format-unknown` otherwise.
[[nodiscard]] Result<Format> formatForFile(const QString &path);

[[nodiscard]] QByteArray toHtml(const ReportInput &input);
[[nodiscard]] QByteArray toMarkdown(const ReportInput &input);
[[nodiscard]] QByteArray toJsonReport(const ReportInput &input);
/// One test case a gate, or, without gates, one a mirror that holds unless its verdict is `different`.
[[nodiscard]] QByteArray toJUnit(const ReportInput &input);
[[nodiscard]] QByteArray write(const ReportInput &input, Format format);

} // namespace parallax::report
