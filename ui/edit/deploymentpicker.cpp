// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/edit/deploymentpicker.h"

#include "base/clock.h"
#include "endpoints/check.h"
#include "endpoints/edits.h"
#include "ui/commands/fuzzy.h"
#include "ui/edit/namedelegate.h"
#include "ui/models/displaytext.h"
#include "ui/theme/controls.h"
#include "ui/theme/metrics.h"
#include "ui/widgets/filterfield.h"
#include "ui/widgets/keycap.h"
#include "ui/widgets/label.h"
#include "ui/widgets/surface.h"
#include "ui/wording/wording.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QListView>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;
using parallax::theme::Role;
using parallax::theme::TextStyle;

namespace parallax::ui {

namespace {

constexpr int kListHeight = 208;
constexpr int kRowHeight = 30;

QListView *makePickerList(const theme::Theme &theme, QAbstractItemModel &model, const QString &objectName,
                          const QString &name)
{
    auto *delegate = new NameDelegate(theme);
    delegate->setDesignHeight(kRowHeight);
    QListView *list = makeRowList(model, delegate, objectName, name);
    list->setMouseTracking(false);
    list->setMinimumHeight(kListHeight);
    return list;
}

} // namespace

DeploymentPicker::DeploymentPicker(const theme::Theme &theme, std::shared_ptr<const repository::Catalogue> catalogue,
                                   const endpoints::Endpoint &endpoint, const QString &branch, QWidget *parent,
                                   const PickerPurpose &purpose)
    : PopupDialog(theme, theme::metrics::kRadiusPopover, parent)
    , m_theme(theme)
    , m_catalogue(std::move(catalogue))
    , m_endpoint(endpoint)
    , m_purpose(purpose)
{
    setObjectName(u"deploymentPicker"_s);
    const QString title = m_purpose.kind == PickerPurpose::Kind::AddMirror    ? tr("Add mirror")
                          : m_purpose.kind == PickerPurpose::Kind::AddBackend ? tr("Add backend")
                                                                              : tr("Change %1").arg(m_purpose.name);
    setAccessibleName(title);
    setWindowTitle(title);
    build();
    const QStringList branches = m_catalogue ? m_catalogue->branches() : QStringList{u"main"_s};
    m_branch->addItems(branches);
    const QString wanted = m_purpose.now ? m_purpose.now->branch : branch;
    if (m_purpose.now && !branches.contains(wanted))
        m_branch->addItem(wanted); // the file names a branch that is not here
    m_branch->setCurrentIndex(qMax(0, m_branch->findText(m_branch->findText(wanted) >= 0 ? wanted : u"main"_s)));
    updateDeployments();
    connect(m_search, &QLineEdit::textChanged, this, &DeploymentPicker::updateDeployments);
    connect(m_branch, &QComboBox::currentTextChanged, this, &DeploymentPicker::updateDeployments);
    connect(m_deploymentList->selectionModel(), &QItemSelectionModel::currentChanged, this,
            &DeploymentPicker::updateVersions);
    connect(m_versionList->selectionModel(), &QItemSelectionModel::currentChanged, this,
            &DeploymentPicker::updateWarning);
    connect(m_deploymentList, &QListView::doubleClicked, this, [this] { choose(false); });
    connect(m_versionList, &QListView::doubleClicked, this, [this] { choose(false); });
    connect(m_add, &QPushButton::clicked, this, [this] { choose(false); });
    for (QObject *watched : {static_cast<QObject *>(m_search), static_cast<QObject *>(m_deploymentList),
                             static_cast<QObject *>(m_versionList)})
        watched->installEventFilter(this);
    if (m_purpose.now)
        showPresent();
    m_search->setFocus();
}

void DeploymentPicker::build()
{
    auto *top = new QHBoxLayout;
    top->setContentsMargins(12, 10, 12, 10);
    top->setSpacing(8);
    m_search = new widgets::FilterField(m_theme, u"pickerSearch"_s, tr("Deployment"));
    m_search->setIconName(u"search"_s);
    m_search->setDesignHeight(theme::metrics::kFieldHeight);
    m_search->setTextStyle(TextStyle::Body);
    m_search->setPlaceholderText(tr("Deployment"));
    m_branch = new QComboBox;
    theme::setNames(m_branch, u"pickerBranch"_s, tr("Branch"));
    theme::follow(m_theme, m_branch, [this] { m_branch->setMinimumWidth(m_theme.width(148)); });
    top->addWidget(m_search, 1);
    top->addWidget(m_branch);
    body()->addLayout(top);
    body()->addWidget(widgets::hairline(m_theme, Qt::Horizontal));

    auto *middle = new QHBoxLayout;
    middle->setSpacing(0);
    const auto column = [&](widgets::Label *title, QListView *list) {
        auto *layout = new QVBoxLayout;
        layout->setContentsMargins(0, 6, 0, 6);
        layout->setSpacing(2);
        title->setContentsMargins(14, 2, 14, 2);
        layout->addWidget(title);
        layout->addWidget(list, 1);
        return layout;
    };
    m_deploymentList = makePickerList(m_theme, m_deployments, u"pickerDeployments"_s, tr("Deployments"));
    m_versionList = makePickerList(m_theme, m_versions, u"pickerVersions"_s, tr("Versions"));
    m_versionsTitle = new widgets::Label(m_theme, {}, TextStyle::CaptionMedium, Role::Muted);
    middle->addLayout(
        column(new widgets::Label(m_theme, tr("Deployments"), TextStyle::CaptionMedium, Role::Muted), m_deploymentList),
        3);
    middle->addWidget(widgets::hairline(m_theme, Qt::Vertical));
    middle->addLayout(column(m_versionsTitle, m_versionList), 4);
    body()->addLayout(middle, 1);

    m_warning = new widgets::Label(m_theme, {}, TextStyle::Caption, Role::Warning);
    m_warning->setObjectName(u"pickerWarning"_s);
    m_warning->setWordWrap(true);
    m_warning->setContentsMargins(14, 4, 14, 6);
    m_warning->hide();
    body()->addWidget(m_warning);
    auto *footer = new widgets::Surface(m_theme, Role::Sunken, Qt::TopEdge);
    footer->setFooterRadius(theme::metrics::kRadiusPopover);
    auto *row = new QHBoxLayout(footer);
    row->setContentsMargins(12, 6, 12, 6);
    row->setSpacing(16);
    const bool isChange = m_purpose.kind == PickerPurpose::Kind::Change;
    row->addWidget(new widgets::KeyHint(m_theme, {tr("Enter")}, isChange ? tr("change") : tr("add")));
    if (!isChange)
        row->addWidget(new widgets::KeyHint(m_theme, {tr("Ctrl Enter")}, tr("add another")));
    row->addWidget(new widgets::KeyHint(m_theme, {u"\u2192"_s}, tr("versions")));
    row->addWidget(new widgets::KeyHint(m_theme, {tr("Esc")}, tr("close")));
    row->addStretch(1);
    m_add = new QPushButton;
    theme::setNames(m_add, u"pickerAdd"_s, isChange ? tr("Change") : tr("Add"));
    theme::setKind(m_add, theme::ButtonKind::Primary, theme::ButtonSize::Small);
    m_add->setAutoDefault(false);
    row->addWidget(m_add);
    body()->addWidget(footer);
}

QString DeploymentPicker::reasonFor(const QString &deployment, const std::optional<endpoints::Version> &version,
                                    int &identity) const
{
    const auto uses = [&](const endpoints::DeploymentRef &ref) {
        return ref.name == deployment &&
               (!version || (ref.version == *version && ref.branch == m_branch->currentText()));
    };
    QStringList mirrors;
    for (int i = 0; i < m_endpoint.mirrors.size(); ++i) {
        if (!uses(m_endpoint.mirrors[i].deployment))
            continue;
        if (mirrors.isEmpty())
            identity = i;
        mirrors += m_endpoint.mirrors[i].name;
    }
    if (mirrors.size() == 1)
        return mirrors.first();
    if (!mirrors.isEmpty())
        return tr("%n mirror(s)", nullptr, static_cast<int>(mirrors.size()));
    for (const endpoints::Backend &backend : m_endpoint.backends) {
        if (uses(backend.deployment))
            return m_endpoint.backends.size() == 1 ? tr("is the primary") : tr("is %1").arg(backend.label);
    }
    return {};
}

QString DeploymentPicker::typedName() const
{
    return m_search->text().section(u':', 0, 0).trimmed();
}

QString DeploymentPicker::typedVersion() const
{
    return m_search->text().section(u':', 1).trimmed();
}

void DeploymentPicker::updateDeployments()
{
    const QString typed = typedName();
    struct Match
    {
        NameListModel::Row row;
        int score = 0;
    };
    QList<Match> matches;
    bool isExact = false;
    for (const repository::Deployment &deployment :
         m_catalogue ? m_catalogue->deployments(m_branch->currentText()) : QList<repository::Deployment>()) {
        const std::optional<commands::FuzzyMatch> fit = commands::fuzzyMatch(typed, deployment.name);
        if (!fit)
            continue;
        isExact = isExact || deployment.name == typed;
        Match match;
        match.score = fit->score;
        match.row.name = deployment.name;
        match.row.icon = u"deployment"_s;
        match.row.isMuted = deployment.archived;
        match.row.end =
            deployment.archived ? tr("archived") : reasonFor(deployment.name, std::nullopt, match.row.endIdentity);
        if (!typed.isEmpty()) {
            for (const commands::TextRange &range : fit->ranges)
                match.row.matches.append({range.start, range.length});
        }
        matches.append(match);
    }
    std::stable_sort(matches.begin(), matches.end(), [](const Match &a, const Match &b) { return a.score > b.score; });
    QList<NameListModel::Row> rows;
    for (const Match &match : std::as_const(matches))
        rows.append(match.row);
    if (!isExact)
        addTyped(rows);
    m_deployments.setRows(rows);
    // Among equally good matches, what is not in use yet is what one most likely wants.
    int best = isExact ? m_deployments.rowOf(typed) : 0;
    for (int i = 0; i < matches.size() && !isExact && matches[i].score == matches.first().score; ++i) {
        if (rows[i].end.isEmpty()) {
            best = i;
            break;
        }
    }
    m_deploymentList->setCurrentIndex(m_deployments.index(best));
    updateVersions();
}

void DeploymentPicker::addTyped(QList<NameListModel::Row> &rows) const
{
    if (typedName().isEmpty())
        return;
    NameListModel::Row row;
    row.name = typedName();
    row.text = tr("Use the name \u201c%1\u201d").arg(row.name);
    row.icon = u"plus"_s;
    rows.append(row);
}

void DeploymentPicker::updateVersions()
{
    const QString name = currentDeployment();
    const repository::Deployment *deployment =
        m_catalogue ? m_catalogue->deployment(name, m_branch->currentText()) : nullptr;
    const WallTime now = SystemClock().wallTime();
    QList<NameListModel::Row> rows;
    const auto add = [&](const QString &version, const QString &text, const std::optional<WallTime> &time) {
        NameListModel::Row row;
        row.name = version;
        row.text = text;
        const QString age = time ? display::age(*time, now) : QString();
        const QString reason = reasonFor(name, endpoints::Version::fromString(version), row.endIdentity);
        row.end = reason.isEmpty() ? age : age.isEmpty() ? reason : reason + u", "_s + age;
        rows.append(row);
    };
    const bool isKnown = deployment != nullptr && deployment->newestVersion() > 0;
    add(u"latest"_s,
        isKnown ? tr("latest    follows the newest, now %1").arg(deployment->newestVersion())
                : tr("latest    follows the newest"),
        isKnown ? std::optional(deployment->versions.last().time) : std::nullopt);
    rows.first().isStrong = true;
    if (isKnown) {
        for (auto it = deployment->versions.rbegin(); it != deployment->versions.rend(); ++it)
            add(QString::number(it->number), u"%1    %2"_s.arg(QString::number(it->number), it->subject), it->time);
    }
    const QString typed = typedVersion();
    const auto at = std::find_if(rows.begin(), rows.end(), [&](const auto &row) { return row.name == typed; });
    const auto chosen = static_cast<int>(at == rows.end() ? (typed.isEmpty() ? 0 : rows.size()) : at - rows.begin());
    if (at == rows.end() && !typed.isEmpty()) {
        add(typed, tr("Use the version \u201c%1\u201d").arg(typed), std::nullopt);
        rows.last().icon = u"plus"_s;
    }
    m_versions.setRows(rows);
    m_versionList->setCurrentIndex(m_versions.index(chosen));
    m_versionsTitle->setText(name.isEmpty() ? tr("Versions") : tr("Versions of %1").arg(name));
    m_add->setEnabled(!name.isEmpty());
    m_add->setText(verb());
    updateWarning();
}

endpoints::DeploymentRef DeploymentPicker::selected() const
{
    const QModelIndex version = m_versionList->currentIndex();
    return {currentDeployment(), m_branch->currentText(),
            endpoints::Version::fromString(version.isValid() ? m_versions.row(version.row()).name : u"latest"_s)};
}

void DeploymentPicker::updateWarning()
{
    std::optional<Finding> finding;
    // What the first backend itself is changed to is compared with nothing.
    if (m_catalogue && !m_endpoint.backends.isEmpty() && m_endpoint.backends.first().label != m_purpose.name) {
        const QString name = m_purpose.kind == PickerPurpose::Kind::Change ? m_purpose.name
                             : m_purpose.kind == PickerPurpose::Kind::AddMirror
                                 ? endpoints::nextFreeMirror(m_endpoint)
                                 : endpoints::nextFreeBackend(m_endpoint);
        finding = endpoints::argumentsDiffer(name, selected(), m_endpoint.backends.first().deployment, *m_catalogue);
    }
    QString text = finding ? wording::text(finding->error) : QString();
    if (!m_catalogue)
        text = tr("The deployments are still being read. A name that is typed can be used.");
    else if (const std::optional<Error> wrong =
                 currentDeployment().isEmpty() ? std::nullopt : endpoints::targetError(selected()))
        text = wording::text(*wrong);
    m_warning->setText(text);
    m_warning->setVisible(!text.isEmpty());
}

QString DeploymentPicker::verb() const
{
    switch (m_purpose.kind) {
    case PickerPurpose::Kind::AddMirror:
        return tr("Add %1").arg(endpoints::nextFreeMirror(m_endpoint));
    case PickerPurpose::Kind::AddBackend:
        return tr("Add %1").arg(endpoints::nextFreeBackend(m_endpoint));
    case PickerPurpose::Kind::Change:
        return tr("Change %1").arg(m_purpose.name);
    }
    return {};
}

void DeploymentPicker::showPresent()
{
    int row = m_deployments.rowOf(m_purpose.now->name);
    if (row < 0) { // not in the catalogue: offered as a typed name is
        m_search->setText(m_purpose.now->name + u':' + m_purpose.now->version.toString());
        m_search->selectAll();
        row = qMax(0, m_deployments.rowOf(m_purpose.now->name));
        updateDeployments();
    }
    m_deploymentList->setCurrentIndex(m_deployments.index(row));
    const int version = m_versions.rowOf(m_purpose.now->version.toString());
    m_versionList->setCurrentIndex(m_versions.index(qMax(0, version)));
}

QString DeploymentPicker::currentDeployment() const
{
    const QModelIndex index = m_deploymentList->currentIndex();
    return index.isValid() ? m_deployments.row(index.row()).name : QString();
}

void DeploymentPicker::setEndpoint(const endpoints::Endpoint &endpoint)
{
    m_endpoint = endpoint;
    updateDeployments();
}

void DeploymentPicker::choose(bool keepOpen)
{
    const QString name = currentDeployment();
    if (name.isEmpty())
        return;
    Q_EMIT chosen(selected());
    if (!keepOpen)
        accept();
    else
        m_search->setFocus();
}

bool DeploymentPicker::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::KeyPress)
        return PopupDialog::eventFilter(watched, event);
    auto *key = static_cast<QKeyEvent *>(event);
    const auto move = [](QListView *list, int step) {
        const int row = qBound(0, list->currentIndex().row() + step, list->model()->rowCount() - 1);
        list->setCurrentIndex(list->model()->index(row, 0));
    };
    switch (key->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter:
        choose(key->modifiers().testFlag(Qt::ControlModifier) && m_purpose.kind != PickerPurpose::Kind::Change);
        return true;
    case Qt::Key_Escape:
        reject();
        return true;
    case Qt::Key_Down:
    case Qt::Key_Up:
        if (watched != m_search)
            break;
        move(m_deploymentList, key->key() == Qt::Key_Down ? 1 : -1);
        return true;
    case Qt::Key_Right:
        if (watched == m_versionList || (watched == m_search && m_search->cursorPosition() < m_search->text().size()))
            break;
        m_versionList->setFocus(Qt::TabFocusReason);
        return true;
    case Qt::Key_Left:
        if (watched != m_versionList)
            break;
        m_search->setFocus(Qt::BacktabFocusReason);
        return true;
    default:
        break;
    }
    return PopupDialog::eventFilter(watched, event);
}

} // namespace parallax::ui
