// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Calls made on an engine by its tests, without a port.
#pragma once

#include "router/engine.h"

namespace parallax::test {

inline router::CallRequest post(const QString &endpoint, const QByteArray &body = "{\"data\": 1}")
{
    router::CallRequest call;
    call.request.method = "POST";
    call.request.target = "/v1/endpoint/" + endpoint.toUtf8();
    call.request.headers = {{"Host", "caller.example"}, {"Content-Type", "application/json"}, {"X-Own", "1"}};
    call.request.body = body;
    call.endpoint = endpoint;
    return call;
}

/// The answer to one call.
struct Answer
{
    std::optional<Result<http::Response>> result;
    [[nodiscard]] router::Engine::PrimaryHandler handler()
    {
        return [this](const Result<http::Response> &answer) { result = answer; };
    }
    [[nodiscard]] bool isIn() const { return result.has_value(); }
    [[nodiscard]] QByteArray body() const { return result && *result ? (*result)->body : QByteArray(); }
};

} // namespace parallax::test
