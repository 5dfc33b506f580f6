// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "router/assignment.h"

#include "router/errors.h"
#include "router/jsonwalker.h"

#include <QCryptographicHash>
#include <QtEndian>

#include <algorithm>
#include <optional>

using namespace Qt::StringLiterals;

namespace parallax::router {

namespace {

constexpr quint32 kShards = 10'000;

struct Member
{
    QString key;
    QByteArrayView value;
    qsizetype start = 0; ///< of the value
};

/// The members of the object that `text` is; none when it is no object to its end.
std::optional<std::vector<Member>> membersOf(QByteArrayView text)
{
    JsonWalker walker(text);
    walker.skipBlanks();
    std::vector<Member> members;
    if (!walker.take('{'))
        return std::nullopt;
    walker.skipBlanks();
    while (!walker.take('}')) {
        if (!members.empty() && !walker.take(','))
            return std::nullopt;
        walker.skipBlanks();
        const qsizetype keyStart = walker.position();
        if (!walker.skipString())
            return std::nullopt;
        const QString key = decodedString(walker.from(keyStart));
        walker.skipBlanks();
        if (!walker.take(':'))
            return std::nullopt;
        walker.skipBlanks();
        const qsizetype start = walker.position();
        if (!walker.skipValue())
            return std::nullopt;
        members.push_back({key, walker.from(start), start});
        walker.skipBlanks();
    }
    walker.skipBlanks();
    return walker.isAtEnd() ? std::optional(members) : std::nullopt;
}

std::optional<std::vector<QByteArrayView>> elementsOf(QByteArrayView text)
{
    JsonWalker walker(text);
    walker.skipBlanks();
    std::vector<QByteArrayView> elements;
    if (!walker.take('['))
        return std::nullopt;
    walker.skipBlanks();
    while (!walker.take(']')) {
        if (!elements.empty() && !walker.take(','))
            return std::nullopt;
        walker.skipBlanks();
        const qsizetype start = walker.position();
        if (!walker.skipValue())
            return std::nullopt;
        elements.push_back(walker.from(start));
        walker.skipBlanks();
    }
    return elements;
}

/// Strings as they are, numbers without a vanishing fraction, `true` and `false`; nothing for null and containers.
std::optional<QString> keyText(QByteArrayView value)
{
    if (value.startsWith('"'))
        return decodedString(value);
    if (value == "true" || value == "false")
        return QString::fromLatin1(value);
    bool isNumber = false;
    const double number = value.toByteArray().toDouble(&isNumber);
    if (!isNumber)
        return std::nullopt;
    const bool isInteger = !value.contains('.') && !value.contains('e') && !value.contains('E');
    if (isInteger)
        return QString::fromLatin1(value); // beyond 2^53, too
    return QString::number(number, 'g', 17).toDouble() == number &&
                   number == static_cast<double>(static_cast<qint64>(number))
               ? QString::number(static_cast<qint64>(number))
               : QString::fromLatin1(value);
}

std::optional<QString> keyInObject(QByteArrayView object, const QString &key)
{
    const auto members = membersOf(object);
    if (!members)
        return std::nullopt;
    for (auto it = members->rbegin(); it != members->rend(); ++it) {
        if (it->key == key)
            return keyText(it->value);
    }
    // A dotted path leads into objects.
    for (const Member &member : *members) {
        if (key.startsWith(member.key + u'.') && member.value.startsWith('{'))
            return keyInObject(member.value, key.mid(member.key.size() + 1));
    }
    return std::nullopt;
}

/// Of one row's arguments.
std::optional<QString> keyOf(const std::vector<QByteArrayView> &arguments, const std::vector<Member> &siblings,
                             const LocalSettings &local)
{
    if (!arguments.empty() && arguments.front().startsWith('{')) {
        if (auto value = keyInObject(arguments.front(), local.suppliedKey))
            return value;
    }
    const qsizetype position = local.argumentNames.indexOf(local.suppliedKey);
    if (position >= 0 && position < static_cast<qsizetype>(arguments.size())) {
        if (auto value = keyText(arguments[static_cast<std::size_t>(position)]))
            return value;
    }
    for (const Member &sibling : siblings) {
        if (sibling.key == local.suppliedKey)
            return keyText(sibling.value);
    }
    return std::nullopt;
}

const Member *dataOf(const std::vector<Member> &members)
{
    const auto found = std::find_if(members.rbegin(), members.rend(), [](const Member &m) { return m.key == u"data"; });
    return found == members.rend() ? nullptr : &*found;
}

QByteArray joinedRows(const std::vector<QByteArrayView> &rows, const std::vector<std::size_t> &chosen)
{
    QByteArray out = "[";
    for (const std::size_t row : chosen) {
        if (out.size() > 1)
            out += ", ";
        out += rows[row];
    }
    return out + ']';
}

} // namespace

std::size_t backendForKey(const EndpointEntry &endpoint, const QString &value)
{
    const QByteArray hash =
        QCryptographicHash::hash(QString(endpoint.name + u'-' + value).toUtf8(), QCryptographicHash::Md5);
    const quint64 shard = qFromBigEndian<quint32>(hash.constData()) % kShards;
    quint64 total = 0;
    for (const BackendEntry &backend : endpoint.backends)
        total += static_cast<quint64>(qMax(backend.weight, 0));
    quint64 reached = 0;
    for (std::size_t i = 0; i < endpoint.backends.size(); ++i) {
        reached += static_cast<quint64>(qMax(endpoint.backends[i].weight, 0));
        if (shard * total < reached * kShards)
            return i;
    }
    return endpoint.backends.size() - 1;
}

Result<Assignment> assignRows(const QByteArray &body, const EndpointEntry &endpoint)
{
    const auto members = membersOf(body);
    const Member *data = members ? dataOf(*members) : nullptr;
    if (data == nullptr)
        return fail(kBodyNotJson, {{u"endpoint"_s, endpoint.name}});
    const auto missing = [&endpoint] { return fail(kMissingKey, {{u"key"_s, endpoint.local.suppliedKey}}); };
    const auto rows = elementsOf(data->value);
    if (!rows || rows->empty() || !rows->front().startsWith('[')) { // a single request
        const std::vector<QByteArrayView> arguments = rows ? *rows : std::vector{data->value};
        const auto key = keyOf(arguments, *members, endpoint.local);
        if (!key)
            return missing();
        return Assignment{{{backendForKey(endpoint, *key), {0}, body}}, {}};
    }
    Assignment out;
    for (std::size_t i = 0; i < rows->size(); ++i) {
        auto arguments = elementsOf((*rows)[i]);
        if (!arguments || arguments->empty())
            return fail(kBodyNotJson, {{u"endpoint"_s, endpoint.name}});
        out.ids.push_back(arguments->front().toByteArray());
        arguments->erase(arguments->begin());
        const auto key = keyOf(*arguments, *members, endpoint.local);
        if (!key)
            return missing();
        const std::size_t backend = backendForKey(endpoint, *key);
        auto part = std::find_if(out.parts.begin(), out.parts.end(),
                                 [backend](const AssignedPart &one) { return one.backend == backend; });
        if (part == out.parts.end())
            part = out.parts.insert(out.parts.end(), AssignedPart{backend, {}, {}});
        part->rows.push_back(i);
    }
    for (AssignedPart &part : out.parts) {
        if (out.parts.size() == 1) {
            part.body = body;
            break;
        }
        part.body = body.left(data->start) + joinedRows(*rows, part.rows) + body.mid(data->start + data->value.size());
    }
    return out;
}

QByteArray mergedAnswer(const Assignment &assignment, const std::vector<QByteArray> &answers)
{
    std::vector<QByteArrayView> merged(assignment.ids.size());
    for (std::size_t p = 0; p < assignment.parts.size(); ++p) {
        const AssignedPart &part = assignment.parts[p];
        const auto members = membersOf(answers[p]);
        const Member *data = members ? dataOf(*members) : nullptr;
        const auto rows = data != nullptr ? elementsOf(data->value) : std::nullopt;
        if (!rows || rows->size() != part.rows.size())
            return {};
        for (std::size_t i = 0; i < part.rows.size(); ++i) {
            const QByteArray &id = assignment.ids[part.rows[i]];
            const auto hasId = [&id](QByteArrayView row) {
                const auto elements = elementsOf(row);
                return elements && !elements->empty() && elements->front() == id;
            };
            // Usually they come in the order they were sent.
            const auto found = hasId((*rows)[i]) ? rows->begin() + static_cast<std::ptrdiff_t>(i)
                                                 : std::find_if(rows->begin(), rows->end(), hasId);
            merged[part.rows[i]] = found == rows->end() ? (*rows)[i] : *found;
        }
    }
    QByteArray out = "{\"data\": [";
    for (std::size_t i = 0; i < merged.size(); ++i) {
        if (i > 0)
            out += ", ";
        out += merged[i];
    }
    return out + "]}";
}

} // namespace parallax::router
