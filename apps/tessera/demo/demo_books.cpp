#include "demo/demo_books.h"

#include <tessera/json.h>

namespace tessera::demo {

namespace demo_books {

std::string text_at(const json::object& record, const char* field) {
    const auto* value = record.if_contains(field);
    return value && value->is_string() ? std::string(value->get_string().data(), value->get_string().size())
                                       : std::string{};
}

Made made_of(const RecordAnswer& answer) {
    const auto  parsed = parse_json(answer.json);
    const auto& record = parsed.as_object();
    Made        made{.id = answer.id, .number = text_at(record, "number")};
    if (const auto* lines = record.if_contains("lines"))
        for (const auto& line : lines->as_array())
            made.lines.push_back({line.as_object().at("id").as_int64(), text_at(line.as_object(), "price")});
    return made;
}

}  // namespace demo_books

void DemoBooks::in_bulk(const std::function<void()>& work) {
    suite_.bulk([&](const Suite::Bulk& bulk) {
        bulk_ = &bulk;
        struct Leave {
            const Suite::Bulk*& bulk;
            ~Leave() { bulk = nullptr; }
        } leave{bulk_};
        work();
    });
}

RecordAnswer DemoBooks::run(std::string_view user, RecordCommand command, Date on) {
    const bool makes = command.verb == RecordCommand::Verb::create, changes = command.verb == RecordCommand::Verb::change;
    command.info = {.name = command.entity + (makes ? command.transition.empty() ? ".create" : ".create_and_" : changes ? ".change" : ".") +
                            command.transition,
                    .actor         = {.name = std::string(user)},
                    .business_date = on};
    if (!bulk_) return suite_.run(command);
    RecordAnswer answer;
    (*bulk_)(command.info, [&](Transaction& tx) { answer = suite_.run_in(tx, command); });
    return answer;
}

Made DemoBooks::create(std::string_view user, const std::string& entity, const json::object& body, Date on,
                       const std::string& transition) {
    const auto answer = run(user, {.entity = entity, .body = json::serialize(body), .transition = transition}, on);
    ++made_[entity];
    return demo_books::made_of(answer);
}

void DemoBooks::change(std::string_view user, const std::string& entity, std::int64_t id, const json::object& fields, Date on) {
    run(user, {.verb = RecordCommand::Verb::change, .entity = entity, .id = id, .body = json::serialize(fields)}, on);
}

void DemoBooks::transition(std::string_view user, const std::string& entity, std::int64_t id, const std::string& name,
                           const json::object& input, Date on) {
    run(user,
        {.verb       = RecordCommand::Verb::transition,
         .entity     = entity,
         .id         = id,
         .body       = json::serialize(input),
         .transition = name},
        on);
    ++made_[entity + "." + name];
}

void DemoBooks::attempt(std::string_view user, const std::string& entity, std::int64_t id, const std::string& name,
                        const json::object& input, Date on) {
    try {
        transition(user, entity, id, name, input, on);
    } catch (const Refused&) {
    }
}

}  // namespace tessera::demo
