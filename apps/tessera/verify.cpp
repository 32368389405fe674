#include "anchor_file.h"
#include "commands.h"
#include "output.h"

#include <tessera/json.h>

#include <algorithm>

namespace tessera::program {

namespace verify_books {

constexpr int could_not_tell = 2;

using Verified = Suite::Verified;

void print_text(const std::vector<Verified>& checks) {
    std::size_t width = 0, violated = 0;
    for (const auto& check : checks) width = std::max(width, check.check.size());
    for (const auto& check : checks) {
        print(fmt::format("{:<8}  {:<{}}  {}\n", check.findings.empty() ? "ok" : "violated", check.check, width,
                          check.title));
        for (const auto& finding : check.findings)
            print(
                fmt::format("          {}: expected {}, found {}\n", finding.record, finding.expected, finding.found));
        violated += check.findings.empty() ? 0 : 1;
    }
    print(fmt::format("{} checks: {} ok, {} violated.\n", checks.size(), checks.size() - violated, violated));
}

void print_json(const std::vector<Verified>& checks, bool sound) {
    std::string out;
    JsonWriter  json(out);
    json.begin_object();
    json.member("sound", sound);
    json.key("checks").begin_array();
    for (const auto& check : checks) {
        json.begin_object();
        json.member("check", check.check);
        json.member("title", check.title);
        json.member("ok", check.findings.empty());
        json.key("findings").begin_array();
        for (const auto& finding : check.findings) {
            json.begin_object();
            json.member("record", finding.record);
            json.member("expected", finding.expected);
            json.member("found", finding.found);
            json.end_object();
        }
        json.end_array();
        json.end_object();
    }
    json.end_array();
    json.end_object();
    print(out + "\n");
}

bool a_module_is_missing(const Kernel& kernel) {
    return std::ranges::any_of(kernel.modules(), [](const auto& module) { return !module.refused.empty(); });
}

int run(const Options& options) {
    const auto suite  = open_for_reading(options);
    auto       checks = suite->verify(Actor{});
    if (options.given("anchors")) checks.push_back(verified_anchors(*suite, options));
    const bool sound  = std::ranges::all_of(checks, [](const auto& check) { return check.findings.empty(); });
    options.text("format") == "json" ? print_json(checks, sound) : print_text(checks);
    if (!sound) {
        const auto first = std::ranges::find_if(checks, [](const auto& check) { return !check.findings.empty(); });
        complain(fmt::format("To trust these books, have {} put right: {} ({}).\n", first->findings.front().record,
                             first->title, first->check));
        return failed;
    }
    return a_module_is_missing(suite->kernel()) ? could_not_tell : done;
}

}  // namespace verify_books

int verify(const Words& words) {
    Options options(
        "verify --database FILE [--anchors FILE] [--format text|json]",
        "Proves every invariant of the books from the entries up, on one snapshot, also beside a running server.\n"
        "Exits with 0 when all hold, 1 when one does not (it is named), 2 when that could not be told.");
    options.option("format", "FORMAT", "text or json", "text")
        .option("anchors", "FILE", "the audit trail must go on from every anchor in it (tessera audit anchor)")
        .option("public-key", "KEY", "and each must be signed by its owner")
        .books();
    if (options.parse(words) == Asked::for_help) return done;
    if (const auto format = options.text("format"); format != "text" && format != "json")
        throw options.misuse("choose text or json as --format");
    try {
        return verify_books::run(options);
    } catch (const Refused& refused) {
        complain(refused.sentence() + "\n");
    } catch (const Misuse&) {
        throw;
    } catch (const std::exception& failure) {
        complain(fmt::format("To verify these books, repair the database first: {}\n", failure.what()));
    }
    return verify_books::could_not_tell;
}

}  // namespace tessera::program
