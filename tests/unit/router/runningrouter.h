// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "router/router.h"
#include "routersupport.h"
#include "support/fakeupstream.h"
#include "support/rawclient.h"
#include "support/recordingsink.h"
#include "ui/wording/wording.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>

namespace parallax::test {

using namespace Qt::StringLiterals;

/// A router with one endpoint `e` (alias of `a`, answering at `upstream`) and whatever a test adds.
struct Running
{
    SystemClock clock;
    RecordingSink sink;
    FakeUpstream upstream;
    TableBuilder table;
    router::RouterOptions options;
    router::Router router{clock, &sink};

    Running()
    {
        options.wording = [](const Error &error) { return wording::text(error); };
        table.deployment(u"a"_s, upstream.port());
    }
    void route(const QByteArray &prefix = "/")
    {
        router::LocalSettings local;
        local.route = router::RouteSettings{};
        local.route->prefix = prefix;
        table.input.local.insert(u"e"_s, local);
    }
    [[nodiscard]] bool start(const QStringList &mirrors = {})
    {
        table.endpoint(u"e"_s, {u"a"_s}, mirrors);
        router.setTable(table.build());
        QSignalSpy started(&router, &router::Router::started);
        router.start(options);
        return started.wait(5000);
    }
    [[nodiscard]] quint16 port() const { return router.port(); }
    [[nodiscard]] QByteArray host() const { return "Host: 127.0.0.1:" + QByteArray::number(port()) + "\r\n"; }
    [[nodiscard]] QByteArray post(const QByteArray &body, const QByteArray &fields = {}) const
    {
        return "POST /v1/endpoint/e HTTP/1.1\r\n" + host() + fields +
               "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body;
    }
};

/// The text of our own error answer.
inline QString errorOf(const RawClient &client)
{
    return QJsonDocument::fromJson(client.body()).object().value(u"error"_s).toString();
}

} // namespace parallax::test
