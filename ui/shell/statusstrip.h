// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QHash>
#include <QStatusBar>

class QAction;
class QHBoxLayout;
class QToolButton;

namespace parallax::theme {
class Theme;
}
namespace parallax::widgets {
class Label;
}

namespace parallax::shell {

/// One entry of the status bar: an icon, words, something in code, and at most one link behind them.
class StatusItem : public QWidget
{
    Q_OBJECT

public:
    StatusItem(const theme::Theme &theme, const QString &objectName, QWidget *parent);

    void setIcon(const QString &name, bool isOk = false);
    void setText(const QString &text);
    /// As setText(), and a screen reader reads it out at once.
    void announce(const QString &text);
    /// Behind the text, in the monospaced font: an address.
    void setCode(const QString &code);
    /// A link that runs the action; its text is the one given, or the action's. Null takes it away.
    void setAction(QAction *action, const QString &text = {});
    void setHasSeparator(bool hasSeparator);
    [[nodiscard]] QString text() const;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void updateName();

    const theme::Theme &m_theme;
    QString m_icon;
    bool m_isOk = false;
    bool m_hasSeparator = false;
    widgets::Label *m_text = nullptr;
    widgets::Label *m_code = nullptr;
    QToolButton *m_link = nullptr;
    QMetaObject::Connection m_linkFollows;
    QHBoxLayout *m_row = nullptr;
};

/// The status bar: entries by id from the left, and at the right the last fact. The bar's accessible name is that fact.
class StatusStrip : public QStatusBar
{
    Q_OBJECT

public:
    explicit StatusStrip(const theme::Theme &theme, QWidget *parent = nullptr);

    /// The entry of this id, made at the end of the others the first time.
    StatusItem *item(const QString &id);
    /// The last fact: "Nothing was sent". Replaces the one before.
    void say(const QString &fact);
    /// As say(), and a screen reader reads it out at once: the end of something that was waited for.
    void announce(const QString &fact);
    [[nodiscard]] QString said() const { return m_fact; }
    /// Shown in place of the fact until it is empty again: what is under the pointer does, or what a chart reads there.
    void setHint(const QString &hint);

private:
    void updateSeparators();

    const theme::Theme &m_theme;
    QHash<QString, StatusItem *> m_items;
    QList<StatusItem *> m_order;
    QHBoxLayout *m_row = nullptr;
    widgets::Label *m_said = nullptr;
    QString m_fact;
};

} // namespace parallax::shell
