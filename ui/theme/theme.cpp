// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/theme.h"

#include "ui/theme/parallaxstyle.h"
#include "ui/theme/themeiconengine.h"

#include <QApplication>
#include <QFontDatabase>
#include <QFontMetrics>
#include <QScreen>

#include <cmath>

namespace parallax::theme {

namespace {

struct TypeStep
{
    TextStyle style;
    double share; ///< of the system font's size
    QFont::Weight weight;
    bool isMono = false;
    double spacing = 0; ///< between letters, as a share of the size
};

constexpr std::array<TypeStep, kTextStyleCount> kScale{{
    {TextStyle::Body, 1, QFont::Normal},
    {TextStyle::Name, 1, QFont::Medium},
    {TextStyle::Strong, 1, QFont::DemiBold},
    {TextStyle::Display, 30.0 / 13, QFont::DemiBold, false, -0.02},
    {TextStyle::HomeTitle, 24.0 / 13, QFont::DemiBold, false, -0.0167},
    {TextStyle::Title, 18.0 / 13, QFont::DemiBold, false, -0.011},
    {TextStyle::Section, 14.0 / 13, QFont::DemiBold},
    {TextStyle::SectionLead, 14.0 / 13, QFont::Normal},
    {TextStyle::Caption, 12.0 / 13, QFont::Normal},
    {TextStyle::CaptionMedium, 12.0 / 13, QFont::Medium},
    {TextStyle::CaptionStrong, 12.0 / 13, QFont::DemiBold},
    {TextStyle::Header, 11.5 / 13, QFont::Normal},
    {TextStyle::HeaderMedium, 11.5 / 13, QFont::Medium},
    {TextStyle::Small, 11.0 / 13, QFont::Normal},
    {TextStyle::SmallStrong, 11.0 / 13, QFont::DemiBold},
    {TextStyle::Code, 12.0 / 13, QFont::Normal, true},
    {TextStyle::CodeMedium, 12.0 / 13, QFont::Medium, true},
    {TextStyle::CodeStrong, 12.0 / 13, QFont::Bold, true},
    {TextStyle::CodeSmall, 11.0 / 13, QFont::Normal, true},
}};

// No text is smaller than this, however small the system font is.
constexpr double kSmallestPixels = 11;

double pixelSize(const QFont &font)
{
    if (font.pixelSize() > 0)
        return font.pixelSize();
    const QScreen *screen = QGuiApplication::primaryScreen();
    return font.pointSizeF() * (screen != nullptr ? screen->logicalDotsPerInchY() : 96.0) / 72.0;
}

void setPixelSizeF(QFont &font, double pixels)
{
    const QScreen *screen = QGuiApplication::primaryScreen();
    font.setPointSizeF(pixels * 72.0 / (screen != nullptr ? screen->logicalDotsPerInchY() : 96.0));
}

bool isDarkPalette(const QPalette &palette)
{
    return palette.color(QPalette::Window).lightnessF() < palette.color(QPalette::WindowText).lightnessF();
}

/// Tells the theme of a new system font. Goes with the theme.
class FontWatcher : public QObject
{
public:
    FontWatcher(QApplication &application, Theme &theme)
        : QObject(&theme)
        , m_theme(theme)
    {
        application.installEventFilter(this);
    }

    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (event->type() == QEvent::ApplicationFontChange && watched == QCoreApplication::instance() && !m_isOwn)
            m_theme.refreshFonts();
        return false;
    }

    /// What changes meanwhile is the theme's own doing.
    void setOwn(bool isOwn) { m_isOwn = isOwn; }

private:
    Theme &m_theme;
    bool m_isOwn = false;
};

} // namespace

Theme::Theme(QObject *parent)
    : QObject(parent)
    , m_isPaletteDark(isDarkPalette(QGuiApplication::palette()))
    , m_system(new SystemAppearance(this))
{
    m_isDark = m_isPaletteDark;
    connect(m_system, &SystemAppearance::changed, this, &Theme::onSystemDarkChanged);
}

Theme::Theme(Mode mode, QObject *parent)
    : QObject(parent)
    , m_mode(mode)
    , m_isDark(mode == Mode::Dark)
{}

void Theme::setMode(Mode mode)
{
    m_mode = mode;
    if (mode == Mode::System)
        onSystemDarkChanged();
    else
        setDark(mode == Mode::Dark);
}

void Theme::onSystemDarkChanged()
{
    if (m_mode == Mode::System)
        setDark(m_system != nullptr ? m_system->isDark().value_or(m_isPaletteDark) : m_isPaletteDark);
}

void Theme::setDark(bool isDark)
{
    if (std::exchange(m_isDark, isDark) == isDark)
        return;
    m_icons.clear();
    Q_EMIT changed();
}

void Theme::refreshFonts()
{
    m_fonts.fill(std::nullopt);
    Q_EMIT changed();
}

QFont Theme::systemFont() const
{
    return m_systemFont.value_or(QGuiApplication::font());
}

void Theme::setFonts(int percent, const QString &family, const QString &codeFamily)
{
    if (m_zoom == percent && m_family == family && m_codeFamily == codeFamily)
        return;
    if (!m_systemFont)
        m_systemFont = QGuiApplication::font();
    m_zoom = percent;
    m_family = family;
    m_codeFamily = codeFamily;
    m_fonts.fill(std::nullopt);
    Q_EMIT fontsChanged();
    Q_EMIT changed();
}

QPalette Theme::palette() const
{
    QPalette palette;
    const auto set = [this, &palette](QPalette::ColorRole place, Role role) {
        palette.setColor(QPalette::Active, place, color(role));
        palette.setColor(QPalette::Inactive, place, color(role));
    };
    set(QPalette::Window, Role::Window);
    set(QPalette::WindowText, Role::Text);
    set(QPalette::Base, Role::Base);
    set(QPalette::AlternateBase, Role::Sunken);
    set(QPalette::Text, Role::Text);
    set(QPalette::Button, Role::Button);
    set(QPalette::ButtonText, Role::Text);
    set(QPalette::BrightText, Role::OnAccent);
    // Of characters; rows are filled by the style and the delegates.
    set(QPalette::Highlight, Role::TextSelection);
    set(QPalette::HighlightedText, Role::Text);
    set(QPalette::Link, Role::Accent);
    set(QPalette::LinkVisited, Role::Accent);
    set(QPalette::PlaceholderText, Role::Muted);
    set(QPalette::ToolTipBase, Role::Raised);
    set(QPalette::ToolTipText, Role::Text);
    set(QPalette::Light, Role::Base);
    set(QPalette::Midlight, Role::Hover);
    set(QPalette::Mid, Role::BorderStrong);
    set(QPalette::Dark, Role::Border);
    set(QPalette::Shadow, Role::BorderStrong);
    palette.setColor(QPalette::Inactive, QPalette::Highlight, color(Role::SelectionOff));
    for (int i = 0; i < QPalette::NColorRoles; ++i) {
        const auto place = static_cast<QPalette::ColorRole>(i);
        palette.setColor(QPalette::Disabled, place, palette.color(QPalette::Active, place));
    }
    for (const QPalette::ColorRole place : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText,
                                            QPalette::HighlightedText, QPalette::PlaceholderText})
        palette.setColor(QPalette::Disabled, place, color(Role::Disabled));
    palette.setColor(QPalette::Disabled, QPalette::Highlight, color(Role::SelectionOff));
    return palette;
}

QFont Theme::font(TextStyle style) const
{
    std::optional<QFont> &known = m_fonts[static_cast<std::size_t>(style)];
    if (known)
        return *known;
    const TypeStep &step = kScale[static_cast<std::size_t>(style)];
    Q_ASSERT(step.style == style);
    const QFont system = systemFont();
    QFont font = system;
    if (!m_family.isEmpty())
        font.setFamily(m_family);
    if (step.isMono) {
        font = QFontDatabase::systemFont(QFontDatabase::FixedFont);
        if (!m_codeFamily.isEmpty())
            font.setFamily(m_codeFamily);
        font.setStyleHint(QFont::Monospace);
        font.setFixedPitch(true);
    }
    if (step.isMono || step.share != 1 || m_zoom != 100)
        setPixelSizeF(font, std::max(kSmallestPixels, pixelSize(system) * step.share * m_zoom / 100));
    font.setWeight(step.weight);
    if (step.spacing != 0)
        font.setLetterSpacing(QFont::AbsoluteSpacing, step.spacing * pixelSize(font));
    known = font;
    return font;
}

QFontMetrics Theme::metrics(TextStyle style) const
{
    return QFontMetrics(font(style));
}

int Theme::height(int designHeight, TextStyle style) const
{
    // A control lower than the text plus 8 exists in the design only for small text.
    const int text = metrics(style).height();
    return std::max(designHeight, text + (designHeight < 24 ? 4 : 8));
}

int Theme::width(int designWidth) const
{
    // Of Inter at 13 px, the font of the design.
    constexpr double kDesignAdvance = 121.2;
    const double share = QFontMetricsF(font()).horizontalAdvance(QStringLiteral("changed 200 mirror")) / kDesignAdvance;
    return std::max(designWidth, static_cast<int>(std::ceil(designWidth * share - 0.05)));
}

QIcon Theme::icon(const QString &name, const IconTint &tint) const
{
    return QIcon(new ThemeIconEngine(*this, name, tint));
}

void Theme::paintIcon(QPainter &painter, const QRectF &rect, const QString &name, Role role) const
{
    m_icons.paint(painter, rect, name, color(role));
}

void install(QApplication &application, Theme &theme)
{
    application.setStyle(new ParallaxStyle(theme));
    application.setPalette(theme.palette());
    const auto watcher = new FontWatcher(application, theme);
    QObject::connect(&theme, &Theme::fontsChanged, watcher, [watcher, &theme] {
        watcher->setOwn(true);
        QApplication::setFont(theme.font());
        watcher->setOwn(false);
    });
    QObject::connect(&theme, &Theme::changed, &application, [&theme] { QApplication::setPalette(theme.palette()); });
}

} // namespace parallax::theme
