#pragma once
// SQLite writes each page of its write-ahead log in two small pieces, each a system call. Here the pieces of one commit
// are gathered and written together: before the log is made durable or looked at by anybody, and at the latest with the
// frame that ends the commit, so that no reader is ever told of a frame that is not in the file.
//
// Everything else of a database goes to the operating system as SQLite would do it. A write that fails is reported by the
// call that had it written; SQLite treats both alike, and the commit fails.

namespace tessera::database::sqlite {

// Makes it the way in which this process opens databases; once is enough.
void gather_log_writes();

}  // namespace tessera::database::sqlite
