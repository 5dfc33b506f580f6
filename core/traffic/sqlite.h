// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"

#include <QByteArrayView>
#include <QString>

#include <optional>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace parallax::traffic::sqlite {

enum class Step { Row, Done, Failed };

/// A prepared statement. Parameters count from 1, columns from 0, as in SQLite. Bytes and text that are bound must
/// live until the next reset(). Owned by whoever prepared it; dies before its Database.
class Statement
{
public:
    Statement() = default;
    explicit Statement(sqlite3_stmt *statement)
        : m_statement(statement)
    {}
    ~Statement();
    Statement(Statement &&other) noexcept;
    Statement &operator=(Statement &&other) noexcept;
    Statement(const Statement &) = delete;
    Statement &operator=(const Statement &) = delete;

    [[nodiscard]] bool isValid() const { return m_statement != nullptr; }
    void bind(int parameter, qint64 value);
    void bind(int parameter, std::optional<qint64> value);
    void bindText(int parameter, QByteArrayView utf8);
    /// NULL when empty.
    void bindTextOrNull(int parameter, QByteArrayView utf8);
    void bindBlob(int parameter, QByteArrayView bytes);
    void bindNull(int parameter);

    [[nodiscard]] Step step();
    /// Runs to the end and resets; false when it failed.
    [[nodiscard]] bool run();
    void reset();

    [[nodiscard]] qint64 integer(int column) const;
    [[nodiscard]] bool isNull(int column) const;
    /// Valid until the next step or reset.
    [[nodiscard]] QByteArrayView bytes(int column) const;
    [[nodiscard]] QString text(int column) const;

private:
    sqlite3_stmt *m_statement = nullptr;
};

enum class Access {
    Create,    ///< the file is made, mode 0600; it must not exist
    ReadWrite, ///< it must exist
    ReadOnly,
    Immutable, ///< read-only on a medium where not even the side files of WAL can be made
};

/// One connection through SQLite's C API. Used by one thread at a time. Every failure is an Error with the code that
/// fits SQLite's.
class Database
{
public:
    Database() = default;
    ~Database();
    Database(Database &&other) noexcept;
    Database &operator=(Database &&other) noexcept;
    Database(const Database &) = delete;
    Database &operator=(const Database &) = delete;

    [[nodiscard]] static Result<Database> open(const QString &path, Access access);

    [[nodiscard]] Status execute(const char *sql);
    [[nodiscard]] Result<Statement> prepare(std::string_view sql) const;
    /// First column of the first row; nothing when there is no row or it is NULL.
    [[nodiscard]] Result<std::optional<qint64>> integer(std::string_view sql) const;
    /// The last failure as an Error, by SQLite's own code.
    [[nodiscard]] Error lastError() const;
    [[nodiscard]] bool isInTransaction() const;
    [[nodiscard]] bool isOpen() const { return m_handle != nullptr; }
    [[nodiscard]] qint64 lastInsertId() const;
    [[nodiscard]] const QString &path() const { return m_path; }
    void close();

private:
    sqlite3 *m_handle = nullptr;
    QString m_path;
};

} // namespace parallax::traffic::sqlite
