// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Finds places in JSON text without making values of it, so that what is passed on stays as it was written.
#pragma once

#include <QByteArrayView>
#include <QString>

namespace parallax::router {

/// Walks over JSON text from left to right. The text need not be valid: then a walk fails or ends somewhere harmless,
/// never outside. A value; reads each byte once.
class JsonWalker
{
public:
    explicit JsonWalker(QByteArrayView text)
        : m_text(text)
    {}
    [[nodiscard]] qsizetype position() const { return m_at; }
    [[nodiscard]] bool isAtEnd() const { return m_at >= m_text.size(); }
    /// The next byte; NUL at the end.
    [[nodiscard]] char peek() const { return isAtEnd() ? '\0' : m_text[m_at]; }
    void skipBlanks();
    /// Whether `c` comes next; then it is passed.
    bool take(char c);
    /// Passes a string with its quotes; false when it does not end.
    bool skipString();
    /// Passes any value; false when it does not end or nests deeper than 512.
    bool skipValue();
    [[nodiscard]] QByteArrayView from(qsizetype start) const { return m_text.sliced(start, m_at - start); }

private:
    void skipWord();

    QByteArrayView m_text;
    qsizetype m_at = 0;
};

/// What a JSON string (with its quotes) says.
[[nodiscard]] QString decodedString(QByteArrayView quoted);

} // namespace parallax::router
