// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "traffic/sqlite.h"

#include "traffic/errors.h"

#include "base/errors.h"

#include <QFile>
#include <QUrl>

#include <sqlite3.h>

#include <utility>

using namespace Qt::StringLiterals;

namespace parallax::traffic::sqlite {

namespace {

constexpr int kBusyMilliseconds = 2000;

Error errorFor(int code, const QString &path, const QString &detail)
{
    const QVariantMap args{{u"file"_s, path}};
    switch (code & 0xff) {
    case SQLITE_FULL:
        return {kDiskFull, args, {path}, detail};
    case SQLITE_NOTADB:
        return {kNoCapture, args, {path}, detail};
    case SQLITE_CORRUPT:
    case SQLITE_FORMAT:
        return {kCaptureCorrupt, args, {path}, detail};
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return {kCaptureBusy, {{u"file"_s, path}, {u"pid"_s, u"?"_s}}, {path}, detail};
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_AUTH:
        return {kCaptureNotOpened, args, {path}, detail};
    default:
        return {kCaptureNotWritten, args, {path}, detail};
    }
}

// SQLite would make the file 0644; ours is 0600 from its first moment, and SQLite copies that mode to -wal and -shm.
Status createPrivately(const QString &path)
{
    QFile file(path);
    if (QFile::exists(path))
        return fail({base::kFileExists, {{u"file"_s, path}}, {path}, {}});
    if (!file.open(QIODevice::WriteOnly | QIODevice::NewOnly, QFileDevice::ReadOwner | QFileDevice::WriteOwner))
        return fail({kCaptureNotOpened, {{u"file"_s, path}}, {path}, file.errorString()});
    return {};
}

} // namespace

Statement::~Statement()
{
    sqlite3_finalize(m_statement);
}

Statement::Statement(Statement &&other) noexcept
    : m_statement(std::exchange(other.m_statement, nullptr))
{}

Statement &Statement::operator=(Statement &&other) noexcept
{
    if (this != &other) {
        sqlite3_finalize(m_statement);
        m_statement = std::exchange(other.m_statement, nullptr);
    }
    return *this;
}

void Statement::bind(int parameter, qint64 value)
{
    sqlite3_bind_int64(m_statement, parameter, value);
}

void Statement::bind(int parameter, std::optional<qint64> value)
{
    if (value)
        sqlite3_bind_int64(m_statement, parameter, *value);
    else
        sqlite3_bind_null(m_statement, parameter);
}

void Statement::bindText(int parameter, QByteArrayView utf8)
{
    const char *data = utf8.isNull() ? "" : utf8.data();
    sqlite3_bind_text64(m_statement, parameter, data, static_cast<sqlite3_uint64>(utf8.size()), SQLITE_STATIC,
                        SQLITE_UTF8);
}

void Statement::bindTextOrNull(int parameter, QByteArrayView utf8)
{
    if (utf8.isEmpty())
        sqlite3_bind_null(m_statement, parameter);
    else
        bindText(parameter, utf8);
}

void Statement::bindBlob(int parameter, QByteArrayView bytes)
{
    const char *data = bytes.isNull() ? "" : bytes.data();
    sqlite3_bind_blob64(m_statement, parameter, data, static_cast<sqlite3_uint64>(bytes.size()), SQLITE_STATIC);
}

void Statement::bindNull(int parameter)
{
    sqlite3_bind_null(m_statement, parameter);
}

Step Statement::step()
{
    const int code = sqlite3_step(m_statement);
    return code == SQLITE_ROW ? Step::Row : code == SQLITE_DONE ? Step::Done : Step::Failed;
}

bool Statement::run()
{
    Step state = Step::Row;
    while (state == Step::Row)
        state = step();
    sqlite3_reset(m_statement);
    return state == Step::Done;
}

void Statement::reset()
{
    sqlite3_reset(m_statement);
}

qint64 Statement::integer(int column) const
{
    return sqlite3_column_int64(m_statement, column);
}

bool Statement::isNull(int column) const
{
    return sqlite3_column_type(m_statement, column) == SQLITE_NULL;
}

QByteArrayView Statement::bytes(int column) const
{
    const void *data = sqlite3_column_blob(m_statement, column);
    return {static_cast<const char *>(data), sqlite3_column_bytes(m_statement, column)};
}

QString Statement::text(int column) const
{
    return QString::fromUtf8(bytes(column));
}

Database::~Database()
{
    close();
}

Database::Database(Database &&other) noexcept
    : m_handle(std::exchange(other.m_handle, nullptr))
    , m_path(std::move(other.m_path))
{}

Database &Database::operator=(Database &&other) noexcept
{
    if (this != &other) {
        close();
        m_handle = std::exchange(other.m_handle, nullptr);
        m_path = std::move(other.m_path);
    }
    return *this;
}

Result<Database> Database::open(const QString &path, Access access)
{
    if (access == Access::Create) {
        if (const Status created = createPrivately(path); !created)
            return tl::unexpected(created.error());
    } else if (!QFile::exists(path)) {
        return fail({base::kFileNotFound, {{u"file"_s, path}}, {path}, {}});
    }
    Database database;
    database.m_path = path;
    QByteArray name = QFile::encodeName(path);
    int flags = SQLITE_OPEN_NOMUTEX;
    if (access == Access::ReadOnly || access == Access::Immutable)
        flags |= SQLITE_OPEN_READONLY;
    else
        flags |= SQLITE_OPEN_READWRITE;
    if (access == Access::Immutable) {
        flags |= SQLITE_OPEN_URI;
        name = "file:" + QUrl::toPercentEncoding(path, "/") + "?immutable=1";
    }
    const int code = sqlite3_open_v2(name.constData(), &database.m_handle, flags, nullptr);
    if (code != SQLITE_OK) {
        const QString detail = QString::fromUtf8(sqlite3_errstr(code));
        return fail(errorFor(code, path, detail));
    }
    sqlite3_extended_result_codes(database.m_handle, 1);
    sqlite3_busy_timeout(database.m_handle, kBusyMilliseconds);
    // A capture is a file from anywhere: its schema must not be able to call functions with effects.
    sqlite3_db_config(database.m_handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
    sqlite3_db_config(database.m_handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
    return database;
}

Status Database::execute(const char *sql)
{
    if (sqlite3_exec(m_handle, sql, nullptr, nullptr, nullptr) != SQLITE_OK)
        return fail(lastError());
    return {};
}

Result<Statement> Database::prepare(std::string_view sql) const
{
    sqlite3_stmt *statement = nullptr;
    const int code = sqlite3_prepare_v3(m_handle, sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT,
                                        &statement, nullptr);
    if (code != SQLITE_OK)
        return fail(lastError());
    return Statement(statement);
}

Result<std::optional<qint64>> Database::integer(std::string_view sql) const
{
    Result<Statement> statement = prepare(sql);
    if (!statement)
        return tl::unexpected(statement.error());
    const Step step = statement->step();
    if (step == Step::Failed)
        return fail(lastError());
    if (step == Step::Done || statement->isNull(0))
        return std::optional<qint64>();
    return std::optional<qint64>(statement->integer(0));
}

Error Database::lastError() const
{
    return errorFor(sqlite3_extended_errcode(m_handle), m_path, QString::fromUtf8(sqlite3_errmsg(m_handle)));
}

bool Database::isInTransaction() const
{
    return m_handle != nullptr && sqlite3_get_autocommit(m_handle) == 0;
}

qint64 Database::lastInsertId() const
{
    return sqlite3_last_insert_rowid(m_handle);
}

void Database::close()
{
    sqlite3_close_v2(std::exchange(m_handle, nullptr));
}

} // namespace parallax::traffic::sqlite
