// SPDX-FileCopyrightText: 2026 Parallax contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "yaml/agreement.h"

#include "yaml/errors.h"
#include "yaml/lines.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

#include <QHash>

#include <sstream>

using namespace Qt::StringLiterals;

namespace parallax::yaml {

namespace {

bool isNull(const Event &event)
{
    const QByteArray &text = event.text;
    return event.style == ScalarStyle::Plain && event.tagText.isEmpty() &&
           (text.isEmpty() || text == "~" || text == "null" || text == "Null" || text == "NULL");
}

/// Walks the strict parser's events while yaml-cpp tells its own. Once they differ it only keeps the place.
class Comparison final : public YAML::EventHandler
{
public:
    explicit Comparison(const QList<Event> &events)
        : m_events(events)
    {}

    void OnDocumentStart(const YAML::Mark & /*mark*/) override {}
    void OnDocumentEnd() override {}
    void OnNull(const YAML::Mark & /*mark*/, YAML::anchor_t anchor) override
    {
        const Event *event = next(Event::Type::Scalar, anchor);
        if (event != nullptr && !isNull(*event))
            differ();
    }
    void OnAlias(const YAML::Mark & /*mark*/, YAML::anchor_t anchor) override
    {
        const Event *event = next(Event::Type::Alias, 0);
        if (event != nullptr && m_anchors.value(event->text) != anchor)
            differ();
    }
    void OnScalar(const YAML::Mark & /*mark*/, const std::string & /*tag*/, YAML::anchor_t anchor,
                  const std::string &value) override
    {
        const Event *event = next(Event::Type::Scalar, anchor);
        const QByteArrayView text(value.data(), static_cast<qsizetype>(value.size()));
        if (event != nullptr && (event->text != text || isNull(*event)))
            differ();
    }
    void OnSequenceStart(const YAML::Mark & /*mark*/, const std::string & /*tag*/, YAML::anchor_t anchor,
                         YAML::EmitterStyle::value /*style*/) override
    {
        next(Event::Type::SequenceStart, anchor);
    }
    void OnSequenceEnd() override { next(Event::Type::SequenceEnd, 0); }
    void OnMapStart(const YAML::Mark & /*mark*/, const std::string & /*tag*/, YAML::anchor_t anchor,
                    YAML::EmitterStyle::value /*style*/) override
    {
        next(Event::Type::MappingStart, anchor);
    }
    void OnMapEnd() override { next(Event::Type::MappingEnd, 0); }

    [[nodiscard]] bool differs() const { return m_differs || m_index != m_events.size(); }
    /// The first event that the second parser sees otherwise.
    [[nodiscard]] qsizetype index() const { return m_differs ? m_index - 1 : m_index; }

private:
    const Event *next(Event::Type type, YAML::anchor_t anchor)
    {
        if (m_differs)
            return nullptr;
        const Event *event = m_index < m_events.size() ? &m_events[m_index] : nullptr;
        ++m_index;
        if (event == nullptr || event->type != type || event->anchorName.isEmpty() != (anchor == 0)) {
            differ();
            return nullptr;
        }
        if (anchor != 0)
            m_anchors.insert(event->anchorName, anchor);
        return event;
    }
    void differ() { m_differs = true; }

    const QList<Event> &m_events;
    QHash<QByteArray, YAML::anchor_t> m_anchors;
    qsizetype m_index = 0;
    bool m_differs = false;
};

qsizetype placeOf(const QList<Event> &events, qsizetype index)
{
    for (qsizetype i = std::min(index, events.size() - 1); i >= 0; --i) {
        if (!events[i].isEmpty && events[i].token.end > 0)
            return events[i].token.begin;
    }
    return 0;
}

} // namespace

Status secondParserAgrees(const QByteArray &bytes, const QString &file, const EventStream &strict)
{
    Comparison comparison(strict.events);
    Error error{kParsersDisagree, {}, {file, 1, 1}, {}};
    try {
        std::istringstream input(bytes.toStdString());
        YAML::Parser parser(input);
        const bool hasDocument = parser.HandleNextDocument(comparison);
        if (hasDocument != strict.events.isEmpty() && !comparison.differs() && !parser.HandleNextDocument(comparison))
            return {};
    } catch (const YAML::Exception &exception) {
        error.detail = QString::fromStdString(exception.msg);
        if (!exception.mark.is_null()) {
            const qsizetype bom = bytes.startsWith("\xef\xbb\xbf") ? 3 : 0;
            const Lines::Position position = Lines(bytes).at(exception.mark.pos + bom);
            error.where = {file, position.line, position.column};
            return fail(error);
        }
    } catch (const std::exception &exception) {
        error.detail = QString::fromUtf8(exception.what());
    }
    const Lines::Position position = Lines(bytes).at(placeOf(strict.events, comparison.index()));
    error.where = {file, position.line, position.column};
    return fail(error);
}

} // namespace parallax::yaml
