// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/completion.h"

using namespace Qt::StringLiterals;

namespace parallax::cli {

namespace {

using Kind = Completion::Kind;

/// Walks over the words before the cursor as the parser would.
class Walk
{
public:
    explicit Walk(const CLI::App &parser)
        : m_command(&parser)
    {}

    void pass(const QString &word)
    {
        if (m_awaits != nullptr) {
            remember(nameOf(*m_awaits), word);
            m_awaits = nullptr;
        } else if (word.startsWith("--"_L1)) {
            const QString name = word.section(u'=', 0, 0).mid(2);
            const CLI::Option *option = optionNamed(name);
            m_given += name;
            if (option != nullptr && option->get_items_expected_max() > 0) {
                if (word.contains(u'='))
                    remember(name, word.section(u'=', 1));
                else
                    m_awaits = option;
            }
        } else if (const CLI::App *next = commandNamed(word); next != nullptr && m_positional == 0) {
            m_command = next;
        } else if (const CLI::Option *option = positional()) {
            remember(nameOf(*option), word);
            ++m_positional;
        }
    }

    [[nodiscard]] Completion at(const QString &word)
    {
        if (m_awaits != nullptr)
            return valueOf(nameOf(*m_awaits));
        if (word.startsWith("--"_L1) && word.contains(u'='))
            return valueOf(word.mid(2).section(u'=', 0, 0));
        if (word.startsWith(u'-'))
            return options();
        const bool takesCommand = !m_command->get_subcommands(nullptr).empty();
        if (takesCommand)
            return commands();
        const CLI::Option *option = positional();
        return option == nullptr ? options() : valueOf(nameOf(*option));
    }

private:
    [[nodiscard]] static QString nameOf(const CLI::Option &option)
    {
        return option.get_lnames().empty() ? QString::fromStdString(option.get_name(true))
                                           : QString::fromStdString(option.get_lnames().front());
    }

    /// Of the command or those above it, whose options may follow too.
    [[nodiscard]] const CLI::Option *optionNamed(const QString &name) const
    {
        for (const CLI::App *command = m_command; command != nullptr; command = command->get_parent()) {
            if (const CLI::Option *option = command->get_option_no_throw("--" + name.toStdString()))
                return option;
        }
        return nullptr;
    }

    [[nodiscard]] const CLI::App *commandNamed(const QString &name) const
    {
        for (const CLI::App *one : m_command->get_subcommands(nullptr)) {
            if (one->check_name(name.toStdString()))
                return one;
        }
        return nullptr;
    }

    [[nodiscard]] const CLI::Option *positional() const
    {
        const CLI::Option *last = nullptr;
        int index = 0;
        for (const CLI::Option *option : m_command->get_options(nullptr)) {
            if (!option->get_positional())
                continue;
            last = option;
            if (index++ == m_positional)
                return option;
        }
        // One that repeats takes all that follows.
        return last != nullptr && last->get_items_expected_max() > 1 ? last : nullptr;
    }

    void remember(const QString &name, const QString &value)
    {
        const bool isEndpoint = name == "endpoint"_L1 || name == "ENDPOINT"_L1;
        if (isEndpoint)
            m_known.endpoint = value;
        else if (name == "deployment"_L1)
            m_known.deployment = value;
        else if (name == "repo"_L1)
            m_known.repository = value;
    }

    [[nodiscard]] Completion valueOf(const QString &name) const
    {
        const bool isMirrorCommand =
            m_command->get_parent() != nullptr && m_command->get_parent()->get_name() == "mirror";
        const bool isEndpointCommand =
            m_command->get_parent() != nullptr && m_command->get_parent()->get_name() == "endpoint";
        const bool isNew = m_command->get_name() == "add" || m_command->get_name() == "create";
        Completion found = m_known;
        found.kind = Kind::Nothing;
        const QStringList files{u"PATH"_s, u"FILE"_s,  u"SOURCE"_s, u"CAPTURE"_s, u"A"_s,  u"B"_s,
                                u"out"_s,  u"rules"_s, u"report"_s, u"capture"_s, u"log"_s};
        if (name == "repo"_L1)
            found.kind = Kind::Folders;
        else if (files.contains(name))
            found.kind = Kind::Files;
        else if (name == "endpoint"_L1 || name == "ENDPOINT"_L1 || (name == "NAME"_L1 && isEndpointCommand && !isNew))
            found.kind = Kind::Endpoints;
        else if (name == "LABEL"_L1 && !isNew)
            found.kind = Kind::Backends;
        else if (name == "name"_L1 && isMirrorCommand && !isNew)
            found.kind = Kind::Mirrors;
        else if (name == "deployment"_L1 || name == "backend"_L1 || name == "primary"_L1 || name == "mirror"_L1)
            found.kind = Kind::Deployments;
        else if (name == "branch"_L1)
            found.kind = Kind::Branches;
        else if (name == "version"_L1)
            found.kind = Kind::Versions;
        else if (name == "SHELL"_L1) {
            found.kind = Kind::Words;
            found.candidates = {{u"bash"_s, {}}, {u"zsh"_s, {}}, {u"fish"_s, {}}};
        }
        return found;
    }

    [[nodiscard]] Completion commands() const
    {
        Completion found;
        for (const CLI::App *one : m_command->get_subcommands(nullptr)) {
            if (!one->get_group().empty())
                found.candidates.append(
                    {QString::fromStdString(one->get_name()), QString::fromStdString(one->get_description())});
        }
        return found;
    }

    [[nodiscard]] Completion options() const
    {
        Completion found;
        QStringList seen = m_given;
        for (const CLI::App *command = m_command; command != nullptr; command = command->get_parent()) {
            for (const CLI::Option *option : command->get_options(nullptr)) {
                if (option->get_lnames().empty() || option->get_group().empty())
                    continue;
                const QString name = nameOf(*option);
                const bool mayRepeat = option->get_items_expected_max() > 1;
                if (seen.contains(name) && !mayRepeat)
                    continue;
                seen += name;
                found.candidates.append({u"--"_s + name, QString::fromStdString(option->get_description())});
            }
        }
        return found;
    }

    const CLI::App *m_command;
    const CLI::Option *m_awaits = nullptr;
    int m_positional = 0;
    QStringList m_given;
    Completion m_known;
};

} // namespace

Completion complete(const CLI::App &parser, const QStringList &words)
{
    Walk walk(parser);
    for (const QString &word : words.mid(0, words.size() - 1))
        walk.pass(word);
    return walk.at(words.isEmpty() ? QString() : words.last());
}

} // namespace parallax::cli
