// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "traffic/sqlite.h"

#include <string>
#include <vector>

namespace parallax::traffic::sqlite {

/// Inserts rows into one table, kRows with one statement: a statement costs as much to start and to end as a short row
/// does. Rows wait in memory until there are enough, or until flush(); nothing reads them before. Give a row's values
/// in the order of the columns, then endRow(). After a failure, or a rollback, clear(). Owned by a CaptureWriter, used
/// on its thread, finished before its Database is closed.
class InsertBatch
{
public:
    static constexpr std::size_t kRows = 16;

    /// `into` is what stands between INSERT INTO and VALUES.
    [[nodiscard]] Status prepare(const Database &database, std::string_view into, std::size_t columns);
    void add(qint64 value);
    void add(std::optional<qint64> value);
    /// NULL when empty; copied.
    void addTextOrNull(QByteArrayView utf8);
    void addBlob(QByteArrayView bytes);
    /// False when the rows could not be written; the database has the error.
    [[nodiscard]] bool endRow();
    [[nodiscard]] bool flush();
    void clear();
    void finish();

private:
    enum class Kind : quint8 { Null, Number, Text, Blob };
    struct Value
    {
        Kind kind = Kind::Null;
        qint64 number = 0; ///< or where in m_bytes it begins
        qsizetype size = 0;
    };

    [[nodiscard]] bool run(Statement &statement, std::size_t from, std::size_t count);

    Statement m_one;
    Statement m_many;
    std::size_t m_columns = 0;
    std::vector<Value> m_values;
    std::string m_bytes;
};

} // namespace parallax::traffic::sqlite
