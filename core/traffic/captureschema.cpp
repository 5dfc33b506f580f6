// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "traffic/captureschema.h"

#include "traffic/errors.h"

#include <QCoreApplication>
#include <QFile>
#include <QStringList>

#ifdef Q_OS_UNIX
#include <cerrno>
#include <csignal>
#endif

using namespace Qt::StringLiterals;

namespace parallax::traffic::schema {

namespace {

// The numbers are the file format: names are added at the end, never moved.
static_assert(static_cast<int>(AnswerState::Pending) == 0 && static_cast<int>(AnswerState::Complete) == 1 &&
              static_cast<int>(AnswerState::Failed) == 2 && static_cast<int>(AnswerState::Timeout) == 3 &&
              static_cast<int>(AnswerState::Dropped) == 4);
static_assert(static_cast<int>(DropReason::None) == 0 && static_cast<int>(DropReason::QueueFull) == 1 &&
              static_cast<int>(DropReason::BreakerOpen) == 2 && static_cast<int>(DropReason::TooLarge) == 3 &&
              static_cast<int>(DropReason::Lag) == 4 && static_cast<int>(DropReason::Stopped) == 5 &&
              static_cast<int>(DropReason::Interrupted) == 6);
static_assert(static_cast<int>(Outcome::Pending) == 0 && static_cast<int>(Outcome::Equal) == 1 &&
              static_cast<int>(Outcome::EqualByRule) == 2 && static_cast<int>(Outcome::Different) == 3 &&
              static_cast<int>(Outcome::PrimaryError) == 4 && static_cast<int>(Outcome::MirrorError) == 5 &&
              static_cast<int>(Outcome::BothErrorSame) == 6 && static_cast<int>(Outcome::BothErrorDifferent) == 7 &&
              static_cast<int>(Outcome::Timeout) == 8 && static_cast<int>(Outcome::Dropped) == 9 &&
              static_cast<int>(Outcome::NotComparable) == 10);

constexpr const char *kTables = R"sql(
CREATE TABLE meta(key TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE dictionary(id INTEGER PRIMARY KEY, bytes BLOB NOT NULL);
CREATE TABLE route(id INTEGER PRIMARY KEY, endpoint TEXT NOT NULL, method TEXT NOT NULL, target TEXT NOT NULL);
CREATE TABLE respondent(id INTEGER PRIMARY KEY, name TEXT NOT NULL, deployment TEXT NOT NULL, branch TEXT NOT NULL,
    version TEXT NOT NULL);
CREATE TABLE body(id INTEGER PRIMARY KEY, hash BLOB NOT NULL UNIQUE, length INTEGER NOT NULL,
    last_exchange INTEGER NOT NULL, bytes BLOB NOT NULL);
CREATE TABLE exchange(
    id INTEGER PRIMARY KEY,
    arrival INTEGER,                 -- ns since 1970 UTC
    route INTEGER NOT NULL REFERENCES route(id),
    request_bytes INTEGER NOT NULL,  -- length of the body
    respondent INTEGER NOT NULL REFERENCES respondent(id),
    state INTEGER NOT NULL,          -- of the primary's answer
    reason INTEGER NOT NULL,
    status INTEGER NOT NULL,
    reply_bytes INTEGER NOT NULL,
    done INTEGER NOT NULL,           -- ns from arrival to the last byte of the primary's answer, -1 = never
    flags INTEGER NOT NULL,          -- 1 client aborted, 2 warm-up, 4 has a recorded answer
    request_id TEXT,
    session TEXT,
    tags TEXT,                       -- one a line
    note TEXT,
    dictionary INTEGER,              -- NULL = the payload needs none
    payload BLOB NOT NULL);
CREATE TABLE mirror(
    id INTEGER PRIMARY KEY,          -- exchange * 256 + position, from 1
    exchange INTEGER GENERATED ALWAYS AS (id >> 8) VIRTUAL,
    respondent INTEGER NOT NULL REFERENCES respondent(id),
    state INTEGER NOT NULL,
    reason INTEGER NOT NULL,
    outcome INTEGER NOT NULL,
    differences INTEGER NOT NULL,
    status INTEGER NOT NULL,
    reply_bytes INTEGER NOT NULL,
    done INTEGER NOT NULL,
    dictionary INTEGER,
    payload BLOB);                   -- only of an answer that came after its exchange was written
CREATE VIEW exchanges AS SELECT e.id,
    strftime('%Y-%m-%dT%H:%M:%S', e.arrival / 1000000000, 'unixepoch')
        || printf('.%06dZ', e.arrival % 1000000000 / 1000) AS time,
    n.endpoint, n.method, n.target, e.request_bytes, r.name AS primary_name, r.deployment, r.branch, r.version,
    CASE e.state WHEN 0 THEN 'pending' WHEN 1 THEN 'complete' WHEN 2 THEN 'failed' WHEN 3 THEN 'timeout'
        ELSE 'dropped' END AS state,
    e.status, e.reply_bytes, CASE WHEN e.done >= 0 THEN e.done / 1e6 END AS ms, e.flags, e.request_id, e.session,
    e.tags, e.note
    FROM exchange e JOIN route n ON n.id = e.route JOIN respondent r ON r.id = e.respondent;
CREATE VIEW pairs AS SELECT m.exchange AS id, n.endpoint, n.target, r.name AS mirror, r.deployment, r.branch,
    r.version,
    CASE m.outcome WHEN 0 THEN 'pending' WHEN 1 THEN 'equal' WHEN 2 THEN 'equal-by-rule' WHEN 3 THEN 'different'
        WHEN 4 THEN 'primary-error' WHEN 5 THEN 'mirror-error' WHEN 6 THEN 'both-error-same'
        WHEN 7 THEN 'both-error-different' WHEN 8 THEN 'timeout' WHEN 9 THEN 'dropped'
        ELSE 'not-comparable' END AS outcome,
    m.differences,
    CASE m.reason WHEN 0 THEN '' WHEN 1 THEN 'queue-full' WHEN 2 THEN 'breaker-open' WHEN 3 THEN 'too-large'
        WHEN 4 THEN 'lag' WHEN 5 THEN 'stopped' ELSE 'interrupted' END AS reason,
    e.status AS primary_status, m.status AS mirror_status,
    CASE WHEN e.done >= 0 THEN e.done / 1e6 END AS primary_ms, CASE WHEN m.done >= 0 THEN m.done / 1e6 END AS mirror_ms
    FROM mirror m JOIN exchange e ON e.id = m.exchange JOIN route n ON n.id = e.route
    JOIN respondent r ON r.id = m.respondent;
)sql";

#ifdef Q_OS_LINUX
// Field 22 of /proc/PID/stat, counted after the command's closing parenthesis; together with the boot's id it tells
// this process from a later one with the same number.
QByteArray startOf(qint64 pid)
{
    QFile file(u"/proc/%1/stat"_s.arg(pid));
    if (!file.open(QIODevice::ReadOnly))
        return {};
    const QByteArray stat = file.read(4096);
    const QList<QByteArray> fields = stat.mid(stat.lastIndexOf(')') + 2).split(' ');
    return fields.value(19);
}

QByteArray bootId()
{
    QFile file(u"/proc/sys/kernel/random/boot_id"_s);
    return file.open(QIODevice::ReadOnly) ? file.read(64).trimmed() : QByteArray();
}
#else
QByteArray startOf(qint64)
{
    return {};
}
QByteArray bootId()
{
    return {};
}
#endif

bool isAlive(qint64 pid)
{
#ifdef Q_OS_UNIX
    return ::kill(static_cast<pid_t>(pid), 0) == 0 || errno == EPERM;
#else
    Q_UNUSED(pid)
    return false;
#endif
}

QByteArray writerMark(qint64 pid)
{
    return QByteArray::number(pid) + ' ' + startOf(pid) + ' ' + bootId();
}

Result<QByteArray> writerEntry(const sqlite::Database &database)
{
    Result<sqlite::Statement> statement = database.prepare("SELECT value FROM meta WHERE key = 'writer'");
    if (!statement)
        return tl::unexpected(statement.error());
    switch (statement->step()) {
    case sqlite::Step::Row:
        return statement->bytes(0).toByteArray();
    case sqlite::Step::Done:
        return QByteArray();
    case sqlite::Step::Failed:
        break;
    }
    return fail(database.lastError());
}

} // namespace

Status create(sqlite::Database &database)
{
    for (const char *sql : {"PRAGMA page_size = 4096", "PRAGMA auto_vacuum = NONE", "PRAGMA journal_mode = WAL",
                            "PRAGMA synchronous = NORMAL", "BEGIN IMMEDIATE", kTables}) {
        if (Status done = database.execute(sql); !done)
            return done;
    }
    const QByteArray stamps = "PRAGMA application_id = " + QByteArray::number(kApplicationId) +
                              "; PRAGMA user_version = " + QByteArray::number(kVersion) +
                              "; INSERT INTO meta VALUES('program', 'Parallax " PARALLAX_VERSION "'); COMMIT";
    return database.execute(stamps.constData());
}

Result<int> version(const sqlite::Database &database)
{
    const auto application = database.integer("PRAGMA application_id");
    if (!application)
        return tl::unexpected(application.error());
    const QVariantMap file{{u"file"_s, database.path()}};
    if (application->value_or(0) != kApplicationId)
        return fail({kNoCapture, file, {database.path()}, {}});
    const auto found = database.integer("PRAGMA user_version");
    if (!found)
        return tl::unexpected(found.error());
    const auto number = static_cast<int>(found->value_or(0));
    if (number > kVersion)
        return fail({kCaptureNewer,
                     {{u"file"_s, database.path()}, {u"version"_s, number}, {u"supported"_s, kVersion}},
                     {database.path()},
                     {}});
    if (number < 1)
        return fail({kCaptureCorrupt, file, {database.path()}, u"no schema version"_s});
    return number;
}

Status migrate(sqlite::Database &database, int from)
{
    static constexpr std::array<const char *, kVersion - 1> kSteps{};
    return migrate(database, from, kSteps);
}

Status migrate(sqlite::Database &database, int from, std::span<const char *const> steps)
{
    for (std::size_t step = static_cast<std::size_t>(from) - 1; step < steps.size(); ++step) {
        const QByteArray sql = QByteArray("BEGIN IMMEDIATE; ") + steps[step] +
                               "; PRAGMA user_version = " + QByteArray::number(static_cast<qint64>(step) + 2) +
                               "; COMMIT";
        if (Status done = database.execute(sql.constData()); !done) {
            if (database.isInTransaction())
                (void)database.execute("ROLLBACK");
            return done;
        }
    }
    return {};
}

Result<std::optional<qint64>> livingWriter(const sqlite::Database &database)
{
    const Result<QByteArray> entry = writerEntry(database);
    if (!entry)
        return tl::unexpected(entry.error());
    const qint64 pid = entry->left(entry->indexOf(' ')).toLongLong();
    if (pid <= 0 || !isAlive(pid) || writerMark(pid) != *entry)
        return std::optional<qint64>();
    return std::optional<qint64>(pid);
}

Status settleInterrupted(sqlite::Database &database)
{
    const Result<QByteArray> entry = writerEntry(database);
    if (!entry)
        return tl::unexpected(entry.error());
    if (entry->isEmpty())
        return {};
    if (Status begun = database.execute("BEGIN IMMEDIATE"); !begun)
        return begun;
    // Asked again under the lock: a writer may have come in between.
    const auto living = livingWriter(database);
    if (!living || living->has_value()) {
        Status rolled = database.execute("ROLLBACK");
        return living ? rolled : Status(tl::unexpected(living.error()));
    }
    for (const Status &done : {markInterrupted(database), leaveWriter(database), database.execute("COMMIT")}) {
        if (!done) {
            (void)database.execute("ROLLBACK");
            return done;
        }
    }
    return {};
}

Status enterWriter(sqlite::Database &database)
{
    // Read and write under one lock: two processes cannot both find it free.
    if (Status begun = database.execute("BEGIN IMMEDIATE"); !begun)
        return begun;
    const auto living = livingWriter(database);
    if (!living || living->has_value()) {
        const Status rolled = database.execute("ROLLBACK");
        if (!living)
            return tl::unexpected(living.error());
        return rolled ? Status(fail({kCaptureBusy,
                                     {{u"file"_s, database.path()}, {u"pid"_s, living->value()}},
                                     {database.path()},
                                     {}}))
                      : rolled;
    }
    const QByteArray sql = "INSERT OR REPLACE INTO meta VALUES('writer', '" +
                           writerMark(QCoreApplication::applicationPid()) + "'); COMMIT";
    return database.execute(sql.constData());
}

Status leaveWriter(sqlite::Database &database)
{
    return database.execute("DELETE FROM meta WHERE key = 'writer'");
}

Status writeProperty(sqlite::Database &database, const QString &key, const QByteArray &value)
{
    Result<sqlite::Statement> statement = database.prepare("INSERT OR REPLACE INTO meta VALUES(?, ?)");
    if (!statement)
        return tl::unexpected(statement.error());
    const QByteArray name = "property." + key.toUtf8();
    statement->bindText(1, name);
    statement->bindText(2, value);
    return statement->run() ? Status() : fail(database.lastError());
}

Result<QByteArray> readProperty(const sqlite::Database &database, const QString &key)
{
    Result<sqlite::Statement> statement = database.prepare("SELECT value FROM meta WHERE key = ?");
    if (!statement)
        return tl::unexpected(statement.error());
    const QByteArray name = "property." + key.toUtf8();
    statement->bindText(1, name);
    switch (statement->step()) {
    case sqlite::Step::Row:
        return statement->bytes(0).toByteArray();
    case sqlite::Step::Done:
        return QByteArray();
    case sqlite::Step::Failed:
        break;
    }
    return fail(database.lastError());
}

Status markInterrupted(sqlite::Database &database)
{
    return database.execute("UPDATE mirror SET state = 4, reason = 6, outcome = 9 WHERE state = 0");
}

} // namespace parallax::traffic::schema
