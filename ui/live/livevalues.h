// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// What travels between the router's thread, the feed's and the GUI's: finished values.
#pragma once

#include "base/error.h"
#include "compare/comparison.h"
#include "ui/models/trafficmodel.h"

#include <QByteArray>
#include <QList>
#include <QMetaType>
#include <QString>
#include <QStringList>

#include <memory>
#include <vector>

namespace parallax::ui {

enum class LiveState {
    Stopped,
    Starting, ///< reads the repository, starts targets
    Asking,   ///< the repository's commands or hosts are not approved yet
    Running,
    Stopping,
};

/// What a capture may take of the disk.
struct CaptureLimits
{
    qint64 fileBytes = 4LL * 1024 * 1024 * 1024; ///< beyond that the oldest requests go
    qint64 bodyBytes = 16LL * 1024 * 1024;       ///< longer bodies are kept truncated
    friend bool operator==(const CaptureLimits &, const CaptureLimits &) = default;
};

/// What a repository needs a yes for.
struct LiveApproval
{
    QStringList commands; ///< it would run these on this machine
    QStringList hosts;    ///< it would send requests to these, beyond this machine
    [[nodiscard]] bool isEmpty() const { return commands.isEmpty() && hosts.isEmpty(); }
    friend bool operator==(const LiveApproval &, const LiveApproval &) = default;
};

/// How the router is to be started.
struct LiveStart
{
    QString address; ///< a literal address
    quint16 port = 0;
    QString capture;          ///< empty: nothing is recorded
    QString sampleTraffic;    ///< requests to try the endpoints with; empty: made from the deployments' arguments
    QStringList approved;     ///< commands that may be run
    bool isTrusted = false;   ///< any command may be run
    QStringList allowedHosts; ///< beyond this machine, that requests may be sent to
    bool isCapturePaused = false;
    CaptureLimits limits;
};

/// One endpoint as the router serves it.
struct LiveEndpoint
{
    QString name;
    QStringList backends;
    QStringList mirrors;
    QByteArray sample; ///< a body it can be tried with
    friend bool operator==(const LiveEndpoint &, const LiveEndpoint &) = default;
};

/// Something that does not stop the router but has to be known: a target that did not start, a broken file.
struct LiveNotice
{
    QString key; ///< one notice a key; a newer one takes its place
    Severity severity = Severity::Error;
    Error error;
    bool isTarget = false; ///< may be tried again
    friend bool operator==(const LiveNotice &, const LiveNotice &) = default;
};

/// One backend or mirror in figures, over all endpoints that use the name. Milliseconds.
struct TargetFigures
{
    QString name;
    bool isMirror = false;
    quint64 total = 0;
    quint64 dropped = 0;
    double median = 0;
    double p95 = 0;
    QList<double> history; ///< mean service time of the last samples
};

struct CaptureFigures
{
    QString path; ///< empty: none
    qint64 recorded = 0;
    qint64 dropped = 0; ///< the recorder's queue was full, or the disk did not take them
    qint64 bytes = 0;
    std::optional<Error> paused;
};

/// The router at one moment.
struct LiveFigures
{
    quint64 requests = 0;
    quint64 refused = 0;
    double rate = 0;     ///< requests a second, over the last two seconds
    QList<double> rates; ///< the last samples
    qint64 seconds = 0;  ///< since it listens
    quint64 pairs = 0;
    quint64 notMirrored = 0;
    traffic::DropReason reason = traffic::DropReason::None; ///< the most frequent one
    std::vector<TargetFigures> targets;
    CaptureFigures capture;
};

/// What became of the pairs of a mirror, of those that the table has shown.
struct MirrorAgreement
{
    QString mirror;
    compare::OutcomeCounts outcomes;
};

/// Rows for the table, at most ten times a second.
struct LiveBatch
{
    std::vector<TrafficItem> items;
    qint64 unshown = 0; ///< since the start: exchanges that came too fast for the table
    QList<MirrorAgreement> agreement;
};
using LiveBatchPtr = std::shared_ptr<const LiveBatch>;

} // namespace parallax::ui

Q_DECLARE_METATYPE(parallax::ui::LiveState)
Q_DECLARE_METATYPE(parallax::ui::LiveBatchPtr)
Q_DECLARE_METATYPE(parallax::ui::LiveFigures)
Q_DECLARE_METATYPE(parallax::ui::LiveNotice)
Q_DECLARE_METATYPE(parallax::ui::LiveApproval)
Q_DECLARE_METATYPE(QList<parallax::ui::LiveEndpoint>)
