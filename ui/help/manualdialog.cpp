// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/help/manualdialog.h"

#include "base/files.h"
#include "ui/theme/controls.h"
#include "ui/widgets/surface.h"

#include <QDialogButtonBox>
#include <QFileInfo>
#include <QHBoxLayout>
#include <QListWidget>
#include <QPushButton>
#include <QScrollBar>
#include <QTextBlock>
#include <QTextBrowser>

using namespace Qt::StringLiterals;

namespace parallax::help {

namespace {

constexpr qint64 kMostBytes = 1024 * 1024;
constexpr int kListWidth = 150;
constexpr QSize kSize{860, 640};

} // namespace

QStringList ManualDialog::chapters()
{
    return {u"start"_s, u"edit"_s, u"live"_s, u"replay"_s, u"compare"_s, u"preferences"_s};
}

ManualDialog::ManualDialog(const theme::Theme &theme, QString folder, QWidget *parent)
    : QDialog(parent)
    , m_folder(std::move(folder))
    , m_list(new QListWidget)
    , m_text(new QTextBrowser)
{
    setObjectName(u"manualDialog"_s);
    setWindowTitle(tr("Manual"));
    theme::setNames(m_list, u"manualChapters"_s, tr("Chapters"));
    m_list->setFrameShape(QFrame::NoFrame);
    theme::follow(theme, m_list, [this, &theme] { m_list->setFixedWidth(theme.scaled(kListWidth)); });
    for (const QString &title : {tr("Start"), tr("Edit"), tr("Live"), tr("Replay"), tr("Compare"), tr("Preferences")})
        m_list->addItem(title);
    theme::setNames(m_text, u"manualText"_s, tr("Manual text"));
    m_text->setFrameShape(QFrame::NoFrame);
    m_text->setOpenLinks(false);
    m_text->document()->setDocumentMargin(24);
    connect(m_text, &QTextBrowser::anchorClicked, this,
            [this](const QUrl &link) { showChapter(QFileInfo(link.path()).completeBaseName()); });
    connect(m_list, &QListWidget::currentRowChanged, this, &ManualDialog::load);
    theme::follow(theme, m_text, [this, &theme] {
        m_text->setFont(theme.font());
        load(); // the text takes its colours and sizes when it is laid out
    });
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    theme::setNames(buttons->button(QDialogButtonBox::Close), u"closeManual"_s, tr("Close manual"));
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto *row = new QHBoxLayout;
    row->setSpacing(0);
    row->addWidget(m_list);
    row->addWidget(widgets::hairline(theme, Qt::Vertical));
    row->addWidget(m_text, 1);
    auto *foot = new QHBoxLayout;
    foot->setContentsMargins(16, 10, 16, 12);
    foot->addWidget(buttons);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addLayout(row, 1);
    column->addWidget(widgets::hairline(theme, Qt::Horizontal));
    column->addLayout(foot);
    resize(kSize);
    showChapter({});
}

void ManualDialog::showChapter(const QString &name)
{
    m_list->setCurrentRow(static_cast<int>(std::max<qsizetype>(0, chapters().indexOf(name))));
}

QString ManualDialog::chapter() const
{
    return chapters().value(m_list->currentRow());
}

void ManualDialog::load()
{
    if (m_list->currentRow() < 0)
        return;
    const Result<QByteArray> text = base::readFile(m_folder + u'/' + chapter() + u".md"_s, kMostBytes);
    m_text->setMarkdown(text ? QString::fromUtf8(*text) : tr("This chapter is missing."));
    // Markdown has no say in how close its lines stand.
    QTextCursor cursor(m_text->document());
    for (QTextBlock block = m_text->document()->begin(); block.isValid(); block = block.next()) {
        cursor.setPosition(block.position());
        QTextBlockFormat format = block.blockFormat();
        format.setLineHeight(130, QTextBlockFormat::ProportionalHeight);
        if (format.headingLevel() > 1)
            format.setTopMargin(18);
        cursor.setBlockFormat(format);
    }
    m_text->verticalScrollBar()->setValue(0);
}

} // namespace parallax::help
