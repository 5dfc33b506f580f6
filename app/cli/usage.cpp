// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/usage.h"

#include <numeric>

using namespace Qt::StringLiterals;

namespace parallax::cli {

namespace {

/// Levenshtein's distance of two short words.
int distance(const std::string &a, const std::string &b)
{
    std::vector<int> row(b.size() + 1);
    std::iota(row.begin(), row.end(), 0);
    for (std::size_t i = 1; i <= a.size(); ++i) {
        int diagonal = row[0];
        row[0] = static_cast<int>(i);
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const int change = diagonal + (a[i - 1] == b[j - 1] ? 0 : 1);
            diagonal = row[j];
            row[j] = std::min({change, row[j] + 1, row[j - 1] + 1});
        }
    }
    return row.back();
}

/// The command that the word was probably meant to be, or empty.
std::string nearest(const CLI::App &command, const std::string &word)
{
    std::string best;
    int least = 3; // more than two slips are another word
    for (const CLI::App *one : command.get_subcommands(nullptr)) {
        const std::string &name = one->get_name();
        const int slips = name.rfind(word, 0) == 0 && word.size() > 1 ? 1 : distance(name, word);
        if (slips < least) {
            least = slips;
            best = name;
        }
    }
    return best;
}

} // namespace

QString usageFault(const CLI::App &parser, const CLI::ParseError &error)
{
    const CLI::App *command = &parser;
    while (!command->get_subcommands().empty())
        command = command->get_subcommands().front();
    const std::vector<std::string> rest = parser.remaining(true);
    const auto word =
        std::find_if(rest.begin(), rest.end(), [](const std::string &one) { return one.rfind('-', 0) != 0; });
    const bool takesCommand = !command->get_subcommands(nullptr).empty();
    if (takesCommand && word != rest.end()) {
        const QString typed = QString::fromStdString(*word);
        const QString whole = command == &parser ? typed : QString::fromStdString(command->get_name()) + u' ' + typed;
        const std::string meant = nearest(*command, *word);
        return meant.empty() ? u"There is no command %1"_s.arg(whole)
                             : u"There is no command %1; did you mean %2?"_s.arg(whole, QString::fromStdString(meant));
    }
    if (takesCommand && rest.empty() && error.get_name() == "RequiredError") {
        QStringList names;
        for (const CLI::App *one : command->get_subcommands(nullptr)) {
            if (!one->get_group().empty())
                names += QString::fromStdString(one->get_name());
        }
        return u"A command is missing: %1"_s.arg(names.join(u", "_s));
    }
    QString text = QString::fromUtf8(error.what());
    text.replace(u'\n', u' ');
    return text.trimmed();
}

CLI::Validator wholeNumber(qint64 least)
{
    return CLI::Validator(
        [least](std::string &text) {
            bool isNumber = false;
            const qint64 number = QString::fromStdString(text).toLongLong(&isNumber);
            return isNumber && number >= least
                       ? std::string()
                       : u"%1 is not a whole number from %2 on"_s.arg(QString::fromStdString(text))
                             .arg(least)
                             .toStdString();
        },
        std::string());
}

CLI::Validator notNegative()
{
    return CLI::Validator(
        [](std::string &text) {
            bool isNumber = false;
            const double number = QString::fromStdString(text).toDouble(&isNumber);
            return isNumber && number >= 0
                       ? std::string()
                       : u"%1 is not a number from 0 on"_s.arg(QString::fromStdString(text)).toStdString();
        },
        std::string());
}

} // namespace parallax::cli
