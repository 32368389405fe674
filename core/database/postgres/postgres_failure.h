#pragma once
// What an error of PostgreSQL means to the one who asked: the same refusals as with SQLite (see sqlite_failure.h), and
//
//     connection lost, server stopping          kernel.database_lost      503   the transaction is undone
//     deadlock, serialization failure           kernel.conflict           503   the transaction is undone; run it again
//     waited too long for another server        kernel.database_in_use    503
//     no rights                                 kernel.cannot_open        409
//
// A trigger of a module's own may refuse: RAISE EXCEPTION 'module.fact: To do this, do that.' USING ERRCODE = 'TS002'.

#include <libpq-fe.h>

#include <string_view>

namespace tessera::database::postgres {

[[noreturn]] void throw_failure(const PGresult* result, std::string_view sql);
[[noreturn]] void throw_lost();
// Of a connection that was not made; `where` is the location without its password.
[[noreturn]] void throw_cannot_connect(PGconn* connection, std::string_view where);

}  // namespace tessera::database::postgres
