// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"
#include "base/result.h"
#include "endpoints/endpoint.h"
#include "yaml/document.h"

#include <QByteArray>
#include <QList>
#include <QString>

#include <memory>
#include <optional>

namespace parallax::endpoints {

/// One `endpoints/<name>.yaml` as it was read: its bytes, the endpoint they describe, and everything that is to be said
/// about them, each with its place. Reading never fails as a whole: a broken file carries its errors. A value,
/// immutable, cheap to copy; any thread. It knows no file system: `file` is only for the places.
class EndpointFile
{
public:
    /// `name` is the endpoint's, the file name without its suffix.
    [[nodiscard]] static EndpointFile read(const QByteArray &bytes, const QString &file, const QString &name);

    [[nodiscard]] QByteArray bytes() const;
    [[nodiscard]] QString file() const;
    [[nodiscard]] QString name() const;

    /// The endpoint, when no finding is an error: what may be served.
    [[nodiscard]] const std::optional<Endpoint> &endpoint() const;
    /// As much of it as could be read, for showing a file that has errors.
    [[nodiscard]] const Endpoint &partial() const;
    /// In the order of the file. Errors of the YAML itself stand alone.
    [[nodiscard]] QList<Finding> findings() const;
    [[nodiscard]] bool hasErrors() const;

    /// Whether a form can edit it: it is YAML that both parsers read alike, and a mapping or empty.
    [[nodiscard]] bool isEditable() const;
    /// Set when the bytes are acceptable YAML.
    [[nodiscard]] const std::optional<yaml::Document> &document() const;

private:
    struct Data;
    explicit EndpointFile(std::shared_ptr<const Data> data);
    std::shared_ptr<const Data> m_data;
};

} // namespace parallax::endpoints
