// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// How the Edit page is put together; what it does stands in editpage.cpp.
#include "ui/edit/editpage.h"

#include "ui/commands/catalogue.h"
#include "ui/commands/commandregistry.h"
#include "ui/edit/documentbar.h"
#include "ui/edit/localsection.h"
#include "ui/edit/namedelegate.h"
#include "ui/edit/problemlist.h"
#include "ui/edit/sidebar.h"
#include "ui/edit/targetlist.h"
#include "ui/edit/yamlpane.h"
#include "ui/shell/mainwindow.h"
#include "ui/theme/controls.h"
#include "ui/theme/metrics.h"
#include "ui/theme/theme.h"
#include "ui/widgets/emptystate.h"
#include "ui/widgets/iconlabel.h"
#include "ui/widgets/identity.h"
#include "ui/widgets/keycap.h"
#include "ui/widgets/label.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/panesplitter.h"
#include "ui/widgets/pill.h"
#include "ui/widgets/routegutter.h"
#include "ui/widgets/segmentedcontrol.h"
#include "ui/widgets/surface.h"

#include <QHeaderView>
#include <QPushButton>
#include <QScrollArea>
#include <QTableView>
#include <QToolButton>
#include <QVBoxLayout>

#include <array>

using namespace Qt::StringLiterals;
using parallax::theme::Role;
using parallax::theme::TextStyle;
namespace ids = parallax::commands::ids;
namespace metrics = parallax::theme::metrics;

namespace parallax::ui {

namespace {

/// The words of a ghost button end at the edge of what stands below it.
constexpr int kGhostPadding = 8;

/// What stands beside the deployment's name: the design's width, and at most so many per cent of the row.
struct ColumnWidth
{
    int column;
    int width;
    int share;
};
constexpr std::array kColumnWidths{
    ColumnWidth{TargetsModel::NameColumn, 124, 20}, ColumnWidth{TargetsModel::BranchColumn, 92, 18},
    ColumnWidth{TargetsModel::VersionColumn, 108, 20}, ColumnWidth{TargetsModel::WeightColumn, 84, 16},
    ColumnWidth{TargetsModel::RemoveColumn, 36, 8}};

/// Gives the columns their widths whenever the table or what it shows has another: what each needs, then up to those of
/// the design, and all the rest to the deployment's name, the longest. Where that is too much, shares of the row.
class ColumnFit final : public QObject
{
public:
    ColumnFit(const theme::Theme &theme, QTableView *table)
        : QObject(table)
        , m_theme(theme)
        , m_table(table)
    {
        table->installEventFilter(this);
        connect(table->model(), &QAbstractItemModel::modelReset, this, &ColumnFit::fit, Qt::QueuedConnection);
        connect(table->model(), &QAbstractItemModel::dataChanged, this, &ColumnFit::fit, Qt::QueuedConnection);
    }

    void fit()
    {
        int needed = needOf(TargetsModel::DeploymentColumn);
        int lacking = 0;
        for (const ColumnWidth &one : kColumnWidths) {
            if (m_table->isColumnHidden(one.column))
                continue;
            needed += needOf(one.column);
            lacking += std::max(0, m_theme.width(one.width) - needOf(one.column));
        }
        const int spare = m_table->width() - needed;
        const double share = lacking == 0 ? 0 : std::clamp(double(spare) / lacking, 0.0, 1.0);
        for (const ColumnWidth &one : kColumnWidths) {
            const int need = needOf(one.column);
            const int more = std::max(0, m_theme.width(one.width) - need);
            const int most = m_table->width() * one.share / 100;
            m_table->horizontalHeader()->resizeSection(one.column, spare < 0 ? std::min(need, most)
                                                                             : need + static_cast<int>(share * more));
        }
    }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (event->type() == QEvent::Resize)
            fit();
        return QObject::eventFilter(watched, event);
    }

private:
    [[nodiscard]] int needOf(int column) const
    {
        const QAbstractItemView *view = m_table; // public there
        return std::max(view->sizeHintForColumn(column), m_table->horizontalHeader()->sectionSizeHint(column));
    }

    const theme::Theme &m_theme;
    QTableView *m_table;
};

// No pane is made smaller than this by hand.
constexpr int kLeastForm = 360;
constexpr int kLeastYaml = 240;

/// One pane of this length at the start or the end, the other what is left.
QList<int> sides(int length, int side, bool isFirst)
{
    const int rest = std::max(0, length - side - 1);
    return isFirst ? QList<int>{side, rest} : QList<int>{rest, side};
}

QToolButton *commandButton(commands::CommandRegistry &registry, QLatin1StringView id, const QString &objectName,
                           const QString &name)
{
    auto *button = new QToolButton;
    button->setDefaultAction(registry.action(id));
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    theme::setKind(button, theme::ButtonKind::Ghost);
    theme::setNames(button, objectName, name);
    return button;
}

} // namespace

void EditPage::buildPanes()
{
    auto *row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    m_sideSplitter = new widgets::PaneSplitter(Qt::Horizontal, u"editSideSplitter"_s, [this](int width) {
        const bool isFolded = width + metrics::kRailWidth < m_theme.width(metrics::kSideBarFoldBreakpoint);
        const int side = m_theme.width(isFolded ? metrics::kSideBarMinimum : metrics::kSideBarWidth);
        return sides(width, std::min(side, width * 30 / 100), true);
    });
    m_side = new SideBar(m_theme, m_registry, m_presenter);
    connect(m_side, &SideBar::chosen, this, &EditPage::selectEndpoint);
    m_sideSplitter->addWidget(m_side);
    m_yamlSplitter = new widgets::PaneSplitter(Qt::Horizontal, u"editYamlSplitter"_s, [this](int width) {
        return sides(width, std::min(m_theme.width(metrics::kYamlPaneWidth), width * 45 / 100), false);
    });
    m_form = new widgets::Surface(m_theme, Role::Base);
    buildForm(m_form);
    m_yamlSplitter->addWidget(m_form);
    m_yamlPlace = new QWidget;
    m_yamlPane = new YamlPane(m_theme, m_registry, m_presenter);
    connect(&m_yamlPane->problems(), &ProblemList::fixWanted, this, &EditPage::mend);
    auto *place = new QVBoxLayout(m_yamlPlace);
    place->setContentsMargins(0, 0, 0, 0);
    place->addWidget(m_yamlPane);
    m_yamlSplitter->addWidget(m_yamlPlace);
    m_yamlSplitter->setStretchFactor(0, 1);
    m_sideSplitter->addWidget(m_yamlSplitter);
    m_sideSplitter->setStretchFactor(1, 1);
    theme::setNames(m_sideSplitter->handle(1), u"editSideDivider"_s, tr("Divider beside the side bar"));
    theme::setNames(m_yamlSplitter->handle(1), u"editYamlDivider"_s, tr("Divider between form and YAML"));
    m_form->setMinimumWidth(kLeastForm);
    m_yamlPlace->setMinimumWidth(kLeastYaml);
    row->addWidget(m_sideSplitter);
}

void EditPage::buildForm(QWidget *form)
{
    m_formColumn = new QVBoxLayout(form);
    QVBoxLayout *column = m_formColumn;
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    buildHeader(*column);
    m_message = new widgets::MessageBar(m_theme, u"editMessage"_s);
    column->addWidget(m_message);
    m_documentBar = new DocumentBar(m_theme, m_presenter);
    column->addWidget(m_documentBar);
    m_scroll = new QScrollArea;
    m_scroll->setObjectName(u"editScroll"_s);
    m_scroll->setAccessibleName(tr("Endpoint form"));
    m_scroll->setFrameShape(QFrame::NoFrame);
    m_scroll->setWidgetResizable(true);
    m_scroll->setFocusPolicy(Qt::NoFocus);
    shell::markPane(m_scroll);
    m_sections = new widgets::Surface(m_theme, Role::Base);
    auto *row = new QHBoxLayout(m_sections);
    row->setContentsMargins(0, 0, metrics::kFormGutter, metrics::kFormGutter);
    row->setSpacing(0);
    m_gutter = new widgets::RouteGutter(m_theme, [this] {
        QList<widgets::RouteGutter::Stop> stops;
        const auto add = [&](QTableView *table, bool areMirrors) {
            for (int i = 0; table->isVisible() && i < table->model()->rowCount(); ++i) {
                const QRect rect = table->visualRect(table->model()->index(i, 0));
                stops.append(
                    {table->viewport()->mapTo(m_sections, rect.center()).y(), areMirrors ? i : widgets::kPrimary});
            }
        };
        add(m_backends, false);
        add(m_mirrors, true);
        return stops;
    });
    row->addWidget(m_gutter);
    auto *sections = new QVBoxLayout;
    sections->setContentsMargins(0, 14, 0, 0);
    sections->setSpacing(0);
    buildSections(*sections);
    row->addLayout(sections, 1);
    m_scroll->setWidget(m_sections);
    column->addWidget(m_scroll, 1);
    m_noForm = new widgets::EmptyState(m_theme, u"noForm"_s, {});
    m_firstEndpoint = m_noForm->addButton(tr("Make an endpoint…"), u"formNewEndpoint"_s);
    connect(m_firstEndpoint, &QPushButton::clicked, this, [this] { m_registry.run(ids::kNewEndpoint); });
    m_showProblem = m_noForm->addLink(tr("Show the problem in the text"), u"formShowProblem"_s);
    connect(m_showProblem, &QPushButton::clicked, this, &EditPage::showProblem);
    m_noForm->hide();
    column->addWidget(m_noForm, 1);
}

void EditPage::buildHeader(QVBoxLayout &column)
{
    auto *header = new widgets::Surface(m_theme, Role::Base, Qt::BottomEdge);
    auto *rows = new QVBoxLayout(header);
    rows->setContentsMargins(metrics::kFormGutter, 12, metrics::kFormGutter, 10);
    rows->setSpacing(4);
    auto *first = new QHBoxLayout;
    first->setSpacing(10);
    m_title = new widgets::Label(m_theme, {}, TextStyle::Title);
    m_modified = new widgets::Pill(m_theme, {tr("Modified"), widgets::PillKind::Accent, {}, false});
    m_modified->hide();
    first->addWidget(m_title);
    first->addWidget(m_modified);
    m_readOnly = new widgets::Pill(m_theme, {tr("Read-only"), widgets::PillKind::Neutral, u"lock"_s, false});
    m_readOnly->hide();
    first->addWidget(m_readOnly);
    m_whyReadOnly = new widgets::Label(m_theme, {}, TextStyle::Caption, Role::Text2);
    m_whyReadOnly->setObjectName(u"whyReadOnly"_s);
    m_whyReadOnly->setWordWrap(true);
    first->addStretch(1);
    first->addWidget(commandButton(m_registry, ids::kTryEndpoint, u"tryIt"_s, tr("Try it")));
    m_revert = new QPushButton(tr("Revert"));
    theme::setKind(m_revert, theme::ButtonKind::Ghost);
    theme::setNames(m_revert, u"revertButton"_s, tr("Revert"));
    connect(m_revert, &QPushButton::clicked, this, [this] { m_registry.run(ids::kRevert); });
    m_save = new QPushButton(tr("Save"));
    theme::setKind(m_save, theme::ButtonKind::Primary);
    theme::setNames(m_save, u"saveButton"_s, tr("Save"));
    connect(m_save, &QPushButton::clicked, this, [this] { m_presenter.save(m_current); });
    for (const auto &[button, id] : {std::pair{m_revert, ids::kRevert}, std::pair{m_save, ids::kSave}}) {
        const QAction *action = m_registry.action(id); // says the keys, and why it cannot be pressed
        connect(action, &QAction::changed, button,
                [button = button, action] { button->setToolTip(action->toolTip()); });
        first->addWidget(button);
    }
    rows->addLayout(first);
    auto *second = new QHBoxLayout;
    second->setContentsMargins(0, 0, -kGhostPadding, 0);
    m_url = new widgets::Label(m_theme, {}, TextStyle::Code, Role::Text2);
    m_url->setElideMode(Qt::ElideMiddle);
    second->addWidget(m_url, 1);
    m_pane = new widgets::SegmentedControl(m_theme, u"editPane"_s, tr("Form or YAML"));
    m_pane->addSegment(tr("Form"));
    m_pane->addSegment(tr("YAML"), {}, tr("YAML pane"));
    m_pane->hide();
    connect(m_pane, &widgets::SegmentedControl::chosen, this, &EditPage::updateLayout);
    second->addWidget(m_pane);
    second->addWidget(commandButton(m_registry, ids::kCopyUrl, u"copyUrl"_s, tr("Copy URL")));
    second->addWidget(commandButton(m_registry, ids::kCopyCurl, u"copyCurl"_s, tr("Copy as curl")));
    rows->addLayout(second);
    rows->addWidget(m_whyReadOnly);
    column.addWidget(header);
}

QTableView *EditPage::makeTable(TargetsModel &model, const QString &objectName, const QString &name)
{
    auto *table = new QTableView;
    theme::setNames(table, objectName, name);
    table->setModel(&model);
    auto *delegate = new TargetDelegate(m_theme, table);
    delegate->setDesignHeight(metrics::kFormRowHeight);
    delegate->setForm(true);
    table->setItemDelegate(delegate);
    theme::setOuterPadding(table, 0);
    table->setFrameShape(QFrame::NoFrame);
    table->setShowGrid(false);
    table->setSelectionBehavior(QAbstractItemView::SelectRows);
    table->setSelectionMode(QAbstractItemView::SingleSelection);
    table->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    table->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    table->setTabKeyNavigation(false);
    table->verticalHeader()->hide();
    QHeaderView *header = table->horizontalHeader();
    header->setHighlightSections(false);
    header->setSectionsClickable(false);
    header->setSectionResizeMode(QHeaderView::Interactive);
    header->setSectionResizeMode(TargetsModel::DeploymentColumn, QHeaderView::Stretch); // the longest names
    auto *fit = new ColumnFit(m_theme, table);
    theme::follow(m_theme, table, [this, table, header, fit] {
        const int height = m_theme.height(metrics::kFormRowHeight);
        table->verticalHeader()->setMinimumSectionSize(height);
        table->verticalHeader()->setDefaultSectionSize(height);
        header->setFixedHeight(m_theme.height(metrics::kTableHeaderHeight, TextStyle::Header));
        fit->fit();
    });
    if (model.areMirrors())
        table->hideColumn(TargetsModel::WeightColumn);
    table->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed);
    table->setToolTip(tr("Click a deployment, branch or version to choose another; F2 changes the name; drag a row, "
                         "or Alt+Up and Alt+Down, to move it"));
    table->setDragDropMode(QAbstractItemView::InternalMove);
    table->setDragDropOverwriteMode(false);
    table->setDefaultDropAction(Qt::MoveAction);
    table->setContextMenuPolicy(Qt::ActionsContextMenu);
    table->addAction(m_registry.action(ids::kMoveUp));
    table->addAction(m_registry.action(ids::kMoveDown));
    connect(table->selectionModel(), &QItemSelectionModel::currentChanged, this, [this] { m_registry.refresh(); });
    connect(&model, &TargetsModel::moved, this, [this, &model](const QString &row, int index) {
        if (model.areMirrors())
            m_presenter.apply(m_current, endpoints::MoveMirror{row, index}, tr("Move mirror"));
        else
            m_presenter.apply(m_current, endpoints::MoveBackend{row, index}, tr("Move backend"));
    });
    connect(table, &QTableView::clicked, this, [this, &model](const QModelIndex &index) { onCell(model, index); });
    connect(table, &QTableView::activated, this, [this, &model](const QModelIndex &index) {
        if (!m_picker)
            onCell(model, index);
    });
    return table;
}

void EditPage::buildSections(QVBoxLayout &column)
{
    auto *type = new QHBoxLayout;
    type->addWidget(new widgets::Label(m_theme, tr("Endpoint type"), TextStyle::Section));
    type->addStretch(1);
    m_type = new widgets::SegmentedControl(m_theme, u"endpointType"_s, tr("Endpoint type"));
    m_type->addSegment(tr("Aliasing"));
    m_type->addSegment(tr("Splitting"));
    connect(m_type, &widgets::SegmentedControl::chosen, this, &EditPage::chooseType);
    type->addWidget(m_type);
    column.addLayout(type);
    column.addSpacing(22);

    m_aliasTitle = new widgets::Label(m_theme, {}, TextStyle::Section);
    m_aliasHelp = new widgets::Label(m_theme, {}, TextStyle::Caption, Role::Muted);
    m_aliasHelp->setWordWrap(true);
    auto *aliasRow = new QHBoxLayout;
    aliasRow->setContentsMargins(0, 0, -kGhostPadding, 0);
    aliasRow->addWidget(m_aliasTitle);
    aliasRow->addStretch(1);
    m_addBackend = new QToolButton;
    m_addBackend->setIcon(m_theme.icon(u"plus"_s));
    m_addBackend->setText(tr("Add backend"));
    m_addBackend->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    theme::setKind(m_addBackend, theme::ButtonKind::Ghost, theme::ButtonSize::Small);
    theme::setNames(m_addBackend, u"addBackend"_s, tr("Add backend"));
    connect(m_addBackend, &QToolButton::clicked, this, [this] { m_registry.run(ids::kAddBackend); });
    aliasRow->addWidget(m_addBackend);
    column.addLayout(aliasRow);
    column.addWidget(m_aliasHelp);
    column.addSpacing(6);
    m_backends = makeTable(m_backendModel, u"backendTable"_s, tr("Backends"));
    column.addWidget(m_backends);
    column.addSpacing(26);

    m_mirroringHead = new QWidget;
    auto *head = new QVBoxLayout(m_mirroringHead);
    head->setContentsMargins(0, 0, 0, 0);
    head->setSpacing(2);
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    row->addWidget(new widgets::Label(m_theme, tr("Request Mirroring"), TextStyle::Section));
    m_plus = new QToolButton;
    theme::setKind(m_plus, theme::ButtonKind::Plus);
    m_plus->setIcon(m_theme.icon(u"plus"_s));
    theme::setNames(m_plus, u"addMirror"_s, tr("Add mirror"));
    connect(m_plus, &QToolButton::clicked, this, [this] { openPicker({}); });
    row->addWidget(m_plus);
    row->addWidget(new widgets::KeyHint(m_theme, {u"Ctrl Shift M"_s}));
    row->addStretch(1);
    head->addLayout(row);
    auto *help = new widgets::Label(
        m_theme,
        tr("Each mirror gets a copy of every request. Its answers are recorded and never returned to callers."),
        TextStyle::Caption, Role::Muted);
    help->setWordWrap(true);
    head->addWidget(help);
    column.addWidget(m_mirroringHead);
    column.addSpacing(6);
    m_mirrors = makeTable(m_mirrorModel, u"mirrorTable"_s, tr("Mirrors"));
    m_mirrors->addAction(m_registry.action(ids::kRemoveMirror));
    column.addWidget(m_mirrors);
    m_noMirrors =
        new widgets::Label(m_theme, tr("No mirrors. Add one with + to compare a new version with live traffic."),
                           TextStyle::Body, Role::Text2);
    m_noMirrors->setWordWrap(true);
    column.addWidget(m_noMirrors);
    column.addSpacing(26);
    buildTargets(column);
    column.addStretch(1);

    connect(&m_backendModel, &TargetsModel::renamed, this, [this](const QString &label, const QString &newLabel) {
        m_presenter.apply(m_current, endpoints::RenameBackend{label, newLabel}, tr("Rename backend"));
    });
    connect(&m_backendModel, &TargetsModel::weighed, this, [this](const QString &label, int weight) {
        m_presenter.apply(m_current, endpoints::SetWeight{label, weight}, tr("Change weight"));
    });
    connect(&m_mirrorModel, &TargetsModel::renamed, this, [this](const QString &name, const QString &newName) {
        m_presenter.apply(m_current, endpoints::RenameMirror{name, newName}, tr("Rename mirror"));
    });
}

void EditPage::buildTargets(QVBoxLayout &column)
{
    auto *head = new QHBoxLayout;
    head->setContentsMargins(0, 0, -kGhostPadding, 0);
    head->addWidget(new widgets::Label(m_theme, tr("Local targets"), TextStyle::Section));
    head->addStretch(1);
    auto *again = new QToolButton;
    again->setIcon(m_theme.icon(u"retry"_s));
    again->setText(tr("Check again"));
    again->setToolTip(tr("Tries a connection to each address, those beyond this machine too"));
    again->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    theme::setKind(again, theme::ButtonKind::Ghost, theme::ButtonSize::Small);
    theme::setNames(again, u"checkTargets"_s, tr("Check again"));
    connect(again, &QToolButton::clicked, this, [this] { m_registry.run(ids::kCheckTargets); });
    auto *edit = new QToolButton;
    edit->setDefaultAction(m_registry.action(ids::kEditTargets));
    edit->setToolButtonStyle(Qt::ToolButtonTextOnly);
    theme::setKind(edit, theme::ButtonKind::Ghost, theme::ButtonSize::Small);
    theme::setNames(edit, u"editTargets"_s, tr("Edit targets"));
    head->addWidget(edit);
    head->addWidget(again);
    column.addLayout(head);
    auto *help = new QHBoxLayout;
    help->setSpacing(4);
    help->addWidget(new widgets::Label(m_theme, tr("How this machine reaches each deployment. Kept in"),
                                       TextStyle::Caption, Role::Muted));
    auto *path = new widgets::Label(m_theme, targets::TargetsFile::path(), TextStyle::Code, Role::Muted);
    path->setElideMode(Qt::ElideMiddle);
    help->addWidget(path, 1);
    column.addLayout(help);
    column.addSpacing(6);
    m_targets = new TargetList(m_theme);
    column.addWidget(m_targets);
    column.addSpacing(26);
    m_local = new LocalSection(m_theme, m_registry);
    connect(m_local, &LocalSection::lineWanted, this, [this](int line, int at) {
        showYaml();
        m_yamlPane->goTo(line, at);
    });
    column.addWidget(m_local);
}

} // namespace parallax::ui
