// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/identity.h"

#include "ui/theme/theme.h"

#include <QCoreApplication>
#include <QPainter>

using namespace Qt::StringLiterals;

namespace parallax::widgets {

using theme::Role;

namespace {

int shape(int index)
{
    return index % kMirrorShapes;
}

// In units of the line's width, for a width of 2.
QList<qreal> dashes(int index)
{
    switch (shape(index)) {
    case 0:
        return {3, 1.5};
    case 1:
        return {1, 1.5};
    case 2:
        return {4.5, 1.5, 1, 1.5};
    case 3:
        return {6, 2};
    case 4:
        return {2.5, 1, 0.5, 1, 0.5, 1};
    default:
        return {0.1, 2};
    }
}

} // namespace

Role identityRole(int index)
{
    static constexpr std::array kRoles{Role::MirrorA, Role::MirrorB, Role::MirrorC,
                                       Role::MirrorD, Role::MirrorE, Role::MirrorF};
    return index < 0 ? Role::Primary : kRoles[static_cast<std::size_t>(shape(index))];
}

QString identityIconName(int index)
{
    return index < 0 ? u"id-P"_s : u"id-"_s + QChar(static_cast<char16_t>(u'A' + shape(index)));
}

QIcon identityIcon(const theme::Theme &theme, int index)
{
    const Role role = identityRole(index);
    return theme.icon(identityIconName(index), {role, role, role, role});
}

void paintIdentity(QPainter &painter, const QRectF &rect, const theme::Theme &theme, int index)
{
    theme.paintIcon(painter, rect, identityIconName(index), identityRole(index));
}

QPen identityPen(const theme::Theme &theme, int index, double width)
{
    QPen pen(theme.color(identityRole(index)), width, Qt::SolidLine, Qt::FlatCap, Qt::RoundJoin);
    if (index >= 0) {
        if (shape(index) == kMirrorShapes - 1)
            pen.setCapStyle(Qt::RoundCap);
        pen.setDashPattern(dashes(index));
    } else {
        pen.setCapStyle(Qt::RoundCap);
    }
    return pen;
}

QString identityLetter(int index)
{
    if (index < 0)
        return QCoreApplication::translate("Identity", "Primary");
    const QString letter(QChar(static_cast<char16_t>(u'A' + shape(index))));
    return index < kMirrorShapes ? letter : letter + QString::number(index + 1);
}

} // namespace parallax::widgets
