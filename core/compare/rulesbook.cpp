// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "compare/rulesbook.h"

#include "compare/outcome.h"

#include <QFileInfo>

#include <algorithm>

namespace parallax::compare {

RulesBook::RulesBook(QString repositoryRoot)
    : m_root(std::move(repositoryRoot))
{}

void RulesBook::setForAll(Rules rules)
{
    const std::lock_guard lock(m_mutex);
    m_forAll = std::make_shared<const Rules>(std::move(rules));
}

RulesBook::Entry RulesBook::entry(const QString &endpoint) const
{
    const std::lock_guard lock(m_mutex);
    if (m_forAll)
        return {m_forAll, std::nullopt};
    if (const auto known = m_entries.constFind(endpoint); known != m_entries.constEnd())
        return *known;
    Entry entry{std::make_shared<const Rules>(), std::nullopt};
    const QString path = rulesPath(m_root, endpoint);
    if (!m_root.isEmpty() && !endpoint.contains(u'/') && QFileInfo::exists(path)) {
        if (Result<Rules> read = loadRules(path))
            entry.rules = std::make_shared<const Rules>(std::move(*read));
        else
            entry.problem = read.error();
    }
    m_entries.insert(endpoint, entry);
    return entry;
}

std::shared_ptr<const Rules> RulesBook::rules(const QString &endpoint) const
{
    return entry(endpoint).rules;
}

std::optional<Error> RulesBook::problem(const QString &endpoint) const
{
    return entry(endpoint).problem;
}

void RulesBook::forget()
{
    const std::lock_guard lock(m_mutex);
    m_entries.clear();
}

void judgeInto(traffic::Exchange &exchange, const Rules &rules)
{
    const std::vector<PairResult> results = judge(exchange, rules);
    for (const PairResult &result : results) {
        const auto mirror =
            std::find_if(exchange.mirrors.begin(), exchange.mirrors.end(),
                         [&result](const traffic::Reply &reply) { return reply.name == result.mirror; });
        if (mirror == exchange.mirrors.end())
            continue;
        mirror->outcome = result.outcome;
        mirror->differences = result.diff.real;
    }
}

} // namespace parallax::compare
