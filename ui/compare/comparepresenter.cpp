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

#include <algorithm>
#include <cmath>

using namespace Qt::StringLiterals;

namespace parallax::ui {

namespace {

constexpr std::size_t kReportPairs = 20;
constexpr qsizetype kMostEndpoints = 1'000;

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

/// `wanted` empty: the first endpoint that has mirrors.
Result<ComparisonViewPtr> load(const QString &path, const QString &root, const QString &wanted,
                               const std::stop_token &stop)
{
    const Result<traffic::TrafficSource> source = traffic::TrafficSource::open(path);
    if (!source)
        return fail(source.error());
    auto view = std::make_shared<ComparisonView>();
    view->path = path;
    const compare::RulesBook book(root);
    std::unique_ptr<compare::ComparisonBuilder> builder;
    QStringList mirrors;
    QString endpoint;
    const Result<traffic::ImportSummary> read = source->forEach([&](traffic::Exchange &&exchange) {
        if (stop.stop_requested())
            return false; // nobody asks for it any more
        if (!exchange.mirrors.empty() && view->endpoints.size() < kMostEndpoints &&
            !view->endpoints.contains(exchange.endpoint))
            view->endpoints += exchange.endpoint;
        if (!builder) {
            if (wanted.isEmpty() ? exchange.mirrors.empty() : exchange.endpoint != wanted)
                return true;
            endpoint = exchange.endpoint;
            view->rules = *book.rules(endpoint);
            builder = std::make_unique<compare::ComparisonBuilder>(view->rules);
        }
        if (exchange.endpoint != endpoint || exchange.isWarmup)
            return true;
        builder->add(exchange);
        for (const compare::PairResult &result : compare::judge(exchange, view->rules)) {
            qsizetype index = mirrors.indexOf(result.mirror);
            if (index < 0) {
                index = mirrors.size();
                mirrors += result.mirror;
                view->pairs.emplace_back();
            }
            auto &pairs = view->pairs[static_cast<std::size_t>(index)];
            if (pairs.size() < PairsModel::kCapacity)
                pairs.push_back(toItem(exchange, result));
        }
        return true;
    });
    if (!read)
        return fail(read.error());
    if (builder)
        view->comparison = builder->summary();
    view->pairs.resize(view->comparison.mirrors.size());
    return view;
}

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
{}

ComparePresenter::~ComparePresenter()
{
    m_reading.request_stop();
}

void ComparePresenter::open(const QString &path, const QString &root)
{
    m_root = root;
    load(path, {});
}

void ComparePresenter::showEndpoint(const QString &endpoint)
{
    if (m_view && endpoint != m_view->comparison.endpoint)
        load(m_view->path, endpoint);
}

void ComparePresenter::load(const QString &path, const QString &endpoint)
{
    const quint64 question = ++m_question;
    m_isLoading = true;
    Q_EMIT loadingStarted();
    m_reading.request_stop();
    m_reading = std::stop_source();
    m_queue.run([this, question, path, root = m_root, endpoint,
                 stop = m_reading.get_token()]() -> std::function<void()> {
        const Result<ComparisonViewPtr> view = ui::load(path, root, endpoint, stop);
        return [this, question, view] {
            if (question != m_question)
                return;
            m_isLoading = false;
            if (view)
                m_view = *view;
            else
                Q_EMIT failed(view.error());
            Q_EMIT loaded();
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
