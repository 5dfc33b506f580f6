// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "targets/targetsfile.h"
#include "yaml/node.h"

#include <functional>

namespace parallax::targets {

/// Reads the nodes of `.parallax/targets.yaml` into `out`, with a finding for whatever is wrong. Lives for one file.
class TargetReader
{
public:
    TargetReader(QString file, TargetsFile &out)
        : m_file(std::move(file))
        , m_out(out)
    {}

    void read(const QByteArray &bytes);

private:
    using Handler = std::function<void(const yaml::Node &)>;
    using Handlers = QHash<QString, Handler>;

    void readRoot(const yaml::Node &root);
    void readTarget(const yaml::Node &node);
    void readMatch(const yaml::Node &node, TargetMatch &match);
    void readUrl(const yaml::Node &node, Target &target);
    void readProcess(const yaml::Node &node, Target &target);
    void readSource(const yaml::Node &node, Target &target);
    void readStatic(const yaml::Node &node, Target &target);
    void readModelbit(const yaml::Node &node, Target &target);
    void readTls(const yaml::Node &node, TlsSettings &tls);
    void readHeaders(const yaml::Node &node, const QString &key, Target &target);
    void checkShadowed();

    /// Hands each entry to its handler and says what has none. False when `node` is no mapping.
    bool readKeys(const yaml::Node &node, const QString &key, const Handlers &handlers);
    /// A scalar's text, not empty; placeholders other than `known` are complained about when `known` is given.
    void readText(const yaml::Node &node, const QString &key, QString &out, const QStringList *known = nullptr);
    void readBool(const yaml::Node &node, const QString &key, bool &out);
    void readDuration(const yaml::Node &node, const QString &key, std::chrono::milliseconds &out);
    bool checkHeader(const yaml::Entry &entry, bool isRequest);

    void say(Severity severity, ErrorCode code, const yaml::Node &node, QVariantMap args = {});
    void error(ErrorCode code, const yaml::Node &node, QVariantMap args = {})
    {
        say(Severity::Error, code, node, std::move(args));
    }

    QString m_file;
    TargetsFile &m_out;
};

} // namespace parallax::targets
