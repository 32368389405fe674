#pragma once
// Statement is one prepared SQL statement of a connection, as the engines share it. Module authors do not meet it: they
// write `tx.rows<Row>(sql, …)`. It is here because the templates that bind values and read rows need it.
//
// Parameters are named in the text (`:from`) and bound by number: 1 is the first name that appears, 2 the next new
// one, and so on; a name that appears again is the same parameter. Columns count from 0. A Statement belongs to one
// connection and one thread.

#include <tessera/refused.h>

#include <cstdint>
#include <string_view>

namespace tessera {

namespace sql {
// To bind bytes that are no text; a column of them is read as a std::string.
struct Bytes { std::string_view bytes; };
}  // namespace sql

enum class ValueType { none, integer, real, text, other };

class TESSERA_API Statement {
public:
    virtual ~Statement();
    virtual void bind(int parameter, std::int64_t value)     = 0;
    virtual void bind(int parameter, double value)           = 0;
    virtual void bind(int parameter, std::string_view value) = 0;   // UTF-8 text, copied
    virtual void bind_blob(int parameter, std::string_view bytes) = 0;   // copied; text() reads it back
    virtual void bind_null(int parameter)                    = 0;
    virtual int  parameter_count() const                     = 0;

    // Moves to the next row; false when there is none. Throws Refused for a violated constraint
    // ("kernel.duplicate", "kernel.in_use", "kernel.constraint"), a full disk ("kernel.storage_full"), a cancelled or
    // overdue query ("kernel.query_cancelled"); std::runtime_error for what is our mistake.
    virtual bool step()  = 0;
    virtual void reset() = 0;                                        // rewinds and forgets the bound values

    virtual int              column_count() const       = 0;         // -1: known only when it has run
    virtual std::string_view column_name(int column)    = 0;         // when its values are bound
    virtual bool             is_null(int column)        = 0;
    virtual bool             is_text(int column)        = 0;
    virtual ValueType        type(int column)           = 0;         // of what integer(), real() or text() gives unconverted; other: text()
    virtual std::int64_t     integer(int column)        = 0;
    virtual double           real(int column)           = 0;
    virtual std::string_view text(int column)           = 0;         // valid until the next step() or reset()
    virtual std::int64_t     changes() const            = 0;         // rows the last execution inserted, updated or deleted

    // The last execution must have changed a row: refused with "kernel.not_found", at the end of the command at the latest.
    virtual void             require_change(std::string_view title, std::int64_t id);

    int         expected_columns = -1;                               // the kernel's own: std::logic_error when it has others
    const void* note = nullptr;                                      // the kernel's own: what it has found out about the text
};

}  // namespace tessera
