#pragma once
// One statement of a PostgreSQL connection. It is prepared when it is first run with values of these types, once for each
// set of types. A statement that writes is sent and answered later (see pipeline.h); rows are kept here until the last of
// them was looked at.

#include "database/postgres/pipeline.h"
#include "database/postgres/postgres_sql.h"

#include <tessera/sql.h>

namespace tessera::database::postgres {

class PostgresStatement final : public Statement {
public:
    enum class Reading { whole, streaming };
    // What the statements of a connection share.
    struct Course {
        Reading      reading = Reading::whole;
        std::int64_t writes  = 0;      // statements that changed something, and failures
        bool         step_by_step = false;  // each is undone by itself when it fails
    };
    PostgresStatement(Pipeline& pipeline, Course& course, std::string_view sql, std::string name);
    ~PostgresStatement() override { reset(); }

    void bind(int parameter, std::int64_t value) override;
    void bind(int parameter, double value) override;
    void bind(int parameter, std::string_view value) override;
    void bind_blob(int parameter, std::string_view bytes) override;
    void bind_null(int parameter) override;
    int  parameter_count() const override { return translated_.parameters; }

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
    void hand_out() {
        if (bound_ || result_ || stream_.begun) reset();
        in_use_ = true;
    }

private:
    struct Prepared {
        std::vector<Oid> types;
        std::string      name;
        std::uint64_t    session = 0;
        std::string      text{};        // that it was prepared from
        bool             there = false;
    };

    Value&           value(int parameter);
    const Prepared&  prepared();
    Prepared&        another();
    void             check_columns();
    void             begin();
    bool             fits(const Prepared& one) const;
    std::string_view cell(int column) const;
    void             run();
    bool             next_row();
    void             run_by_itself();

    Pipeline&             pipeline_;
    Course&               course_;
    std::string           sql_;
    Translated            translated_;
    std::string           name_;
    std::vector<Value>    values_;
    std::deque<Prepared>  prepared_;
    Result                result_;  // all rows, or the one that the stream is at
    Stream                stream_;
    Result                described_;  // names the columns of a stream of which no row was taken yet
    std::string           bytes_;  // of a blob that was read
    int                   row_     = -1;
    std::int64_t          changes_ = 0;
    bool                  in_use_  = false;
    bool                  bound_   = false;
};

}  // namespace tessera::database::postgres
