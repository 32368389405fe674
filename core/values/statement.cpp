#include <tessera/sql.h>

namespace tessera {

Statement::~Statement() = default;

void Statement::require_change(std::string_view title, std::int64_t id) {
    if (changes() == 0) throw Refused("kernel.not_found", "To save {} {}, choose one that exists.", title, id).with_status(404);
}

}  // namespace tessera
