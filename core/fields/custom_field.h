#pragma once
// The operator's own fields: what a company keeps of its parties, products and documents that no module thought of. Each is a record
// here, and a column of the entity's table; it is in the API, the form and the list, filters, sorting and search, import and
// export, history and openapi, as if a module had declared it. Its name begins with "custom_", so that no later version collides with it.
//
//     tessera fields custom_field create --set entity=catalog.product --set name=colour --set kind=text
//     tessera catalog product create … --set custom_colour=red
//
// Fields are read when a program opens the books; a server opens them anew by itself when one is added or changed. A field that is
// retired is no longer shown; its values stay in their column and are there when it is used again.

#include <tessera/kernel.h>

namespace tessera::database {
class Engine;
}

namespace tessera::fields {

inline constexpr std::string_view manage = "fields.manage";

enum class Kind { text, long_text, integer, decimal, percent, amount, date, yes_no, choice, reference };
constexpr auto names_of(Kind) { return names("text", "long_text", "integer", "decimal", "percent", "amount", "date", "yes_no", "choice", "reference"); }
enum class State { used, retired };
constexpr auto names_of(State) { return names("used", "retired"); }

struct CustomField {
    Id<CustomField> id{};
    std::string     entity{};     // "catalog.product"
    std::string     name{};       // "colour"; the field is custom_colour
    std::string     label{};
    std::string     help{};
    Kind            kind = Kind::text;
    std::string     choices{};    // of a choice: one a line
    std::string     refers_to{};  // of a reference: the entity
    bool            required   = false;
    bool            searchable = false;
    bool            in_list    = true;
    State           state      = State::used;
};

void declare(Kernel& kernel);
void declare_report(Kernel& kernel);

inline bool is_about_fields(std::string_view entity) { return entity == "fields.custom_field"; }

// Those that are used. Who only reads, or may not alter the table, gets those whose columns are there. Without a table of them: none.
enum class Columns { may_be_added, must_be_there };
TESSERA_API std::vector<CustomField> stored(database::Engine& engine, Columns columns);
// Gives the entities these fields. Before kernel.finish(); those of entities that are not there are left out.
void add(Kernel& kernel, const std::vector<CustomField>& fields);
// Adds the columns that are lacking, by whoever writes.
void make_columns(database::Connection& connection, const Kernel& kernel);

}  // namespace tessera::fields
