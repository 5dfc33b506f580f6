// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/compare/comparepresenter.h"

#include "base/files.h"
#include "compare/comparisonbuilder.h"
#include "compare/outcome.h"
#include "compare/requestsummary.h"
#include "compare/rulesbook.h"
#include "compare/sidebyside.h"
#include "report/pairsection.h"
#include "report/report.h"
#include "traffic/trafficsource.h"
#include "ui/models/displaytext.h"
#include "ui/widgets/code/sidebysidedocument.h"
#include "ui/wording/wording.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QHash>

#include <algorithm>
#include <chrono>
#include <cmath>

using namespace Qt::StringLiterals;

namespace parallax::ui {

namespace {

constexpr std::size_t kReportPairs = 20;
constexpr qsizetype kMostEndpoints = 1'000;
constexpr std::chrono::milliseconds kRulesPause{200};

PairItem toItem(const traffic::Exchange &exchange, const compare::PairResult &result)
{
    PairItem item;
    item.id = exchange.id;
    item.summary = compare::requestSummary(exchange.body.bytes);
    item.outcome = result.outcome;
    item.differences = result.diff.real;
    double worst = 0.0;
    for (const compare::Difference &difference : result.diff.differences) {
        if (difference.isHidden())
            continue;
        if (!item.patterns.contains(difference.pattern))
            item.patterns += difference.pattern;
        if (std::isfinite(difference.delta) && std::abs(difference.delta) > std::abs(worst))
            worst = difference.delta;
    }
    item.worst = worst;
    if (worst != 0.0)
        item.worstText = display::signedFigure(worst);
    return item;
}

/// Collects what one endpoint of a capture says.
class ViewReader
{
public:
    /// `wanted` empty: the first endpoint that has mirrors.
    ViewReader(const QString &root, QString wanted, bool appliesRules)
        : m_book(root)
        , m_endpoint(std::move(wanted))
        , m_appliesRules(appliesRules)
    {}

    void add(const traffic::Exchange &exchange)
    {
        QStringList &endpoints = m_view->endpoints;
        if (!exchange.mirrors.empty() && endpoints.size() < kMostEndpoints && !endpoints.contains(exchange.endpoint))
            endpoints += exchange.endpoint;
        if (!m_builder) {
            if (m_endpoint.isEmpty() ? exchange.mirrors.empty() : exchange.endpoint != m_endpoint)
                return;
            begin(exchange.endpoint);
        }
        if (exchange.endpoint != m_endpoint || exchange.isWarmup)
            return;
        m_builder->add(exchange);
        for (const compare::PairResult &result : compare::judge(exchange, m_view->rules)) {
            std::vector<PairItem> &pairs = m_view->pairs[place(result.mirror)];
            if (pairs.size() < PairsModel::kCapacity)
                pairs.push_back(toItem(exchange, result));
        }
    }

    /// Says of every pair what became of it since the run at `earlier`.
    Status addEarlier(const QString &earlier, const std::stop_token &stop)
    {
        compare::RulesBook rules;
        rules.setForAll(m_view->rules);
        std::vector<QHash<quint64, PairItem *>> items(m_view->pairs.size());
        for (std::size_t i = 0; i < items.size(); ++i) {
            for (PairItem &item : m_view->pairs[i])
                items[i].insert(item.id.value, &item);
        }
        replay::RunQuestion question{earlier, m_view->path, m_endpoint, {}};
        question.visit = [&](const QString &mirror, replay::PairChange change, const replay::RequestPair &pair) {
            const qsizetype at = m_mirrors.indexOf(mirror);
            if (PairItem *item = at < 0 ? nullptr : items[static_cast<std::size_t>(at)].value(pair.second.value))
                item->change = change;
        };
        const Result<replay::RunComparison> since = replay::compareRuns(question, rules, stop);
        if (!since)
            return fail(since.error());
        m_view->sinceEarlier = *since;
        return {};
    }

    [[nodiscard]] bool isEmpty() const { return !m_builder; }
    std::shared_ptr<ComparisonView> take()
    {
        if (m_builder)
            m_view->comparison = m_builder->summary();
        m_view->pairs.resize(m_view->comparison.mirrors.size());
        return std::move(m_view);
    }
    [[nodiscard]] ComparisonView &view() { return *m_view; }

private:
    void begin(const QString &endpoint)
    {
        m_endpoint = endpoint;
        m_view->fileRules = *m_book.rules(endpoint);
        m_view->rulesProblem = m_book.problem(endpoint);
        m_view->rules = m_view->fileRules;
        if (!m_appliesRules)
            m_view->rules.rules.clear();
        m_builder = std::make_unique<compare::ComparisonBuilder>(m_view->rules);
    }

    std::size_t place(const QString &mirror)
    {
        qsizetype index = m_mirrors.indexOf(mirror);
        if (index < 0) {
            index = m_mirrors.size();
            m_mirrors += mirror;
            m_view->pairs.emplace_back();
        }
        return static_cast<std::size_t>(index);
    }

    compare::RulesBook m_book;
    QString m_endpoint;
    bool m_appliesRules;
    std::shared_ptr<ComparisonView> m_view = std::make_shared<ComparisonView>();
    std::unique_ptr<compare::ComparisonBuilder> m_builder;
    QStringList m_mirrors;
};

PairView::Side sideOf(const traffic::Reply &reply)
{
    QStringList deployment{reply.deployment, reply.branch, reply.version};
    deployment.removeAll(QString());
    return {reply.name, deployment.join(u", "_s), display::answer(reply), display::milliseconds(reply)};
}

compare::DecodedBody bodyOf(const traffic::Reply &reply)
{
    return compare::decodeBody(reply.headers, reply.state == traffic::AnswerState::Complete
                                                  ? reply.body
                                                  : traffic::Body::whole(reply.failure.toUtf8()));
}

/// Header fields a line each, for showing.
QByteArray linesOf(const http::Headers &headers)
{
    QByteArray lines;
    for (const auto &field : headers)
        lines += field.name + ": " + field.value + '\n';
    return lines;
}

compare::DecodedBody textContent(const QByteArray &text)
{
    return compare::decodeBody(text);
}

Result<PairViewPtr> loadPair(const ComparisonView &view, traffic::ExchangeId id, const QString &mirror)
{
    const Result<traffic::TrafficSource> source = traffic::TrafficSource::open(view.path);
    if (!source)
        return fail(source.error());
    if (!source->isCapture())
        return fail(ErrorCode("file-unreadable"), {}, u"only a capture keeps single pairs"_s);
    const Result<traffic::Exchange> exchange = source->capture()->exchange(id);
    if (!exchange)
        return fail(exchange.error());
    const auto reply = std::find_if(exchange->mirrors.begin(), exchange->mirrors.end(),
                                    [&mirror](const traffic::Reply &one) { return one.name == mirror; });
    auto pair = std::make_shared<PairView>();
    pair->id = id;
    pair->mirror = mirror;
    pair->summary = compare::requestSummary(exchange->body.bytes);
    if (exchange->arrival)
        pair->time = display::timeOfDay(*exchange->arrival);
    pair->left = sideOf(exchange->primary);
    const compare::DecodedBody asked = textContent(exchange->method + ' ' + exchange->target + '\n' +
                                                   linesOf(exchange->headers) + '\n' + exchange->body.bytes);
    pair->request = widgets::diffDocument(compare::sideBySide(asked, asked, {}));
    if (reply != exchange->mirrors.end()) {
        pair->right = sideOf(*reply);
        pair->body = widgets::diffDocument(compare::sideBySide(bodyOf(exchange->primary), bodyOf(*reply), view.rules));
        pair->headers = widgets::diffDocument(compare::sideBySide(textContent(linesOf(exchange->primary.headers)),
                                                                  textContent(linesOf(reply->headers)), {}));
    }
    return pair;
}

Status writeReport(const ComparisonView &view, const QString &path)
{
    const Result<report::Format> format = report::formatForFile(path);
    if (!format)
        return fail(format.error());
    report::ReportInput input;
    input.comparison = view.comparison;
    input.source = QFileInfo(view.path).fileName();
    input.made = SystemClock().wallTime();
    input.program = u"Parallax "_s + QCoreApplication::applicationVersion();
    input.wording = [](const Error &error) { return wording::text(error); };
    const Result<traffic::TrafficSource> source = traffic::TrafficSource::open(view.path);
    if (source && source->isCapture()) {
        for (const compare::MirrorSummary &mirror : view.comparison.mirrors) {
            for (std::size_t i = 0; i < std::min(kReportPairs, mirror.worstPairs.size()); ++i) {
                const Result<traffic::Exchange> exchange = source->capture()->exchange(mirror.worstPairs[i].id);
                if (!exchange)
                    continue;
                if (auto section =
                        report::makePairSection(*exchange, mirror.name, view.rules, view.comparison.baseline))
                    input.pairs.push_back(std::move(*section));
            }
        }
    }
    return base::saveFile(path, report::write(input, *format));
}

} // namespace

ComparePresenter::ComparePresenter(QObject *parent)
    : QObject(parent)
{
    m_rulesChanged.setSingleShot(true);
    m_rulesChanged.setInterval(kRulesPause);
    connect(&m_rulesFile, &QFileSystemWatcher::fileChanged, &m_rulesChanged, qOverload<>(&QTimer::start));
    connect(&m_rulesFile, &QFileSystemWatcher::directoryChanged, &m_rulesChanged, qOverload<>(&QTimer::start));
    connect(&m_rulesChanged, &QTimer::timeout, this, &ComparePresenter::checkRules);
}

ComparePresenter::~ComparePresenter()
{
    m_reading.request_stop();
}

void ComparePresenter::open(const QString &path, const QString &root)
{
    m_question = {path, root, {}, {}, true};
    load();
}

void ComparePresenter::showEndpoint(const QString &endpoint)
{
    if (m_view && endpoint != m_view->comparison.endpoint) {
        m_question.endpoint = endpoint;
        load();
    }
}

void ComparePresenter::setRulesApplied(bool isApplied)
{
    if (m_question.appliesRules == isApplied)
        return;
    m_question.appliesRules = isApplied;
    reload();
}

void ComparePresenter::setEarlierRun(const QString &path)
{
    if (m_question.earlier == path)
        return;
    m_question.earlier = path;
    reload();
}

bool ComparePresenter::isSameCapture() const
{
    return m_question.path == m_shown.path && m_question.root == m_shown.root &&
           m_question.endpoint == m_shown.endpoint;
}

void ComparePresenter::reload()
{
    if (!m_question.path.isEmpty())
        load();
}

Result<ComparisonViewPtr> ComparePresenter::read(const Question &question, const std::stop_token &stop)
{
    const Result<traffic::TrafficSource> source = traffic::TrafficSource::open(question.path);
    if (!source)
        return fail(source.error());
    ViewReader reader(question.root, question.endpoint, question.appliesRules);
    reader.view().path = question.path;
    const Result<traffic::ImportSummary> read = source->forEach([&](traffic::Exchange &&exchange) {
        reader.add(exchange);
        return !stop.stop_requested(); // else nobody asks for it any more
    });
    if (!read)
        return fail(read.error());
    if (!question.earlier.isEmpty() && !reader.isEmpty()) {
        if (const Status added = reader.addEarlier(question.earlier, stop); !added)
            reader.view().earlierProblem = added.error();
    }
    return ComparisonViewPtr(reader.take());
}

void ComparePresenter::load()
{
    const quint64 asked = ++m_asked;
    m_isLoading = true;
    Q_EMIT loadingStarted();
    m_reading.request_stop();
    m_reading = std::stop_source();
    m_queue.run([this, asked, question = m_question, stop = m_reading.get_token()]() -> base::TaskQueue::Answer {
        const Result<ComparisonViewPtr> view = read(question, stop);
        return [this, asked, question, view] {
            if (asked != m_asked)
                return;
            m_isLoading = false;
            if (view) {
                m_view = *view;
                m_shown = question;
                if (m_view->earlierProblem) {
                    m_question.earlier.clear();
                    m_shown.earlier.clear();
                }
            } else {
                m_question = m_shown; // what shows goes on
                Q_EMIT failed(view.error());
            }
            watchRules();
            Q_EMIT loaded();
        };
    });
}

void ComparePresenter::watchRules()
{
    if (const QStringList watched = m_rulesFile.files() + m_rulesFile.directories(); !watched.isEmpty())
        m_rulesFile.removePaths(watched);
    if (!m_view || m_question.root.isEmpty() || m_view->comparison.endpoint.isEmpty())
        return;
    const QString file = compare::rulesPath(m_question.root, m_view->comparison.endpoint);
    if (QFileInfo::exists(file))
        m_rulesFile.addPath(file);
    QString folder = QFileInfo(file).absolutePath();
    while (!QFileInfo::exists(folder) && folder.size() > m_question.root.size())
        folder = QFileInfo(folder).absolutePath();
    if (QFileInfo::exists(folder))
        m_rulesFile.addPath(folder);
}

void ComparePresenter::checkRules()
{
    if (!m_view || m_isLoading)
        return;
    m_queue.run([this, asked = m_asked, view = m_view, root = m_question.root]() -> base::TaskQueue::Answer {
        const compare::RulesBook book(root);
        const QString &endpoint = view->comparison.endpoint;
        const bool isOther = *book.rules(endpoint) != view->fileRules || book.problem(endpoint) != view->rulesProblem;
        return [this, asked, isOther] {
            if (asked != m_asked)
                return;
            if (isOther)
                load();
            else
                watchRules(); // the file may be another one of the same content
        };
    });
}

void ComparePresenter::showPair(traffic::ExchangeId id, const QString &mirror)
{
    if (!m_view)
        return;
    m_pairs.clear(); // those passed by
    m_pairs.run([this, view = m_view, id, mirror]() -> std::function<void()> {
        const Result<PairViewPtr> pair = loadPair(*view, id, mirror);
        return [this, view, pair] {
            if (view != m_view)
                return;
            if (pair)
                Q_EMIT pairReady(*pair);
            else
                Q_EMIT failed(pair.error());
        };
    });
}

void ComparePresenter::exportReport(const QString &path)
{
    if (!m_view)
        return;
    m_queue.run([this, view = m_view, path]() -> std::function<void()> {
        const Status status = writeReport(*view, path);
        return [this, path, status] {
            if (status)
                Q_EMIT reportWritten(path);
            else
                Q_EMIT failed(status.error());
        };
    });
}

} // namespace parallax::ui
