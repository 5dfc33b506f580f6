// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "yaml/document.h"

#include "yaml/agreement.h"
#include "yaml/gate.h"
#include "yaml/tree.h"

namespace parallax::yaml {

struct Document::Data
{
    QByteArray bytes;
    QString file;
    Limits limits;
    Node root;
};

Document::Document(std::shared_ptr<const Data> data)
    : m_data(std::move(data))
{}

Result<Document> Document::parse(const QByteArray &bytes, const QString &file, const Limits &limits)
{
    if (Status status = passesGate(bytes, file, limits); !status)
        return fail(status.error());
    const Result<EventStream> stream = strictEvents(bytes, file, limits);
    if (!stream)
        return fail(stream.error());
    // The tree comes first: it names duplicate keys, unknown aliases and cycles better than yaml-cpp does.
    Result<Node> root = buildTree(bytes, file, *stream, limits);
    if (!root)
        return fail(root.error());
    if (Status status = secondParserAgrees(bytes, file, *stream); !status)
        return fail(status.error());
    return Document(std::make_shared<const Data>(Data{bytes, file, limits, std::move(*root)}));
}

const QByteArray &Document::bytes() const
{
    return m_data->bytes;
}

const QString &Document::file() const
{
    return m_data->file;
}

const Limits &Document::limits() const
{
    return m_data->limits;
}

const Node &Document::root() const
{
    return m_data->root;
}

} // namespace parallax::yaml
