// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/iconset.h"
#include "ui/theme/roles.h"
#include "ui/theme/systemappearance.h"

#include <QFont>
#include <QIcon>
#include <QObject>
#include <QPalette>

#include <array>

class QApplication;
class QFontMetrics;

namespace parallax::theme {

/// The steps of the type scale. Sizes are shares of the system font's.
enum class TextStyle {
    Body,
    Name,    ///< body, medium: names in rows
    Strong,  ///< body, semibold: what is chosen
    Display, ///< one large number per view
    HomeTitle,
    Title,
    Section,
    SectionLead, ///< body text beside a section heading, same size, regular
    Caption,
    CaptionMedium,
    CaptionStrong,
    Header, ///< table headers, pills
    HeaderMedium,
    Small, ///< ends of rows, key caps, the rail: the smallest text there is
    SmallStrong,
    Code,
    CodeMedium,
    CodeStrong,
    CodeSmall,
};

inline constexpr int kTextStyleCount = static_cast<int>(TextStyle::CodeSmall) + 1;

/// Light or dark, the colours of the roles, the type scale and the icons: one object made by the composition root,
/// lives on the GUI thread and outlives every widget, which gets it by reference. Follows the system (desktop portal,
/// else the system palette) unless a mode is set. Never draws a control: that is ParallaxStyle.
class Theme : public QObject
{
    Q_OBJECT
    Q_PROPERTY(bool dark READ isDark NOTIFY changed)

public:
    enum class Mode {
        System,
        Light,
        Dark,
    };
    Q_ENUM(Mode)

    /// Starts in Mode::System and asks the desktop without waiting for its answer.
    explicit Theme(QObject *parent = nullptr);
    /// For tests and pictures: starts in the mode and asks nobody.
    explicit Theme(Mode mode, QObject *parent = nullptr);

    [[nodiscard]] Mode mode() const { return m_mode; }
    void setMode(Mode mode);
    [[nodiscard]] bool isDark() const { return m_isDark; }

    [[nodiscard]] QColor color(Role role) const { return m_isDark ? darkColor(role) : lightColor(role); }
    [[nodiscard]] QPalette palette() const;

    [[nodiscard]] QFont font(TextStyle style = TextStyle::Body) const;
    [[nodiscard]] QFontMetrics metrics(TextStyle style = TextStyle::Body) const;
    /// The height of a control that holds one line of text: the design's, or more where the font needs it.
    [[nodiscard]] int height(int designHeight, TextStyle style = TextStyle::Body) const;
    /// The width of a column of text: the design's, or as much more as the font's letters are wider than the design's.
    [[nodiscard]] int width(int designWidth) const;

    /// An icon of resources/icons by its name, recoloured whenever the theme changes.
    [[nodiscard]] QIcon icon(const QString &name, const IconTint &tint = {}) const;
    void paintIcon(QPainter &painter, const QRectF &rect, const QString &name, Role role) const;
    [[nodiscard]] const IconSet &icons() const { return m_icons; }

    /// The system font changed: the type scale is worked out again.
    void refreshFonts();
    /// What the user wants instead: text of so many per cent of the system font's size, and families of its own (empty:
    /// the system's). Everything that holds text follows.
    void setFonts(int percent, const QString &family = {}, const QString &codeFamily = {});
    [[nodiscard]] int zoom() const { return m_zoom; }
    /// A size of the design at the zoom in use: of icons, which have no text to follow.
    [[nodiscard]] int scaled(int pixels) const { return m_zoom == 100 ? pixels : (pixels * m_zoom + 50) / 100; }

Q_SIGNALS:
    /// Colours or fonts are different now. Widgets need not connect: a palette change reaches them too.
    void changed();
    /// Before changed(), when the text has another size or family.
    void fontsChanged();

private:
    void onSystemDarkChanged();
    [[nodiscard]] QFont systemFont() const;
    void setDark(bool isDark);

    Mode m_mode = Mode::System;
    bool m_isDark = false;
    bool m_isPaletteDark = false;
    SystemAppearance *m_system = nullptr;
    IconSet m_icons;
    mutable std::array<std::optional<QFont>, kTextStyleCount> m_fonts;
    std::optional<QFont> m_systemFont; ///< while the application has another
    int m_zoom = 100;
    QString m_family;
    QString m_codeFamily;
};

/// Sizes that are worked out from the text's: `apply` runs now, and whenever colours or fonts are different.
template<class Apply>
void follow(const Theme &theme, QObject *context, Apply apply)
{
    apply();
    QObject::connect(&theme, &Theme::changed, context, apply);
}

/// Gives the application the style, palette and fonts of the theme, now and whenever it changes. Called once by the
/// composition root; the theme must outlive the application's windows.
void install(QApplication &application, Theme &theme);

} // namespace parallax::theme
