// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/wording/wording.h"

#include "base/text.h"
#include "ui/wording/tables.h"

#include <QCoreApplication>

using namespace Qt::StringLiterals;

namespace parallax::wording {

namespace {

QString filled(const char *source, const Error &error)
{
    QString text = QCoreApplication::translate("parallax::wording", source);
    for (auto it = error.args.begin(); it != error.args.end(); ++it)
        text.replace(u'{' + it.key() + u'}', it.value().toString());
    text.replace(u"{detail}"_s, error.detail);
    return text;
}

} // namespace

const Sentence *findSentence(const QString &id)
{
    for (const auto table : {baseSentences(), yamlSentences(), endpointsSentences(), repositorySentences(),
                             targetsSentences(), httpSentences(), routerSentences(), trafficSentences(),
                             replaySentences(), compareSentences(), reportSentences(), cliSentences()}) {
        for (const Sentence &sentence : table) {
            if (id == QLatin1StringView(sentence.id))
                return &sentence;
        }
    }
    return nullptr;
}

bool hasText(ErrorCode code)
{
    return findSentence(code.toString()) != nullptr;
}

QString text(const Error &error)
{
    if (const Sentence *sentence = findSentence(error.code.toString()))
        return filled(sentence->text, error);
    return error.detail.isEmpty() ? error.code.toString() : error.detail;
}

QString advice(const Error &error)
{
    const Sentence *sentence = findSentence(error.code.toString());
    return sentence == nullptr || sentence->advice == nullptr ? QString() : filled(sentence->advice, error);
}

QString line(const Error &error, Severity severity)
{
    QString out;
    if (!error.where.file.isEmpty()) {
        out += error.where.file + u':';
        if (error.where.line > 0)
            out += QString::number(error.where.line) + u':' + QString::number(qMax(error.where.column, 1)) + u':';
        out += u' ';
    }
    out += severity == Severity::Error ? "error"_L1 : severity == Severity::Warning ? "warning"_L1 : "info"_L1;
    out += ": "_L1 + text(error) + " ["_L1 + error.code.toString() + u']';
    return base::escapeControls(out);
}

} // namespace parallax::wording
