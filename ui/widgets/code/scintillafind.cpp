// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Looking for something in a code view. Scintilla counts in bytes of UTF-8.
#include "ui/widgets/code/scintillacodeview.h"
#include "ui/widgets/code/scintillalexer.h"

namespace parallax::widgets {

using Base = QsciScintillaBase;

void ScintillaCodeView::addFindBar(const QString &objectName, const QString &accessibleName)
{
    FindBar::Pane pane;
    pane.objectName = objectName;
    pane.name = accessibleName;
    pane.search = [this](const FindQuery &query, FindStep step) { return find(query, step); };
    pane.hasText = [this] { return m_editor->length() > 0; };
    pane.selectedText = [this] { return m_editor->selectedText(); };
    pane.takeFocus = [this] { m_editor->setFocus(Qt::OtherFocusReason); };
    m_find = new FindBar(m_theme, std::move(pane), this);
}

FindAnswer ScintillaCodeView::find(const FindQuery &query, FindStep step)
{
    const auto length = m_editor->SendScintilla(Base::SCI_GETLENGTH);
    m_editor->SendScintilla(Base::SCI_SETINDICATORCURRENT, kFoundIndicator);
    m_editor->SendScintilla(Base::SCI_INDICATORCLEARRANGE, 0UL, length);
    const QByteArray text = query.text.toUtf8();
    FindAnswer answer;
    if (text.isEmpty())
        return answer;
    m_editor->SendScintilla(Base::SCI_SETSEARCHFLAGS,
                            static_cast<unsigned long>(query.isCaseSensitive ? Base::SCFIND_MATCHCASE : 0));
    std::vector<std::pair<long, long>> places; // start and end
    for (long from = 0; from < length;) {
        if (places.size() >= kMostFound) {
            answer.isMore = true;
            break;
        }
        m_editor->SendScintilla(Base::SCI_SETTARGETRANGE, static_cast<unsigned long>(from), length);
        const long start = m_editor->SendScintilla(Base::SCI_SEARCHINTARGET, static_cast<unsigned long>(text.size()),
                                                   text.constData());
        if (start < 0)
            break;
        const long end = m_editor->SendScintilla(Base::SCI_GETTARGETEND);
        places.emplace_back(start, end);
        m_editor->SendScintilla(Base::SCI_INDICATORFILLRANGE, static_cast<unsigned long>(start), end - start);
        from = std::max(end, start + 1);
    }
    answer.count = static_cast<int>(places.size());
    const std::pair selection{m_editor->SendScintilla(Base::SCI_GETSELECTIONSTART),
                              m_editor->SendScintilla(Base::SCI_GETSELECTIONEND)};
    const bool hasSelection = selection.first < selection.second;
    std::tie(answer.place, answer.hasWrapped) =
        foundPlace(places, hasSelection ? selection : std::pair{selection.first, selection.first}, hasSelection, step);
    if (step != FindStep::Count && answer.place >= 0) {
        const auto [start, end] = places[static_cast<std::size_t>(answer.place)];
        // What is folded away or left out of a difference shows when something is found in it.
        m_editor->SendScintilla(Base::SCI_ENSUREVISIBLE,
                                static_cast<unsigned long>(m_editor->SendScintilla(Base::SCI_LINEFROMPOSITION,
                                                                                   static_cast<unsigned long>(start))));
        m_editor->SendScintilla(Base::SCI_SETSEL, static_cast<unsigned long>(start), end);
        m_editor->SendScintilla(Base::SCI_SCROLLRANGE, static_cast<unsigned long>(end), start);
    }
    return answer;
}

} // namespace parallax::widgets
