#pragma once
// A statement whose answer may be known: then no row of it comes from the database. Else the statement beneath is run and
// its rows are kept as they are looked at.

#include "database/engine.h"
#include "database/remembered_answers.h"

namespace tessera::database {

class RememberingStatement final : public Statement {
public:
    // What the statements of a connection share.
    struct Surroundings {
        Connection&        connection;      // beneath
        RememberedAnswers& answers;
        bool               remembering = false, full = false;
    };
    RememberingStatement(Surroundings& surroundings, RememberedAnswers::Text& text, std::string_view sql);

    void bind(int parameter, std::int64_t value) override;
    void bind(int parameter, double value) override;
    void bind(int parameter, std::string_view value) override;
    void bind_blob(int parameter, std::string_view bytes) override;
    void bind_null(int parameter) override;
    int  parameter_count() const override;

    bool step() override;
    void reset() override;

    int              column_count() const override;
    std::string_view column_name(int column) override;
    bool             is_null(int column) override;
    bool             is_text(int column) override;
    ValueType        type(int column) override;
    std::int64_t     integer(int column) override;
    double           real(int column) override;
    std::string_view text(int column) override;
    std::int64_t     changes() const override;
    void             require_change(std::string_view title, std::int64_t id) override;

    bool is_in_use() const { return in_use_; }
    void hand_out();

private:
    Statement&           beneath() const;
    void                 note(int parameter, char kind, std::string_view bytes);
    void                 bind_noted();
    void                 begin();
    void                 go_on_beneath();
    bool                 next_of_database();
    void                 keep(bool complete);
    void                 forget_use();
    const Answer::Value& known(int column) const { return found_->at(row_ - 1, column); }

    Surroundings&            surroundings_;
    RememberedAnswers::Text& text_;
    std::string_view         sql_;
    mutable Statement*       beneath_ = nullptr;
    mutable int              parameters_ = -1, columns_ = -1;  // -1: not known yet

    std::string                   key_;               // the values, when answers are looked for
    std::shared_ptr<const Answer> found_;
    std::shared_ptr<Answer>       made_;
    std::uint64_t                 stand_ = 0;
    std::size_t                   row_   = 0;         // of what was found, from 1
    std::string                   number_;            // one that was asked for as text
    bool                          in_use_ = false, remembering_ = false, begun_ = false;
};

}  // namespace tessera::database
