#include "database/remembering_connection.h"

#include <algorithm>

namespace tessera::database {

namespace remembering_connection {

constexpr std::size_t texts_max = 4000;

}  // namespace remembering_connection

RememberingConnection::RememberingConnection(std::unique_ptr<Connection> beneath)
    : beneath_(std::move(beneath)), surroundings_{.connection = *beneath_, .answers = answers_} {}

RememberingConnection::~RememberingConnection() = default;

Statement& RememberingConnection::prepare(std::string_view sql) {
    auto& [text, kept] = texts_.at(sql);
    if (!kept.known) {
        kept.text  = answers_.text(text);
        kept.known = true;
    }
    const auto free = std::ranges::find_if(kept.statements, [](const auto& statement) { return !statement->is_in_use(); });
    auto& statement = free != kept.statements.end() ? **free : *kept.statements.emplace_back(std::make_unique<RememberingStatement>(surroundings_, kept.text, text));
    statement.hand_out();
    return statement;
}

void RememberingConnection::begin() {
    beneath_->begin();
    answers_.begin();
    if (beneath_->others_wrote()) answers_.outdate();
    try {
        if (!schema_known_ || surroundings_.full || texts_.size() > remembering_connection::texts_max) know_schema();
    } catch (...) {
        beneath_->rollback();
        throw;
    }
    surroundings_.remembering = true;
}

void RememberingConnection::know_schema() {
    texts_.erase_if([&](auto& entry) {
        if (std::ranges::any_of(entry.second.statements, [](const auto& statement) { return statement->is_in_use(); })) return false;
        answers_.drop(entry.second.text);
        return true;
    });
    answers_.know(beneath_->tables(), beneath_->views());
    schema_known_      = true;
    surroundings_.full = false;
}

void RememberingConnection::schema_changes() {
    answers_.outdate();
    schema_known_ = surroundings_.remembering = false;
}

void RememberingConnection::commit() {
    beneath_->commit();
    surroundings_.remembering = false;
}

void RememberingConnection::rollback() {
    surroundings_.remembering = false;
    answers_.undone();
    beneath_->rollback();
}

void RememberingConnection::rollback_to_savepoint() {
    answers_.undone();
    beneath_->rollback_to_savepoint();
}

void RememberingConnection::execute(std::string_view script) {
    schema_changes();
    beneath_->execute(script);
}

std::vector<std::string> RememberingConnection::create(const TableDefinition& table, bool execute) {
    schema_changes();
    return beneath_->create(table, execute);
}

void RememberingConnection::define(std::string_view statement) {
    schema_changes();
    beneath_->define(statement);
}

void RememberingConnection::unprotect(std::string_view table) {
    schema_changes();
    beneath_->unprotect(table);
}

}  // namespace tessera::database
