#pragma once
// How many rows this thread has read from any database, ever: who wants to know what a piece of work reads takes the difference.

#include <cstdint>

namespace tessera::database {

inline thread_local std::uint64_t rows_stepped = 0;

}  // namespace tessera::database
