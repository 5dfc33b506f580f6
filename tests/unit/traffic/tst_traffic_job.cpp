// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Importing as a whole: nothing that was there is lost. And logs that come by themselves.
#include "base/errors.h"
#include "base/files.h"
#include "formatsupport.h"
#include "support/recordingsink.h"
#include "support/testmain.h"
#include "traffic/errors.h"
#include "traffic/importjob.h"
#include "traffic/modelbitsink.h"

#include <QDir>
#include <QFileInfo>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;
using namespace parallax;
using namespace parallax::traffic;

class TestTrafficJob : public test::TestCase
{
    Q_OBJECT

private:
    QString m_folder;

    ImportJob job(const QByteArray &text, const QString &name = u"in.ndjson"_s) const
    {
        [[maybe_unused]] const Status saved = base::saveFile(m_folder + u'/' + name, text);
        ImportJob job;
        job.files = {m_folder + u'/' + name};
        job.out = m_folder + u"/c.parallax"_s;
        job.capture = test::plainOptions();
        return job;
    }

    QStringList filesThere() const { return QDir(m_folder).entryList(QDir::Files, QDir::Name); }

private Q_SLOTS:
    void init() { m_folder = test::freshFolder(u"job"_s); }

    void readsSeveralFilesIntoOneCapture()
    {
        ImportJob both = job("{\"data\": 1}\nno\n");
        both.files += job("{\"data\": 2}\n{\"data\": 3}\n", u"more.ndjson"_s).files;
        const auto report = importIntoCapture(both);
        VERIFY_OK(report);
        QCOMPARE(report->read, 3);
        QCOMPARE(report->skipped, 1);
        QCOMPARE(report->counts.at(kBadJson.toString()), 1);
        QCOMPARE(report->reasons.first().where.line, 2);
        QVERIFY(!report->hasTimes);
        QCOMPARE(filesThere(), (QStringList{u"c.parallax"_s, u"in.ndjson"_s, u"more.ndjson"_s}));
        auto in = CaptureReader::open(both.out);
        VERIFY_OK(in);
        QCOMPARE((*in)->exchange({3})->body.bytes, QByteArray("{\"data\": 3}"));
        QCOMPARE(int(QFileInfo(both.out).permissions() & QFileDevice::Permissions(0x0077)), 0);
    }

    void whatWasThereStaysUntilTheNewOneIsWhole()
    {
        ImportJob first = job("{\"data\": 1}\n");
        VERIFY_OK(importIntoCapture(first));
        const QByteArray before = *base::readFile(first.out, 1 << 20);
        const auto refused = importIntoCapture(first);
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, base::kFileExists);

        first.replaces = true;
        first.format = u"ndjson"_s;
        VERIFY_OK(base::saveFile(first.files[0], "nothing\nof use\n"));
        const auto nothing = importIntoCapture(first);
        VERIFY_OK(nothing);
        QCOMPARE(nothing->read, 0);
        QCOMPARE(*base::readFile(first.out, 1 << 20), before);

        std::stop_source stop;
        stop.request_stop();
        first.how.stop = stop.get_token();
        VERIFY_OK(base::saveFile(first.files[0], "{\"data\": 2}\n"));
        const auto stopped = importIntoCapture(first);
        QVERIFY(!stopped);
        QCOMPARE(stopped.error().code, base::kCancelled);
        QCOMPARE(*base::readFile(first.out, 1 << 20), before);

        first.how.stop = {};
        VERIFY_OK(importIntoCapture(first));
        QVERIFY(*base::readFile(first.out, 1 << 20) != before);
        QCOMPARE(filesThere(), (QStringList{u"c.parallax"_s, u"in.ndjson"_s}));
    }

    void aCaptureCanBeReadIntoItself()
    {
        ImportJob first = job("{\"data\": 1}\n{\"data\": 2}\n");
        VERIFY_OK(importIntoCapture(first));
        first.files = {first.out};
        first.replaces = true;
        const auto again = importIntoCapture(first);
        VERIFY_OK(again);
        QCOMPARE(again->read, 2);
    }

    void namesTheFolderThatCannotBeWritten()
    {
        ImportJob where = job("{\"data\": 1}\n");
        where.out = u"/proc/c.parallax"_s;
        const auto refused = importIntoCapture(where);
        QVERIFY(!refused);
        QCOMPARE(refused.error().code, kCaptureNotOpened);
        QCOMPARE(refused.error().where.file, where.out);
    }

    void previewsWithoutWriting()
    {
        ImportJob look = job("{\"req\":{\"method\":\"POST\",\"target\":\"/p?api_key=1\",\"headers\":"
                             "[[\"Cookie\",\"a\"]],\"body\":\"{}\"}}\n{\"token\": \"x\"}\n");
        look.capture.redaction = RedactionRules::defaults();
        look.capture.redactionKey = "key";
        const auto report = previewImport(look, 1);
        VERIFY_OK(report);
        QCOMPARE(report->read, 2);
        QCOMPARE(report->first.size(), std::size_t(1));
        QVERIFY(report->first[0].headers.value("cookie").startsWith("<redacted:"));
        QCOMPARE(report->masked,
                 (std::map<QString, qint64>{
                     {u"request field token"_s, 1}, {u"request header Cookie"_s, 1}, {u"request query api_key"_s, 1}}));
        QCOMPARE(filesThere(), QStringList{u"in.ndjson"_s});
    }

    void logsBecomeExchanges()
    {
        test::RecordingSink heard;
        {
            ModelbitSink sink(heard, "open sesame", {}, 50ms);
            QVERIFY(sink.knows("open sesame"));
            QVERIFY(!sink.knows("open sesame!"));
            QVERIFY(!sink.knows(""));
            QVERIFY(sink.take(test::dataFile(u"modelbit-webhook.json"_s)));
            QTRY_COMPARE_WITH_TIMEOUT(heard.finished().size(), std::size_t(1), 30'000); // quiet long enough
            QVERIFY(sink.take("no logs"));
            QTRY_COMPARE_WITH_TIMEOUT(sink.statistics().skipped, 1, 30'000);
            QVERIFY(sink.take(test::dataFile(u"modelbit-webhook.json"_s)));
        }
        QCOMPARE(heard.finished().size(), std::size_t(2)); // the end hands over what was left
        const ExchangePtr exchange = heard.finished().front();
        QCOMPARE(exchange->mirrors.size(), std::size_t(1));
        QCOMPARE(toString(exchange->mirrors[0].state), u"complete"_s);
        QCOMPARE(heard.answered().size(), std::size_t(2));
    }

    void tooManyLogsAreRefused()
    {
        test::RecordingSink heard;
        ModelbitSink sink(heard, "s", {}, 50ms);
        const QByteArray large = "{\"data\":[" + QByteArray(200'000, ' ') + "]}";
        int refused = 0;
        for (int i = 0; i < 100'000 && refused == 0; ++i)
            refused += sink.take(large) ? 0 : 1;
        QCOMPARE(refused, 1);
        QCOMPARE(sink.statistics().refused, 1);
    }
};

PARALLAX_TEST_MAIN(TestTrafficJob)
#include "tst_traffic_job.moc"
