// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/edit/localsection.h"

#include "ui/commands/catalogue.h"
#include "ui/commands/commandregistry.h"
#include "ui/theme/controls.h"
#include "ui/theme/metrics.h"
#include "ui/theme/theme.h"
#include "ui/widgets/iconlabel.h"
#include "ui/widgets/label.h"
#include "ui/widgets/surface.h"

#include <QHBoxLayout>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;
using parallax::theme::Role;
using parallax::theme::TextStyle;
namespace ids = parallax::commands::ids;

namespace parallax::ui {

namespace {

constexpr int kMostUnknown = 20;
constexpr int kGap = 8;
constexpr int kNameWidth = 124; ///< where the second column of the tables above begins

QString jsonText(const QJsonValue &value)
{
    if (value.isObject())
        return QString::fromUtf8(QJsonDocument(value.toObject()).toJson(QJsonDocument::Compact));
    if (value.isArray())
        return QString::fromUtf8(QJsonDocument(value.toArray()).toJson(QJsonDocument::Compact));
    return value.toVariant().toString();
}

} // namespace

LocalSection::LocalSection(const theme::Theme &theme, commands::CommandRegistry &registry, QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
{
    setObjectName(u"localSection"_s);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    auto *head = new QHBoxLayout;
    head->setContentsMargins(0, 0, -8, 0);
    head->addWidget(new widgets::Label(theme, tr("Local router only"), TextStyle::Section));
    head->addStretch(1);
    auto *edit = new QToolButton;
    edit->setDefaultAction(registry.action(ids::kEditLocal));
    edit->setToolButtonStyle(Qt::ToolButtonTextOnly);
    theme::setKind(edit, theme::ButtonKind::Ghost, theme::ButtonSize::Small);
    theme::setNames(edit, u"editLocal"_s, tr("Edit local settings"));
    head->addWidget(edit);
    column->addLayout(head);
    auto *help = new QHBoxLayout;
    help->setSpacing(4);
    help->addWidget(
        new widgets::Label(theme, tr("Not part of Modelbit's format. Kept in"), TextStyle::Caption, Role::Muted));
    m_path = new widgets::Label(theme, {}, TextStyle::Code, Role::Muted);
    m_path->setElideMode(Qt::ElideMiddle);
    help->addWidget(m_path, 1);
    column->addLayout(help);
    column->addSpacing(6);
    const auto row = [&](const QString &name) {
        column->addWidget(widgets::hairline(theme, Qt::Horizontal));
        auto *line = new QHBoxLayout;
        line->setContentsMargins(0, 6, 0, 6);
        line->setSpacing(kGap);
        auto *title = new widgets::Label(theme, name);
        theme::follow(theme, title, [&theme, title] { title->setMinimumWidth(theme.width(kNameWidth) - kGap); });
        line->addWidget(title);
        auto *value = new widgets::Label(theme, {}, TextStyle::Body, Role::Text2);
        value->setElideMode(Qt::ElideRight);
        line->addWidget(value, 1);
        column->addLayout(line);
        return value;
    };
    m_assignment = row(tr("Split assignment"));
    m_route = row(tr("Also answers"));
    m_static = row(tr("Fixed answers"));
    column->addWidget(widgets::hairline(theme, Qt::Horizontal));
    m_unknown = new QWidget;
    m_unknownRows = new QVBoxLayout(m_unknown);
    m_unknownRows->setContentsMargins(0, 26, 0, 0);
    m_unknownRows->setSpacing(4);
    m_unknown->hide();
    column->addWidget(m_unknown);
}

void LocalSection::setEndpoint(const endpoints::Endpoint &endpoint, const endpoints::LocalSettings &local)
{
    m_path->setText(u".parallax/endpoints/%1.yaml"_s.arg(endpoint.name));
    m_assignment->setText(endpoint.type() != endpoints::EndpointType::Split ? tr("Needs two or more backends")
                          : local.suppliedKey.isEmpty()
                              ? tr("By weight, for each request")
                              : tr("The same backend for the same %1").arg(local.suppliedKey));
    m_route->setText(!local.route ? tr("Only at its own URL")
                     : local.route->methods.isEmpty()
                         ? tr("Below %1, every method").arg(local.route->prefix)
                         : tr("Below %1, %2").arg(local.route->prefix, local.route->methods.join(u", "_s)));
    QStringList fixed;
    for (auto it = local.staticValues.begin(); it != local.staticValues.end(); ++it)
        fixed += u"%1: %2"_s.arg(it.key(), jsonText(it.value()));
    fixed.sort();
    m_static->setText(fixed.isEmpty() ? tr("None; every backend is asked") : fixed.join(u"; "_s));
    showUnknown(endpoint.unknown);
}

void LocalSection::showUnknown(const QList<endpoints::UnknownSetting> &unknown)
{
    if (unknown == m_shown)
        return;
    m_shown = unknown;
    while (QLayoutItem *item = m_unknownRows->takeAt(0)) {
        if (item->widget() != nullptr) {
            item->widget()->hide();
            item->widget()->deleteLater();
        }
        delete item;
    }
    m_unknown->setVisible(!unknown.isEmpty());
    if (unknown.isEmpty())
        return;
    m_unknownRows->addWidget(new widgets::Label(m_theme, tr("Unknown settings"), TextStyle::Section));
    m_unknownRows->addWidget(
        new widgets::Label(m_theme, tr("In this file, but not in the documented format. They are kept as they are."),
                           TextStyle::Caption, Role::Muted));
    for (qsizetype i = 0; i < qMin<qsizetype>(unknown.size(), kMostUnknown); ++i) {
        const endpoints::UnknownSetting &one = unknown[i];
        auto *line = new QWidget;
        auto *row = new QHBoxLayout(line);
        row->setContentsMargins(0, 2, 0, 2);
        row->addWidget(new widgets::IconLabel(m_theme, u"info"_s, Role::Muted, theme::metrics::kSmallIconSize));
        auto *path = new widgets::Label(m_theme, one.path.join(u'.'), TextStyle::Code);
        path->setElideMode(Qt::ElideMiddle);
        row->addWidget(path, 1);
        auto *go = new QPushButton(tr("Line %1").arg(one.line));
        theme::setKind(go, theme::ButtonKind::Link, theme::ButtonSize::Small);
        theme::setNames(go, u"unknownSetting%1"_s.arg(i + 1), tr("Show unknown setting %1").arg(one.path.join(u'.')));
        connect(go, &QPushButton::clicked, this, [this, one] { Q_EMIT lineWanted(one.line, one.column); });
        row->addWidget(go);
        m_unknownRows->addWidget(line);
    }
    if (unknown.size() > kMostUnknown)
        m_unknownRows->addWidget(new widgets::Label(m_theme, tr("and %1 more").arg(unknown.size() - kMostUnknown),
                                                    TextStyle::Caption, Role::Muted));
}

} // namespace parallax::ui
