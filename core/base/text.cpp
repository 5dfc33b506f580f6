// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "base/text.h"

#include <QStringDecoder>

using namespace Qt::StringLiterals;

namespace parallax::base {

QString escapeControls(const QString &text)
{
    QString out;
    out.reserve(text.size());
    for (const QChar c : text) {
        const ushort u = c.unicode();
        if (u == '\n')
            out += "\\n"_L1;
        else if (u == '\r')
            out += "\\r"_L1;
        else if (u == '\t')
            out += "\\t"_L1;
        else if (u < 0x20 || (u >= 0x7f && u < 0xa0))
            out += u"\\x%1"_s.arg(u, 2, 16, QLatin1Char('0'));
        else if (u == 0x2028 || u == 0x2029)
            out += u"\\u%1"_s.arg(u, 4, 16, QLatin1Char('0'));
        else
            out += c;
    }
    return out;
}

bool isUtf8(const QByteArray &bytes)
{
    QStringDecoder decoder(QStringDecoder::Utf8, QStringDecoder::Flag::Stateless);
    [[maybe_unused]] const QString decoded = decoder.decode(bytes);
    return !decoder.hasError();
}

QByteArray byteOrderMark(const QByteArray &bytes)
{
    constexpr QByteArrayView kMark("\xEF\xBB\xBF");
    return bytes.startsWith(kMark) ? kMark.toByteArray() : QByteArray();
}

} // namespace parallax::base
