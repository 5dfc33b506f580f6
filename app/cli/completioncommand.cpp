// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/commands.h"
#include "app/cli/completion.h"
#include "app/cli/repositoryoption.h"
#include "base/text.h"
#include "repository/catalogue.h"

#include <CLI/CLI.hpp>

#include <QDir>
#include <QSet>

using namespace Qt::StringLiterals;

namespace parallax::cli {

namespace {

// The shells ask the program for each completion; what they do themselves is to complete paths. Descriptions follow a
// tab.
constexpr auto kBash = R"sh(# parallax-cli completion for bash. In ~/.bashrc: source <(parallax-cli completion bash)
_parallax_cli()
{
    local current="${COMP_WORDS[COMP_CWORD]}" line
    local -a words=("${COMP_WORDS[@]:1:COMP_CWORD}")
    COMPREPLY=()
    # bash splits at "=" and ":"; the program wants the words as they were typed.
    if declare -F _get_comp_words_by_ref > /dev/null; then
        local cword
        _get_comp_words_by_ref -n =: -c current -i cword -w words
        words=("${words[@]:1:cword}")
    fi
    while IFS= read -r line; do
        case "$line" in
            :files) compopt -o filenames 2> /dev/null; mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen -f -- "$current") ;;
            :folders) compopt -o filenames 2> /dev/null; mapfile -t -O "${#COMPREPLY[@]}" COMPREPLY < <(compgen -d -- "$current") ;;
            *) COMPREPLY+=("${line%%$'\t'*}") ;;
        esac
    done < <("${COMP_WORDS[0]}" completion --complete -- "${words[@]}" 2> /dev/null)
    declare -F __ltrim_colon_completions > /dev/null && __ltrim_colon_completions "$current"
}
complete -F _parallax_cli parallax-cli
)sh";

constexpr auto kZsh = R"sh(#compdef parallax-cli
# parallax-cli completion for zsh. In ~/.zshrc, after compinit: source <(parallax-cli completion zsh)
_parallax_cli()
{
    local line
    local -a found
    while IFS= read -r line; do
        case "$line" in
            :files) _files ;;
            :folders) _files -/ ;;
            *) found+=("${${line%%$'\t'*}//:/\\:}:${line#*$'\t'}") ;;
        esac
    done < <("${words[1]}" completion --complete -- "${(@)words[2,CURRENT]}" 2> /dev/null)
    (( ${#found} )) && _describe 'parallax-cli' found
}
if [ "$funcstack[1]" = "_parallax_cli" ]; then
    _parallax_cli "$@"
else
    compdef _parallax_cli parallax-cli
fi
)sh";

constexpr auto kFish =
    R"sh(# parallax-cli completion for fish. Once: parallax-cli completion fish > ~/.config/fish/completions/parallax-cli.fish
function __parallax_cli_complete
    set -l words (commandline -opc) (commandline -ct)
    for line in ($words[1] completion --complete -- $words[2..-1] 2> /dev/null)
        switch $line
            case ':files'
                __fish_complete_path (commandline -ct)
            case ':folders'
                __fish_complete_directories (commandline -ct)
            case '*'
                echo $line
        end
    end
end
complete -c parallax-cli -f -a '(__parallax_cli_complete)'
)sh";

using Candidates = QList<Completion::Candidate>;

Candidates endpointsOf(const repository::Repository &repository)
{
    Candidates found;
    for (const repository::EndpointFile &file : repository.endpointFiles()) {
        if (file.isEndpoint())
            found.append({file.name, {}});
    }
    return found;
}

Candidates partsOf(const repository::Repository &repository, const Completion &wanted)
{
    const Result<endpoints::EndpointFile> file = readEndpoint(repository, wanted.endpoint);
    Candidates found;
    if (!file)
        return found;
    if (wanted.kind == Completion::Kind::Backends) {
        for (const endpoints::Backend &backend : file->partial().backends)
            found.append({backend.label, backend.deployment.toString()});
    } else {
        for (const endpoints::Mirror &mirror : file->partial().mirrors)
            found.append({mirror.name, mirror.deployment.toString()});
    }
    return found;
}

/// Names need no history: what lies on disk, which is quick in the largest repository.
Candidates deploymentsOf(const repository::Repository &repository)
{
    Candidates found;
    for (const QString &name :
         QDir(repository.root() + u"/deployments"_s).entryList(QDir::Dirs | QDir::NoDotAndDotDot, QDir::Name))
        found.append({name, {}});
    return found;
}

Candidates versionsOf(const repository::Repository &repository, const QString &deployment)
{
    Candidates found{{u"latest"_s, u"always the newest"_s}};
    const auto catalogue = repository::CatalogueLoader(repository).load();
    if (!catalogue)
        return found;
    for (const repository::Deployment &one : (*catalogue)->deployments()) {
        for (auto version = one.versions.rbegin(); one.name == deployment && version != one.versions.rend(); ++version)
            found.append({QString::number(version->number), version->subject});
    }
    return found;
}

Candidates branchesOf(const repository::Repository &repository)
{
    Candidates found;
    if (const auto branches = repository.branches()) {
        for (const repository::Branch &branch : *branches)
            found.append({branch.name, {}});
    }
    return found;
}

Candidates candidatesOf(const Completion &wanted)
{
    if (wanted.kind == Completion::Kind::Words)
        return wanted.candidates;
    const Result<repository::Repository> repository =
        repository::Repository::discover(wanted.repository.isEmpty() ? QDir::currentPath() : wanted.repository);
    if (!repository)
        return {};
    switch (wanted.kind) {
    case Completion::Kind::Endpoints:
        return endpointsOf(*repository);
    case Completion::Kind::Backends:
    case Completion::Kind::Mirrors:
        return partsOf(*repository, wanted);
    case Completion::Kind::Deployments:
        return deploymentsOf(*repository);
    case Completion::Kind::Branches:
        return branchesOf(*repository);
    case Completion::Kind::Versions:
        return versionsOf(*repository, wanted.deployment);
    default:
        return {};
    }
}

/// Prints what may stand for the last word, one a line; `:files` and `:folders` leave it to the shell.
void printCandidates(const Console &console, const CLI::App &parser, const QStringList &words)
{
    const Completion wanted = complete(parser, words);
    if (wanted.kind == Completion::Kind::Files || wanted.kind == Completion::Kind::Folders)
        return console.print(wanted.kind == Completion::Kind::Files ? u":files"_s : u":folders"_s);
    QString start = words.isEmpty() ? QString() : words.last();
    if (start.startsWith("--"_L1) && start.contains(u'='))
        start = start.section(u'=', 1);
    QSet<QString> said;
    for (const Completion::Candidate &candidate : candidatesOf(wanted)) {
        const QString word = base::escapeControls(candidate.word);
        if (!word.startsWith(start) || said.contains(word))
            continue;
        said.insert(word);
        console.print(word + u'\t' + base::escapeControls(candidate.description));
    }
}

} // namespace

bool completeWords(const CLI::App &parser, const Console &console, const QStringList &arguments)
{
    if (arguments.value(1) != "completion"_L1 || arguments.value(2) != "--complete"_L1)
        return false;
    printCandidates(console, parser, arguments.mid(arguments.value(3) == "--"_L1 ? 4 : 3));
    return true;
}

void addCompletion(CLI::App &parser, Invocation &invocation)
{
    CLI::App *command = parser.add_subcommand("completion", "Print the completion script of a shell");
    auto shell = std::make_shared<std::string>();
    command->add_option("SHELL", *shell, "bash, zsh or fish")->required()->check([](const std::string &text) {
        return text == "bash" || text == "zsh" || text == "fish" ? std::string() : "the shell is bash, zsh or fish";
    });
    command->callback([&invocation, shell] {
        invocation.run = [&invocation, shell] {
            const char *script = *shell == "bash" ? kBash : *shell == "zsh" ? kZsh : kFish;
            invocation.console.print(QString::fromUtf8(script).trimmed());
            return Done;
        };
    });
}

} // namespace parallax::cli
