#include "database/postgres/postgres_connection.h"

#include <fmt/format.h>

#include <map>

namespace tessera::database::postgres {

namespace words {

// What a tsvector can hold.
constexpr int         last_position      = 16'383;
constexpr std::size_t positions_of_a_word = 255;

class Vector {
public:
    void add(std::string_view text, char weight) {
        while (!text.empty()) {
            const auto end  = text.find(' ');
            const auto word = text.substr(0, end);
            text.remove_prefix(end == text.npos ? text.size() : end + 1);
            if (word.empty()) continue;
            auto& [positions, count] = words_[std::string(word)];
            if (++position_ <= last_position && ++count <= positions_of_a_word) positions += fmt::format("{}{}{}", positions.empty() ? "" : ",", position_, weight);
        }
        ++position_;
    }
    std::string text() const {
        std::string all;
        for (const auto& [word, places] : words_) all += fmt::format("'{}'{}{} ", word, places.first.empty() ? "" : ":", places.first);
        return all;
    }

private:
    std::map<std::string, std::pair<std::string, std::size_t>> words_{};
    int                                                        position_ = 0;
};

std::string query_of(const WordUnit& unit) {
    std::string text;
    for (const auto& word : unit.words) text += fmt::format("{}'{}'", text.empty() ? "" : " <-> ", word);
    return "(" + text + (unit.begins ? ":*)" : ")");
}

std::string any_of(const WordQuery& query, const std::vector<std::size_t>& units) {
    std::string any;
    for (const auto unit : units) any += (any.empty() ? "" : " | ") + query_of(query.units[unit]);
    return any;
}

std::string condition_of(const WordQuery& query) {
    std::string text;
    for (const auto& group : query.all_of) text += (text.empty() ? "(" : " & (") + any_of(query, group) + ")";
    for (const auto unit : query.none_of) text += " & !" + query_of(query.units[unit]);
    return text;
}

}  // namespace words

void PostgresConnection::make_word_index() {
    if (has_table("kernel_search_words")) return;
    execute("CREATE TABLE kernel_search_words (id bigint PRIMARY KEY, words tsvector NOT NULL)");
    execute("CREATE INDEX kernel_search_words__words ON kernel_search_words USING gin (words)");
}

void PostgresConnection::put_words(std::int64_t document, const DocumentWords& words) {
    words::Vector all;
    all.add(words.title, 'A');
    all.add(words.keywords, 'B');
    all.add(words.body, 'C');
    Statement& put = prepare("INSERT INTO kernel_search_words (id, words) VALUES (:document, CAST(CAST(:words AS text) AS tsvector)) ON CONFLICT (id) DO UPDATE SET words = excluded.words");
    put.bind(1, document);
    put.bind(2, all.text());
    while (put.step()) {}
}

void PostgresConnection::forget_words(std::int64_t document) {
    Statement& forget = prepare("DELETE FROM kernel_search_words WHERE id = :document");
    forget.bind(1, document);
    while (forget.step()) {}
}

void PostgresConnection::compact_words() {}  // the server's vacuum does it

WordSearch PostgresConnection::word_search(const WordQuery& query) {
    WordSearch search{.id = "kernel_search_words.id", .source = "kernel_search_words", .condition = "kernel_search_words.words @@ CAST(CAST(:words AS text) AS tsquery)"};
    const auto add = [&](std::size_t unit) {
        search.score += fmt::format("{0}CAST(:w{1} AS double precision) * ts_rank('{{0.1, 0.5, 0.7, 1}}', kernel_search_words.words, CAST(CAST(:u{1} AS text) AS tsquery), 1)", search.score.empty() ? "" : " + ", unit);
        search.values.emplace_back(query.units[unit].weight);
        search.values.emplace_back(words::query_of(query.units[unit]));
    };
    for (const auto& group : query.all_of)
        for (const auto unit : group) add(unit);
    for (const auto unit : query.also) add(unit);
    search.score = "(" + search.score + ")";
    for (int term = 0; term < query.terms; ++term) {
        std::vector<std::size_t> says;
        for (std::size_t i = 0; i < query.units.size(); ++i)
            if (query.units[i].term == term) says.push_back(i);
        if (says.empty()) continue;
        search.score += fmt::format("{0}CASE WHEN kernel_search_words.words @@ CAST(CAST(:t{1} AS text) AS tsquery) THEN 1.0 ELSE 0.0 END", term ? " + " : " * (", term);
        search.values.emplace_back(words::any_of(query, says));
    }
    if (query.terms > 0) search.score += fmt::format(") / {}", query.terms);
    search.values.emplace_back(words::condition_of(query));
    return search;
}

}  // namespace tessera::database::postgres
