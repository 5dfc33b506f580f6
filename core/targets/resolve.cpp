// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "targets/resolve.h"

#include "base/errors.h"
#include "targets/errors.h"
#include "targets/placeholders.h"

#include <QDir>
#include <QFileInfo>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace parallax::targets {

namespace {

constexpr int kHttpPort = 80;
constexpr int kHttpsPort = 443;

/// What every kind of target has.
Status applyCommon(const Target &target, const Resolving &with, Upstream &upstream)
{
    for (const auto &[name, text] : target.headers) {
        const Result<QString> value = withSecrets(text, with.secrets);
        if (!value)
            return fail(value.error());
        // A secret with a line feed would be another header.
        if (value->contains(u'\n') || value->contains(u'\r') || value->contains(QChar(u'\0')))
            return fail(kHeaderInvalid, {{u"name"_s, name}});
        upstream.headers.set(name.toLatin1(), value->trimmed().toUtf8());
    }
    upstream.timeout = target.timeout;
    upstream.keepHost = target.keepHost;
    upstream.forwardCredentials = target.forwardCredentials;
    return {};
}

Status applyTls(const TlsSettings &settings, const Resolving &with, TlsOptions &tls)
{
    tls.isEnabled = true;
    tls.verify = settings.verify;
    for (const auto &[from, to] :
         {std::pair(&settings.ca, &tls.caFile), std::pair(&settings.certificate, &tls.certificateFile),
          std::pair(&settings.key, &tls.keyFile)}) {
        if (from->isEmpty())
            continue;
        *to = QDir(with.root).absoluteFilePath(*from);
        if (!QFileInfo(*to).isFile())
            return fail({base::kFileNotFound, {{u"file"_s, *to}}, {*to}, {}});
    }
    return {};
}

Result<Upstream> fromUrl(const Target &target, const QString &text, const Resolving &with)
{
    const QUrl url(text, QUrl::StrictMode);
    const bool isHttps = url.scheme() == "https"_L1;
    if (!url.isValid() || url.host().isEmpty() || (!isHttps && url.scheme() != "http"_L1)) {
        return fail({kUrlInvalid,
                     {{u"url"_s, url.toDisplayString(QUrl::RemoveUserInfo | QUrl::RemoveQuery)}},
                     target.where,
                     {}});
    }
    Upstream upstream;
    upstream.host = url.host(QUrl::FullyEncoded);
    const int usual = isHttps ? kHttpsPort : kHttpPort;
    upstream.port = static_cast<quint16>(url.port(usual));
    upstream.authority = url.host(QUrl::FullyEncoded).contains(u':')
                             ? '[' + url.host(QUrl::FullyEncoded).toLatin1() + ']'
                             : url.host(QUrl::FullyEncoded).toLatin1();
    if (upstream.port != usual)
        upstream.authority += ':' + QByteArray::number(upstream.port);
    upstream.path = url.path(QUrl::FullyEncoded).toLatin1();
    if (upstream.path.isEmpty())
        upstream.path = "/";
    if (url.hasQuery())
        upstream.path += '?' + url.query(QUrl::FullyEncoded).toLatin1();
    // A query may hold a key.
    upstream.displayUrl = url.toDisplayString(QUrl::RemoveUserInfo | QUrl::RemoveQuery | QUrl::FullyEncoded);
    if (isHttps) {
        if (Status tls = applyTls(target.tls, with, upstream.tls); !tls)
            return fail(tls.error());
    }
    if (Status common = applyCommon(target, with, upstream); !common)
        return fail(common.error());
    return upstream;
}

Result<Upstream> fromStatic(const Target &target, const StaticTarget &answer)
{
    Upstream upstream;
    upstream.staticAnswer = Upstream::StaticAnswer{answer.status, answer.headers, answer.body};
    upstream.path = "/";
    upstream.timeout = target.timeout;
    return upstream;
}

Result<Upstream> fromModelbit(const Target &target, const ModelbitTarget &modelbit, const endpoints::DeploymentRef &ref,
                              const Resolving &with)
{
    const QString url = filled(
        u"https://%1.%2.modelbit.com/v1/{deployment}/{branch}/{version}"_s.arg(modelbit.workspace, modelbit.region),
        urlValues(ref));
    Target keyed = target;
    if (!modelbit.apiKey.isEmpty())
        keyed.headers.prepend({u"Authorization"_s, modelbit.apiKey}); // a header the file sets itself comes after it
    return fromUrl(keyed, url, with);
}

} // namespace

Result<Upstream> resolve(const Target &target, const endpoints::DeploymentRef &ref, const Resolving &with)
{
    Q_ASSERT(!target.isStarted());
    Result<Upstream> upstream = fail(kNotConfigured, {{u"target"_s, ref.toString()}});
    if (const auto *url = std::get_if<UrlTarget>(&target.kind)) {
        const Result<QString> text = withSecrets(filled(url->url, urlValues(ref)), with.secrets);
        upstream = text ? fromUrl(target, *text, with) : fail(text.error());
    } else if (const auto *answer = std::get_if<StaticTarget>(&target.kind)) {
        upstream = fromStatic(target, *answer);
    } else if (const auto *modelbit = std::get_if<ModelbitTarget>(&target.kind)) {
        upstream = fromModelbit(target, *modelbit, ref, with);
    }
    if (!upstream && upstream.error().where == SourceLocation())
        upstream.error().where = target.where;
    return upstream;
}

Result<Upstream> resolveStarted(const Target &target, quint16 port, const Resolving &with)
{
    Upstream upstream;
    upstream.host = u"127.0.0.1"_s;
    upstream.port = port;
    upstream.authority = "127.0.0.1:" + QByteArray::number(port);
    upstream.path = "/";
    upstream.displayUrl = u"http://127.0.0.1:%1/"_s.arg(port);
    if (Status common = applyCommon(target, with, upstream); !common)
        return fail(common.error());
    return upstream;
}

} // namespace parallax::targets
