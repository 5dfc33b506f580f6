// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
// curl command lines, as browsers copy them and runbooks have them. Options after curl(1) 7.88. Nothing is run and no
// file is read, except below ImportOptions::baseFolder.
#include "traffic/errors.h"
#include "traffic/formats.h"
#include "traffic/linereader.h"
#include "traffic/messagetext.h"
#include "traffic/shellwords.h"

#include "base/files.h"
#include "base/text.h"

#include <QDir>
#include <QFileInfo>
#include <QSet>

using namespace Qt::StringLiterals;

namespace parallax::traffic {

namespace {

constexpr qint64 kMaxTextBytes = 64 * 1024 * 1024;
constexpr qint64 kBufferBytes = 256 * 1024;
constexpr QByteArrayView kBoundary = "------------------------parallax";
constexpr QByteArrayView kShortWithValue = "EKCbcdDFPHmoUQreXYytzTuAwx";

/// Long options that take a value (curl --help all).
const QSet<QByteArray> &longWithValue()
{
    static const QSet<QByteArray> kNames = [] {
        const QByteArray names =
            "abstract-unix-socket alt-svc aws-sigv4 cacert capath cert cert-type ciphers config connect-timeout "
            "connect-to continue-at cookie cookie-jar create-file-mode crlfile curves data data-ascii data-binary "
            "data-raw data-urlencode delegation dns-interface dns-ipv4-addr dns-ipv6-addr dns-servers doh-url "
            "dump-header egd-file engine etag-compare etag-save expect100-timeout form form-string ftp-account "
            "ftp-alternative-to-user ftp-method ftp-port ftp-ssl-ccc-mode happy-eyeballs-timeout-ms header "
            "hostpubmd5 hostpubsha256 hsts interface json keepalive-time key key-type krb libcurl limit-rate "
            "local-port login-options mail-auth mail-from mail-rcpt max-filesize max-redirs max-time netrc-file "
            "noproxy oauth2-bearer output output-dir parallel-max pass pinnedpubkey preproxy proto proto-default "
            "proto-redir proxy proxy-cacert proxy-capath proxy-cert proxy-cert-type proxy-ciphers proxy-crlfile "
            "proxy-header proxy-key proxy-key-type proxy-pass proxy-pinnedpubkey proxy-service-name "
            "proxy-tls13-ciphers proxy-tlsauthtype proxy-tlspassword proxy-tlsuser proxy-user proxy1.0 pubkey quote "
            "random-file range rate referer request request-target resolve retry retry-delay retry-max-time "
            "sasl-authzid service-name socks4 socks4a socks5 socks5-gssapi-service socks5-hostname speed-limit "
            "speed-time stderr telnet-option tftp-blksize time-cond tls-max tls13-ciphers tlsauthtype tlspassword "
            "tlsuser trace trace-ascii unix-socket upload-file url url-query user user-agent write-out";
        const QByteArrayList list = names.split(' ');
        return QSet<QByteArray>(list.begin(), list.end());
    }();
    return kNames;
}

/// The long names of the short options that matter here.
QByteArray longName(char option)
{
    switch (option) {
    case 'X':
        return "request";
    case 'H':
        return "header";
    case 'd':
        return "data";
    case 'F':
        return "form";
    case 'G':
        return "get";
    case 'I':
        return "head";
    case 'u':
        return "user";
    case 'b':
        return "cookie";
    case 'A':
        return "user-agent";
    case 'e':
        return "referer";
    case 'r':
        return "range";
    case 'T':
        return "upload-file";
    default:
        return {};
    }
}

/// One request in the making: what stands between two `--next`.
struct Operation
{
    QByteArrayList urls;
    QByteArray method;
    QByteArray requestTarget;
    http::Headers headers;
    QByteArrayList removed; ///< `-H 'Name:'`
    QByteArray data;
    bool hasData = false;
    bool isJson = false;
    bool isGet = false;
    bool isHead = false;
    bool isCompressed = false;
    std::vector<FormPart> form;
    QByteArrayList query;
    QByteArrayList missingFiles;
};

class CommandReader
{
public:
    explicit CommandReader(const ImportOptions &options)
        : m_options(options)
    {}

    /// Every operation of a command.
    std::vector<Operation> read(const QByteArrayList &words)
    {
        std::vector<Operation> operations(1);
        for (qsizetype i = 0; i < words.size(); ++i) {
            const QByteArray &word = words[i];
            if (word.size() < 2 || word[0] != '-') {
                if (!word.isEmpty())
                    operations.back().urls.append(word);
            } else if (word == "--next" || word == "-:") {
                operations.emplace_back();
            } else if (word.startsWith("--")) {
                readLong(operations.back(), words, i);
            } else {
                readShort(operations.back(), words, i);
            }
        }
        return operations;
    }

private:
    void readLong(Operation &operation, const QByteArrayList &words, qsizetype &i) const
    {
        const QByteArray name = words[i].mid(2);
        if (!longWithValue().contains(name))
            apply(operation, name, {});
        else if (i + 1 < words.size())
            apply(operation, name, words[++i]);
    }

    /// `-XPOST`, `-sSL`, `-sXPOST`, `-X POST`
    void readShort(Operation &operation, const QByteArrayList &words, qsizetype &i) const
    {
        const QByteArray &word = words[i];
        for (qsizetype at = 1; at < word.size(); ++at) {
            const QByteArray name = longName(word[at]);
            if (!kShortWithValue.contains(word[at])) {
                apply(operation, name, {});
                continue;
            }
            QByteArray value = word.mid(at + 1);
            if (value.isEmpty() && i + 1 < words.size())
                value = words[++i];
            apply(operation, name, value);
            return;
        }
    }

    void apply(Operation &op, const QByteArray &name, const QByteArray &value) const
    {
        if (name == "url")
            op.urls.append(value);
        else if (name == "request")
            op.method = value;
        else if (name == "request-target")
            op.requestTarget = value;
        else if (name == "header")
            addHeader(op, value);
        else if (name == "get")
            op.isGet = true;
        else if (name == "head")
            op.isHead = true;
        else if (name == "compressed")
            op.isCompressed = true;
        else if (name == "user")
            op.headers.set("Authorization", "Basic " + (value.contains(':') ? value : value + ':').toBase64());
        else if (name == "oauth2-bearer")
            op.headers.set("Authorization", "Bearer " + value);
        else if (name == "user-agent")
            op.headers.set("User-Agent", value);
        else if (name == "referer")
            op.headers.set("Referer", value);
        else if (name == "range")
            op.headers.set("Range", "bytes=" + value);
        else if (name == "cookie" && value.contains('='))
            op.headers.set("Cookie", value);
        else if (name == "upload-file")
            addUpload(op, value);
        else
            applyData(op, name, value);
    }

    void applyData(Operation &op, const QByteArray &name, const QByteArray &value) const
    {
        if (name == "data" || name == "data-ascii")
            addData(op, value.startsWith('@') ? withoutLineBreaks(file(op, value.mid(1))) : value, "&");
        else if (name == "data-binary")
            addData(op, value.startsWith('@') ? file(op, value.mid(1)) : value, "&");
        else if (name == "data-raw")
            addData(op, value, "&");
        else if (name == "data-urlencode")
            addData(op, urlEncoded(op, value), "&");
        else if (name == "url-query")
            op.query.append(value.startsWith('+') ? value.mid(1) : urlEncoded(op, value));
        else if (name == "json") {
            op.isJson = true;
            addData(op, value.startsWith('@') ? file(op, value.mid(1)) : value, "");
        } else if (name == "form")
            addPart(op, value, true);
        else if (name == "form-string")
            addPart(op, value, false);
    }

    static void addHeader(Operation &op, const QByteArray &line)
    {
        const qsizetype colon = line.indexOf(':');
        if (colon > 0) {
            const QByteArray value = line.mid(colon + 1).trimmed();
            if (value.isEmpty())
                op.removed.append(line.left(colon).trimmed());
            else
                op.headers.append(line.left(colon).trimmed(), value);
        } else if (line.endsWith(';') && line.size() > 1) {
            op.headers.append(line.chopped(1), "");
        }
    }

    static void addData(Operation &op, const QByteArray &data, const char *separator)
    {
        if (op.hasData)
            op.data += separator;
        op.data += data;
        op.hasData = true;
    }

    void addUpload(Operation &op, const QByteArray &name) const
    {
        op.data = file(op, name);
        op.hasData = true;
        if (op.method.isEmpty())
            op.method = "PUT";
        op.headers.append("Content-Type", "application/octet-stream");
    }

    static QByteArray withoutLineBreaks(QByteArray text)
    {
        text.replace('\r', "").replace('\n', "");
        return text;
    }

    /// `content`, `=content`, `name=content`, `@file`, `name@file`
    QByteArray urlEncoded(Operation &op, const QByteArray &value) const
    {
        const qsizetype equals = value.indexOf('=');
        const qsizetype at = value.indexOf('@');
        if (equals >= 0 && (at < 0 || equals < at))
            return (equals > 0 ? value.left(equals + 1) : QByteArray()) + formEncoded(value.mid(equals + 1));
        if (at >= 0)
            return (at > 0 ? value.left(at) + '=' : QByteArray()) + formEncoded(file(op, value.mid(at + 1)));
        return formEncoded(value);
    }

    /// `name=content`, `name=@file`, `name=<file`, with `;type=` and `;filename=`
    void addPart(Operation &op, const QByteArray &value, bool isInterpreted) const
    {
        const qsizetype equals = value.indexOf('=');
        if (equals < 1)
            return;
        FormPart part;
        part.name = value.left(equals);
        part.content = value.mid(equals + 1);
        if (isInterpreted) {
            part.type = takeParameter(part.content, ";type=");
            part.fileName = takeParameter(part.content, ";filename=");
            const bool isFile = part.content.startsWith('@');
            if (isFile || part.content.startsWith('<')) {
                const QByteArray name = part.content.mid(1);
                part.content = file(op, name);
                if (isFile && part.fileName.isEmpty())
                    part.fileName = name.mid(name.lastIndexOf('/') + 1);
                if (isFile && part.type.isEmpty())
                    part.type = "application/octet-stream";
            }
        }
        op.form.push_back(std::move(part));
    }

    static QByteArray takeParameter(QByteArray &content, const QByteArray &marker)
    {
        const qsizetype at = content.lastIndexOf(marker);
        if (at < 0)
            return {};
        qsizetype end = content.indexOf(';', at + 1);
        end = end < 0 ? content.size() : end;
        const QByteArray value = content.mid(at + marker.size(), end - at - marker.size());
        content.remove(at, end - at);
        return value;
    }

    /// Only from the folder that was allowed, and nothing that leads out of it.
    QByteArray file(Operation &op, const QByteArray &name) const
    {
        const QString folder =
            m_options.baseFolder.isEmpty() ? QString() : QFileInfo(m_options.baseFolder).canonicalFilePath();
        const QString path = folder.isEmpty()
                                 ? QString()
                                 : QFileInfo(QDir(folder).filePath(QString::fromUtf8(name))).canonicalFilePath();
        if (!path.isEmpty() && path.startsWith(folder + u'/')) {
            if (const Result<QByteArray> bytes = base::readFile(path, kMaxTextBytes))
                return *bytes;
        }
        op.missingFiles.append(name);
        return {};
    }

    const ImportOptions &m_options;
};

/// Everything but the URL.
Exchange exchangeOf(const Operation &op, const ImportOptions &options)
{
    Exchange exchange;
    exchange.endpoint = options.endpoint;
    exchange.headers = op.headers;
    const auto suggest = [&](const char *name, const QByteArray &value) {
        if (!exchange.headers.contains(name))
            exchange.headers.append(name, value);
    };
    exchange.method = op.method;
    QByteArray body = op.isGet ? QByteArray() : op.data;
    if (op.isJson) {
        suggest("Content-Type", "application/json");
        suggest("Accept", "application/json");
    } else if (!op.form.empty() && !op.hasData) {
        body = multipartBody(op.form, kBoundary.toByteArray());
        exchange.headers.remove("content-type");
        exchange.headers.append("Content-Type", "multipart/form-data; boundary=" + kBoundary.toByteArray());
    } else if (op.hasData && !op.isGet) {
        suggest("Content-Type", "application/x-www-form-urlencoded");
    }
    if (op.isCompressed)
        suggest("Accept-Encoding", "deflate, gzip, br, zstd");
    for (const QByteArray &name : op.removed)
        exchange.headers.remove(name);
    if (exchange.method.isEmpty()) {
        const bool sends = (op.hasData && !op.isGet) || !op.form.empty();
        exchange.method = op.isHead ? "HEAD" : sends ? "POST" : "GET";
    }
    exchange.body = Body::whole(std::move(body));
    settleFraming(exchange.headers, exchange.body.bytes.size());
    return exchange;
}

QByteArray withQuery(QByteArray target, const QByteArray &query)
{
    if (query.isEmpty())
        return target;
    const char *joint = !target.contains('?') ? "?" : target.endsWith('?') || target.endsWith('&') ? "" : "&";
    return target + joint + query;
}

Result<Exchange> addressed(Exchange exchange, const Operation &op, const QByteArray &given)
{
    const SplitUrl url = splitUrl(given.contains("://") ? given : "http://" + given);
    if ((url.scheme != "http" && url.scheme != "https") || url.authority.isEmpty())
        return fail(kNoRequest, {{u"what"_s, QString::fromUtf8(given.left(60))}});
    exchange.target = url.target;
    QByteArrayList query = op.query;
    if (op.isGet && op.hasData)
        query.append(op.data);
    exchange.target = withQuery(url.target, query.join('&'));
    if (!op.requestTarget.isEmpty())
        exchange.target = op.requestTarget;
    if (!url.userInfo.isEmpty() && !exchange.headers.contains("authorization"))
        exchange.headers.append("Authorization", "Basic " + QByteArray::fromPercentEncoding(url.userInfo).toBase64());
    if (!exchange.headers.contains("host"))
        exchange.headers.append("Host", url.authority);
    return exchange;
}

class CurlWriter final : public ExportWriter
{
public:
    CurlWriter(QIODevice &device, QByteArray origin)
        : m_device(device)
        , m_origin(std::move(origin))
    {}

    Status write(const Exchange &exchange) override
    {
        const char *why = exchange.body.bytes.contains('\0') ? "a body with zero bytes"
                          : exchange.body.isTruncated        ? "its body was not recorded whole"
                                                             : nullptr;
        if (why != nullptr)
            return fail(kNotExportable, {{u"id"_s, exchange.id.value}, {u"what"_s, QLatin1StringView(why)}});
        m_out += "curl";
        const bool hasBody = !exchange.body.bytes.isEmpty();
        if (exchange.method == "HEAD")
            m_out += " --head";
        else if (exchange.method != (hasBody ? "POST" : "GET"))
            m_out += " -X " + shellQuoted(exchange.method);
        m_out += ' ' + shellQuoted(m_origin + exchange.target);
        bool hasType = false;
        for (const http::Header &field : exchange.headers) {
            const QByteArray name = field.name.toLower();
            if (name == "content-length" || name == "host" || name == "transfer-encoding" || name == "connection")
                continue;
            hasType = hasType || name == "content-type";
            const QByteArray line = field.value.isEmpty() ? field.name : field.name + ": " + field.value;
            m_out += " -H " + shellQuoted(field.value.isEmpty() ? QByteArray(line + ';') : line);
        }
        if (hasBody) {
            m_out += hasType ? "" : " -H 'Content-Type:'"; // or curl would make it a form
            m_out += " --data-raw " + shellQuoted(exchange.body.bytes);
        }
        m_out += '\n';
        return m_out.size() < kBufferBytes ? Status() : finish();
    }

    Status finish() override
    {
        const Status done = writeAll(m_device, m_out);
        m_out.clear();
        return done;
    }

private:
    QIODevice &m_device;
    QByteArray m_origin;
    QByteArray m_out;
};

} // namespace

int detectCurl(QByteArrayView head, const QString &)
{
    const QByteArray start = head.first(std::min<qsizetype>(head.size(), 4096)).toByteArray();
    for (const QByteArray &line : start.split('\n')) {
        const QByteArray text = line.trimmed();
        if (text.isEmpty() || text.startsWith('#'))
            continue;
        return text.startsWith("curl ") || text.startsWith("curl.exe ") || text.startsWith("$ curl ") ? 90 : 0;
    }
    return 0;
}

Result<ImportSummary> readCurl(QIODevice &device, const ExchangeConsumer &consumer, const ImportOptions &options)
{
    ImportSummary summary;
    summary.format = u"curl"_s;
    summary.hasTimes = false;
    const QByteArray text = readUpTo(device, kMaxTextBytes + 1);
    if (text.size() > kMaxTextBytes)
        return fail({kRecordTooLarge, {{u"limit"_s, kMaxTextBytes}}, {options.file}, {}});
    CommandReader reader(options);
    for (const CurlCommand &command : curlCommands(text)) {
        for (const Operation &operation : reader.read(command.words)) {
            const auto skip = [&](Error reason) {
                reason.where = {options.file, command.line, 0};
                summary.skip(std::move(reason));
            };
            if (operation.urls.isEmpty()) {
                skip({kMissingField, {{u"field"_s, u"URL"_s}}, {}, {}});
                continue;
            }
            if (!operation.missingFiles.isEmpty()) {
                skip({kNeedsFile, {{u"name"_s, QString::fromUtf8(operation.missingFiles.first())}}, {}, {}});
                continue;
            }
            const Exchange common = exchangeOf(operation, options);
            for (const QByteArray &url : operation.urls) {
                Result<Exchange> exchange = addressed(common, operation, url);
                if (!exchange) {
                    skip(exchange.error());
                    continue;
                }
                ++summary.read;
                if (options.stop.stop_requested() || !consumer(*std::move(exchange))) {
                    summary.wasStopped = true;
                    return summary;
                }
            }
        }
    }
    noteEndOf(device, options, summary);
    reportProgress(device, options);
    return summary;
}

std::unique_ptr<ExportWriter> makeCurlWriter(QIODevice &device, const ExportOptions &options)
{
    return std::make_unique<CurlWriter>(device, options.origin);
}

} // namespace parallax::traffic
