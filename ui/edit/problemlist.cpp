// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/edit/problemlist.h"

#include "endpoints/errors.h"
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

/// The backend or mirror that a finding about a version means; empty when it is none.
QString nameOfVersion(const Finding &finding, const endpoints::Endpoint &endpoint)
{
    if (finding.error.code != endpoints::kVersionAboveNewest)
        return {};
    const auto isMeant = [&](const endpoints::DeploymentRef &ref) {
        return ref.name == finding.error.args.value(u"name"_s).toString() &&
               ref.version.toNumber() == finding.error.args.value(u"version"_s).toInt();
    };
    for (const endpoints::Mirror &mirror : endpoint.mirrors) {
        if (isMeant(mirror.deployment))
            return mirror.name;
    }
    for (const endpoints::Backend &backend : endpoint.backends) {
        if (isMeant(backend.deployment))
            return backend.label;
    }
    return {};
}

} // namespace

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

void ProblemList::setFindings(const QList<Finding> &findings, const endpoints::Endpoint &endpoint)
{
    QList<Finding> shown;
    std::copy_if(findings.begin(), findings.end(), std::back_inserter(shown),
                 [](const Finding &finding) { return finding.severity != Severity::Info; });
    if (shown == m_findings)
        return;
    m_findings = shown;
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
    if (finding.error.where.line > 0)
        texts->addWidget(
            new widgets::Label(m_theme, tr("Line %1").arg(finding.error.where.line), TextStyle::Caption, Role::Muted));
    const QString name = nameOfVersion(finding, endpoint);
    if (!name.isEmpty()) {
        auto *latest = new QPushButton(tr("Use latest (= %1)").arg(finding.error.args.value(u"newest"_s).toInt()));
        theme::setKind(latest, theme::ButtonKind::Secondary, theme::ButtonSize::Small);
        theme::setNames(latest, u"problemLatest%1"_s.arg(number), tr("Use latest for %1").arg(name));
        connect(latest, &QPushButton::clicked, this, [this, name] { Q_EMIT latestWanted(name); });
        auto *pick = new QPushButton(tr("Pick version…"));
        theme::setKind(pick, theme::ButtonKind::Ghost, theme::ButtonSize::Small);
        theme::setNames(pick, u"problemPick%1"_s.arg(number), tr("Pick version of %1").arg(name));
        connect(pick, &QPushButton::clicked, this, [this, name] { Q_EMIT choiceWanted(name); });
        auto *buttons = new QHBoxLayout;
        buttons->setContentsMargins(0, 6, 0, 0);
        buttons->addWidget(latest);
        buttons->addWidget(pick);
        buttons->addStretch(1);
        texts->addLayout(buttons);
    }
    row->addLayout(texts, 1);
    m_rows->addWidget(line);
}

} // namespace parallax::ui
