// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What fits at a place of an endpoint file, and what stands there, by its lines and their indentation: a file that is
// being typed is seldom YAML.
#pragma once

#include "repository/catalogue.h"
#include "ui/widgets/code/codeview.h"

#include <QString>
#include <QStringList>

namespace parallax::ui {

/// A line of the text and the keys that it lies below, from the outermost.
struct YamlPlace
{
    QStringList path;     ///< `mirrors`, `mirror_1`, `deployment`
    QString key;          ///< of the line; empty while there is no colon
    QString value;        ///< behind the colon, without quotes and comment
    qsizetype indent = 0; ///< of the line
    qsizetype colon = -1; ///< where it stands in the line
    QStringList siblings; ///< keys of the same map, but for that of the line
    QString branch;       ///< of the same map, for `name` and `version`
    QString deployment;   ///< likewise
};

/// `line` counts from 0. An empty line lies where its indentation, `at` characters, says.
[[nodiscard]] YamlPlace placeIn(const QString &text, int line, int at);

/// Keys of the grammar, or for a value branches, deployments and versions. The catalogue may be null. Any thread.
[[nodiscard]] widgets::CodeCompletion completeYaml(const QString &text, int line, int at,
                                                   const repository::Catalogue *catalogue);
/// A sentence about the key or the value there; empty when there is nothing to say.
[[nodiscard]] QString yamlHelp(const QString &text, int line, int at, const repository::Catalogue *catalogue);

} // namespace parallax::ui
