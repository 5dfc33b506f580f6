// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/controls.h"
#include "ui/theme/roles.h"

#include <QPointer>
#include <QProxyStyle>

class QFocusFrame;
class QStyleOptionButton;
class QStyleOptionToolButton;

namespace parallax::theme {

class Theme;

/// What decides how a row of a view is filled, for the style and for delegates alike: selected and focused, selected,
/// under the pointer, or nothing.
[[nodiscard]] std::optional<Role> rowFill(const QStyleOption &option, const QWidget *view);

/// The shapes and metrics of every standard control in the visual language, over Fusion. Reads colours from the Theme
/// at the moment of painting and what a control is from theme/controls.h. Owned by the QApplication, lives on the GUI
/// thread; the Theme outlives it. The painting of one family of controls is one source file.
class ParallaxStyle : public QProxyStyle
{
    Q_OBJECT

public:
    explicit ParallaxStyle(const Theme &theme);
    ~ParallaxStyle() override;

    using QProxyStyle::polish;
    void polish(QWidget *widget) override;
    using QProxyStyle::unpolish;
    void unpolish(QWidget *widget) override;

    void drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                       const QWidget *widget) const override;
    void drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
                     const QWidget *widget) const override;
    void drawComplexControl(ComplexControl control, const QStyleOptionComplex *option, QPainter *painter,
                            const QWidget *widget) const override;
    QSize sizeFromContents(ContentsType type, const QStyleOption *option, const QSize &size,
                           const QWidget *widget) const override;
    QRect subElementRect(SubElement element, const QStyleOption *option, const QWidget *widget) const override;
    QRect subControlRect(ComplexControl control, const QStyleOptionComplex *option, SubControl part,
                         const QWidget *widget) const override;
    int pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const override;
    int styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                  QStyleHintReturn *returnData) const override;
    QIcon standardIcon(StandardPixmap pixmap, const QStyleOption *option, const QWidget *widget) const override;

    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    /// A push button or a tool button, seen alike.
    struct Button
    {
        ButtonKind kind = ButtonKind::Secondary;
        ButtonSize size = ButtonSize::Normal;
        QStyle::State state;
        QString text;
        QIcon icon;
        QSize iconSize;
        bool hasMenu = false;
        bool isEnabled() const { return state & State_Enabled; }
        bool isDown() const { return state & State_Sunken; }
        bool isOn() const { return state & State_On; }
        bool isHovered() const { return isEnabled() && (state & State_MouseOver); }
        bool isIconOnly() const { return text.isEmpty(); }
    };

    // parallaxstyle_buttons.cpp
    [[nodiscard]] Button describe(const QStyleOptionButton &option, const QWidget *widget) const;
    [[nodiscard]] Button describe(const QStyleOptionToolButton &option, const QWidget *widget) const;
    [[nodiscard]] QFont buttonFont(const Button &button) const;
    [[nodiscard]] QSize buttonSize(const Button &button) const;
    void drawButtonShape(const Button &button, const QRect &rect, QPainter &painter) const;
    void drawButtonLabel(const Button &button, const QRect &rect, QPainter &painter) const;
    void drawFilledButton(const Button &button, const QRectF &rect, double radius, QPainter &painter) const;
    [[nodiscard]] Role buttonTextRole(const Button &button) const;
    [[nodiscard]] Role buttonIconRole(const Button &button) const;
    void drawCheckIndicator(const QStyleOption &option, QPainter &painter) const;
    void drawRadioIndicator(const QStyleOption &option, QPainter &painter) const;
    void drawFocusFrame(const QStyleOption &option, QPainter &painter) const;

    // parallaxstyle_fields.cpp
    void drawField(const QStyleOption &option, QPainter &painter, const QWidget *widget) const;
    void drawComboBox(const QStyleOptionComplex &option, QPainter &painter, const QWidget *widget) const;
    void drawComboBoxLabel(const QStyleOption &option, QPainter &painter) const;
    void drawSpinBox(const QStyleOptionComplex &option, QPainter &painter, const QWidget *widget) const;
    void drawProgress(const QStyleOption &option, QPainter &painter) const;

    // parallaxstyle_menus.cpp
    void drawMenuBarItem(const QStyleOption &option, QPainter &painter) const;
    void drawMenuBarArea(const QStyleOption &option, QPainter &painter) const;
    void drawMenuItem(const QStyleOption &option, QPainter &painter) const;
    [[nodiscard]] QSize menuItemSize(const QStyleOption &option) const;
    void drawTabShape(const QStyleOption &option, QPainter &painter) const;
    void drawTabLabel(const QStyleOption &option, QPainter &painter) const;
    [[nodiscard]] QSize tabSize(const QStyleOption &option) const;

    // parallaxstyle_views.cpp
    void drawRow(const QStyleOption &option, QPainter &painter, const QWidget *widget) const;
    void drawHeaderSection(const QStyleOption &option, QPainter &painter) const;
    void drawHeaderLabel(const QStyleOption &option, QPainter &painter, const QWidget *widget) const;
    void drawScrollBar(const QStyleOptionComplex &option, QPainter &painter, const QWidget *widget) const;
    [[nodiscard]] QRect scrollBarRect(const QStyleOptionComplex &option, SubControl part) const;
    void drawSplitter(const QStyleOption &option, QPainter &painter) const;
    void drawBranch(const QStyleOption &option, QPainter &painter) const;

    [[nodiscard]] bool drawPanel(PrimitiveElement element, const QStyleOption &option, QPainter &painter,
                                 const QWidget *widget) const;
    [[nodiscard]] QColor color(Role role) const;
    void showFocusFrame(QWidget *button);

    const Theme &m_theme;
    QPointer<QFocusFrame> m_focusFrame;
};

} // namespace parallax::theme
