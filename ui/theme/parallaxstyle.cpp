// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/parallaxstyle.h"

#include "ui/theme/metrics.h"
#include "ui/theme/paint.h"
#include "ui/theme/theme.h"

#include <QAbstractItemView>
#include <QCheckBox>
#include <QComboBox>
#include <QEvent>
#include <QFocusEvent>
#include <QFocusFrame>
#include <QLineEdit>
#include <QMenu>
#include <QPainter>
#include <QPushButton>
#include <QScrollBar>
#include <QSpinBox>
#include <QStyleFactory>
#include <QStyleOption>
#include <QTabBar>
#include <QToolButton>

using namespace Qt::StringLiterals;

namespace parallax::theme {

ParallaxStyle::ParallaxStyle(const Theme &theme)
    : QProxyStyle(QStyleFactory::create(u"Fusion"_s))
    , m_theme(theme)
{
    setObjectName(u"parallax"_s);
}

ParallaxStyle::~ParallaxStyle() = default;

QColor ParallaxStyle::color(Role role) const
{
    return m_theme.color(role);
}

void ParallaxStyle::polish(QWidget *widget)
{
    QProxyStyle::polish(widget);
    if (qobject_cast<QAbstractButton *>(widget) != nullptr || qobject_cast<QComboBox *>(widget) != nullptr ||
        qobject_cast<QAbstractSpinBox *>(widget) != nullptr || qobject_cast<QTabBar *>(widget) != nullptr)
        widget->setAttribute(Qt::WA_Hover);
    // The ring of a filled button stands outside of it, where only a frame of its own can paint.
    if (qobject_cast<QAbstractButton *>(widget) != nullptr)
        widget->installEventFilter(this);
    if (auto *bar = qobject_cast<QScrollBar *>(widget)) {
        bar->setAttribute(Qt::WA_OpaquePaintEvent, false);
        bar->setAttribute(Qt::WA_Hover);
    }
    if (auto *view = qobject_cast<QAbstractItemView *>(widget))
        view->viewport()->setAttribute(Qt::WA_Hover);
    // The list of a combo box is a popup and stands on the raised surface.
    if (widget->inherits("QComboBoxPrivateContainer")) {
        const auto raise = [this, widget] {
            QPalette palette = m_theme.palette();
            palette.setColor(QPalette::Base, color(Role::Raised));
            palette.setColor(QPalette::Window, color(Role::Raised));
            widget->setPalette(palette);
        };
        raise();
        connect(&m_theme, &Theme::changed, widget, raise);
    }
}

void ParallaxStyle::unpolish(QWidget *widget)
{
    if (qobject_cast<QAbstractButton *>(widget) != nullptr)
        widget->removeEventFilter(this);
    QProxyStyle::unpolish(widget);
}

bool ParallaxStyle::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::FocusIn) {
        auto *button = static_cast<QWidget *>(watched);
        const Qt::FocusReason reason = static_cast<QFocusEvent *>(event)->reason();
        if (reason != Qt::MouseFocusReason && kindOf(button) == ButtonKind::Primary)
            showFocusFrame(button);
    } else if (event->type() == QEvent::FocusOut || event->type() == QEvent::Hide) {
        if (m_focusFrame && m_focusFrame->widget() == watched)
            m_focusFrame->setWidget(nullptr);
    }
    return QProxyStyle::eventFilter(watched, event);
}

void ParallaxStyle::showFocusFrame(QWidget *button)
{
    if (!m_focusFrame) {
        m_focusFrame = new QFocusFrame(button);
        m_focusFrame->setObjectName(u"focusFrame"_s);
    }
    m_focusFrame->setWidget(button);
}

void ParallaxStyle::drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
                                  const QWidget *widget) const
{
    switch (element) {
    case PE_IndicatorCheckBox:
    case PE_IndicatorItemViewItemCheck:
        drawCheckIndicator(*option, *painter);
        return;
    case PE_IndicatorRadioButton:
        drawRadioIndicator(*option, *painter);
        return;
    case PE_PanelLineEdit:
        if (const auto *frame = qstyleoption_cast<const QStyleOptionFrame *>(option); frame && frame->lineWidth > 0)
            drawField(*option, *painter, widget);
        return;
    case PE_PanelItemViewRow:
    case PE_PanelItemViewItem:
        // A tree paints the row under its branches first; the cells of it would paint the same again.
        if (element == PE_PanelItemViewItem || (widget != nullptr && widget->inherits("QTreeView")))
            drawRow(*option, *painter, widget);
        return;
    case PE_IndicatorBranch:
        drawBranch(*option, *painter);
        return;
    case PE_FrameFocusRect:
        if (option->state & State_KeyboardFocusChange)
            focusRing(*painter, option->rect, metrics::kRadiusItem, m_theme);
        return;
    default:
        if (!drawPanel(element, *option, *painter, widget))
            QProxyStyle::drawPrimitive(element, option, painter, widget);
    }
}

bool ParallaxStyle::drawPanel(PrimitiveElement element, const QStyleOption &option, QPainter &painter,
                              const QWidget *widget) const
{
    switch (element) {
    case PE_PanelMenu:
        painter.fillRect(option.rect, color(Role::Raised));
        return true;
    case PE_FrameMenu:
    case PE_FrameWindow:
        strokeRounded(painter, option.rect, 0, color(Role::BorderStrong));
        return true;
    case PE_PanelTipLabel:
        painter.fillRect(option.rect, color(Role::Raised));
        strokeRounded(painter, option.rect, 0, color(Role::BorderStrong));
        return true;
    case PE_Frame:
        strokeRounded(painter, option.rect, 0,
                      color(widget != nullptr && widget->inherits("QComboBoxPrivateContainer") ? Role::BorderStrong
                                                                                               : Role::Border));
        return true;
    case PE_PanelStatusBar:
        painter.fillRect(option.rect, color(Role::Window));
        painter.fillRect(QRect(option.rect.topLeft(), QSize(option.rect.width(), 1)), color(Role::Border));
        return true;
    case PE_FrameTabBarBase:
        painter.fillRect(QRect(option.rect.left(), option.rect.bottom(), option.rect.width(), 1), color(Role::Border));
        return true;
    case PE_PanelMenuBar:
    case PE_FrameStatusBarItem:
    case PE_FrameGroupBox:
    case PE_FrameTabWidget:
    case PE_FrameLineEdit:
    case PE_FrameButtonTool:
    case PE_PanelButtonTool:
    case PE_IndicatorTabTear:
    case PE_FrameDefaultButton:
        return true;
    default:
        return false;
    }
}

void ParallaxStyle::drawControl(ControlElement element, const QStyleOption *option, QPainter *painter,
                                const QWidget *widget) const
{
    const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option);
    switch (element) {
    case CE_PushButtonBevel:
        if (button != nullptr)
            drawButtonShape(describe(*button, widget), option->rect, *painter);
        return;
    case CE_PushButtonLabel:
        if (button != nullptr)
            drawButtonLabel(describe(*button, widget), option->rect, *painter);
        return;
    case CE_PushButton:
        if (button != nullptr) {
            drawButtonShape(describe(*button, widget), option->rect, *painter);
            drawButtonLabel(describe(*button, widget), option->rect, *painter);
        }
        return;
    case CE_FocusFrame:
        return drawFocusFrame(*option, *painter);
    case CE_ComboBoxLabel:
        return drawComboBoxLabel(*option, *painter);
    case CE_ProgressBar:
        return drawProgress(*option, *painter);
    case CE_MenuBarItem:
        return drawMenuBarItem(*option, *painter);
    case CE_MenuBarEmptyArea:
        return drawMenuBarArea(*option, *painter);
    case CE_MenuItem:
        return drawMenuItem(*option, *painter);
    case CE_TabBarTabShape:
        return drawTabShape(*option, *painter);
    case CE_TabBarTabLabel:
        return drawTabLabel(*option, *painter);
    case CE_HeaderSection:
    case CE_HeaderEmptyArea:
        return drawHeaderSection(*option, *painter);
    case CE_HeaderLabel:
        return drawHeaderLabel(*option, *painter, widget);
    case CE_Header:
        drawHeaderSection(*option, *painter);
        return drawHeaderLabel(*option, *painter, widget);
    case CE_Splitter:
        return drawSplitter(*option, *painter);
    case CE_SizeGrip:
        return;
    default:
        QProxyStyle::drawControl(element, option, painter, widget);
    }
}

void ParallaxStyle::drawComplexControl(ComplexControl control, const QStyleOptionComplex *option, QPainter *painter,
                                       const QWidget *widget) const
{
    switch (control) {
    case CC_ToolButton:
        if (const auto *tool = qstyleoption_cast<const QStyleOptionToolButton *>(option)) {
            const Button button = describe(*tool, widget);
            drawButtonShape(button, option->rect, *painter);
            drawButtonLabel(button, option->rect, *painter);
        }
        return;
    case CC_ComboBox:
        return drawComboBox(*option, *painter, widget);
    case CC_SpinBox:
        return drawSpinBox(*option, *painter, widget);
    case CC_ScrollBar:
        return drawScrollBar(*option, *painter, widget);
    default:
        QProxyStyle::drawComplexControl(control, option, painter, widget);
    }
}

QSize ParallaxStyle::sizeFromContents(ContentsType type, const QStyleOption *option, const QSize &size,
                                      const QWidget *widget) const
{
    switch (type) {
    case CT_PushButton:
        if (const auto *button = qstyleoption_cast<const QStyleOptionButton *>(option))
            return buttonSize(describe(*button, widget));
        break;
    case CT_ToolButton:
        if (const auto *button = qstyleoption_cast<const QStyleOptionToolButton *>(option))
            return buttonSize(describe(*button, widget));
        break;
    case CT_LineEdit:
        return {size.width() + 14, m_theme.height(metrics::kFieldHeight)};
    case CT_ComboBox:
        return {size.width() + 40, m_theme.height(metrics::kFieldHeight)};
    case CT_SpinBox:
        return {size.width() + 24, m_theme.height(metrics::kFieldHeight)};
    case CT_ProgressBar:
        return {size.width(), 6};
    case CT_MenuBarItem:
        return {size.width() + 18, m_theme.height(metrics::kMenuBarHeight - 8)};
    case CT_MenuItem:
        if (option != nullptr)
            return menuItemSize(*option);
        break;
    case CT_TabBarTab:
        return tabSize(*option).expandedTo({0, m_theme.height(metrics::kTabHeight)});
    case CT_HeaderSection: {
        const QSize plain = QProxyStyle::sizeFromContents(type, option, size, widget);
        return {plain.width() + 8, m_theme.height(metrics::kTableHeaderHeight, TextStyle::Header)};
    }
    case CT_ItemViewItem: {
        const QSize plain = QProxyStyle::sizeFromContents(type, option, size, widget);
        return {plain.width(), m_theme.height(std::max(plain.height(), metrics::kListRowHeight))};
    }
    case CT_CheckBox:
    case CT_RadioButton: {
        const QSize plain = QProxyStyle::sizeFromContents(type, option, size, widget);
        return {plain.width(), std::max(plain.height(), metrics::kIconSize + 4)};
    }
    default:
        break;
    }
    return QProxyStyle::sizeFromContents(type, option, size, widget);
}

QRect ParallaxStyle::subElementRect(SubElement element, const QStyleOption *option, const QWidget *widget) const
{
    switch (element) {
    case SE_LineEditContents:
        if (const auto *frame = qstyleoption_cast<const QStyleOptionFrame *>(option);
            frame != nullptr && frame->lineWidth > 0 && !isBare(widget))
            return visualRect(option->direction, option->rect, option->rect.adjusted(7, 1, -7, -1));
        return option->rect;
    case SE_CheckBoxFocusRect:
        return subElementRect(SE_CheckBoxIndicator, option, widget);
    case SE_RadioButtonFocusRect:
        return subElementRect(SE_RadioButtonIndicator, option, widget);
    case SE_PushButtonContents:
        return option->rect;
    case SE_ProgressBarGroove:
    case SE_ProgressBarContents:
        return option->rect;
    default:
        return QProxyStyle::subElementRect(element, option, widget);
    }
}

QRect ParallaxStyle::subControlRect(ComplexControl control, const QStyleOptionComplex *option, SubControl part,
                                    const QWidget *widget) const
{
    const QRect rect = option->rect;
    const auto placed = [&](const QRect &at) { return visualRect(option->direction, rect, at); };
    if (control == CC_ComboBox && (part == SC_ComboBoxEditField || part == SC_ComboBoxArrow)) {
        constexpr int arrow = 24;
        return placed(part == SC_ComboBoxArrow ? QRect(rect.right() - arrow + 1, rect.top(), arrow, rect.height())
                                               : rect.adjusted(9, 1, -arrow, -1));
    }
    if (control == CC_ScrollBar)
        return scrollBarRect(*option, part);
    if (control == CC_SpinBox) {
        constexpr int buttons = 18;
        const int half = rect.height() / 2;
        const auto *spin = qstyleoption_cast<const QStyleOptionSpinBox *>(option);
        const int taken = spin != nullptr && spin->buttonSymbols == QAbstractSpinBox::NoButtons ? 0 : buttons;
        switch (part) {
        case SC_SpinBoxUp:
            return placed({rect.right() - taken, rect.top() + 2, taken, half - 2});
        case SC_SpinBoxDown:
            return placed({rect.right() - taken, rect.top() + half, taken, half - 2});
        case SC_SpinBoxEditField:
            return placed(rect.adjusted(7, 1, taken != 0 ? -taken - 1 : -7, -1));
        default:
            return rect;
        }
    }
    return QProxyStyle::subControlRect(control, option, part, widget);
}

int ParallaxStyle::pixelMetric(PixelMetric metric, const QStyleOption *option, const QWidget *widget) const
{
    switch (metric) {
    case PM_DefaultFrameWidth:
    case PM_SplitterWidth:
    case PM_MenuPanelWidth:
        return 1;
    case PM_ComboBoxFrameWidth:
    case PM_SpinBoxFrameWidth:
        return 1;
    case PM_ScrollBarExtent:
        return metrics::kScrollBarWidth;
    case PM_ScrollBarSliderMin:
        return 32;
    case PM_IndicatorWidth:
    case PM_IndicatorHeight:
    case PM_ExclusiveIndicatorWidth:
    case PM_ExclusiveIndicatorHeight:
    case PM_SmallIconSize:
    case PM_ButtonIconSize:
    case PM_ListViewIconSize:
    case PM_ToolBarIconSize:
    case PM_TabBarIconSize:
        return m_theme.scaled(metrics::kIconSize);
    case PM_CheckBoxLabelSpacing:
    case PM_RadioButtonLabelSpacing:
        return 7;
    case PM_MenuHMargin:
    case PM_MenuVMargin:
    case PM_MenuBarVMargin:
        return 4;
    case PM_MenuBarHMargin:
        return 6;
    case PM_MenuBarItemSpacing:
    case PM_MenuBarPanelWidth:
    case PM_ButtonShiftHorizontal:
    case PM_ButtonShiftVertical:
    case PM_TabBarTabOverlap:
    case PM_TabBarTabShiftHorizontal:
    case PM_TabBarTabShiftVertical:
    case PM_TabBarBaseHeight:
    case PM_TabBarBaseOverlap:
        return 0;
    case PM_HeaderMargin:
        return 4;
    case PM_TabBarTabHSpace:
        return 24;
    case PM_LayoutHorizontalSpacing:
    case PM_LayoutVerticalSpacing:
        return 8;
    case PM_LayoutLeftMargin:
    case PM_LayoutTopMargin:
    case PM_LayoutRightMargin:
    case PM_LayoutBottomMargin:
        return 16;
    case PM_ToolTipLabelFrameWidth:
        return 6;
    case PM_FocusFrameHMargin:
    case PM_FocusFrameVMargin:
        return 4;
    case PM_TextCursorWidth:
        return 1;
    default:
        return QProxyStyle::pixelMetric(metric, option, widget);
    }
}

int ParallaxStyle::styleHint(StyleHint hint, const QStyleOption *option, const QWidget *widget,
                             QStyleHintReturn *returnData) const
{
    switch (hint) {
    case SH_DialogButtonBox_ButtonsHaveIcons:
    case SH_EtchDisabledText:
    case SH_DitherDisabledText:
    case SH_ComboBox_Popup:
    case SH_ItemView_ActivateItemOnSingleClick:
    case SH_ScrollBar_Transient:
    case SH_Menu_SloppySubMenus:
        return hint == SH_Menu_SloppySubMenus ? 1 : 0;
    case SH_ItemView_ShowDecorationSelected:
    case SH_ComboBox_ListMouseTracking:
    case SH_Menu_MouseTracking:
    case SH_MenuBar_MouseTracking:
    case SH_ScrollBar_LeftClickAbsolutePosition:
        return 1;
    case SH_TabBar_Alignment:
        return Qt::AlignLeft;
    case SH_ToolTipLabel_Opacity:
        return 255;
    case SH_Table_GridLineColor:
        return static_cast<int>(color(Role::Border).rgb());
    default:
        return QProxyStyle::styleHint(hint, option, widget, returnData);
    }
}

QIcon ParallaxStyle::standardIcon(StandardPixmap pixmap, const QStyleOption *option, const QWidget *widget) const
{
    switch (pixmap) {
    case SP_LineEditClearButton:
        return m_theme.icon(u"close"_s);
    case SP_MessageBoxInformation:
        return m_theme.icon(u"info"_s, IconTint::fixed(Role::Accent));
    case SP_MessageBoxWarning:
        return m_theme.icon(u"warning"_s, IconTint::fixed(Role::Warning));
    case SP_MessageBoxCritical:
        return m_theme.icon(u"error"_s, IconTint::fixed(Role::Error));
    case SP_MessageBoxQuestion:
        return m_theme.icon(u"help"_s);
    case SP_DirIcon:
    case SP_DirClosedIcon:
    case SP_DirOpenIcon:
        return m_theme.icon(u"folder"_s);
    case SP_FileIcon:
        return m_theme.icon(u"file"_s);
    default:
        return QProxyStyle::standardIcon(pixmap, option, widget);
    }
}

} // namespace parallax::theme
