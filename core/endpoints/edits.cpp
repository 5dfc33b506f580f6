// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "endpoints/edits.h"

#include "endpoints/errors.h"
#include "endpoints/grammar.h"
#include "endpoints/names.h"
#include "yaml/scalars.h"

using namespace Qt::StringLiterals;

namespace parallax::endpoints {

namespace {

using yaml::Document;
using yaml::Node;
using Value = Document::Value;
using Outcome = Result<Document>;

constexpr qsizetype kMaxLabel = 256;

Value versionValue(const Version &version)
{
    return version.kind() == Version::Kind::Number ? Value::of(version.toNumber()) : Value::of(version.toString());
}

Value targetValue(const DeploymentRef &deployment, std::optional<int> weight)
{
    QList<std::pair<QString, Value>> entries{
        {u"deployment"_s, Value::of({{u"branch"_s, Value::of(deployment.branch)},
                                     {u"name"_s, Value::of(deployment.name)},
                                     {u"version"_s, versionValue(deployment.version)}})}};
    if (weight)
        entries.append({u"weight"_s, Value::of(*weight)});
    return Value::of(entries);
}

/// One section, `backends` or `mirrors`, of a file being edited.
class Editor
{
public:
    explicit Editor(const EndpointFile &file)
        : m_file(file)
        , m_document(*file.document())
    {}

    Outcome operator()(const AddMirror &edit) const
    {
        const QString name = edit.name.isEmpty() ? nextFreeMirror(m_file.partial()) : edit.name;
        if (const std::optional<Error> error = newLabelError(u"mirrors"_s, name, kMirrorExists))
            return fail(*error);
        if (const std::optional<Error> error = targetError(edit.deployment))
            return fail(*error);
        return withNew(u"mirrors"_s, name, targetValue(edit.deployment, std::nullopt));
    }
    Outcome operator()(const RemoveMirror &edit) const
    {
        const Node *mirrors = section(u"mirrors"_s);
        if (mirrors == nullptr || mirrors->find(edit.name) == nullptr)
            return fail(missing(kMirrorMissing, edit.name));
        const bool isLast = mirrors->entries.size() == 1;
        return m_document.withoutEntry(isLast ? QStringList{u"mirrors"_s} : QStringList{u"mirrors"_s, edit.name});
    }
    Outcome operator()(const SetMirror &edit) const { return withTarget(u"mirrors"_s, edit.name, edit.deployment); }
    Outcome operator()(const RenameMirror &edit) const
    {
        return renamed(u"mirrors"_s, edit.name, edit.newName, kMirrorExists);
    }
    Outcome operator()(const MoveMirror &edit) const { return moved(u"mirrors"_s, edit.name, edit.index); }

    Outcome operator()(const AddBackend &edit) const
    {
        const QString label = edit.label.isEmpty() ? nextFreeBackend(m_file.partial()) : edit.label;
        if (const std::optional<Error> error = newLabelError(u"backends"_s, label, kBackendExists))
            return fail(*error);
        for (const std::optional<Error> &error : {targetError(edit.deployment), weightError(label, edit.weight)}) {
            if (error)
                return fail(*error);
        }
        return withNew(u"backends"_s, label, targetValue(edit.deployment, edit.weight));
    }
    Outcome operator()(const RemoveBackend &edit) const
    {
        const Node *backends = section(u"backends"_s);
        if (backends == nullptr || backends->find(edit.label) == nullptr)
            return fail(missing(kBackendMissing, edit.label));
        if (backends->entries.size() == 1)
            return fail(missing(kBackendLast, edit.label));
        return m_document.withoutEntry({u"backends"_s, edit.label});
    }
    Outcome operator()(const SetBackend &edit) const { return withTarget(u"backends"_s, edit.label, edit.deployment); }
    Outcome operator()(const RenameBackend &edit) const
    {
        return renamed(u"backends"_s, edit.label, edit.newLabel, kBackendExists);
    }
    Outcome operator()(const MoveBackend &edit) const { return moved(u"backends"_s, edit.label, edit.index); }

    Outcome operator()(const SetWeight &edit) const
    {
        const QStringList path{u"backends"_s, edit.label};
        const Node *backend = child(u"backends"_s, edit.label);
        if (backend == nullptr)
            return fail(missing(kBackendMissing, edit.label));
        if (const std::optional<Error> error = weightError(edit.label, edit.weight))
            return fail(*error);
        const Node *weight = backend->find(u"weight");
        if (!edit.weight)
            return weight == nullptr ? Outcome(m_document) : m_document.withoutEntry(path + QStringList{u"weight"_s});
        if (weight == nullptr)
            return m_document.withEntry(path, u"weight"_s, Value::of(*edit.weight));
        if (weight->toInteger() && weight->text == QString::number(*edit.weight))
            return m_document;
        return m_document.withScalar(path + QStringList{u"weight"_s}, Value::of(*edit.weight));
    }
    Outcome operator()(const KeepOnlyBackend &edit) const
    {
        const Node *backends = section(u"backends"_s);
        if (backends == nullptr || backends->find(edit.label) == nullptr)
            return fail(missing(kBackendMissing, edit.label));
        Outcome result = m_document;
        for (const yaml::Entry &entry : backends->entries) {
            if (result && entry.key.text != edit.label)
                result = result->withoutEntry({u"backends"_s, entry.key.text});
        }
        return result;
    }

private:
    const Node *section(const QString &name) const
    {
        const Node *node = m_document.root().find(name);
        return node != nullptr && node->isMapping() ? node : nullptr;
    }

    const Node *child(const QString &sectionName, const QString &name) const
    {
        const Node *node = section(sectionName);
        return node == nullptr ? nullptr : node->find(name);
    }

    Error missing(ErrorCode code, const QString &name) const
    {
        return {code, {{u"name"_s, name}}, {m_file.file(), 0, 0}, {}};
    }

    std::optional<Error> newLabelError(const QString &sectionName, const QString &name, ErrorCode exists) const
    {
        if (name.trimmed().isEmpty() || name.size() > kMaxLabel || !name.isValidUtf16())
            return missing(kLabelInvalid, name);
        if (const Node *same = child(sectionName, name)) {
            Error error = missing(exists, name);
            error.where = {m_file.file(), same->line, same->column};
            return error;
        }
        return std::nullopt;
    }

    std::optional<Error> weightError(const QString &label, std::optional<int> weight) const
    {
        const QVariantMap args{{u"key"_s, label}, {u"weight"_s, weight.value_or(1)}, {u"limit"_s, kMaxWeight}};
        if (weight && *weight < 0)
            return Error{kWeightNegative, args, {m_file.file(), 0, 0}, {}};
        if (weight && *weight > kMaxWeight)
            return Error{kWeightTooLarge, args, {m_file.file(), 0, 0}, {}};
        return std::nullopt;
    }

    /// At the end of its section; a section that is not there is made where the service puts it.
    Outcome withNew(const QString &sectionName, const QString &name, const Value &value) const
    {
        const Node &root = m_document.root();
        if (root.find(sectionName) != nullptr)
            return m_document.withEntry({sectionName}, name, value);
        const Value both = Value::of({{name, value}});
        if (sectionName == u"mirrors" && root.find(u"backends") != nullptr)
            return m_document.withEntry({}, sectionName, both, u"backends"_s);
        return m_document.withEntry({}, sectionName, both);
    }

    Outcome renamed(const QString &sectionName, const QString &name, const QString &newName, ErrorCode exists) const
    {
        if (child(sectionName, name) == nullptr)
            return fail(missing(sectionName == u"mirrors" ? kMirrorMissing : kBackendMissing, name));
        if (name == newName)
            return m_document;
        if (const std::optional<Error> error = newLabelError(sectionName, newName, exists))
            return fail(*error);
        return m_document.withRenamedKey({sectionName, name}, newName);
    }

    Outcome moved(const QString &sectionName, const QString &name, int index) const
    {
        if (child(sectionName, name) == nullptr)
            return fail(missing(sectionName == u"mirrors" ? kMirrorMissing : kBackendMissing, name));
        const qsizetype size = section(sectionName)->entries.size();
        return m_document.withMovedEntry({sectionName, name},
                                         static_cast<int>(std::clamp<qsizetype>(index, 0, size - 1)));
    }

    /// Writes only those of branch, name and version that change.
    Outcome withTarget(const QString &sectionName, const QString &name, const DeploymentRef &target) const
    {
        const Node *node = child(sectionName, name);
        if (node == nullptr)
            return fail(missing(sectionName == u"mirrors" ? kMirrorMissing : kBackendMissing, name));
        if (const std::optional<Error> error = targetError(target))
            return fail(*error);
        const QStringList path{sectionName, name, u"deployment"_s};
        const Node *deployment = node->find(u"deployment");
        if (deployment == nullptr)
            return m_document.withEntry(path.first(2), u"deployment"_s,
                                        targetValue(target, std::nullopt).entries.first().second);
        Outcome result = m_document;
        QString before;
        const std::pair<QString, Value> wanted[] = {{u"branch"_s, Value::of(target.branch)},
                                                    {u"name"_s, Value::of(target.name)},
                                                    {u"version"_s, versionValue(target.version)}};
        for (const auto &[key, value] : wanted) {
            if (result)
                result = withKey(*result, path, deployment->find(key), key, value, before);
            before = key;
        }
        return result;
    }

    static Outcome withKey(const Document &document, const QStringList &path, const Node *old, const QString &key,
                           const Value &value, const QString &before)
    {
        if (old == nullptr) {
            const Node *parent = document.root().find(path[0])->find(path[1])->find(path[2]);
            return document.withEntry(path, key, value, parent->find(before) == nullptr ? QString() : before);
        }
        const QString text = value.type == Value::Type::Integer ? QString::number(value.integer) : value.string;
        // A version in quotes is read as its number (Q15), so it is only touched when the number changes. Text that
        // lacks quotes it should have gets them.
        const bool saysIt = value.type == Value::Type::Integer || old->style != yaml::ScalarStyle::Plain ||
                            !yaml::readsAsOtherType(text);
        const bool isSame = old->isScalar() && old->text == text && saysIt;
        return isSame ? Outcome(document) : document.withScalar(path + QStringList{key}, value);
    }

    const EndpointFile &m_file;
    const Document &m_document;
};

} // namespace

Result<EndpointFile> applied(const EndpointFile &file, const Edit &edit)
{
    if (!file.isEditable()) {
        for (const Finding &finding : file.findings()) {
            if (finding.severity == Severity::Error)
                return fail(finding.error);
        }
    }
    const Outcome document = std::visit(Editor(file), edit);
    if (!document)
        return fail(document.error());
    return EndpointFile::read(document->bytes(), file.file(), file.name());
}

QString nextFreeMirror(const Endpoint &endpoint)
{
    QStringList used;
    for (const Mirror &mirror : endpoint.mirrors)
        used.append(mirror.name);
    return nextFreeName(u"mirror_"_s, used);
}

QString nextFreeBackend(const Endpoint &endpoint)
{
    QStringList used;
    for (const Backend &backend : endpoint.backends)
        used.append(backend.label);
    return nextFreeName(u"split_"_s, used);
}

std::optional<Error> targetError(const DeploymentRef &deployment)
{
    if (!isDeploymentName(deployment.name))
        return Error{kDeploymentNameInvalid, {{u"name"_s, deployment.name}}, {}, {}};
    if (!isBranchName(deployment.branch))
        return Error{kBranchInvalid, {{u"branch"_s, deployment.branch}}, {}, {}};
    const Version &version = deployment.version;
    const QVariantMap args{{u"version"_s, version.toString()}};
    if (version.kind() == Version::Kind::WorkTree)
        return Error{kVersionLocal, args, {}, {}};
    if (version.kind() == Version::Kind::Number && version.toNumber() < 1)
        return Error{kVersionNotPositive, args, {}, {}};
    if (version.kind() == Version::Kind::Alias && !isVersionAlias(version.toString()))
        return Error{kVersionInvalid, args, {}, {}};
    return std::nullopt;
}

} // namespace parallax::endpoints
