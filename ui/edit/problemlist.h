// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/error.h"
#include "endpoints/endpoint.h"

#include <QWidget>

class QVBoxLayout;

namespace parallax::theme {
class Theme;
}
namespace parallax::widgets {
class Label;
}

namespace parallax::ui {

/// What is wrong with the file that is shown, each with its line and, where one is known, a way to mend it. Shows at
/// most kMost and says how many more there are. GUI thread.
class ProblemList final : public QWidget
{
    Q_OBJECT

public:
    static constexpr int kMost = 20;

    explicit ProblemList(const theme::Theme &theme, QWidget *parent = nullptr);
    /// Findings that are only information are not shown.
    void setFindings(const QList<Finding> &findings, const endpoints::Endpoint &endpoint);

Q_SIGNALS:
    /// A backend or mirror names a version that git does not know: take `latest`, or let the user choose.
    void latestWanted(const QString &name);
    void choiceWanted(const QString &name);

private:
    void add(const Finding &finding, const endpoints::Endpoint &endpoint, int number);
    void addText(const QString &text);

    const theme::Theme &m_theme;
    widgets::Label *m_title = nullptr;
    widgets::Label *m_count = nullptr;
    QVBoxLayout *m_rows = nullptr;
    QList<Finding> m_findings;
};

} // namespace parallax::ui
