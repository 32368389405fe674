#include "attachment_commands.h"

#include <tessera/json.h>
#include <tessera/text.h>

#include "output.h"
#include "record_change.h"
#include "record_place.h"

#include <boost/json.hpp>

#include <array>
#include <charconv>
#include <filesystem>
#include <fstream>
#include <sstream>

namespace tessera::program {

namespace attachment_commands {

using Verb = RecordCommand::Verb;

std::string content_of(const std::string& file, const Options& options) {
    std::ifstream      input(file, std::ios::binary);
    std::ostringstream bytes;
    if (!std::filesystem::is_regular_file(file) || !input) throw options.misuse(fmt::format("name a file that can be read, not {}", excerpt(file, 200)));
    bytes << input.rdbuf();
    return std::move(bytes).str();
}

// For who looks at it later; what it is decides its content.
std::string media_type_of(const std::filesystem::path& file) {
    struct Known { std::string_view extension, type; };
    static constexpr std::array<Known, 12> known{{{".pdf", "application/pdf"}, {".png", "image/png"}, {".jpg", "image/jpeg"}, {".jpeg", "image/jpeg"}, {".gif", "image/gif"},
                                                  {".webp", "image/webp"}, {".txt", "text/plain"}, {".csv", "text/csv"}, {".xml", "application/xml"}, {".json", "application/json"},
                                                  {".eml", "message/rfc822"}, {".zip", "application/zip"}}};
    const auto extension = lower_ascii(file.extension().string());
    for (const auto& one : known)
        if (one.extension == extension) return std::string(one.type);
    return "application/octet-stream";
}

std::int64_t number_of(const std::string& word, const Options& options) {
    std::int64_t number = 0;
    const auto   read   = std::from_chars(word.data(), word.data() + word.size(), number);
    if (read.ec != std::errc{} || read.ptr != word.data() + word.size() || number <= 0) throw options.misuse("name the attachment by its number");
    return number;
}

std::string size_text(std::int64_t bytes) {
    if (bytes < 1024) return fmt::format("{} bytes", bytes);
    if (bytes < 1 << 20) return fmt::format("{:.1f} KiB", static_cast<double>(bytes) / 1024);
    return fmt::format("{:.1f} MiB", static_cast<double>(bytes) / (1 << 20));
}

void print_list(const std::string& answer) {
    const auto list = parse_json(answer);
    for (const auto& one : list.at("rows").as_array())
        print(fmt::format("{:>6}  {:>12}  {}  {}  {}\n", one.at("id").as_int64(), size_text(one.at("size").as_int64()), std::string(one.at("added_at").as_string()).substr(0, 10),
                          std::string(one.at("added_by").as_string()), std::string(one.at("name").as_string())));
}

void save(Suite& suite, const EntityDescription& entity, std::int64_t id, std::int64_t number, const std::string& file) {
    const auto found = suite.attachment(Actor{}, entity.name, id, number);
    write_to(file, [&](const auto& write) {
        for (std::int64_t piece = 0;; ++piece) {
            const auto bytes = suite.attachment_piece(found, piece);
            if (bytes.empty()) return;
            write(bytes);
        }
    });
}

}  // namespace attachment_commands

int attach_file(const Options& common, Options& options, const Words& words, const EntityDescription& entity) {
    options.argument("RECORD").argument("FILE").option("name", "NAME", "what it is called there; that of the file when not given").books();
    if (options.parse(words) == Asked::for_help) return done;
    const std::filesystem::path file = options.text("FILE");
    RecordBooks                 books(common, Wish::change);
    const auto                  name = options.given("name") ? options.text("name") : file.filename().string();
    books.run({.verb       = RecordCommand::Verb::attach,
               .entity     = entity.name,
               .id         = record_named(books.suite(), *books.kernel().find_entity(entity.name), options.text("RECORD")),
               .body       = attachment_commands::content_of(file, options),
               .file_name  = name,
               .media_type = attachment_commands::media_type_of(file)});
    print(fmt::format("{} {}: {} attached\n", entity.title, options.text("RECORD"), name));
    return done;
}

int attachments(const Options& common, Options& options, const Words& words, const EntityDescription& entity) {
    options.argument("RECORD")
        .option("save", "N", "write the content of this one instead")
        .option("output", "FILE", "where; standard output when not given")
        .option("format", "FORMAT", "text or json", "text")
        .books();
    if (options.parse(words) == Asked::for_help) return done;
    RecordBooks books(common, Wish::look);
    const auto  id = record_named(books.suite(), *books.kernel().find_entity(entity.name), options.text("RECORD"));
    if (options.given("save")) {
        attachment_commands::save(books.suite(), entity, id, attachment_commands::number_of(options.text("save"), options), options.text("output"));
        return done;
    }
    const auto answer = books.suite().attachments(Actor{}, entity.name, id);
    options.text("format") == "json" ? print(answer + "\n") : attachment_commands::print_list(answer);
    return done;
}

int detach_file(const Options& common, Options& options, const Words& words, const EntityDescription& entity) {
    options.argument("RECORD").argument("N").books();
    if (options.parse(words) == Asked::for_help) return done;
    const auto  number = attachment_commands::number_of(options.text("N"), options);
    RecordBooks books(common, Wish::change);
    books.run({.verb       = RecordCommand::Verb::detach,
               .entity     = entity.name,
               .id         = record_named(books.suite(), *books.kernel().find_entity(entity.name), options.text("RECORD")),
               .attachment = number});
    print(fmt::format("{} {}: attachment {} removed\n", entity.title, options.text("RECORD"), number));
    return done;
}

}  // namespace tessera::program
