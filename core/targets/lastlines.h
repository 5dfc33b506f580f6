// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QByteArray>
#include <QStringList>

#include <boost/circular_buffer.hpp>

namespace parallax::targets {

/// The last lines a child wrote, bounded: 50 lines of at most 500 characters. Fed with bytes as they come. One thread.
class LastLines
{
public:
    static constexpr std::size_t kLines = 50;
    static constexpr qsizetype kCharacters = 500;

    /// Returns the lines that became complete.
    QStringList feed(const QByteArray &bytes)
    {
        QStringList complete;
        qsizetype at = 0;
        while (at < bytes.size()) {
            const qsizetype end = bytes.indexOf('\n', at);
            const QByteArrayView part = QByteArrayView(bytes).sliced(at, (end < 0 ? bytes.size() : end) - at);
            // What is cut off here would be cut off below.
            m_begun.append(part.first(qMin(part.size(), 4 * kCharacters - m_begun.size())));
            if (end < 0)
                break;
            at = end + 1;
            complete.append(take());
        }
        return complete;
    }

    /// All of them, a last one without line end too.
    [[nodiscard]] QStringList lines() const
    {
        QStringList all(m_lines.begin(), m_lines.end());
        if (!m_begun.isEmpty())
            all.append(QString::fromUtf8(m_begun).left(kCharacters));
        return all;
    }

private:
    QString take()
    {
        if (m_begun.endsWith('\r'))
            m_begun.chop(1);
        QString line = QString::fromUtf8(m_begun).left(kCharacters);
        m_begun.clear();
        m_lines.push_back(line);
        return line;
    }

    boost::circular_buffer<QString> m_lines{kLines};
    QByteArray m_begun;
};

} // namespace parallax::targets
