// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "traffic/contentcoding.h"

#include "traffic/errors.h"

#include <zlib.h>
#include <zstd.h>

#include <memory>

using namespace Qt::StringLiterals;

namespace parallax::traffic {

namespace {

constexpr int kGzipWindow = 15 + 16;
constexpr int kZlibWindow = 15;
constexpr int kRawWindow = -15;
constexpr qint64 kRatioFreeBytes = 1024 * 1024;

bool passesCap(qint64 out, qint64 in)
{
    return out <= kMaxDecodedBytes && (out <= kRatioFreeBytes || out <= in * kMaxDecodedRatio);
}

tl::unexpected<Error> bomb()
{
    return fail(kDecompressionBomb, {{u"ratio"_s, kMaxDecodedRatio}});
}

Result<QByteArray> inflated(const QByteArray &bytes, int window)
{
    z_stream stream{};
    if (inflateInit2(&stream, window) != Z_OK)
        return fail(kCompressedInput, {}, u"zlib"_s);
    const std::unique_ptr<z_stream, void (*)(z_stream *)> guard(&stream, [](z_stream *s) { inflateEnd(s); });
    // zlib reads next_in without changing it
    stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(bytes.constData()));
    stream.avail_in = static_cast<uInt>(bytes.size());
    QByteArray out;
    QByteArray chunk(64 * 1024, Qt::Uninitialized);
    int code = Z_OK;
    while (code == Z_OK) {
        stream.next_out = reinterpret_cast<Bytef *>(chunk.data());
        stream.avail_out = static_cast<uInt>(chunk.size());
        code = inflate(&stream, Z_NO_FLUSH);
        out.append(chunk.constData(), chunk.size() - static_cast<qsizetype>(stream.avail_out));
        if (!passesCap(out.size(), bytes.size()))
            return bomb();
        if (code == Z_OK && stream.avail_in == 0 && stream.avail_out != 0)
            return fail(kCompressedInput, {}, u"ends early"_s);
    }
    if (code != Z_STREAM_END)
        return fail(kCompressedInput, {}, QString::fromUtf8(stream.msg == nullptr ? zError(code) : stream.msg));
    return out;
}

Result<QByteArray> unzstd(const QByteArray &bytes)
{
    const std::unique_ptr<ZSTD_DStream, std::size_t (*)(ZSTD_DStream *)> stream(ZSTD_createDStream(), ZSTD_freeDStream);
    ZSTD_inBuffer in{bytes.constData(), static_cast<std::size_t>(bytes.size()), 0};
    QByteArray out;
    QByteArray chunk(64 * 1024, Qt::Uninitialized);
    std::size_t left = 1;
    while (left != 0) {
        ZSTD_outBuffer piece{chunk.data(), static_cast<std::size_t>(chunk.size()), 0};
        const std::size_t before = in.pos;
        left = ZSTD_decompressStream(stream.get(), &piece, &in);
        if (ZSTD_isError(left))
            return fail(kCompressedInput, {}, QString::fromUtf8(ZSTD_getErrorName(left)));
        out.append(chunk.constData(), static_cast<qsizetype>(piece.pos));
        if (!passesCap(out.size(), bytes.size()))
            return bomb();
        if (left != 0 && in.pos == before && piece.pos == 0)
            return fail(kCompressedInput, {}, u"ends early"_s);
    }
    return out;
}

std::optional<QByteArray> deflated(const QByteArray &bytes, int window)
{
    z_stream stream{};
    if (deflateInit2(&stream, Z_BEST_SPEED, Z_DEFLATED, window, 8, Z_DEFAULT_STRATEGY) != Z_OK)
        return std::nullopt;
    QByteArray out(static_cast<qsizetype>(deflateBound(&stream, static_cast<uLong>(bytes.size()))), Qt::Uninitialized);
    stream.next_in = reinterpret_cast<Bytef *>(const_cast<char *>(bytes.constData()));
    stream.avail_in = static_cast<uInt>(bytes.size());
    stream.next_out = reinterpret_cast<Bytef *>(out.data());
    stream.avail_out = static_cast<uInt>(out.size());
    const int code = deflate(&stream, Z_FINISH);
    out.truncate(static_cast<qsizetype>(stream.total_out));
    deflateEnd(&stream);
    return code == Z_STREAM_END ? std::optional(out) : std::nullopt;
}

} // namespace

Result<QByteArray> decodeContent(const QByteArray &bytes, const QByteArray &coding)
{
    const QByteArray name = coding.trimmed().toLower();
    if (name == "gzip" || name == "x-gzip")
        return inflated(bytes, kGzipWindow);
    if (name == "deflate") { // zlib by the letter of the RFC, raw by many servers
        Result<QByteArray> wrapped = inflated(bytes, kZlibWindow);
        return wrapped || wrapped.error().code == kDecompressionBomb ? wrapped : inflated(bytes, kRawWindow);
    }
    if (name == "zstd")
        return unzstd(bytes);
    return fail(kCompressedInput, {}, QString::fromLatin1(coding));
}

std::optional<QByteArray> encodeContent(const QByteArray &bytes, const QByteArray &coding)
{
    const QByteArray name = coding.trimmed().toLower();
    if (name == "gzip" || name == "x-gzip")
        return deflated(bytes, kGzipWindow);
    if (name == "deflate")
        return deflated(bytes, kZlibWindow);
    if (name == "zstd") {
        QByteArray out(static_cast<qsizetype>(ZSTD_compressBound(static_cast<std::size_t>(bytes.size()))),
                       Qt::Uninitialized);
        const std::size_t size = ZSTD_compress(out.data(), static_cast<std::size_t>(out.size()), bytes.constData(),
                                               static_cast<std::size_t>(bytes.size()), 1);
        if (ZSTD_isError(size))
            return std::nullopt;
        out.truncate(static_cast<qsizetype>(size));
        return out;
    }
    return std::nullopt;
}

} // namespace parallax::traffic
