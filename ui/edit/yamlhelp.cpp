// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/edit/yamlhelp.h"

#include "base/clock.h"
#include "ui/models/displaytext.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parallax::ui {

namespace {

constexpr qsizetype kMostWords = 300; ///< of a list that is chosen from by eye
constexpr int kMostLinesBack = 2'000;

QString tr(const char *text)
{
    return QCoreApplication::translate("parallax::ui", text);
}

struct Line
{
    qsizetype indent = 0;
    qsizetype colon = -1;
    QString key;
    QString value;
    bool isBlank = true; ///< or a comment
};

QString unquoted(QString text)
{
    text = text.trimmed();
    if (const qsizetype comment = text.indexOf(u" #"_s); comment >= 0)
        text = text.left(comment).trimmed();
    if (text.size() >= 2 && (text.front() == u'"' || text.front() == u'\'') && text.back() == text.front())
        text = text.mid(1, text.size() - 2);
    return text;
}

Line readLine(const QString &text)
{
    Line line;
    while (line.indent < text.size() && text[line.indent] == u' ')
        ++line.indent;
    line.isBlank = line.indent == text.size() || text[line.indent] == u'#' || text[line.indent] == u'\r';
    if (line.isBlank)
        return line;
    for (qsizetype i = line.indent; i < text.size(); ++i) {
        if (text[i] == u':' && (i + 1 == text.size() || text[i + 1].isSpace())) {
            line.colon = i;
            line.key = unquoted(text.mid(line.indent, i - line.indent));
            line.value = unquoted(text.mid(i + 1));
            break;
        }
    }
    return line;
}

bool isInDeployment(const YamlPlace &place)
{
    return place.path.size() == 3 && place.path[2] == "deployment"_L1 &&
           (place.path[0] == "backends"_L1 || place.path[0] == "mirrors"_L1);
}

QStringList keysFor(const YamlPlace &place)
{
    if (place.path.isEmpty())
        return {u"backends"_s, u"mirrors"_s, u"schemaVersion"_s};
    if (isInDeployment(place))
        return {u"branch"_s, u"name"_s, u"version"_s};
    if (place.path.size() == 2 && place.path[0] == "backends"_L1)
        return {u"deployment"_s, u"weight"_s};
    if (place.path.size() == 2 && place.path[0] == "mirrors"_L1)
        return {u"deployment"_s};
    return {};
}

QStringList valuesFor(const YamlPlace &place, const repository::Catalogue *catalogue)
{
    if (place.path.isEmpty() && place.key == "schemaVersion"_L1)
        return {u"1"_s};
    if (!isInDeployment(place) || catalogue == nullptr)
        return {};
    if (place.key == "branch"_L1)
        return catalogue->branches();
    QStringList words;
    if (place.key == "name"_L1) {
        for (const repository::Deployment &deployment : catalogue->deployments(place.branch)) {
            if (!deployment.archived)
                words += deployment.name;
        }
    } else if (place.key == "version"_L1) {
        words += u"latest"_s;
        if (const repository::Deployment *known = catalogue->deployment(place.deployment, place.branch)) {
            for (auto it = known->versions.rbegin(); it != known->versions.rend(); ++it)
                words += QString::number(it->number);
        }
    }
    return words;
}

QString helpOfKey(const YamlPlace &place)
{
    const bool isTop = place.path.isEmpty();
    if (isTop && place.key == "backends"_L1)
        return tr("Who answers. One backend is an alias, several are a split by weight.");
    if (isTop && place.key == "mirrors"_L1)
        return tr("Each gets a copy of every request. Its answers are recorded and never returned.");
    if (isTop && place.key == "schemaVersion"_L1)
        return tr("The version of this format: 1.");
    if (place.key == "weight"_L1 && place.path.size() == 2)
        return tr("The share of requests, relative to the other weights. Without it: 1.");
    if (!isInDeployment(place))
        return {};
    if (place.key == "branch"_L1)
        return tr("The git branch whose deployment is called.");
    if (place.key == "name"_L1)
        return tr("The deployment: a folder below deployments/.");
    if (place.key == "version"_L1)
        return tr("latest follows the newest version; a number stays with that one.");
    return {};
}

QString helpOfValue(const YamlPlace &place, const repository::Catalogue *catalogue)
{
    if (catalogue == nullptr || !isInDeployment(place))
        return {};
    const repository::Deployment *known = catalogue->deployment(place.deployment, place.branch);
    if (place.key == "branch"_L1)
        return catalogue->knowsBranch(place.value)
                   ? tr("%1 deployments").arg(catalogue->deployments(place.value).size())
                   : tr("This repository has no such branch.");
    if (known == nullptr)
        return tr("There is no such deployment on %1.").arg(place.branch);
    const WallTime now = SystemClock().wallTime();
    if (place.key == "name"_L1) {
        QString text = known->mainFunction.isEmpty()
                           ? known->name
                           : u"%1(%2)"_s.arg(known->mainFunction, known->arguments.join(u", "_s));
        if (known->newestVersion() > 0)
            text += u'\n' + tr("Newest version %1, %2")
                                .arg(known->newestVersion())
                                .arg(display::age(known->versions.last().time, now));
        return known->archived ? text + u'\n' + tr("Archived") : text;
    }
    if (place.key != "version"_L1)
        return {};
    const int number = place.value == "latest"_L1 ? known->newestVersion() : place.value.toInt();
    if (number < 1 || number > known->newestVersion())
        return known->versionsKnown ? tr("The newest version is %1.").arg(known->newestVersion()) : QString();
    const repository::VersionInfo &version = known->versions[number - 1];
    const QString text = u"%1: %2, %3"_s.arg(number).arg(version.subject, display::age(version.time, now));
    return place.value == "latest"_L1 ? tr("latest is version %1").arg(text) : tr("Version %1").arg(text);
}

} // namespace

YamlPlace placeIn(const QString &text, int line, int at)
{
    const QStringList lines = text.split(u'\n');
    YamlPlace place;
    if (line < 0 || line >= lines.size())
        return place;
    const Line here = readLine(lines[line]);
    place.indent = here.isBlank ? qMin<qsizetype>(here.indent, at) : here.indent;
    place.key = here.key;
    place.value = here.value;
    place.colon = here.colon;
    const auto takeSibling = [&place](const Line &one) {
        place.siblings += one.key;
        if (one.key == "branch"_L1)
            place.branch = one.value;
        else if (one.key == "name"_L1)
            place.deployment = one.value;
    };
    qsizetype above = place.indent;
    for (int i = line - 1; i >= qMax(0, line - kMostLinesBack); --i) {
        const Line one = readLine(lines[i]);
        if (one.isBlank || one.colon < 0)
            continue;
        if (one.indent < above) {
            place.path.prepend(one.key);
            above = one.indent;
        } else if (one.indent == place.indent && above == place.indent) {
            takeSibling(one);
        }
        if (above == 0 && place.indent > 0)
            break; // at the top of the file
    }
    for (int i = line + 1; i < qMin<int>(static_cast<int>(lines.size()), line + kMostLinesBack); ++i) {
        const Line one = readLine(lines[i]);
        if (one.isBlank)
            continue;
        if (one.indent < place.indent)
            break;
        if (one.indent == place.indent && one.colon >= 0)
            takeSibling(one);
    }
    if (place.key == "branch"_L1)
        place.branch = place.value;
    else if (place.key == "name"_L1)
        place.deployment = place.value;
    if (place.branch.isEmpty())
        place.branch = u"main"_s;
    return place;
}

widgets::CodeCompletion completeYaml(const QString &text, int line, int at, const repository::Catalogue *catalogue)
{
    const YamlPlace place = placeIn(text, line, at);
    const QString whole = text.split(u'\n').value(line);
    const QString before = whole.left(at);
    const bool isValue = place.colon >= 0 && at > place.colon;
    qsizetype start = before.size();
    while (start > (isValue ? place.colon + 1 : 0) && !before[start - 1].isSpace())
        --start;
    const QString typed = before.mid(start);
    if (typed.startsWith(u'#') || (!isValue && start != place.indent))
        return {};
    widgets::CodeCompletion completion;
    completion.typed = typed.size();
    QStringList words = isValue ? valuesFor(place, catalogue) : keysFor(place);
    for (const QString &word : std::as_const(words)) {
        if (completion.words.size() >= kMostWords)
            break;
        if (word == typed || !word.startsWith(typed, Qt::CaseInsensitive))
            continue;
        if (isValue)
            completion.words += word;
        else if (!place.siblings.contains(word) && place.colon < 0)
            completion.words += word + u':';
    }
    return completion;
}

QString yamlHelp(const QString &text, int line, int at, const repository::Catalogue *catalogue)
{
    const YamlPlace place = placeIn(text, line, at);
    if (place.colon < 0 || at < place.indent)
        return {};
    return at <= place.colon ? helpOfKey(place) : helpOfValue(place, catalogue);
}

} // namespace parallax::ui
