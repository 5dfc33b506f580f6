// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QString>

#include <optional>

namespace parallax::targets {

/// Where `${secret:NAME}` comes from. Owned by the composition root, handed on by reference; called on the thread that
/// prepares targets. Values are never logged, written or shown.
class SecretStore
{
public:
    virtual ~SecretStore() = default;
    [[nodiscard]] virtual std::optional<QString> secret(const QString &name) const = 0;
};

/// PARALLAX_SECRET_<NAME>, with the name as written or in capitals with `_` for all but letters and digits.
class EnvironmentSecretStore final : public SecretStore
{
public:
    [[nodiscard]] std::optional<QString> secret(const QString &name) const override;
    [[nodiscard]] static QString variable(const QString &name);
    static constexpr const char *kPrefix = "PARALLAX_SECRET_";
};

} // namespace parallax::targets
