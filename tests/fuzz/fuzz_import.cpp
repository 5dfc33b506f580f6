// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as a file of one import format (PARALLAX_FUZZ_FORMAT). What must hold is checked with traps: the counts are
// right, what was read survives a capture's payload unchanged, is written as NDJSON that can be read again, and has
// nothing left to redact once it was redacted.
#include "traffic/importer.h"
#include "traffic/ndjson.h"
#include "traffic/payload.h"
#include "traffic/redaction.h"

#include <QBuffer>

#include <cstdio>
#include <cstdlib>

using namespace parallax;
using namespace parallax::traffic;

namespace {

void require(bool holds, const char *what)
{
    if (!holds) {
        std::fprintf(stderr, "does not hold: %s\n", what);
        std::abort();
    }
}

void check(const Exchange &exchange, Redactor &redactor)
{
    std::string payload;
    encodeExchange(exchange, payload, {});
    Exchange back;
    back.mirrors.resize(exchange.mirrors.size());
    require(decodeExchange({payload.data(), static_cast<qsizetype>(payload.size())}, back, {}),
            "a payload is readable");
    require(back.headers == exchange.headers && back.body == exchange.body, "a payload keeps the request");
    require(back.primary.headers == exchange.primary.headers && back.primary.body == exchange.primary.body,
            "a payload keeps the answer");
    const QByteArray line = toNdjson(exchange);
    require(line.count('\n') == 1 && line.endsWith('\n'), "NDJSON is one line");
    const Result<Exchange> again = exchangeFromNdjson(line.chopped(1));
    require(again.has_value(), "NDJSON can be read again");
    require(again->body.bytes == exchange.body.bytes, "NDJSON keeps bodies");
    require(again->mirrors.size() == exchange.mirrors.size(), "NDJSON keeps mirrors");
    if (const std::optional<Exchange> once = redactor.redacted(exchange)) {
        const std::optional<Exchange> twice = redactor.redacted(*once);
        require(!twice || *twice == *once, "redacting is done once");
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char *data, std::size_t size)
{
    static const Importer *importer = importerNamed(QStringLiteral(PARALLAX_FUZZ_FORMAT));
    static Redactor redactor(RedactionRules::defaults(), "key");
    QByteArray bytes(reinterpret_cast<const char *>(data), static_cast<qsizetype>(size));
    (void)detectImporter(bytes, QStringLiteral("file"));
    QBuffer buffer(&bytes);
    buffer.open(QIODevice::ReadOnly);
    qint64 seen = 0;
    const Result<ImportSummary> summary = importer->read(buffer,
                                                         [&](Exchange &&exchange) {
                                                             ++seen;
                                                             check(exchange, redactor);
                                                             return seen < 1000;
                                                         },
                                                         {});
    require(!summary || summary->read == seen, "everything read is handed on");
    if (summary) {
        qint64 counted = 0;
        for (const auto &[code, count] : summary->counts)
            counted += count;
        require(counted == summary->skipped, "everything skipped has a reason");
    }
    return 0;
}
