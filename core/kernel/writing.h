#pragma once
// Rows from records: what a command has inserted and saved becomes INSERT, UPDATE and DELETE, and entries of its audit
// trail. Each record is written once, with all that happened to it since it was read.

#include "kernel/state.h"

namespace tessera::writing {

void insert_row(Snapshot::State& state, const EntityDescription& entity, void* record);
void delete_record(Snapshot::State& state, const EntityDescription& entity, void* record);
void write(Snapshot::State& state, const std::vector<HeldRecords::Record*>& records);

// A line that is saved without its document is written at once, and the document is read again.
void write_line(Snapshot::State& state, const EntityDescription& line);

// What is known of the documents that a line belongs to is read again.
void outdate_documents(Snapshot::State& state, const EntityDescription& line);

// Before a statement runs: writes the records whose tables it names.
void before(Snapshot::State& state, Statement& statement, std::string_view text);

}  // namespace tessera::writing
