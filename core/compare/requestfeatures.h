// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "compare/comparison.h"
#include "compare/json.h"
#include "compare/pathtable.h"
#include "traffic/exchange.h"

#include <QHash>
#include <QString>

#include <vector>

namespace parallax::compare {

/// Remembers what distinct requests asked, field by field, to find where a mirror does worse: words and few numbers
/// by value, other numbers by quarter. Bodies with many values are looked at up to kMostFields of them. Confined to
/// the builder's thread.
class RequestFeatures
{
public:
    RequestFeatures() = default;
    RequestFeatures(const RequestFeatures &) = delete;
    RequestFeatures &operator=(const RequestFeatures &) = delete;

    static constexpr std::size_t kMostFields = 64;
    static constexpr int kMostValues = 20; ///< beyond: numbers by quarter, words not at all
    static constexpr quint32 kMostRequests = 200'000;
    static constexpr qint64 kLeastRequests = 20; ///< in a slice, and outside of it

    /// `request` counts up from 0, once per distinct request.
    void add(quint32 request, const traffic::Exchange &exchange);

    struct Slices
    {
        std::vector<SliceSummary> worst; ///< lowest p first
        qint64 tried = 0;
    };
    /// Slices whose agreement is below that of the rest, by the p of shareTest(), Holm-adjusted over all slices tried.
    [[nodiscard]] Slices worstSlices(const std::vector<double> &agreementByRequest, std::size_t most) const;

private:
    /// One field over all requests.
    struct Column
    {
        QString name;
        QHash<QByteArray, int> codes; // of words
        std::vector<QByteArray> words;
        std::vector<int> wordOf;     // by request, -1 = none
        std::vector<double> numbers; // by request, NaN = none
        qint64 numberCount = 0;
        bool hasTooManyWords = false;
    };
    struct Slice
    {
        const Column *column = nullptr;
        QString value;
        std::vector<quint32> requests;
    };

    void addValue(quint32 request, const JsonTree &tree, JsonTree::Index index, PathTable::Id path);
    void walk(quint32 request, const JsonTree &tree, JsonTree::Index index, PathTable::Id path);
    void addWord(quint32 request, Column &column, const QByteArray &word);
    void addNumber(quint32 request, Column &column, double number);
    /// Null when there are too many already.
    [[nodiscard]] Column *column(PathTable::Id path);
    [[nodiscard]] std::vector<Slice> slices() const;
    static void addNumberSlices(const Column &column, std::vector<Slice> &out);

    RuleMatcher m_matcher{{}};
    PathTable m_paths{m_matcher}; ///< indexes are keys here: [0.71, "Ideal"] is two fields
    std::vector<Column> m_columns;
    std::vector<int> m_byPath; ///< column of a path, -1 = none
};

} // namespace parallax::compare
