#include "database/remembering_statement.h"

#include <charconv>
#include <cstring>
#include <utility>

namespace tessera::database {

namespace remembering_statement {

struct Noted {
    int           parameter;
    std::uint32_t size;
    char          kind;
};

template <class Number>
Number number_in(std::string_view text) {
    Number number{};
    std::from_chars(text.data(), text.data() + text.size(), number);
    return number;
}

template <class Number>
std::string_view bytes_of(const Number& number) {
    return {reinterpret_cast<const char*>(&number), sizeof number};
}

template <class Number>
Number of_bytes(std::string_view bytes) {
    Number number;
    std::memcpy(&number, bytes.data(), sizeof number);
    return number;
}

}  // namespace remembering_statement

using remembering_statement::Noted;

RememberingStatement::RememberingStatement(Surroundings& surroundings, RememberedAnswers::Text& text, std::string_view sql)
    : surroundings_(surroundings), text_(text), sql_(sql) {}

Statement& RememberingStatement::beneath() const {
    if (beneath_ == nullptr) beneath_ = &surroundings_.connection.prepare(sql_);
    return *beneath_;
}

void RememberingStatement::hand_out() {
    if (beneath_ != nullptr || begun_ || !key_.empty()) reset();
    in_use_      = true;
    remembering_ = surroundings_.remembering && !surroundings_.full && text_.is_worth_asking();
}

// ---- values

void RememberingStatement::note(int parameter, char kind, std::string_view bytes) {
    const Noted noted{parameter, static_cast<std::uint32_t>(bytes.size()), kind};
    char        head[sizeof(Noted)] = {};
    std::memcpy(head, &noted.parameter, sizeof noted.parameter);
    std::memcpy(head + sizeof noted.parameter, &noted.size, sizeof noted.size);
    head[sizeof noted.parameter + sizeof noted.size] = kind;
    key_.append(head, sizeof head).append(bytes);
}

void RememberingStatement::bind_noted() {
    for (std::string_view left = key_; !left.empty();) {
        const auto parameter = remembering_statement::of_bytes<int>(left);
        const auto size      = remembering_statement::of_bytes<std::uint32_t>(left.substr(sizeof parameter));
        const char kind      = left[sizeof parameter + sizeof size];
        const auto bytes     = left.substr(sizeof(Noted), size);
        left.remove_prefix(sizeof(Noted) + size);
        switch (kind) {
            case 'i': beneath().bind(parameter, remembering_statement::of_bytes<std::int64_t>(bytes)); break;
            case 'r': beneath().bind(parameter, remembering_statement::of_bytes<double>(bytes)); break;
            case 't': beneath().bind(parameter, bytes); break;
            case 'b': beneath().bind_blob(parameter, bytes); break;
            default: beneath().bind_null(parameter);
        }
    }
}

void RememberingStatement::bind(int parameter, std::int64_t value) {
    remembering_ ? note(parameter, 'i', remembering_statement::bytes_of(value)) : beneath().bind(parameter, value);
}
void RememberingStatement::bind(int parameter, double value) {
    remembering_ ? note(parameter, 'r', remembering_statement::bytes_of(value)) : beneath().bind(parameter, value);
}
void RememberingStatement::bind(int parameter, std::string_view value) { remembering_ ? note(parameter, 't', value) : beneath().bind(parameter, value); }
void RememberingStatement::bind_blob(int parameter, std::string_view bytes) { remembering_ ? note(parameter, 'b', bytes) : beneath().bind_blob(parameter, bytes); }
void RememberingStatement::bind_null(int parameter) { remembering_ ? note(parameter, 'n', {}) : beneath().bind_null(parameter); }

int RememberingStatement::parameter_count() const { return parameters_ < 0 ? parameters_ = beneath().parameter_count() : parameters_; }

// ---- rows

void RememberingStatement::begin() {
    begun_ = true;
    if (remembering_) {
        stand_ = text_.stand();
        found_ = surroundings_.answers.find(text_, key_);
        if (found_) return;
        bind_noted();
        made_ = std::make_shared<Answer>();
    }
    if (expected_columns >= 0) beneath().expected_columns = std::exchange(expected_columns, -1);
}

bool RememberingStatement::step() {
    in_use_ = true;
    if (!begun_) begin();
    if (found_) {
        if (row_ < found_->rows()) return ++row_;
        if (found_->complete) {
            reset();
            return false;
        }
        go_on_beneath();
    }
    return next_of_database();
}

// Whoever asked before looked at the first rows only.
void RememberingStatement::go_on_beneath() {
    found_.reset();
    bind_noted();
    made_ = std::make_shared<Answer>();
    for (; row_ > 0; --row_) next_of_database();
}

bool RememberingStatement::next_of_database() {
    if (text_.writes()) surroundings_.answers.written(text_);
    bool row = false;
    try {
        row = beneath().step();
    } catch (...) {
        made_.reset();
        reset();
        throw;
    }
    if (row) {
        if (made_) made_->add(*beneath_);
        if (made_ && made_->is_too_large()) made_.reset();
        return true;
    }
    if (made_) {
        if (columns_ < 0) columns_ = beneath().column_count();
        keep(true);
    }
    forget_use();
    return false;
}

void RememberingStatement::keep(bool complete) {
    made_->complete = complete;
    if (!surroundings_.answers.keep(text_, key_, stand_, std::move(made_))) surroundings_.full = true;
    made_.reset();
}

void RememberingStatement::forget_use() {
    key_.clear();
    found_.reset();
    row_    = 0;
    in_use_ = begun_ = false;
}

void RememberingStatement::reset() {
    if (made_ && made_->rows() > 0) keep(false);
    made_.reset();
    forget_use();
    if (beneath_ != nullptr) surroundings_.connection.release(*std::exchange(beneath_, nullptr));
}

int RememberingStatement::column_count() const {
    if (columns_ < 0) columns_ = beneath().column_count();
    return columns_;
}

std::string_view RememberingStatement::column_name(int column) {
    if (remembering_ && beneath_ == nullptr) bind_noted();
    remembering_ = remembering_ && begun_;
    return beneath().column_name(column);
}

bool RememberingStatement::is_null(int column) { return type(column) == ValueType::none; }

bool RememberingStatement::is_text(int column) { return type(column) == ValueType::text; }

ValueType RememberingStatement::type(int column) { return found_ ? known(column).type : beneath_->type(column); }

std::int64_t RememberingStatement::integer(int column) {
    if (!found_) return beneath_->integer(column);
    const auto& value = known(column);
    switch (value.type) {
        case ValueType::integer: return value.integer;
        case ValueType::real: return static_cast<std::int64_t>(value.real);
        default: return remembering_statement::number_in<std::int64_t>(found_->text(value));
    }
}

double RememberingStatement::real(int column) {
    if (!found_) return beneath_->real(column);
    const auto& value = known(column);
    switch (value.type) {
        case ValueType::integer: return static_cast<double>(value.integer);
        case ValueType::real: return value.real;
        default: return remembering_statement::number_in<double>(found_->text(value));
    }
}

std::string_view RememberingStatement::text(int column) {
    if (!found_) return beneath_->text(column);
    const auto& value = known(column);
    return value.type == ValueType::integer ? number_ = fmt::format("{}", value.integer) : found_->text(value);
}

std::int64_t RememberingStatement::changes() const { return beneath().changes(); }

void RememberingStatement::require_change(std::string_view title, std::int64_t id) { beneath().require_change(title, id); }

}  // namespace tessera::database
