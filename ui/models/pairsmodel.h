// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "replay/runcomparison.h"
#include "traffic/exchange.h"

#include <QAbstractTableModel>
#include <QStringList>

#include <optional>
#include <vector>

namespace parallax::ui {

/// One pair of a comparison, prepared off the GUI thread.
struct PairItem
{
    traffic::ExchangeId id;
    QString summary; ///< the request in a few words
    traffic::Outcome outcome = traffic::Outcome::Pending;
    int differences = 0;
    double worst = 0.0;                            ///< relative or absolute, as `worstText` says
    QString worstText;                             ///< `+1.9%`, empty without numbers
    QStringList patterns;                          ///< path patterns that differ, for filtering by field
    std::optional<replay::PairChange> change = {}; ///< since an earlier run; none without one, and not in it
};

/// The pairs of one mirror, filtered by outcome and by field. At most kCapacity rows are held; `left out` is said by
/// the view. GUI thread.
class PairsModel final : public QAbstractTableModel
{
    Q_OBJECT

public:
    enum Column { IdColumn, RequestColumn, WorstColumn, DifferencesColumn, ColumnCount };
    enum Role { IdRole = Qt::UserRole + 1, OutcomeRole, DifferencesRole };
    enum class Show { Different, Errors, All };

    static constexpr std::size_t kCapacity = 100'000;

    explicit PairsModel(QObject *parent = nullptr);

    [[nodiscard]] int rowCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] int columnCount(const QModelIndex &parent = {}) const override;
    [[nodiscard]] QVariant data(const QModelIndex &index, int role) const override;
    [[nodiscard]] QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

    void setPairs(std::vector<PairItem> pairs);
    /// `pattern` empty = any field; no `change` = any.
    void setFilter(Show show, const QString &pattern, std::optional<replay::PairChange> change = {});
    [[nodiscard]] Show show() const { return m_show; }
    [[nodiscard]] const QString &pattern() const { return m_pattern; }
    [[nodiscard]] const PairItem &pairAt(int row) const;
    [[nodiscard]] int rowOf(traffic::ExchangeId id) const;
    [[nodiscard]] qint64 total() const { return static_cast<qint64>(m_pairs.size()); }

private:
    [[nodiscard]] bool isVisible(const PairItem &pair) const;
    void rebuild();

    std::vector<PairItem> m_pairs;
    std::vector<std::size_t> m_visible;
    Show m_show = Show::Different;
    QString m_pattern;
    std::optional<replay::PairChange> m_change;
};

} // namespace parallax::ui
