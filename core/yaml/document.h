// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "base/result.h"
#include "yaml/node.h"

#include <QByteArray>
#include <QString>
#include <QStringList>

#include <memory>

namespace parallax::yaml {

/// Bounds of what is read as configuration (safety.md 26: alias bombs, depth).
struct Limits
{
    qsizetype bytes = 1'000'000;
    int depth = 64;
    int nodes = 100'000;
};

/// A YAML file that remembers its bytes: the text is the truth, and every edit is a splice of it. A value; cheap to
/// copy. Parsing passes the gate of docs/decisions (UTF-8, no NUL, one document, unique keys, no cycles, libfyaml and
/// yaml-cpp agree), so a Document that exists is safe to edit. Each edit parses the new text again and confirms that
/// exactly the intended path changed; otherwise the edit fails with `yaml-edit-unsafe` and this value is as before. Any
/// thread.
class Document
{
public:
    /// `file` is only used in the locations of errors.
    [[nodiscard]] static Result<Document> parse(const QByteArray &bytes, const QString &file,
                                                const Limits &limits = {});

    [[nodiscard]] const QByteArray &bytes() const;
    [[nodiscard]] const QString &file() const;
    [[nodiscard]] const Limits &limits() const;
    [[nodiscard]] const Node &root() const;

    /// Paths are the keys (or decimal indexes of sequences) from the root: {"mirrors", "mirror_1", "deployment",
    /// "name"}. A scalar of Value is written in the style of the text it replaces, quoted where any YAML reader could
    /// misread it.
    struct Value
    {
        enum class Type { String, Integer, Mapping };
        Type type = Type::String;
        QString string;
        qint64 integer = 0;
        QList<std::pair<QString, Value>> entries;

        [[nodiscard]] static Value of(const QString &text);
        [[nodiscard]] static Value of(qint64 number);
        [[nodiscard]] static Value of(QList<std::pair<QString, Value>> mapping);
    };

    [[nodiscard]] Result<Document> withScalar(const QStringList &path, const Value &scalar) const;
    /// Adds `key: value` to the mapping at `path`, after `after` when given, else at its end.
    [[nodiscard]] Result<Document> withEntry(const QStringList &path, const QString &key, const Value &value,
                                             const QString &after = {}) const;
    [[nodiscard]] Result<Document> withoutEntry(const QStringList &path) const;
    [[nodiscard]] Result<Document> withRenamedKey(const QStringList &path, const QString &newKey) const;
    /// Moves the entry at `path` to position `index` among its siblings.
    [[nodiscard]] Result<Document> withMovedEntry(const QStringList &path, int index) const;

private:
    struct Data;
    explicit Document(std::shared_ptr<const Data> data);
    std::shared_ptr<const Data> m_data;
};

} // namespace parallax::yaml
