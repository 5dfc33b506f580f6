// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/roles.h"

namespace parallax::theme {

namespace {

struct Entry
{
    Role role;
    QLatin1StringView name;
    QRgb light;
    QRgb dark;
};

// clang-format off
constexpr std::array<Entry, kRoleCount> kTable{{
    {Role::Window,        QLatin1StringView("window"),        0xfff4f5f7, 0xff17191e},
    {Role::Rail,          QLatin1StringView("rail"),          0xffeceef1, 0xff131519},
    {Role::Base,          QLatin1StringView("base"),          0xffffffff, 0xff1d2026},
    {Role::Sunken,        QLatin1StringView("sunken"),        0xfff8f9fb, 0xff191c21},
    {Role::Raised,        QLatin1StringView("raised"),        0xffffffff, 0xff272b33},
    {Role::Hover,         QLatin1StringView("hover"),         0xffedeff3, 0xff262a31},
    {Role::Pressed,       QLatin1StringView("pressed"),       0xffe2e5eb, 0xff30353e},
    {Role::Button,        QLatin1StringView("button"),        0xffffffff, 0xff262a31},
    {Role::Track,         QLatin1StringView("track"),         0xffe2e5eb, 0xff131519},
    {Role::Thumb,         QLatin1StringView("thumb"),         0xffffffff, 0xff343a45},
    {Role::Border,        QLatin1StringView("border"),        0xffe3e6eb, 0xff2c3038},
    {Role::BorderStrong,  QLatin1StringView("borderStrong"),  0xffc9ced7, 0xff424854},
    {Role::Field,         QLatin1StringView("field"),         0xffffffff, 0xff15171b},
    {Role::Text,          QLatin1StringView("text"),          0xff1a1e26, 0xffe4e7ec},
    {Role::Text2,         QLatin1StringView("text2"),         0xff454d5b, 0xffb4bac5},
    {Role::Muted,         QLatin1StringView("muted"),         0xff5c6574, 0xff9ca4b2},
    {Role::Disabled,      QLatin1StringView("disabled"),      0xffa3aab6, 0xff596170},
    {Role::Accent,        QLatin1StringView("accent"),        0xff4a55cf, 0xffa3acff},
    {Role::AccentFill,    QLatin1StringView("accentFill"),    0xff4a55cf, 0xff525dd8},
    {Role::AccentHover,   QLatin1StringView("accentHover"),   0xff3e48bd, 0xff5d68df},
    {Role::AccentPressed, QLatin1StringView("accentPressed"), 0xff343ea8, 0xff4751c4},
    {Role::OnAccent,      QLatin1StringView("onAccent"),      0xffffffff, 0xffffffff},
    {Role::AccentSoft,    QLatin1StringView("accentSoft"),    0xffeef0fd, 0xff262a44},
    {Role::Focus,         QLatin1StringView("focus"),         0xff5b66e0, 0xff8a95ff},
    {Role::Selection,     QLatin1StringView("selection"),     0xffe2e5fb, 0xff2e3354},
    {Role::SelectionOff,  QLatin1StringView("selectionOff"),  0xffe8eaee, 0xff2b2f37},
    {Role::TextSelection, QLatin1StringView("textSelection"), 0xffcbd1f8, 0xff3c4484},
    {Role::Equal,         QLatin1StringView("equal"),         0xff4f6b66, 0xff8fafa8},
    {Role::Different,     QLatin1StringView("different"),     0xffa84a00, 0xfff2a65a},
    {Role::Error,         QLatin1StringView("error"),         0xffb4232c, 0xffff8a8a},
    {Role::Dropped,       QLatin1StringView("dropped"),       0xff5c6574, 0xff9ca4b2},
    {Role::Warning,       QLatin1StringView("warning"),       0xff7a5b00, 0xffe8c45a},
    {Role::Ok,            QLatin1StringView("ok"),            0xff1e7466, 0xff5cc3ae},
    {Role::DifferentSoft, QLatin1StringView("differentSoft"), 0xfffdf0e3, 0xff33271b},
    {Role::ErrorSoft,     QLatin1StringView("errorSoft"),     0xfffceded, 0xff3a2226},
    {Role::WarningSoft,   QLatin1StringView("warningSoft"),   0xfffbf4dc, 0xff322c1a},
    {Role::OkSoft,        QLatin1StringView("okSoft"),        0xffe5f3f0, 0xff1b302d},
    {Role::InfoSoft,      QLatin1StringView("infoSoft"),      0xffeef0fd, 0xff262a44},
    {Role::DiffLeft,      QLatin1StringView("diffLeft"),      0xfffef3e8, 0xff2e251c},
    {Role::DiffLeftIn,    QLatin1StringView("diffLeftIn"),    0xfffbd5ac, 0xff5f3c14},
    {Role::DiffLeftMark,  QLatin1StringView("diffLeftMark"),  0xffa95106, 0xfff2a65a},
    {Role::DiffRight,     QLatin1StringView("diffRight"),     0xffeaf3fe, 0xff18273b},
    {Role::DiffRightIn,   QLatin1StringView("diffRightIn"),   0xffbcdbfb, 0xff1b4675},
    {Role::DiffRightMark, QLatin1StringView("diffRightMark"), 0xff1c64b8, 0xff7db9f5},
    {Role::DiffMove,      QLatin1StringView("diffMove"),      0xfff1eff8, 0xff272536},
    {Role::DiffMoveMark,  QLatin1StringView("diffMoveMark"),  0xff6b5b95, 0xffb6a8db},
    {Role::DiffVoid,      QLatin1StringView("diffVoid"),      0xfff4f5f7, 0xff191b20},
    {Role::SynKey,        QLatin1StringView("synKey"),        0xff33415c, 0xffb9c6de},
    {Role::SynString,     QLatin1StringView("synString"),     0xff1f6654, 0xff8ccbb5},
    {Role::SynNumber,     QLatin1StringView("synNumber"),     0xff6e3a94, 0xffd0a8f0},
    {Role::SynWord,       QLatin1StringView("synWord"),       0xff8a2c62, 0xffefa0cb},
    {Role::SynPunct,      QLatin1StringView("synPunct"),      0xff5c6574, 0xff9ca4b2},
    {Role::Primary,       QLatin1StringView("primary"),       0xff454d5b, 0xffb4bac5},
    {Role::MirrorA,       QLatin1StringView("mirrorA"),       0xff0e7f8a, 0xff30d0dc},
    {Role::MirrorB,       QLatin1StringView("mirrorB"),       0xff8e1f70, 0xffcf66a6},
    {Role::MirrorC,       QLatin1StringView("mirrorC"),       0xff8a6a00, 0xfff5cf68},
    {Role::MirrorD,       QLatin1StringView("mirrorD"),       0xff7361cc, 0xff8f86f2},
    {Role::MirrorE,       QLatin1StringView("mirrorE"),       0xff3d5200, 0xff6f9a3c},
    {Role::MirrorF,       QLatin1StringView("mirrorF"),       0xff4a1e12, 0xfff0a58f},
    {Role::ChartGrid,     QLatin1StringView("chartGrid"),     0xffeceef2, 0xff282c34},
    {Role::ChartAxis,     QLatin1StringView("chartAxis"),     0xff5c6574, 0xff9ca4b2},
    {Role::ChartEqual,    QLatin1StringView("chartEqual"),    0xffb9c9c5, 0xff41544f},
    {Role::ChartRule,     QLatin1StringView("chartRule"),     0xffd6dfdd, 0xff303d3a},
    {Role::ChartDiff,     QLatin1StringView("chartDiff"),     0xffe08a3c, 0xffe0944a},
    {Role::ChartError,    QLatin1StringView("chartError"),    0xffc9414a, 0xffe56b70},
    {Role::ChartDropped,  QLatin1StringView("chartDropped"),  0xffaeb5c0, 0xff636b79},
}};
// clang-format on

constexpr bool isInOrder()
{
    for (int i = 0; i < kRoleCount; ++i) {
        if (static_cast<int>(kTable[static_cast<std::size_t>(i)].role) != i)
            return false;
    }
    return true;
}
static_assert(isInOrder());

const Entry &entry(Role role)
{
    return kTable[static_cast<std::size_t>(role)];
}

} // namespace

std::array<Role, kRoleCount> allRoles()
{
    std::array<Role, kRoleCount> roles{};
    for (std::size_t i = 0; i < kTable.size(); ++i)
        roles[i] = kTable[i].role;
    return roles;
}

QLatin1StringView roleName(Role role)
{
    return entry(role).name;
}

QColor lightColor(Role role)
{
    return QColor::fromRgb(entry(role).light);
}

QColor darkColor(Role role)
{
    return QColor::fromRgb(entry(role).dark);
}

} // namespace parallax::theme
