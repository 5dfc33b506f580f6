// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "compare/pathtable.h"

#include "compare/json.h"

using namespace Qt::StringLiterals;

namespace parallax::compare {

namespace {

constexpr std::size_t kFewMembers = 16; // up to here a scan is quicker than a hash

} // namespace

PathTable::PathTable(const RuleMatcher &matcher)
    : m_matcher(matcher)
{
    m_nodes.resize(2);
    Node &beyond = m_nodes[kBeyond];
    beyond.pattern = u"/**"_s;
    beyond.isShared = true;
    beyond.element = beyond.others = kBeyond;
}

PathTable::Id PathTable::add(Node node)
{
    m_nodes.push_back(std::move(node));
    return static_cast<Id>(m_nodes.size() - 1);
}

PathTable::Id PathTable::member(Id parent, QByteArrayView rawKey, bool hasEscapes)
{
    const QByteArray unescaped = hasEscapes ? unescapeJson(rawKey) : QByteArray();
    const QByteArrayView key = hasEscapes ? QByteArrayView(unescaped) : rawKey;
    Node &node = m_nodes[parent];
    if (node.expected < node.members.size()) {
        const Id guess = node.members[node.expected];
        if (m_nodes[guess].key == key) {
            ++node.expected;
            return guess;
        }
    }
    if (node.members.size() <= kFewMembers) {
        for (std::size_t i = 0; i < node.members.size(); ++i) {
            if (m_nodes[node.members[i]].key == key) {
                node.expected = static_cast<quint32>(i + 1);
                return node.members[i];
            }
        }
    } else {
        const auto found = node.byKey.constFind(QByteArray::fromRawData(key.data(), key.size()));
        if (found != node.byKey.constEnd())
            return *found;
    }
    return node.members.size() < kMostKeys && m_nodes.size() < kMostPaths ? makeMember(parent, key)
                                                                          : makeOthers(parent);
}

PathTable::Id PathTable::makeMember(Id parent, QByteArrayView key)
{
    Node child;
    child.pattern = m_nodes[parent].pattern + pointerSegment(key);
    child.key = key.toByteArray();
    child.symbol = m_matcher.symbol(key);
    const Id id = add(std::move(child));
    Node &node = m_nodes[parent];
    node.members.push_back(id);
    node.expected = static_cast<quint32>(node.members.size());
    if (node.members.size() == kFewMembers + 1) {
        for (const Id existing : node.members)
            node.byKey.insert(m_nodes[existing].key, existing);
    } else if (node.members.size() > kFewMembers) {
        node.byKey.insert(m_nodes[id].key, id);
    }
    return id;
}

PathTable::Id PathTable::makeOthers(Id parent)
{
    if (m_nodes[parent].others != kNone)
        return m_nodes[parent].others;
    if (m_nodes.size() >= 2 * kMostPaths)
        return kBeyond;
    Node shared;
    shared.pattern = m_nodes[parent].pattern + u"/*"_s;
    shared.isShared = true;
    const Id id = add(std::move(shared));
    m_nodes[parent].others = id;
    return id;
}

PathTable::Id PathTable::makeElement(Id parent)
{
    if (m_nodes.size() >= 2 * kMostPaths)
        return kBeyond;
    Node child;
    child.pattern = m_nodes[parent].pattern + u"/*"_s;
    const Id id = add(std::move(child));
    m_nodes[parent].element = id;
    return id;
}

PathTable::Id PathTable::named(const QString &name)
{
    const auto found = m_named.constFind(name);
    if (found != m_named.constEnd())
        return *found;
    Node node;
    node.pattern = name;
    const Id id = add(std::move(node));
    m_named.insert(name, id);
    return id;
}

} // namespace parallax::compare
