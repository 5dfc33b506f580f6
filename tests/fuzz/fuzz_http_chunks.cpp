// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as a chunked body: how they are cut makes no difference, and what was taken off, coded anew, is the same.
#include "http/bodydecoder.h"
#include "http/headwriter.h"

#include <cstdio>
#include <cstdlib>

using namespace parallax;

namespace {

void require(bool holds, const char *what)
{
    if (!holds) {
        std::fprintf(stderr, "does not hold: %s\n", what);
        std::abort();
    }
}

struct Outcome
{
    QByteArray body;
    qsizetype taken = 0;
    bool isComplete = false;
    bool isBad = false;
};

Outcome decode(QByteArrayView bytes, qsizetype step)
{
    static const http::Limits limits;
    http::BodyDecoder decoder(limits, http::Framing::Chunked, 0, 1'000'000);
    Outcome out;
    for (qsizetype at = 0; at < bytes.size() && !decoder.isComplete() && decoder.problem() == http::Problem::None;
         at += step) {
        const QByteArrayView part = bytes.sliced(at, qMin(step, bytes.size() - at));
        const qsizetype taken = decoder.decode(part, out.body);
        require(taken >= 0 && taken <= part.size(), "taken");
        require(taken == part.size() || decoder.isComplete() || decoder.problem() != http::Problem::None, "stuck");
        out.taken += taken;
    }
    out.isComplete = decoder.isComplete();
    out.isBad = decoder.problem() != http::Problem::None;
    require(!(out.isComplete && out.isBad), "complete and bad");
    return out;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    if (size < 1)
        return 0;
    const QByteArrayView bytes(data + 1, static_cast<qsizetype>(size - 1));
    const Outcome whole = decode(bytes, qMax<qsizetype>(bytes.size(), 1));
    const Outcome pieces = decode(bytes, 1 + data[0] % 16);
    require(whole.isComplete == pieces.isComplete, "pieces make a difference");
    if (!whole.isComplete)
        return 0;
    require(whole.body == pieces.body && whole.taken == pieces.taken, "pieces give another body");
    QByteArray coded;
    if (!whole.body.isEmpty())
        coded = http::chunkStart(whole.body.size()) + whole.body + QByteArray("\r\n");
    coded += "0\r\n\r\n";
    const Outcome again = decode(coded, coded.size());
    require(again.isComplete && again.body == whole.body, "coded anew");
    return 0;
}
