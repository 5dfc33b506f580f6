// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "endpoints/endpoint.h"
#include "targets/workspace.h"
#include "ui/edit/trysamples.h"

#include <QHash>
#include <QWidget>

class QPushButton;
class QVBoxLayout;

namespace parallax::commands {
class CommandRegistry;
}
namespace parallax::theme {
class Theme;
}
namespace parallax::widgets {
class CodeView;
class Label;
class MessageBar;
class Spinner;
} // namespace parallax::widgets

namespace parallax::ui {

class DetailPane;
class TryPresenter;

/// Try it: a body, prefilled from what the deployment takes or was asked with before, sent to the endpoint as it is
/// edited, and every answer, the primary beside each mirror. Keeps the body of each endpoint. GUI thread.
class TryPane final : public QWidget
{
    Q_OBJECT

public:
    TryPane(const theme::Theme &theme, commands::CommandRegistry &registry, TryPresenter &presenter,
            QWidget *parent = nullptr);

    /// What is tried; the endpoint as it is edited.
    void setEndpoint(const endpoints::Endpoint &endpoint, const targets::WorkspacePtr &workspace);
    void focusBody();

Q_SIGNALS:
    void closeWanted();

private:
    void buildHead(QVBoxLayout &column);
    void bindCommands(commands::CommandRegistry &registry);
    void send();
    void onState();
    void onBody();
    void showExchange();
    void useSample();

    const theme::Theme &m_theme;
    TryPresenter &m_presenter;
    endpoints::Endpoint m_endpoint;
    targets::WorkspacePtr m_workspace;
    TrySamples m_samples;
    QHash<QString, QString> m_bodies; ///< by endpoint, those that were edited
    widgets::MessageBar *m_bar = nullptr;
    widgets::CodeView *m_body = nullptr;
    widgets::Label *m_says = nullptr;
    widgets::Spinner *m_spinner = nullptr;
    QPushButton *m_send = nullptr;
    DetailPane *m_detail = nullptr;
};

} // namespace parallax::ui
