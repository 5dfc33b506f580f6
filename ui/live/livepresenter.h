// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/taskqueue.h"
#include "compare/rulesbook.h"
#include "repository/repository.h"
#include "ui/live/detailsource.h"
#include "ui/live/exchangedetail.h"
#include "ui/live/livevalues.h"
#include "ui/models/trafficmodel.h"

#include <QObject>
#include <QThread>

#include <functional>
#include <memory>

namespace parallax::ui {

class LiveFeed;
class LiveSession;

/// The Live mode without widgets: starts and stops the router of one repository, keeps the traffic table, its figures
/// and notices. Lives on the GUI thread and never waits there: when it goes, the router ends in the background (half a
/// second at most, then children are killed). Router, targets and recorder live on a thread of their own, judging on
/// another. Owned by the composition root.
class LivePresenter final : public DetailSource
{
    Q_OBJECT

public:
    struct Options
    {
        std::function<Result<QString>()> runnerScript;    ///< of targets of kind `source`; called on another thread
        std::function<QStringList()> approved;            ///< commands of the repository that may be run; may be empty
        std::function<void(const QStringList &)> approve; ///< remembers that these may; may be empty
        QString captureFolder;                            ///< captures of live traffic are made below it
        QString sampleTraffic;                            ///< requests to try the endpoints with; may be empty
        bool isTrusted = false;                           ///< its commands are run without asking
        CaptureLimits limits = {};
    };
    static constexpr auto kDefaultListen = "127.0.0.1:8080";

    LivePresenter(const repository::Repository &repository, Options options, QObject *parent = nullptr);
    ~LivePresenter() override;

    /// Listens at listen(); stateChanged() and maybe approvalNeeded() or failed() follow.
    void start();
    void stop();
    [[nodiscard]] LiveState state() const { return m_state; }
    [[nodiscard]] bool isRunning() const { return m_state == LiveState::Running; }

    /// Whether setListen() would take it.
    [[nodiscard]] static bool isAddress(const QString &text);
    /// HOST:PORT or PORT; port 0 takes a free one. False, and nothing is changed, when it is neither.
    bool setListen(const QString &text);
    [[nodiscard]] QString listen() const;
    /// `http://127.0.0.1:8080`; empty unless it runs.
    [[nodiscard]] const QString &url() const { return m_url; }
    [[nodiscard]] const QList<LiveEndpoint> &endpoints() const { return m_endpoints; }
    /// Of the named endpoint, or of the first one; empty when there is none.
    [[nodiscard]] QString urlOf(const QString &endpoint = {}) const;
    /// A command for a shell that sends a request there.
    [[nodiscard]] QString curlOf(const QString &endpoint = {}) const;
    /// Commands that send these requests again, at most kMostCurl of them, without their secrets: to the router's
    /// address, running or not. A request that is not kept whole is left out.
    [[nodiscard]] QString curlOf(const std::vector<traffic::ExchangePtr> &exchanges) const;
    static constexpr int kMostCurl = 100;
    void sendSamples(int count, const QString &endpoint = {});

    /// What waits for a yes: commands that this repository would run, hosts that it would send requests to.
    [[nodiscard]] const LiveApproval &unapproved() const { return m_unapproved; }
    /// Commands are remembered for good, hosts until the folder is closed.
    void approve();
    void decline();
    /// Whom the router of now lets out of this machine, or in: hosts it sends to, and its own address when others reach
    /// it. Empty: all of it stays here.
    [[nodiscard]] QStringList beyond() const;

    /// Whether requests are recorded. While it runs: pauses and resumes.
    void setCapturing(bool isCapturing);
    [[nodiscard]] bool isCapturing() const { return m_isCapturing; }
    /// Of captures from the next start on, and where new ones are made.
    void setCapturePlace(const QString &folder, const CaptureLimits &limits);
    [[nodiscard]] const QString &captureFolder() const { return m_options.captureFolder; }
    [[nodiscard]] const CaptureLimits &captureLimits() const { return m_options.limits; }
    /// Where the next start records to; empty makes a new file in the capture folder.
    void setCaptureFile(const QString &path);
    [[nodiscard]] QString captureFile() const { return m_captureFile; }
    /// The capture of this or the last run; empty when nothing was recorded.
    [[nodiscard]] const QString &lastCapture() const { return m_lastCapture; }

    /// Why the last start failed; nothing since the next one.
    [[nodiscard]] const std::optional<Error> &failure() const { return m_failure; }
    void retryTargets();
    [[nodiscard]] const QList<LiveNotice> &notices() const { return m_notices; }
    void dismissNotice(const QString &key);

    [[nodiscard]] TrafficModel &traffic() { return m_traffic; }
    void clearTraffic();
    [[nodiscard]] const LiveFigures &figures() const { return m_figures; }
    [[nodiscard]] const QList<MirrorAgreement> &agreement() const { return m_agreement; }
    /// Exchanges of this run that came too fast for the table.
    [[nodiscard]] qint64 unshown() const { return m_unshown; }
    [[nodiscard]] QStringList mirrorNames() const override { return m_traffic.mirrorNames(); }
    void showDetail(const traffic::ExchangePtr &exchange, const DetailView &view) override;

    /// For tests: what the router would hand it.
    [[nodiscard]] traffic::ExchangeSink &sink();

    /// Pairs are judged by what the files of rules say from now on.
    void rereadRules() { m_rules->forget(); }

Q_SIGNALS:
    void stateChanged();
    void listenChanged();
    void endpointsChanged();
    void approvalNeeded();
    void beyondChanged();
    void failed(const parallax::Error &error);
    void noticesChanged();
    void trafficArrived();
    void figuresChanged();
    void captureChanged();

private:
    void startThreads();
    void connectSession();
    void onState(LiveState state);
    void onBatch(const LiveBatchPtr &batch);
    void onNotice(const LiveNotice &notice);
    [[nodiscard]] QString newCaptureFile() const;
    template<class Function>
    void post(Function function);

    const repository::Repository m_repository;
    Options m_options;
    const std::shared_ptr<compare::RulesBook> m_rules;
    std::unique_ptr<QThread> m_thread;
    std::unique_ptr<QThread> m_feedThread;
    LiveSession *m_session = nullptr; ///< lives on m_thread and dies with it
    LiveFeed *m_feed = nullptr;       ///< likewise on m_feedThread

    LiveState m_state = LiveState::Stopped;
    QString m_address = QStringLiteral("127.0.0.1");
    quint16 m_port = 8080;
    QString m_url;
    QList<LiveEndpoint> m_endpoints;
    LiveApproval m_unapproved;
    QStringList m_allowedHosts;
    QStringList m_hosts; ///< beyond this machine, that requests go to now
    bool m_isCapturing = true;
    QString m_captureFile;
    QString m_startedCapture; ///< of the start under way
    QString m_lastCapture;
    std::optional<Error> m_failure;
    QList<LiveNotice> m_notices;
    TrafficModel m_traffic;
    LiveFigures m_figures;
    QList<MirrorAgreement> m_agreement;
    qint64 m_unshown = 0;
    quint64 m_question = 0;
    base::TaskQueue m_details{this, base::TaskQueue::AtEnd::Drop};
};

} // namespace parallax::ui
