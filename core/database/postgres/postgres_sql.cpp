#include "database/postgres/postgres_sql.h"

#include "database/sql_words.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace tessera::database::postgres {

namespace sql {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool is_word(std::string_view word, std::string_view other) {
    return word.size() == other.size() && std::ranges::equal(word, other, {}, lower);
}

std::string_view word_at(std::string_view sql, std::size_t at) {
    auto end = at;
    while (end < sql.size() && is_of_word(sql[end])) ++end;
    return sql.substr(at, end - at);
}

// The end of what is quoted from `at` on; a quote within is doubled.
std::size_t end_of_quoted(std::string_view sql, std::size_t at) {
    const char quote = sql[at];
    for (auto i = at + 1; i < sql.size(); ++i) {
        if (sql[i] != quote) continue;
        if (i + 1 == sql.size() || sql[i + 1] != quote) return i + 1;
        ++i;
    }
    return sql.size();
}

class Translation {
public:
    explicit Translation(std::string_view sql) : sql_(sql) {}

    Translated run() {
        while (at_ < sql_.size()) step();
        done_.writes     = writes_ && !returns_;
        done_.parameters = static_cast<int>(names_.size());
        return std::move(done_);
    }

private:
    void step() {
        const char c = sql_[at_];
        if (c == '\'' || c == '"') return take(end_of_quoted(sql_, at_) - at_);
        if (c == ':' && sql_.substr(at_, 2) == "::") return take(2);
        if (c == ':' && at_ + 1 < sql_.size() && is_of_word(sql_[at_ + 1])) return parameter();
        if (is_of_word(c)) return word();
        take(1);
    }

    void take(std::size_t length) {
        done_.text += sql_.substr(at_, length);
        at_ += length;
    }

    void parameter() {
        const auto name  = word_at(sql_, at_ + 1);
        const auto known = std::ranges::find(names_, name);
        const int  number = static_cast<int>(known - names_.begin()) + 1;
        if (known == names_.end()) {
            names_.push_back(name);
            done_.uses.push_back(0);
        }
        ++done_.uses[static_cast<std::size_t>(number - 1)];
        const auto begin = done_.text.size();
        done_.text += '$' + std::to_string(number);
        at_ += name.size() + 1;
        question(number, begin);
    }

    // IS NULL or IS NOT NULL, if that is what follows.
    void question(int parameter, std::size_t begin) {
        auto       at   = at_;
        const auto next = [&](std::string_view word) {
            while (at < sql_.size() && (sql_[at] == ' ' || sql_[at] == '\n')) ++at;
            if (!is_word(word_at(sql_, at), word)) return false;
            at += word.size();
            return true;
        };
        if (!next("is")) return;
        const bool negated = next("not");
        if (!next("null")) return;
        done_.text += negated ? " IS NOT NULL" : " IS NULL";
        done_.questions.push_back({parameter, negated, begin, done_.text.size()});
        at_ = at;
    }

    void word() {
        const auto name = word_at(sql_, at_);
        if (std::exchange(first_, false)) writes_ = is_word(name, "insert") || is_word(name, "update") || is_word(name, "delete");
        returns_ |= is_word(name, "returning");
        if (is_word(name, "like")) done_.text += "ILIKE";
        else if (is_word(name, "integer")) done_.text += "bigint";
        else if (is_word(name, "sum") && sql_.substr(at_ + name.size(), 1) == "(") done_.text += "tessera_sum";
        else done_.text += name;
        at_ += name.size();
    }

    std::string_view              sql_;
    std::size_t                   at_ = 0;
    std::vector<std::string_view> names_;
    Translated                    done_;
    bool                          first_ = true, writes_ = false, returns_ = false;
};

}  // namespace sql

std::string Translated::answered(const std::vector<bool>& none) const {
    std::string answer;
    std::size_t at = 0;
    for (const auto& q : questions) {
        if (!none[static_cast<std::size_t>(q.parameter - 1)]) continue;
        answer += text.substr(at, q.begin - at);
        answer += q.negated ? "FALSE" : "TRUE";
        at = q.end;
    }
    return answer + text.substr(at);
}

bool Translated::is_only_asked(int parameter) const {
    return std::ranges::count(questions, parameter, &Question::parameter) == uses[static_cast<std::size_t>(parameter - 1)];
}

Translated translate(std::string_view text) { return sql::Translation(text).run(); }

}  // namespace tessera::database::postgres
