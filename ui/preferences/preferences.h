// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/theme.h"

#include <QObject>
#include <QString>

namespace parallax::preferences {

inline constexpr int kZoomStep = 10;
inline constexpr int kMinZoom = 80;
inline constexpr int kMaxZoom = 200;
inline constexpr int kMaxQuotaGib = 1024;
inline constexpr int kMaxBodyMib = 64; ///< the router takes no longer ones

/// Everything a user can set, with its defaults. A value.
struct Values
{
    theme::Theme::Mode appearance = theme::Theme::Mode::System;
    int zoom = 100;   ///< per cent of the system font's size
    QString uiFont;   ///< a family; empty: the system's
    QString codeFont; ///< likewise, of a fixed pitch

    QString listen = QStringLiteral("127.0.0.1:8080"); ///< where the router of a folder listens at first
    bool recordsTraffic = true;                        ///< whether it records at first
    QString captureFolder;                             ///< empty: parallax/captures in the data folder
    int captureQuotaGib = 4;                           ///< of one capture; then the oldest requests go
    int captureBodyMib = 16;                           ///< longer bodies are kept truncated

    bool reopensFolder = true;
    bool showsSteps = true; ///< the four steps of the first run
    bool notifies = true;   ///< of the end of a long run while the window is in the background
    int notifiesAfterS = 10;

    friend bool operator==(const Values &, const Values &) = default;
};

/// The user's preferences and their file (INI; a default is not written, so that better defaults reach everybody).
/// Foreign keys in the file stay. GUI thread; owned by the composition root, which applies what changed.
class Preferences final : public QObject
{
    Q_OBJECT

public:
    /// Reads the file; what is not valid in it counts as not set.
    explicit Preferences(QString file, QObject *parent = nullptr);

    [[nodiscard]] const Values &values() const { return m_values; }
    /// Takes over and writes; out of range becomes the nearest.
    void set(const Values &values);
    void restoreDefaults() { set(Values()); }

Q_SIGNALS:
    void changed();

private:
    void read();
    void write() const;

    QString m_file;
    Values m_values;
};

} // namespace parallax::preferences
