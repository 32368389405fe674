#include <tessera/json.h>
#include <tessera/text.h>

#include "commands.h"
#include "output.h"
#include "record_change.h"
#include "record_place.h"

#include <boost/json.hpp>
#include <fmt/ranges.h>

#include <charconv>

namespace tessera::program {

namespace erase_command {

const EntityDescription& entity_of(const Options& options, const Kernel& kernel) {
    const auto name = options.text("ENTITY");
    if (const auto* entity = kernel.find_entity(name)) return *entity;
    throw options.misuse(fmt::format("name an entity such as directory.contact; \"{}\" is none", excerpt(name)));
}

// By its number also one that was deleted: it is still in the audit trail.
std::int64_t record_of(const Options& options, Suite& suite, const EntityDescription& entity) {
    const auto   word = options.text("RECORD");
    std::int64_t id   = 0;
    const auto   read = std::from_chars(word.data(), word.data() + word.size(), id);
    const bool   is_number = read.ec == std::errc{} && read.ptr == word.data() + word.size();
    if (const auto found = find_record(suite, entity, word)) return *found;
    return is_number ? id : record_named(suite, entity, word);
}

std::string run(const Options& options, RecordBooks& books, const EntityDescription& entity, std::int64_t id) {
    const auto reason = options.text("reason");
    if (!books.at_server()) return books.suite().erase({.reason = reason}, entity.name, id);
    std::string body;
    JsonWriter  json(body);
    json.begin_object();
    json.member("reason", reason);
    json.end_object();
    return books.ask("POST", fmt::format("/api/{}/{}/erase", entity.path, id), body);
}

void print_text(const Kernel& kernel, const boost::json::value& report) {
    for (const auto& one : report.at("erased").as_array()) {
        std::vector<std::string> fields;
        for (const auto& field : one.at("fields").as_array()) fields.emplace_back(field.as_string());
        const auto* entity = kernel.find_entity(std::string(one.at("entity").as_string()));
        if (!fields.empty()) print(fmt::format("Erased of {} {}: {}\n", lower_ascii(entity->title), one.at("record").as_int64(), fmt::join(fields, ", ")));
    }
    print(fmt::format("Taken out of the audit trail: {} values\n", report.at("values").as_int64()));
    for (const auto& one : report.at("kept").as_array()) print(fmt::format("Kept: {}: {}\n", std::string(one.at("what").as_string()), std::string(one.at("why").as_string())));
}

}  // namespace erase_command

int erase(const Words& words) {
    Options options("erase ENTITY RECORD --reason TEXT --database FILE",
                    "Erases what is kept about a person: blanks the personal fields of the record and of what belongs to it, and takes their\n"
                    "values out of the audit trail, whose chain stays whole. Books and numbers stay. Prints what was erased, and what was kept\n"
                    "and why. It cannot be undone.");
    options.argument("ENTITY")
        .argument("RECORD")
        .option("reason", "TEXT", "why; it stays in the audit trail, so name no person in it")
        .option("format", "FORMAT", "text or json", "text")
        .books();
    if (options.parse(words) == Asked::for_help) return done;
    if (options.text("reason").empty()) throw options.misuse("give the reason with --reason");
    if (const auto format = options.text("format"); format != "text" && format != "json") throw options.misuse("choose text or json as --format");
    RecordBooks books(options, Wish::change);
    const auto& entity = erase_command::entity_of(options, books.kernel());
    const auto  report = erase_command::run(options, books, entity, erase_command::record_of(options, books.suite(), entity));
    options.text("format") == "json" ? print(report + "\n") : erase_command::print_text(books.kernel(), parse_json(report));
    return done;
}

}  // namespace tessera::program
