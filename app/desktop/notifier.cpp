// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/desktop/notifier.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QVariantMap>

using namespace Qt::StringLiterals;

namespace parallax::desktop {

namespace {

constexpr int kAnswerTimeoutMs = 2000;
constexpr int kServersChoice = -1; ///< how long it shows

void notify(const QString &title, const QString &text)
{
    const QDBusConnection bus = QDBusConnection::sessionBus();
    if (!bus.isConnected())
        return;
    QDBusMessage message =
        QDBusMessage::createMethodCall(u"org.freedesktop.Notifications"_s, u"/org/freedesktop/Notifications"_s,
                                       u"org.freedesktop.Notifications"_s, u"Notify"_s);
    const QVariantMap hints{{u"desktop-entry"_s, u"io.github.parallax.Parallax"_s}};
    // The body may be markup: names from files are no tags.
    message << u"Parallax"_s << 0U << u"io.github.parallax.Parallax"_s << title << text.toHtmlEscaped() << QStringList()
            << hints << kServersChoice;
    bus.call(message, QDBus::Block, kAnswerTimeoutMs);
}

} // namespace

Notifier::Notifier(QObject *parent)
    : QObject(parent)
{}

void Notifier::runBegan()
{
    if (!m_run.isValid())
        m_run.start();
}

void Notifier::runEnded(const QString &title, const QString &text, bool isActive)
{
    if (!m_run.isValid())
        return;
    const std::chrono::milliseconds took(m_run.elapsed());
    m_run.invalidate();
    if (!m_rules.isOn || isActive || took < m_rules.after)
        return;
    Q_EMIT told(title, text);
    // Without an address libdbus would start a bus of its own, which takes seconds.
    if (!qEnvironmentVariableIsSet("DBUS_SESSION_BUS_ADDRESS"))
        return;
    m_bus.run([title, text]() -> base::TaskQueue::Answer {
        notify(title, text);
        return {};
    });
}

} // namespace parallax::desktop
