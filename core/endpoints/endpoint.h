// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// The values of the Modelbit endpoint grammar (docs/manual, "Endpoint files";
// doc.modelbit.com/api-reference/files/endpoints-yaml). Immutable once published, compared with ==. They know no file
// and no YAML.
#pragma once

#include <QList>
#include <QString>
#include <QStringList>

#include <compare>
#include <optional>

namespace parallax::endpoints {

/// Which version of a deployment answers: `latest`, a number from 1, a custom alias, or (local runs only) the work
/// tree.
class Version
{
public:
    enum class Kind { Latest, Number, Alias, WorkTree };

    [[nodiscard]] static Version latest() { return {}; }
    [[nodiscard]] static Version number(int n);
    [[nodiscard]] static Version alias(QString name);
    [[nodiscard]] static Version workTree();
    /// `latest`, digits, `:worktree`'s `worktree`, else an alias.
    [[nodiscard]] static Version fromString(const QString &text);

    [[nodiscard]] Kind kind() const { return m_kind; }
    [[nodiscard]] bool isLatest() const { return m_kind == Kind::Latest; }
    [[nodiscard]] int toNumber() const { return m_number; } ///< 0 unless Kind::Number
    [[nodiscard]] QString toString() const;

    friend bool operator==(const Version &, const Version &) = default;

private:
    Kind m_kind = Kind::Latest;
    int m_number = 0;
    QString m_alias;
};

struct DeploymentRef
{
    QString name;
    QString branch = QStringLiteral("main");
    Version version;

    /// `name@branch:version`, the notation of the command line.
    [[nodiscard]] QString toString() const;
    /// DEPLOYMENT[@BRANCH][:VERSION]; empty name when `text` is none.
    [[nodiscard]] static DeploymentRef fromString(const QString &text);

    friend bool operator==(const DeploymentRef &, const DeploymentRef &) = default;
};

/// A target that answers callers. Weight is relative; absent means 1.
struct Backend
{
    QString label;
    DeploymentRef deployment;
    std::optional<int> weight;

    [[nodiscard]] int effectiveWeight() const { return weight.value_or(1); }
    friend bool operator==(const Backend &, const Backend &) = default;
};

/// A target that gets a copy of every request; its answer is recorded and never returned.
struct Mirror
{
    QString name;
    DeploymentRef deployment;

    friend bool operator==(const Mirror &, const Mirror &) = default;
};

/// A key that the documented grammar does not have; kept byte for byte and shown.
struct UnknownSetting
{
    QStringList path;
    int line = 0;
    int column = 0;
    friend bool operator==(const UnknownSetting &, const UnknownSetting &) = default;
};

enum class EndpointType { Alias, Split };

struct Endpoint
{
    QString name; ///< the file name without `.yaml`
    QList<Backend> backends;
    QList<Mirror> mirrors;
    int schemaVersion = 1;
    QList<UnknownSetting> unknown;

    /// Derived: one backend is an alias, more are a split.
    [[nodiscard]] EndpointType type() const { return backends.size() > 1 ? EndpointType::Split : EndpointType::Alias; }
    friend bool operator==(const Endpoint &, const Endpoint &) = default;
};

} // namespace parallax::endpoints
