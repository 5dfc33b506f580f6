// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compare/ruleseditor.h"

#include "compare/rulesedit.h"

#include <QDir>
#include <QFileInfo>

#include <algorithm>

namespace parallax::ui {

namespace {

constexpr qint64 kMostBytes = 4 * 1024 * 1024;

/// From the root of the repository.
QString pathOf(const repository::Repository &repository, const QString &endpoint)
{
    return QDir(repository.root()).relativeFilePath(compare::rulesPath(repository.root(), endpoint));
}

Result<std::optional<QByteArray>> read(const repository::Repository &repository, const QString &path)
{
    const Result<QString> full = repository.resolve(path);
    if (!full)
        return fail(full.error());
    if (!QFileInfo::exists(*full))
        return std::optional<QByteArray>();
    const Result<QByteArray> bytes = repository.readFile(path, kMostBytes);
    if (!bytes)
        return fail(bytes.error());
    return std::optional(*bytes);
}

/// Of the first rule of the file that is meant.
template<class Predicate>
std::optional<std::size_t> placeOf(const QByteArray &file, const QString &endpoint, Predicate isMeant)
{
    const std::vector<compare::Rule> rules = compare::readRules(file, endpoint).rules.rules;
    const auto at = std::find_if(rules.begin(), rules.end(), isMeant);
    if (at == rules.end())
        return std::nullopt;
    return static_cast<std::size_t>(at - rules.begin());
}

/// `bytes` none: there shall be no file.
Status write(const repository::Repository &repository, const QString &path, const std::optional<QByteArray> &expected,
             const std::optional<QByteArray> &bytes)
{
    if (bytes)
        return repository.saveFile(path, *bytes, expected);
    return repository.removeFile(path, expected.value_or(QByteArray()));
}

} // namespace

RulesEditor::RulesEditor(QObject *parent)
    : QObject(parent)
{}

void RulesEditor::setRepository(const std::optional<repository::Repository> &repository, bool isReadOnly)
{
    m_repository = repository;
    m_isReadOnly = isReadOnly;
    ++m_generation;
    m_done.clear();
    m_undone.clear();
}

void RulesEditor::add(const QString &endpoint, const compare::Rule &rule)
{
    change(endpoint, [endpoint, rule](const QByteArray &file) -> Result<QByteArray> {
        const std::optional<std::size_t> at = placeOf(file, endpoint, [&rule](const compare::Rule &one) {
            return one.kind == rule.kind && one.path == rule.path;
        });
        if (!at)
            return compare::withRule(file, rule);
        const Result<QByteArray> without = compare::withoutRule(file, *at);
        return without ? compare::withRule(*without, rule, at) : without;
    });
}

void RulesEditor::remove(const QString &endpoint, const compare::Rule &rule)
{
    change(endpoint, [endpoint, text = compare::ruleText(rule)](const QByteArray &file) -> Result<QByteArray> {
        const std::optional<std::size_t> at =
            placeOf(file, endpoint, [&text](const compare::Rule &one) { return compare::ruleText(one) == text; });
        return at ? compare::withoutRule(file, *at) : file; // else another program was faster
    });
}

void RulesEditor::change(const QString &endpoint, Edit edit)
{
    if (!isFor(endpoint))
        return;
    m_queue.run([this, repository = *m_repository, generation = m_generation, endpoint,
                 edit = std::move(edit)]() -> base::TaskQueue::Answer {
        const QString path = pathOf(repository, endpoint);
        Change done{endpoint, std::nullopt, std::nullopt};
        Status status;
        if (const auto before = read(repository, path); !before) {
            status = fail(before.error());
        } else if (const Result<QByteArray> after = edit(before->value_or(QByteArray())); !after) {
            status = fail(after.error());
        } else {
            done.before = *before;
            done.after = *after;
            if (done.before != done.after)
                status = write(repository, path, done.before, done.after);
        }
        return [this, generation, done = std::move(done), status] {
            if (!status) {
                Q_EMIT failed(status.error());
                return;
            }
            if (generation == m_generation && done.before != done.after) {
                m_undone.clear();
                m_done.push_back(done);
                if (m_done.size() > kDepth)
                    m_done.erase(m_done.begin());
            }
            Q_EMIT saved(done.endpoint);
        };
    });
}

void RulesEditor::undo()
{
    step(m_done, m_undone);
}

void RulesEditor::redo()
{
    step(m_undone, m_done);
}

void RulesEditor::step(std::vector<Change> &from, std::vector<Change> &to)
{
    if (from.empty() || !m_repository || m_isReadOnly)
        return;
    const Change taken = from.back();
    from.pop_back();
    m_queue.run([this, repository = *m_repository, generation = m_generation, taken, &to]() -> base::TaskQueue::Answer {
        const Status status = write(repository, pathOf(repository, taken.endpoint), taken.after, taken.before);
        return [this, generation, taken, status, &to] {
            if (!status) {
                Q_EMIT failed(status.error());
                return;
            }
            if (generation == m_generation)
                to.push_back({taken.endpoint, taken.after, taken.before});
            Q_EMIT saved(taken.endpoint);
        };
    });
}

} // namespace parallax::ui
