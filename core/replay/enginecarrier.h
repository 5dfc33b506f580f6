// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "replay/address.h"
#include "replay/runner.h"
#include "router/engine.h"

namespace parallax::replay {

/// Makes the calls of a run through the router's engine: primary and mirrors in this process, no port. A request that
/// no router would take (a method or path that is no HTTP) ends as failed without being sent. Replay thread, owned by
/// the ReplayRun.
class EngineCarrier final : public Carrier
{
public:
    /// `clock` and `sink` (the runner) outlive it.
    EngineCarrier(const Clock &clock, traffic::ExchangeSink *sink, Addressing addressing,
                  const router::EngineOptions &options, std::shared_ptr<router::Statistics> statistics);

    void send(router::CallRequest &&call) override;
    void stop() override { m_engine.stop(); }

private:
    void fail(const router::CallRequest &call, const Error &error);

    traffic::ExchangeSink *m_sink;
    std::function<QString(const Error &)> m_wording;
    Addressing m_addressing;
    router::Engine m_engine;
};

} // namespace parallax::replay
