#include <tessera/json.h>
#include <tessera/suite.h>
#include <tessera/text.h>

#include "commands.h"
#include "output.h"
#include "record_change.h"

#include <boost/json.hpp>

namespace tessera::program {

namespace find_command {

// On a terminal the words that were found are shown bold.
std::string shown(std::string_view excerpt) {
    const bool  bold = output_is_terminal();
    std::string text;
    for (const char c : excerpt) {
        if (c == '\x02') text += bold ? "\x1b[1m" : "";
        else if (c == '\x03') text += bold ? "\x1b[0m" : "";
        else text += c;
    }
    return text;
}

void print_hits(const boost::json::value& found) {
    if (const auto& read_as = found.at("read_as").as_string(); !read_as.empty()) complain(fmt::format("This is what \"{}\" finds.\n", std::string(read_as)));
    for (const auto& hit : found.at("hits").as_array()) {
        print(fmt::format("{} {}  {}\n", std::string(hit.at("entity").as_string()), hit.at("id").as_int64(), std::string(hit.at("title").as_string())));
        if (const auto text = shown(hit.at("excerpt").as_string()); !text.empty()) print("    " + text + "\n");
    }
}

}  // namespace find_command

search::Request request_of(const Options& options, const Kernel& kernel) {
    search::Request request{.text = options.text("TEXT"), .limit = static_cast<int>(options.number("limit", 1, 100))};
    for (const auto& name : options.texts("entity")) {
        if (!kernel.find_entity(name)) throw options.misuse(fmt::format("name an entity such as knowledge.asset; \"{}\" is none", excerpt(name)));
        request.entities.push_back(name);
    }
    return request;
}

int find(const Words& words) {
    Options options("find TEXT [--entity MODULE.ENTITY]… --database FILE",
                    "Finds records of all modules by their words, the best first. \"Two words\" in quotes stand side by side, -word is not there, and a\n"
                    "word that nobody wrote is read as the nearest one.");
    options.argument("TEXT")
        .repeated("entity", "MODULE.ENTITY", "only records of these")
        .option("limit", "N", "records at most", "20")
        .option("format", "FORMAT", "text or json", "text")
        .books();
    if (options.parse(words) == Asked::for_help) return done;
    if (const auto format = options.text("format"); format != "text" && format != "json") throw options.misuse("choose text or json as --format");
    RecordBooks books(options, Wish::change);
    if (!books.at_server()) books.suite().update_search();
    const auto found = books.suite().search({}, request_of(options, books.kernel()));
    options.text("format") == "json" ? print(found + "\n") : find_command::print_hits(parse_json(found));
    return done;
}

}  // namespace tessera::program
