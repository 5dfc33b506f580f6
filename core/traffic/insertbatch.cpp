// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "traffic/insertbatch.h"

namespace parallax::traffic::sqlite {

Status InsertBatch::prepare(const Database &database, std::string_view into, std::size_t columns)
{
    std::string row = "(?";
    for (std::size_t i = 1; i < columns; ++i)
        row += ",?";
    row += ')';
    std::string sql = "INSERT INTO ";
    sql.append(into).append(" VALUES").append(row);
    Result<Statement> one = database.prepare(sql);
    if (!one)
        return tl::unexpected(one.error());
    for (std::size_t i = 1; i < kRows; ++i)
        sql.append(",").append(row);
    Result<Statement> many = database.prepare(sql);
    if (!many)
        return tl::unexpected(many.error());
    m_one = *std::move(one);
    m_many = *std::move(many);
    m_columns = columns;
    m_values.reserve(columns * kRows);
    return {};
}

void InsertBatch::add(qint64 value)
{
    m_values.push_back({Kind::Number, value, 0});
}

void InsertBatch::add(std::optional<qint64> value)
{
    m_values.push_back({value ? Kind::Number : Kind::Null, value.value_or(0), 0});
}

void InsertBatch::addTextOrNull(QByteArrayView utf8)
{
    m_values.push_back({utf8.isEmpty() ? Kind::Null : Kind::Text, static_cast<qint64>(m_bytes.size()), utf8.size()});
    m_bytes.append(utf8.data(), static_cast<std::size_t>(utf8.size()));
}

void InsertBatch::addBlob(QByteArrayView bytes)
{
    m_values.push_back({Kind::Blob, static_cast<qint64>(m_bytes.size()), bytes.size()});
    m_bytes.append(bytes.data(), static_cast<std::size_t>(bytes.size()));
}

bool InsertBatch::endRow()
{
    Q_ASSERT(m_values.size() % m_columns == 0);
    return m_values.size() < m_columns * kRows || flush();
}

bool InsertBatch::flush()
{
    bool isWritten = true;
    if (m_values.size() == m_columns * kRows) {
        isWritten = run(m_many, 0, m_values.size());
    } else {
        for (std::size_t from = 0; from < m_values.size() && isWritten; from += m_columns)
            isWritten = run(m_one, from, m_columns);
    }
    clear();
    return isWritten;
}

void InsertBatch::clear()
{
    m_values.clear();
    m_bytes.clear();
}

void InsertBatch::finish()
{
    clear();
    m_one = {};
    m_many = {};
}

bool InsertBatch::run(Statement &statement, std::size_t from, std::size_t count)
{
    for (std::size_t i = 0; i < count; ++i) {
        const Value &value = m_values[from + i];
        const int parameter = static_cast<int>(i) + 1;
        const auto bytes = [&] { return QByteArrayView(m_bytes.data() + value.number, value.size); };
        switch (value.kind) {
        case Kind::Null:
            statement.bindNull(parameter);
            break;
        case Kind::Number:
            statement.bind(parameter, value.number);
            break;
        case Kind::Text:
            statement.bindText(parameter, bytes());
            break;
        case Kind::Blob:
            statement.bindBlob(parameter, bytes());
            break;
        }
    }
    return statement.run();
}

} // namespace parallax::traffic::sqlite
