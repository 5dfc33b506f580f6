// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/compare/comparepresenter.h"

#include <QWidget>

namespace parallax::theme {
class Theme;
}
namespace parallax::widgets {
class IconLabel;
class Label;
} // namespace parallax::widgets

namespace parallax::ui {

/// Above one of two answers: who gave it, from which version, with what status, how fast. GUI thread.
class SideHead final : public QWidget
{
    Q_OBJECT

public:
    explicit SideHead(const theme::Theme &theme, QWidget *parent = nullptr);
    void setSide(const PairView::Side &side, int identity);

private:
    widgets::IconLabel *m_shape = nullptr;
    widgets::Label *m_name = nullptr;
    widgets::Label *m_deployment = nullptr;
    widgets::Label *m_status = nullptr;
    widgets::Label *m_duration = nullptr;
};

} // namespace parallax::ui
