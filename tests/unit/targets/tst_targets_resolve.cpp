// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/errors.h"
#include "base/files.h"
#include "support/testmain.h"
#include "targets/errors.h"
#include "targets/placeholders.h"
#include "targets/resolve.h"

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace parallax;
using namespace parallax::targets;
using endpoints::DeploymentRef;

namespace {

Target urlTarget(const QString &url)
{
    Target target;
    target.kind = UrlTarget{url};
    return target;
}

} // namespace

class TestTargetsResolve : public test::TestCase
{
    Q_OBJECT

    EnvironmentSecretStore m_secrets;

    [[nodiscard]] Result<Upstream> resolved(const Target &target, const QString &ref = u"pricing@feat/x:3"_s,
                                            const QString &root = u"/repo"_s) const
    {
        return resolve(target, DeploymentRef::fromString(ref), {m_secrets, root});
    }

private Q_SLOTS:
    void cleanup()
    {
        qunsetenv("PARALLAX_SECRET_modelbit");
        qunsetenv("PARALLAX_SECRET_MODEL_BIT");
        qunsetenv("PARALLAX_TEST_VALUE");
    }

    void takesAnAddressApart_data()
    {
        QTest::addColumn<QString>("url");
        QTest::addColumn<QString>("host");
        QTest::addColumn<int>("port");
        QTest::addColumn<QByteArray>("authority");
        QTest::addColumn<QByteArray>("path");
        const auto row = [](const char *url, const char *host, int port, const char *authority, const char *path) {
            QTest::newRow(url) << QString::fromLatin1(url) << QString::fromLatin1(host) << port << QByteArray(authority)
                               << QByteArray(path);
        };
        row("http://127.0.0.1:9001/v1", "127.0.0.1", 9001, "127.0.0.1:9001", "/v1");
        row("http://Models.Example.com", "models.example.com", 80, "models.example.com", "/");
        row("https://models.example.com:443/a?b=c%20d", "models.example.com", 443, "models.example.com", "/a?b=c%20d");
        row("https://models.example.com:8443/", "models.example.com", 8443, "models.example.com:8443", "/");
        row("http://[::1]:8080/x", "::1", 8080, "[::1]:8080", "/x");
        row("http://h/v1/{deployment}/{branch}/{version}", "h", 80, "h", "/v1/pricing/feat~x/3");
        row("http://{deployment}.local/", "pricing.local", 80, "pricing.local", "/");
    }

    void takesAnAddressApart()
    {
        QFETCH(QString, url);
        QFETCH(QString, host);
        QFETCH(int, port);
        QFETCH(QByteArray, authority);
        QFETCH(QByteArray, path);
        const Result<Upstream> upstream = resolved(urlTarget(url));
        VERIFY_OK(upstream);
        QCOMPARE(upstream->host, host);
        QCOMPARE(int(upstream->port), port);
        QCOMPARE(upstream->authority, authority);
        QCOMPARE(upstream->path, path);
        QCOMPARE(upstream->tls.isEnabled, url.startsWith(u"https"));
    }

    void encodesWhatIsFilledIn()
    {
        DeploymentRef ref{u"a"_s, u"x y?/#{version}"_s, endpoints::Version::alias(u"../v1"_s)};
        const Result<Upstream> upstream =
            resolve(urlTarget(u"http://h/{deployment}/{branch}/{version}"_s), ref, {m_secrets, {}});
        VERIFY_OK(upstream);
        QCOMPARE(upstream->path, QByteArray("/a/x%20y%3F~%23%7Bversion%7D/..%2Fv1"));
    }

    void resolvesSecretsAtTheLastMoment()
    {
        Target target = urlTarget(u"http://h/?key=${secret:modelbit}"_s);
        target.headers = {{u"Authorization"_s, u"${secret:model-bit}"_s},
                          {u"X-Two"_s, u"a ${env:PARALLAX_TEST_VALUE} b"_s}};
        target.timeout = 30s;
        target.keepHost = true;
        const Result<Upstream> missing = resolved(target);
        QVERIFY(!missing);
        QCOMPARE(missing.error().code, kSecretMissing);
        QCOMPARE(missing.error().args.value(u"name"_s).toString(), u"modelbit"_s);
        qputenv("PARALLAX_SECRET_modelbit", "k1");
        qputenv("PARALLAX_SECRET_MODEL_BIT", "k2");
        QCOMPARE(resolved(target).error().code, kEnvironmentMissing);
        qputenv("PARALLAX_TEST_VALUE", "${secret:modelbit}"); // what is filled in is not read again
        const Result<Upstream> upstream = resolved(target);
        VERIFY_OK(upstream);
        QCOMPARE(upstream->path, QByteArray("/?key=k1"));
        QCOMPARE(upstream->headers.value("authorization").toByteArray(), QByteArray("k2"));
        QCOMPARE(upstream->headers.value("x-two").toByteArray(), QByteArray("a ${secret:modelbit} b"));
        QVERIFY(!upstream->displayUrl.contains(u"k1"));
        QCOMPARE(upstream->timeout, 30s);
        QVERIFY(upstream->keepHost);
        qputenv("PARALLAX_TEST_VALUE", "x\r\nInjected: y");
        QCOMPARE(resolved(target).error().code, kHeaderInvalid);
    }

    void callsTheServiceByItsLongForm()
    {
        qputenv("PARALLAX_SECRET_modelbit", "k1");
        Target target;
        target.kind = ModelbitTarget{u"acme"_s, u"us-east-1.aws"_s, u"${secret:modelbit}"_s};
        const Result<Upstream> upstream = resolved(target);
        VERIFY_OK(upstream);
        QCOMPARE(upstream->host, u"acme.us-east-1.aws.modelbit.com"_s);
        QCOMPARE(upstream->path, QByteArray("/v1/pricing/feat~x/3"));
        QCOMPARE(upstream->headers.value("Authorization").toByteArray(), QByteArray("k1"));
        QVERIFY(upstream->tls.isEnabled && upstream->tls.verify);
    }

    void answersStatically()
    {
        Target target;
        target.kind = StaticTarget{503, {{"X-A", "b"}}, "body"};
        const Result<Upstream> upstream = resolved(target);
        VERIFY_OK(upstream);
        QVERIFY(upstream->staticAnswer.has_value());
        QCOMPARE(upstream->staticAnswer->status, 503);
        QCOMPARE(upstream->staticAnswer->body, QByteArray("body"));
    }

    void looksForCertificatesFromTheRoot()
    {
        const QString root = test::freshFolder(u"certificates"_s);
        Target target = urlTarget(u"https://h/"_s);
        target.tls.ca = u"ca.pem"_s;
        const Result<Upstream> missing = resolved(target, u"a"_s, root);
        QVERIFY(!missing);
        QCOMPARE(missing.error().code, base::kFileNotFound);
        VERIFY_OK(base::saveFile(root + u"/ca.pem"_s, "x"));
        const Result<Upstream> upstream = resolved(target, u"a"_s, root);
        VERIFY_OK(upstream);
        QCOMPARE(upstream->tls.caFile, root + u"/ca.pem"_s);
    }
};

PARALLAX_TEST_MAIN(TestTargetsResolve)
#include "tst_targets_resolve.moc"
