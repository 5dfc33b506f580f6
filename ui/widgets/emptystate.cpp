// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/emptystate.h"

#include "ui/theme/controls.h"
#include "ui/theme/theme.h"
#include "ui/widgets/label.h"

#include <QPushButton>
#include <QVBoxLayout>

namespace parallax::widgets {

namespace {

constexpr int kWidest = 470;

} // namespace

EmptyState::EmptyState(const theme::Theme &theme, const QString &objectName, const QString &sentence, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_sentence(new Label(theme, sentence, theme::TextStyle::Body, theme::Role::Text2))
    , m_column(new QVBoxLayout)
{
    setObjectName(objectName);
    auto *outer = new QVBoxLayout(this);
    auto *middle = new QHBoxLayout;
    outer->addStretch(4);
    outer->addLayout(middle);
    outer->addStretch(6);
    middle->addStretch(1);
    middle->addLayout(m_column);
    middle->addStretch(1);
    m_column->setSpacing(10);
    m_sentence->setWordWrap(true);
    m_sentence->setAlignment(Qt::AlignCenter);
    m_sentence->setMaximumWidth(kWidest);
    // A wrapped label asks for the width of about a third of its text; the sentence should rather use the width it may.
    setSentence(sentence);
    m_column->addWidget(m_sentence, 0, Qt::AlignHCenter);
}

void EmptyState::setSentence(const QString &sentence)
{
    m_sentence->setText(sentence);
    m_sentence->setMinimumWidth(std::min(kWidest, m_theme.metrics().horizontalAdvance(sentence) + 4));
    setAccessibleDescription(sentence);
}

QString EmptyState::sentence() const
{
    return m_sentence->text();
}

QPushButton *EmptyState::addButton(const QString &text, const QString &objectName, const QString &icon)
{
    auto *button = new QPushButton(text);
    if (!icon.isEmpty())
        button->setIcon(m_theme.icon(icon));
    theme::setNames(button, objectName, text);
    m_column->addWidget(button, 0, Qt::AlignHCenter);
    return button;
}

QPushButton *EmptyState::addLink(const QString &text, const QString &objectName)
{
    QPushButton *button = addButton(text, objectName);
    theme::setKind(button, theme::ButtonKind::Link);
    return button;
}

} // namespace parallax::widgets
