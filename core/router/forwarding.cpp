// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "router/forwarding.h"

#include "http/headwriter.h"
#include "http/tokens.h"

#include <algorithm>

namespace parallax::router {

namespace {

using http::equalsIgnoringCase;

constexpr int kMostHops = 20;

bool isCredential(QByteArrayView name)
{
    return (name.size() == 13 && equalsIgnoringCase(name, "authorization")) ||
           (name.size() == 6 && equalsIgnoringCase(name, "cookie"));
}

/// RFC 9110 8.6: a method that usually has a body says so when it has none.
bool needsLength(const http::Request &request)
{
    return request.method == "POST" || request.method == "PUT" || request.method == "PATCH" ||
           request.headers.contains("content-length") || request.headers.contains("transfer-encoding");
}

bool isPassedOn(const http::Header &field, const targets::Upstream &upstream, const ForwardedCopy &copy,
                const http::HopByHop &hopByHop)
{
    const QByteArray &name = field.name;
    if (hopByHop.contains(name) || (name.size() == 4 && equalsIgnoringCase(name, "host")))
        return false;
    if (copy.role == traffic::Role::Mirror &&
        (equalsIgnoringCase(name, "expect") || equalsIgnoringCase(name, "x-parallax-mirror")))
        return false;
    if (!copy.passesCredentials && isCredential(name))
        return false;
    return upstream.headers.isEmpty() || !upstream.headers.contains(name);
}

} // namespace

QByteArray forwardedStart(const http::Request &request, const targets::Upstream &upstream, QByteArrayView path,
                          const ForwardedCopy &copy, const QByteArray &via)
{
    http::HeadWriter writer(request.method, path);
    const QByteArrayView ownHost = request.headers.value("host");
    writer.field("Host", upstream.keepHost && !ownHost.isEmpty() ? ownHost : QByteArrayView(upstream.authority));
    const http::HopByHop hopByHop(request.headers);
    for (const http::Header &field : request.headers) {
        if (isPassedOn(field, upstream, copy, hopByHop))
            writer.field(field.name, field.value);
    }
    for (const http::Header &field : upstream.headers) {
        if (!equalsIgnoringCase(field.name, "host") && !hopByHop.contains(field.name))
            writer.field(field.name, field.value);
    }
    writer.field("Via", via);
    if (copy.role == traffic::Role::Mirror)
        writer.field("X-Parallax-Mirror", copy.mirrorName);
    return writer.taken();
}

QByteArray forwardedHead(QByteArrayView start, const http::Request &request, const ForwardedBody &body)
{
    http::HeadWriter writer = http::HeadWriter::continued(start, body.attached.size());
    if (body.isChunked)
        writer.field("Transfer-Encoding", "chunked");
    else if (body.length > 0 || needsLength(request))
        writer.field("Content-Length", body.length);
    return writer.finish(body.attached);
}

QByteArray joinedPath(const QByteArray &path, const std::optional<QByteArray> &rest)
{
    if (!rest)
        return path;
    const auto splitAt = [](const QByteArray &text) {
        const qsizetype mark = text.indexOf('?');
        return mark < 0 ? text.size() : mark;
    };
    QByteArray out = path.first(splitAt(path));
    QByteArrayView query = QByteArrayView(path).sliced(out.size());
    QByteArrayView below = QByteArrayView(*rest).first(splitAt(*rest));
    const QByteArrayView ownQuery = QByteArrayView(*rest).sliced(below.size());
    while (below.startsWith('/'))
        below = below.sliced(1);
    if (!below.isEmpty()) {
        if (!out.endsWith('/'))
            out += '/';
        out += below;
    }
    out += query;
    if (ownQuery.isEmpty())
        return out;
    if (query.isEmpty())
        out += ownQuery;
    else if (ownQuery.size() > 1)
        out += (query.size() > 1 ? "&" : "") + ownQuery.sliced(1).toByteArray();
    return out;
}

bool isLooping(const http::Headers &headers, const QByteArray &instanceId)
{
    int hops = 0;
    bool isOwn = false;
    for (const http::Header &field : headers) {
        if (field.name.size() != 3 || !equalsIgnoringCase(field.name, "via"))
            continue;
        http::forEachElement(field.value, [&](QByteArrayView hop) {
            ++hops;
            isOwn = isOwn || hop.contains(instanceId);
        });
    }
    return isOwn || hops > kMostHops;
}

bool mayPassCredentials(const targets::Upstream &mirror, const targets::Upstream *primary)
{
    return mirror.forwardCredentials ||
           (primary != nullptr &&
            (mirror.host == primary->host || mirror.host.compare(primary->host, Qt::CaseInsensitive) == 0));
}

bool hasCredentials(const http::Headers &headers)
{
    return std::any_of(headers.begin(), headers.end(),
                       [](const http::Header &field) { return isCredential(field.name); });
}

} // namespace parallax::router
