#pragma once
// A row of one column that holds what it is given: so that a field is filled as from the database.

#include <tessera/sql.h>

namespace tessera {

class OneValue final : public Statement {
public:
    OneValue() = default;
    explicit OneValue(std::int64_t integer) : null_(false), integer_(integer) {}

    void bind(int, std::int64_t) override {}
    void bind(int, double) override {}
    void bind(int, std::string_view) override {}
    void bind_blob(int, std::string_view) override {}
    void bind_null(int) override {}
    int  parameter_count() const override { return 0; }
    bool step() override { return true; }
    void reset() override {}
    int  column_count() const override { return 1; }

    std::string_view column_name(int) override { return {}; }
    bool             is_null(int) override { return null_; }
    bool             is_text(int) override { return false; }
    ValueType        type(int) override { return null_ ? ValueType::none : ValueType::integer; }
    std::int64_t     integer(int) override { return integer_; }
    double           real(int) override { return 0; }
    std::string_view text(int) override { return {}; }
    std::int64_t     changes() const override { return 0; }

private:
    bool         null_    = true;
    std::int64_t integer_ = 0;
};

}  // namespace tessera
