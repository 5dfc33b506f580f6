// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "replay/runcomparison.h"
#include "ui/widgets/surface.h"

#include <optional>

class QToolButton;

namespace parallax::widgets {
class Label;
class SegmentedControl;
} // namespace parallax::widgets

namespace parallax::ui {

/// What has become of a mirror's pairs since an earlier run: new, fixed and still different, each of them chosen to be
/// listed alone. GUI thread, owned by the page.
class EarlierBar final : public widgets::Surface
{
    Q_OBJECT

public:
    explicit EarlierBar(const theme::Theme &theme, QWidget *parent = nullptr);

    /// The counts of one mirror; a mirror that the earlier run had not stands as one without counts. Chooses all pairs.
    void setChange(const QString &earlier, const replay::RunComparison &comparison, const QString &mirror);
    /// Which pairs are asked for; none: all.
    [[nodiscard]] std::optional<replay::PairChange> chosen() const;

Q_SIGNALS:
    void chosenChanged();
    /// It shall be compared without the earlier run.
    void dismissed();

private:
    widgets::Label *m_name = nullptr;
    widgets::SegmentedControl *m_choice = nullptr;
    widgets::Label *m_rest = nullptr;
};

} // namespace parallax::ui
