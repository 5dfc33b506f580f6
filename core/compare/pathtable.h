// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "compare/rulematcher.h"

#include <QByteArray>
#include <QHash>
#include <QString>

#include <vector>

namespace parallax::compare {

/// Numbers for path patterns with every index as `*`, so that figures of many answers are collected per pattern
/// without building a text for each value. Object keys beyond kMostKeys at one place (maps keyed by ids) share `*` as
/// well, so that the table stays bounded. Confined to one thread.
class PathTable
{
public:
    using Id = quint32;
    static constexpr Id kRoot = 0; ///< the whole body; its pattern is empty
    static constexpr quint32 kMostKeys = 256;
    static constexpr quint32 kMostPaths = 20'000;
    static constexpr Id kBeyond = 1; ///< everything when even the shared ones were too many

    explicit PathTable(const RuleMatcher &matcher);

    [[nodiscard]] Id member(Id parent, QByteArrayView rawKey, bool hasEscapes);
    [[nodiscard]] Id element(Id parent)
    {
        const Id known = m_nodes[parent].element;
        return known != kNone ? known : makeElement(parent);
    }
    /// A path outside of the body: `status`, a header's name.
    [[nodiscard]] Id named(const QString &name);
    [[nodiscard]] const QString &pattern(Id id) const { return m_nodes[id].pattern; }
    /// What the rules call the key that led here. Only of members that have an id to themselves.
    [[nodiscard]] RuleMatcher::Symbol symbol(Id id) const { return m_nodes[id].symbol; }
    /// Whether this id stands for several keys.
    [[nodiscard]] bool isShared(Id id) const { return m_nodes[id].isShared; }
    [[nodiscard]] quint32 size() const { return static_cast<quint32>(m_nodes.size()); }

private:
    static constexpr Id kNone = ~Id(0);

    struct Node
    {
        QString pattern;
        QByteArray key;
        std::vector<Id> members;     // in the order of first appearance
        QHash<QByteArray, Id> byKey; // filled when there are more than a few
        quint32 expected = 0;        // the member after the one found last: answers keep their key order
        Id element = kNone;
        Id others = kNone;
        RuleMatcher::Symbol symbol = 0;
        bool isShared = false;
    };

    [[nodiscard]] Id makeMember(Id parent, QByteArrayView key);
    [[nodiscard]] Id makeOthers(Id parent);
    [[nodiscard]] Id makeElement(Id parent);
    [[nodiscard]] Id add(Node node);

    const RuleMatcher &m_matcher;
    std::vector<Node> m_nodes;
    QHash<QString, Id> m_named;
};

} // namespace parallax::compare
