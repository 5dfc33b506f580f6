// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QIODevice>

#include <memory>

namespace parallax::traffic {

/// Reads a gzip file (RFC 1952, several members too) as the bytes inside. Sequential, memory bounded by two buffers.
/// A file that grows beyond kMaxRatio times its packed size (after the first 64 MiB) ends with an error: bomb().
/// Owns the packed device.
class GzipDevice final : public QIODevice
{
    Q_OBJECT

public:
    static constexpr qint64 kMaxRatio = 200;

    [[nodiscard]] static bool isGzip(QByteArrayView head) { return head.startsWith("\x1f\x8b"); }

    explicit GzipDevice(std::unique_ptr<QIODevice> packed);
    ~GzipDevice() override;

    [[nodiscard]] bool isSequential() const override { return true; }
    [[nodiscard]] bool atEnd() const override;
    /// Why the bytes ended before the file did.
    [[nodiscard]] bool isBomb() const;
    [[nodiscard]] bool isDamaged() const;
    /// How far the packed file is read, for progress, and its size.
    [[nodiscard]] qint64 packedPosition() const;
    [[nodiscard]] qint64 packedSize() const;

protected:
    qint64 readData(char *data, qint64 maxSize) override;
    qint64 writeData(const char *data, qint64 maxSize) override;

private:
    struct Private;
    std::unique_ptr<Private> d;
};

} // namespace parallax::traffic
