// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "samples.h"
#include "support/testmain.h"
#include "traffic/textsearch.h"

#include <QRandomGenerator>

using namespace Qt::StringLiterals;
using namespace parallax;
using namespace parallax::traffic;

class TestTrafficSearch : public test::TestCase
{
    Q_OBJECT

    static QList<quint64> found(const CaptureReader &reader, const QByteArray &needle, quint64 after = 0)
    {
        QList<quint64> ids;
        const Status done = reader.search(needle,
                                          [&](ExchangeId id) {
                                              ids.append(id.value);
                                              return true;
                                          },
                                          {}, {after});
        return done ? ids : QList<quint64>{0};
    }

private Q_SLOTS:
    void findsTextAsAPlainSearchDoes()
    {
        QRandomGenerator random(5);
        const QByteArray letters = "abAB\xc3\xa4_";
        for (int round = 0; round < 20'000; ++round) {
            QByteArray text(random.bounded(30), ' ');
            for (char &c : text)
                c = letters[random.bounded(static_cast<int>(letters.size()))];
            QByteArray needle(1 + random.bounded(4), ' ');
            for (char &c : needle)
                c = letters[random.bounded(static_cast<int>(letters.size()))];
            const auto lower = [](QByteArray bytes) {
                for (char &c : bytes)
                    c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
                return bytes;
            };
            QCOMPARE(TextSearch(needle).isIn(text), lower(text).contains(lower(needle)));
        }
        QVERIFY(!TextSearch("").isIn("abc"));
        QVERIFY(!TextSearch("abc").isIn("ab"));
        QVERIFY(TextSearch("ABC").isIn("xabc"));
    }

    void looksEverywhere()
    {
        const QString file = test::freshFolder(u"search"_s) + u"/s.parallax"_s;
        auto writer = CaptureWriter::open(file, CaptureWriter::Mode::CreateNew, test::plainOptions());
        VERIFY_OK(writer);
        constexpr int kCount = 1500;
        const QByteArray large = QByteArray(6000, '-') + "Needle in a large body";
        for (int i = 1; i <= kCount; ++i) {
            Exchange exchange = test::sampleExchange(i);
            if (i == 3)
                exchange.target = "/v1/endpoint/pricing?x=NEEDLE";
            if (i == 5)
                exchange.headers.append("X-Needle", "1");
            if (i == 700)
                exchange.body = Body::whole("a needle here");
            if (i == 900 || i == 901)
                exchange.primary.body = Body::whole(large);
            if (i == 1200)
                exchange.mirrors[0] = {};
            VERIFY_OK((*writer)->append(exchange));
            if (i % 100 == 0)
                VERIFY_OK((*writer)->commit());
        }
        Reply late = test::sampleReply(u"mirror_1"_s, Role::Mirror, 200, "the nEEdle came late");
        VERIFY_OK((*writer)->updateMirror({1200}, 0, late));
        VERIFY_OK((*writer)->close());
        auto reader = CaptureReader::open(file);
        VERIFY_OK(reader);
        QCOMPARE(found(**reader, "needle"), (QList<quint64>{3, 5, 700, 900, 901, 1200}));
        QCOMPARE(found(**reader, "needle", 700), (QList<quint64>{900, 901, 1200}));
        QCOMPARE(found(**reader, "in a large"), (QList<quint64>{900, 901}));
        QCOMPARE(found(**reader, "nowhere"), QList<quint64>());
        QCOMPARE(found(**reader, ""), QList<quint64>());
        QCOMPARE(found(**reader, "application/json").size(), kCount);
        int seen = 0;
        VERIFY_OK((*reader)->search("needle", [&](ExchangeId) { return ++seen < 2; }));
        QCOMPARE(seen, 2);
        std::stop_source stop;
        stop.request_stop();
        VERIFY_OK((*reader)->search(
            "needle",
            [&](ExchangeId) {
                ++seen;
                return true;
            },
            stop.get_token()));
        QCOMPARE(seen, 2);
    }
};

PARALLAX_TEST_MAIN(TestTrafficSearch)
#include "tst_traffic_search.moc"
