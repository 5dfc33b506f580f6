// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/theme/systemappearance.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusVariant>
#include <QPointer>
#include <QThreadPool>

using namespace Qt::StringLiterals;

namespace parallax::theme {

namespace {

constexpr int kAnswerTimeoutMs = 2000;

QDBusMessage readColorScheme()
{
    QDBusMessage message =
        QDBusMessage::createMethodCall(u"org.freedesktop.portal.Desktop"_s, u"/org/freedesktop/portal/desktop"_s,
                                       u"org.freedesktop.portal.Settings"_s, u"Read"_s);
    message << u"org.freedesktop.appearance"_s << u"color-scheme"_s;
    return message;
}

// The portal wraps the value in a variant of its own, some versions twice.
QVariant unwrapped(QVariant value)
{
    while (value.canConvert<QDBusVariant>())
        value = value.value<QDBusVariant>().variant();
    return value;
}

} // namespace

SystemAppearance::SystemAppearance(QObject *parent)
    : QObject(parent)
{
    // Without an address libdbus would start a bus of its own, which takes seconds.
    if (qEnvironmentVariableIsSet("DBUS_SESSION_BUS_ADDRESS"))
        ask();
}

void SystemAppearance::ask()
{
    QThreadPool::globalInstance()->start([self = QPointer<SystemAppearance>(this)] {
        const QDBusConnection bus = QDBusConnection::sessionBus();
        if (!bus.isConnected())
            return;
        const QDBusMessage reply = bus.call(readColorScheme(), QDBus::Block, kAnswerTimeoutMs);
        const bool isAnswer = reply.type() == QDBusMessage::ReplyMessage && !reply.arguments().isEmpty();
        const uint scheme = isAnswer ? unwrapped(reply.arguments().constFirst()).toUInt() : 0;
        if (!self)
            return;
        QMetaObject::invokeMethod(
            self.data(),
            [self, scheme] {
                if (!self)
                    return;
                // No service name: looking its owner up would wait for the bus.
                QDBusConnection::sessionBus().connect(
                    QString(), u"/org/freedesktop/portal/desktop"_s, u"org.freedesktop.portal.Settings"_s,
                    u"SettingChanged"_s, self.data(), SLOT(onSettingChanged(QString, QString, QDBusVariant)));
                self->take(scheme);
            },
            Qt::QueuedConnection);
    });
}

void SystemAppearance::onSettingChanged(const QString &nameSpace, const QString &key, const QDBusVariant &value)
{
    if (nameSpace == "org.freedesktop.appearance"_L1 && key == "color-scheme"_L1)
        take(unwrapped(value.variant()).toUInt());
}

// 0 no preference, 1 dark, 2 light.
void SystemAppearance::take(uint scheme)
{
    const std::optional<bool> isDark = scheme == 1   ? std::optional(true)
                                       : scheme == 2 ? std::optional(false)
                                                     : std::nullopt;
    if (std::exchange(m_isDark, isDark) != isDark)
        Q_EMIT changed();
}

} // namespace parallax::theme
