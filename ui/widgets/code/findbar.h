// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QFrame>
#include <QString>
#include <QTimer>

#include <algorithm>
#include <functional>
#include <utility>
#include <vector>

class QKeyEvent;
class QToolButton;

namespace parallax::theme {
class Theme;
}

namespace parallax::widgets {

class FilterField;
class Label;

/// What is looked for.
struct FindQuery
{
    QString text; ///< empty: nothing, and no place is marked
    bool isCaseSensitive = false;
};

enum class FindStep {
    Count,    ///< marks the places and stays where it is
    Here,     ///< the first place from the start of the selection on: while one types
    Next,     ///< behind the selection, or from the start again
    Previous, ///< before it, or from the end again
};

struct FindAnswer
{
    int place = -1; ///< from 0, of the place that is selected now
    int count = 0;
    bool isMore = false; ///< there are more places than were counted
    bool hasWrapped = false;
};

/// Places that a pane looks for at once; beyond them it says that there are more.
inline constexpr std::size_t kMostFound = 10'000;

/// Which of the places, in the order of the text, a step goes to, and whether that is past the end. `from` is the start
/// of the selection, or the cursor where nothing is selected.
template<class Place>
[[nodiscard]] std::pair<int, bool> foundPlace(const std::vector<Place> &places, const Place &from, bool hasSelection,
                                              FindStep step)
{
    if (places.empty())
        return {-1, false};
    const auto index = [&places](auto at) { return static_cast<int>(at - places.begin()); };
    const auto first = std::lower_bound(places.begin(), places.end(), from);
    if (step == FindStep::Count)
        return {first != places.end() && !(from < *first) && hasSelection ? index(first) : -1, false};
    if (step == FindStep::Previous)
        return first == places.begin() ? std::pair{static_cast<int>(places.size()) - 1, true}
                                       : std::pair{index(first) - 1, false};
    const auto next =
        step == FindStep::Next && hasSelection ? std::upper_bound(places.begin(), places.end(), from) : first;
    return next == places.end() ? std::pair{0, true} : std::pair{index(next), false};
}

/// The row below a pane of text in which one looks for something in it: Enter and F3 go on, Shift goes back, past the
/// end it begins again and says so, Esc gives the focus back. It is a direct child of its pane and made of widgets only
/// once it is opened. Knows nothing of the text: the pane looks and marks. GUI thread.
class FindBar : public QFrame
{
    Q_OBJECT

public:
    using Search = std::function<FindAnswer(const FindQuery &, FindStep)>;
    struct Pane
    {
        QString objectName;
        QString name; ///< as a screen reader says it: "YAML"
        Search search;
        std::function<bool()> hasText;
        std::function<QString()> selectedText;
        std::function<void()> takeFocus;
    };

    FindBar(const theme::Theme &theme, Pane pane, QWidget *parent);

    /// Whether the pane shows and there is something to look for in.
    [[nodiscard]] bool canFind() const;
    [[nodiscard]] bool isOpen() const { return !isHidden(); }
    void open();
    void close();
    /// Opens it when nothing is looked for yet.
    void step(FindStep step);
    /// The pane shows another text.
    void textChanged();
    /// Find, next, previous and, while it is open, Esc, where no window has these keys; true when it was one of them.
    bool takeKey(const QKeyEvent &event);

    /// Of the widget or of the nearest pane that it is in; null when there is none.
    [[nodiscard]] static FindBar *around(QWidget *widget);

Q_SIGNALS:
    /// It has come or gone.
    void toggled();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void build();
    void look(FindStep step);
    void say(const FindAnswer &answer, bool isAsked);
    [[nodiscard]] FindQuery query() const;

    const theme::Theme &m_theme;
    const Pane m_pane;
    QTimer m_delay;
    FilterField *m_field = nullptr;
    QToolButton *m_case = nullptr;
    Label *m_said = nullptr;
    QList<QToolButton *> m_steps;
};

} // namespace parallax::widgets
