#include "search/index.h"

#include "search/words.h"

namespace tessera::search {

namespace index {

constexpr std::string_view audit_entry = "audit entry", documents = "documents", language = "language ";

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

namespace index {

// The words of one part, and their stems one after another.
std::string taken_apart(const std::string& part, const std::string& language, std::map<std::string, std::string>& words) {
    std::string stems;
    for (auto& word : words_of(part)) {
        auto stem = stem_of(word.folded, language);
        (stems += stems.empty() ? "" : " ") += stem;
        words.try_emplace(std::move(word.folded), std::move(stem));
    }
    return stems;
}

}  // namespace index

database::DocumentWords Update::count(const RecordText& text, int change) {
    std::map<std::string, std::string> words;
    database::DocumentWords            all{.title    = index::taken_apart(text.title, text.language, words),
                                           .keywords = index::taken_apart(text.keywords, text.language, words),
                                           .body     = index::taken_apart(text.body, text.language, words)};
    for (const auto& [word, stem] : words) words_[{stem, word}] += change;
    languages_[text.language] += change;
    documents_ += change;
    return all;
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
    connection_.put_words(before ? before->id : find(entity, record).value().id, count(text, 1));
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
    for (const auto& [word, change] : words_) {
        if (change)
            index::run(connection_, "INSERT INTO kernel_search_word (stem, word, documents) VALUES (:stem, :word, :documents) ON CONFLICT (stem, word) DO UPDATE SET documents = kernel_search_word.documents + excluded.documents", [&word = word, change = change](Statement& s) {
                s.bind(1, word.first);
                s.bind(2, word.second);
                s.bind(3, change);
            });
        // A word that nobody has written any more is not kept: it may be the name of somebody who was erased.
        if (change < 0)
            index::run(connection_, "DELETE FROM kernel_search_word WHERE stem = :stem AND word = :word AND documents <= 0", [&word = word](Statement& s) {
                s.bind(1, word.first);
                s.bind(2, word.second);
            });
    }
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
