#pragma once
// The files of an import as tables to be questioned: a SQLite database in memory, a table per CSV file, every column text,
// an empty cell NULL. It is gone with the object and belongs to one thread at a time.
//
//     ScratchTables scratch;
//     scratch.load("Vendor", directory / "Vendor.csv");
//     scratch.each("SELECT Name AS name FROM Vendor", [&](Statement& row) { … row.text(0) … });

#include <tessera/sql.h>

#include "database/engine.h"

#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace tessera::imports {

class ScratchTables {
public:
    ScratchTables();

    // Refused "kernel.no_import_file", and "kernel.malformed_csv" with the file's name.
    void load(const std::string& table, const std::filesystem::path& file);
    void add(const std::string& table, std::string_view csv);
    void run(const std::string& sql);

    std::vector<std::string> columns(const std::string& select);
    void                     each(const std::string& select, const std::function<void(Statement&)>& visit);

private:
    std::unique_ptr<database::Connection> connection_;
};

}  // namespace tessera::imports
