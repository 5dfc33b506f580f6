// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "endpoints/endpointfile.h"

#include "endpoints/errors.h"
#include "endpoints/grammar.h"
#include "endpoints/names.h"

using namespace Qt::StringLiterals;

namespace parallax::endpoints {

struct EndpointFile::Data
{
    QByteArray bytes;
    QString file;
    QString name;
    std::optional<yaml::Document> document;
    Endpoint partial;
    std::optional<Endpoint> endpoint;
    QList<Finding> findings;
};

namespace {

bool isError(const Finding &finding)
{
    return finding.severity == Severity::Error;
}

/// What is to be said about the name of the file, whatever is in it.
QList<Finding> nameFindings(const QString &file, const QString &name)
{
    QList<Finding> findings;
    const QVariantMap nameArgs{{u"name"_s, name}, {u"limit"_s, kMaxEndpointName}};
    const auto say = [&](Severity severity, ErrorCode code, QVariantMap args) {
        findings.append({severity, {code, std::move(args), {file, 1, 1}, {}}});
    };
    if (!isEndpointName(name))
        say(Severity::Error, kNameInvalid, nameArgs);
    else if (name.size() > kMaxEndpointName)
        say(Severity::Warning, kNameTooLong, nameArgs);
    else if (isWindowsDevice(name))
        say(Severity::Warning, kNameReserved, nameArgs);
    const QString suffix = file.mid(file.lastIndexOf(u'/') + 1).section(u'.', -1);
    const bool isYaml =
        suffix.compare("yaml"_L1, Qt::CaseInsensitive) == 0 || suffix.compare("yml"_L1, Qt::CaseInsensitive) == 0;
    if (isYaml && suffix != "yaml"_L1)
        say(Severity::Error, kFileSuffix, QVariantMap{{u"suffix"_s, QString(u'.' + suffix)}});
    return findings;
}

} // namespace

EndpointFile::EndpointFile(std::shared_ptr<const Data> data)
    : m_data(std::move(data))
{}

EndpointFile EndpointFile::read(const QByteArray &bytes, const QString &file, const QString &name)
{
    Data data{bytes, file, name, {}, {}, {}, {}};
    data.partial.name = name;
    Result<yaml::Document> document = yaml::Document::parse(bytes, file);
    if (!document) {
        data.findings.append({Severity::Error, document.error()});
        return EndpointFile(std::make_shared<const Data>(std::move(data)));
    }
    GrammarResult grammar = readGrammar(document->root(), file, name);
    data.findings = nameFindings(file, name) + grammar.findings;
    data.partial = std::move(grammar.endpoint);
    if (std::none_of(data.findings.begin(), data.findings.end(), isError))
        data.endpoint = data.partial;
    data.document = std::move(*document);
    return EndpointFile(std::make_shared<const Data>(std::move(data)));
}

QByteArray EndpointFile::bytes() const
{
    return m_data->bytes;
}

QString EndpointFile::file() const
{
    return m_data->file;
}

QString EndpointFile::name() const
{
    return m_data->name;
}

const std::optional<Endpoint> &EndpointFile::endpoint() const
{
    return m_data->endpoint;
}

const Endpoint &EndpointFile::partial() const
{
    return m_data->partial;
}

QList<Finding> EndpointFile::findings() const
{
    return m_data->findings;
}

bool EndpointFile::hasErrors() const
{
    return !m_data->endpoint.has_value();
}

bool EndpointFile::isEditable() const
{
    return m_data->document &&
           (m_data->document->root().isMapping() || m_data->document->root().kind == yaml::Kind::Null);
}

const std::optional<yaml::Document> &EndpointFile::document() const
{
    return m_data->document;
}

} // namespace parallax::endpoints
