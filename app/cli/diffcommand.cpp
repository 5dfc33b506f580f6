// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "base/files.h"
#include "base/text.h"
#include "compare/diff.h"

#include <CLI/CLI.hpp>

#include <QJsonArray>

using namespace Qt::StringLiterals;

namespace parallax::cli {

namespace {

constexpr qint64 kMaxDocument = 64 * 1024 * 1024;

struct DiffOptions
{
    std::string left;
    std::string right;
    std::string rules;
};

QJsonObject toJson(const compare::Difference &difference)
{
    QJsonObject object{{u"path"_s, difference.path},
                       {u"kind"_s, toString(difference.kind)},
                       {u"left"_s, difference.left},
                       {u"right"_s, difference.right}};
    if (!difference.rightPath.isEmpty())
        object.insert(u"rightPath"_s, difference.rightPath);
    return object;
}

int diffDocuments(const Console &console, const DiffOptions &options)
{
    compare::Rules rules;
    if (!options.rules.empty()) {
        Result<compare::Rules> read = compare::loadRules(QString::fromStdString(options.rules));
        if (!read)
            return console.fail(read.error(), DoesNotHold);
        rules = *read;
    }
    const Result<QByteArray> left = base::readFile(QString::fromStdString(options.left), kMaxDocument);
    if (!left)
        return console.fail(left.error());
    const Result<QByteArray> right = base::readFile(QString::fromStdString(options.right), kMaxDocument);
    if (!right)
        return console.fail(right.error());

    const compare::Diff diff = compare::diff(*left, *right, rules);
    QJsonArray list;
    for (const compare::Difference &difference : diff.differences) {
        if (difference.isHidden())
            continue;
        if (console.json)
            list.append(toJson(difference));
        else
            console.print(base::escapeControls(u"%1: %2: %3 -> %4"_s.arg(difference.path, toString(difference.kind),
                                                                         difference.left, difference.right)));
    }
    if (console.json) {
        console.printJson(QJsonObject{
            {u"equal"_s, diff.isEqual()},
            {u"differences"_s, list},
            {u"count"_s, diff.real},
            {u"hiddenByRules"_s, diff.hidden},
            {u"complete"_s, !diff.isCut},
        });
    } else if (diff.isCut) {
        console.note(u"Further differences are not listed; %1 in all."_s.arg(diff.real));
    }
    return diff.isEqual() ? Done : DoesNotHold;
}

} // namespace

void addDiff(CLI::App &parser, Invocation &invocation)
{
    CLI::App *command = parser.add_subcommand("diff", "Compare two JSON or text documents; 0 equal, 1 different");
    auto options = std::make_shared<DiffOptions>();
    command->add_option("A", options->left, "The left document (baseline)")->required();
    command->add_option("B", options->right, "The right document")->required();
    command->add_option("--rules", options->rules, "Comparison rules, as in .parallax/compare/ENDPOINT.yaml")
        ->type_name("FILE");
    command->callback([&invocation, options] {
        invocation.run = [&invocation, options] { return diffDocuments(invocation.console, *options); };
    });
}

} // namespace parallax::cli
