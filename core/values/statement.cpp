#include <tessera/sql.h>

namespace tessera {

Statement::~Statement() = default;

}  // namespace tessera
