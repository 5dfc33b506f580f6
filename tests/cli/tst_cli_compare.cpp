// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Noise, gates, reports and baselines from the command line, on deployments run from their own source.
#include "base/files.h"
#include "repository/repositorybuilder.h"
#include "support/cliprocess.h"
#include "support/testmain.h"

#include <QFileInfo>
#include <QJsonArray>
#include <QJsonObject>
#include <QXmlStreamReader>

using namespace Qt::StringLiterals;
using namespace parallax;
using test::runCli;

namespace {

/// Doubles; from version 2 on multiples of five get one more.
const QByteArray kTwice1 = "def twice(n):\n    return 2 * n\n";
const QByteArray kTwice2 = "def twice(n):\n    return 2 * n + (1 if n % 5 == 0 else 0)\n";

/// A price that jitters and an id that is new every time.
const QByteArray kNoisy = "import itertools\n"
                          "import random\n"
                          "_ids = itertools.count(1)\n"
                          "def noisy(n):\n"
                          "    return {'price': 10.0 * n + 0.001 * random.random(), 'id': next(_ids), 'even': n % 2}\n";
/// The same with a price that is two jitters too high and a wrong flag in every fourth answer.
const QByteArray kWrong = "import itertools\n"
                          "import random\n"
                          "_ids = itertools.count(1)\n"
                          "def wrong(n):\n"
                          "    flag = 2 if n % 4 == 0 else n % 2\n"
                          "    return {'price': 10.0 * n + 0.002 + 0.001 * random.random(), 'id': next(_ids), "
                          "'even': flag}\n";

const QByteArray kEndpoint = "backends:\n  alias:\n    deployment:\n      branch: main\n      name: noisy\n      "
                             "version: latest\nmirrors:\n  candidate:\n    deployment:\n      branch: main\n      "
                             "name: wrong\n      version: latest\nschemaVersion: 1\n";

QByteArray metadata(const QByteArray &function)
{
    return "owner: a@example.com\nruntimeInfo:\n  mainFunction: " + function +
           "\n  mainFunctionArgs:\n    - n:int\n  pythonVersion: '3.10'\nschemaVersion: 2\n";
}

QByteArray requests(int count)
{
    QByteArray out;
    for (int i = 1; i <= count; ++i)
        out += "{\"data\": " + QByteArray::number(i) + "}\n";
    return out;
}

/// Two versions of `twice`, `noisy`, `wrong`, and the endpoint `pricing` of the latter two.
Status build(const QString &root)
{
    repository::BuildDescription description;
    for (const QByteArray &source : {kTwice1, kTwice2}) {
        repository::BuildCommit one;
        one.branch = u"main"_s;
        one.files = {{u"deployments/twice/source.py"_s, source},
                     {u"deployments/twice/metadata.yaml"_s, metadata("twice")},
                     {u"deployments/noisy/source.py"_s, kNoisy},
                     {u"deployments/noisy/metadata.yaml"_s, metadata("noisy")},
                     {u"deployments/wrong/source.py"_s, kWrong},
                     {u"deployments/wrong/metadata.yaml"_s, metadata("wrong")},
                     {u"endpoints/pricing.yaml"_s, kEndpoint},
                     {u".parallax/targets.yaml"_s,
                      "schemaVersion: 1\ntargets:\n  - match: {}\n    source: {python: python3}\n"}};
        one.subject = u"Deployed"_s;
        one.author = u"A"_s;
        one.email = u"a@example.com"_s;
        one.time = 1'700'000'000 + description.commits.size();
        description.commits += one;
    }
    return repository::buildRepository(description, root);
}

QByteArray bytesOf(const QString &path)
{
    return base::readFile(path, 16 * 1024 * 1024).value_or(QByteArray());
}

QJsonObject fieldAt(const QJsonArray &fields, const QString &path)
{
    for (const QJsonValue &field : fields) {
        if (field.toObject().value(u"path"_s).toString() == path)
            return field.toObject();
    }
    return {};
}

QJsonObject mirrorOf(const test::CliResult &result, const QString &name = u"mirror_1"_s)
{
    return result.json().object().value(u"mirrors"_s).toObject().value(name).toObject();
}

} // namespace

class TestCliCompare : public test::TestCase
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase()
    {
        m_root = test::freshFolder(u"compare"_s) + u"/repo"_s;
        VERIFY_OK(build(m_root));
        VERIFY_OK(base::saveFile(m_root + u"/many.ndjson"_s, requests(250)));
        VERIFY_OK(base::saveFile(m_root + u"/some.ndjson"_s, requests(40)));
        VERIFY_OK(base::saveFile(m_root + u"/empty.ndjson"_s, ""));
    }

    void calibrationTellsNoiseFromFaults()
    {
        const test::CliResult result = runCli(
            {u"--json"_s, u"calibrate"_s, u"many.ndjson"_s, u"--endpoint"_s, u"pricing"_s, u"--mirrors"_s}, m_root);
        QVERIFY2(result.exitCode == 0, result.err.constData());
        const QJsonObject object = result.json().object();
        QCOMPARE(object.value(u"endpoint"_s).toString(), u"pricing"_s);
        QCOMPARE(object.value(u"deployment"_s).toString(), u"noisy@main:latest"_s);
        QCOMPARE(object.value(u"distinctRequests"_s).toInt(), 250);
        const QJsonArray fields = object.value(u"fields"_s).toArray();
        QCOMPARE(fieldAt(fields, u"/data/id"_s).value(u"stability"_s).toString(), u"volatile"_s);
        QCOMPARE(fieldAt(fields, u"/data/price"_s).value(u"stability"_s).toString(), u"jitter"_s);
        QVERIFY(fieldAt(fields, u"/data/price"_s).value(u"largest"_s).toDouble() <= 0.0011);
        QCOMPARE(fieldAt(fields, u"/data/even"_s).value(u"stability"_s).toString(), u"stable"_s);
        QCOMPARE(object.value(u"rules"_s).toArray().size(), 2);
        const QJsonArray excess = mirrorOf(result, u"candidate"_s).value(u"excess"_s).toArray();
        QVERIFY(fieldAt(excess, u"/data/price"_s).value(u"p"_s).toDouble() < 1e-10);
        QVERIFY(fieldAt(excess, u"/data/even"_s).value(u"p"_s).toDouble() < 1e-10);
        // An id that is new every time says nothing about the mirror.
        QVERIFY(fieldAt(excess, u"/data/id"_s).isEmpty());
        QVERIFY(!QFileInfo::exists(m_root + u"/.parallax/compare/pricing.yaml"_s));
    }

    void rulesAreWrittenBesideWhatIsThere()
    {
        const QString file = m_root + u"/.parallax/compare/pricing.yaml"_s;
        VERIFY_OK(base::makePath(m_root + u"/.parallax/compare"_s));
        const QByteArray before = "schemaVersion: 1\n# what the desk can live with\nmargin: {abs: 0.01}\nrules:\n"
                                  "  - {path: /data/even, ignore: false}   # never forgive\n";
        VERIFY_OK(base::saveFile(file, before));
        const QStringList command{u"calibrate"_s, u"many.ndjson"_s, u"--endpoint"_s, u"pricing"_s};
        const test::CliResult dry = runCli(command + QStringList{u"--dry-run"_s}, m_root);
        QVERIFY2(dry.exitCode == 0, dry.err.constData());
        QVERIFY2(dry.out.contains("\n+  - {path: /data/id, ignore: true}"), dry.out.constData());
        QCOMPARE(bytesOf(file), before);

        const test::CliResult written = runCli(command + QStringList{u"--write"_s}, m_root);
        QVERIFY2(written.exitCode == 0, written.err.constData());
        const QByteArray after = bytesOf(file);
        QVERIFY2(after.startsWith(before), after.constData());
        QVERIFY2(after.contains("{path: /data/id, ignore: true}") && after.contains("{path: /data/price, tolerance:"),
                 after.constData());
        // With them the primary equals itself, and the mirror still does not.
        const test::CliResult again = runCli(command + QStringList{u"--write"_s}, m_root);
        QVERIFY2(again.out.contains("No rule follows"), again.out.constData());
        QCOMPARE(bytesOf(file), after);
        const test::CliResult replayed =
            runCli({u"--json"_s, u"replay"_s, u"many.ndjson"_s, u"--endpoint"_s, u"pricing"_s}, m_root);
        const QJsonObject outcomes = mirrorOf(replayed, u"candidate"_s).value(u"outcomes"_s).toObject();
        QVERIFY(outcomes.value(u"different"_s).toInt() >= 62);
    }

    void calibrationSaysWhatItNeeds()
    {
        QCOMPARE(runCli({u"calibrate"_s, u"many.ndjson"_s}, m_root).exitCode, 2);
        QCOMPARE(runCli({u"calibrate"_s, u"many.ndjson"_s, u"--primary"_s, u"twice"_s, u"--write"_s}, m_root).exitCode,
                 2);
        const test::CliResult unknown =
            runCli({u"calibrate"_s, u"many.ndjson"_s, u"--endpoint"_s, u"nowhere"_s}, m_root);
        QCOMPARE(unknown.exitCode, 3);
        QVERIFY2(unknown.err.contains("[unknown-endpoint]"), unknown.err.constData());
        const test::CliResult few = runCli({u"calibrate"_s, u"some.ndjson"_s, u"--primary"_s, u"twice:1"_s}, m_root);
        QVERIFY2(few.exitCode == 0, few.err.constData());
        QVERIFY2(few.out.contains("40 distinct requests are few"), few.out.constData());
    }

    void aGateThatDoesNotHoldIsOneWithItsActualValue()
    {
        const QString out = m_root + u"/reports"_s;
        VERIFY_OK(base::makePath(out));
        const test::CliResult result = runCli(
            {u"replay"_s,       u"some.ndjson"_s,   u"--primary"_s,        u"twice:1"_s,        u"--mirror"_s,
             u"twice:latest"_s, u"--gate"_s,        u"agreement>=99.5%"_s, u"--gate"_s,         u"errors<=0.1%"_s,
             u"--report"_s,     u"reports/r.xml"_s, u"--report"_s,         u"reports/r.html"_s, u"--report"_s,
             u"reports/r.md"_s, u"--report"_s,      u"reports/r.json"_s,   u"--out"_s,          u"run.parallax"_s},
            m_root);
        QCOMPARE(result.exitCode, 1);
        QVERIFY2(result.err.contains("agreement>=99.5%") && result.err.contains("80.00%"), result.err.constData());
        QVERIFY2(!result.err.contains("errors<=0.1%"), result.err.constData());
        QVERIFY2(result.err.contains("--rules"), result.err.constData());
        QXmlStreamReader xml(bytesOf(out + u"/r.xml"_s));
        QStringList failures;
        while (!xml.atEnd()) {
            if (xml.readNext() == QXmlStreamReader::StartElement && xml.name() == u"failure")
                failures += xml.attributes().value(u"message"_s).toString();
        }
        QVERIFY2(!xml.hasError(), qPrintable(xml.errorString()));
        QCOMPARE(failures.size(), 1);
        QVERIFY2(failures.first().contains(u"agreement>=99.5%"_s) && failures.first().contains(u"80.00%"_s),
                 qPrintable(failures.first()));
        const QJsonObject gate = QJsonDocument::fromJson(bytesOf(out + u"/r.json"_s))
                                     .object()
                                     .value(u"gates"_s)
                                     .toArray()
                                     .first()
                                     .toObject();
        QCOMPARE(gate.value(u"actual"_s).toString(), u"80.00%"_s);
        QCOMPARE(gate.value(u"holds"_s).toBool(), false);
        QVERIFY(bytesOf(out + u"/r.html"_s).contains("does not hold"));
        QVERIFY(bytesOf(out + u"/r.md"_s).contains("**does not hold**"));
    }

    void recordedAnswersStandInForAModelThatIsGone()
    {
        // Production recorded version 1; now only the latest is left, once as the primary alone, once as a mirror.
        const QString recording = m_root + u"/production.parallax"_s;
        QCOMPARE(runCli({u"replay"_s, u"some.ndjson"_s, u"--primary"_s, u"twice:1"_s, u"--out"_s, recording}, m_root)
                     .exitCode,
                 0);
        const QString alone = m_root + u"/alone.parallax"_s;
        QCOMPARE(
            runCli({u"replay"_s, recording, u"--primary"_s, u"twice:latest"_s, u"--out"_s, alone}, m_root).exitCode, 0);
        const test::CliResult compared =
            runCli({u"--json"_s, u"compare"_s, alone, u"--baseline"_s, u"recorded"_s}, m_root);
        QVERIFY2(compared.exitCode == 0, compared.err.constData());
        QCOMPARE(compared.json().object().value(u"baseline"_s).toString(), u"recorded"_s);
        const QJsonObject outcomes = mirrorOf(compared, u"alias"_s).value(u"outcomes"_s).toObject();
        QCOMPARE(outcomes.value(u"equal"_s).toInt(), 32);
        QCOMPARE(outcomes.value(u"different"_s).toInt(), 8);

        const QString both = m_root + u"/both.parallax"_s;
        QCOMPARE(runCli({u"replay"_s, recording, u"--primary"_s, u"twice:2"_s, u"--mirror"_s, u"twice:latest"_s,
                         u"--out"_s, both},
                        m_root)
                     .exitCode,
                 0);
        QCOMPARE(runCli({u"compare"_s, both, u"--gate"_s, u"different==0"_s}, m_root).exitCode, 0);
        const test::CliResult gated = runCli({u"compare"_s, both, u"--baseline"_s, u"recorded"_s, u"--gate"_s,
                                              u"different==0"_s, u"--report"_s, m_root + u"/recorded.html"_s},
                                             m_root);
        QCOMPARE(gated.exitCode, 1);
        QVERIFY2(gated.err.contains("actual 8"), gated.err.constData());
        QVERIFY(bytesOf(m_root + u"/recorded.html"_s).contains("what was recorded"));
    }

    void whatCannotBeDoneIsSaidBeforeAnythingRuns()
    {
        const QStringList replay{u"replay"_s, u"some.ndjson"_s, u"--primary"_s, u"twice:1"_s};
        const test::CliResult nowhere = runCli(replay + QStringList{u"--report"_s, u"no/such/folder/r.html"_s}, m_root);
        QCOMPARE(nowhere.exitCode, 3);
        QVERIFY2(nowhere.err.contains("[report-place]"), nowhere.err.constData());
        QVERIFY2(!nowhere.err.contains("planned"), nowhere.err.constData());
        QCOMPARE(runCli(replay + QStringList{u"--report"_s, u"r.pdf"_s}, m_root).exitCode, 2);

        const test::CliResult replayed = runCli({u"replay"_s, u"empty.ndjson"_s, u"--primary"_s, u"twice:1"_s}, m_root);
        QCOMPARE(replayed.exitCode, 1);
        QCOMPARE(replayed.err.count("error:"), 1);
        const test::CliResult compared = runCli({u"compare"_s, u"empty.ndjson"_s}, m_root);
        QCOMPARE(compared.exitCode, 1);
        QCOMPARE(compared.err.count("error:"), 1);
        const test::CliResult missing = runCli({u"compare"_s, u"no-such.parallax"_s}, m_root);
        QCOMPARE(missing.exitCode, 3);
        QVERIFY2(missing.err.contains("[file-not-found]"), missing.err.constData());
        const test::CliResult other = runCli({u"compare"_s, u"run.parallax"_s, u"--endpoint"_s, u"nowhere"_s}, m_root);
        QCOMPARE(other.exitCode, 1);
        QCOMPARE(other.err.count("error:"), 1);
    }

    void theTableShowsWhatTheSummaryHolds()
    {
        const test::CliResult result = runCli({u"compare"_s, u"run.parallax"_s}, m_root);
        QVERIFY2(result.exitCode == 0, result.err.constData());
        for (const char *part : {"outcomes   equal 32, different 8", "agreement  80.0%", "verdict    different",
                                 "median of the differences", "differs at", "numbers at", "/data"})
            QVERIFY2(result.out.contains(part),
                     QByteArray(part + QByteArray(" is missing in\n") + result.out).constData());
    }

private:
    QString m_root;
};

PARALLAX_TEST_MAIN(TestCliCompare)
#include "tst_cli_compare.moc"
