#pragma once
// The connection of the writer, which remembers what the database has answered (see remembered_answers.h). It is the only
// one through which this process writes; where other processes write too, it forgets everything as soon as the connection
// beneath it says that they have.
//
//     RememberingConnection connection(engine.connect(Access::write));
//     engine.tend(connection.beneath(), Engine::Load::idle);
//
// What is asked outside a transaction that writes is not remembered.

#include "database/engine.h"
#include "database/remembering_statement.h"
#include "database/text_table.h"

namespace tessera::database {

class RememberingConnection final : public Connection {
public:
    explicit RememberingConnection(std::unique_ptr<Connection> beneath);
    ~RememberingConnection() override;

    Connection& beneath() { return *beneath_; }

    Statement& prepare(std::string_view sql) override;
    void       release(Statement& statement) override { statement.reset(); }
    void       execute(std::string_view script) override;

    void         begin() override;
    void         begin_snapshot() override { beneath_->begin_snapshot(); }
    void         commit() override;
    void         commit_without_waiting() override { beneath_->commit_without_waiting(); }
    void         rollback() override;
    bool         in_transaction() const override { return beneath_->in_transaction(); }
    bool         others_wrote() const override { return beneath_->others_wrote(); }
    std::int64_t changes() const override { return beneath_->changes(); }
    void         check_references() override { beneath_->check_references(); }
    void         announce(std::string_view text) override { beneath_->announce(text); }
    void         settle() override { beneath_->settle(); }
    void         step_by_step(bool on) override { beneath_->step_by_step(on); }
    void         savepoint() override { beneath_->savepoint(); }
    void         release_savepoint() override { beneath_->release_savepoint(); }
    void         rollback_to_savepoint() override;

    void limit(std::chrono::steady_clock::time_point deadline, const std::atomic<bool>* cancelled) override { beneath_->limit(deadline, cancelled); }

    std::vector<std::string> create(const TableDefinition& table, bool execute) override;
    void                     define(std::string_view statement) override;
    void                     unprotect(std::string_view table) override;
    bool                     has_table(std::string_view table) override { return beneath_->has_table(table); }
    bool                     may_alter(std::string_view table) override { return beneath_->may_alter(table); }
    std::string              stored_name(std::string_view table) override { return beneath_->stored_name(table); }
    std::vector<std::string> tables() override { return beneath_->tables(); }
    std::vector<std::string> views() override { return beneath_->views(); }
    TableDefinition          stored(std::string_view table) override { return beneath_->stored(table); }
    void                     make_word_index() override { beneath_->make_word_index(); }
    void                     put_words(std::int64_t document, const DocumentWords& words) override { beneath_->put_words(document, words); }
    void                     forget_words(std::int64_t document) override { beneath_->forget_words(document); }
    void                     compact_words() override { beneath_->compact_words(); }
    WordSearch               word_search(const WordQuery& query) override { return beneath_->word_search(query); }
    void                     continue_ids() override { beneath_->continue_ids(); }

private:
    struct Kept {
        RememberedAnswers::Text                             text{};
        std::vector<std::unique_ptr<RememberingStatement>> statements{};
        bool                                                known = false;
    };
    void know_schema();
    void schema_changes();

    std::unique_ptr<Connection>        beneath_;
    RememberedAnswers                  answers_;
    RememberingStatement::Surroundings surroundings_;
    TextTable<Kept>                    texts_;
    bool                               schema_known_ = false;
};

}  // namespace tessera::database
