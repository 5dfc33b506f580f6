// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/theme/roles.h"

#include <QList>
#include <QProgressBar>
#include <QWidget>

namespace parallax::theme {
class Theme;
}

namespace parallax::widgets {

/// One part of a whole, in its colour.
struct BarPart
{
    QString name; ///< for the tooltip and screen readers: "Different"
    qint64 value = 0;
    theme::Role role = theme::Role::AccentFill;
    friend bool operator==(const BarPart &, const BarPart &) = default;
};

/// Where the parts lie in a bar of this width: 2 px gaps between what is not nothing, and no part thinner than 4 px,
/// which the largest pays for. `rest` is what is left of the total behind the parts.
struct BarLayout
{
    struct Piece
    {
        qsizetype part = 0; ///< index into the parts; parts.size() is the rest
        double left = 0;
        double width = 0;
    };
    QList<Piece> pieces;
};
[[nodiscard]] BarLayout layOutParts(const QList<BarPart> &parts, qint64 total, double width);
void paintParts(QPainter &painter, const QRectF &rect, const theme::Theme &theme, const QList<BarPart> &parts,
                qint64 total);

/// The outcome of every pair as one bar; the table beneath it is the reader's. Its accessible description lists the
/// counts.
class OutcomeBar : public QWidget
{
    Q_OBJECT

public:
    explicit OutcomeBar(const theme::Theme &theme, QWidget *parent = nullptr);

    void setParts(const QList<BarPart> &parts);
    [[nodiscard]] QSize sizeHint() const override { return {120, 12}; }

protected:
    void paintEvent(QPaintEvent *event) override;
    bool event(QEvent *event) override;

private:
    const theme::Theme &m_theme;
    QList<BarPart> m_parts;
    qint64 m_total = 0;
};

/// The progress of a replay: answered, failed, dropped and, behind them, waiting. A progress bar to everybody else; its
/// value is the share of the planned that is done.
class PartsProgress : public QProgressBar
{
    Q_OBJECT

public:
    PartsProgress(const theme::Theme &theme, const QString &objectName, const QString &accessibleName,
                  QWidget *parent = nullptr);

    void setParts(const QList<BarPart> &parts, qint64 total);
    [[nodiscard]] QSize sizeHint() const override { return {240, 14}; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const theme::Theme &m_theme;
    QList<BarPart> m_parts;
    qint64 m_total = 0;
};

} // namespace parallax::widgets
