// Queries of lists: each is refused or answered, by SQL that holds nothing of what was asked for but names the entity has; and
// a clerk learns nothing of what a clerk does not see.

#include "database/sql_words.h"
#include "metadata/list_condition.h"
#include "shop.h"

#include <boost/json.hpp>

#include <algorithm>
#include <iterator>
#include <map>
#include <set>

namespace tessera::fuzz {
namespace {

bool is_number(std::string_view text) { return std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; }); }

const std::set<std::string>& words_of(const Kernel& kernel) {
    static const auto words = [&] {
        std::set<std::string> all{"where", "and", "or", "not", "is", "null", "in", "like", "escape", "select", "from", "distinct",
                                  "order", "by", "asc", "desc", "nulls", "first", "last", "t", "r", "id"};
        for (const auto* entity : kernel.entities()) {
            all.insert(entity->table);
            for (const auto& field : entity->fields) all.insert(field.name);
        }
        return all;
    }();
    return words;
}

// Nothing but names, keywords and parameters, and no quotes but those around the one character that escapes.
void must_be_free_of_values(const Kernel& kernel, std::string sql) {
    constexpr std::string_view escape = "ESCAPE '\\'";
    for (auto at = sql.find(escape); at != std::string::npos; at = sql.find(escape)) sql.erase(at, escape.size());
    must(sql.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_ .,:()<>=") == std::string::npos, "SQL has no quotes");
    database::each_word(sql, [&](const std::string& word) {
        must(words_of(kernel).contains(word) || (word.starts_with('p') && is_number(word.substr(1))), "SQL has no word of the query");
    });
}

void must_be_a_page(const Answer& answer, const Asked& asked) {
    const auto  list = parse_json(answer.text);
    const auto& rows = list.at("rows").as_array();
    const auto  ids  = ids_of(answer);
    must(static_cast<int>(rows.size()) <= asked.request.limit, "a page is not longer than asked for");
    must(std::set(ids.begin(), ids.end()).size() == ids.size(), "a page has each record once");
    const auto* total = list.as_object().if_contains("total");
    must((total != nullptr) == asked.request.count, "the total is told when it is asked for");
    if (total && !rows.empty()) must(total->as_int64() >= asked.request.offset + static_cast<std::int64_t>(rows.size()), "the total counts every page");
    for (const auto& row : rows)
        for (const auto& [name, value] : row.as_object())
            must(name == "id" || name == "version" || asked.request.fields.empty() || std::ranges::count(asked.request.fields, std::string_view(name)), "only the fields asked for are shown");
}

// What a filter does not find its opposite finds, of the records that have a value; and none is found by both.
void must_divide(Shop& shop, const EntityDescription& entity, ListFilter filter) {
    const std::map<std::string_view, const char*> opposites{{"eq", "not"}, {"gt", "lte"}, {"gte", "lt"}};
    const auto                                    opposite = opposites.find(filter.operation);
    if (opposite == opposites.end()) return;
    const auto ids = [&](const std::vector<ListFilter>& filters) { return ids_of(shop.list({}, entity, {.filters = filters, .limit = 500, .count = false})); };
    const auto all = ids(filter.operation == "eq" ? std::vector<ListFilter>{} : std::vector<ListFilter>{{filter.field, "is", "not_null"}});
    auto       both = ids({filter});
    filter.operation = opposite->second;
    std::ranges::copy(ids({filter}), std::back_inserter(both));
    std::ranges::sort(both);
    must(both == all, "what a filter does not find its opposite finds");
}

void try_list(std::string_view bytes) {
    static Shop shop(Secrets::kept), without_secrets(Secrets::none);
    const auto  asked = asked_of(shop, bytes);
    if (!asked) return;

    shop.read({}, [&](const Snapshot& tx) {
        accepts([&] {
            const metadata::ListCondition which(tx, *asked->entity, asked->request);
            must_be_free_of_values(tx.kernel(), which.where() + which.order_by());
        });
    });
    const auto whole = shop.list({}, *asked->entity, asked->request);
    if (!whole.refused) must_be_a_page(whole, *asked);
    if (!whole.refused && asked->request.filters.size() == 1) must_divide(shop, *asked->entity, asked->request.filters.front());

    const auto seen = shop.list(shop.clerk(), *asked->entity, asked->request);
    if (!seen.refused) must_be_a_page(seen, *asked);
    const auto& same = *without_secrets.kernel().find_entity(asked->entity->name);
    must(seen == without_secrets.list(without_secrets.clerk(), same, asked->request), "what is not seen makes no difference");
}
HARNESS(list)

}  // namespace
}  // namespace tessera::fuzz
