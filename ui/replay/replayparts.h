// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Small widgets of the Replay mode.
#pragma once

#include "ui/theme/roles.h"

#include <QFrame>
#include <QPushButton>

#include <optional>

class QGridLayout;
class QVBoxLayout;

namespace parallax::theme {
class Theme;
}
namespace parallax::widgets {
class Label;
}

namespace parallax::ui {

/// A button that looks like a field: the capture's name, how much is in it, and the sign of something to choose.
class SourceField final : public QPushButton
{
    Q_OBJECT

public:
    explicit SourceField(const theme::Theme &theme, QWidget *parent = nullptr);

    /// An empty name shows the prompt.
    void setSource(const QString &name, const QString &amount);
    [[nodiscard]] QSize sizeHint() const override;
    [[nodiscard]] QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const theme::Theme &m_theme;
    QString m_name;
    QString m_amount;
};

/// `5,000 planned = 3,120 sent + 0 dropped + 1,880 waiting`: figures over their names, which carry the colour of their
/// part of the bar.
class SumRow final : public QWidget
{
    Q_OBJECT

public:
    SumRow(const theme::Theme &theme, const QString &objectName, QWidget *parent = nullptr);

    /// The first term is the sum of the others.
    void addTerm(const QString &objectName, const QString &name, std::optional<theme::Role> mark = std::nullopt);
    void setValues(const QList<qint64> &values);
    /// Closer together, for a narrow window.
    void setCompact(bool isCompact);

private:
    const theme::Theme &m_theme;
    QGridLayout *m_grid = nullptr;
    QStringList m_names;
    QList<widgets::Label *> m_figures;
};

/// One line of a chart's legend.
class LegendKey final : public QWidget
{
    Q_OBJECT

public:
    /// `identity` as in ChartSeries; without one a line of `role`, dotted when planned.
    LegendKey(const theme::Theme &theme, const QString &text, std::optional<int> identity, theme::Role role,
              bool isDotted, QWidget *parent = nullptr);
    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const theme::Theme &m_theme;
    QString m_text;
    std::optional<int> m_identity;
    theme::Role m_role;
    bool m_isDotted;
};

/// How the mirrors agree so far, a line each, and the way to Compare.
class AgreementBar final : public QFrame
{
    Q_OBJECT

public:
    explicit AgreementBar(const theme::Theme &theme, QWidget *parent = nullptr);

    struct Line
    {
        QString strong; ///< `98.1% agree so far`
        QString rest;   ///< `97.4 to 98.6, from 1,930 distinct requests. Most differ at`
        QString code;   ///< `/data/price`
        std::optional<int> identity;
        QString name;
        friend bool operator==(const Line &, const Line &) = default;
    };
    void setLines(const QList<Line> &lines);
    [[nodiscard]] QPushButton *button() const { return m_button; }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const theme::Theme &m_theme;
    QVBoxLayout *m_rows = nullptr;
    QPushButton *m_button = nullptr;
    QList<Line> m_lines;
};

} // namespace parallax::ui
