// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "yaml/node.h"

#include <QRegularExpression>

#include <limits>

using namespace Qt::StringLiterals;

namespace parallax::yaml {

namespace {

bool isPlainScalar(const Node &node)
{
    return node.kind == Kind::Scalar && node.style == ScalarStyle::Plain;
}

bool isDecimal(QStringView text)
{
    if (text.startsWith(u'-') || text.startsWith(u'+'))
        text = text.mid(1);
    return !text.isEmpty() && std::all_of(text.begin(), text.end(), [](QChar c) { return c >= u'0' && c <= u'9'; });
}

} // namespace

const Node *Node::find(QStringView key) const
{
    for (const Entry &entry : entries) {
        if (entry.key.text == key)
            return &entry.value;
    }
    return nullptr;
}

std::optional<qint64> Node::toInteger() const
{
    if (!isPlainScalar(*this) || !(tag.isEmpty() || tag == "!!int"_L1) || !isDecimal(text))
        return std::nullopt;
    bool fits = false;
    const qint64 value = text.toLongLong(&fits);
    return fits ? std::optional(value) : std::nullopt;
}

std::optional<double> Node::toNumber() const
{
    if (!isPlainScalar(*this) || !(tag.isEmpty() || tag == "!!int"_L1 || tag == "!!float"_L1))
        return std::nullopt;
    // Core schema of YAML 1.2.2, 10.3.2.
    static const QRegularExpression number(u"^[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?$"_s);
    static const QRegularExpression infinity(u"^([-+]?)\\.(inf|Inf|INF)$"_s);
    if (number.match(text).hasMatch())
        return text.toDouble();
    if (const QRegularExpressionMatch match = infinity.match(text); match.hasMatch()) {
        constexpr double kInfinity = std::numeric_limits<double>::infinity();
        return match.capturedView(1) == u"-" ? -kInfinity : kInfinity;
    }
    if (text == ".nan"_L1 || text == ".NaN"_L1 || text == ".NAN"_L1)
        return std::numeric_limits<double>::quiet_NaN();
    return std::nullopt;
}

std::optional<bool> Node::toBool() const
{
    if (!isPlainScalar(*this) || !(tag.isEmpty() || tag == "!!bool"_L1))
        return std::nullopt;
    if (text == "true"_L1 || text == "True"_L1 || text == "TRUE"_L1)
        return true;
    if (text == "false"_L1 || text == "False"_L1 || text == "FALSE"_L1)
        return false;
    return std::nullopt;
}

bool isSameValue(const Node &a, const Node &b)
{
    const bool isSame = a.kind == b.kind && a.text == b.text && a.tag == b.tag &&
                        (a.style == ScalarStyle::Plain) == (b.style == ScalarStyle::Plain) &&
                        a.entries.size() == b.entries.size() && a.items.size() == b.items.size();
    return isSame && std::equal(a.items.begin(), a.items.end(), b.items.begin(), isSameValue) &&
           std::equal(a.entries.begin(), a.entries.end(), b.entries.begin(), [](const Entry &x, const Entry &y) {
               return isSameValue(x.key, y.key) && isSameValue(x.value, y.value);
           });
}

} // namespace parallax::yaml
