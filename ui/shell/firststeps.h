// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/surface.h"

#include <array>

class QToolButton;

namespace parallax::widgets {
class Label;
}

namespace parallax::shell {

/// The four steps of the first run, in their order.
enum class FirstStep {
    Open,
    AddMirror,
    SendRequests,
    Compare,
};
inline constexpr int kFirstStepCount = 4;

/// The steps from a folder to a comparison, in a row above the status bar: each is a button that leads there, and done
/// once it was really done. Can be hidden for good. Decides nothing: who knows that a step is done says so.
class FirstSteps final : public widgets::Surface
{
    Q_OBJECT

public:
    explicit FirstSteps(const theme::Theme &theme, QWidget *parent = nullptr);

    void setDone(FirstStep step);
    [[nodiscard]] bool isDone(FirstStep step) const { return m_isDone[static_cast<std::size_t>(step)]; }
    [[nodiscard]] int doneCount() const;
    /// All of them, as bits from the first on: for keeping.
    [[nodiscard]] int bits() const;
    void setBits(int bits);

Q_SIGNALS:
    void chosen(parallax::shell::FirstStep step);
    void stepDone();
    void hideAsked();

protected:
    void resizeEvent(QResizeEvent *event) override;

private:
    void showState();
    void fitTitle();
    [[nodiscard]] static QString textOf(FirstStep step);

    const theme::Theme &m_theme;
    std::array<QToolButton *, kFirstStepCount> m_buttons{};
    std::array<bool, kFirstStepCount> m_isDone{};
    widgets::Label *m_title = nullptr;
};

} // namespace parallax::shell
