#include <tessera/json.h>
#include <tessera/text.h>

#include "attachment_commands.h"
#include "commands.h"
#include "output.h"
#include "record_change.h"
#include "record_place.h"
#include "record_text.h"
#include "reports/report_writer.h"

#include <boost/json.hpp>

#include <algorithm>
#include <fstream>
#include <iostream>
#include <sstream>

namespace tessera::program {

namespace record_commands {

namespace json = boost::json;

// What was asked for: `tessera purchasing order approve PO-1 …` and what is left to be read by the verb.
struct Request {
    const Options&           common;
    const std::string&       module;
    const EntityDescription* entity = nullptr;
    std::string              verb{};
    Words                    rest{};
    bool                     help = false;
    std::vector<const RecordViewDescription*> views{};
    std::string              usage(std::string_view more) const {
                     return fmt::format("{} {} {} {}", module, entity->name.substr(module.size() + 1), verb, more);
    }
};

json::object object_of(const std::string& text) { return std::move(parse_json(text).as_object()); }

// ---- help

std::string module_help(const Kernel& kernel, const std::string& module) {
    std::string text = fmt::format(
        "tessera {} ENTITY list|show|history|create|change|remove|attach|TRANSITION …\ntessera {} TRANSITION RECORD\n\n",
        module, module);
    for (const auto* entity : kernel.entities()) {
        if (entity->module != module || !entity->parent_field.empty()) continue;
        std::string transitions;
        for (const auto& transition : entity->workflow.transitions)
            transitions += (transitions.empty() ? "" : ", ") + transition.name;
        text += fmt::format("  {:<24} {}{}\n", entity->name.substr(module.size() + 1), entity->plural,
                            transitions.empty() ? "" : ": " + transitions);
    }
    return text;
}

std::string fields_help(const EntityDescription& entity) {
    std::string text;
    for (const auto& field : entity.fields) {
        if (field.name == entity.parent_field) continue;
        text += fmt::format("  {:<22} {:<10} {}{}\n", field.name, name_of(field.kind),
                            field.help.empty() ? field.label : field.help,
                            field.read_only  ? " (set by its documents)"
                            : field.required ? " (required)"
                                             : "");
    }
    return text;
}

std::string entity_help(const EntityDescription& entity, const std::vector<const RecordViewDescription*>& views, const std::vector<const RecordFileDescription*>& files) {
    const auto  name = fmt::format("{} {}", entity.module, entity.name.substr(entity.module.size() + 1));
    std::string text = fmt::format("{}. {}\n\n", entity.plural, entity.help);
    text += fmt::format(
        "  tessera {} list [--filter FIELD=VALUE] …\n  tessera {} show RECORD\n  tessera {} history RECORD\n", name,
        name, name);
    for (const auto* view : views) text += fmt::format("  tessera {} show RECORD --view {}\n", name, view->name);
    for (const auto* file : files) text += fmt::format("  tessera {} show RECORD --file {} --output FILE.{}\n", name, file->name, file->ending);
    if (entity.creatable) text += fmt::format("  tessera {} create --set FIELD=VALUE … | --json FILE\n", name);
    if (entity.editable) text += fmt::format("  tessera {} change RECORD --set FIELD=VALUE … | --json FILE\n", name);
    if (entity.deletable) text += fmt::format("  tessera {} remove RECORD\n", name);
    for (const auto& transition : entity.workflow.transitions)
        text += fmt::format("  tessera {} {} RECORD\n", name, transition.name);
    text += fmt::format("  tessera {} attach RECORD FILE\n  tessera {} attachments RECORD [--save N --output FILE]\n", name, name);
    if (entity.editable) text += fmt::format("  tessera {} detach RECORD N\n", name);
    text += "\nFields\n" + fields_help(entity);
    for (const auto& lines : entity.lines)
        text += fmt::format("\nFields of its {}, in --json as \"{}\": [{{…}}]\n{}", lower_ascii(lines.label), lines.name,
                            fields_help(*lines.entity));
    for (const auto* view : views) text += fmt::format("{}  {:<22} {}\n", view == views.front() ? "\nViews\n" : "", view->name, view->title);
    return text;
}

// ---- looking

ListFilter filter_of(const std::string& word, const Options& options) {
    const auto equals = word.find('=');
    if (equals == std::string::npos || equals == 0)
        throw options.misuse("write --filter as FIELD=VALUE or FIELD.OPERATION=VALUE");
    const auto field = word.substr(0, equals), value = word.substr(equals + 1);
    const auto point = field.rfind('.');
    if (point == std::string::npos) return {field, "eq", value};
    return {field.substr(0, point), field.substr(point + 1), value};
}

Words split(const std::string& text) {
    Words              parts;
    std::istringstream all(text);
    for (std::string part; std::getline(all, part, ',');)
        if (!part.empty()) parts.push_back(part);
    return parts;
}

int list(const Request& request) {
    Options options(request.usage("[--filter FIELD=VALUE] …"),
                    request.entity->plural + ": those that satisfy every filter.");
    options.repeated("filter", "FIELD=VALUE", "also FIELD.gte=, .gt, .lte, .lt, .not, .in=a,b, .contains=, .is=null")
        .option("search", "TEXT", "found in the fields that are searched")
        .option("sort", "FIELDS", "such as -date,number")
        .option("fields", "FIELDS", "which to show")
        .option("limit", "N", "at most so many", "50")
        .option("offset", "N", "after so many", "0")
        .option("format", "FORMAT", "text, csv, json, html, xlsx or pdf; csv writes all that match", "text")
        .option("output", "FILE", "write the result there")
        .books();
    auto words = request.rest;
    if (request.help) words.emplace_back("--help");
    if (options.parse(words) == Asked::for_help) return done;
    const auto format = reports::report_format(options.text("format"));
    if (!format) throw options.misuse("choose text, csv, json, html, xlsx or pdf as --format");
    ListRequest wanted{.search = options.text("search"),
                       .sort   = split(options.text("sort")),
                       .fields = split(options.text("fields")),
                       .limit  = static_cast<int>(options.number("limit", 1, 500)),
                       .offset = options.number("offset", 0, 1'000'000'000)};
    for (const auto& filter : options.texts("filter")) wanted.filters.push_back(filter_of(filter, options));

    RecordBooks books(request.common, Wish::look);
    auto&       suite = books.suite();
    write_to(options.text("output"), [&](const auto& write) {
        if (*format == reports::ReportFormat::csv)
            return suite.export_csv(Actor{}, request.entity->name, wanted, write);
        const auto answer = suite.list(Actor{}, request.entity->name, wanted);
        if (*format == reports::ReportFormat::json) return write(answer + "\n");
        const auto* entity = suite.kernel().find_entity(request.entity->name);
        write(reports::write_report(list_result(*entity, object_of(answer), suite.company_name()), *format));
    });
    return done;
}

std::string names_of_views(const std::vector<const RecordViewDescription*>& views) {
    std::string names;
    for (const auto* view : views) names += view->name + ", ";
    return names + "related";
}

int look(const Request& request) {
    const bool shows = request.verb == "show";
    Options    options(request.usage("RECORD"),
                    shows ? "Shows a record with its lines, or a view of it." : "Shows who changed a record, when and how.");
    options.argument("RECORD").option("format", "FORMAT", "text or json", "text").books();
    if (shows)
        options.option("view", "NAME", "instead of the record: " + names_of_views(request.views))
            .option("file", "NAME", "a file that is made of it; --help of its kind names them")
            .option("output", "FILE", "write that file there");
    auto words = request.rest;
    if (request.help) words.emplace_back("--help");
    if (options.parse(words) == Asked::for_help) return done;
    RecordBooks books(request.common, Wish::look);
    const auto& entity = *books.kernel().find_entity(request.entity->name);
    const auto  id     = record_named(books.suite(), entity, options.text("RECORD"));
    const auto  view   = shows ? options.text("view") : std::string();
    if (const auto file = shows ? options.text("file") : std::string(); !file.empty()) {
        const auto made = books.suite().record_file(Actor{}, entity.name, id, file);
        write_to(options.text("output"), [&](const auto& write) { write(made.bytes); });
        return done;
    }
    std::string answer;
    if (!shows)
        answer = books.suite().history(Actor{}, entity.name, id);
    else if (view == "related")
        answer = books.suite().related(Actor{}, entity.name, id);
    else if (!view.empty())
        answer = books.suite().record_view(Actor{}, entity.name, id, view);
    else if (RecordAnswer record; books.suite().get(Actor{}, entity.name, id, record))
        answer = std::move(record.json);
    if (options.text("format") == "json")
        print(answer + "\n");
    else
        print(!shows           ? history_text(object_of(answer))
              : view.empty() ? record_text(entity, object_of(answer))
                             : view_text(object_of(answer)));
    return done;
}

// ---- changing

std::string file_text(const std::string& file, const Options& options) {
    std::ostringstream text;
    if (file == "-") {
        text << std::cin.rdbuf();
        return text.str();
    }
    std::ifstream input(file, std::ios::binary);
    if (!input) throw options.misuse(fmt::format("name a file that can be read, not {}", excerpt(file, 200)));
    text << input.rdbuf();
    return text.str();
}

std::string body_of(const Options& options) {
    if (options.given("json")) return file_text(options.text("json"), options);
    json::object body;
    for (const auto& word : options.texts("set")) {
        const auto equals = word.find('=');
        if (equals == std::string::npos || equals == 0) throw options.misuse("write --set as FIELD=VALUE");
        const auto value             = word.substr(equals + 1);
        body[word.substr(0, equals)] = value.empty() ? json::value(nullptr) : json::value(value);
    }
    return json::serialize(body);
}

void print_outcome(const EntityDescription& entity, const std::string& answer, const std::string& format) {
    if (answer.empty()) return print(fmt::format("{} removed\n", entity.title));
    print(format == "json" ? answer + "\n" : outcome_text(entity, object_of(answer)));
}

int change(const Request& request) {
    const bool makes = request.verb == "create", removes = request.verb == "remove";
    Options    options(request.usage(makes     ? "--set FIELD=VALUE …"
                                     : removes ? "RECORD"
                                               : "RECORD --set FIELD=VALUE …"),
                    makes     ? "Makes a record."
                       : removes ? "Deletes a record."
                                 : "Changes fields of a record.");
    if (!makes) options.argument("RECORD");
    if (!removes)
        options.repeated("set", "FIELD=VALUE", "a field; references by what they are called or by their id")
            .option("json", "FILE", "the record as the API takes it, with its lines; - reads standard input");
    if (makes) options.option("then", "TRANSITION", "run it at once, in the same transaction");
    options.option("format", "FORMAT", "text or json", "text").books();
    auto words = request.rest;
    if (request.help) words.emplace_back("--help");
    if (options.parse(words) == Asked::for_help) return done;

    RecordBooks   books(request.common, Wish::change);
    const auto&   entity = *books.kernel().find_entity(request.entity->name);
    RecordCommand command{.verb   = makes     ? RecordCommand::Verb::create
                                    : removes ? RecordCommand::Verb::remove
                                              : RecordCommand::Verb::change,
                          .entity = entity.name};
    if (!makes) command.id = record_named(books.suite(), entity, options.text("RECORD"));
    if (!removes) command.body = body_of(options);
    if (makes) command.transition = options.text("then");
    print_outcome(entity, books.run(command), options.text("format"));
    return done;
}

int move(const Request& request) {
    const auto& transition = *request.entity->workflow.find(request.verb);
    Options     options(request.usage("RECORD"), transition.help.empty() ? transition.label : transition.help);
    options.argument("RECORD").option("format", "FORMAT", "text or json", "text").books();
    for (const auto& input : transition.input)
        options.option(input.name, "VALUE",
                       (input.help.empty() ? input.label : input.help) + (input.required ? " (required)" : ""));
    auto words = request.rest;
    if (request.help) words.emplace_back("--help");
    if (options.parse(words) == Asked::for_help) return done;

    json::object input;
    for (const auto& field : transition.input)
        if (options.given(field.name)) input[field.name] = options.text(field.name);
    RecordBooks books(request.common, Wish::change);
    const auto& entity = *books.kernel().find_entity(request.entity->name);
    const auto  id     = record_named(books.suite(), entity, options.text("RECORD"));
    print_outcome(entity,
                  books.run({.verb       = RecordCommand::Verb::transition,
                             .entity     = entity.name,
                             .id         = id,
                             .body       = json::serialize(input),
                             .transition = transition.name}),
                  options.text("format"));
    return done;
}

// `tessera purchasing approve PO-2026-00007` names no entity: the record decides among those that can be approved.
const EntityDescription* entity_of_record(const Options&                               common,
                                          const std::vector<const EntityDescription*>& candidates, const Words& rest) {
    if (candidates.size() == 1 || rest.empty() || rest.front().starts_with("--")) return candidates.front();
    const auto                            suite = open_for_reading(common);
    std::vector<const EntityDescription*> named;
    for (const auto* candidate : candidates)
        if (find_record(*suite, *suite->kernel().find_entity(candidate->name), rest.front()))
            named.push_back(candidate);
    if (named.size() == 1) return named.front();
    if (named.empty())
        throw Refused("kernel.not_found", "To choose a record, name one that exists; \"{}\" does not.",
                      excerpt(rest.front()));
    throw Refused("kernel.ambiguous_reference",
                  "To choose between {} and {} {}, name the kind of record before the transition.",
                  lower_ascii(named[0]->title), lower_ascii(named[1]->title), excerpt(rest.front()));
}

int files(const Request& request) {
    const auto& verb     = request.verb;
    const bool  attaches = verb == "attach", removes = verb == "detach";
    Options     options(request.usage(attaches ? "RECORD FILE" : removes ? "RECORD N" : "RECORD"),
                        attaches  ? "Adds a file to a record."
                        : removes ? "Removes a file from a record, while the record may be changed."
                                  : "Lists the files of a record: number, size, day, who added it, name.");
    auto words = request.rest;
    if (request.help) words.emplace_back("--help");
    const auto run = attaches ? attach_file : removes ? detach_file : attachments;
    return run(request.common, options, words, *request.entity);
}

int run(Request request) {
    const auto& verb = request.verb;
    if (verb == "list") return list(request);
    if (verb == "show" || verb == "history") return look(request);
    if (verb == "create" || verb == "change" || verb == "remove") return change(request);
    if (request.entity->workflow.find(verb)) return move(request);
    if (verb == "attach" || verb == "attachments" || verb == "detach") return files(request);
    throw request.common.misuse(
        fmt::format("use list, show, history, create, change, remove, attach, attachments, detach or a transition: {} has no \"{}\"",
                    lower_ascii(request.entity->plural), excerpt(verb)));
}

}  // namespace record_commands

int records(const std::string& module, const Words& words) {
    using namespace record_commands;
    Options common(module + " ENTITY VERB …", "The records of a module.");
    common.books();
    auto       rest   = common.take_known(words);
    const bool help   = common.flagged("help");
    const auto kernel = load_modules(common);
    std::erase(rest, "--help");
    const auto found = std::ranges::find(kernel->modules(), module, &ModuleDescription::name);
    if (found == kernel->modules().end())
        throw Misuse(fmt::format("To run tessera, name a command or a module; \"{}\" is neither (tessera --help).",
                                 excerpt(module)));
    if (!found->refused.empty()) throw Refused(Refused::Plain{}, "kernel.module_refused", found->refused);
    if (rest.empty() || rest.front().starts_with("--")) {
        if (!help) throw common.misuse("name its kind of record, or a transition");
        print(module_help(*kernel, module));
        return done;
    }
    const auto  first      = rest.front();
    const auto* entity     = find_entity(*kernel, module, first);
    const auto  candidates = entities_with(*kernel, module, first);
    rest.erase(rest.begin());
    if (entity && rest.empty()) {
        if (!help) throw common.misuse(fmt::format("say what to do with {}", lower_ascii(entity->plural)));
        print(entity_help(*entity, kernel->record_views_of(entity->name), kernel->record_files_of(entity->name)));
        return done;
    }
    if (entity)
        return run({common, module, entity, rest.front(), {rest.begin() + 1, rest.end()}, help, kernel->record_views_of(entity->name)});
    if (candidates.empty())
        throw common.misuse(
            fmt::format("name one of its kinds of record or a transition; \"{}\" is neither", excerpt(first)));
    return run(
        {common, module, help ? candidates.front() : entity_of_record(common, candidates, rest), first, rest, help});
}

}  // namespace tessera::program
