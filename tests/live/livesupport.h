// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// A repository with one endpoint, whose primary and mirrors answer where the test says, and a presenter on it.
#pragma once

#include "support/fakeupstream.h"
#include "support/rawclient.h"
#include "support/testenvironment.h"
#include "ui/live/livepresenter.h"
#include "unit/repository/samples.h"

#include <QDir>

namespace parallax::test {

inline QByteArray endpointWith(const QList<QByteArray> &mirrors)
{
    QByteArray yaml = "backends:\n  alias:\n    deployment:\n      branch: main\n      name: primary\n"
                      "      version: latest\n";
    if (!mirrors.isEmpty())
        yaml += "mirrors:\n";
    int n = 0;
    for (const QByteArray &mirror : mirrors)
        yaml += "  mirror_" + QByteArray::number(++n) +
                ":\n    deployment:\n      branch: main\n      name: " + mirror + "\n      version: latest\n";
    return yaml + "schemaVersion: 1\n";
}

inline QByteArray urlTarget(const QByteArray &deployment, quint16 port)
{
    return "  - match: {deployment: " + deployment + "}\n    url: http://127.0.0.1:" + QByteArray::number(port) + "/\n";
}

inline QByteArray staticTarget(const QByteArray &deployment, const QByteArray &data)
{
    return "  - match: {deployment: " + deployment + "}\n    static: {status: 200, body: {data: " + data + "}}\n";
}

/// Path of a fresh repository (without git) whose endpoint `price` has these mirrors.
inline QString liveRepository(const QList<QByteArray> &mirrors, const QByteArray &targets)
{
    const QString root = freshFolder(QStringLiteral("live"));
    writeFile(root + QStringLiteral("/endpoints/price.yaml"), endpointWith(mirrors));
    writeFile(root + QStringLiteral("/.parallax/targets.yaml"), "schemaVersion: 1\ntargets:\n" + targets);
    return root;
}

inline ui::LivePresenter::Options liveOptions()
{
    ui::LivePresenter::Options options;
    options.runnerScript = [] {
        return Result<QString>(sourcePath(QStringLiteral("resources/python/parallax_runner.py")));
    };
    options.captureFolder = freshFolder(QStringLiteral("captures"));
    return options;
}

struct LiveBench
{
    explicit LiveBench(const QString &root, ui::LivePresenter::Options options = liveOptions())
        : presenter(*repository::Repository::discover(root), std::move(options))
    {
        presenter.setListen(QStringLiteral("127.0.0.1:0"));
    }
    [[nodiscard]] bool start()
    {
        presenter.start();
        return QTest::qWaitFor([this] { return presenter.isRunning(); }, 20'000);
    }
    [[nodiscard]] bool stop()
    {
        presenter.stop();
        return QTest::qWaitFor([this] { return presenter.state() == ui::LiveState::Stopped; }, 20'000);
    }
    [[nodiscard]] quint16 port() const { return presenter.url().section(u':', -1).toUShort(); }
    /// Sends a request and waits for its answer; 0 when none came.
    [[nodiscard]] int post(const QByteArray &body = "{\"data\": 1}")
    {
        RawClient client(port());
        client.send("POST /v1/endpoint/price HTTP/1.1\r\nHost: localhost\r\nContent-Length: " +
                    QByteArray::number(body.size()) + "\r\n\r\n" + body);
        return client.waitFor("\r\n\r\n") ? client.status() : 0;
    }
    /// As files spell it: `equal`.
    [[nodiscard]] QString outcome(int row, int mirror = 0)
    {
        return traffic::toString(
            static_cast<traffic::Outcome>(presenter.traffic()
                                              .index(row, ui::TrafficModel::FirstMirrorColumn + mirror)
                                              .data(ui::TrafficModel::OutcomeRole)
                                              .toInt()));
    }

    ui::LivePresenter presenter;
};

} // namespace parallax::test
