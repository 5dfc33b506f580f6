// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/redactionoption.h"

#include "base/files.h"
#include "repository/repository.h"
#include "traffic/redactionfile.h"

#include <CLI/CLI.hpp>

#include <QDir>

namespace parallax::cli {

void RedactionOption::addTo(CLI::App &command)
{
    command
        .add_option("--redaction", file, "What counts as secret (default: the repository's .parallax/redaction.yaml)")
        ->type_name("FILE");
}

Result<traffic::RedactionRules> RedactionOption::rules() const
{
    if (!file.empty()) {
        const QString path = QString::fromStdString(file);
        const Result<QByteArray> bytes = base::readFile(path, 1'000'000);
        return bytes ? traffic::parseRedactionRules(*bytes, path) : fail(bytes.error());
    }
    return traffic::redactionRulesOf(repository::Repository::findRoot(QDir::currentPath()).value_or(QString()));
}

} // namespace parallax::cli
