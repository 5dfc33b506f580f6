// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "compare/requestfeatures.h"

#include "compare/body.h"
#include "compare/sharetest.h"
#include "compare/statistics.h"

#include <cmath>

using namespace Qt::StringLiterals;

namespace parallax::compare {

namespace {

constexpr qsizetype kLongestWord = 64; // longer texts are no categories
constexpr quint32 kMostElements = 64;  // of an array that are looked at

constexpr double kNone = std::numeric_limits<double>::quiet_NaN();

QString shortNumber(double value)
{
    return QString::number(value, 'g', 6);
}

} // namespace

RequestFeatures::Column *RequestFeatures::column(PathTable::Id path)
{
    if (path >= m_byPath.size())
        m_byPath.resize(path + 1, -1);
    if (m_byPath[path] >= 0)
        return &m_columns[static_cast<std::size_t>(m_byPath[path])];
    if (m_columns.size() >= kMostFields || m_paths.isShared(path))
        return nullptr;
    m_byPath[path] = static_cast<int>(m_columns.size());
    m_columns.emplace_back();
    m_columns.back().name = m_paths.pattern(path);
    return &m_columns.back();
}

void RequestFeatures::addWord(quint32 request, Column &column, const QByteArray &word)
{
    if (column.hasTooManyWords)
        return;
    auto code = column.codes.constFind(word);
    if (code == column.codes.constEnd()) {
        if (column.words.size() >= kMostValues) {
            column.hasTooManyWords = true;
            column.wordOf.clear();
            return;
        }
        code = column.codes.insert(word, static_cast<int>(column.words.size()));
        column.words.push_back(word);
    }
    column.wordOf.resize(request + 1, -1);
    column.wordOf[request] = *code;
}

void RequestFeatures::addNumber(quint32 request, Column &column, double number)
{
    if (!std::isfinite(number))
        return;
    column.numbers.resize(request + 1, kNone);
    column.numbers[request] = number;
    ++column.numberCount;
}

void RequestFeatures::addValue(quint32 request, const JsonTree &tree, JsonTree::Index index, PathTable::Id path)
{
    const JsonNode &node = tree.node(index);
    if (node.text.size() > kLongestWord)
        return;
    Column *place = column(path);
    if (place == nullptr)
        return;
    if (node.type == JsonType::Number)
        addNumber(request, *place, tree.number(index));
    else
        addWord(request, *place, node.type == JsonType::String ? tree.string(index) : tree.text(index).toByteArray());
}

void RequestFeatures::walk(quint32 request, const JsonTree &tree, JsonTree::Index index, PathTable::Id path)
{
    const JsonNode &node = tree.node(index);
    if (!node.isContainer()) {
        addValue(request, tree, index, path);
        return;
    }
    quint32 place = 0;
    for (JsonTree::Index child = index + 1; child != node.after; child = tree.node(child).after) {
        if (node.type == JsonType::Object) {
            walk(request, tree, child,
                 m_paths.member(path, tree.rawKey(child), tree.node(child).has(JsonNode::KeyHasEscapes)));
        } else {
            if (place == kMostElements)
                return;
            walk(request, tree, child, m_paths.member(path, QByteArray::number(place++), false));
        }
    }
}

void RequestFeatures::add(quint32 request, const traffic::Exchange &exchange)
{
    if (request >= kMostRequests)
        return;
    constexpr JsonLimits kLimits{1'000'000, 64, 10'000};
    const DecodedBody body = decodeBody(exchange.headers, exchange.body, kLimits);
    if (body.tree)
        walk(request, *body.tree, JsonTree::root(), PathTable::kRoot);
    for (const http::Header &header : exchange.headers) {
        if (header.value.size() > kLongestWord)
            continue;
        const QString name = u"header:"_s + QString::fromLatin1(header.name.toLower());
        if (Column *place = column(m_paths.named(name)))
            addWord(request, *place, header.value);
    }
}

void RequestFeatures::addNumberSlices(const Column &column, std::vector<Slice> &out)
{
    std::vector<double> values;
    for (const double value : column.numbers) {
        if (!std::isnan(value))
            values.push_back(value);
    }
    std::sort(values.begin(), values.end());
    std::vector<double> distinct = values;
    distinct.erase(std::unique(distinct.begin(), distinct.end()), distinct.end());
    const bool isByValue = distinct.size() <= kMostValues;
    std::vector<double> ends; // of the slices, included
    if (isByValue) {
        ends = distinct;
    } else {
        for (const double share : {0.25, 0.5, 0.75, 1.0})
            ends.push_back(*quantileOfSorted(values, share));
        ends.erase(std::unique(ends.begin(), ends.end()), ends.end());
    }
    const std::size_t first = out.size();
    for (std::size_t i = 0; i < ends.size(); ++i) {
        Slice slice;
        slice.column = &column;
        slice.value = isByValue
                          ? shortNumber(ends[i])
                          : shortNumber(i == 0 ? values.front() : ends[i - 1]) + u" \u2013 " + shortNumber(ends[i]);
        out.push_back(std::move(slice));
    }
    for (quint32 request = 0; request < column.numbers.size(); ++request) {
        if (std::isnan(column.numbers[request]))
            continue;
        const auto end = std::lower_bound(ends.begin(), ends.end(), column.numbers[request]);
        out[first + static_cast<std::size_t>(end - ends.begin())].requests.push_back(request);
    }
}

std::vector<RequestFeatures::Slice> RequestFeatures::slices() const
{
    std::vector<Slice> out;
    for (const Column &column : m_columns) {
        if (column.numberCount > 0)
            addNumberSlices(column, out);
        if (column.hasTooManyWords || column.words.empty())
            continue;
        const std::size_t first = out.size();
        for (const QByteArray &word : column.words)
            out.push_back({&column, QString::fromUtf8(word), {}});
        for (quint32 request = 0; request < column.wordOf.size(); ++request) {
            if (column.wordOf[request] >= 0)
                out[first + static_cast<std::size_t>(column.wordOf[request])].requests.push_back(request);
        }
    }
    return out;
}

RequestFeatures::Slices RequestFeatures::worstSlices(const std::vector<double> &agreementByRequest,
                                                     std::size_t most) const
{
    double total = 0.0;
    qint64 count = 0;
    for (const double agreement : agreementByRequest) {
        if (!std::isnan(agreement)) {
            total += agreement;
            ++count;
        }
    }
    Slices out;
    if (!(total < static_cast<double>(count)))
        return out; // where everything agrees no slice is worse
    std::vector<SliceSummary> tried;
    std::vector<double> pValues;
    for (const Slice &slice : slices()) {
        double agreeing = 0.0;
        qint64 n = 0;
        for (const quint32 request : slice.requests) {
            if (request < agreementByRequest.size() && !std::isnan(agreementByRequest[request])) {
                agreeing += agreementByRequest[request];
                ++n;
            }
        }
        if (n < kLeastRequests || count - n < kLeastRequests)
            continue;
        const auto rest = static_cast<double>(count - n);
        SliceSummary summary;
        summary.field = slice.column->name;
        summary.value = slice.value;
        summary.agreement.rate = agreeing / static_cast<double>(n);
        summary.agreement.n = summary.agreement.pairs = n;
        if (const auto interval = wilsonInterval(agreeing, n)) {
            summary.agreement.low = interval->low;
            summary.agreement.high = interval->high;
        }
        summary.restRate = (total - agreeing) / rest;
        const auto test = shareTest({agreeing, n}, {total - agreeing, count - n});
        pValues.push_back(test ? test->p : 1.0);
        tried.push_back(std::move(summary));
    }
    const std::vector<double> adjusted = holmAdjusted(pValues);
    out.tried = static_cast<qint64>(tried.size());
    for (std::size_t i = 0; i < adjusted.size(); ++i) {
        tried[i].p = adjusted[i];
        if (tried[i].agreement.rate < tried[i].restRate)
            out.worst.push_back(tried[i]);
    }
    std::stable_sort(out.worst.begin(), out.worst.end(), [](const SliceSummary &a, const SliceSummary &b) {
        return a.p != b.p ? a.p < b.p : a.agreement.rate < b.agreement.rate;
    });
    if (out.worst.size() > most)
        out.worst.resize(most);
    return out;
}

} // namespace parallax::compare
