// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cli/console.h"

#include "base/text.h"
#include "ui/wording/wording.h"

#include <QJsonArray>
#include <QJsonDocument>

#include <cstdio>
#include <unistd.h>

using namespace Qt::StringLiterals;

namespace parallax::cli {

namespace {

constexpr qsizetype kMaxRemembered = 1000;

void write(std::FILE *stream, const QByteArray &bytes)
{
    std::fwrite(bytes.constData(), 1, static_cast<std::size_t>(bytes.size()), stream);
    std::fflush(stream);
}

} // namespace

QJsonObject toJson(const Error &error)
{
    return {
        {u"code"_s, error.code.toString()}, {u"text"_s, wording::text(error)}, {u"file"_s, error.where.file},
        {u"line"_s, error.where.line},      {u"column"_s, error.where.column},
    };
}

void Console::print(const QString &text) const
{
    progress({});
    write(stdout, text.toUtf8() + '\n');
}

void Console::printJson(const QJsonObject &object) const
{
    progress({});
    write(stdout, QJsonDocument(object).toJson());
}

void Console::printJson(const QJsonArray &array) const
{
    progress({});
    write(stdout, QJsonDocument(array).toJson());
}

void Console::note(const QString &text) const
{
    if (quiet)
        return;
    progress({});
    write(stderr, text.toUtf8() + '\n');
}

int Console::fail(const Error &error, ExitCode code) const
{
    progress({});
    QString line = u"parallax-cli: "_s + wording::line(error);
    if (const QString advice = wording::advice(error); !advice.isEmpty() && !quiet)
        line += u". "_s + base::escapeControls(advice);
    write(stderr, line.toUtf8() + '\n');
    if (json) {
        printJson(QJsonObject{{u"error"_s, toJson(error)}});
    }
    return code;
}

void Console::warn(const Error &error, Severity severity) const
{
    if (quiet && severity != Severity::Error)
        return;
    const QByteArray line = (u"parallax-cli: "_s + wording::line(error, severity)).toUtf8() + '\n';
    // The same words again say nothing new.
    if (m_said.contains(line))
        return;
    if (m_said.size() < kMaxRemembered)
        m_said.insert(line);
    progress({});
    write(stderr, line);
}

void Console::progress(const QString &text) const
{
    if (text.isEmpty() && !m_hasProgress)
        return;
    if (!text.isEmpty() && (quiet || !isTerminal()))
        return;
    write(stderr, "\r\x1b[2K" + text.toUtf8());
    m_hasProgress = !text.isEmpty();
}

bool Console::isTerminal() const
{
    return ::isatty(STDERR_FILENO) == 1;
}

} // namespace parallax::cli
