// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QObject>

#include <optional>

class QDBusVariant;

namespace parallax::theme {

/// What the desktop says about light and dark: the setting `color-scheme` of `org.freedesktop.appearance` in the
/// desktop portal. The bus is reached from a thread of its own, so a bus that hangs delays nothing; without one
/// isDark() stays empty. Lives on the GUI thread.
class SystemAppearance : public QObject
{
    Q_OBJECT

public:
    explicit SystemAppearance(QObject *parent = nullptr);

    /// Empty until the desktop has answered, and when it has no preference.
    [[nodiscard]] std::optional<bool> isDark() const { return m_isDark; }

Q_SIGNALS:
    void changed();

private Q_SLOTS:
    void onSettingChanged(const QString &nameSpace, const QString &key, const QDBusVariant &value);

private:
    void ask();
    void take(uint scheme);

    std::optional<bool> m_isDark;
};

} // namespace parallax::theme
