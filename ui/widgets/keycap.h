// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QStringList>
#include <QWidget>

class QPainter;

namespace parallax::theme {
class Theme;
}

namespace parallax::widgets {

[[nodiscard]] double keyCapsWidth(const theme::Theme &theme, const QStringList &caps);
/// One cap for each text, starting at the left of the rectangle, vertically centred. Returns the width they took.
double paintKeyCaps(QPainter &painter, const QRectF &rect, const theme::Theme &theme, const QStringList &caps);

/// Key caps with a word behind them ("Enter add"), for the hints of popups. Takes no focus.
class KeyHint : public QWidget
{
    Q_OBJECT

public:
    KeyHint(const theme::Theme &theme, QStringList caps, QString text = {}, QWidget *parent = nullptr);

    [[nodiscard]] QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const theme::Theme &m_theme;
    QStringList m_caps;
    QString m_text;
};

} // namespace parallax::widgets
