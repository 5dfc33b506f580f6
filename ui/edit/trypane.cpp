// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/edit/trypane.h"

#include "ui/commands/catalogue.h"
#include "ui/commands/commandregistry.h"
#include "ui/edit/trypresenter.h"
#include "ui/live/detailpane.h"
#include "ui/live/samplebody.h"
#include "ui/models/displaytext.h"
#include "ui/shell/mainwindow.h"
#include "ui/theme/controls.h"
#include "ui/theme/metrics.h"
#include "ui/theme/theme.h"
#include "ui/widgets/code/codeview.h"
#include "ui/widgets/label.h"
#include "ui/widgets/messagebar.h"
#include "ui/widgets/panesplitter.h"
#include "ui/widgets/spinner.h"
#include "ui/widgets/surface.h"
#include "ui/wording/wording.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QPushButton>
#include <QVBoxLayout>

using namespace Qt::StringLiterals;
using parallax::theme::Role;
using parallax::theme::TextStyle;
namespace ids = parallax::commands::ids;
namespace metrics = parallax::theme::metrics;

namespace parallax::ui {

namespace {

constexpr int kBodyHeight = 150;

/// The annotation names a container and not what is in it.
bool isVague(const QJsonValue &value)
{
    const QJsonArray list = value.toArray();
    return (value.isObject() && value.toObject().isEmpty()) || (value.isArray() && list.isEmpty()) ||
           std::any_of(list.begin(), list.end(), [](const QJsonValue &one) { return isVague(one); });
}

} // namespace

TryPane::TryPane(const theme::Theme &theme, commands::CommandRegistry &registry, TryPresenter &presenter,
                 QWidget *parent)
    : QWidget(parent)
    , m_theme(theme)
    , m_presenter(presenter)
    , m_samples(presenter.options().samples)
{
    setObjectName(u"tryPane"_s);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    buildHead(*column);
    m_bar = new widgets::MessageBar(theme, u"tryBar"_s);
    column->addWidget(m_bar);
    auto *splitter = new widgets::PaneSplitter(Qt::Vertical, u"trySplitter"_s, [](int height) {
        const int body = std::min(kBodyHeight, height / 2);
        return QList<int>{body, height - body - 1};
    });
    m_body = widgets::makeCodeView(theme, u"tryBody"_s, tr("Request body"));
    m_body->setLanguage(widgets::Language::Json);
    m_body->setMinimumHeight(80);
    shell::markPane(m_body);
    connect(m_body, &widgets::CodeView::edited, this, &TryPane::onBody);
    splitter->addWidget(m_body);
    m_detail = new DetailPane(theme, registry, presenter);
    m_detail->setEmptyText(tr("Send the request to see what the primary and every mirror answer."));
    splitter->addWidget(m_detail);
    splitter->setStretchFactor(1, 1);
    theme::setNames(splitter->handle(1), u"tryDivider"_s, tr("Divider between body and answers"));
    column->addWidget(splitter, 1);
    connect(&presenter, &TryPresenter::stateChanged, this, &TryPane::onState);
    connect(&presenter, &TryPresenter::exchangeChanged, this, &TryPane::showExchange);
    connect(&presenter, &TryPresenter::failed, this,
            [this](const Error &error) { m_bar->showMessage(widgets::MessageBar::Kind::Error, wording::text(error)); });
    bindCommands(registry);
    onState();
}

void TryPane::buildHead(QVBoxLayout &column)
{
    auto *head = new widgets::PaneHeader(m_theme, nullptr, Role::Window, Qt::BottomEdge);
    head->row()->setContentsMargins(metrics::kPaneInset, 0, 8, 1);
    head->row()->setSpacing(8);
    head->row()->addWidget(new widgets::Label(m_theme, tr("Try it"), TextStyle::CaptionStrong, Role::Text2));
    m_spinner = new widgets::Spinner(m_theme, tr("Waiting for answers"));
    head->row()->addWidget(m_spinner);
    m_says = new widgets::Label(m_theme, {}, TextStyle::Caption, Role::Muted);
    m_says->setObjectName(u"trySays"_s);
    m_says->setElideMode(Qt::ElideRight);
    head->row()->addWidget(m_says, 1);
    auto *sample = new QPushButton(tr("Sample"));
    theme::setKind(sample, theme::ButtonKind::Ghost, theme::ButtonSize::Small);
    theme::setNames(sample, u"trySample"_s, tr("Use the sample body"));
    sample->setToolTip(tr("A body made from the arguments of the deployment, or from traffic that was recorded"));
    connect(sample, &QPushButton::clicked, this, &TryPane::useSample);
    m_send = new QPushButton;
    theme::setKind(m_send, theme::ButtonKind::Secondary, theme::ButtonSize::Small);
    theme::setNames(m_send, u"trySend"_s, tr("Send request"));
    connect(m_send, &QPushButton::clicked, this, [this] {
        if (m_presenter.state() == TryPresenter::State::Idle || m_presenter.state() == TryPresenter::State::Asking)
            send();
        else
            m_presenter.cancel();
    });
    auto *close = new QPushButton(tr("Back to form"));
    theme::setKind(close, theme::ButtonKind::Ghost, theme::ButtonSize::Small);
    theme::setNames(close, u"tryClose"_s, tr("Back to form"));
    connect(close, &QPushButton::clicked, this, &TryPane::closeWanted);
    head->row()->addWidget(sample);
    head->row()->addWidget(m_send);
    head->row()->addWidget(close);
    column.addWidget(head);
}

void TryPane::bindCommands(commands::CommandRegistry &registry)
{
    using commands::Availability;
    const auto hasDifferences = [this] {
        return Availability::when(m_detail->differenceCount() > 0, tr("Nothing differs"));
    };
    registry.bind(
        ids::kNextDifference, this, [this] { m_detail->nextDifference(); }, hasDifferences);
    registry.bind(
        ids::kPreviousDifference, this, [this] { m_detail->previousDifference(); }, hasDifferences);
    registry.bind(ids::kWrapLines, this, [this, &registry] {
        m_detail->setWrapped(!m_detail->isWrapped());
        registry.setChecked(ids::kWrapLines, m_detail->isWrapped());
    });
    registry.bind(
        ids::kSendTry, this, [this] { send(); },
        [this] {
            const TryPresenter::State state = m_presenter.state();
            return Availability::when(state == TryPresenter::State::Idle || state == TryPresenter::State::Asking,
                                      tr("A request is on its way"));
        });
}

void TryPane::setEndpoint(const endpoints::Endpoint &endpoint, const targets::WorkspacePtr &workspace)
{
    const bool isOther = endpoint.name != m_endpoint.name;
    m_endpoint = endpoint;
    m_workspace = workspace;
    if (isOther) {
        if (m_presenter.state() != TryPresenter::State::Idle)
            m_presenter.cancel();
        m_bar->clear();
        m_detail->setExchange(nullptr);
    }
    if (m_bodies.contains(endpoint.name)) {
        m_body->setText(m_bodies.value(endpoint.name));
        onBody();
    } else {
        useSample();
    }
}

void TryPane::useSample()
{
    m_bodies.remove(m_endpoint.name);
    const repository::Catalogue *catalogue = m_workspace ? m_workspace->catalogue.get() : nullptr;
    const QJsonDocument sample = QJsonDocument::fromJson(sampleBody(m_endpoint, catalogue));
    m_body->setText(QString::fromUtf8(sample.toJson()));
    onState();
    if (!isVague(sample["data"_L1]))
        return;
    m_samples.find(m_endpoint.name, [this, name = m_endpoint.name](const std::optional<QByteArray> &body) {
        if (!body || name != m_endpoint.name || m_bodies.contains(name)) // typed meanwhile
            return;
        const QJsonDocument json = QJsonDocument::fromJson(*body);
        m_body->setText(QString::fromUtf8(json.isNull() ? *body : json.toJson()));
    });
}

void TryPane::focusBody()
{
    m_body->setFocus(Qt::ShortcutFocusReason);
}

/// Anything may be sent; that it is no JSON is only said.
void TryPane::onBody()
{
    m_bodies.insert(m_endpoint.name, m_body->text());
    QJsonParseError error;
    QJsonDocument::fromJson(m_body->text().toUtf8(), &error);
    if (error.error != QJsonParseError::NoError)
        m_says->setText(tr("No JSON: %1").arg(error.errorString()));
    else
        onState();
}

void TryPane::send()
{
    m_bar->clear();
    m_detail->setExchange(nullptr);
    TryRequest request;
    request.workspace = m_workspace;
    request.endpoint = m_endpoint;
    request.body = m_body->text().toUtf8();
    m_presenter.send(request);
}

void TryPane::onState()
{
    using State = TryPresenter::State;
    const State state = m_presenter.state();
    const bool isBusy = state == State::Starting || state == State::Waiting;
    m_send->setText(isBusy ? tr("Stop") : tr("Send"));
    m_send->setAccessibleName(isBusy ? tr("Stop request") : tr("Send request"));
    if (isBusy)
        m_spinner->start();
    else
        m_spinner->stop();
    if (state == State::Starting)
        m_says->setText(tr("Starting the targets"));
    else if (state == State::Waiting)
        m_says->setText(tr("Waiting for answers"));
    else if (!m_presenter.exchange() || m_presenter.exchange()->endpoint != m_endpoint.name)
        m_says->setText(tr("One request to the endpoint as it is edited, without the router"));
    if (state != State::Asking)
        return;
    m_bar->clear();
    const TryPresenter::Question &question = m_presenter.question();
    QStringList parts;
    if (!question.commands.isEmpty())
        parts += tr("This folder wants to run: %1").arg(question.commands.join(u"; "_s));
    if (!question.hosts.isEmpty())
        parts += tr("The request goes beyond this machine, to %1").arg(question.hosts.join(u", "_s));
    m_bar->showMessage(widgets::MessageBar::Kind::Warning, parts.join(u". "_s));
    connect(m_bar->addButton(question.commands.isEmpty() ? tr("Send it") : tr("Run and send"), u"tryAllow"_s, true),
            &QPushButton::clicked, this, [this] {
                m_bar->clear();
                m_presenter.allow();
            });
    connect(m_bar->addButton(tr("Do not send"), u"tryDeny"_s), &QPushButton::clicked, this, [this] {
        m_bar->clear();
        m_presenter.cancel();
    });
}

void TryPane::showExchange()
{
    const traffic::ExchangePtr &exchange = m_presenter.exchange();
    if (!exchange || exchange->endpoint != m_endpoint.name)
        return;
    m_detail->setExchange(exchange);
    QStringList parts;
    const auto add = [&parts](const traffic::Reply &reply) {
        const QString time = display::milliseconds(reply);
        parts += reply.name + u' ' + display::answer(reply) + (time.isEmpty() ? QString() : u", "_s + time);
    };
    add(exchange->primary);
    for (const traffic::Reply &mirror : exchange->mirrors)
        add(mirror);
    m_says->setText(parts.join(u"   "_s));
    m_says->setToolTip(QString());
}

} // namespace parallax::ui
