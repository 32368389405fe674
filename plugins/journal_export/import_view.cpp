// How the file of an import is understood, before anything is posted: tessera journal_export import show 1 --view transactions

#include <journal_export/records.h>

#include "read/import_file.h"
#include "read/import_plan.h"

namespace journal_export {
namespace import_view {

constexpr std::string_view schema = R"json({"type":"object","properties":{
    "file":{"type":["string","null"]},
    "problems":{"type":"array","items":{"type":"object","properties":{
        "line":{"type":"integer"},"code":{"type":"string"},"problem":{"type":"string"}}}},
    "transactions":{"type":"array","items":{"type":"object","properties":{
        "line":{"type":"integer"},"date":{"$ref":"#/components/schemas/Day"},"memo":{"type":"string"},
        "lines":{"type":"array","items":{"type":"object","properties":{
            "account":{"type":"string"},"debit":{"$ref":"#/components/schemas/Decimal"},
            "credit":{"$ref":"#/components/schemas/Decimal"},"memo":{"type":"string"}}}}}}}}})json";

void write_problems(tessera::JsonWriter& json, const Problems& problems) {
    json.key("problems").begin_array();
    for (const auto& problem : problems.list()) {
        json.begin_object();
        json.member("line", problem.line);
        json.member("code", problem.code);
        json.member("problem", problem.sentence);
        json.end_object();
    }
    json.end_array();
}

void write_transaction(const Snapshot& tx, tessera::JsonWriter& json, const Planned& planned) {
    json.begin_object();
    json.member("line", planned.line);
    json.member("date", planned.entry.date.str());
    json.member("memo", planned.entry.memo);
    json.key("lines").begin_array();
    for (const auto& line : planned.entry.lines) {
        json.begin_object();
        const auto account = tx.load(line.account);
        json.member("account", account.code + ' ' + account.name);
        json.member("debit", line.debit.str());
        json.member("credit", line.credit.str());
        json.member("memo", line.memo);
        json.end_object();
    }
    json.end_array();
    json.end_object();
}

void write(const Snapshot& tx, std::int64_t id, tessera::JsonWriter& json) {
    const auto           import = tx.load(Id<Import>{id});
    const auto           file   = find_import_file(tx, import);
    Problems             problems;
    std::vector<Planned> plan;
    if (file) plan = import_plan(tx, import, file->text, problems);
    json.begin_object();
    json.key("file");
    if (file)
        json.value(file->name);
    else
        json.null();
    write_problems(json, problems);
    json.key("transactions").begin_array();
    for (const auto& planned : plan) write_transaction(tx, json, planned);
    json.end_array();
    json.end_object();
}

}  // namespace import_view

void declare_import_view(tessera::Kernel& kernel) {
    kernel.record_view("journal_export.import", "transactions", {"How the file is understood", std::string(import_view::schema)},
                       import_view::write);
}

}  // namespace journal_export
