#include "read/import_file.h"

#include "read/journal_reader.h"

#include <tessera/attachments.h>

namespace journal_export {

using tessera::Refused;

std::optional<ImportFile> find_import_file(const Snapshot& tx, const Import& import) {
    const auto files = tessera::attachments::of(tx, tx.source_of(import));
    if (files.empty()) return std::nullopt;
    const auto& file = files.back();
    if (file.size > static_cast<std::int64_t>(bytes_max))
        throw Refused("journal_export.too_large", "To read {}, divide it: it has more than {} MiB.", file.name, bytes_max >> 20)
            .with_status(413);
    return ImportFile{file.name, file.sha256, tessera::attachments::content(tx, file.id)};
}

ImportFile import_file(const Snapshot& tx, const Import& import) {
    auto file = find_import_file(tx, import);
    if (!file) throw Refused("journal_export.no_file", "To read import {}, attach the file to it.", import.number);
    return *std::move(file);
}

}  // namespace journal_export
