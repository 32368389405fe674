#include <tessera/csv.h>
#include <tessera/json.h>
#include <tessera/text.h>

#include "anchor_file.h"
#include "audit/audit.h"
#include "commands.h"
#include "output.h"

#include <boost/json.hpp>
#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <map>

namespace tessera::program {

namespace audit_command {

namespace json = boost::json;

constexpr int could_not_tell = 2;

// ---- list

std::string text_of(const json::value& value) {
    if (value.is_null()) return {};
    if (value.is_object()) return std::string(value.at("label").as_string());
    return value.is_string() ? std::string(value.get_string()) : json::serialize(value);
}

std::string changes_text(const json::object& row, std::string_view before, std::string_view after) {
    std::string text;
    for (const auto& change : row.at("changes").as_array())
        text += fmt::format("{}{}: {} -> {}{}", before, text_of(change.at("field")), text_of(change.at("before")), text_of(change.at("after")), after);
    return text;
}

void print_rows(const json::array& rows) {
    for (const auto& one : rows) {
        const auto& row    = one.as_object();
        const auto  reason = text_of(row.at("reason")), via = text_of(row.at("via"));
        print(fmt::format("{}  {}  {}{}  {}{}{}\n", text_of(row.at("id")), text_of(row.at("at")), text_of(row.at("by")), via.empty() ? "" : " [" + via + "]",
                          text_of(row.at("command")), row.at("label").is_null() ? "" : "  " + text_of(row.at("label")), reason.empty() ? "" : " (" + reason + ")"));
        print(changes_text(row, "    ", "\n"));
    }
}

void print_csv(const json::array& rows) {
    static constexpr const char* columns[] = {"id", "at", "by", "via", "request", "command", "entity", "record", "label", "reason"};
    std::string out;
    CsvWriter   csv(out);
    for (const auto* column : columns) csv.text(column);
    csv.text("changes").end_row();
    for (const auto& row : rows) {
        for (const auto* column : columns) csv.text(text_of(row.at(column)));
        csv.text(changes_text(row.as_object(), "", "\n")).end_row();
    }
    print(out);
}

int list(const Words& words) {
    Options options("audit list --database FILE",
                    "The audit trail, newest first: who did what, when and why, and what proved who it was.\n"
                    "The next page is asked for with --before and the last id shown.");
    options.option("by", "USER", "by whom")
        .option("entity", "MODULE.ENTITY", "what was changed")
        .option("record", "ID", "of that entity")
        .option("command", "COMMAND", "as an entry has it, or its last word")
        .option("from", "DAY", "or a moment; included")
        .option("until", "DAY", "or a moment; included")
        .option("text", "TEXT", "anywhere in reason, command and values")
        .option("limit", "ROWS", "at most 500", "50")
        .option("before", "ID", "only entries before that one")
        .option("format", "FORMAT", "text, json or csv", "text")
        .books();
    if (options.parse(words) == Asked::for_help) return done;
    const auto format = options.text("format");
    if (format != "text" && format != "json" && format != "csv") throw options.misuse("choose text, json or csv as --format");
    const auto         id = [&](const char* name) { return options.given(name) ? options.number(name, 1, INT64_MAX) : 0; };
    const AuditRequest wanted{.by      = options.text("by"),
                              .entity  = options.text("entity"),
                              .record  = id("record"),
                              .command = options.text("command"),
                              .from    = options.text("from"),
                              .until   = options.text("until"),
                              .text    = options.text("text"),
                              .limit   = static_cast<int>(options.number("limit", 1, 500)),
                              .before  = id("before")};
    const auto found = open_for_reading(options)->audit(Actor{}, wanted);
    if (format == "json") {
        print(found + "\n");
        return done;
    }
    const auto  answer = parse_json(found);
    const auto& rows   = answer.at("rows").as_array();
    format == "csv" ? print_csv(rows) : print_rows(rows);
    if (format == "text") print(fmt::format("{} of {} entries.\n", rows.size(), answer.at("total").as_int64()));
    return done;
}

// ---- anchors

Refused not_written(const std::string& file) {
    return Refused("kernel.output_failed", "To keep this, make {} writable and make room for it ({}).", file, std::strerror(errno));
}

void write_durably(const std::string& file, int flags, int mode, std::string_view text) {
    const int  to      = ::open(file.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC | flags, mode);
    const bool written = to >= 0 && ::write(to, text.data(), text.size()) == static_cast<ssize_t>(text.size()) && ::fsync(to) == 0;
    const auto failure = not_written(file);
    if (to >= 0) ::close(to);
    if (!written) throw failure;
}

// What is added to anchors that do not hold would hide that they do not.
void require_sound(const Snapshot& tx, const std::vector<audit::Anchor>& known, const std::string& file) {
    std::vector<Finding> findings;
    const auto           found = [&](Finding f) { findings.push_back(std::move(f)); };
    audit::check_chain(tx, found);
    if (findings.empty()) audit::check_anchors(tx, known, nullptr, found);
    if (findings.empty()) return;
    throw Refused("kernel.audit_anchors", "To anchor the audit trail, find out first what was done to it: {} is not what {} ({}).", findings.front().record,
                  known.empty() ? "was sealed" : "the anchors in " + file + " say", findings.front().found);
}

// Those of days that are not in the file, or have gone on since.
std::vector<audit::Anchor> fresh_anchors(std::vector<audit::Anchor> all, const std::vector<audit::Anchor>& known) {
    std::map<std::int32_t, std::int64_t> last;
    for (const auto& anchor : known) last[anchor.day.days()] = std::max(last[anchor.day.days()], anchor.last);
    std::erase_if(all, [&](const auto& anchor) { return last.contains(anchor.day.days()) && last[anchor.day.days()] >= anchor.last; });
    return all;
}

int anchor(const Words& words) {
    Options options("audit anchor [--output FILE] --database FILE",
                    "Prints one line for each day of the audit trail, or adds those that FILE lacks to it: text to be printed, mailed or\n"
                    "stamped with a time, and kept where those who write the books cannot reach it. tessera audit verify proves later that\n"
                    "nothing before it was changed.");
    options.option("output", "FILE", "adds what the file lacks; it is made when it is not there")
        .option("sign", "KEY", "signs each line with this key (tessera audit key)")
        .books();
    if (options.parse(words) == Asked::for_help) return done;
    const auto                       file  = options.text("output");
    const auto                       known = std::filesystem::exists(file) && std::filesystem::file_size(file) ? anchors_in(file) : std::vector<audit::Anchor>{};
    std::optional<audit::SigningKey> key;
    if (options.given("sign")) key.emplace(read_file(options.text("sign")), options.text("sign"));
    const auto                 suite = open_for_reading(options);
    std::vector<audit::Anchor> fresh;
    suite->read(Actor{}, [&](const Snapshot& tx) {
        require_sound(tx, known, file);
        fresh = fresh_anchors(audit::anchors_of(tx, suite->company_name(), TESSERA_VERSION), known);
    });
    std::string lines;
    for (auto& one : fresh) {
        if (key) one.signature = key->sign(audit::text_of(one));
        lines += audit::line_of(one) + "\n";
    }
    if (file.empty()) {
        print(lines);
        return done;
    }
    if (!lines.empty()) write_durably(file, O_APPEND, 0644, lines);
    print(fresh.empty() ? fmt::format("{} has an anchor of all there is.\n", file) : fmt::format("{} has {} more, up to entry {}.\n", file, fresh.size(), fresh.back().last));
    return done;
}

int run_verify(const Options& options) {
    const auto           suite = open_for_reading(options);
    std::vector<Finding> findings;
    suite->read(Actor{}, [&](const Snapshot& tx) { audit::check_chain(tx, [&](Finding f) { findings.push_back(std::move(f)); }); });
    const auto of_anchors = verified_anchors(*suite, options).findings;
    findings.insert(findings.end(), of_anchors.begin(), of_anchors.end());
    if (findings.empty()) {
        print("The audit trail is complete and goes on from every anchor.\n");
        return done;
    }
    for (const auto& finding : findings) print(fmt::format("{}: expected {}, found {}\n", finding.record, finding.expected, finding.found));
    complain(fmt::format("To trust this audit trail, find out what was done to it: {} is not what it was.\n", findings.front().record));
    return failed;
}

int verify_anchors(const Words& words) {
    Options options("audit verify --anchors FILE --database FILE",
                    "Proves that the audit trail is complete and goes on from every anchor in FILE. Exits with 0 when it does, 1 when it does\n"
                    "not (the first difference is named), 2 when that could not be told.");
    options.option("anchors", "FILE", "as tessera audit anchor wrote it").option("public-key", "KEY", "each anchor must be signed by its owner").books();
    if (options.parse(words) == Asked::for_help) return done;
    if (!options.given("anchors")) throw options.misuse("name the file with --anchors");
    try {
        return run_verify(options);
    } catch (const Misuse&) {
        throw;
    } catch (const std::exception& failure) {
        complain(std::string(failure.what()) + "\n");
    }
    return could_not_tell;
}

int key(const Words& words) {
    Options options("audit key --output FILE",
                    "Makes a key to sign anchors with: FILE, readable by its owner alone, and FILE.pub for those who shall prove them. Keep FILE\n"
                    "away from those who write the books.");
    options.option("output", "FILE", "must not exist yet");
    if (options.parse(words) == Asked::for_help) return done;
    const auto file = options.text("output");
    if (file.empty()) throw options.misuse("say where to write the key with --output FILE");
    for (const auto& one : {file, file + ".pub"})
        if (std::filesystem::exists(one)) throw Refused("kernel.file_exists", "To make a key, name a file that does not exist yet: {} does.", one);
    const auto made = audit::fresh_key_pair();
    write_durably(file, O_EXCL, 0600, made.secret);
    write_durably(file + ".pub", O_EXCL, 0644, made.open);
    print(fmt::format("Sign with {}, prove with {}.pub\n", file, file));
    return done;
}

}  // namespace audit_command

int audit(const Words& words) {
    using namespace audit_command;
    const auto  what = words.empty() ? std::string() : words.front();
    const Words rest(words.empty() ? words.begin() : words.begin() + 1, words.end());
    if (what == "list") return list(rest);
    if (what == "anchor") return anchor(rest);
    if (what == "verify") return verify_anchors(rest);
    if (what == "key") return key(rest);
    Options options("audit list|anchor|verify|key", "The audit trail: looking at it, anchoring it, proving it by anchors, a key to sign anchors with. Each answers --help.");
    options.optional_argument("WHAT");
    if (options.parse(words) == Asked::for_help) return done;
    throw options.misuse("say list, anchor, verify or key");
}

}  // namespace tessera::program
