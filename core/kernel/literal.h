#pragma once
// Takes what is bound to a statement and gives it as literals of SQL, where a value has to stand in the text itself.
//
//     LiteralTexts literals(which.parameter_count());
//     which.bind(literals);
//     literals.put_into("t.supplier = :p1")             // "t.supplier = '42'"

#include <tessera/sql.h>

#include <string>
#include <vector>

namespace tessera {

class LiteralTexts final : public Statement {
public:
    explicit LiteralTexts(int parameters) : texts_(static_cast<std::size_t>(parameters), "NULL") {}

    // The text with :p1, :p2 … replaced.
    std::string put_into(std::string_view text) const;

    void bind(int i, std::int64_t value) override;
    void bind(int i, double value) override;
    void bind(int i, std::string_view text) override;
    void bind_blob(int i, std::string_view bytes) override;
    void bind_null(int i) override;
    int  parameter_count() const override { return static_cast<int>(texts_.size()); }
    bool step() override { return false; }
    void reset() override {}
    int  column_count() const override { return 0; }

    std::string_view column_name(int) override { return {}; }
    bool             is_null(int) override { return true; }
    bool             is_text(int) override { return false; }
    ValueType        type(int) override { return ValueType::none; }
    std::int64_t     integer(int) override { return 0; }
    double           real(int) override { return 0; }
    std::string_view text(int) override { return {}; }
    std::int64_t     changes() const override { return 0; }

private:
    std::vector<std::string> texts_;
};

}  // namespace tessera
