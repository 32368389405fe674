// The table of contents. Read include/journal_export/records.h first.

#include <journal_export/records.h>

namespace journal_export {

void declare_exports(tessera::Kernel&);        // exports.cpp
void declare_imports(tessera::Kernel&);        // imports.cpp
void declare_import_view(tessera::Kernel&);    // import_view.cpp
void declare_account_names(tessera::Kernel&);  // account_name_entity.cpp

void register_module(tessera::Kernel& kernel) {
    kernel.permission("journal_export.write", "Write the books as journal text");
    kernel.permission("journal_export.import", "Read journal text into manual entries");

    declare_exports(kernel);
    declare_imports(kernel);
    declare_import_view(kernel);
    declare_account_names(kernel);
}

}  // namespace journal_export

TESSERA_MODULE({
    .name            = "journal_export",
    .version         = "1.0.0",
    .title           = "Plain-text journals",
    .needs           = {"directory", "financials"},
    .register_module = journal_export::register_module,
});
