// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <memory>
#include <optional>
#include <vector>

namespace parallax::traffic {

/// Compresses many small pieces with zstd and, once there is one, a shared dictionary. Holds its context and its output
/// between calls; one thread at a time.
class ZstdCompressor
{
public:
    explicit ZstdCompressor(int level);
    ~ZstdCompressor();
    ZstdCompressor(const ZstdCompressor &) = delete;
    ZstdCompressor &operator=(const ZstdCompressor &) = delete;

    void setDictionary(const QByteArray &dictionary);
    [[nodiscard]] bool hasDictionary() const;
    /// The frame, valid until the next call. Frames carry no dictionary id: the capture's row names it.
    [[nodiscard]] QByteArrayView compress(QByteArrayView bytes, bool withDictionary);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

/// The reverse. The size a frame claims is checked against `maxBytes` before anything is allocated.
class ZstdDecompressor
{
public:
    ZstdDecompressor();
    ~ZstdDecompressor();
    ZstdDecompressor(const ZstdDecompressor &) = delete;
    ZstdDecompressor &operator=(const ZstdDecompressor &) = delete;

    void addDictionary(qint64 id, const QByteArray &dictionary);
    [[nodiscard]] bool hasDictionary(qint64 id) const;
    /// Valid until the next call; nothing when the frame is damaged, too large, or its dictionary (0 = none) unknown.
    [[nodiscard]] std::optional<QByteArrayView> decompress(QByteArrayView frame, qint64 dictionary, qint64 maxBytes);

private:
    struct Private;
    std::unique_ptr<Private> d;
};

/// Trains a dictionary of at most `maxBytes` on the samples, to be used at `level`; empty when they have too little in
/// common.
[[nodiscard]] QByteArray trainDictionary(const std::vector<QByteArray> &samples, qsizetype maxBytes, int level);

} // namespace parallax::traffic
