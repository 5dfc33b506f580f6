// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "repository/branching.h"

#include "endpoints/errors.h"
#include "endpoints/names.h"
#include "repository/errors.h"

#include <QRegularExpression>
#include <QUrl>

using namespace Qt::StringLiterals;

namespace parallax::repository {

namespace {

constexpr QLatin1StringView kProtectedKey("parallax.protectedBranch");
constexpr std::chrono::minutes kHookPatience{10};

Error invalidName(const QString &branch)
{
    return {endpoints::kBranchInvalid, {{u"branch"_s, branch}}, {}, {}};
}

} // namespace

Status startBranch(const Repository &repository, const QString &branch, std::stop_token stop)
{
    if (!endpoints::isBranchName(branch) || branch.startsWith(u'-'))
        return fail(invalidName(branch));
    GitCall call{{u"switch"_s, u"--quiet"_s, u"--no-progress"_s, u"--create"_s, branch}, GitAccess::Write};
    call.timeout = kHookPatience;
    const Result<QByteArray> done = repository.git().output(call, stop);
    if (done)
        return {};
    Error error = done.error();
    if (error.code == kGitFailed) {
        error.code = kSwitchRefused;
        error.args.insert(u"branch"_s, branch);
    }
    return fail(std::move(error));
}

Result<QStringList> protectedBranches(const Repository &repository, std::stop_token stop)
{
    const GitCall call{{u"config"_s, u"-z"_s, u"--get-all"_s, QString(kProtectedKey)}};
    const Result<GitOutput> out = repository.git().run(call, stop);
    if (!out)
        return fail(out.error());
    QStringList branches;
    for (const QByteArray &branch : out->out.split('\0')) { // none: exit code 1 and nothing said
        if (!branch.isEmpty())
            branches += QString::fromUtf8(branch);
    }
    return branches;
}

Status setProtected(const Repository &repository, const QString &branch, bool isProtected)
{
    if (!endpoints::isBranchName(branch) || branch.startsWith(u'-'))
        return fail(invalidName(branch));
    const Result<QStringList> present = protectedBranches(repository);
    if (!present)
        return fail(present.error());
    if (present->contains(branch) == isProtected)
        return {};
    GitCall call{{u"config"_s, u"--local"_s}, GitAccess::Write};
    if (isProtected)
        call.arguments += {u"--add"_s, QString(kProtectedKey), branch};
    else
        call.arguments += {u"--unset-all"_s, QString(kProtectedKey), u'^' + QRegularExpression::escape(branch) + u'$'};
    const Result<QByteArray> done = repository.git().output(call);
    return done ? Status() : fail(done.error());
}

Result<QString> originUrl(const Repository &repository, std::stop_token stop)
{
    const GitCall call{{u"config"_s, u"--get"_s, u"remote.origin.url"_s}};
    const Result<GitOutput> out = repository.git().run(call, stop);
    if (!out)
        return fail(out.error());
    return QString::fromUtf8(out->out).trimmed();
}

QString pullRequestUrl(const QString &originUrl, const QString &from, const QString &into)
{
    // git@host:owner/name.git, ssh://git@host/owner/name.git, https://user:key@host/owner/name.git
    static const QRegularExpression kScp(u"^(?:[^@/]+@)?([A-Za-z0-9.-]+):(?!/)(.+)$"_s);
    QString host;
    QString path;
    if (const QRegularExpressionMatch scp = kScp.match(originUrl); scp.hasMatch() && !originUrl.contains(u"://"_s)) {
        host = scp.captured(1);
        path = scp.captured(2);
    } else {
        const QUrl url(originUrl);
        if (url.scheme() != "https"_L1 && url.scheme() != "http"_L1 && url.scheme() != "ssh"_L1)
            return {};
        host = url.host();
        path = url.path().mid(1);
    }
    if (path.endsWith(".git"_L1))
        path.chop(4);
    if (host.isEmpty() || path.isEmpty() || path.contains(u".."_s))
        return {};
    const auto encoded = [](const QString &text) { return QString::fromLatin1(QUrl::toPercentEncoding(text, "/")); };
    const QString base = u"https://"_s + host + u'/' + encoded(path);
    if (host.contains("github"_L1))
        return base + u"/compare/"_s + encoded(into) + u"..."_s + encoded(from) + u"?expand=1"_s;
    if (host.contains("gitlab"_L1))
        return base + u"/-/merge_requests/new?merge_request%5Bsource_branch%5D="_s + encoded(from) +
               u"&merge_request%5Btarget_branch%5D="_s + encoded(into);
    if (host == "dev.azure.com"_L1)
        return base + u"/pullrequestcreate?sourceRef="_s + encoded(from) + u"&targetRef="_s + encoded(into);
    return {};
}

} // namespace parallax::repository
