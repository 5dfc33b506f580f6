// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "compare/pathpattern.h"

#include <QList>
#include <QStringView>

using namespace Qt::StringLiterals;

namespace parallax::compare {

QString pointerSegment(QByteArrayView key)
{
    QString text = QString::fromUtf8(key);
    text.replace(u'~', "~0"_L1);
    text.replace(u'/', "~1"_L1);
    return u'/' + text;
}

std::optional<PathPattern> PathPattern::parse(QStringView text)
{
    PathPattern pattern;
    if (text.isEmpty())
        return pattern;
    if (text.front() != u'/')
        return std::nullopt;
    const auto parts = text.sliced(1).split(u'/');
    for (const QStringView part : parts) {
        if (part == u"*") {
            pattern.m_segments.push_back({Segment::Kind::One, {}});
            continue;
        }
        if (part == u"**") {
            // Two of them in a row say no more than one.
            if (pattern.m_segments.empty() || pattern.m_segments.back().kind != Segment::Kind::Any)
                pattern.m_segments.push_back({Segment::Kind::Any, {}});
            continue;
        }
        QString literal;
        for (qsizetype i = 0; i < part.size(); ++i) {
            if (part[i] != u'~') {
                literal += part[i];
                continue;
            }
            ++i;
            if (i == part.size() || (part[i] != u'0' && part[i] != u'1'))
                return std::nullopt;
            literal += part[i] == u'0' ? u'~' : u'/';
        }
        pattern.m_segments.push_back({Segment::Kind::Literal, literal.toUtf8()});
    }
    return pattern;
}

bool PathPattern::covers(const PathPattern &other) const
{
    // reached[p]: what was read of `other` so far can bring this pattern to position p.
    using Kind = Segment::Kind;
    const std::size_t length = m_segments.size();
    std::vector<bool> reached(length + 1);
    const auto close = [this, length](std::vector<bool> &positions) {
        for (std::size_t p = 0; p < length; ++p) {
            if (positions[p] && m_segments[p].kind == Kind::Any)
                positions[p + 1] = true;
        }
    };
    reached[0] = true;
    close(reached);
    for (const Segment &segment : other.m_segments) {
        std::vector<bool> next(length + 1);
        for (std::size_t p = 0; p < length; ++p) {
            if (!reached[p])
                continue;
            if (m_segments[p].kind == Kind::Any)
                next[p] = true;
            else if (segment.kind != Kind::Any && (m_segments[p].kind == Kind::One || m_segments[p] == segment))
                next[p + 1] = true;
        }
        next[length] = next[length] || reached[length]; // below a match
        close(next);
        reached = std::move(next);
    }
    return reached[length];
}

} // namespace parallax::compare
