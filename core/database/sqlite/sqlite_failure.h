#pragma once
// What an error of SQLite means to the one who asked. Users get a Refused with a sentence in words ("purchasing_order"
// reads "purchasing order"); our own mistakes (wrong SQL, a parameter that does not exist) are std::runtime_error with
// the text of the statement, for the log.
//
//     unique index, primary key        kernel.duplicate            409
//     foreign key                      kernel.unknown_reference    422   (see transaction_watch.h)
//     NOT NULL, CHECK, wrong type      kernel.constraint           422
//     the append-only triggers         kernel.append_only          409
//     disk, quota or file size full    kernel.storage_full         507   the transaction is undone, nothing is lost
//     any other input/output error     kernel.storage_failed       503   the outcome of a commit is unknown
//     deadline passed, cancelled       kernel.query_cancelled      503
//     locked by another program        kernel.database_in_use      503
//     damaged; not SQLite at all       kernel.damaged_database, kernel.not_a_database   500, 409
//     cannot be opened; not writable   kernel.cannot_open, kernel.read_only_database    409
//     a value or statement too large   kernel.too_large            413
//
// A trigger of a module's own may refuse in the same way: RAISE(ABORT, 'module.fact: To do this, do that.').

#include <sqlite3.h>

#include <string>
#include <string_view>

namespace tessera::database::sqlite {

[[noreturn]] void throw_failure(sqlite3* connection, int code, std::string_view sql);

}  // namespace tessera::database::sqlite
