// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/edit/problemlist.h"

#include "endpoints/errors.h"
#include "ui/edit/rowproblems.h"
#include "ui/theme/controls.h"
#include "ui/theme/metrics.h"
#include "ui/theme/theme.h"
#include "ui/widgets/iconlabel.h"
#include "ui/widgets/label.h"
#include "ui/wording/wording.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;
using parallax::theme::Role;
using parallax::theme::TextStyle;
namespace metrics = parallax::theme::metrics;

namespace parallax::ui {

namespace {

Fix choice(const QString &name, const QString &label, const QString &says)
{
    Fix fix;
    fix.label = label;
    fix.says = says;
    fix.name = name;
    return fix;
}

Fix edit(const QString &name, const QString &label, const QString &says, const endpoints::Edit &edit)
{
    Fix fix = choice(name, label, says);
    fix.kind = Fix::Kind::Edit;
    fix.edit = edit;
    return fix;
}

/// The same deployment at `latest`.
std::optional<endpoints::Edit> latestOf(const QString &name, const endpoints::Endpoint &endpoint)
{
    for (const endpoints::Backend &backend : endpoint.backends) {
        if (backend.label == name)
            return endpoints::SetBackend{name, {backend.deployment.name, backend.deployment.branch, {}}};
    }
    for (const endpoints::Mirror &mirror : endpoint.mirrors) {
        if (mirror.name == name)
            return endpoints::SetMirror{name, {mirror.deployment.name, mirror.deployment.branch, {}}};
    }
    return std::nullopt;
}

QList<Fix> rowFixes(const Error &error, const endpoints::Endpoint &endpoint, const QString &name)
{
    using namespace endpoints;
    QList<Fix> fixes;
    if (error.code == kVersionAboveNewest) {
        const int newest = error.args.value(u"newest"_s).toInt();
        if (const std::optional<Edit> latest = latestOf(name, endpoint))
            fixes += edit(name, ProblemList::tr("Use latest (= %1)").arg(newest),
                          ProblemList::tr("Use latest for %1").arg(name), *latest);
        fixes += choice(name, ProblemList::tr("Pick version…"), ProblemList::tr("Pick version of %1").arg(name));
    } else if (error.code == kDeploymentUnknown || error.code == kBranchUnknown || error.code == kDeploymentArchived ||
               error.code == kDeploymentNameInvalid || error.code == kArgumentsDiffer) {
        fixes += choice(name, ProblemList::tr("Pick deployment…"), ProblemList::tr("Pick deployment for %1").arg(name));
    } else if (error.code == kSameName) {
        const QString free = nextFreeMirror(endpoint);
        const QString label = ProblemList::tr("Call the mirror %1").arg(free);
        fixes += edit(name, label, label, RenameMirror{name, free});
    } else if (error.code == kMirrorOfBackend) {
        const QString label = ProblemList::tr("Remove %1").arg(name);
        fixes += edit(name, label, label, RemoveMirror{name});
    }
    return fixes;
}

} // namespace

QList<Fix> fixesFor(const Finding &finding, const endpoints::Endpoint &endpoint)
{
    using namespace endpoints;
    const ErrorCode code = finding.error.code;
    QList<Fix> fixes;
    if (const QStringList names = rowsOf(finding.error, endpoint); !names.isEmpty())
        fixes = rowFixes(finding.error, endpoint, names.first());
    if (code == kWeightsSumZero && !endpoint.backends.isEmpty()) {
        const QString name = endpoint.backends.first().label;
        const QString label = ProblemList::tr("Give %1 the weight 1").arg(name);
        fixes += edit(name, label, label, SetWeight{name, 1});
    } else if (code == kBackendsMissing || code == kMirrorsWithoutBackend) {
        fixes += choice({}, ProblemList::tr("Add backend…"), ProblemList::tr("Add a backend to mend this"));
        fixes.last().kind = Fix::Kind::AddBackend;
    } else if (code == kSchemaVersionMissing) {
        const QString label = ProblemList::tr("Add schemaVersion: 1");
        fixes += choice({}, label, label);
        fixes.last().kind = Fix::Kind::Append;
        fixes.last().text = u"schemaVersion: 1"_s;
    } else if (code == kFileSuffix) {
        const QString label = ProblemList::tr("Rename to %1.yaml").arg(endpoint.name);
        fixes += choice(endpoint.name, label, label);
        fixes.last().kind = Fix::Kind::GiveSuffix;
    }
    return fixes;
}

ProblemList::ProblemList(const theme::Theme &theme, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
{
    setObjectName(u"problemList"_s);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(10);
    auto *head = new QHBoxLayout;
    head->setSpacing(6);
    m_title = new widgets::Label(m_theme, tr("Problems"), TextStyle::CaptionStrong, Role::Text2);
    m_count = new widgets::Label(m_theme, {}, TextStyle::Caption, Role::Muted);
    head->addWidget(m_title);
    head->addWidget(m_count);
    head->addStretch(1);
    column->addLayout(head);
    m_rows = new QVBoxLayout;
    m_rows->setSpacing(10);
    column->addLayout(m_rows);
    column->addStretch(1);
    addText(tr("No problems in this file"));
}

void ProblemList::setFindings(const QList<Finding> &findings, const endpoints::Endpoint &endpoint,
                              const Mending &mending)
{
    QList<Finding> shown;
    std::copy_if(findings.begin(), findings.end(), std::back_inserter(shown),
                 [](const Finding &finding) { return finding.severity != Severity::Info; });
    if (shown == m_findings && endpoint == m_endpoint && mending == m_mending)
        return;
    m_findings = shown;
    m_endpoint = endpoint;
    m_mending = mending;
    while (QLayoutItem *item = m_rows->takeAt(0)) {
        if (item->widget() != nullptr) {
            item->widget()->hide();
            item->widget()->deleteLater(); // one of its buttons may be what brought us here
        }
        delete item;
    }
    m_count->setText(shown.isEmpty() ? QString() : QString::number(shown.size()));
    for (int i = 0; i < qMin(kMost, static_cast<int>(shown.size())); ++i)
        add(shown[i], endpoint, i + 1);
    if (shown.isEmpty())
        addText(tr("No problems in this file"));
    else if (shown.size() > kMost)
        addText(tr("and %1 more").arg(shown.size() - kMost));
}

void ProblemList::addText(const QString &text)
{
    m_rows->addWidget(new widgets::Label(m_theme, text, TextStyle::Body, Role::Muted));
}

void ProblemList::add(const Finding &finding, const endpoints::Endpoint &endpoint, int number)
{
    auto *line = new QWidget;
    auto *row = new QHBoxLayout(line);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(metrics::kIconGap);
    const bool isError = finding.severity == Severity::Error;
    row->addWidget(
        new widgets::IconLabel(m_theme, isError ? u"error"_s : u"warning"_s, isError ? Role::Error : Role::Warning), 0,
        Qt::AlignTop);
    auto *texts = new QVBoxLayout;
    texts->setSpacing(2);
    auto *text = new widgets::Label(m_theme, wording::text(finding.error));
    text->setWordWrap(true);
    texts->addWidget(text);
    auto *buttons = new QHBoxLayout;
    buttons->setSpacing(6);
    QList<Fix> fixes = fixesFor(finding, endpoint);
    if (!m_mending.canEdit)
        fixes.removeIf([](const Fix &fix) { return fix.kind != Fix::Kind::GiveSuffix; });
    for (qsizetype i = 0; i < qMin<qsizetype>(fixes.size(), 2); ++i)
        buttons->addWidget(makeButton(fixes[i], u"problem%1Fix%2"_s.arg(number).arg(i + 1), i == 0));
    if (finding.error.where.line > 0) {
        auto *go = new QPushButton(tr("Line %1").arg(finding.error.where.line));
        theme::setKind(go, theme::ButtonKind::Link, theme::ButtonSize::Small);
        theme::setNames(go, u"problem%1Line"_s.arg(number),
                        tr("Show problem %1 in line %2").arg(number).arg(finding.error.where.line));
        connect(go, &QPushButton::clicked, this,
                [this, where = finding.error.where] { Q_EMIT lineWanted(where.line, where.column); });
        buttons->addWidget(go);
    }
    buttons->addStretch(1);
    texts->addLayout(buttons);
    row->addLayout(texts, 1);
    m_rows->addWidget(line);
}

QPushButton *ProblemList::makeButton(const Fix &fix, const QString &objectName, bool isMain)
{
    auto *button = new QPushButton(fix.label);
    theme::setKind(button, isMain ? theme::ButtonKind::Secondary : theme::ButtonKind::Ghost, theme::ButtonSize::Small);
    theme::setNames(button, objectName, fix.says);
    if (fix.kind == Fix::Kind::GiveSuffix) {
        button->setEnabled(m_mending.whyNotMoved.isEmpty());
        button->setToolTip(m_mending.whyNotMoved);
    }
    connect(button, &QPushButton::clicked, this, [this, fix] { Q_EMIT fixWanted(fix); });
    return button;
}

} // namespace parallax::ui
