#include "kernel/table_mentions.h"

#include "database/sql_words.h"

#include <algorithm>

namespace tessera {

namespace table_mentions {

template <class T>
void add(std::vector<const T*>& all, const T* one) {
    if (std::ranges::find(all, one) == all.end()) all.push_back(one);
}

// The name after VIEW; empty when this makes no view.
std::string view_made_by(std::string_view sql) {
    std::string name, previous;
    bool        view = false;
    database::each_word(sql, [&](std::string word) {
        if (view && name.empty() && word != "if" && word != "not" && word != "exists") name = word;
        view |= word == "view" && previous == "create";
        previous = std::move(word);
    });
    return name;
}

}  // namespace table_mentions

void TableMentions::know_tables(const Kernel& kernel) {
    for (const auto* e : kernel.entities()) {
        if (e->parent_field.empty()) tables_[e->table].entities.push_back(e);
        for (const auto& l : e->lines) table_mentions::add(tables_[l.entity->table].entities, e);
    }
    for (const auto* b : kernel.balances()) tables_[b->table].balances.push_back(b);
    for (const auto& statement : kernel.schema_statements())
        if (const auto view = table_mentions::view_made_by(statement); !view.empty()) tables_[view] = find(statement);
}

TableMentions::Mentioned TableMentions::find(std::string_view sql) const {
    Mentioned found;
    database::each_word(sql, [&](const std::string& word) {
        found.changes |= word == "insert" || word == "update" || word == "delete" || word == "replace";
        const auto it = tables_.find(word);
        if (it == tables_.end()) return;
        for (const auto* e : it->second.entities) table_mentions::add(found.entities, e);
        for (const auto* b : it->second.balances) table_mentions::add(found.balances, b);
    });
    return found;
}

const TableMentions::Mentioned& TableMentions::of(const Kernel& kernel, std::string_view sql) {
    if (tables_.empty()) know_tables(kernel);
    const auto [it, fresh] = texts_.try_emplace(std::string(sql));
    if (fresh) it->second = find(sql);
    return it->second;
}

}  // namespace tessera
