// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "targets/secretstore.h"

#include <QtGlobal>

namespace parallax::targets {

QString EnvironmentSecretStore::variable(const QString &name)
{
    QString plain = name.toUpper();
    for (QChar &c : plain) {
        if (!(c >= u'A' && c <= u'Z') && !(c >= u'0' && c <= u'9'))
            c = u'_';
    }
    return QString::fromLatin1(kPrefix) + plain;
}

std::optional<QString> EnvironmentSecretStore::secret(const QString &name) const
{
    for (const QString &candidate : {QString(QString::fromLatin1(kPrefix) + name), variable(name)}) {
        const QByteArray key = candidate.toUtf8();
        if (qEnvironmentVariableIsSet(key.constData()))
            return qEnvironmentVariable(key.constData());
    }
    return {};
}

} // namespace parallax::targets
