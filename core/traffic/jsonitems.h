// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "traffic/importer.h"

#include <vector>

namespace parallax::traffic {

/// The items of one list inside a JSON document of any size, as text, one after another: `{"log": {"entries": [..]}}`
/// by the path `log`, `entries`, or the top-level list by an empty path. What lies around the list is skipped without
/// being held; memory is bounded by one item. Cuts without judging: items are parsed by whoever takes them. Not owned:
/// the device.
class JsonItems
{
public:
    JsonItems(QIODevice &device, QByteArrayList path, qint64 maxBytes = kMaxRecordBytes);

    enum class Next {
        Item,
        TooLarge, ///< skipped
        End,      ///< of the list
        Missing,  ///< the document has no such list
        Broken,   ///< the document ends, or is no JSON, before the end of the list
    };
    [[nodiscard]] Next next();
    /// Valid until next(); followed by LineReader::kPadding readable bytes.
    [[nodiscard]] QByteArrayView item() const { return m_item; }
    /// Where the item begins, from 1.
    [[nodiscard]] int line() const { return m_itemLine; }

private:
    [[nodiscard]] bool fill();
    [[nodiscard]] int peek();
    void skipSpace();
    bool skipString();
    bool skipValue();
    bool readKey(QByteArray &key);
    Next enterList();
    void countLinesTo(std::size_t to);

    QIODevice &m_device;
    QByteArrayList m_path;
    std::size_t m_maxBytes;
    std::vector<char> m_buffer;
    std::size_t m_at = 0;   // next byte
    std::size_t m_keep = 0; // start of the item being collected, or m_at
    std::size_t m_end = 0;
    std::size_t m_counted = 0; // lines up to here are in m_line
    bool m_isCollecting = false;
    bool m_isTooLarge = false;
    bool m_isInList = false;
    bool m_isDone = false;
    QByteArrayView m_item;
    int m_line = 1;
    int m_itemLine = 1;
};

} // namespace parallax::traffic
