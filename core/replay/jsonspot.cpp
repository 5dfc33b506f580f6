// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "replay/jsonspot.h"

#include <simdjson.h>

#include <QJsonArray>
#include <QJsonDocument>

#include <charconv>

namespace parallax::replay {

namespace {

namespace sj = simdjson::ondemand;

/// The parser keeps its buffers from call to call; one for each thread.
sj::parser &parser()
{
    thread_local sj::parser instance;
    return instance;
}

bool isJsonSpace(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

std::optional<JsonSpot> spotOf(std::string_view token, JsonSpot::Kind kind, const char *start)
{
    while (!token.empty() && isJsonSpace(token.back()))
        token.remove_suffix(1);
    JsonSpot spot;
    spot.kind = kind;
    spot.begin = token.data() - start;
    spot.length = static_cast<qsizetype>(token.size());
    if (kind == JsonSpot::Kind::Number)
        std::from_chars(token.data(), token.data() + token.size(), spot.number);
    spot.text = QString::fromUtf8(token.data(), spot.length);
    return spot;
}

std::optional<JsonSpot> spotOf(sj::value &value, const char *start)
{
    sj::json_type type{};
    if (value.type().get(type) != simdjson::SUCCESS)
        return std::nullopt;
    switch (type) {
    case sj::json_type::array: {
        sj::array array;
        std::string_view raw;
        if (value.get_array().get(array) != simdjson::SUCCESS || array.raw_json().get(raw) != simdjson::SUCCESS)
            return std::nullopt;
        return spotOf(raw, JsonSpot::Kind::Array, start);
    }
    case sj::json_type::object: {
        sj::object object;
        std::string_view raw;
        if (value.get_object().get(object) != simdjson::SUCCESS || object.raw_json().get(raw) != simdjson::SUCCESS)
            return std::nullopt;
        return spotOf(raw, JsonSpot::Kind::Object, start);
    }
    case sj::json_type::string: {
        std::optional<JsonSpot> spot = spotOf(value.raw_json_token(), JsonSpot::Kind::String, start);
        std::string_view plain;
        if (value.get_string().get(plain) != simdjson::SUCCESS)
            return std::nullopt;
        spot->text = QString::fromUtf8(plain.data(), static_cast<qsizetype>(plain.size()));
        return spot;
    }
    case sj::json_type::number: {
        double ignored = 0;
        std::string_view token = value.raw_json_token();
        // A number too large for a double is one all the same; anything else that is malformed is not.
        if (value.get_double().get(ignored) != simdjson::SUCCESS && token.find_first_of("0123456789") > 1)
            return std::nullopt;
        return spotOf(token, JsonSpot::Kind::Number, start);
    }
    case sj::json_type::boolean: {
        bool ignored = false;
        if (value.get_bool().get(ignored) != simdjson::SUCCESS)
            return std::nullopt;
        return spotOf(value.raw_json_token(), JsonSpot::Kind::Boolean, start);
    }
    case sj::json_type::null:
        return spotOf(value.raw_json_token(), JsonSpot::Kind::Null, start);
    }
    return std::nullopt;
}

/// The whole document: On-Demand's pointer does not take the empty one.
std::optional<JsonSpot> wholeOf(const QByteArray &json)
{
    qsizetype begin = 0;
    qsizetype end = json.size();
    while (begin < end && isJsonSpace(json[begin]))
        ++begin;
    while (end > begin && isJsonSpace(json[end - 1]))
        --end;
    if (begin == end)
        return std::nullopt;
    // Wrapped, so that a lone scalar is read by the same code as any other value.
    const QByteArray wrapped = '[' + json.mid(begin, end - begin) + ']';
    std::optional<JsonSpot> spot = jsonAt(wrapped, "/0");
    if (!spot || spot->length != end - begin)
        return std::nullopt;
    spot->begin = begin;
    return spot;
}

QByteArray lastNameOf(const QByteArray &pointer)
{
    return pointer.mid(pointer.lastIndexOf('/') + 1).replace("~1", "/").replace("~0", "~");
}

} // namespace

bool isJsonPointer(QByteArrayView pointer)
{
    if (pointer.isEmpty())
        return true;
    if (pointer.front() != '/')
        return false;
    for (qsizetype i = 0; i < pointer.size(); ++i) {
        if (pointer[i] == '~' && (i + 1 >= pointer.size() || (pointer[i + 1] != '0' && pointer[i + 1] != '1')))
            return false;
    }
    return true;
}

std::optional<JsonSpot> jsonAt(const QByteArray &json, const QByteArray &pointer)
{
    if (json.isEmpty() || !isJsonPointer(pointer))
        return std::nullopt;
    if (pointer.isEmpty())
        return wholeOf(json);
    const simdjson::padded_string padded(json.constData(), static_cast<std::size_t>(json.size()));
    sj::document document;
    if (parser().iterate(padded).get(document) != simdjson::SUCCESS)
        return std::nullopt;
    sj::value value;
    const std::string_view path(pointer.constData(), static_cast<std::size_t>(pointer.size()));
    if (document.at_pointer(path).get(value) != simdjson::SUCCESS)
        return std::nullopt;
    return spotOf(value, padded.data());
}

std::optional<QByteArray> withJsonAt(const QByteArray &json, const QByteArray &pointer, const QByteArray &value)
{
    if (const std::optional<JsonSpot> spot = jsonAt(json, pointer)) {
        QByteArray out = json;
        return out.replace(spot->begin, spot->length, value);
    }
    if (pointer.isEmpty())
        return std::nullopt;
    const std::optional<JsonSpot> parent = jsonAt(json, pointer.left(pointer.lastIndexOf('/')));
    if (!parent || parent->kind != JsonSpot::Kind::Object)
        return std::nullopt;
    QByteArray name = QJsonDocument(QJsonArray{QString::fromUtf8(lastNameOf(pointer))}).toJson(QJsonDocument::Compact);
    name = name.mid(1, name.size() - 2);
    const QByteArray inside = json.mid(parent->begin + 1, parent->length - 2).trimmed();
    QByteArray out = json;
    return out.insert(parent->begin + 1, name + ": " + value + (inside.isEmpty() ? QByteArray() : QByteArray(", ")));
}

std::optional<QByteArray> withoutJsonAt(const QByteArray &json, const QByteArray &pointer)
{
    const std::optional<JsonSpot> spot = pointer.isEmpty() ? std::nullopt : jsonAt(json, pointer);
    if (!spot)
        return std::nullopt;
    const auto back = [&json](qsizetype at) {
        while (at > 0 && isJsonSpace(json[at - 1]))
            --at;
        return at;
    };
    qsizetype begin = back(spot->begin);
    if (json[begin - 1] == ':') {
        // The name before it: back over the string, whose opening quote is the one no backslash escapes.
        begin = back(begin - 1) - 1;
        for (--begin; begin > 0; --begin) {
            qsizetype slashes = 0;
            while (json[begin - 1 - slashes] == '\\')
                ++slashes;
            if (json[begin] == '"' && slashes % 2 == 0)
                break;
        }
        begin = back(begin);
    }
    qsizetype end = spot->begin + spot->length;
    while (end < json.size() && isJsonSpace(json[end]))
        ++end;
    if (json[begin - 1] == ',')
        --begin;
    else if (end < json.size() && json[end] == ',')
        ++end;
    QByteArray out = json;
    return out.remove(begin, end - begin);
}

} // namespace parallax::replay
