// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "compare/rulesedit.h"

#include "base/duration.h"
#include "compare/errors.h"
#include "yaml/document.h"

#include <QLocale>

using namespace Qt::StringLiterals;

namespace parallax::compare {

namespace {

// A scalar in flow style; quoted where YAML could read it as anything else.
QString flowScalar(const QString &text)
{
    static const QRegularExpression plain(u"^[A-Za-z/_][A-Za-z0-9/_.*~+-]*$"_s);
    static const QRegularExpression word(u"^(?i:true|false|null|yes|no|on|off|y|n|~)$"_s);
    if (plain.match(text).hasMatch() && !word.match(text).hasMatch())
        return text;
    static const QRegularExpression control(u"[\\x00-\\x1f\\x7f-\\x9f\\x{2028}\\x{2029}]"_s);
    if (!control.match(text).hasMatch())
        return u'\'' + QString(text).replace(u'\'', "''"_L1) + u'\'';
    QString out = u"\""_s;
    for (const QChar c : text) {
        if (c == u'"' || c == u'\\')
            out += u'\\' + QString(c);
        else if (control.match(c).hasMatch())
            out += u"\\u%1"_s.arg(c.unicode(), 4, 16, QLatin1Char('0'));
        else
            out += c;
    }
    return out + u'"';
}

QString shortest(double value)
{
    return QString::number(value, 'g', QLocale::FloatingPointShortest);
}

QString toleranceText(const Tolerance &tolerance)
{
    QStringList parts;
    if (tolerance.abs)
        parts.append(u"abs: "_s + shortest(*tolerance.abs));
    if (tolerance.rel)
        parts.append(u"rel: "_s + shortest(*tolerance.rel));
    if (tolerance.ulps32)
        parts.append(u"ulps32: "_s + QString::number(*tolerance.ulps32));
    return u"{"_s + parts.join(u", "_s) + u'}';
}

QString effectText(const Rule &rule)
{
    switch (rule.kind) {
    case RuleKind::Exact:
        return u"ignore: false"_s;
    case RuleKind::Ignore:
    case RuleKind::PresenceOnly:
    case RuleKind::Unordered:
        return toString(rule.kind) + u": true"_s;
    case RuleKind::Tolerance:
        return u"tolerance: "_s + toleranceText(rule.tolerance);
    case RuleKind::KeyedBy:
        return u"keyedBy: "_s + flowScalar(rule.keyedBy);
    case RuleKind::DatetimeWithin:
        return u"datetimeWithin: "_s + base::durationText(rule.datetimeWithin);
    case RuleKind::Normalize:
        return u"normalize: {pattern: "_s + flowScalar(rule.normalize.pattern()) + u", replace: "_s +
               flowScalar(rule.replacement) + u'}';
    case RuleKind::Header:
        break;
    }
    Q_UNREACHABLE();
}

// What is compared of an edited file: places move.
std::vector<Rule> withoutLines(std::vector<Rule> rules)
{
    for (Rule &rule : rules)
        rule.line = 0;
    return rules;
}

/// One edit of a rules file's bytes.
class Editor
{
public:
    explicit Editor(const QByteArray &file)
        : m_file(file)
    {}

    [[nodiscard]] Status open()
    {
        const QByteArray text = m_file.trimmed();
        if (text.isEmpty())
            m_file = "schemaVersion: 1\n";
        const RulesFile read = readRules(m_file, {});
        for (const Finding &finding : read.findings) {
            if (finding.severity == Severity::Error)
                return fail(finding.error);
        }
        m_rules = read.rules;
        const Result<yaml::Document> document = yaml::Document::parse(m_file, {});
        if (!document)
            return fail(document.error());
        m_root = document->root();
        m_lineEnd = m_file.contains("\r\n") ? "\r\n" : "\n";
        return {};
    }

    [[nodiscard]] const Rules &rules() const { return m_rules; }
    [[nodiscard]] const yaml::Node *list() const
    {
        const yaml::Node *node = m_root.find(u"rules");
        return node != nullptr && node->isSequence() && !node->items.isEmpty() ? node : nullptr;
    }
    [[nodiscard]] const yaml::Node &root() const { return m_root; }

    void splice(qsizetype begin, qsizetype end, const QByteArray &text) { m_file.replace(begin, end - begin, text); }
    void append(const QByteArray &line)
    {
        if (!m_file.isEmpty() && !m_file.endsWith('\n'))
            m_file += m_lineEnd;
        m_file += line + m_lineEnd;
    }
    [[nodiscard]] qsizetype lineStart(qsizetype at) const
    {
        return m_file.lastIndexOf('\n', qMax(at - 1, qsizetype(0))) + 1;
    }
    [[nodiscard]] qsizetype nextLine(qsizetype at) const
    {
        const qsizetype end = m_file.indexOf('\n', at);
        return end < 0 ? m_file.size() : end + 1;
    }
    [[nodiscard]] QByteArrayView text(qsizetype begin, qsizetype end) const
    {
        return QByteArrayView(m_file).sliced(begin, end - begin);
    }
    [[nodiscard]] const QByteArray &lineEnd() const { return m_lineEnd; }
    /// A file whose last line has no end gets one, so that a line can follow.
    void endLastLine()
    {
        if (!m_file.endsWith('\n'))
            m_file += m_lineEnd;
    }

    [[nodiscard]] Result<QByteArray> close(Rules intended) const
    {
        const RulesFile read = readRules(m_file, {});
        intended.rules = withoutLines(intended.rules);
        Rules actual = read.rules;
        actual.rules = withoutLines(actual.rules);
        if (read.hasErrors() || !(actual == intended))
            return fail(kRulesNotEditable);
        return m_file;
    }

private:
    QByteArray m_file;
    QByteArray m_lineEnd;
    Rules m_rules;
    yaml::Node m_root;
};

std::size_t placeFor(const Rules &rules, const Rule &rule)
{
    if (rule.kind == RuleKind::Header)
        return rules.rules.size();
    for (std::size_t i = 0; i < rules.rules.size(); ++i) {
        if (rules.rules[i].kind != RuleKind::Header && rules.rules[i].pattern.covers(rule.pattern))
            return i;
    }
    return rules.rules.size();
}

// The first rule of a file without any.
void insertList(Editor &editor, const QByteArray &item)
{
    const yaml::Node *list = editor.root().find(u"rules");
    const QByteArray lines = editor.lineEnd() + "  - " + item;
    if (list == nullptr)
        editor.append("rules:" + lines);
    else
        editor.splice(list->span.begin, list->span.end, lines);
}

} // namespace

QString ruleText(const Rule &rule)
{
    if (rule.kind == RuleKind::Header)
        return u"{header: "_s + flowScalar(QString::fromLatin1(rule.header)) + u'}';
    return u"{path: "_s + flowScalar(rule.path) + u", "_s + effectText(rule) + u'}';
}

Result<QByteArray> withRule(const QByteArray &file, const Rule &rule, std::optional<std::size_t> position)
{
    Editor editor(file);
    if (const Status opened = editor.open(); !opened)
        return fail(opened.error());
    Rules intended = editor.rules();
    const std::size_t place = std::min(position.value_or(placeFor(intended, rule)), intended.rules.size());
    intended.rules.insert(intended.rules.begin() + static_cast<std::ptrdiff_t>(place), rule);
    const QByteArray item = ruleText(rule).toUtf8();
    const yaml::Node *list = editor.list();
    if (list == nullptr) {
        insertList(editor, item);
        return editor.close(std::move(intended));
    }
    const bool isLast = place == static_cast<std::size_t>(list->items.size());
    const yaml::Node &neighbour = list->items[static_cast<qsizetype>(isLast ? place - 1 : place)];
    if (list->isFlow) {
        if (isLast)
            editor.splice(neighbour.span.end, neighbour.span.end, ", " + item);
        else
            editor.splice(neighbour.span.begin, neighbour.span.begin, item + ", ");
        return editor.close(std::move(intended));
    }
    // `  - `: what stands before the neighbour's own text, the dash among it.
    const qsizetype start = editor.lineStart(neighbour.span.begin);
    QByteArray lead = editor.text(start, neighbour.span.begin).toByteArray();
    lead.truncate(lead.lastIndexOf('-') + 1);
    const QByteArray line = lead + ' ' + item + editor.lineEnd();
    if (isLast)
        editor.endLastLine();
    const qsizetype at = isLast ? editor.nextLine(qMax(neighbour.span.end - 1, neighbour.span.begin)) : start;
    editor.splice(at, at, line);
    return editor.close(std::move(intended));
}

Result<QByteArray> withoutRule(const QByteArray &file, std::size_t index)
{
    Editor editor(file);
    if (const Status opened = editor.open(); !opened)
        return fail(opened.error());
    Rules intended = editor.rules();
    const yaml::Node *list = editor.list();
    if (list == nullptr || index >= intended.rules.size())
        return fail(kRulesNotEditable);
    intended.rules.erase(intended.rules.begin() + static_cast<std::ptrdiff_t>(index));
    const auto at = static_cast<qsizetype>(index);
    const yaml::Span span = list->items[at].span;
    if (list->items.size() == 1) {
        // An empty list is written as one; the dash goes with its rule.
        const qsizetype begin = list->isFlow ? span.begin : editor.lineStart(span.begin);
        if (list->isFlow)
            editor.splice(begin, span.end, {});
        else
            editor.splice(begin, editor.nextLine(qMax(span.end - 1, span.begin)), "  []" + editor.lineEnd());
        return editor.close(std::move(intended));
    }
    if (list->isFlow) {
        const bool isFirst = at == 0;
        editor.splice(isFirst ? span.begin : list->items[at - 1].span.end,
                      isFirst ? list->items[at + 1].span.begin : span.end, {});
        return editor.close(std::move(intended));
    }
    editor.splice(editor.lineStart(span.begin), editor.nextLine(qMax(span.end - 1, span.begin)), {});
    return editor.close(std::move(intended));
}

Result<QByteArray> withMargin(const QByteArray &file, std::optional<double> margin)
{
    Editor editor(file);
    if (const Status opened = editor.open(); !opened)
        return fail(opened.error());
    Rules intended = editor.rules();
    intended.margin = margin;
    const yaml::Node *node = editor.root().find(u"margin");
    if (node == nullptr && margin) {
        const yaml::Node *version = editor.root().find(u"schemaVersion");
        const qsizetype at = version == nullptr ? 0 : editor.nextLine(version->span.end);
        editor.endLastLine();
        editor.splice(at, at, "margin: {abs: " + shortest(*margin).toUtf8() + '}' + editor.lineEnd());
    } else if (node != nullptr) {
        const yaml::Node *amount = node->find(u"abs");
        if (margin && amount != nullptr)
            editor.splice(amount->span.begin, amount->span.end, shortest(*margin).toUtf8());
        else
            editor.splice(node->span.begin, node->span.end,
                          margin ? "{abs: " + shortest(*margin).toUtf8() + '}' : QByteArray("{}"));
    }
    return editor.close(std::move(intended));
}

} // namespace parallax::compare
