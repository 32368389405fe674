#pragma once
// The index: for each record that search knows its text and words (kernel_search_document and the engine's index of words), how many
// records have a word (kernel_search_word), and how far in the audit trail it has come (kernel_search_position). All of it is derived: it
// can be thrown away and is made anew.
//
//     Update update(connection);
//     update.put("crm.complaint", 17, text);
//     update.forget("crm.complaint", 18);
//     update.finish(4711);                    // the entry of the audit trail up to which all is in it
//
// An update is part of a transaction that writes, on its one thread.

#include "database/engine.h"
#include "search/record_text.h"

#include <map>

namespace tessera::search {

class Update {
public:
    explicit Update(database::Connection& connection) : connection_(connection) {}

    void put(const std::string& entity, std::int64_t record, const RecordText& text);
    void forget(const std::string& entity, std::int64_t record);
    void finish();
    void finish(std::int64_t position);

private:
    struct Document {
        std::int64_t id = 0;
        RecordText   text{};
    };
    std::optional<Document> find(const std::string& entity, std::int64_t record);
    database::DocumentWords count(const RecordText& text, int change);
    void                    set_position(std::string_view name, std::int64_t value);
    void                    add_to_position(std::string_view name, std::int64_t change);

    database::Connection&                                       connection_;
    std::map<std::pair<std::string, std::string>, std::int64_t> words_{};  // by stem and word
    std::map<std::string, std::int64_t>                         languages_{};
    std::int64_t                                                documents_ = 0;
};

// The entry of the audit trail up to which the index is; 0 before it has been made. Everything that the reader of these is told by them is
// about all records: it stays in the kernel.
std::int64_t             position(const Snapshot& tx);
std::int64_t             document_count(const Snapshot& tx);
std::vector<std::string> languages(const Snapshot& tx);

}  // namespace tessera::search
