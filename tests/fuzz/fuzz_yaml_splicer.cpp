// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// Any bytes as a YAML file, and edits at places chosen by the input. What must hold is checked with traps: spans lie in
// the file, an edit that is done can be undone to the byte, a canonical form is its own canonical form.
#include "endpoints/canonical.h"
#include "endpoints/edits.h"
#include "yaml/comments.h"
#include "yaml/document.h"

#include <fuzzer/FuzzedDataProvider.h>

#include <cstdio>
#include <cstdlib>

using namespace Qt::StringLiterals;
using namespace parallax;
using yaml::Document;
using yaml::Node;

namespace {

void require(bool holds, const char *what)
{
    if (!holds) {
        std::fprintf(stderr, "does not hold: %s\n", what);
        std::abort();
    }
}

void checkSpans(const Node &node, qsizetype size)
{
    require(node.span.begin >= 0 && node.span.begin <= node.span.end && node.span.end <= size, "span");
    require(node.outer.begin <= node.span.begin && node.outer.end <= size, "outer span");
    if (node.isAlias)
        return;
    for (const yaml::Entry &entry : node.entries) {
        checkSpans(entry.key, size);
        checkSpans(entry.value, size);
    }
    for (const Node &item : node.items)
        checkSpans(item, size);
}

/// Goes down by what the input says.
QStringList somePath(const Node &root, FuzzedDataProvider &input)
{
    QStringList path;
    const Node *node = &root;
    while (!node->entries.isEmpty() || !node->items.isEmpty()) {
        const qsizetype size = node->isMapping() ? node->entries.size() : node->items.size();
        const auto index = input.ConsumeIntegralInRange<qsizetype>(0, size);
        if (index == size)
            break;
        path.append(node->isMapping() ? node->entries[index].key.text : QString::number(index));
        node = node->isMapping() ? &node->entries[index].value : &node->items[index];
    }
    return path;
}

Result<Document> someEdit(const Document &document, FuzzedDataProvider &input)
{
    const QStringList path = somePath(document.root(), input);
    const QString text = QString::fromStdString(input.ConsumeRandomLengthString(12));
    switch (input.ConsumeIntegralInRange(0, 5)) {
    case 0:
        return document.withScalar(path, Document::Value::of(text));
    case 1:
        return document.withScalar(path, Document::Value::of(input.ConsumeIntegral<qint64>()));
    case 2:
        return document.withEntry(
            path, text,
            Document::Value::of({{u"deployment"_s, Document::Value::of({{u"name"_s, Document::Value::of(text)}})}}));
    case 3:
        return document.withoutEntry(path);
    case 4:
        return document.withRenamedKey(path, text);
    default:
        return document.withMovedEntry(path, input.ConsumeIntegralInRange(-1, 5));
    }
}

void editEndpoint(const QByteArray &bytes, FuzzedDataProvider &input)
{
    using namespace endpoints;
    const EndpointFile file = EndpointFile::read(bytes, u"f.yaml"_s, u"f"_s);
    const DeploymentRef target = DeploymentRef::fromString(u"other@x:3"_s);
    const QString backend = file.partial().backends.isEmpty() ? u"b"_s : file.partial().backends.last().label;
    const QString mirror = file.partial().mirrors.isEmpty() ? u"m"_s : file.partial().mirrors.last().name;
    const Edit edits[] = {AddMirror{{}, target},       RemoveMirror{mirror},      SetMirror{mirror, target},
                          MoveMirror{mirror, 0},       AddBackend{{}, target, 2}, RemoveBackend{backend},
                          SetBackend{backend, target}, SetWeight{backend, 7},     KeepOnlyBackend{backend}};
    const Result<EndpointFile> after = applied(file, input.PickValueInArray(edits));
    if (after) {
        const TextChange change = TextChange::between(bytes, after->bytes());
        require(change.appliedTo(bytes) == after->bytes(), "change");
        require(change.inverse().appliedTo(after->bytes()) == bytes, "inverse");
    }
    if (const Result<QByteArray> canonical = canonicalForm(file)) {
        const Result<QByteArray> again = canonicalForm(EndpointFile::read(*canonical, u"f.yaml"_s, u"f"_s));
        require(again && *again == *canonical, "canonical form of a canonical form");
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    FuzzedDataProvider input(data, size);
    const size_t controls = std::min<size_t>(24, size / 4);
    const std::string text = input.ConsumeBytesAsString(size - controls);
    const QByteArray bytes(text.data(), static_cast<qsizetype>(text.size()));
    const Result<Document> document = Document::parse(bytes, u"f.yaml"_s);
    if (!document) {
        require(document.error().code.toString().startsWith(u"yaml-") && document.error().where.line > 0,
                "an error has a code and a place");
        return 0;
    }
    require(document->bytes() == bytes, "bytes");
    checkSpans(document->root(), bytes.size());
    Document now = *document;
    for (int i = 0; i < 3; ++i) {
        const Result<Document> next = someEdit(now, input);
        if (!next)
            continue;
        checkSpans(next->root(), next->bytes().size());
        now = *next;
    }
    editEndpoint(now.bytes(), input);
    return 0;
}
