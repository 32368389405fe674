#pragma once
// The file that an import reads: the newest of its attachments, because a file is mended by attaching it anew.

#include <journal_export/records.h>

namespace journal_export {

struct ImportFile {
    std::string name{}, sha256{}, text{};
};

// Nothing while none is attached. Refused journal_export.too_large (413).
std::optional<ImportFile> find_import_file(const Snapshot& tx, const Import& import);
// Refused journal_export.no_file as well.
ImportFile import_file(const Snapshot& tx, const Import& import);

}  // namespace journal_export
