// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/edit/sidefiledialog.h"

#include "base/text.h"
#include "ui/edit/codediff.h"
#include "ui/edit/editpresenter.h"
#include "ui/theme/controls.h"
#include "ui/theme/theme.h"
#include "ui/widgets/code/codeview.h"
#include "ui/widgets/label.h"
#include "ui/widgets/messagebar.h"
#include "ui/wording/wording.h"

#include <QDialogButtonBox>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;
using parallax::theme::Role;
using parallax::theme::TextStyle;

namespace parallax::ui {

SideFileDialog::SideFileDialog(const theme::Theme &theme, EditPresenter &presenter, File file, QWidget *parent)
    : QDialog(parent)
    , m_theme(theme)
    , m_presenter(&presenter)
    , m_file(std::move(file))
{
    setObjectName(u"sideFileDialog"_s);
    setWindowTitle(m_file.title);
    setAttribute(Qt::WA_DeleteOnClose);
    build();
    connect(&presenter, &QObject::destroyed, this, &SideFileDialog::onFolderClosed);
    presenter.readSideFile(m_file.path, this, [this](const Result<std::optional<QByteArray>> &bytes) {
        if (bytes)
            take(*bytes);
        else
            m_bar->showMessage(widgets::MessageBar::Kind::Error, wording::text(bytes.error()));
    });
}

void SideFileDialog::build()
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(16, 16, 16, 16);
    column->setSpacing(10);
    auto *path = new widgets::Label(m_theme, m_file.path, TextStyle::Code, Role::Text2);
    path->setElideMode(Qt::ElideMiddle);
    column->addWidget(path);
    auto *explanation = new widgets::Label(m_theme, m_file.explanation, TextStyle::Body, Role::Text2);
    explanation->setWordWrap(true);
    column->addWidget(explanation);
    m_bar = new widgets::MessageBar(m_theme, u"sideFileBar"_s);
    column->addWidget(m_bar);
    m_text = widgets::makeCodeView(m_theme, u"sideFileText"_s, tr("Text of the file"));
    m_text->setLanguage(widgets::Language::Yaml);
    m_text->setReadOnly(true);
    connect(m_text, &widgets::CodeView::edited, this, [this] {
        m_isWritten = true;
        check();
    });
    column->addWidget(m_text, 1);
    m_says = new widgets::Label(m_theme, tr("Reading"), TextStyle::Caption, Role::Muted);
    m_says->setObjectName(u"sideFileSays"_s);
    m_says->setWordWrap(true);
    column->addWidget(m_says);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Save | QDialogButtonBox::Cancel);
    m_save = buttons->button(QDialogButtonBox::Save);
    theme::setKind(m_save, theme::ButtonKind::Primary);
    theme::setNames(m_save, u"sideFileSave"_s, tr("Save file"));
    theme::setNames(buttons->button(QDialogButtonBox::Cancel), u"sideFileCancel"_s, tr("Cancel"));
    connect(buttons, &QDialogButtonBox::accepted, this, &SideFileDialog::save);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    column->addWidget(buttons);
    m_save->setEnabled(false);
    resize(680, 520);
}

void SideFileDialog::take(const std::optional<QByteArray> &bytes)
{
    m_isRead = true;
    m_onDisk = bytes;
    m_isText = !bytes || (base::isUtf8(*bytes) && !bytes->contains('\0'));
    m_text->setReadOnly(!m_isText || !m_presenter || m_presenter->isReadOnly());
    m_text->setText(QString::fromUtf8(bytes.value_or(m_file.proposal)));
    m_text->setFocus();
    check();
}

void SideFileDialog::check()
{
    const QByteArray text = bytes();
    const QList<Finding> findings = m_file.check(text);
    m_text->setProblems(toCodeProblems(findings));
    const bool hasErrors = std::any_of(findings.begin(), findings.end(),
                                       [](const Finding &one) { return one.severity == Severity::Error; });
    if (findings.isEmpty()) {
        m_says->setText(m_onDisk ? tr("No problems in this file") : tr("There is no such file yet; saving makes it."));
    } else {
        const Error &first = findings.first().error;
        m_says->setText(first.where.line > 0 ? tr("Line %1: %2").arg(first.where.line).arg(wording::text(first))
                                             : wording::text(first));
    }
    if (!m_isText)
        m_bar->showMessage(widgets::MessageBar::Kind::Warning,
                           tr("The file is not UTF-8 text; changed here it would lose characters. Save it as UTF-8 "
                              "with another program first."));
    m_says->setRole(hasErrors ? Role::Error : findings.isEmpty() ? Role::Muted : Role::Warning);
    m_save->setEnabled(m_isRead && !hasErrors && m_presenter && !m_presenter->isReadOnly() && m_onDisk != text);
}

QByteArray SideFileDialog::bytes() const
{
    const QByteArray before = m_onDisk.value_or(QByteArray());
    return m_isText ? base::byteOrderMark(before) + m_text->text().toUtf8() : before;
}

void SideFileDialog::onFolderClosed()
{
    if (!m_isWritten || m_onDisk == bytes())
        return reject();
    m_save->setEnabled(false);
    m_bar->showMessage(widgets::MessageBar::Kind::Warning,
                       tr("The folder was closed before this was saved. Copy what you need of it."));
}

void SideFileDialog::save()
{
    if (!m_presenter)
        return;
    m_save->setEnabled(false);
    m_presenter->saveSideFile(m_file.path, bytes(), m_onDisk, this, [this](const Status &status) {
        if (!status) {
            m_bar->showMessage(widgets::MessageBar::Kind::Error, wording::text(status.error()));
            check();
            return;
        }
        Q_EMIT saved();
        accept();
    });
}

} // namespace parallax::ui
