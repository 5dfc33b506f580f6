// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "yaml/gate.h"

#include "yaml/document.h"
#include "yaml/errors.h"
#include "yaml/lines.h"

using namespace Qt::StringLiterals;

namespace parallax::yaml {

namespace {

QString foreignEncoding(const QByteArray &bytes)
{
    using namespace std::string_view_literals;
    const std::string_view head(bytes.constData(), static_cast<std::size_t>(std::min<qsizetype>(bytes.size(), 4)));
    if (head.starts_with("\xff\xfe\0\0"sv) || head.starts_with("\0\0\xfe\xff"sv) || head.starts_with("\0\0\0"sv) ||
        (head.size() == 4 && head.substr(1) == "\0\0\0"sv))
        return u"UTF-32"_s;
    if (head.starts_with("\xff\xfe"sv) || head.starts_with("\xfe\xff"sv))
        return u"UTF-16"_s;
    const bool everySecondIsNul = head.size() >= 2 && (head[0] == '\0') != (head[1] == '\0');
    return everySecondIsNul ? u"UTF-16"_s : QString();
}

/// Length of the well-formed UTF-8 sequence at `p` (RFC 3629), 0 when it is none.
int sequenceLength(const uchar *p, qsizetype left, char32_t &character)
{
    const auto isTail = [&](int i) { return left > i && (p[i] & 0xc0) == 0x80; };
    if (p[0] < 0x80) {
        character = p[0];
        return 1;
    }
    if (p[0] >= 0xc2 && p[0] <= 0xdf && isTail(1)) {
        character = static_cast<char32_t>((p[0] & 0x1f) << 6 | (p[1] & 0x3f));
        return 2;
    }
    if ((p[0] & 0xf0) == 0xe0 && isTail(1) && isTail(2)) {
        character = static_cast<char32_t>((p[0] & 0x0f) << 12 | (p[1] & 0x3f) << 6 | (p[2] & 0x3f));
        return character >= 0x800 && (character < 0xd800 || character > 0xdfff) ? 3 : 0;
    }
    if (p[0] >= 0xf0 && p[0] <= 0xf4 && isTail(1) && isTail(2) && isTail(3)) {
        character =
            static_cast<char32_t>((p[0] & 0x07) << 18 | (p[1] & 0x3f) << 12 | (p[2] & 0x3f) << 6 | (p[3] & 0x3f));
        return character >= 0x10000 && character <= 0x10ffff ? 4 : 0;
    }
    return 0;
}

bool isPrintable(char32_t c)
{
    return c == '\t' || c == '\n' || c == '\r' || (c >= 0x20 && c <= 0x7e) || c == 0x85 || (c >= 0xa0 && c <= 0xd7ff) ||
           (c >= 0xe000 && c <= 0xfffd) || c >= 0x10000;
}

Error at(const QByteArray &bytes, const QString &file, qsizetype offset, ErrorCode code, QVariantMap args)
{
    const Lines::Position position = Lines(bytes).at(offset);
    return {code, std::move(args), {file, position.line, position.column}, {}};
}

} // namespace

Status passesGate(const QByteArray &bytes, const QString &file, const Limits &limits)
{
    if (bytes.size() > limits.bytes)
        return fail({kTooLarge, {{u"limit"_s, limits.bytes}}, {file, 1, 1}, {}});
    if (const QString encoding = foreignEncoding(bytes); !encoding.isEmpty())
        return fail({kForeignEncoding, {{u"encoding"_s, encoding}}, {file, 1, 1}, {}});
    const auto *data = reinterpret_cast<const uchar *>(bytes.constData());
    for (qsizetype i = 0; i < bytes.size();) {
        char32_t character = 0;
        const int length = sequenceLength(data + i, bytes.size() - i, character);
        if (length == 0)
            return fail(at(bytes, file, i, kEncoding, {}));
        if (!isPrintable(character)) {
            const QString name = u"U+%1"_s.arg(static_cast<uint>(character), 4, 16, QLatin1Char('0')).toUpper();
            return fail(at(bytes, file, i, kControlCharacter, {{u"character"_s, name}}));
        }
        i += length;
    }
    return {};
}

} // namespace parallax::yaml
