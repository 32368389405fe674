#include "database/remembered_answers.h"

#include "database/sql_words.h"

#include <algorithm>

namespace tessera::database {

namespace remembered_answers {

constexpr std::size_t   rows_max = 64, answer_bytes_max = 16 << 10, bytes_max = 16 << 20;
constexpr std::uint32_t judged_after = 64, tried_again_after = 4096;

constexpr std::string_view outdating[] = {"delete", "replace", "create", "alter", "drop", "truncate"};

}  // namespace remembered_answers

void Answer::add(Statement& row) {
    columns_ = static_cast<std::size_t>(row.column_count());
    ++rows_;
    for (int column = 0; column < static_cast<int>(columns_); ++column) {
        auto& value = values_.emplace_back(Value{.type = row.type(column)});
        switch (value.type) {
            case ValueType::none: break;
            case ValueType::integer: value.integer = row.integer(column); break;
            case ValueType::real: value.real = row.real(column); [[fallthrough]];
            case ValueType::text:
            case ValueType::other:
                const auto text = row.text(column);
                value.begin     = static_cast<std::uint32_t>(text_.size());
                value.size      = static_cast<std::uint32_t>(text.size());
                text_.append(text);
        }
    }
}

bool Answer::is_too_large() const { return rows_ > remembered_answers::rows_max || bytes() > remembered_answers::answer_bytes_max; }

void RememberedAnswers::know(const std::vector<std::string>& tables, const std::vector<std::string>& views) {
    for (const auto& table : tables) tables_[table];
    views_ = views;
}

RememberedAnswers::Text RememberedAnswers::text(std::string_view sql) {
    Text text;
    bool view = false, asks = false;
    each_word(sql, [&](const std::string& word) {
        asks |= word == "from";
        text.deletes_ |= std::ranges::find(remembered_answers::outdating, word) != std::end(remembered_answers::outdating);
        text.writes_ |= text.deletes_ || word == "insert" || word == "update";
        view |= std::ranges::find(views_, word) != views_.end();
        const auto table = tables_.find(word);
        if (table != tables_.end() && std::ranges::find(text.tables_, &table->second) == text.tables_.end()) text.tables_.push_back(&table->second);
    });
    text.remembered_ = asks && !view && !text.writes_ && !text.tables_.empty();
    return text;
}

std::uint64_t RememberedAnswers::Text::stand() const {
    std::uint64_t sum = 0;
    for (const auto* table : tables_) sum += table->written;
    return sum;
}

bool RememberedAnswers::Text::is_worth_asking() {
    if (!remembered_) return false;
    if (outdated_ < remembered_answers::judged_after || found_ > outdated_) return true;
    if (++passed_over_ < remembered_answers::tried_again_after) return false;
    found_ = outdated_ = passed_over_ = 0;
    return true;
}

void RememberedAnswers::drop(Text& text) {
    bytes_ -= text.bytes_;
    text.outdated_ += static_cast<std::uint32_t>(text.answers_.size());
    text.bytes_ = 0;
    text.answers_.clear();
}

std::shared_ptr<const Answer> RememberedAnswers::find(Text& text, const std::string& key) {
    if (text.as_of_ != text.stand()) {
        drop(text);
        return nullptr;
    }
    const auto known = text.answers_.find(key);
    if (known == text.answers_.end()) return nullptr;
    ++text.found_;
    return known->second;
}

bool RememberedAnswers::keep(Text& text, const std::string& key, std::uint64_t stand, std::shared_ptr<const Answer> answer) {
    if (stand != text.stand()) return true;
    if (text.as_of_ != stand) drop(text);
    text.as_of_      = stand;
    const auto bytes = answer->bytes() + key.size() + sizeof(key) + 64;
    if (!text.answers_.insert_or_assign(key, std::move(answer)).second) return true;
    text.bytes_ += bytes;
    bytes_ += bytes;
    return bytes_ <= remembered_answers::bytes_max;
}

void RememberedAnswers::written(const Text& text) {
    if (text.deletes_) outdate();
    for (auto* table : text.tables_) {
        ++table->written;
        table->transaction = transaction_;
    }
}

void RememberedAnswers::undone() {
    for (auto& [name, table] : tables_)
        if (table.transaction == transaction_) ++table.written;
}

void RememberedAnswers::outdate() {
    for (auto& [name, table] : tables_) {
        ++table.written;
        table.transaction = transaction_;
    }
}

}  // namespace tessera::database
