#pragma once
// What a module declared must hold together before the module may run. complete() fills in what follows from the
// declaration (labels, paths, what references refer to); check() refuses what would fail later, while it costs no more
// than the module that got it wrong: a name the database cannot use, a permission nobody declared, a field or a column
// that is not there, a query parameter the report does not have, a view whose address is taken.
//
//     declarations::complete(entity, kernel);       // "kernel.no_entity" when it refers to one that is not loaded
//     declarations::check(entity, kernel);          // "kernel.bad_declaration", "kernel.no_permission"

#include <tessera/kernel.h>

namespace tessera::declarations {

void complete(EntityDescription& entity, const Kernel& kernel);
// Once more, for the fields that others have added.
void complete_extensions(EntityDescription& entity, const Kernel& kernel);
void complete(EventDescription& event);
void complete(ReportDescription& report, const Kernel& kernel);

void check(const EntityDescription& entity, const Kernel& kernel);
void check(const BalanceDescription& balance);
void check(const EventDescription& event);
void check(const ReportDescription& report, const Kernel& kernel);
void check(const RecordViewDescription& view, const Kernel& kernel);
void check(const RecordFileDescription& file, const Kernel& kernel);
// `owner` is "the panel warranty.cost"; `of_entity` the entity on whose pages it stands, empty where it stands on no record's.
void check(const View& view, const std::string& owner, const std::string& of_entity, const Kernel& kernel);

}  // namespace tessera::declarations
