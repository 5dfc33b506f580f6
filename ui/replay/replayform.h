// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/replay/replaypresenter.h"

#include <QWidget>

#include <functional>

class QCheckBox;
class QLineEdit;
class QMenu;
class QPushButton;
class QStackedWidget;
class QVBoxLayout;

namespace parallax::theme {
class Theme;
}
namespace parallax::widgets {
class Label;
class SegmentedControl;
} // namespace parallax::widgets

namespace parallax::ui {

class SourceField;

/// The left of the Replay mode: the plan of the next run, field by field, and the button that starts it. A field that
/// cannot be read keeps its text, is outlined, and holds the start back; nothing else is lost.
class ReplayForm final : public QWidget
{
    Q_OBJECT

public:
    ReplayForm(const theme::Theme &theme, ReplayPresenter &presenter, QWidget *parent = nullptr);

    void focusFilter();

Q_SIGNALS:
    void chooseSourceAsked();
    void repeatRunAsked();
    void chooseOutputAsked();
    void startAsked();
    /// Whether a start is possible changed.
    void readinessChanged();

private:
    using Plan = replay::ReplayPlan;
    struct Field
    {
        QLineEdit *edit = nullptr;
        std::function<QString(const Plan &)> show;
        std::function<Status(const QString &, Plan &)> take;
        Status state;
    };

    void buildHead(QVBoxLayout &column);
    void buildSource(QVBoxLayout &column);
    void buildPace(QVBoxLayout &column);
    void buildLimits(QVBoxLayout &column);
    void buildMore(QVBoxLayout &column);
    QWidget *buildFoot();
    QWidget *addField(QVBoxLayout &column, const QString &label, const QString &objectName, const QString &name,
                      const QString &placeholder, std::function<QString(const Plan &)> show,
                      std::function<Status(const QString &, Plan &)> take);
    QCheckBox *addCheck(QVBoxLayout &column, const QString &text, const QString &objectName);

    void showPlan();
    void showSource();
    void showReadiness();
    [[nodiscard]] QString fieldProblem() const;
    void showPaceRows();
    void choosePace(int index);
    void takeField(std::size_t index);
    void showField(Field &field);
    void openSourceMenu();
    [[nodiscard]] QMenu *makePresets();

    const theme::Theme &m_theme;
    ReplayPresenter &m_presenter;
    std::vector<Field> m_fields;
    const Field *m_taken = nullptr; ///< the field that the plan is being taken from: its text is the user's
    bool m_isShowing = false;

    QPushButton *m_presets = nullptr;
    SourceField *m_source = nullptr;
    widgets::Label *m_sourceProblem = nullptr;
    QStackedWidget *m_filterStack = nullptr;
    widgets::Label *m_filterText = nullptr;
    QPushButton *m_filterChange = nullptr;
    QLineEdit *m_filter = nullptr;
    widgets::Label *m_filterProblem = nullptr;
    widgets::SegmentedControl *m_pace = nullptr;
    QWidget *m_speedRow = nullptr;
    QWidget *m_gapRow = nullptr;
    QWidget *m_rateRow = nullptr;
    QWidget *m_rampRow = nullptr;
    QWidget *m_overRow = nullptr;
    QWidget *m_parallelRow = nullptr;
    QWidget *m_inFlightRow = nullptr;
    QCheckBox *m_step = nullptr;
    QCheckBox *m_redact = nullptr;
    QCheckBox *m_onlyDifferent = nullptr;
    QPushButton *m_more = nullptr;
    QWidget *m_moreRows = nullptr;
    QPushButton *m_output = nullptr;
    widgets::Label *m_hint = nullptr;
    QPushButton *m_start = nullptr;
};

} // namespace parallax::ui
