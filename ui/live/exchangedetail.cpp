// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/live/exchangedetail.h"

#include "compare/body.h"
#include "compare/sidebyside.h"
#include "traffic/redaction.h"
#include "ui/models/displaytext.h"
#include "ui/widgets/code/sidebysidedocument.h"

#include <QCoreApplication>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parallax::ui {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("parallax::ui::ExchangeDetail", text);
}

QString fieldsText(const http::Headers &headers)
{
    QString text;
    for (const http::Header &field : headers)
        text += QString::fromLatin1(field.name) + u": "_s + QString::fromLatin1(field.value) + u'\n';
    return text;
}

/// Lines of the body, indented, or as they were sent.
QStringList bodyLines(const compare::DecodedBody &decoded, const traffic::Body &body, bool isRaw)
{
    using Kind = compare::DecodedBody::Kind;
    if (isRaw && (decoded.kind == Kind::Json || decoded.kind == Kind::Text))
        return QString::fromUtf8(decoded.isEvents ? body.bytes : decoded.bytes).split(u'\n');
    QStringList lines;
    for (const compare::SideLine &line : compare::sideBySide(decoded, decoded).left)
        lines += line.text;
    return lines;
}

QString bodyText(const http::Headers &headers, const traffic::Body &body, ExchangeDetail &detail)
{
    const compare::DecodedBody decoded = compare::decodeBody(headers, body);
    const bool isWhole = detail.view.isWhole && body.length <= ExchangeDetail::kMostWhole;
    detail.bodyBytes = body.length;
    detail.isKept = !body.isTruncated;
    QString text;
    for (const QString &line : bodyLines(decoded, body, detail.view.isRaw)) {
        const qsizetype room = ExchangeDetail::kMostText - text.size();
        if (!isWhole && line.size() > room) {
            detail.isCut = true;
            text += line.left(room);
            return text + u'\n' + tr("The rest is not shown: the body has %1.").arg(display::byteCount(body.length));
        }
        text += line + u'\n';
    }
    if (body.isTruncated)
        text += u'\n' + tr("Only the beginning was kept: the body has %1.").arg(display::byteCount(body.length));
    return text;
}

QString requestText(const traffic::Exchange &exchange, ExchangeDetail &detail)
{
    return QString::fromLatin1(exchange.method) + u' ' + QString::fromUtf8(exchange.target) + u'\n' +
           fieldsText(exchange.headers) + u'\n' + bodyText(exchange.headers, exchange.body, detail);
}

QString replyText(const traffic::Reply &reply, ExchangeDetail &detail)
{
    QString text = QString(display::answer(reply) + u"  "_s + display::milliseconds(reply)).trimmed();
    if (reply.role == traffic::Role::Mirror)
        text += u"  "_s + display::outcomeName(reply.outcome);
    text +=
        u'\n' + QStringList{reply.deployment, reply.branch, reply.version}.join(u", "_s) + u"  "_s + reply.url + u'\n';
    if (reply.credentialsRemoved)
        text += tr("Authorization and cookies were not passed on.") + u'\n';
    if (reply.state != traffic::AnswerState::Complete) {
        const QString why = reply.failure.isEmpty() ? traffic::toString(reply.dropReason) : reply.failure;
        return why.isEmpty() ? text : text + u'\n' + why + u'\n';
    }
    return text + u'\n' + fieldsText(reply.headers) + u'\n' + bodyText(reply.headers, reply.body, detail);
}

const traffic::Reply *findMirror(const traffic::Exchange &exchange, const QString &name)
{
    const auto at = std::find_if(exchange.mirrors.begin(), exchange.mirrors.end(),
                                 [&name](const traffic::Reply &one) { return one.name == name; });
    return at == exchange.mirrors.end() ? nullptr : &*at;
}

compare::DecodedBody answered(const traffic::Reply &reply)
{
    return compare::decodeBody(reply.headers, reply.state == traffic::AnswerState::Complete
                                                  ? reply.body
                                                  : traffic::Body::whole(reply.failure.toUtf8()));
}

void addDifferences(ExchangeDetail &detail, const traffic::Exchange &exchange, const compare::Rules &rules)
{
    const traffic::Reply *mirror = findMirror(exchange, detail.view.mirror);
    if (mirror == nullptr) {
        detail.missing = tr("This request was not copied to %1.").arg(detail.view.mirror);
        return;
    }
    if (mirror->state == traffic::AnswerState::Pending) {
        detail.missing = tr("%1 has not answered yet.").arg(mirror->name);
        return;
    }
    if (exchange.primary.state != traffic::AnswerState::Complete && mirror->state != traffic::AnswerState::Complete)
        detail.missing = tr("Neither answered: there is nothing to compare.");
    else if (mirror->state == traffic::AnswerState::Dropped)
        detail.missing = tr("%1 was not asked: %2.").arg(mirror->name, traffic::toString(mirror->dropReason));
    else
        detail.document =
            widgets::diffDocument(compare::sideBySide(answered(exchange.primary), answered(*mirror), rules));
}

void addTwo(ExchangeDetail &detail, const traffic::Reply &left, const traffic::Reply &right,
            const compare::Rules &rules)
{
    if (left.state == traffic::AnswerState::Pending || right.state == traffic::AnswerState::Pending)
        detail.missing = tr("One of the two has not been answered yet.");
    else if (left.state != traffic::AnswerState::Complete && right.state != traffic::AnswerState::Complete)
        detail.missing = tr("Neither was answered: there is nothing to compare.");
    else
        detail.document = widgets::diffDocument(compare::sideBySide(answered(left), answered(right), rules));
}

} // namespace

QByteArray shownBody(const traffic::Exchange &exchange, const DetailView &view)
{
    traffic::Redactor redactor(traffic::RedactionRules::defaults(), traffic::redactionKey());
    const traffic::Exchange shown = redactor.redacted(exchange).value_or(exchange);
    if (view.kind == DetailView::Kind::Request)
        return shown.body.bytes;
    if (view.kind == DetailView::Kind::Primary)
        return shown.primary.body.bytes;
    const traffic::Reply *mirror = view.kind == DetailView::Kind::Mirror ? findMirror(shown, view.mirror) : nullptr;
    return mirror == nullptr ? QByteArray() : mirror->body.bytes;
}

ExchangeDetailPtr makeDetail(const traffic::ExchangePtr &exchange, const DetailView &view, const compare::Rules &rules)
{
    auto detail = std::make_shared<ExchangeDetail>();
    detail->exchange = exchange;
    detail->view = view;
    traffic::Redactor redactor(traffic::RedactionRules::defaults(), traffic::redactionKey());
    const traffic::Exchange shown = redactor.redacted(*exchange).value_or(*exchange);
    switch (view.kind) {
    case DetailView::Kind::Request:
        detail->text = requestText(shown, *detail);
        break;
    case DetailView::Kind::Primary:
        detail->text = replyText(shown.primary, *detail);
        break;
    case DetailView::Kind::Mirror:
        if (const traffic::Reply *mirror = findMirror(shown, view.mirror))
            detail->text = replyText(*mirror, *detail);
        else
            detail->text = tr("This request was not copied to %1.").arg(view.mirror);
        break;
    case DetailView::Kind::Differences:
        addDifferences(*detail, shown, rules);
        break;
    case DetailView::Kind::Two:
        addTwo(*detail, shown.primary, redactor.redacted(*view.other).value_or(*view.other).primary, rules);
        break;
    }
    return detail;
}

} // namespace parallax::ui
