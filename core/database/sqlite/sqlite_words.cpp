#include "database/sqlite/sqlite_connection.h"

#include <fmt/format.h>

namespace tessera::database::sqlite {

namespace words {

std::string phrase(const WordUnit& unit) {
    std::string text = "\"";
    for (const auto& word : unit.words) text += (text.size() > 1 ? " " : "") + word;
    return text + (unit.begins ? "\" *" : "\"");
}

class Expression {
public:
    explicit Expression(const WordQuery& query) : query_(query), weights_(std::to_string(query.terms)) {}

    std::string all_of(bool counts) {
        std::string text;
        for (const auto& group : query_.all_of) text += (text.empty() ? "(" : " AND (") + any_of(group, counts) + ")";
        for (const auto unit : query_.none_of) text = "(" + text + ") NOT " + add(unit, false);
        return "(" + text + ")";
    }
    std::string any_of(const std::vector<std::size_t>& group, bool counts) {
        std::string text;
        for (const auto unit : group) text += (text.empty() ? "" : " OR ") + add(unit, counts);
        return text;
    }
    const std::string& weights() const { return weights_; }

private:
    std::string add(std::size_t unit, bool counts) {
        weights_ += counts ? fmt::format(" {}:{}", query_.units[unit].weight, query_.units[unit].term) : " 0:-1";
        return phrase(query_.units[unit]);
    }

    const WordQuery& query_;
    std::string      weights_;
};

}  // namespace words

void SqliteConnection::make_word_index() {
    if (has_table("kernel_search_words")) return;
    execute("CREATE VIRTUAL TABLE kernel_search_words USING fts5(title, keywords, body, content = '', contentless_delete = 1, tokenize = 'ascii', prefix = '2 3')");
}

void SqliteConnection::put_words(std::int64_t document, const DocumentWords& words) {
    Statement& put = prepare("INSERT OR REPLACE INTO kernel_search_words (rowid, title, keywords, body) VALUES (:document, :title, :keywords, :body)");
    put.bind(1, document);
    put.bind(2, words.title);
    put.bind(3, words.keywords);
    put.bind(4, words.body);
    while (put.step()) {}
}

void SqliteConnection::forget_words(std::int64_t document) {
    Statement& forget = prepare("DELETE FROM kernel_search_words WHERE rowid = :document");
    forget.bind(1, document);
    while (forget.step()) {}
}

void SqliteConnection::compact_words() { execute("INSERT INTO kernel_search_words (kernel_search_words) VALUES ('optimize')"); }

// What counts for the rank alone is said after what is asked for, which is said twice then: it finds nothing more.
WordSearch SqliteConnection::word_search(const WordQuery& query) {
    words::Expression expression(query);
    auto              text = expression.all_of(true);
    if (!query.also.empty()) {
        const auto again = expression.all_of(false);
        text += " OR (" + again + " AND (" + expression.any_of(query.also, true) + "))";
    }
    return {.id        = "kernel_search_words.rowid",
            .score     = "word_rank(kernel_search_words, :weights)",
            .source    = "kernel_search_words",
            .condition = "kernel_search_words MATCH :words",
            .values    = {expression.weights(), std::move(text)}};
}

}  // namespace tessera::database::sqlite
