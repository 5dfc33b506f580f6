// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/replay/targetrows.h"

#include "repository/catalogue.h"
#include "ui/models/displaytext.h"
#include "ui/theme/controls.h"
#include "ui/theme/metrics.h"
#include "ui/theme/theme.h"
#include "ui/widgets/iconlabel.h"
#include "ui/widgets/identity.h"
#include "ui/widgets/label.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QPushButton>
#include <QSignalBlocker>
#include <QToolButton>

using namespace Qt::StringLiterals;
using parallax::theme::Role;
using parallax::theme::TextStyle;
namespace metrics = parallax::theme::metrics;

namespace parallax::ui {

namespace {

constexpr int kRefRole = Qt::UserRole;

QWidget *shapeOf(const theme::Theme &theme, int index)
{
    auto *shape = new widgets::IconLabel(theme, {}, Role::Muted, metrics::kSmallIconSize);
    shape->setIdentity(index);
    return shape;
}

} // namespace

QString versionText(const endpoints::DeploymentRef &ref)
{
    const QString version =
        ref.version.kind() == endpoints::Version::Kind::WorkTree ? TargetRows::tr("work tree") : ref.version.toString();
    return ref.branch == u"main" ? version : TargetRows::tr("%1: %2").arg(ref.branch, version);
}

TargetRows::TargetRows(const theme::Theme &theme, ReplayPresenter &presenter, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_presenter(presenter)
{
    setObjectName(u"replayTargets"_s);
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->setSpacing(8);
    m_endpoint = new QComboBox;
    theme::setNames(m_endpoint, u"replayEndpoint"_s, tr("Endpoint to replay to"));
    m_endpoint->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
    connect(m_endpoint, &QComboBox::activated, this, &TargetRows::chooseEndpoint);
    outer->addWidget(m_endpoint);
    m_rows = new QWidget;
    m_column = new QVBoxLayout(m_rows);
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(0);
    outer->addWidget(m_rows);
    connect(&presenter, &ReplayPresenter::planChanged, this, &TargetRows::showAll);
    connect(&presenter, &ReplayPresenter::workspaceChanged, this, &TargetRows::showAll);
    showAll();
}

void TargetRows::showAll()
{
    const QList<RunTarget> targets = m_presenter.targets();
    const bool isAdHoc = m_presenter.plan().primary.has_value();
    showEndpoints();
    if (targets == m_shown && isAdHoc == m_shownAdHoc && m_shownWorkspace == m_presenter.workspace().get())
        return;
    m_shown = targets;
    m_shownAdHoc = isAdHoc;
    m_shownWorkspace = m_presenter.workspace().get();
    // What is replaced may be the one that is being clicked.
    while (QLayoutItem *item = m_column->takeAt(0)) {
        if (item->widget() != nullptr) {
            item->widget()->hide();
            item->widget()->deleteLater();
        }
        delete item;
    }
    if (isAdHoc)
        showVersions(targets);
    else
        showTargets(targets);
}

void TargetRows::showEndpoints()
{
    const QSignalBlocker blocker(m_endpoint);
    const QStringList names = m_presenter.endpointNames();
    m_endpoint->clear();
    for (const QString &name : names)
        m_endpoint->addItem(m_theme.icon(u"endpoint"_s), name, name);
    m_endpoint->insertSeparator(m_endpoint->count());
    m_endpoint->addItem(m_theme.icon(u"deployment"_s), tr("Compare versions"));
    const auto at = names.indexOf(m_presenter.plan().endpoint);
    m_endpoint->setCurrentIndex(m_presenter.plan().primary ? m_endpoint->count() - 1 : static_cast<int>(at));
}

void TargetRows::chooseEndpoint(int index)
{
    const QString name = m_endpoint->itemData(index).toString();
    replay::ReplayPlan plan = m_presenter.plan();
    plan.sourceEndpoint.clear();
    plan.withoutMirrors.clear();
    if (!name.isEmpty()) {
        plan.endpoint = name;
        plan.primary.reset();
        plan.mirrors.clear();
        m_presenter.setPlan(plan);
        return;
    }
    if (plan.primary)
        return;
    // What the endpoint has is where one starts from.
    QList<endpoints::DeploymentRef> refs;
    for (const RunTarget &target : m_presenter.targets())
        refs.append(target.deployment);
    setVersions(refs);
}

void TargetRows::showTargets(const QList<RunTarget> &targets)
{
    int mirror = 0;
    for (const RunTarget &target : targets) {
        auto *line = new QWidget;
        auto *row = new QHBoxLayout(line);
        row->setContentsMargins(0, 0, 0, 0);
        row->setSpacing(metrics::kIconGap);
        theme::follow(m_theme, line, [this, line] { line->setFixedHeight(m_theme.height(metrics::kListRowHeight)); });
        auto *check = new QCheckBox;
        theme::setNames(check, u"replaySendTo_"_s + target.name, tr("Send to %1").arg(target.name));
        check->setChecked(target.isChosen);
        check->setEnabled(target.isMirror);
        if (!target.isMirror)
            check->setToolTip(widgets::literalToolTip(tr("The primary always answers")));
        connect(check, &QCheckBox::toggled, this, [this, name = target.name](bool isOn) {
            replay::ReplayPlan plan = m_presenter.plan();
            plan.withoutMirrors.removeAll(name);
            if (!isOn)
                plan.withoutMirrors.append(name);
            m_presenter.setPlan(plan);
        });
        row->addWidget(check);
        row->addWidget(shapeOf(m_theme, target.isMirror ? mirror++ : widgets::kPrimary));
        auto *name = new widgets::Label(m_theme, target.name);
        row->addWidget(name);
        const QString version = versionText(target.deployment);
        auto *deployment = new widgets::Label(
            m_theme, version == u"latest" ? target.deployment.name : target.deployment.name + u", "_s + version,
            TextStyle::Caption, Role::Muted);
        deployment->setElideMode(Qt::ElideMiddle);
        deployment->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
        row->addWidget(deployment, 1);
        m_column->addWidget(line);
    }
    if (targets.isEmpty() && m_presenter.workspace())
        m_column->addWidget(
            new widgets::Label(m_theme, tr("No endpoint can be served here."), TextStyle::Caption, Role::Muted));
}

void TargetRows::fillDeployments(QComboBox &list, const endpoints::DeploymentRef &chosen) const
{
    QStringList names;
    if (m_presenter.workspace() && m_presenter.workspace()->catalogue) {
        for (const repository::Deployment &deployment : m_presenter.workspace()->catalogue->deployments()) {
            if (!names.contains(deployment.name))
                names += deployment.name;
        }
    }
    if (!names.contains(chosen.name))
        names.prepend(chosen.name);
    list.addItems(names);
    list.setCurrentText(chosen.name);
}

void TargetRows::fillVersions(QComboBox &list, const endpoints::DeploymentRef &chosen) const
{
    using endpoints::Version;
    QStringList known;
    const auto add = [&](const QString &branch, const Version &version) {
        const endpoints::DeploymentRef ref{chosen.name, branch, version};
        if (known.contains(ref.toString()))
            return;
        known += ref.toString();
        list.addItem(versionText(ref), ref.toString());
    };
    add(chosen.branch, Version::latest());
    const auto *catalogue = m_presenter.workspace() ? m_presenter.workspace()->catalogue.get() : nullptr;
    const auto addNumbers = [&](const QString &branch) {
        const repository::Deployment *deployment =
            catalogue != nullptr ? catalogue->deployment(chosen.name, branch) : nullptr;
        for (int i = deployment != nullptr ? deployment->newestVersion() : 0; i > 0; --i)
            add(branch, Version::number(i));
    };
    addNumbers(chosen.branch);
    add(chosen.branch, Version::workTree());
    if (catalogue != nullptr) {
        for (const QString &branch : catalogue->branches()) {
            add(branch, Version::latest());
            addNumbers(branch);
        }
    }
    add(chosen.branch, chosen.version);
    list.setCurrentIndex(list.findData(chosen.toString()));
}

QList<endpoints::DeploymentRef> TargetRows::versions() const
{
    const replay::ReplayPlan &plan = m_presenter.plan();
    QList<endpoints::DeploymentRef> refs;
    if (plan.primary)
        refs.append(*plan.primary);
    refs.append(QList<endpoints::DeploymentRef>(plan.mirrors.begin(), plan.mirrors.end()));
    return refs;
}

void TargetRows::setVersions(const QList<endpoints::DeploymentRef> &refs)
{
    if (!refs.isEmpty())
        m_presenter.compareVersions(refs.first(), refs.mid(1));
}

void TargetRows::showVersions(const QList<RunTarget> &targets)
{
    for (qsizetype i = 0; i < targets.size(); ++i) {
        const RunTarget &target = targets[i];
        auto *line = new QWidget;
        auto *row = new QHBoxLayout(line);
        row->setContentsMargins(0, 2, 0, 2);
        row->setSpacing(6);
        row->addWidget(shapeOf(m_theme, static_cast<int>(i) - 1));
        auto *deployment = new QComboBox;
        theme::setNames(deployment, u"replayDeployment_"_s + target.name, tr("Deployment of %1").arg(target.name));
        deployment->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Fixed);
        fillDeployments(*deployment, target.deployment);
        connect(deployment, &QComboBox::textActivated, this, [this, i](const QString &name) {
            QList<endpoints::DeploymentRef> refs = versions();
            refs[i] = {name, refs[i].branch, {}};
            setVersions(refs);
        });
        row->addWidget(deployment, 1);
        auto *version = new QComboBox;
        theme::setNames(version, u"replayVersion_"_s + target.name, tr("Version of %1").arg(target.name));
        version->setFixedWidth(104);
        fillVersions(*version, target.deployment);
        connect(version, &QComboBox::activated, this, [this, i, version](int index) {
            QList<endpoints::DeploymentRef> refs = versions();
            refs[i] = endpoints::DeploymentRef::fromString(version->itemData(index).toString());
            setVersions(refs);
        });
        row->addWidget(version);
        auto *remove = new QToolButton;
        remove->setIcon(m_theme.icon(u"close"_s));
        theme::setNames(remove, u"replayRemove_"_s + target.name, tr("Remove %1").arg(target.name));
        remove->setEnabled(i > 0);
        connect(remove, &QToolButton::clicked, this, [this, i] {
            QList<endpoints::DeploymentRef> refs = versions();
            refs.removeAt(i);
            setVersions(refs);
        });
        row->addWidget(remove);
        m_column->addWidget(line);
    }
    if (targets.size() >= kMostVersions)
        return;
    auto *foot = new QWidget;
    auto *row = new QHBoxLayout(foot);
    row->setContentsMargins(0, 4, 0, 0);
    auto *add = new QPushButton(tr("Add version"));
    theme::setKind(add, theme::ButtonKind::Link);
    theme::setNames(add, u"replayAddVersion"_s, tr("Add version"));
    connect(add, &QPushButton::clicked, this, [this] {
        QList<endpoints::DeploymentRef> refs = versions();
        refs.append(refs.last());
        setVersions(refs);
    });
    row->addWidget(add);
    row->addStretch(1);
    m_column->addWidget(foot);
}

} // namespace parallax::ui
