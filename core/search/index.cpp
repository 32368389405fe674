#include "search/index.h"

#include "search/words.h"

#include <set>

namespace tessera::search {

namespace index {

constexpr std::string_view audit_entry = "audit entry", documents = "documents", language = "language ";

database::DocumentWords words_of(const RecordText& text) {
    return {stems_of(text.title, text.language), stems_of(text.keywords, text.language), stems_of(text.body, text.language)};
}

std::int64_t stored(const Snapshot& tx, std::string_view name) {
    return tx.value<std::int64_t>("SELECT value FROM kernel_search_position WHERE name = :name", name).value_or(0);
}

void run(database::Connection& connection, std::string_view text, const std::function<void(Statement&)>& bind) {
    sql::Use use(connection, text);
    bind(*use);
    while (use->step()) {}
}

}  // namespace index

std::optional<Update::Document> Update::find(const std::string& entity, std::int64_t record) {
    sql::Use use(connection_, "SELECT id, title, keywords, body, language, standing FROM kernel_search_document WHERE entity = :entity AND record = :record");
    use->bind(1, entity);
    use->bind(2, record);
    if (!use->step()) return {};
    return Document{use->integer(0), {std::string(use->text(1)), std::string(use->text(2)), std::string(use->text(3)), std::string(use->text(4)), use->integer(5)}};
}

void Update::count(const RecordText& text, int change) {
    std::set<std::string> words;
    for (const auto* part : {&text.title, &text.keywords, &text.body})
        for (auto& word : search::words_of(*part)) words.insert(std::move(word.folded));
    for (const auto& word : words) words_[{stem_of(word, text.language), word}] += change;
    languages_[text.language] += change;
    documents_ += change;
}

void Update::put(const std::string& entity, std::int64_t record, const RecordText& text) {
    const auto before = find(entity, record);
    if (before && before->text == text) return;
    const auto bind = [&](Statement& s) {
        s.bind(1, text.title);
        s.bind(2, text.keywords);
        s.bind(3, text.body);
        s.bind(4, text.language);
        s.bind(5, text.standing);
        s.bind(6, entity);
        s.bind(7, record);
    };
    if (before) {
        count(before->text, -1);
        index::run(connection_, "UPDATE kernel_search_document SET title = :title, keywords = :keywords, body = :body, language = :language, standing = :standing WHERE entity = :entity AND record = :record", bind);
    } else {
        index::run(connection_, "INSERT INTO kernel_search_document (title, keywords, body, language, standing, entity, record) VALUES (:title, :keywords, :body, :language, :standing, :entity, :record)", bind);
    }
    count(text, 1);
    connection_.put_words(before ? before->id : find(entity, record).value().id, index::words_of(text));
}

void Update::forget(const std::string& entity, std::int64_t record) {
    const auto before = find(entity, record);
    if (!before) return;
    count(before->text, -1);
    connection_.forget_words(before->id);
    index::run(connection_, "DELETE FROM kernel_search_document WHERE id = :id", [&](Statement& s) { s.bind(1, before->id); });
}

void Update::set_position(std::string_view name, std::int64_t value) {
    index::run(connection_, "INSERT INTO kernel_search_position (name, value) VALUES (:name, :value) ON CONFLICT (name) DO UPDATE SET value = excluded.value", [&](Statement& s) {
        s.bind(1, name);
        s.bind(2, value);
    });
}

void Update::add_to_position(std::string_view name, std::int64_t change) {
    if (!change) return;
    index::run(connection_, "INSERT INTO kernel_search_position (name, value) VALUES (:name, :value) ON CONFLICT (name) DO UPDATE SET value = kernel_search_position.value + excluded.value", [&](Statement& s) {
        s.bind(1, name);
        s.bind(2, change);
    });
}

void Update::finish() {
    for (const auto& [word, change] : words_)
        if (change)
            index::run(connection_, "INSERT INTO kernel_search_word (stem, word, documents) VALUES (:stem, :word, :documents) ON CONFLICT (stem, word) DO UPDATE SET documents = kernel_search_word.documents + excluded.documents", [&](Statement& s) {
                s.bind(1, word.first);
                s.bind(2, word.second);
                s.bind(3, change);
            });
    for (const auto& [language, change] : languages_) add_to_position(std::string(index::language) + language, change);
    add_to_position(index::documents, documents_);
    words_.clear();
    languages_.clear();
    documents_ = 0;
}

void Update::finish(std::int64_t position) {
    finish();
    set_position(index::audit_entry, position);
}

std::int64_t position(const Snapshot& tx) { return index::stored(tx, index::audit_entry); }
std::int64_t document_count(const Snapshot& tx) { return index::stored(tx, index::documents); }

std::vector<std::string> languages(const Snapshot& tx) {
    std::vector<std::string> all;
    tx.each<std::string>("SELECT name FROM kernel_search_position WHERE name LIKE 'language %' AND value > 0 ORDER BY name", [&](const std::string& name) { all.push_back(name.substr(index::language.size())); });
    return all;
}

}  // namespace tessera::search
