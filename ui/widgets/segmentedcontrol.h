// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QIcon>
#include <QList>
#include <QRadioButton>
#include <QWidget>

class QHBoxLayout;

namespace parallax::theme {
class Theme;
}

namespace parallax::widgets {

/// Two to four exclusive views of one thing in a row. Each segment is a radio button: arrows move between them, a
/// screen reader hears which is chosen. GUI thread.
class SegmentedControl : public QWidget
{
    Q_OBJECT

public:
    /// The name says what is chosen here; each segment's accessible name is its text.
    SegmentedControl(const theme::Theme &theme, const QString &objectName, const QString &accessibleName,
                     QWidget *parent = nullptr);

    /// Adds a segment behind the others; the first is chosen. Returns its index.
    int addSegment(const QString &text, const QIcon &icon = {}, const QString &accessibleName = {});
    void clear();
    [[nodiscard]] int count() const { return static_cast<int>(m_segments.size()); }
    [[nodiscard]] int current() const;
    /// Chooses without telling.
    void setCurrent(int index);
    void setSegmentText(int index, const QString &text);
    /// A count behind the text, in muted figures; none when negative.
    void setSegmentCount(int index, qint64 count);
    void setSegmentEnabled(int index, bool isEnabled, const QString &reason = {});
    /// Segments share the width evenly.
    void setStretched(bool isStretched);

    [[nodiscard]] QSize sizeHint() const override;

Q_SIGNALS:
    /// By the user.
    void chosen(int index);

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    class Segment;

    const theme::Theme &m_theme;
    QHBoxLayout *m_row = nullptr;
    QList<Segment *> m_segments;
    bool m_isStretched = false;
};

} // namespace parallax::widgets
