// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "router/accesslog.h"

#include "base/errors.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

#include <cstdio>

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace parallax::router {

namespace {

constexpr qint64 kMostParsed = 1024 * 1024; ///< longer bodies are not taken apart for the log

qint64 epochMs(WallTime time)
{
    return std::chrono::floor<std::chrono::milliseconds>(time).time_since_epoch().count();
}

qint64 wholeMs(Nanoseconds duration)
{
    return std::chrono::round<std::chrono::milliseconds>(duration).count();
}

QJsonValue parsed(const traffic::Body &body)
{
    if (body.isTruncated || body.length > kMostParsed)
        return {};
    const QJsonDocument document = QJsonDocument::fromJson(body.bytes);
    return document.isArray() ? QJsonValue(document.array()) : QJsonValue(document.object());
}

QJsonArray inputsOf(const QJsonValue &value)
{
    return value.isArray() ? value.toArray() : QJsonArray{value};
}

QJsonObject resultOf(const QJsonValue &id, const QJsonArray &inputs, const QJsonValue &output)
{
    return {{u"id"_s, id},
            {u"inputs"_s, inputs},
            {u"output"_s, output},
            {u"stdout"_s, QJsonValue::Null},
            {u"subjectId"_s, QJsonValue::Null}};
}

/// One for each row; none when the answer is an error or is not of the service's form.
QJsonArray resultsOf(const QJsonValue &request, const QJsonValue &answer)
{
    const QJsonValue data = request.toObject().value(u"data"_s);
    const QJsonValue output = answer.toObject().value(u"data"_s);
    if (data.isUndefined() || output.isUndefined())
        return {};
    const QJsonArray rows = data.toArray();
    if (rows.isEmpty() || !rows.first().isArray())
        return {resultOf(0, inputsOf(data), output)};
    const QJsonArray answers = output.toArray();
    QJsonArray results;
    for (qsizetype i = 0; i < rows.size(); ++i) {
        QJsonArray inputs = rows[i].toArray();
        const QJsonValue id = inputs.isEmpty() ? QJsonValue(i) : inputs.takeAt(0);
        results.append(resultOf(id, inputs, answers.at(i).toArray().at(1)));
    }
    return results;
}

QJsonValue errorOf(const traffic::Reply &reply, const QJsonValue &answer)
{
    switch (reply.state) {
    case traffic::AnswerState::Complete:
        break;
    case traffic::AnswerState::Dropped:
        return QString(u"dropped: "_s + traffic::toString(reply.dropReason));
    default:
        return reply.failure.isEmpty() ? traffic::toString(reply.state) : reply.failure;
    }
    const QJsonValue error = answer.toObject().value(u"error"_s);
    if (error.isString())
        return error;
    return reply.status >= 400 ? QJsonValue(u"HTTP %1"_s.arg(reply.status)) : QJsonValue(QJsonValue::Null);
}

/// JSON may hold DEL, C1 controls and line separators as they are; a terminal or a reader of lines must not see them.
QByteArray escaped(const QByteArray &json)
{
    const QString text = QString::fromUtf8(json);
    QString out;
    out.reserve(text.size());
    for (const QChar c : text) {
        const char16_t code = c.unicode();
        if (code < 0x20 || (code >= 0x7f && code <= 0x9f) || code == 0x2028 || code == 0x2029)
            out += u"\\u%1"_s.arg(uint(code), 4, 16, QLatin1Char('0'));
        else
            out += c;
    }
    return out.toUtf8();
}

} // namespace

QByteArray logLine(const traffic::Exchange &exchange, const traffic::Reply &reply, int index)
{
    const QJsonValue request = parsed(exchange.body);
    const QJsonValue answer = parsed(reply.body);
    const QByteArrayView ownBatch = reply.headers.value("x-mb-batch-id");
    bool isNumber = false;
    reply.version.toInt(&isNumber);
    const auto moment = [&](Nanoseconds offset) -> QJsonValue {
        if (!exchange.arrival || offset.count() < 0)
            return QJsonValue::Null;
        return epochMs(*exchange.arrival + offset);
    };
    const auto orNull = [](const QString &text) {
        return text.isEmpty() ? QJsonValue(QJsonValue::Null) : QJsonValue(text);
    };
    const Nanoseconds start = qMax(reply.timings.queued, Nanoseconds(0));
    const QJsonValue runtime = reply.timings.serviceTime().count() < 0
                                   ? QJsonValue(QJsonValue::Null)
                                   : QJsonValue(wholeMs(reply.timings.serviceTime()));
    const bool isRun = !runtime.isNull();
    const QJsonArray results =
        reply.state == traffic::AnswerState::Complete ? resultsOf(request, answer) : QJsonArray();
    const QJsonObject line{
        {u"batchId"_s,
         ownBatch.isNull() ? QString(exchange.requestId + u'.' + QString::number(index)) : QString::fromUtf8(ownBatch)},
        {u"requestId"_s, exchange.requestId},
        {u"deploymentName"_s, orNull(reply.deployment)},
        {u"deploymentVersion"_s, isNumber ? QJsonValue(reply.version) : QJsonValue(QJsonValue::Null)},
        {u"alias"_s, isNumber ? QJsonValue(QJsonValue::Null) : orNull(reply.version)},
        {u"branch"_s, orNull(reply.branch)},
        {u"batchStartTs"_s, moment(start)},
        {u"batchEndTs"_s, moment(reply.timings.done)},
        {u"batchDurationMs"_s, reply.timings.done.count() < 0 ? QJsonValue(QJsonValue::Null)
                                                              : QJsonValue(wholeMs(reply.timings.done - start))},
        {u"deploymentRuntimesMs"_s, isRun ? QJsonArray{runtime} : QJsonArray{}},
        {u"totalDeploymentRuntimeMs"_s, isRun ? runtime : QJsonValue(0)},
        {u"keepWarm"_s, false},
        {u"resultCount"_s, results.size()},
        {u"results"_s, results},
        {u"source"_s, u"rest"_s},
        {u"endpoint"_s, orNull(exchange.endpoint)},
        {u"backend"_s, orNull(reply.name)},
        {u"status"_s, reply.status == 0 ? QJsonValue(QJsonValue::Null) : QJsonValue(reply.status)},
        {u"error"_s, errorOf(reply, answer)},
    };
    return escaped(QJsonDocument(line).toJson(QJsonDocument::Compact));
}

Result<std::unique_ptr<AccessLog>> AccessLog::open(const QString &path, Options options)
{
    auto file = std::make_unique<QFile>(path);
    const bool isOpen = path == u"-" ? file->open(stdout, QIODevice::WriteOnly | QIODevice::Unbuffered)
                                     : file->open(QIODevice::WriteOnly | QIODevice::Append | QIODevice::Unbuffered,
                                                  QFileDevice::ReadOwner | QFileDevice::WriteOwner);
    if (!isOpen)
        return fail(base::kFileNotWritten, {{u"file"_s, path}}, file->errorString());
    if (options.redactionKey.isEmpty())
        options.redactionKey = traffic::redactionKey();
    return std::unique_ptr<AccessLog>(new AccessLog(std::move(file), std::move(options)));
}

AccessLog::AccessLog(std::unique_ptr<QFile> file, Options options)
    : m_file(std::move(file))
    , m_options(std::move(options))
    , m_queue(m_options.queue)
    , m_thread([this] { run(); })
{}

AccessLog::~AccessLog()
{
    m_queue.close();
    m_thread.join();
}

void AccessLog::push(Item item)
{
    if (!m_queue.push(std::move(item)))
        ++m_dropped;
}

void AccessLog::answered(const traffic::ExchangePtr &exchange)
{
    push({exchange, -1});
}

void AccessLog::mirrorAnswered(const traffic::ExchangePtr &exchange, std::size_t mirrorIndex)
{
    push({exchange, static_cast<int>(mirrorIndex)});
}

void AccessLog::finished(const traffic::ExchangePtr &) {}

void AccessLog::append(QByteArray &out, const Item &item, traffic::Redactor &redactor) const
{
    const std::optional<traffic::Exchange> masked = redactor.redacted(*item.exchange);
    const traffic::Exchange &exchange = masked ? *masked : *item.exchange;
    const auto add = [&](const traffic::Reply &reply, int index) { out += logLine(exchange, reply, index) + '\n'; };
    if (item.mirror >= 0) {
        add(exchange.mirrors[static_cast<std::size_t>(item.mirror)], item.mirror + 1);
        return;
    }
    add(exchange.primary, 0);
    int index = 0;
    for (const traffic::Reply &mirror : exchange.mirrors) {
        ++index;
        if (mirror.state != traffic::AnswerState::Pending)
            add(mirror, index);
    }
}

void AccessLog::run()
{
    traffic::Redactor redactor(m_options.redaction, m_options.redactionKey);
    while (true) {
        const bool wasClosed = m_queue.isClosed();
        const std::deque<Item> items = m_queue.takeAll(1s);
        QByteArray out;
        for (const Item &item : items)
            append(out, item, redactor);
        if (!out.isEmpty() && m_file->write(out) != out.size())
            m_dropped += items.size();
        if (items.empty() && wasClosed)
            return;
    }
}

} // namespace parallax::router
