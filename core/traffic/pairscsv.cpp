// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// One row a pair, for spreadsheets and data frames.
#include "traffic/csvtext.h"
#include "traffic/formats.h"
#include "traffic/timetext.h"

#include "base/text.h"
#include "traffic/jsontext.h"

using namespace Qt::StringLiterals;

namespace parallax::traffic {

namespace {

constexpr qsizetype kBufferBytes = 256 * 1024;
constexpr qsizetype kMaxCellBytes = 32'767; // the most that spreadsheets take in one cell

class PairsWriter final : public ExportWriter
{
public:
    explicit PairsWriter(QIODevice &device)
        : m_device(device)
        , m_out("id,time,endpoint,method,target,request,primary,primary_state,primary_status,primary_ms,primary_body,"
                "mirror,mirror_state,mirror_status,mirror_ms,mirror_body,outcome,differences,reason,tags,note\r\n")
    {}

    Status write(const Exchange &exchange) override
    {
        for (const Reply &mirror : exchange.mirrors)
            writePair(exchange, &mirror);
        if (exchange.mirrors.empty())
            writePair(exchange, nullptr);
        return m_out.size() < kBufferBytes ? Status() : finish();
    }

    Status finish() override
    {
        const Status done = writeAll(m_device, m_out);
        m_out.clear();
        return done;
    }

private:
    void cell(const QByteArray &text)
    {
        if (!m_isFirst)
            m_out += ',';
        m_isFirst = false;
        appendCsvCell(m_out, text);
    }

    void body(const Body &body)
    {
        QByteArray text = base::isUtf8(body.bytes) ? body.bytes : "base64:" + body.bytes.toBase64();
        if (text.size() > kMaxCellBytes) {
            text.truncate(kMaxCellBytes - 3);
            while (!text.isEmpty() && !base::isUtf8(text)) // not in the middle of a character
                text.chop(1);
            text += "...";
        }
        cell(text);
    }

    void reply(const Reply &reply)
    {
        cell(reply.name.toUtf8());
        cell(toString(reply.state).toUtf8());
        cell(reply.status == 0 ? QByteArray() : QByteArray::number(reply.status));
        QByteArray ms;
        if (reply.timings.done.count() >= 0)
            appendMilliseconds(ms, reply.timings.done.count());
        cell(ms);
        body(reply.body);
    }

    void writePair(const Exchange &exchange, const Reply *mirror)
    {
        m_isFirst = true;
        cell(QByteArray::number(exchange.id.value));
        QByteArray time;
        if (exchange.arrival)
            appendTime(time, *exchange.arrival);
        cell(time);
        cell(exchange.endpoint.toUtf8());
        cell(exchange.method);
        cell(exchange.target);
        body(exchange.body);
        reply(exchange.primary);
        if (mirror != nullptr) {
            reply(*mirror);
            cell(toString(mirror->outcome).toUtf8());
            cell(QByteArray::number(mirror->differences));
            cell(toString(mirror->dropReason).toUtf8());
        } else {
            m_out += ",,,,,,,,"; // eight empty cells
        }
        cell(exchange.tags.join(u' ').toUtf8());
        cell(exchange.note.toUtf8());
        m_out += "\r\n";
    }

    QIODevice &m_device;
    QByteArray m_out;
    bool m_isFirst = true;
};

} // namespace

std::unique_ptr<ExportWriter> makePairsWriter(QIODevice &device, const ExportOptions &)
{
    return std::make_unique<PairsWriter>(device);
}

} // namespace parallax::traffic
