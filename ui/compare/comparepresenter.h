// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "base/taskqueue.h"
#include "compare/comparison.h"
#include "compare/rules.h"
#include "replay/runcomparison.h"
#include "ui/models/pairsmodel.h"
#include "ui/widgets/code/diffdocument.h"

#include <QFileSystemWatcher>
#include <QObject>
#include <QTimer>

#include <memory>
#include <stop_token>

namespace parallax::ui {

/// What a capture says: the summary and the pairs of every mirror, in the summary's order. Immutable.
struct ComparisonView
{
    QString path;
    QStringList endpoints; ///< with mirrors, in order of appearance, at most 1,000
    compare::Comparison comparison;
    compare::Rules rules;                              ///< that were applied
    compare::Rules fileRules;                          ///< those of the file; more than `rules` while none are applied
    std::optional<Error> rulesProblem;                 ///< why the file is not in use
    std::optional<Error> earlierProblem;               ///< why there is none of the earlier run that was asked for
    std::optional<replay::RunComparison> sinceEarlier; ///< with an earlier run
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

/// The Compare mode without widgets: reads a capture, compares it under the repository's rules, and again when these
/// change; prepares pairs for showing. Lives on the GUI thread; all work is done on a pool thread of its own, one thing
/// at a time, and a newer question makes an older answer void. Owned by the composition root.
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
    /// Without rules one sees what they hide. Margin and target stay.
    void setRulesApplied(bool isApplied);
    [[nodiscard]] bool appliesRules() const { return m_question.appliesRules; }
    /// Holds the capture against an earlier run of the same requests; empty: against none. Forgotten by open().
    void setEarlierRun(const QString &path);
    [[nodiscard]] const QString &earlierRun() const { return m_question.earlier; }
    /// The same again: rules have changed.
    void reload();
    void showPair(traffic::ExchangeId id, const QString &mirror);
    /// Writes a report; its format follows from the ending.
    void exportReport(const QString &path);
    [[nodiscard]] const ComparisonViewPtr &view() const { return m_view; }
    [[nodiscard]] bool isLoading() const { return m_isLoading; }
    /// What is asked for is about the capture and endpoint that view() shows.
    [[nodiscard]] bool isSameCapture() const;

Q_SIGNALS:
    void loadingStarted();
    void loaded();
    void pairReady(const parallax::ui::PairViewPtr &pair);
    void reportWritten(const QString &path);
    void failed(const parallax::Error &error);

private:
    struct Question
    {
        QString path;
        QString root;
        QString endpoint; ///< empty: the first that has mirrors
        QString earlier;
        bool appliesRules = true;
    };

    static Result<ComparisonViewPtr> read(const Question &question, const std::stop_token &stop);
    void load();
    void watchRules();
    /// Compares again if the file says something else than was applied.
    void checkRules();

    std::stop_source m_reading; ///< of the capture asked for last
    ComparisonViewPtr m_view;
    Question m_question; ///< asked last
    Question m_shown;    ///< that m_view answers
    quint64 m_asked = 0; ///< counts the questions
    bool m_isLoading = false;
    QFileSystemWatcher m_rulesFile;
    QTimer m_rulesChanged;                                         ///< until the other program has finished writing
    base::TaskQueue m_queue{this, base::TaskQueue::AtEnd::Finish}; ///< reading and reports, in order
    base::TaskQueue m_pairs{this, base::TaskQueue::AtEnd::Drop};   ///< those passed by are void
};

} // namespace parallax::ui

Q_DECLARE_METATYPE(parallax::ui::PairViewPtr)
