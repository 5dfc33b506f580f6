// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/live/exchangedetail.h"

#include <QObject>
#include <QStringList>

namespace parallax::ui {

/// Who prepares exchanges for a DetailPane: the live router, or one request that is tried. GUI thread.
class DetailSource : public QObject
{
    Q_OBJECT

public:
    using QObject::QObject;

    /// In the order in which they were given their identities.
    [[nodiscard]] virtual QStringList mirrorNames() const = 0;
    /// Prepares an exchange for showing; detailReady() follows, unless a newer question came before.
    virtual void showDetail(const traffic::ExchangePtr &exchange, const DetailView &view) = 0;

Q_SIGNALS:
    void detailReady(const parallax::ui::ExchangeDetailPtr &detail);
};

} // namespace parallax::ui
