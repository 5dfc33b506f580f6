// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/preferences/preferences.h"

#include <QDialog>
#include <QList>

#include <functional>

class QBoxLayout;
class QCheckBox;
class QComboBox;
class QLineEdit;
class QSpinBox;
class QVBoxLayout;

namespace parallax::widgets {
class FilterField;
class Label;
class SegmentedControl;
} // namespace parallax::widgets

namespace parallax::preferences {

/// Every preference with what it does, applied as soon as it is changed. The field at the top leaves only the rows that
/// match. Shown with open(); GUI thread, owned by its parent.
class PreferencesDialog final : public QDialog
{
    Q_OBJECT

public:
    /// Whether a text is an address that a router can listen at.
    using IsAddress = std::function<bool(const QString &text)>;

    PreferencesDialog(const theme::Theme &theme, Preferences &preferences, IsAddress isAddress, QString captureFolder,
                      QWidget *parent);

private:
    struct Row
    {
        QWidget *widget = nullptr;
        QString words; ///< that the search finds it by
        int section = 0;
    };

    void buildAppearance();
    void buildRouter();
    void buildCaptures();
    void buildProgram();
    void beginSection(const QString &title);
    /// A row: what it is called, its control and what it does.
    void addRow(const QString &text, QWidget *control, const QString &help);
    QCheckBox *addCheck(const QString &objectName, const QString &text, const QString &help, bool Values::*member);
    QSpinBox *addNumber(const QString &objectName, const QString &text, const QString &help, int Values::*member,
                        int least, int most, const QString &unit);
    QComboBox *addFont(const QString &objectName, const QString &text, const QString &help, QString Values::*member,
                       bool isFixed);
    void buildCaptureFolder();
    void show(const Values &values);
    template<class Value>
    void change(Value Values::*member, const Value &value);
    void search(const QString &text);

    const theme::Theme &m_theme;
    Preferences &m_preferences;
    const IsAddress m_isAddress;
    const QString m_captureFolder; ///< in use while none is set
    QVBoxLayout *m_rows = nullptr;
    QList<Row> m_all;
    QList<QWidget *> m_titles;
    widgets::Label *m_nothing = nullptr;
    QList<std::function<void(const Values &)>> m_shows; ///< each control takes up its value
    bool m_isShowing = false;
};

} // namespace parallax::preferences
