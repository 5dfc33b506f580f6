// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "repository/metadata.h"

#include "yaml/document.h"

using namespace Qt::StringLiterals;

namespace parallax::repository {

namespace {

QString scalarAt(const yaml::Node &mapping, QStringView key)
{
    const yaml::Node *node = mapping.find(key);
    return node != nullptr && node->isScalar() ? node->text.trimmed() : QString();
}

/// "text: str" and "text:str" are the same; a name without a type is `Any` to the service and stays bare here.
QString normalized(const QString &argument)
{
    const qsizetype colon = argument.indexOf(u':');
    if (colon < 0)
        return argument.trimmed();
    const QString type = argument.mid(colon + 1).trimmed();
    const QString name = argument.left(colon).trimmed();
    return type.isEmpty() ? name : name + u':' + type;
}

QStringList argumentsOf(const yaml::Node &runtimeInfo)
{
    QStringList arguments;
    const yaml::Node *list = runtimeInfo.find(u"mainFunctionArgs");
    if (list == nullptr)
        return arguments;
    const auto add = [&arguments](const QString &text) {
        const QString argument = normalized(text);
        if (!argument.isEmpty() && argument != "return"_L1 && !argument.startsWith("return:"_L1))
            arguments.append(argument);
    };
    for (const yaml::Node &item : list->items) {
        if (item.isScalar()) {
            add(item.text);
        } else if (item.isMapping()) { // `- text: str`, written with a space by hand
            for (const yaml::Entry &entry : item.entries)
                add(entry.key.text + u':' + entry.value.text);
        }
    }
    return arguments;
}

} // namespace

DeploymentMetadata readMetadata(const QByteArray &bytes, const QString &file)
{
    DeploymentMetadata metadata;
    const Result<yaml::Document> document = yaml::Document::parse(bytes, file);
    if (!document) {
        metadata.problem = document.error();
        return metadata;
    }
    const yaml::Node *runtimeInfo = document->root().find(u"runtimeInfo");
    if (runtimeInfo == nullptr)
        return metadata;
    metadata.mainFunction = scalarAt(*runtimeInfo, u"mainFunction");
    metadata.pythonVersion = scalarAt(*runtimeInfo, u"pythonVersion");
    metadata.arguments = argumentsOf(*runtimeInfo);
    const yaml::Node *columns = runtimeInfo->find(u"dataframeModeColumns");
    metadata.isDataFrameMode = columns != nullptr && (!columns->items.isEmpty() || !columns->entries.isEmpty());
    return metadata;
}

} // namespace parallax::repository
