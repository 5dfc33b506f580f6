// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "traffic/gzipdevice.h"

#include <zlib.h>

using namespace Qt::StringLiterals;

namespace parallax::traffic {

namespace {

constexpr int kGzipWindow = 15 + 16;
constexpr qint64 kRatioFreeBytes = 64 * 1024 * 1024;
constexpr qsizetype kBufferBytes = 128 * 1024;

} // namespace

struct GzipDevice::Private
{
    std::unique_ptr<QIODevice> packed;
    z_stream stream{};
    QByteArray buffer{kBufferBytes, Qt::Uninitialized};
    qint64 in = 0;
    qint64 out = 0;
    bool isEnded = false;
    bool isBomb = false;
    bool isDamaged = false;
    bool isInMember = false;

    /// More packed bytes; false at the end of the file.
    bool fill()
    {
        if (stream.avail_in > 0)
            return true;
        const qint64 got = packed->read(buffer.data(), buffer.size());
        if (got <= 0)
            return false;
        in += got;
        stream.next_in = reinterpret_cast<Bytef *>(buffer.data());
        stream.avail_in = static_cast<uInt>(got);
        return true;
    }
};

GzipDevice::GzipDevice(std::unique_ptr<QIODevice> packed)
    : d(std::make_unique<Private>())
{
    d->packed = std::move(packed);
    inflateInit2(&d->stream, kGzipWindow);
}

GzipDevice::~GzipDevice()
{
    inflateEnd(&d->stream);
}

bool GzipDevice::atEnd() const
{
    return d->isEnded && QIODevice::atEnd();
}

bool GzipDevice::isBomb() const
{
    return d->isBomb;
}

bool GzipDevice::isDamaged() const
{
    return d->isDamaged;
}

qint64 GzipDevice::packedPosition() const
{
    return d->in;
}

qint64 GzipDevice::packedSize() const
{
    return d->packed->size();
}

qint64 GzipDevice::readData(char *data, qint64 maxSize)
{
    if (d->isEnded)
        return -1;
    d->stream.next_out = reinterpret_cast<Bytef *>(data);
    const auto wanted = static_cast<uInt>(std::min<qint64>(maxSize, 1 << 20));
    d->stream.avail_out = wanted;
    while (d->stream.avail_out == wanted && !d->isEnded) {
        if (!d->fill()) {
            d->isEnded = true;
            d->isDamaged = d->isInMember;
            break;
        }
        d->isInMember = true;
        const int code = inflate(&d->stream, Z_NO_FLUSH);
        if (code == Z_STREAM_END) {
            d->isInMember = false;
            inflateReset(&d->stream); // another member may follow
        } else if (code != Z_OK && code != Z_BUF_ERROR) {
            // Zeros, or anything else, after the last member is padding and not damage.
            d->isDamaged = d->out + (wanted - d->stream.avail_out) == 0 || d->stream.total_out > 0;
            d->isEnded = true;
        }
    }
    const qint64 got = wanted - d->stream.avail_out;
    d->out += got;
    if (d->out > kRatioFreeBytes && d->out > d->in * kMaxRatio) {
        d->isBomb = true;
        d->isEnded = true;
    }
    if (d->isBomb)
        setErrorString(u"unpacks to more than %1 times its size"_s.arg(kMaxRatio));
    else if (d->isDamaged)
        setErrorString(u"damaged gzip data"_s);
    return got == 0 && d->isEnded ? -1 : got;
}

qint64 GzipDevice::writeData(const char *, qint64)
{
    return -1;
}

} // namespace parallax::traffic
