// A text as a literal of SQL: what the engine reads is the text, and nothing of it is a statement.

#include "database/engine.h"
#include "database/postgres/postgres_sql.h"
#include "harness.h"
#include "kernel/literal.h"

namespace tessera::fuzz {
namespace {

void try_literal(std::string_view bytes) {
    static const auto connection = database::open_scratch();

    const auto   text = std::string(bytes.substr(0, bytes.find('\0')));
    LiteralTexts literals(2);
    literals.bind(1, bytes);
    literals.bind(2, std::int64_t{-7});
    const auto sql = literals.put_into("SELECT :p1, :p2, :p1");

    connection->begin_snapshot();
    auto& statement = connection->prepare(sql);
    must(statement.parameter_count() == 0, "a literal asks for no value");
    must(statement.step(), "a literal is a value");
    for (const int column : {0, 2}) must(statement.text(column) == text, "a literal is the text it was made of");
    must(statement.integer(1) == -7, "a number is what it was");
    must(!statement.step(), "a literal is one value");
    connection->rollback();

    const auto translated = database::postgres::translate(sql);
    must(translated.text == sql && translated.parameters == 0, "a literal is the same for the other engine");
}
HARNESS(literal)

}  // namespace
}  // namespace tessera::fuzz
