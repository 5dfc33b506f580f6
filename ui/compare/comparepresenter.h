// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "base/taskqueue.h"
#include "compare/comparison.h"
#include "compare/rules.h"
#include "ui/models/pairsmodel.h"
#include "ui/widgets/code/diffdocument.h"

#include <QObject>

#include <memory>
#include <stop_token>

namespace parallax::ui {

/// What a capture says: the summary and the pairs of every mirror, in the summary's order. Immutable.
struct ComparisonView
{
    QString path;
    QStringList endpoints; ///< with mirrors, in order of appearance, at most 1,000
    compare::Comparison comparison;
    compare::Rules rules;
    std::vector<std::vector<PairItem>> pairs;
};
using ComparisonViewPtr = std::shared_ptr<const ComparisonView>;

/// One pair ready to be shown.
struct PairView
{
    traffic::ExchangeId id;
    QString mirror;
    QString summary;
    QString time; ///< of arrival, local
    struct Side
    {
        QString name;       ///< `alias`
        QString deployment; ///< `pricing_model_v1, main, latest`
        QString status;     ///< `200`, or what there is instead
        QString duration;   ///< `41 ms`
    };
    Side left;
    Side right;
    widgets::DiffDocumentPtr body;
    widgets::DiffDocumentPtr headers;
    widgets::DiffDocumentPtr request; ///< the same on both sides: what both were asked
};
using PairViewPtr = std::shared_ptr<const PairView>;

/// The Compare mode without widgets: reads a capture, compares it under the repository's rules, prepares pairs for
/// showing. Lives on the GUI thread; all work is done on a pool thread of its own, one thing at a time, and a newer
/// question makes an older answer void. Owned by the composition root.
class ComparePresenter final : public QObject
{
    Q_OBJECT

public:
    explicit ComparePresenter(QObject *parent = nullptr);
    ~ComparePresenter() override;

    /// A capture or any importable file with answers in it. Rules come from the repository at `root`.
    /// Compared is one endpoint: the first that has mirrors.
    void open(const QString &path, const QString &root);
    /// Compares another endpoint of the same capture.
    void showEndpoint(const QString &endpoint);
    void showPair(traffic::ExchangeId id, const QString &mirror);
    /// Writes a report; its format follows from the ending.
    void exportReport(const QString &path);
    [[nodiscard]] const ComparisonViewPtr &view() const { return m_view; }
    [[nodiscard]] bool isLoading() const { return m_isLoading; }

Q_SIGNALS:
    void loadingStarted();
    void loaded();
    void pairReady(const parallax::ui::PairViewPtr &pair);
    void reportWritten(const QString &path);
    void failed(const parallax::Error &error);

private:
    void load(const QString &path, const QString &endpoint);

    std::stop_source m_reading; ///< of the capture asked for last
    ComparisonViewPtr m_view;
    QString m_root;
    quint64 m_question = 0;
    bool m_isLoading = false;
    base::TaskQueue m_queue{this, base::TaskQueue::AtEnd::Finish}; ///< reading and reports, in order
    base::TaskQueue m_pairs{this, base::TaskQueue::AtEnd::Drop};   ///< those passed by are void
};

} // namespace parallax::ui

Q_DECLARE_METATYPE(parallax::ui::PairViewPtr)
