#include "backups/manifest.h"

#include <tessera/json.h>

#include <boost/json.hpp>

#include <algorithm>

namespace tessera::backups {

namespace json = boost::json;

std::int64_t Manifest::rows() const {
    std::int64_t all = 0;
    for (const auto& table : tables) all += table.rows;
    return all;
}

std::string text_of(const Manifest& manifest) {
    std::string text;
    JsonWriter  writer(text);
    writer.begin_object();
    writer.member("company", manifest.company);
    writer.member("made_at", manifest.made_at.str());
    writer.member("program", manifest.program);
    writer.member("engine", manifest.engine);
    writer.member("schema", manifest.schema);
    writer.member("books", manifest.books);
    writer.member("newest_entry", manifest.newest_entry);
    writer.member("newest_seal", manifest.newest_seal);
    writer.member("checks", manifest.checks);
    writer.key("unproven_modules").begin_array();
    for (const auto& module : manifest.unproven_modules) writer.value(module);
    writer.end_array();
    writer.key("tables").begin_array();
    for (const auto& table : manifest.tables) {
        writer.begin_object();
        writer.member("name", table.name);
        writer.member("rows", table.rows);
        writer.member("digest", table.digest);
        writer.member("ledger", table.ledger);
        writer.end_object();
    }
    writer.end_array();
    writer.end_object();
    return text;
}

Manifest manifest_of(std::string_view text) {
    const auto  value = parse_json(text);
    const auto& all   = value.as_object();
    const auto  named = [](const json::object& object, std::string_view name) { return std::string(object.at(name).as_string()); };
    Manifest    manifest{.company      = named(all, "company"),
                         .made_at      = Instant::parse(named(all, "made_at")),
                         .program      = named(all, "program"),
                         .engine       = named(all, "engine"),
                         .schema       = named(all, "schema"),
                         .books        = named(all, "books"),
                         .newest_entry = all.at("newest_entry").as_int64(),
                         .newest_seal  = named(all, "newest_seal"),
                         .checks       = all.at("checks").as_int64()};
    for (const auto& module : all.at("unproven_modules").as_array()) manifest.unproven_modules.emplace_back(module.as_string());
    for (const auto& one : all.at("tables").as_array()) {
        const auto& table = one.as_object();
        manifest.tables.push_back({named(table, "name"), table.at("rows").as_int64(), named(table, "digest"), table.at("ledger").as_bool()});
    }
    return manifest;
}

std::vector<std::string> differences(const Manifest& manifest, const std::vector<migrations::CopiedTable>& found) {
    std::vector<std::string> sentences;
    for (const auto& table : manifest.tables) {
        const auto it = std::ranges::find(found, table.name, &migrations::CopiedTable::name);
        if (it == found.end())
            sentences.push_back(fmt::format("{} is not there", table.name));
        else if (it->rows != table.rows)
            sentences.push_back(fmt::format("{} has {} rows, the manifest says {}", table.name, it->rows, table.rows));
        else if (it->digest != table.digest)
            sentences.push_back(fmt::format("{} has other values than the manifest says", table.name));
    }
    return sentences;
}

}  // namespace tessera::backups
