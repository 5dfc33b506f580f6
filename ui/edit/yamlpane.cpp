// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/edit/yamlpane.h"

#include "base/text.h"
#include "ui/commands/catalogue.h"
#include "ui/commands/commandregistry.h"
#include "ui/edit/codediff.h"
#include "ui/edit/problemlist.h"
#include "ui/edit/yamlhelp.h"
#include "ui/shell/mainwindow.h"
#include "ui/theme/controls.h"
#include "ui/theme/metrics.h"
#include "ui/theme/theme.h"
#include "ui/widgets/code/codeview.h"
#include "ui/widgets/iconlabel.h"
#include "ui/widgets/label.h"
#include "ui/widgets/segmentedcontrol.h"

#include <QClipboard>
#include <QFileInfo>
#include <QGuiApplication>
#include <QScrollArea>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;
using parallax::theme::Role;
using parallax::theme::TextStyle;
namespace ids = parallax::commands::ids;
namespace metrics = parallax::theme::metrics;

namespace parallax::ui {

namespace {

constexpr int kContextLines = 3;
constexpr int kProblemsHeight = 150;

} // namespace

YamlPane::YamlPane(const theme::Theme &theme, commands::CommandRegistry &registry, EditPresenter &presenter,
                   QWidget *parent)
    : Surface(theme, Role::Base, {}, parent)
    , m_theme(theme)
    , m_presenter(presenter)
{
    setObjectName(u"yamlPane"_s);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    buildText(*column);
    buildFoot(*column);
    shell::markPane(m_text);
    bindCommands(registry);
}

void YamlPane::buildText(QVBoxLayout &column)
{
    auto *head = new widgets::ToolRow(m_theme);
    m_fileIcon = new widgets::IconLabel(m_theme, u"file"_s, Role::Text2);
    head->row()->addWidget(m_fileIcon);
    m_fileName = new widgets::Label(m_theme, {}, TextStyle::Name);
    m_fileName->setElideMode(Qt::ElideMiddle);
    head->row()->addWidget(m_fileName, 1);
    m_view = new widgets::SegmentedControl(m_theme, u"yamlView"_s, tr("YAML view"));
    m_view->addSegment(tr("YAML"), {}, tr("YAML text"));
    m_view->addSegment(tr("Diff to HEAD"));
    m_view->addSegment(tr("Both"), {}, tr("YAML with diff to HEAD"));
    m_view->setCurrent(static_cast<int>(View::Both));
    connect(m_view, &widgets::SegmentedControl::chosen, this, &YamlPane::showDifference);
    head->row()->addWidget(m_view);
    column.addWidget(head);
    m_text = widgets::makeCodeView(m_theme, u"yamlViewText"_s, tr("YAML"));
    m_text->setLanguage(widgets::Language::Yaml);
    m_text->setFolding(true);
    connect(m_text, &widgets::CodeView::edited, this, [this] {
        if (const std::optional<endpoints::EndpointFile> file = m_presenter.file(m_current))
            m_presenter.setText(m_current, base::byteOrderMark(file->bytes()) + m_text->text().toUtf8());
    });
    m_text->setCompleter([this](const QString &text, int line, int at) -> widgets::CodeCompletion {
        const targets::WorkspacePtr &workspace = m_presenter.workspace();
        return completeYaml(text, line, at, workspace ? workspace->catalogue.get() : nullptr);
    });
    m_text->setHelp([this](const QString &text, int line, int at) -> QString {
        const targets::WorkspacePtr &workspace = m_presenter.workspace();
        return yamlHelp(text, line, at, workspace ? workspace->catalogue.get() : nullptr);
    });
    column.addWidget(m_text, 1);
}

void YamlPane::buildFoot(QVBoxLayout &column)
{
    auto *foot = new widgets::Surface(m_theme, Role::Base, Qt::TopEdge);
    auto *row = new QHBoxLayout(foot);
    row->setContentsMargins(metrics::kPaneInset, 4, metrics::kPaneInset, 4);
    row->setSpacing(5);
    m_added = new widgets::Label(m_theme, {}, TextStyle::CaptionStrong, Role::DiffRightMark);
    m_removed = new widgets::Label(m_theme, {}, TextStyle::CaptionStrong, Role::DiffLeftMark);
    m_sinceHead = new widgets::Label(m_theme, {}, TextStyle::Caption, Role::Text2);
    for (widgets::Label *label : {m_added, m_removed, m_sinceHead})
        row->addWidget(label);
    row->addStretch(1);
    auto *copy = new QToolButton;
    copy->setIcon(m_theme.icon(u"copy"_s));
    copy->setText(tr("Copy"));
    copy->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    theme::setKind(copy, theme::ButtonKind::Ghost, theme::ButtonSize::Small);
    theme::setNames(copy, u"copyYaml"_s, tr("Copy YAML"));
    connect(copy, &QToolButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(m_text->text()); });
    row->addWidget(copy);
    column.addWidget(foot);
    auto *surface = new widgets::Surface(m_theme, Role::Window, Qt::TopEdge);
    auto *inner = new QVBoxLayout(surface);
    inner->setContentsMargins(0, 1, 0, 0);
    auto *scroll = new QScrollArea;
    scroll->setObjectName(u"problemScroll"_s);
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setFocusPolicy(Qt::NoFocus);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto *page = new widgets::Surface(m_theme, Role::Window);
    auto *problems = new QVBoxLayout(page);
    problems->setContentsMargins(metrics::kPaneInset, 10, metrics::kPaneInset, 12);
    m_problems = new ProblemList(m_theme);
    connect(m_problems, &ProblemList::lineWanted, this, &YamlPane::goTo);
    problems->addWidget(m_problems);
    scroll->setWidget(page);
    inner->addWidget(scroll);
    surface->setFixedHeight(kProblemsHeight);
    column.addWidget(surface);
}

void YamlPane::bindCommands(commands::CommandRegistry &registry)
{
    registry.bind(ids::kToggleFold, this, [this] { m_text->toggleFold(); });
    const auto canEdit = [this] {
        return commands::Availability::when(m_presenter.file(m_current) && !m_presenter.state(m_current).isReadOnly,
                                            tr("The text cannot be changed"));
    };
    registry.bind(
        ids::kIndent, this, [this] { m_text->indentLines(false); }, canEdit);
    registry.bind(
        ids::kUnindent, this, [this] { m_text->indentLines(true); }, canEdit);
}

YamlPane::View YamlPane::view() const
{
    return static_cast<View>(m_view->current());
}

void YamlPane::setView(View view)
{
    m_view->setCurrent(static_cast<int>(view));
    showDifference();
}

void YamlPane::goTo(int line, int column)
{
    m_text->goTo(line - 1, qMax(0, column - 1));
    m_text->setFocus(Qt::OtherFocusReason);
}

void YamlPane::showEndpoint(const QString &name, const QList<Finding> &findings)
{
    m_current = name;
    const std::optional<endpoints::EndpointFile> file = m_presenter.file(name);
    const bool isReadOnly = !file || m_presenter.state(name).isReadOnly;
    m_text->setReadOnly(isReadOnly);
    m_fileIcon->setIcon(isReadOnly && file ? u"lock"_s : u"file"_s, Role::Text2);
    m_fileIcon->setToolTip(isReadOnly && file ? tr("Read-only") : QString());
    m_fileName->setText(file ? QFileInfo(file->file()).fileName() : QString());
    m_text->setText(file ? QString::fromUtf8(file->bytes()) : QString());
    showDifference();
    m_problems->setFindings(findings, file ? file->partial() : endpoints::Endpoint(), {!isReadOnly, whyNotMoved()});
    m_text->setProblems(toCodeProblems(findings));
}

/// To the suffix that the service reads.
QString YamlPane::whyNotMoved() const
{
    if (m_presenter.isReadOnly())
        return tr("Open for reading only");
    const std::optional<endpoints::EndpointFile> file = m_presenter.file(m_current);
    return file && m_presenter.isSuffixTaken(m_current)
               ? tr("%1.yaml is there already: rename or delete it first").arg(file->name())
               : QString();
}

void YamlPane::showDifference()
{
    const base::LineDiff diff = m_presenter.diffToHead(m_current);
    m_added->setText(diff.added > 0 ? tr("+ %1").arg(diff.added) : QString());
    m_removed->setText(diff.removed > 0 ? tr("\u2212 %1").arg(diff.removed) : QString());
    m_added->setVisible(diff.added > 0);
    m_removed->setVisible(diff.removed > 0);
    m_sinceHead->setText(m_current.isEmpty() ? QString()
                         : diff.isEmpty()    ? tr("Same as HEAD")
                                             : tr("lines since HEAD"));
    if (view() == View::Text)
        m_text->clearDiff();
    else
        m_text->setDiff(toCodeDiff(diff));
    m_text->setContextOnly(view() == View::Difference && !diff.isEmpty() ? kContextLines : -1);
}

} // namespace parallax::ui
