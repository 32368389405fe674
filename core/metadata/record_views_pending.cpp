#include "metadata/record_views.h"
#define PENDING __attribute__((weak))
namespace tessera::metadata {
PENDING std::string   list(const Snapshot&, const EntityDescription&, const ListRequest&) { throw std::logic_error("pending"); }
PENDING std::string   related(const Snapshot&, const EntityDescription&, std::int64_t) { throw std::logic_error("pending"); }
PENDING ImportOutcome import_csv(Transaction&, const EntityDescription&, std::string_view) { throw std::logic_error("pending"); }
PENDING void          export_csv(const Snapshot&, const EntityDescription&, const ListRequest&, const std::function<void(std::string_view)>&) { throw std::logic_error("pending"); }
PENDING std::string   catalogue(const Snapshot&, std::string_view) { throw std::logic_error("pending"); }
PENDING std::string   openapi(const Kernel&) { throw std::logic_error("pending"); }
}
