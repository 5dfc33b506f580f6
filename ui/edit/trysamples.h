// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/taskqueue.h"

#include <QObject>

#include <functional>
#include <optional>

namespace parallax::ui {

/// Bodies that an endpoint was really asked with: the newest in the folder's captures, else one of the sample traffic.
/// Files are read on another thread, only the beginning of each. Owner and answers: GUI thread.
class TrySamples final : public QObject
{
    Q_OBJECT

public:
    struct Places
    {
        QString captureFolder; ///< empty: none
        QString sampleTraffic; ///< requests that fit every endpoint of the workspace; empty: none
    };

    explicit TrySamples(Places places, QObject *parent = nullptr);

    /// `then` gets the body, or nothing when there is none; only the last question is answered.
    void find(const QString &endpoint, std::function<void(const std::optional<QByteArray> &)> then);

private:
    const Places m_places;
    quint64 m_asked = 0;
    base::TaskQueue m_queue{this, base::TaskQueue::AtEnd::Drop};
};

} // namespace parallax::ui
