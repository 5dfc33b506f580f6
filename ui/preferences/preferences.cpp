// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/preferences/preferences.h"

#include "base/files.h"

#include <QFileInfo>
#include <QSettings>

#include <algorithm>

using namespace Qt::StringLiterals;

namespace parallax::preferences {

namespace {

using Mode = theme::Theme::Mode;

constexpr std::array kModes{std::pair{Mode::System, "system"}, std::pair{Mode::Light, "light"},
                            std::pair{Mode::Dark, "dark"}};

QString modeName(Mode mode)
{
    for (const auto &[known, name] : kModes) {
        if (known == mode)
            return QString::fromLatin1(name);
    }
    return {};
}

/// Every setting once: key and member. What reads and what writes visit the same list.
template<class Visitor>
void visit(Values &values, Visitor &&each)
{
    each(u"zoom"_s, values.zoom);
    each(u"uiFont"_s, values.uiFont);
    each(u"codeFont"_s, values.codeFont);
    each(u"listen"_s, values.listen);
    each(u"recordsTraffic"_s, values.recordsTraffic);
    each(u"captureFolder"_s, values.captureFolder);
    each(u"captureQuotaGib"_s, values.captureQuotaGib);
    each(u"captureBodyMib"_s, values.captureBodyMib);
    each(u"reopensFolder"_s, values.reopensFolder);
    each(u"showsSteps"_s, values.showsSteps);
    each(u"notifies"_s, values.notifies);
    each(u"notifiesAfterS"_s, values.notifiesAfterS);
}

Values inRange(Values values)
{
    values.zoom = std::clamp(values.zoom, kMinZoom, kMaxZoom);
    values.captureQuotaGib = std::clamp(values.captureQuotaGib, 1, kMaxQuotaGib);
    values.captureBodyMib = std::clamp(values.captureBodyMib, 1, kMaxBodyMib);
    values.notifiesAfterS = std::clamp(values.notifiesAfterS, 1, 3600);
    return values;
}

} // namespace

Preferences::Preferences(QString file, QObject *parent)
    : QObject(parent)
    , m_file(std::move(file))
{
    read();
}

void Preferences::set(const Values &values)
{
    const Values wanted = inRange(values);
    if (std::exchange(m_values, wanted) == wanted)
        return;
    write();
    Q_EMIT changed();
}

void Preferences::read()
{
    QSettings file(m_file, QSettings::IniFormat);
    file.beginGroup(u"preferences"_s);
    const QString mode = file.value(u"appearance"_s).toString();
    for (const auto &[known, name] : kModes) {
        if (mode == QLatin1String(name))
            m_values.appearance = known;
    }
    visit(m_values, [&file](const QString &key, auto &value) {
        QVariant kept = file.value(key);
        if (kept.isValid() && kept.convert(QMetaType::fromType<std::decay_t<decltype(value)>>()))
            value = kept.value<std::decay_t<decltype(value)>>();
    });
    m_values = inRange(m_values);
}

void Preferences::write() const
{
    if (!base::makePath(QFileInfo(m_file).absolutePath(), base::Privacy::OwnerOnly))
        return;
    QSettings file(m_file, QSettings::IniFormat);
    file.beginGroup(u"preferences"_s);
    Values defaults;
    QHash<QString, QVariant> unset;
    visit(defaults, [&unset](const QString &key, const auto &value) { unset.insert(key, value); });
    Values values = m_values;
    visit(values, [&](const QString &key, const auto &value) {
        if (unset.value(key) == QVariant(value))
            file.remove(key);
        else
            file.setValue(key, value);
    });
    if (m_values.appearance == defaults.appearance)
        file.remove(u"appearance"_s);
    else
        file.setValue(u"appearance"_s, modeName(m_values.appearance));
}

} // namespace parallax::preferences
