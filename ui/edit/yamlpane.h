// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/edit/editpresenter.h"
#include "ui/widgets/surface.h"

class QVBoxLayout;

namespace parallax::commands {
class CommandRegistry;
}
namespace parallax::widgets {
class CodeView;
class IconLabel;
class Label;
class SegmentedControl;
} // namespace parallax::widgets

namespace parallax::ui {

class ProblemList;

/// The text of the endpoint that is shown, with what differs from the last commit and what is wrong with it. What is
/// typed here joins the document's one history. Completes keys, deployments, branches and versions, and says what
/// stands under the pointer. GUI thread.
class YamlPane final : public widgets::Surface
{
    Q_OBJECT

public:
    enum class View {
        Text,       ///< as it is
        Difference, ///< the lines around what differs from the last commit
        Both,       ///< all of it, what differs marked
    };

    YamlPane(const theme::Theme &theme, commands::CommandRegistry &registry, EditPresenter &presenter,
             QWidget *parent = nullptr);

    /// Another endpoint, or the same one changed.
    void showEndpoint(const QString &name, const QList<Finding> &findings);
    [[nodiscard]] View view() const;
    void setView(View view);
    /// Counts from 1.
    void goTo(int line, int column);
    [[nodiscard]] ProblemList &problems() const { return *m_problems; }

private:
    void buildText(QVBoxLayout &column);
    void buildFoot(QVBoxLayout &column);
    void bindCommands(commands::CommandRegistry &registry);
    void showDifference();
    [[nodiscard]] QString whyNotMoved() const;

    const theme::Theme &m_theme;
    EditPresenter &m_presenter;
    QString m_current;
    widgets::IconLabel *m_fileIcon = nullptr;
    widgets::Label *m_fileName = nullptr;
    widgets::SegmentedControl *m_view = nullptr;
    widgets::CodeView *m_text = nullptr;
    widgets::Label *m_added = nullptr;
    widgets::Label *m_removed = nullptr;
    widgets::Label *m_sinceHead = nullptr;
    ProblemList *m_problems = nullptr;
};

} // namespace parallax::ui
