// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"
#include "endpoints/edits.h"

#include <QWidget>

class QPushButton;
class QVBoxLayout;

namespace parallax::theme {
class Theme;
}
namespace parallax::widgets {
class Label;
}

namespace parallax::ui {

/// A way to mend what a finding says.
struct Fix
{
    enum class Kind {
        Edit,       ///< apply `edit`
        Choose,     ///< let the user choose another deployment or version for `name`
        AddBackend, ///< let the user choose one
        Append,     ///< the line `text` at the end of the file
        GiveSuffix, ///< move the file to the suffix that the service reads
    };
    Kind kind = Kind::Choose;
    QString label; ///< on the button
    QString says;  ///< its accessible name, and the step in the undo history
    QString name;  ///< of the backend or mirror
    std::optional<endpoints::Edit> edit;
    QString text;
};

/// What the program lets a fix do.
struct Mending
{
    bool canEdit = true; ///< the text
    QString whyNotMoved; ///< the file cannot be given another suffix, for this reason
    friend bool operator==(const Mending &, const Mending &) = default;
};

/// What can be done about it, the likeliest first. Pure.
[[nodiscard]] QList<Fix> fixesFor(const Finding &finding, const endpoints::Endpoint &endpoint);

/// What is wrong with the file that is shown, each with its line and, where one is known, a way to mend it. Shows at
/// most kMost and says how many more there are. GUI thread.
class ProblemList final : public QWidget
{
    Q_OBJECT

public:
    static constexpr int kMost = 20;

    explicit ProblemList(const theme::Theme &theme, QWidget *parent = nullptr);
    /// Findings that are only information are not shown.
    void setFindings(const QList<Finding> &findings, const endpoints::Endpoint &endpoint, const Mending &mending);

Q_SIGNALS:
    void fixWanted(const parallax::ui::Fix &fix);
    /// Counts from 1.
    void lineWanted(int line, int column);

private:
    void add(const Finding &finding, const endpoints::Endpoint &endpoint, int number);
    [[nodiscard]] QPushButton *makeButton(const Fix &fix, const QString &objectName, bool isMain);
    void addText(const QString &text);

    const theme::Theme &m_theme;
    widgets::Label *m_title = nullptr;
    widgets::Label *m_count = nullptr;
    QVBoxLayout *m_rows = nullptr;
    QList<Finding> m_findings;
    endpoints::Endpoint m_endpoint;
    Mending m_mending;
};

} // namespace parallax::ui
