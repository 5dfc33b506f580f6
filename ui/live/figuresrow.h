// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/live/livevalues.h"
#include "ui/widgets/surface.h"

#include <QList>

class QHBoxLayout;

namespace parallax::widgets {
class IconLabel;
class Label;
class Sparkline;
} // namespace parallax::widgets

namespace parallax::ui {

/// One figure: its name, the number, what belongs to it, and at the right a line or a second figure.
class FigureTile final : public QWidget
{
    Q_OBJECT

public:
    FigureTile(const theme::Theme &theme, const QString &objectName, QWidget *parent = nullptr);

    void setIdentity(int index);
    void setName(const QString &name);
    void setFigure(const QString &figure, const QString &note);
    void setValues(const QList<double> &values, theme::Role role);
    void setAside(const QString &name, const QString &figure);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void updateName();
    void fit();

    const theme::Theme &m_theme;
    widgets::IconLabel *m_icon = nullptr;
    widgets::Label *m_name = nullptr;
    widgets::Label *m_figure = nullptr;
    widgets::Label *m_note = nullptr;
    widgets::Label *m_asideName = nullptr;
    widgets::Label *m_aside = nullptr;
    widgets::Sparkline *m_line = nullptr;
    QHBoxLayout *m_foot = nullptr;
};

/// The router in figures: requests a second, the primary's time, how often each mirror agrees, what was not mirrored.
/// As many mirrors as there is room for.
class FiguresRow final : public widgets::Surface
{
    Q_OBJECT

public:
    explicit FiguresRow(const theme::Theme &theme, QWidget *parent = nullptr);

    /// `mirrors` in the order of their shapes.
    void show(const LiveFigures &figures, const QList<MirrorAgreement> &agreement, const QStringList &mirrors);

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void showPrimary(const LiveFigures &figures);
    void showMirrors(const LiveFigures &figures, const QList<MirrorAgreement> &agreement, const QStringList &mirrors);
    FigureTile *addTile(const QString &objectName, int at = -1);
    void fit();

    const theme::Theme &m_theme;
    QHBoxLayout *m_row = nullptr;
    FigureTile *m_requests = nullptr;
    FigureTile *m_primary = nullptr;
    QList<FigureTile *> m_mirrors;
    FigureTile *m_dropped = nullptr;
    qsizetype m_shown = 0; ///< mirrors that have a figure
};

} // namespace parallax::ui
