// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/importing/importdialog.h"

#include "base/text.h"
#include "ui/theme/controls.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/label.h"
#include "ui/wording/wording.h"

#include <QComboBox>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QMimeData>
#include <QPlainTextEdit>
#include <QProgressBar>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;
using parallax::theme::Role;
using parallax::theme::TextStyle;

namespace parallax::ui {

namespace {

constexpr int kShownBody = 120; // characters
constexpr int kShownReasons = 5;

} // namespace

ImportDialog::ImportDialog(const theme::Theme &theme, const QString &repositoryRoot, QWidget *parent)
    : PopupDialog(theme, theme::metrics::kRadiusPopover, parent)
    , m_theme(theme)
    , m_presenter(repositoryRoot)
{
    setObjectName(u"importDialog"_s);
    setAccessibleName(tr("Import traffic"));
    setWindowTitle(tr("Import traffic"));
    setAttribute(Qt::WA_DeleteOnClose);
    setAcceptDrops(true);
    build();
    connect(&m_presenter, &ImportPresenter::changed, this, &ImportDialog::updateFromPresenter);
    connect(&m_presenter, &ImportPresenter::progressed, this, &ImportDialog::onProgress);
    connect(&m_presenter, &ImportPresenter::imported, this,
            [this](const QString &capture, qint64 read, qint64 skipped) {
                accept();
                Q_EMIT imported(capture, read, skipped);
            });
    connect(m_paste, &QPlainTextEdit::textChanged, this, [this] { m_presenter.setPasted(m_paste->toPlainText()); });
    connect(m_format, &QComboBox::currentIndexChanged, this,
            [this] { m_presenter.setFormat(m_format->currentData().toString()); });
    connect(m_endpoint, &QLineEdit::textChanged, this,
            [this](const QString &text) { m_presenter.setEndpoint(text.trimmed()); });
    for (QLineEdit *edit : {m_columns, m_rename, m_wrap})
        connect(edit, &QLineEdit::textChanged, this, &ImportDialog::updateMapping);
    connect(m_out, &QLineEdit::textEdited, this, [this] { m_isOutOwn = true; });
    connect(m_out, &QLineEdit::textChanged, this, &ImportDialog::updateFromPresenter);
    updateFromPresenter();
}

QLineEdit *ImportDialog::field(const QString &name, const QString &accessible, const QString &placeholder)
{
    auto *edit = new QLineEdit;
    edit->setPlaceholderText(placeholder);
    theme::setNames(edit, name, accessible);
    return edit;
}

void ImportDialog::build()
{
    body()->setContentsMargins(16, 14, 16, 14);
    body()->setSpacing(10);
    body()->addWidget(new widgets::Label(m_theme, tr("Import traffic"), TextStyle::Section));
    body()->addWidget(buildSource());
    body()->addWidget(buildOptions());
    m_preview = new QPlainTextEdit;
    m_preview->setReadOnly(true);
    m_preview->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_preview->setPlaceholderText(tr("The first requests show here before anything is written"));
    m_preview->setTabChangesFocus(true);
    theme::setNames(m_preview, u"importPreview"_s, tr("Preview"));
    body()->addWidget(m_preview, 1);
    m_problem = new widgets::Label(m_theme, {}, TextStyle::Caption, Role::Error);
    m_problem->setWordWrap(true);
    body()->addWidget(m_problem);
    body()->addWidget(buildButtons());
}

QWidget *ImportDialog::buildSource()
{
    auto *box = new QWidget;
    auto *column = new QVBoxLayout(box);
    column->setContentsMargins({});
    auto *row = new QHBoxLayout;
    m_source = new widgets::Label(m_theme, {}, TextStyle::Body, Role::Text2);
    m_source->setElideMode(Qt::ElideMiddle);
    auto *choose = new QPushButton(tr("Choose files…"));
    choose->setAutoDefault(false);
    theme::setNames(choose, u"importChoose"_s, tr("Choose files"));
    connect(choose, &QPushButton::clicked, this, &ImportDialog::chooseFiles);
    row->addWidget(m_source, 1);
    row->addWidget(choose);
    column->addLayout(row);
    m_paste = new QPlainTextEdit;
    m_paste->setPlaceholderText(tr("or paste curl commands here"));
    m_paste->setFixedHeight(64);
    m_paste->setTabChangesFocus(true);
    theme::setNames(m_paste, u"importPaste"_s, tr("Pasted commands"));
    column->addWidget(m_paste);
    return box;
}

QWidget *ImportDialog::buildOptions()
{
    auto *box = new QWidget;
    auto *column = new QVBoxLayout(box);
    column->setContentsMargins({});
    const auto label = [this](const QString &text) {
        return new widgets::Label(m_theme, text, TextStyle::Body, Role::Text2);
    };
    auto *form = new QFormLayout;
    m_format = new QComboBox;
    m_format->addItem(tr("by content"), QString());
    for (const QString &format : ImportPresenter::formats())
        m_format->addItem(format, format);
    theme::setNames(m_format, u"importFormat"_s, tr("Format"));
    m_endpoint = field(u"importEndpoint"_s, tr("Endpoint of requests that name none"), tr("where none is named"));
    m_out = field(u"importOut"_s, tr("Capture to make"), {});
    form->addRow(label(tr("Format")), m_format);
    form->addRow(label(tr("Endpoint")), m_endpoint);
    form->addRow(label(tr("Capture")), m_out);
    column->addLayout(form);
    m_mapping = new QWidget;
    auto *mapping = new QFormLayout(m_mapping);
    mapping->setContentsMargins({});
    m_columns = field(u"importColumns"_s, tr("Columns to take"), tr("all, or weight, id"));
    m_rename = field(u"importRename"_s, tr("New names of columns"), tr("weight=carat, cut=grade"));
    m_wrap = field(u"importWrap"_s, tr("Key around the inputs"), {});
    m_wrap->setText(traffic::InputMapping().wrap);
    mapping->addRow(label(tr("Columns")), m_columns);
    mapping->addRow(label(tr("Renamed")), m_rename);
    mapping->addRow(label(tr("Inside")), m_wrap);
    m_mapping->hide();
    column->addWidget(m_mapping);
    return box;
}

QWidget *ImportDialog::buildButtons()
{
    auto *box = new QWidget;
    auto *row = new QHBoxLayout(box);
    row->setContentsMargins({});
    m_progress = new QProgressBar;
    theme::setNames(m_progress, u"importProgress"_s, tr("Import progress"));
    m_progress->hide();
    m_cancel = new QPushButton(tr("Cancel"));
    m_cancel->setAutoDefault(false);
    theme::setNames(m_cancel, u"importCancel"_s, tr("Cancel"));
    connect(m_cancel, &QPushButton::clicked, this, [this] {
        if (m_presenter.state() == ImportPresenter::State::Importing)
            m_presenter.stop();
        else
            reject();
    });
    m_import = new QPushButton(tr("Import"));
    m_import->setAutoDefault(false);
    theme::setKind(m_import, theme::ButtonKind::Primary);
    theme::setNames(m_import, u"importStart"_s, tr("Import"));
    connect(m_import, &QPushButton::clicked, this, &ImportDialog::begin);
    row->addWidget(m_progress, 1);
    row->addStretch(1);
    row->addWidget(m_cancel);
    row->addWidget(m_import);
    return box;
}

void ImportDialog::setFiles(const QStringList &files)
{
    const QSignalBlocker silent(m_paste);
    m_paste->clear();
    m_presenter.setFiles(files);
}

void ImportDialog::setPasted(const QString &text)
{
    m_paste->setPlainText(text);
}

void ImportDialog::chooseFiles()
{
    auto *dialog = new QFileDialog(this, tr("Import traffic"));
    dialog->setFileMode(QFileDialog::ExistingFiles);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    connect(dialog, &QFileDialog::filesSelected, this, &ImportDialog::setFiles);
    dialog->open();
}

void ImportDialog::updateMapping()
{
    traffic::InputMapping mapping;
    for (const QString &column : m_columns->text().split(u',', Qt::SkipEmptyParts))
        mapping.columns.append(column.trimmed());
    for (const QString &pair : m_rename->text().split(u',', Qt::SkipEmptyParts)) {
        if (const qsizetype equals = pair.indexOf(u'='); equals > 0)
            mapping.rename.insert(pair.left(equals).trimmed(), pair.mid(equals + 1).trimmed());
    }
    mapping.wrap = m_wrap->text().trimmed();
    m_presenter.setMapping(mapping);
}

QString ImportDialog::previewText() const
{
    const traffic::ImportReport &report = m_presenter.preview();
    QStringList lines;
    for (const auto &[place, count] : report.masked)
        lines.append(tr("Masked: %1 (in %2)").arg(base::escapeControls(place)).arg(count));
    for (qsizetype i = 0; i < std::min<qsizetype>(report.reasons.size(), kShownReasons); ++i)
        lines.append(
            tr("Skipped: line %1, %2").arg(report.reasons[i].where.line).arg(wording::text(report.reasons[i])));
    for (const traffic::Exchange &exchange : report.first) {
        const QString body = QString::fromUtf8(exchange.body.bytes.left(4 * kShownBody)).simplified();
        lines.append(base::escapeControls(u"%1 %2  %3"_s.arg(
            QString::fromUtf8(exchange.method), QString::fromUtf8(exchange.target), body.left(kShownBody))));
    }
    return lines.join(u'\n');
}

void ImportDialog::updateFromPresenter()
{
    using State = ImportPresenter::State;
    const State state = m_presenter.state();
    const traffic::ImportReport &report = m_presenter.preview();
    QStringList names;
    for (const QString &file : m_presenter.files())
        names.append(QFileInfo(file).fileName());
    QString source = m_presenter.isPasted() ? tr("Pasted text") : names.join(u", "_s);
    if (state == State::Empty)
        source = tr("Drop files here: NDJSON, HAR, GoReplay, curl, Modelbit, SageMaker, CSV");
    else if (state == State::Looking)
        source += tr(" · reading");
    else if (report.read > 0)
        source += m_presenter.isPartial()
                      ? tr(" · %1, the first %2 requests").arg(report.formats.value(0)).arg(report.read)
                      : tr(" · %1, %n request(s)", nullptr, static_cast<int>(report.read)).arg(report.formats.value(0));
    m_source->setText(source);
    m_preview->setPlainText(previewText());
    m_mapping->setVisible(m_presenter.hasColumns());
    if (!m_isOutOwn && m_out->text() != m_presenter.suggestedOut()) {
        const QSignalBlocker silent(m_out);
        m_out->setText(m_presenter.suggestedOut());
    }
    const bool exists = QFileInfo::exists(m_out->text());
    const bool hasNothing = state == State::Ready && report.read == 0 && !m_presenter.error();
    m_problem->setText(m_presenter.error() ? wording::text(*m_presenter.error())
                       : hasNothing        ? tr("No request could be read from this")
                       : exists            ? tr("This capture exists and will be replaced")
                                           : QString());
    m_problem->setRole(m_presenter.error() || hasNothing ? Role::Error : Role::Muted);
    m_problem->setVisible(!m_problem->text().isEmpty());
    m_import->setText(exists ? tr("Replace") : tr("Import"));
    m_import->setEnabled(state == State::Ready && report.read > 0 && !m_out->text().isEmpty());
    m_progress->setVisible(state == State::Importing);
    m_cancel->setText(state == State::Importing ? tr("Stop") : tr("Cancel"));
    for (QPushButton *button : {m_import, m_cancel})
        button->setAccessibleName(button->text());
}

void ImportDialog::onProgress(qint64 done, qint64 total)
{
    m_progress->setRange(0, total > 0 ? 1000 : 0);
    if (total > 0)
        m_progress->setValue(static_cast<int>(1000 * done / total));
}

void ImportDialog::begin()
{
    m_presenter.start(m_out->text(), QFileInfo::exists(m_out->text()));
}

void ImportDialog::dragEnterEvent(QDragEnterEvent *event)
{
    if (event->mimeData()->hasUrls() || event->mimeData()->hasText())
        event->acceptProposedAction();
}

void ImportDialog::dropEvent(QDropEvent *event)
{
    QStringList files;
    for (const QUrl &url : event->mimeData()->urls()) {
        if (url.isLocalFile())
            files.append(url.toLocalFile());
    }
    if (!files.isEmpty())
        setFiles(files);
    else
        setPasted(event->mimeData()->text());
    event->acceptProposedAction();
}

} // namespace parallax::ui
