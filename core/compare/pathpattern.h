// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Paths into JSON: RFC 6901 pointers, and patterns of them with `*` (one key or index) and `**` (none or more).
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QString>
#include <QStringView>

#include <optional>
#include <vector>

namespace parallax::compare {

/// `~` and `/` of a key as a pointer spells them, with the slash before it. Bytes that are no UTF-8 become U+FFFD.
[[nodiscard]] QString pointerSegment(QByteArrayView key);

/// A parsed pattern. A value. The empty text is the pattern of the whole document.
class PathPattern
{
public:
    struct Segment
    {
        enum class Kind { Literal, One, Any };
        Kind kind = Kind::Literal;
        QByteArray literal; ///< UTF-8, unescaped
        friend bool operator==(const Segment &, const Segment &) = default;
    };

    PathPattern() = default;
    /// None for a text that is neither empty nor begins with `/`, or has a `~` not followed by 0 or 1.
    [[nodiscard]] static std::optional<PathPattern> parse(QStringView text);

    [[nodiscard]] const std::vector<Segment> &segments() const { return m_segments; }
    /// Whether every path that `other` matches is matched by this pattern, or lies below a path that is.
    [[nodiscard]] bool covers(const PathPattern &other) const;

    friend bool operator==(const PathPattern &, const PathPattern &) = default;

private:
    std::vector<Segment> m_segments;
};

} // namespace parallax::compare
