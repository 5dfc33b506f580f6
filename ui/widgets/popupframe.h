// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QDialog>
#include <QFrame>
#include <QPixmap>

class QVBoxLayout;

namespace parallax::theme {
class Theme;
}

namespace parallax::widgets {

/// A popup inside the window: raised, outlined, with a soft shadow in a margin of its own. Its content goes into
/// body().
class PopupFrame : public QFrame
{
    Q_OBJECT

public:
    PopupFrame(const theme::Theme &theme, double radius, QWidget *parent);

    [[nodiscard]] QVBoxLayout *body() const { return m_body; }
    /// Where the visible frame lies, in the parent's coordinates.
    void setFrameGeometry(const QRect &frame);
    [[nodiscard]] QRect frameRect() const;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    const theme::Theme &m_theme;
    double m_radius;
    QVBoxLayout *m_body = nullptr;
};

/// The same as a frameless dialog, which a screen reader and an outside driver can see (a Qt::Popup they cannot). A
/// transparent window would need a compositor, so the picture of the window behind is painted in its margin.
/// Shown with openAt(); Esc rejects.
class PopupDialog : public QDialog
{
    Q_OBJECT

public:
    PopupDialog(const theme::Theme &theme, double radius, QWidget *parent);

    [[nodiscard]] QVBoxLayout *body() const { return m_body; }
    /// Opens it, window modal, with its visible frame at this place of the parent's window; moved inside where it would
    /// stick out.
    void openAt(const QRect &frameInWindow);

protected:
    void paintEvent(QPaintEvent *event) override;
    void moveEvent(QMoveEvent *event) override;

private:
    [[nodiscard]] QRect frame() const;
    void grabBackdrop();

    const theme::Theme &m_theme;
    double m_radius;
    QVBoxLayout *m_body = nullptr;
    QPixmap m_backdrop;
};

/// Darkens the window under a popup. Lies over the whole parent and follows its size.
class DimOverlay : public QWidget
{
    Q_OBJECT

public:
    DimOverlay(const theme::Theme &theme, QWidget *parent);

Q_SIGNALS:
    void pressed();

protected:
    void paintEvent(QPaintEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    const theme::Theme &m_theme;
};

} // namespace parallax::widgets
