// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/taskqueue.h"
#include "ui/edit/trysamples.h"
#include "ui/edit/trysession.h"
#include "ui/live/detailsource.h"

#include <QThread>

#include <functional>
#include <memory>

namespace parallax::ui {

/// Trying an endpoint without widgets: one request to its primary and mirrors as they are edited, every answer. Asks
/// before a repository's commands run for the first time and before a request leaves this machine. Lives on the GUI
/// thread; the targets end behind it. Owned by the composition root.
class TryPresenter final : public DetailSource
{
    Q_OBJECT

public:
    struct Options
    {
        std::function<Result<QString>()> runnerScript; ///< of targets of kind `source`; called on another thread
        /// What answering would run and nobody has allowed; empty function: nothing has to be asked.
        std::function<QStringList(const targets::Workspace &, const QList<endpoints::DeploymentRef> &)> unapproved;
        std::function<void(const QStringList &)> approve;
        TrySamples::Places samples;
    };
    enum class State {
        Idle,
        Asking,   ///< see question()
        Starting, ///< targets are being started
        Waiting,  ///< for answers
    };
    /// What has to be said yes to.
    struct Question
    {
        QStringList commands; ///< that would be run
        QStringList hosts;    ///< beyond this machine
    };

    TryPresenter(const repository::Repository &repository, Options options, QObject *parent = nullptr);
    ~TryPresenter() override;

    [[nodiscard]] const Options &options() const { return m_options; }
    /// Sends the body there, or asks first.
    void send(const TryRequest &request);
    /// The answer to question().
    void allow();
    void cancel();
    [[nodiscard]] State state() const { return m_state; }
    [[nodiscard]] const Question &question() const { return m_question; }
    /// The last one, with the answers so far; null before the first.
    [[nodiscard]] const traffic::ExchangePtr &exchange() const { return m_exchange; }

    [[nodiscard]] QStringList mirrorNames() const override;
    void showDetail(const traffic::ExchangePtr &exchange, const DetailView &view) override;

Q_SIGNALS:
    void stateChanged();
    void exchangeChanged();
    void failed(const parallax::Error &error);

private:
    void begin();
    void startThread();
    void setState(State state);
    [[nodiscard]] QStringList hostsBeyond(const TryRequest &request) const;
    [[nodiscard]] static QList<endpoints::DeploymentRef> deploymentsOf(const TryRequest &request);

    const repository::Repository m_repository;
    const Options m_options;
    const std::shared_ptr<compare::RulesBook> m_rules;
    targets::EnvironmentSecretStore m_secrets;
    std::unique_ptr<QThread> m_thread; ///< null before the first request
    TrySession *m_session = nullptr;   ///< lives on m_thread and dies with it
    base::TaskQueue m_details{this, base::TaskQueue::AtEnd::Drop};
    State m_state = State::Idle;
    TryRequest m_request;
    Question m_question;
    QStringList m_allowedHosts; ///< in this session of the program
    traffic::ExchangePtr m_exchange;
    quint64 m_detailAsked = 0;
};

} // namespace parallax::ui
