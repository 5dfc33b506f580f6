// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "replay/filter.h"

#include "replay/errors.h"
#include "replay/filterterm.h"

#include <array>
#include <vector>

using namespace Qt::StringLiterals;

namespace parallax::replay {

struct Filter::Node
{
    enum class Kind { And, Or, Not, Term };
    Kind kind = Kind::Term;
    std::vector<std::shared_ptr<const Node>> children;
    FilterTerm term;

    [[nodiscard]] bool matches(const traffic::Exchange &exchange) const
    {
        switch (kind) {
        case Kind::And:
            return std::ranges::all_of(children, [&](const auto &child) { return child->matches(exchange); });
        case Kind::Or:
            return std::ranges::any_of(children, [&](const auto &child) { return child->matches(exchange); });
        case Kind::Not:
            return !children.front()->matches(exchange);
        case Kind::Term:
            return term.matches(exchange);
        }
        return false;
    }
};

namespace {

using NodePtr = std::shared_ptr<const Filter::Node>;
using Kind = Filter::Node::Kind;

constexpr int kMaxDepth = 64;

struct Token
{
    enum class Kind { Word, Quoted, Operator, Open, Close, And, Or, Not, End };
    Kind kind = Kind::End;
    QString text;
    int column = 1;
};

struct OperatorName
{
    QLatin1StringView text;
    FilterOperator op;
};
// Longest first: the first that fits is taken.
constexpr std::array<OperatorName, 10> kOperators{{{"=="_L1, FilterOperator::Equal},
                                                   {"!="_L1, FilterOperator::NotEqual},
                                                   {"<="_L1, FilterOperator::LessEqual},
                                                   {">="_L1, FilterOperator::GreaterEqual},
                                                   {"!~"_L1, FilterOperator::Lacks},
                                                   {"=~"_L1, FilterOperator::Matches},
                                                   {"="_L1, FilterOperator::Equal},
                                                   {"<"_L1, FilterOperator::Less},
                                                   {">"_L1, FilterOperator::Greater},
                                                   {"~"_L1, FilterOperator::Contains}}};

Error at(ErrorCode code, int column, QVariantMap args = {})
{
    args.insert(u"column"_s, column);
    return Error{code, std::move(args), {{}, 1, column}, {}};
}

class Lexer
{
public:
    explicit Lexer(const QString &text)
        : m_text(text)
    {}

    Result<std::vector<Token>> tokens()
    {
        std::vector<Token> out;
        for (;;) {
            Result<Token> token = next();
            if (!token)
                return tl::unexpected(token.error());
            out.push_back(*token);
            if (token->kind == Token::Kind::End)
                return out;
        }
    }

private:
    static bool endsWord(QChar c)
    {
        return c.isSpace() || c == u'(' || c == u')' || c == u'=' || c == u'!' || c == u'<' || c == u'>' || c == u'~' ||
               c == u'"' || c == u'\'' || c == u'&' || c == u'|';
    }

    bool isEscape(qsizetype at) const
    {
        return m_text[at] == u'~' && at + 1 < m_text.size() && (m_text[at + 1] == u'0' || m_text[at + 1] == u'1');
    }

    Result<Token> next()
    {
        while (m_at < m_text.size() && m_text[m_at].isSpace())
            ++m_at;
        Token token;
        token.column = static_cast<int>(m_at) + 1;
        if (m_at >= m_text.size())
            return token;
        const QChar c = m_text[m_at];
        if (c == u'"' || c == u'\'')
            return quoted(std::move(token));
        const QStringView rest = QStringView(m_text).sliced(m_at);
        for (const OperatorName &each : kOperators) {
            if (rest.startsWith(each.text))
                return sign(std::move(token), Token::Kind::Operator, each.text.size());
        }
        if (rest.startsWith(u"&&"))
            return sign(std::move(token), Token::Kind::And, 2);
        if (rest.startsWith(u"||"))
            return sign(std::move(token), Token::Kind::Or, 2);
        if (c == u'!')
            return sign(std::move(token), Token::Kind::Not, 1);
        if (c == u'(')
            return sign(std::move(token), Token::Kind::Open, 1);
        if (c == u')')
            return sign(std::move(token), Token::Kind::Close, 1);
        if (endsWord(c))
            return tl::unexpected(at(kFilterUnexpected, token.column, {{u"found"_s, QString(c)}}));
        return word(std::move(token));
    }

    Token sign(Token token, Token::Kind kind, qsizetype length)
    {
        token.kind = kind;
        token.text = m_text.mid(m_at, length);
        m_at += length;
        return token;
    }

    Token word(Token token)
    {
        const qsizetype begin = m_at;
        bool isPointer = false;
        // In a pointer ~0 and ~1 are escapes, not the operator.
        while (m_at < m_text.size() && (!endsWord(m_text[m_at]) || (isPointer && isEscape(m_at)))) {
            isPointer = isPointer || m_text[m_at] == u'/';
            ++m_at;
        }
        token.text = m_text.mid(begin, m_at - begin);
        token.kind = Token::Kind::Word;
        const QString lower = token.text.toLower();
        if (lower == u"and")
            token.kind = Token::Kind::And;
        else if (lower == u"or")
            token.kind = Token::Kind::Or;
        else if (lower == u"not")
            token.kind = Token::Kind::Not;
        return token;
    }

    Result<Token> quoted(Token token)
    {
        const QChar quote = m_text[m_at];
        token.kind = Token::Kind::Quoted;
        for (++m_at; m_at < m_text.size(); ++m_at) {
            const QChar c = m_text[m_at];
            if (c == quote) {
                ++m_at;
                return token;
            }
            // A backslash keeps its meaning (regular expressions need it) except before the quote and itself.
            if (c == u'\\' && m_at + 1 < m_text.size() && (m_text[m_at + 1] == quote || m_text[m_at + 1] == u'\\'))
                ++m_at;
            token.text += m_text[m_at];
        }
        return tl::unexpected(at(kFilterUnclosed, token.column));
    }

    const QString &m_text;
    qsizetype m_at = 0;
};

/// Recursive descent: or < and < not < term. `not` binds to what follows it directly.
class Parser
{
public:
    explicit Parser(std::vector<Token> tokens)
        : m_tokens(std::move(tokens))
    {}

    Result<NodePtr> parse()
    {
        Result<NodePtr> root = either(0);
        if (root && peek().kind != Token::Kind::End)
            return unexpected();
        return root;
    }

private:
    const Token &peek() const { return m_tokens[m_at]; }
    Token take() { return m_tokens[m_at++]; }

    tl::unexpected<Error> unexpected() const
    {
        if (peek().kind == Token::Kind::End)
            return tl::unexpected(at(kFilterUnfinished, peek().column));
        return tl::unexpected(at(kFilterUnexpected, peek().column, {{u"found"_s, peek().text}}));
    }

    Result<NodePtr> either(int depth) { return chain(depth, Token::Kind::Or, Kind::Or, &Parser::both); }
    Result<NodePtr> both(int depth) { return chain(depth, Token::Kind::And, Kind::And, &Parser::single); }

    Result<NodePtr> chain(int depth, Token::Kind separator, Kind kind, Result<NodePtr> (Parser::*part)(int))
    {
        Result<NodePtr> first = (this->*part)(depth);
        if (!first || peek().kind != separator)
            return first;
        auto node = std::make_shared<Filter::Node>();
        node->kind = kind;
        node->children.push_back(*first);
        while (peek().kind == separator) {
            take();
            Result<NodePtr> more = (this->*part)(depth);
            if (!more)
                return more;
            node->children.push_back(*more);
        }
        return NodePtr(node);
    }

    Result<NodePtr> single(int depth)
    {
        if (depth >= kMaxDepth)
            return tl::unexpected(at(kFilterTooDeep, peek().column, {{u"limit"_s, kMaxDepth}}));
        switch (peek().kind) {
        case Token::Kind::Not: {
            take();
            Result<NodePtr> inner = single(depth + 1);
            if (!inner)
                return inner;
            auto node = std::make_shared<Filter::Node>();
            node->kind = Kind::Not;
            node->children.push_back(*inner);
            return NodePtr(node);
        }
        case Token::Kind::Open: {
            const int column = take().column;
            Result<NodePtr> inner = either(depth + 1);
            if (!inner)
                return inner;
            if (peek().kind == Token::Kind::End)
                return tl::unexpected(at(kFilterUnclosed, column));
            if (peek().kind != Token::Kind::Close)
                return unexpected();
            take();
            return inner;
        }
        case Token::Kind::Word:
            return term();
        default:
            return unexpected();
        }
    }

    Result<NodePtr> term()
    {
        const Token field = take();
        FilterPlace place{field.column, field.column, field.column};
        FilterOperator op = FilterOperator::Present;
        QString operatorText;
        QString value;
        if (peek().kind == Token::Kind::Operator) {
            const Token sign = take();
            operatorText = sign.text;
            place.operatorColumn = sign.column;
            const auto known =
                std::ranges::find_if(kOperators, [&](const OperatorName &each) { return sign.text == each.text; });
            op = known->op;
            // `tag == not` means the word: after an operator stands a value.
            if (peek().kind == Token::Kind::End || peek().kind == Token::Kind::Operator ||
                peek().kind == Token::Kind::Open || peek().kind == Token::Kind::Close)
                return unexpected();
            const Token operand = take();
            place.valueColumn = operand.column;
            value = operand.text;
        }
        Result<FilterTerm> made = makeTerm(field.text, op, operatorText, value, place);
        if (!made)
            return tl::unexpected(made.error());
        auto node = std::make_shared<Filter::Node>();
        node->term = std::move(*made);
        return NodePtr(node);
    }

    std::vector<Token> m_tokens;
    std::size_t m_at = 0;
};

} // namespace

Result<Filter> Filter::parse(const QString &text)
{
    if (text.trimmed().isEmpty())
        return fail(kFilterEmpty);
    Result<std::vector<Token>> tokens = Lexer(text).tokens();
    if (!tokens)
        return tl::unexpected(tokens.error());
    Result<NodePtr> root = Parser(std::move(*tokens)).parse();
    if (!root)
        return tl::unexpected(root.error());
    Filter filter;
    filter.m_text = text;
    filter.m_root = *root;
    return filter;
}

bool Filter::matches(const traffic::Exchange &exchange) const
{
    return m_root == nullptr || m_root->matches(exchange);
}

} // namespace parallax::replay
